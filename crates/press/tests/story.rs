//! The story that every engine of the store must tell: publish, correct, translate, search, remove.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub(crate) mod newsroom;

use newsroom::*;
use ovn_edition::fold::{self, Term};
use ovn_edition::hex;
use ovn_edition::leaf::{Kind, Leaf};
use ovn_edition::model::Class;
use ovn_edition::sealed::{Block, Document};
use ovn_press::seal::{Draft, Error, Sealer, Subject, Take};
use ovn_store::rows::{HeadKind, Query, TagKind};
use ovn_store::{Reader, Search};
use ovn_tlog::{TileHashes, VerifierKey, leaf_hash, merkle};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

/// The store's behaviours, whatever engine is below.
fn story(sealer: &Sealer) {
    let reader = sealer.reader();
    assert_eq!(reader.size().unwrap(), 0);
    assert!(reader.record_file("checkpoint").unwrap().is_none());
    sealer.seal(vec![Draft::genesis("Test", sealer.keys())]).unwrap();
    publishing(sealer, reader);
    correcting(sealer, reader);
    listing(sealer, reader);
    searching(reader);
    record_paths(reader);
}

fn publishing(sealer: &Sealer, reader: &Reader) {
    let before = reader.generation().unwrap();
    let receipt = sealer.seal(vec![new_article("port")]).unwrap().pop().unwrap();
    assert_ne!(reader.generation().unwrap(), before);
    assert_eq!((receipt.seq, receipt.rev), (1, Some(1)));
    let head = reader.head("/2026/11/port").unwrap().unwrap();
    assert_eq!(Some(head.id), receipt.id);
    assert_eq!((head.rev, head.headline.as_str()), (1, "Headline port"));
    let entry = reader.entry(1).unwrap().unwrap();
    assert_eq!(leaf_hash(&entry.leaf).0, receipt.leaf);
    let path = format!("document/{}.json", hex::encode(&receipt.commit));
    assert_eq!(reader.record_file(&path).unwrap(), entry.document);
    assert_eq!(entry.head, Some(("/2026/11/port".into(), "Headline port".into())));
    // The address is taken, and a refused draft changes nothing.
    assert!(matches!(sealer.seal(vec![new_article("port")]), Err(Error::Draft(_))));
    let two = vec![new_article("one-of-two"), new_article("port")];
    assert!(matches!(sealer.seal(two), Err(Error::Draft(_))));
    assert_eq!(reader.size().unwrap(), 2);
    assert!(reader.head("/2026/11/one-of-two").unwrap().is_none());
}

