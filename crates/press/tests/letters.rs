//! Readers' letters on both engines: taken in once, decided once, and closed by the seal whatever stops in between.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::{Change, Class};
use ovn_press::letterbox::{Error, Letterbox, Refusal as Refused, Sent};
use ovn_press::people::{Act, Refusal, Role};
use ovn_store::{Cabinet, Place, Settings, copy};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room_in};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The letterbox of the room's readers, on the room's clock.
fn letterbox(room: &Room, database: Option<&str>) -> Letterbox {
    let env = |name: &str| database.filter(|_| name == "OVN_DATABASE").map(str::to_owned);
    let settings = Settings::read(&room.dir, &env).unwrap();
    let time = Arc::clone(&room.time);
    Letterbox::with(&room.dir, &settings, Arc::new(move || time.load(Ordering::SeqCst)))
}

fn later(room: &Room, ms: u64) {
    room.time.fetch_add(ms, Ordering::SeqCst);
}

/// A letter of somebody in a network of their own.
fn write(room: &Room, letters: &Letterbox, path: &str, what: &str) -> Result<String, Error> {
    let stamp = letters.stamp(path).unwrap();
    later(room, 5_000);
    let network = u8::try_from(room.time.load(Ordering::SeqCst) / 5_000 % 251).unwrap();
    let sent =
        Sent { path, lang: "en", rev: 1, passage: Some(1), what, stamp: &stamp, ..Sent::default() };
    letters.receive(&Sent { contact: "reader@example.org", ..sent }, [203, 0, network, 9].into())
}

fn a_letter_and_its_answer(database: Option<String>) {
    let room = room_in(false, database.clone());
    let letters = letterbox(&room, database.as_deref());
    let first = room.first();
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let draft = room.people.start(&first, TEXT).unwrap();
    let path = room.people.publish(&first, &draft.id, 1, Change::default()).unwrap().path;
    let state = |receipt: &str| letters.standing(receipt).unwrap().unwrap().state;

    let receipt = write(&room, &letters, &path, "It opens on Tuesday.").unwrap();
    let other = letterbox(&room, database.as_deref());
    let again = write(&room, &other, &path, "it opens, on TUESDAY").unwrap();
    assert_eq!((state(&receipt).as_str(), state(&again).as_str()), ("new", "new"));
    assert_eq!(refused(room.people.letters(&reporter)), Refusal::Role);
    // Asked twice, it is taken in once, and nothing of it is left in the letterbox.
    let open = room.people.letters(&first).unwrap();
    assert_eq!(room.people.letters(&first).unwrap(), open);
    assert_eq!((open.len(), open[0].letter.what.as_str()), (1, "It opens on Tuesday."));
    assert_eq!(state(&again), "taken");
    assert!(room.people.passage(&open[0].letter).unwrap().unwrap().contains("opens on Monday"));

    // A draft that is put away opens the letter again.
    let one = room.people.correct_letter(&first, &open[0].letter.id).unwrap();
    assert_eq!(refused(room.people.correct_letter(&first, &open[0].letter.id)), Refusal::Moved);
    room.people.pass(&first, &one.id, 1, Act::Drop).unwrap();
    let two = room.people.correct_letter(&first, &open[0].letter.id).unwrap();
    room.people.save(&first, &two.id, 1, &two.text.replace("Monday", "Tuesday")).unwrap();
    later(&room, 60 * 60 * 1000);
    let change =
        Change { class: Class::Correction, note: Some("On Tuesday.".into()), asked_by: None };
    assert_eq!(room.people.publish(&first, &two.id, 2, change).unwrap().rev, 2);
    let standing = letters.standing(&receipt).unwrap().unwrap();
    assert_eq!((standing.state.as_str(), standing.fixed), ("corrected", Some(2)));
    assert!(standing.decided.unwrap() - standing.at >= 60 * 60 * 1000);
    assert_eq!(letters.standing(&again).unwrap().unwrap(), standing);

    let mark = letters.mark().unwrap();
    let wrong = write(&room, &letters, &path, "The bridge is green.").unwrap();
    let open = room.people.letters(&first).unwrap();
    assert_eq!(open.iter().filter(|one| one.decided.is_none()).count(), 1);
    let reason = |text: &str| room.people.decline_letter(&first, &open[0].letter.id, text);
    assert!(matches!(refused(reason(" ")), Refusal::Text(_)));
    reason("It\nsays nothing of that.").unwrap();
    assert_eq!(refused(reason("Twice.")), Refusal::Moved);
    let standing = letters.standing(&wrong).unwrap().unwrap();
    assert_eq!(standing.reason.as_deref(), Some("It says nothing of that."));
    assert_ne!(letters.mark().unwrap(), mark);
    assert_eq!(letters.decided("declined", "en", 9).unwrap(), [standing]);
    assert_eq!(letters.decided("declined", "ur", 9).unwrap(), []);

    // 90 days after the decision nobody can be asked any more, and what was said stays.
    assert!(room.people.letters(&first).unwrap().iter().all(|one| !one.letter.contact.is_empty()));
    later(&room, 91 * 24 * 60 * 60 * 1000);
    let all = {
        let env = database.clone();
        let cabinet = Cabinet::open(&room.dir, env.as_deref()).unwrap();
        cabinet.settle_letters(room.time.load(Ordering::SeqCst)).unwrap();
        cabinet.letters(9).unwrap()
    };
    assert!(
        all.len() == 2
            && all.iter().all(|one| one.letter.contact.is_empty() && !one.letter.what.is_empty())
    );
}

