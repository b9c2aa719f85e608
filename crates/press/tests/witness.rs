//! The three states of a text: saved, sealed, and witnessed once somebody else has signed the record with it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::Change;
use ovn_press::people::Role;
use ovn_press::witness::{self, Error};
use ovn_store::{Reader, Settings};
use ovn_tlog::{Checkpoint, Cosigner, Note, Signer};
use room::{Room, TEXT, room};

fn checkpoint(room: &Room) -> Note {
    let settings = Settings::read(&room.dir, &|_| None).unwrap();
    let reader = Reader::of(&room.dir, &settings).unwrap();
    Note::parse(&reader.checkpoint().unwrap()).unwrap()
}

fn signed(note: &Note, by: &Cosigner, second: u64) -> String {
    let one = by.cosign(note.text(), second).unwrap();
    note.clone().with(one).unwrap().to_string()
}

#[test]
fn a_text_is_saved_then_sealed_then_witnessed() {
    let room = room(false);
    let first = room.first();
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    let people = &room.people;
    let draft = people.start(&first, TEXT).unwrap();
    let stands = || people.draft_stands(&room.draft(&first, &draft)).unwrap();
    assert_eq!(stands(), None, "it is saved, and no more");
    let north = Cosigner::from_seed("witness.north", &[7; 32]).unwrap();
    let keep = |text: &str, by: &Cosigner| {
        witness::keep(&room.dir, &|_| None, text.as_bytes(), by.verifier())
    };
    // What was signed before it was sealed says nothing of it.
    let before = signed(&checkpoint(&room), &north, 1_764_000_000);
    assert!(keep(&before, &north).unwrap().new);
    let published = people.publish(&bilal, &draft.id, 1, Change::default()).unwrap();
    let sealed = stands().unwrap();
    assert_eq!((sealed.by.as_deref(), sealed.witnesses.len()), (Some("Bilal"), 0));
    let after = signed(&checkpoint(&room), &north, 1_764_000_100);
    assert!(keep(&after, &north).unwrap().new);
    assert!(!keep(&after, &north).unwrap().new, "it is known");
    let sealed = stands().unwrap();
    let one = &sealed.witnesses[0];
    assert_eq!((one.witness.as_str(), one.second), ("witness.north", 1_764_000_100));
    assert!(one.size > sealed.entry);
    let head = people.reader().head(&published.path).unwrap().unwrap();
    let sealers = people.sealers().unwrap();
    assert_eq!(people.article_stands(&head, &sealers).unwrap(), Some(sealed));
    let deeds = people.trail(&first, 50).unwrap();
    assert_eq!(deeds.iter().filter(|one| one.verb == "witness").count(), 2);
}

#[test]
fn what_no_witness_signed_of_this_record_is_not_kept() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    room.people.publish(&first, &draft.id, 1, Change::default()).unwrap();
    let north = Cosigner::from_seed("witness.north", &[7; 32]).unwrap();
    let south = Cosigner::from_seed("witness.south", &[8; 32]).unwrap();
    let own = checkpoint(&room);
    let check = |text: &str, by: &ovn_tlog::VerifierKey, why: &str| match witness::keep(
        &room.dir,
        &|_| None,
        text.as_bytes(),
        by,
    ) {
        Err(Error::Not(said)) => assert!(said.contains(why), "{said}"),
        other => panic!("{why}: {other:?}"),
    };
    let good = signed(&own, &north, 9);
    check(&good, south.verifier(), "");
    check("no note", north.verifier(), "");
    let log = Signer::from_seed("news.example", &[9; 32]).unwrap();
    check(&good, log.verifier(), "a log's");
    // Another record, more entries than there are, and other entries than these.
    let whole = Checkpoint::parse(own.text()).unwrap();
    let (is, other) = (format!("\n{}\n", whole.size()), format!("\n{}\n", whole.size() + 1));
    check(&good.replacen(&is, &other, 1), north.verifier(), "");
    let of = |origin: &str, size: u64, root: [u8; 32]| {
        let text = Checkpoint::new(origin, size, ovn_tlog::Hash(root)).unwrap().format();
        let one = north.cosign(&text, 9).unwrap();
        Note::new(&text, vec![one]).unwrap().to_string()
    };
    let root = whole.root().0;
    check(&of("other.example", whole.size(), root), north.verifier(), "other.example");
    check(&of("news.example", whole.size() + 1, root), north.verifier(), "entries");
    check(&of("news.example", whole.size(), [5; 32]), north.verifier(), "another record");
    let kept = room.people.draft_stands(&room.draft(&first, &draft)).unwrap().unwrap();
    assert_eq!(kept.witnesses, []);
}