fn correcting(sealer: &Sealer, reader: &Reader) {
    let id = reader.head("/2026/11/port").unwrap().unwrap().id;
    // Two revisions of one article in one batch: the second is chained to the first.
    sealer.seal(vec![correction("port", id), correction("port", id)]).unwrap();
    let revisions = reader.revisions(&id).unwrap();
    let leaves: Vec<Leaf> = revisions.iter().map(|one| Leaf::read(&one.leaf).unwrap()).collect();
    for (pair, stored) in leaves.windows(2).zip(&revisions) {
        let step = pair[1].article.unwrap();
        assert_eq!(step.prev, Some(Leaf::hash(&stored.leaf)));
        assert_eq!(step.rev, stored.rev + 1);
    }
    assert_eq!(revisions.iter().map(|one| one.rev).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(revisions[2].class, Class::Correction);
    let stale = Draft { expect: Some(2), ..correction("port", id) };
    assert!(matches!(sealer.seal(vec![stale]), Err(Error::Draft(_))));
    let unknown = correction("other", [9; 16]);
    assert!(matches!(sealer.seal(vec![unknown]), Err(Error::Draft(_))));
    let corrections = reader.corrections(Some("en"), None, 10).unwrap();
    assert_eq!(corrections.len(), 2);
    assert!(corrections[0].1.seq > corrections[1].1.seq);
    assert_eq!(reader.corrections(None, Some(corrections[1].1.seq), 10).unwrap(), []);
    assert!(reader.head("/2026/11/port").unwrap().unwrap().corrected.is_some());
}

fn listing(sealer: &Sealer, reader: &Reader) {
    let mut urdu = new_article("bandargah");
    let head = urdu.facts.head.as_mut().unwrap();
    head.lang = "ur".into();
    head.translation_of = Some("/2026/11/port".into());
    head.sections = vec!["politics".into()];
    head.topics = vec!["کراچی".into()];
    head.story = Some("The port".into());
    let mut policy = new_article("rules");
    policy.kind = Kind::Policy;
    policy.facts.head.as_mut().unwrap().kind = HeadKind::Policy;
    sealer.seal(vec![urdu, policy]).unwrap();
    let all = reader.heads(&Query { limit: 10, ..Query::default() }).unwrap();
    assert_eq!(all.len(), 2);
    let last = &all[0];
    let before = Some((last.first_at, last.id));
    let next = reader.heads(&Query { before, limit: 10, ..Query::default() }).unwrap();
    assert_eq!(next, all[1..]);
    let section = Query { section: Some("politics".into()), limit: 10, ..Query::default() };
    assert_eq!(reader.heads(&section).unwrap().len(), 1);
    let none = Query { lang: Some("en".into()), ..section };
    assert!(reader.heads(&none).unwrap().is_empty());
    assert_eq!(reader.tags(TagKind::Story, None).unwrap(), [("The port".into(), 1)]);
    assert_eq!(reader.tags(TagKind::Topic, Some("ur")).unwrap(), [("کراچی".into(), 1)]);
    assert_eq!(reader.policies("en").unwrap().len(), 1);
    let port = reader.head("/2026/11/port").unwrap().unwrap();
    let urdu = reader.head("/2026/11/bandargah").unwrap().unwrap();
    assert_eq!(reader.siblings(&port.id).unwrap().first(), Some(&urdu));
    assert_eq!(reader.siblings(&urdu.id).unwrap(), [port]);
}

fn searching(reader: &Reader) {
    let words = |text: &str| -> Vec<Term> {
        text.split(' ').map(|word| Term::Word(word.to_owned())).collect()
    };
    let (total, hits) = reader.search(&words("words port"), None, 0, 10).unwrap();
    assert_eq!((total, hits.len()), (1, 1));
    assert_eq!(hits[0].snippet, "The first words of port.");
    let (total, hits) = reader.search(&words("number nine"), None, 1, 1).unwrap();
    assert_eq!((total, hits.len()), (3, 1));
    assert_eq!(hits[0].snippet, "Zarqa Malik lives at number nine.");
    assert_eq!(reader.search(&words("number nine"), Some("ur"), 0, 9).unwrap().0, 1);
    let found = |asked: &str| reader.search(&fold::query(asked), None, 0, 9).unwrap().0;
    for (asked, expected) in [
        ("\"number nine\"", 3),
        ("\"nine number\"", 0),
        ("zarqa \"at number nine\"", 3),
        ("port \"the first\"", 1),
    ] {
        assert_eq!(found(asked), expected, "{asked}");
    }
    for odd in ["\"", "*", "a OR", "NEAR(a", "-", "headline:x", "^a"] {
        reader.search(&words(odd), None, 0, 10).unwrap();
    }
}

fn record_paths(reader: &Reader) {
    for path in ["", "../ovn.toml", "tile/0/../x", "vkey/", "/etc/passwd", "blob/xyz", "aside/a"] {
        assert_eq!(reader.record_file(path).unwrap(), None, "{path}");
    }
    assert!(reader.record_file("vkey").unwrap().is_some());
    // Proofs from the tiles hold under the published checkpoint.
    let key: VerifierKey = String::from_utf8(reader.record_file("vkey").unwrap().unwrap())
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    let tree = ovn_tlog::Checkpoint::open(&reader.checkpoint().unwrap(), &key).unwrap();
    let hashes = TileHashes::new(reader, tree.size());
    let proof = merkle::inclusion_proof(&hashes, 1, tree.size()).unwrap();
    let leaf = leaf_hash(&reader.entry(1).unwrap().unwrap().leaf);
    merkle::verify_inclusion(&leaf, 1, tree.size(), &proof, tree.root()).unwrap();
}

#[test]
fn the_engine_tells_the_story() {
    let room = Newsroom::new();
    story(&room.open().unwrap());
    assert_eq!(check_record(&room.dir()).checkpoint.size(), 6);
    let again = room.open().unwrap();
    assert_eq!(again.reader().size().unwrap(), 6);
}

#[test]
fn many_threads_share_batches() {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let sealer = &sealer;
            scope.spawn(move || {
                for number in 0..20 {
                    let receipt = sealer.seal(vec![new_article(&format!("a{thread}-{number}"))]);
                    let head = sealer.reader().head_of(&receipt.unwrap()[0].id.unwrap());
                    assert!(head.unwrap().is_some());
                }
            });
        }
    });
    assert_eq!(check_record(&room.dir()).checkpoint.size(), 320);
    assert!(sealer.reader().generation().unwrap() < 320, "no batch was shared");
}

