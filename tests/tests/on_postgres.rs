//! The stories of articles once more, on a real PostgreSQL.
#![allow(clippy::duplicate_mod, clippy::unwrap_used, missing_docs)]

#[path = "desk_report.rs"]
mod desk_report;
#[path = "imported_page.rs"]
mod imported_page;
#[path = "path_of_an_article.rs"]
mod path_of_an_article;

use ovn_press::{init, newsroom::Newsroom};
use std::time::Duration;

#[test]
fn one_who_comes_while_another_publishes_waits_for_a_turn() {
    let Some(server) = ovn_tests::postgres::server() else { return };
    let database = server.database();
    let environment = ovn_tests::postgres::environment(Some(&database));
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("edition");
    let toml = init::settings("Test", "test.example", "https://test.example");
    let first = init::edition(&dir, &toml, &environment).unwrap();
    std::thread::scope(|scope| {
        let second =
            scope.spawn(|| Newsroom::open(&dir, &environment).map(|room| room.reader().size()));
        // Longer than a try takes, shorter than the patience.
        std::thread::sleep(Duration::from_millis(2500));
        assert!(!second.is_finished(), "two hold the turn");
        drop(first);
        assert_eq!(second.join().unwrap().unwrap().unwrap(), 1);
    });
    assert!(!dir.join("edition.sqlite").exists());
}
