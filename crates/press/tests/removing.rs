//! Removing an article from the newsroom: by whom, on what ground, and never without somebody having typed its name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::Change;
use ovn_press::people::{Caller, Refusal, Role};
use room::{TEXT, refused, room};

#[test]
fn an_article_is_removed_by_a_publisher_who_types_its_name() {
    let room = room(false);
    let first = room.first();
    let editor = room.member(&first, Role::Editor, "Bilal");
    let publisher = room.member(&first, Role::Publisher, "Carim");
    let draft = room.people.start(&first, TEXT).unwrap();
    let path = room.people.publish(&first, &draft.id, 1, Change::default()).unwrap().path;
    let before = room.people.reader().state().unwrap().size;
    let remove = |by: &Caller, ground: &str, note: &str, typed: &str| {
        room.people.remove(by, &path, ground, note, typed)
    };
    assert_eq!(refused(remove(&editor, "privacy", "", "the-bridge")), Refusal::Role);
    for (ground, note, typed) in [
        ("privacy", "", ""),
        ("privacy", "", "The-Bridge"),
        ("privacy", "", &path[..]),
        ("because", "", "the-bridge"),
        ("privacy", &"a".repeat(601), "the-bridge"),
    ] {
        let refusal = refused(remove(&publisher, ground, note, typed));
        assert_eq!(refusal, Refusal::Text("confirm".into()), "{ground} {typed}");
    }
    assert_eq!(room.people.reader().state().unwrap().size, before);
    let entries = remove(&publisher, "privacy", "A person\n is named.", " the-bridge ").unwrap();
    assert_eq!(entries, [before]);
    let head = room.people.reader().head(&path).unwrap().unwrap();
    assert!(head.withdrawn && head.headline.is_empty());
    let stone = &room.people.reader().removals(&head.id).unwrap()[0];
    assert_eq!(
        (stone.ground.as_str(), stone.note.as_deref()),
        ("privacy", Some("A person is named."))
    );
    assert_eq!(refused(remove(&publisher, "privacy", "", "the-bridge")), Refusal::Missing);
    assert_eq!(refused(room.people.correct(&first, &path)), Refusal::Missing);
    let trail = room.people.trail(&first, 1).unwrap();
    assert_eq!((trail[0].verb.as_str(), trail[0].person.as_deref()), ("remove", Some("Carim")));
    assert!(trail[0].words.contains("the-bridge · privacy"), "{}", trail[0].words);
}