#[test]
fn searches_are_right_while_publishing_goes_on() {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    let (begun, done) = (AtomicU64::new(0), AtomicU64::new(0));
    // Each batch has three articles on ferries, and the next one makes the first of them one on a barge.
    let barges = |batches: u64| batches.saturating_sub(1);
    let ferries = |batches: u64| 3 * batches - barges(batches);
    let check = |word: &str, expected: &dyn Fn(u64) -> u64| {
        let before = done.load(SeqCst);
        let (total, hits) =
            sealer.reader().search(&[Term::Word(word.into())], None, 0, 20).unwrap();
        let possible: Vec<u64> = (before..=begun.load(SeqCst)).map(expected).collect();
        assert!(possible.contains(&total), "{word}: {total}, and not one of {possible:?}");
        assert_eq!(hits.len() as u64, total.min(20));
        assert!(hits.iter().all(|hit| hit.head.headline.contains(word)), "{word}: {hits:?}");
        let ids: BTreeSet<_> = hits.iter().map(|hit| hit.head.id).collect();
        assert_eq!(ids.len(), hits.len());
    };
    std::thread::scope(|scope| {
        let publishing = scope.spawn(|| {
            let mut first = None;
            for batch in 1..=30 {
                let slug = |number: u64, article: u64| format!("ferry-{number}-{article}");
                let mut drafts: Vec<Draft> =
                    (0..3).map(|article| new_article(&slug(batch, article))).collect();
                if let Some(id) = first {
                    let mut changed = correction(&slug(batch - 1, 0), id);
                    let facts = &mut changed.facts;
                    facts.head.as_mut().unwrap().headline = "A barge".into();
                    facts.search = Some(Search { headline: "a barge".into(), ..Search::default() });
                    drafts.push(changed);
                }
                begun.store(batch, SeqCst);
                first = sealer.seal(drafts).unwrap()[0].id;
                done.store(batch, SeqCst);
            }
        });
        while !publishing.is_finished() {
            check("ferry", &ferries);
            check("barge", &barges);
        }
    });
    assert_eq!(done.load(SeqCst), 30);
    check("ferry", &ferries);
    check("barge", &barges);
}

#[test]
pub(crate) fn case_088_a_removal_leaves_no_salt_and_no_word() {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    let receipt = sealer
        .seal(vec![Draft { blobs: vec![b"a picture".to_vec()], ..new_article("removed") }])
        .unwrap()
        .pop()
        .unwrap();
    sealer.seal(vec![new_article("other")]).unwrap();
    let id = receipt.id.unwrap();
    let reader = sealer.reader();
    let document = Document::read(&reader.revisions(&id).unwrap()[0].document).unwrap();
    let number = document.blocks.len() - 1;
    let Block::Open { salt, .. } = &document.blocks[number] else { panic!("removed already") };
    let salt = hex::encode(salt);
    let holds = |needle: &str| {
        let has = |bytes: &[u8]| bytes.windows(needle.len()).any(|part| part == needle.as_bytes());
        room.kept().iter().filter(|(_, bytes)| has(bytes)).count()
    };
    assert!(holds(&salt) > 0 && holds("a picture") > 0);
    let tiles = files(&room.dir().join("record/tile"));
    let search = Search {
        headline: "headline".into(),
        body: "the first".into(),
        text: "The first".into(),
        ..Search::default()
    };
    let take = Take {
        rev: 1,
        blocks: Some(vec![number]),
        ground: "privacy".into(),
        blobs: vec![ovn_edition::commit::sha256(b"a picture")],
        note: Some("An address was removed.".into()),
        search: Some(search),
        ..Take::default()
    };
    let missing = Take { blocks: Some(vec![99]), ..take.clone() };
    assert!(matches!(sealer.seal(vec![Draft::removal(id, missing)]), Err(Error::Draft(_))));
    sealer.seal(vec![Draft::removal(id, take.clone())]).unwrap();
    assert_eq!((holds(&salt), holds("a picture")), (0, 0));
    let after = files(&room.dir().join("record/tile"));
    assert!(tiles.iter().all(|tile| after.contains(tile)));
    check_record(&room.dir());
    let rest = Document::read(&reader.revisions(&id).unwrap()[0].document).unwrap();
    assert_eq!(rest.commit().unwrap(), receipt.commit);
    let removal = reader.removals(&id).unwrap().pop().unwrap();
    assert_eq!((removal.rev, removal.blocks), (1, Some(vec![number])));
    assert_eq!(reader.search(&[Term::Word("zarqa".into())], None, 0, 9).unwrap().0, 1);
    // What follows goes on from the revision, chained to the removal.
    let next = sealer.seal(vec![correction("removed", id)]).unwrap().pop().unwrap();
    assert_eq!(next.rev, Some(2));
    let all = Take { rev: 2, blocks: None, search: None, ..take };
    sealer.seal(vec![Draft::removal(id, all)]).unwrap();
    assert!(reader.head_of(&id).unwrap().unwrap().withdrawn);
    assert_eq!(reader.heads(&Query { limit: 9, ..Query::default() }).unwrap().len(), 1);
    let again = Subject::Of(id);
    sealer.seal(vec![article("removed", again, Class::Update)]).unwrap();
    assert!(!reader.head_of(&id).unwrap().unwrap().withdrawn);
}
