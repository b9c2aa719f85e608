//! Every story of this folder once more, on a real PostgreSQL.
#![allow(clippy::duplicate_mod, missing_docs, clippy::unwrap_used)]

#[path = "doctor.rs"]
mod doctor;
#[path = "faults.rs"]
mod faults;
#[path = "refusals.rs"]
mod refusals;
#[path = "story.rs"]
mod story;

use ovn_tests::postgres::{self, Server};
use std::time::Duration;

#[test]
fn these_stories_are_on_postgresql() {
    let room = story::newsroom::Newsroom::new();
    let skipped = std::env::var(ovn_tests::postgres::VARIABLE).is_ok();
    let address = room.address().unwrap_or_default();
    assert!(skipped || address.starts_with("postgres://"), "{address:?}");
    room.open().unwrap();
    assert_eq!(room.dir().join("edition.sqlite").exists(), skipped);
}

#[test]
fn a_removal_waits_for_changes_that_began_before_it_in_any_database() {
    let Some(other) = postgres::server().map(Server::database) else { return };
    std::thread::scope(|scope| {
        scope.spawn(|| other.change_for(1.5));
        while !other.changes() {
            std::thread::sleep(Duration::from_millis(5));
        }
        story::case_088_a_removal_leaves_no_salt_and_no_word();
    });
}
