//! Steps in, news out, and who is here: what the editors of several people say to the newsroom and hear from it.

use super::house::{Browser, HOST, House, TEXT};
use hyper::Method;
use ovn_site::newsroom::serve_newsroom;
use ovn_tests::postgres::{self, Server};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The document with this paragraph, and the step that some editor made of it.
fn list(version: u64, writer: &str, words: &str) -> String {
    let text = |words: &str| json!([{"text": words, "type": "text"}]);
    json!({"version": version, "writer": writer,
        "steps": [{"stepType": "replace", "from": 20, "to": 20}],
        "document": {"attrs": {"lang": "en"}, "type": "doc", "content": [
            {"content": text("The bridge opens"), "type": "headline"},
            {"type": "standfirst"},
            {"content": text(words), "type": "paragraph"}]}})
    .to_string()
}

fn told(html: &str) -> Value {
    serde_json::from_str(html).unwrap_or_else(|error| panic!("{error}: {html}"))
}

fn names(news: &Value) -> Vec<&str> {
    news["here"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[test]
fn steps_of_two_people_come_into_one_order() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    let (steps, news) = (format!("{draft}/steps"), format!("{draft}/news"));
    assert!(amina.get(&format!("{draft}/document")).html.contains("\"together\":true"));
    let ask = |after: u64, seen: u64, writer: &str| {
        format!("{news}?after={after}&seen={seen}&writer={writer}")
    };
    let sent = amina.put(&steps, &list(2, "aminastab", "On Friday."));
    assert_eq!((sent.status, sent.html.as_str()), (200, "{\"version\":3}"));
    // The answer was lost: nothing is applied twice, and the writer hears that it was theirs.
    let again = amina.put(&steps, &list(2, "aminastab", "On Friday."));
    assert_eq!(again.status, 409);
    let heard = told(&again.html);
    assert_eq!((&heard["version"], &heard["steps"][0]["writer"]), (&json!(3), &json!("aminastab")));
    assert!(heard.get("document").is_none(), "the steps are enough: {heard}");
    let late = bilal.put(&steps, &list(2, "bilalstab", "On Sunday."));
    assert_eq!(late.status, 409, "nothing is overwritten");
    let heard = told(&bilal.get(&ask(2, 0, "bilalstab")).html);
    assert_eq!(heard["steps"].as_array().unwrap().len(), 1);
    assert_eq!(bilal.put(&steps, &list(3, "bilalstab", "On Sunday.")).html, "{\"version\":4}");
    // A form's text is no step: the document comes along, behind the steps before it.
    amina.get(&draft);
    assert_eq!(amina.post(&draft, &[("version", "4"), ("text", TEXT)]).status, 303);
    let heard = told(&amina.get(&ask(3, 0, "aminastab")).html);
    assert_eq!((&heard["version"], heard["steps"].as_array().unwrap().len()), (&json!(5), 1));
    assert!(heard["document"].to_string().contains("on Monday") && heard["hash"].is_string());
    assert_eq!(heard["references"][0]["id"], "council");
    let shown = amina.get(&format!("{draft}/versions")).html;
    assert!(shown.contains("Amina Khan") && shown.contains("Bilal"), "{shown}");
}

#[test]
fn who_is_in_a_draft_is_told() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    let ask = |writer: &str| format!("{draft}/news?after=2&seen=0&writer={writer}");
    assert_eq!(names(&told(&amina.get(&ask("aminastab")).html)), ["Amina Khan"]);
    let place =
        |writer: &str| json!({"writer": writer, "version": 2, "anchor": 3, "head": 9}).to_string();
    let here = format!("{draft}/here");
    bilal.get("/");
    assert_eq!(bilal.put(&here, &place("bilalstab")).status, 200);
    assert_eq!(bilal.put(&here, &place("aminastab")).status, 200, "nobody is moved by others");
    let heard = told(&amina.get(&ask("aminastab")).html);
    assert_eq!(names(&heard), ["Amina Khan", "Bilal"]);
    assert_eq!(heard["here"][0]["place"], Value::Null);
    assert_eq!((&heard["here"][0]["own"], &heard["here"][1]["own"]), (&json!(true), &json!(false)));
    assert_eq!(heard["here"][1]["place"], json!({"version": 2, "anchor": 3, "head": 9}));
    bilal.put(&here, "{\"writer\":\"bilalstab\"}");
    assert_eq!(names(&told(&amina.get(&ask("aminastab")).html)), ["Amina Khan"]);
    // A reporter is told of others' drafts what everybody is told of none.
    let link = amina.invite("reporter");
    let mut carim = Browser::new(&house);
    carim.join(&link, "Carim");
    assert_eq!(carim.get(&ask("carimstab")).status, 404);
    assert_eq!(carim.put(&here, &place("carimstab")).status, 404);
    assert_eq!(carim.put(&format!("{draft}/steps"), &list(2, "carimstab", "A.")).status, 404);
    assert_eq!(Browser::new(&house).get(&ask("aminastab")).status, 401);
}

