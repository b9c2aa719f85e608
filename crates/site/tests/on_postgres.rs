//! The readers' server once more, on a real PostgreSQL, and the same bytes from both engines.
#![allow(clippy::duplicate_mod, missing_docs, clippy::unwrap_used, clippy::expect_used)]

#[path = "serving.rs"]
mod serving;
#[path = "sockets.rs"]
mod sockets;

use ovn_tests::postgres;
use serving::edition::Edition;

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
