//! Names of versions, suggestions that were ever made, and what witnesses signed.

use super::{NOW, cabinet, draft, join, note};
use ovn_store::cabinet::{Draft, Entry, Named, Note, Saved, Witnessed};

#[test]
fn a_version_with_a_name_is_not_written_over() {
    let (_home, cabinet) = cabinet();
    let ada = join(&cabinet, 1, "ada");
    let first = draft(&ada);
    cabinet.start(&first, &note("draft")).unwrap();
    let save = |version: u64, text: &str| {
        let next = Draft { version, text: text.into(), ..first.clone() };
        let entry = Entry::Together { since: NOW - 1 };
        assert_eq!(
            cabinet.save_as(&next, entry, &[], &note("save")).unwrap(),
            Saved::Kept(version + 1)
        );
    };
    let by = |at: u64| Note { at, person: Some(ada.id), object: Some(first.id), ..note("name") };
    let names = || -> Vec<(u64, Option<Named>)> {
        let all = cabinet.versions(&first.id).unwrap();
        all.into_iter().map(|one| (one.number, one.named)).collect()
    };
    let named = |name: &str, at: u64| Some(Named { name: name.into(), person: ada.id, at });
    save(1, "two");
    save(2, "three");
    assert!(cabinet.name_version(&first.id, 3, "For the lawyer", &by(NOW)).unwrap());
    save(3, "four");
    save(4, "five");
    let lawyer = named("For the lawyer", NOW);
    assert_eq!(names(), [(1, None), (3, lawyer), (5, None)]);
    let kept = cabinet.version(&first.id, 3).unwrap().unwrap();
    assert_eq!((kept.text.as_str(), kept.document), ("three", None));
    assert!(cabinet.name_version(&first.id, 3, "Read by the lawyer", &by(NOW + 5)).unwrap());
    assert_eq!(names()[1].1, named("Read by the lawyer", NOW + 5));
    assert!(cabinet.name_version(&first.id, 3, "", &by(NOW + 6)).unwrap());
    assert_eq!(names()[1].1, None);
    assert!(!cabinet.name_version(&first.id, 4, "Gone", &by(NOW)).unwrap(), "it was written over");
    let deeds = cabinet.trail(50).unwrap();
    assert_eq!(deeds.iter().filter(|one| one.verb == "name").count(), 3);
}

#[test]
fn what_was_suggested_once_is_known() {
    let (_home, cabinet) = cabinet();
    let ada = join(&cabinet, 1, "ada");
    let first = draft(&ada);
    cabinet.start(&first, &note("draft")).unwrap();
    let was = |person: &str, second: u64| {
        cabinet.was_suggested(&first.id, &(person.to_owned(), second)).unwrap()
    };
    assert!(!was("p1", 100));
    let all = [("p1".to_owned(), 100), ("p2".to_owned(), 7)];
    cabinet.suggested(&first.id, &all).unwrap();
    cabinet.suggested(&first.id, &all).unwrap();
    assert!(was("p1", 100) && was("p2", 7));
    assert!(!was("p1", 7) && !was("p1", 10) && !was("", 100));
    assert!(!cabinet.was_suggested(&[9; 16], &("p1".into(), 100)).unwrap(), "of another draft");
    // A version of before there were notes.
    let document = "{\"attrs\":{\"at\":55,\"by\":\"p3\"},\"type\":\"added\"}".to_owned();
    let next = Draft { document: Some(document), ..first.clone() };
    cabinet.save(&next, &note("save")).unwrap();
    assert!(was("p3", 55) && !was("p3", 5) && !was("3", 55));
}

#[test]
fn the_first_state_with_an_entry_counts() {
    let (_home, cabinet) = cabinet();
    let signed = |size: u64, witness: &str, second: u64| {
        let (witness, note_) = (witness.to_owned(), format!("note of {size}"));
        let one = Witnessed { size, witness, second, note: note_ };
        (cabinet.witness(&one, &note("witness")).unwrap(), one)
    };
    let (new, north) = signed(5, "witness.north", 100);
    assert!(new && !signed(5, "witness.north", 101).0, "once is enough");
    let (_, later) = signed(9, "witness.north", 200);
    let (_, south) = signed(7, "witness.south", 90);
    let of = |entry: u64| cabinet.witnesses(entry).unwrap();
    assert_eq!(of(4), [south.clone(), north]);
    assert_eq!(of(6), [south, later.clone()]);
    assert_eq!(of(8), [later]);
    assert_eq!(of(9), []);
}
