//! The readers' server once more, on a real PostgreSQL, and the same bytes from both engines.
#![allow(clippy::duplicate_mod, missing_docs, clippy::unwrap_used, clippy::expect_used)]

#[path = "serving.rs"]
mod serving;
#[path = "sockets.rs"]
mod sockets;

use ovn_site::{Request, serve};
use ovn_tests::postgres;
use serving::edition::{Edition, publish};
use std::time::{Duration, Instant};

#[test]
fn both_engines_give_the_same_bytes_everywhere() {
    let Some(server) = postgres::server() else { return };
    let file = Edition::with_rows_in(None);
    let database = Edition::with_rows_in(Some(server.database()));
    let mut addresses = file.site.addresses().unwrap();
    assert_eq!(database.site.addresses().unwrap(), addresses);
    assert!(addresses.len() > 80, "{}", addresses.len());
    addresses.extend(["/search?q=talks", "/search?q=the+day", "/sources?page=2"].map(Into::into));
    for address in addresses {
        let (one, two) = (file.get(&address), database.get(&address));
        assert_eq!((one.status, &one.headers), (two.status, &two.headers), "{address}");
        assert!(one.body == two.body, "{address}");
    }
}

/// Waits until `what` holds.
async fn until(mut what: impl FnMut() -> bool) {
    let since = Instant::now();
    while !what() {
        assert!(since.elapsed() < Duration::from_secs(10), "it took too long");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_in_memory_outlive_the_database_for_a_while() {
    let Some(server) = postgres::server() else { return };
    let database = server.database();
    let edition = Edition::with_rows_in(Some(database.clone()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let served = tokio::spawn(serve(edition.site.clone(), listener, std::future::pending()));
    let request = Request::get("/2026/11/port").unwrap();
    let page = edition.site.respond(&request);
    assert_eq!(page.status.as_u16(), 200);
    until(|| edition.site.cached(&request).is_some()).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    database.close(true);
    for _ in 0..20 {
        let answer = edition.site.cached(&request).expect("the page was in memory");
        assert_eq!((answer.status, answer.body), (page.status, page.body.clone()));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // What is not in memory is refused for now, and said to be.
    let refused = edition.get("/corrections");
    assert_eq!(refused.status.as_u16(), 503);
    assert!(refused.headers.contains_key("retry-after"));
    database.close(false);
    until(|| edition.get("/corrections").status.as_u16() == 200).await;
    // Another node publishes, and this one hears of it again.
    let settings =
        ovn_store::Settings { database: Some(database.address()), ..serving::edition::settings() };
    let dir = edition.home.path().join("edition");
    let Edition { home: _home, sealer, site, .. } = edition;
    drop(sealer);
    let clock = std::sync::Arc::new(|| serving::edition::NOW + 86_400_000);
    let chance = ovn_press::seal::system_chance();
    let other = ovn_press::seal::Sealer::open(&dir, &settings, clock, chance).unwrap();
    publish(&other, "/2026/12/new", "en", "New words");
    let new = Request::get("/2026/12/new").unwrap();
    until(|| site.respond(&new).status.as_u16() == 200).await;
    served.abort();
}
