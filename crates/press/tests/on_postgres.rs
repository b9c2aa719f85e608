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

#[test]
fn these_stories_are_on_postgresql() {
    let room = story::newsroom::Newsroom::new();
    let skipped = std::env::var(ovn_tests::postgres::VARIABLE).is_ok();
    let address = room.address().unwrap_or_default();
    assert!(skipped || address.starts_with("postgres://"), "{address:?}");
    room.open().unwrap();
    assert_eq!(room.dir().join("edition.sqlite").exists(), skipped);
}