#[test]
fn letters_in_a_file() {
    a_letter_and_its_answer(None);
}

#[test]
fn letters_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    a_letter_and_its_answer(Some(database.address()));
}

#[test]
fn a_letter_that_was_decided_while_the_letterbox_was_away_is_told_later() {
    let room = room_in(false, None);
    let letters = letterbox(&room, None);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let path = room.people.publish(&first, &draft.id, 1, Change::default()).unwrap().path;
    let receipt = write(&room, &letters, &path, "It opens on Tuesday.").unwrap();
    let open = room.people.letters(&first).unwrap();
    let one = room.people.correct_letter(&first, &open[0].letter.id).unwrap();
    room.people.save(&first, &one.id, 1, &one.text.replace("Monday", "Tuesday")).unwrap();
    // The process stops between the seal and the letters: the draft is published, and nobody was told.
    let cabinet = Cabinet::open(&room.dir, None).unwrap();
    let kept = cabinet.draft(&one.id).unwrap().unwrap();
    let note = ovn_store::cabinet::Note {
        at: 1,
        person: None,
        verb: "publish",
        object: None,
        words: String::new(),
    };
    let from = kept.state.clone();
    let next = ovn_store::cabinet::Draft { state: "published".into(), ..kept };
    assert!(cabinet.shift(&next, &from, &note).unwrap());
    assert_eq!(letters.standing(&receipt).unwrap().unwrap().state, "taken");
    room.people.letters(&first).unwrap();
    assert_eq!(letters.standing(&receipt).unwrap().unwrap().state, "corrected");
}

#[test]
fn case_106_a_form_is_good_for_its_article_and_a_day() {
    let room = room_in(false, None);
    let letters = letterbox(&room, None);
    let stamp = letters.stamp("/2026/11/a").unwrap();
    let at = room.time.load(Ordering::SeqCst);
    let check = |path: &str, stamp: &str, after: i64, expected: Option<Refused>| {
        room.time.store(at.saturating_add_signed(after), Ordering::SeqCst);
        let what = format!("wrong {after}");
        let sent = Sent { path, lang: "en", rev: 1, what: &what, stamp, ..Sent::default() };
        let found = match letters.receive(&sent, [127, 0, 0, 1].into()) {
            Ok(_) => None,
            Err(Error::Refused(refusal)) => Some(refusal),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(found, expected, "{path} {stamp} {after}");
    };
    let day = 24 * 60 * 60 * 1000;
    check("/2026/11/a", &stamp, 0, Some(Refused::Soon));
    check("/2026/11/a", &stamp, 2_999, Some(Refused::Soon));
    check("/2026/11/a", &stamp, 3_000, None);
    check("/2026/11/a", &stamp, day, None);
    check("/2026/11/a", &stamp, day + 1, Some(Refused::Late));
    check("/2026/11/a", &stamp, -60_000, Some(Refused::Soon));
    check("/2026/11/b", &stamp, 3_000, Some(Refused::Late));
    let (_, mac) = stamp.split_once('-').unwrap();
    check("/2026/11/a", &format!("{}-{mac}", at + 1), 9_000, Some(Refused::Late));
    for odd in ["-", "1-", "99999999999999999999999-00", mac] {
        check("/2026/11/a", odd, 9_000, Some(Refused::Late));
    }
}

#[test]
fn a_copy_of_the_edition_has_its_letters() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    let room = room_in(false, None);
    let letters = letterbox(&room, None);
    room.first();
    let receipt = write(&room, &letters, "/2026/11/a", "wrong").unwrap();
    let to = Place::Address(database.address());
    copy(&Place::Folder(room.dir.clone()), &to, &mut |_| ()).unwrap();
    let there = letterbox(&room, Some(&database.address()));
    assert_eq!(there.standing(&receipt).unwrap(), letters.standing(&receipt).unwrap());
}
