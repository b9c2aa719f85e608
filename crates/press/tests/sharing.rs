//! Links by which somebody without an account reads a draft: by whom they are made, how long they live, what is kept of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::Change;
use ovn_press::drafts::State;
use ovn_press::people::secret::Token;
use ovn_press::people::{Act, Refusal, Role};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use std::sync::atomic::Ordering::SeqCst;

const DAY: u64 = 24 * 60 * 60 * 1000;

fn later(room: &Room, ms: u64) {
    room.time.fetch_add(ms, SeqCst);
}

fn a_link_and_its_end(database: Option<String>) {
    let room = room_in(false, database);
    let first = room.first();
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let other = room.member(&first, Role::Reporter, "Carim");
    let draft = room.people.start(&reporter, TEXT).unwrap();
    let share = |words: &str, days| room.people.share(&reporter, &draft.id, words, days);
    for (words, days) in [("", 1), (" ", 1), ("a lawyer", 2), (&"a".repeat(81)[..], 1)] {
        assert_eq!(refused(share(words, days)), Refusal::Text("preview".into()), "{words} {days}");
    }
    assert_eq!(refused(room.people.share(&other, &draft.id, "me", 1)), Refusal::Missing);
    let (one, two) = (share(" a  lawyer", 1).unwrap(), share("the harbour office", 14).unwrap());
    assert_ne!(one, two);
    let links = room.people.shared(&first, &draft.id).unwrap();
    assert!(links.iter().any(|link| link.words == "a lawyer" && link.hash == one.hash()));
    assert_eq!(refused(room.people.shared(&other, &draft.id)), Refusal::Missing);
    let reads = |token: &Token| room.people.by_link(token).map(|(draft, _)| draft.text);
    assert_eq!(reads(&one).unwrap(), TEXT);
    // It is the text as it was last saved.
    room.people.save(&reporter, &draft.id, 1, &TEXT.replace("Monday", "Friday")).unwrap();
    assert!(reads(&one).unwrap().contains("Friday"));
    assert_eq!(refused(reads(&room.people.token().unwrap())), Refusal::Link);
    assert_eq!(refused(reads(&one.derived("form"))), Refusal::Link);

    later(&room, DAY);
    assert_eq!(refused(reads(&one)), Refusal::Link, "its time is over");
    let unshare = |token: &Token| room.people.unshare(&first, &draft.id, &token.hash());
    assert_eq!(refused(unshare(&one)), Refusal::Missing);
    assert!(reads(&two).is_ok());
    let elsewhere = room.people.start(&first, TEXT).unwrap();
    let wrong = room.people.unshare(&first, &elsewhere.id, &two.hash());
    assert_eq!(refused(wrong), Refusal::Missing, "it is another draft's");
    unshare(&two).unwrap();
    assert_eq!((refused(reads(&two)), refused(unshare(&two))), (Refusal::Link, Refusal::Missing));
    let trail = room.people.trail(&first, 1).unwrap();
    assert_eq!(
        (trail[0].verb.as_str(), trail[0].person.as_deref()),
        ("unshare", Some("Amina Khan"))
    );
}

#[test]
fn case_065_a_link_reads_one_draft_until_it_ends() {
    a_link_and_its_end(None);
}

#[test]
fn case_065_a_link_reads_one_draft_until_it_ends_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    a_link_and_its_end(Some(database.address()));
}

#[test]
fn a_link_ends_with_its_draft() {
    let room = room(false);
    let first = room.first();
    let [away, sealed] =
        ["the-pier", "the-bridge"].map(|slug| TEXT.replace("the-bridge", slug)).map(|text| {
            let draft = room.people.start(&first, &text).unwrap();
            (room.people.share(&first, &draft.id, "a lawyer", 7).unwrap(), draft)
        });
    room.people.pass(&first, &away.1.id, 1, Act::Drop).unwrap();
    assert_eq!(refused(room.people.by_link(&away.0)), Refusal::Link);
    assert_eq!(refused(room.people.share(&first, &away.1.id, "me", 7)), Refusal::Moved);
    room.people.publish(&first, &sealed.1.id, 1, Change::default()).unwrap();
    let (draft, _) = room.people.by_link(&sealed.0).unwrap();
    assert_eq!(State::of(&draft), State::Published);
    assert_eq!(refused(room.people.share(&first, &draft.id, "me", 7)), Refusal::Moved);
}

#[test]
fn a_draft_has_so_many_links_and_the_cabinet_no_token() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let share = || room.people.share(&first, &draft.id, "a lawyer", 1);
    let tokens: Vec<Token> = (0..20).map(|_| share().unwrap()).collect();
    assert_eq!(refused(share()), Refusal::Text("preview".into()));
    for item in std::fs::read_dir(&room.dir).unwrap() {
        let path = item.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        for token in &tokens {
            let (text, raw) =
                (token.text(), ovn_edition::hex::decode::<32>(&token.text()).unwrap());
            let has = |part: &[u8]| bytes.windows(part.len()).any(|one| one == part);
            assert!(!has(text.as_bytes()) && !has(&raw), "{path:?}");
        }
    }
    later(&room, DAY);
    assert!(share().is_ok());
}