#[test]
fn what_is_no_list_of_steps_changes_nothing() {
    let house = House::new(false);
    let (mut amina, _, draft) = house.two();
    amina.get(&draft);
    let steps = format!("{draft}/steps");
    let good = list(2, "aminastab", "On Friday.");
    let check = |browser: &mut Browser<'_>, body: &str, expected: u16| {
        let shown = browser.put(&steps, body);
        assert_eq!(shown.status, expected, "{body:.200}: {}", shown.html);
        assert!(shown.html.starts_with("{\"message\":\""), "{}", shown.html);
    };
    check(&mut amina, "[]", 400);
    check(&mut amina, &good.replace("\"writer\":\"aminastab\"", "\"writer\":7"), 400);
    check(&mut amina, &good.replace("aminastab", "a\\\"b,{}<x>"), 400);
    check(&mut amina, &good.replace("\"version\":2", "\"version\":-2"), 400);
    check(&mut amina, &good.replace("\"version\":2", "\"version\":2,\"more\":1"), 400);
    check(&mut amina, &good.replace("\"from\":20", "\"from\":-1"), 422);
    check(&mut amina, &good.replace("replace", "run"), 422);
    check(&mut amina, &good.replace("standfirst", "script"), 422);
    check(&mut amina, &good.replace("On Friday.", &"x".repeat(8 << 20)), 413);
    let mut forged = amina.clone();
    forged.token = "0".repeat(64);
    check(&mut forged, &good, 403);
    for odd in ["after=2&seen=0", "after=x&seen=0&writer=aminastab", "seen=0&writer=aminastab"] {
        assert_eq!(amina.get(&format!("{draft}/news?{odd}")).status, 400, "{odd}");
    }
    assert!(amina.get(&format!("{draft}/document")).html.starts_with("{\"version\":2,"));
}

/// Asks over a connection and reads until the server has said all.
async fn over_a_socket(address: std::net::SocketAddr, head: String) -> String {
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    stream.read_to_end(&mut said).await.unwrap();
    String::from_utf8(said).unwrap()
}

#[test]
fn news_wait_on_no_thread_and_end_with_the_server() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    let first = told(&amina.get(&format!("{draft}/news?after=2&seen=0&writer=aminastab")).html);
    let number = first["number"].as_u64().unwrap();
    let asked = |seen: u64| {
        let path = format!("{draft}/news?after=2&seen={seen}&writer=aminastab");
        let ask = amina.asking(Method::GET, &path, &[]);
        let cookie = ask.headers.get("cookie").unwrap().to_str().unwrap().to_owned();
        format!(
            "GET {path} HTTP/1.1\r\nhost: {HOST}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
        )
    };
    let plane = house.plane.clone();
    // One thread for everything that must not wait, and two for what may.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let served = tokio::spawn(serve_newsroom(plane, listener, async { drop(stopped.await) }));
        let many: Vec<_> =
            (0..100).map(|_| tokio::spawn(over_a_socket(address, asked(number)))).collect();
        // What the waiting ones hear of is somebody's list of steps.
        let page = over_a_socket(
            address,
            format!("GET /sign-in HTTP/1.1\r\nhost: {HOST}\r\nconnection: close\r\n\r\n"),
        );
        assert!(page.await.starts_with("HTTP/1.1 200"), "others are answered meanwhile");
        assert!(many.iter().all(|one| !one.is_finished()), "without news they wait");
        bilal.get("/");
        let sent = bilal.put(&format!("{draft}/steps"), &list(2, "bilalstab", "On Friday."));
        assert_eq!(sent.status, 200, "{}", sent.html);
        for one in many {
            let said = one.await.unwrap();
            assert!(said.starts_with("HTTP/1.1 200") && said.contains("bilalstab"), "{said}");
        }
        let path = format!("{draft}/news?after=3");
        let left = asked(number).replace(&format!("{draft}/news?after=2"), &path);
        let left = tokio::spawn(over_a_socket(address, left));
        tokio::time::sleep(Duration::from_millis(50)).await;
        drop(stop);
        let said = left.await.unwrap();
        assert!(said.starts_with("HTTP/1.1 200") || said.is_empty(), "{said}");
        served.await.unwrap().unwrap();
    });
}

#[test]
fn another_nodes_steps_are_heard_at_once() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    let house = House::in_database(database.address());
    let (mut amina, bilal, draft) = house.two();
    let twin = house.twin();
    let mut bilal = bilal.at(&twin);
    let first = told(&amina.get(&format!("{draft}/news?after=2&seen=0&writer=aminastab")).html);
    let seen = first["number"].as_u64().unwrap();
    let path = format!("{draft}/news?after=2&seen={seen}&writer=aminastab");
    let ask = amina.asking(Method::GET, &path, &[]);
    let cookie = ask.headers.get("cookie").unwrap().to_str().unwrap().to_owned();
    let head = format!(
        "GET {path} HTTP/1.1\r\nhost: {HOST}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
    );
    let plane = house.plane.clone();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = tokio::spawn(serve_newsroom(plane, listener, std::future::pending()));
        let waiting = tokio::spawn(over_a_socket(address, head));
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert!(!waiting.is_finished(), "without news it waits");
        let began = std::time::Instant::now();
        bilal.get("/");
        let sent = bilal.put(&format!("{draft}/steps"), &list(2, "bilalstab", "On Friday."));
        assert_eq!(sent.status, 200, "{}", sent.html);
        let said = waiting.await.unwrap();
        assert!(said.starts_with("HTTP/1.1 200") && said.contains("bilalstab"), "{said}");
        assert!(
            began.elapsed() < Duration::from_secs(8),
            "it was heard after {:?}",
            began.elapsed()
        );
        served.abort();
    });
}
