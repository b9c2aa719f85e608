//! Each way in which a record, a document or a proof can be wrong has its own verdict.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod house;

use house::{Edition, key, signer};
use ovn_edition::{commit::sha256, hex, leaf::Kind};
use ovn_tlog::{Checkpoint, Hash, Signer, TileHashes};
use ovn_verify::{Verdict, article, continuity, later, record};
use serde_json::json;

fn verdict(edition: &Edition) -> Verdict {
    record(edition, &key()).0.verdict
}

#[test]
fn a_right_record_matches_and_knows_what_came_later() {
    let edition = Edition::example();
    let (report, summary) = record(&edition, &key());
    assert_eq!(report.verdict, Verdict::Matches, "{report:?}");
    assert_eq!((summary.entries, summary.documents), (4, 4));
    assert_eq!(later(&summary, &[1; 16], 1).len(), 1);
    assert!(later(&summary, &[2; 16], 2).is_empty());
}

#[test]
fn a_document_with_its_proof_needs_no_network() {
    let edition = Edition::example();
    for index in 1..4 {
        let document = edition.documents[index].bytes().unwrap();
        let (report, sealed) = article(&document, &edition.proof(index as u64), &key());
        assert_eq!(report.verdict, Verdict::Matches, "{report:?}");
        assert_eq!(sealed.unwrap().entry, index as u64);
    }
}

#[test]
fn each_fault_of_a_document_has_its_verdict() {
    let edition = Edition::example();
    let document = edition.documents[1].bytes().unwrap();
    let check = |document: &[u8], proof: &[u8], key: &ovn_tlog::VerifierKey, expected: Verdict| {
        let (report, sealed) = article(document, proof, key);
        assert_eq!(report.verdict, expected, "{report:?}");
        assert_eq!(sealed.is_some(), expected.good());
    };
    let other = edition.documents[2].bytes().unwrap();
    check(&other, &edition.proof(1), &key(), Verdict::Differs);
    check(b"{}", &edition.proof(1), &key(), Verdict::Damaged);
    check(&document, b"", &key(), Verdict::Damaged);
    let stranger = Signer::from_seed(house::ORIGIN, &[8; 32]).unwrap();
    check(&document, &edition.proof(1), stranger.verifier(), Verdict::NotSealed);
    let elsewhere = Signer::from_seed("other.example", &[7; 32]).unwrap();
    check(&document, &edition.proof(1), elsewhere.verifier(), Verdict::NotSealed);
    let rest = edition.documents[1].without(&[9]).unwrap();
    check(&rest.bytes().unwrap(), &edition.proof(1), &key(), Verdict::Withdrawn);
}

#[test]
fn a_removal_is_right_only_when_it_is_disclosed() {
    let mut edition = Edition::example();
    let path =
        format!("record/document/{}.json", hex::encode(&edition.documents[2].commit().unwrap()));
    let rest = edition.documents[2].without(&[4, 5]).unwrap();
    edition.files.insert(path, rest.bytes().unwrap());
    assert_eq!(verdict(&edition), Verdict::Inconsistent);
    let removal = json!({"blocks": [4, 5], "ground": "privacy", "rev": 1});
    edition.add(Kind::Removal, Some(([2; 16], 1)), vec![("removal", removal)]);
    edition.publish();
    assert_eq!(verdict(&edition), Verdict::Matches);
}

#[test]
fn each_fault_of_a_record_has_its_verdict() {
    let check = |spoil: &dyn Fn(&mut Edition), expected: Verdict| {
        let mut edition = Edition::example();
        spoil(&mut edition);
        let (report, _) = record(&edition, &key());
        assert_eq!(report.verdict, expected, "{report:?}");
    };
    let again = |edition: &mut Edition, kind, article| {
        edition.add(kind, article, vec![("headline", json!("x"))]);
        edition.publish();
    };
    check(&|_| {}, Verdict::Matches);
    check(
        &|edition| {
            edition.files.remove("record/checkpoint");
        },
        Verdict::Inconsistent,
    );
    check(&|edition| again(edition, Kind::Genesis, None), Verdict::Inconsistent);
    check(&|edition| again(edition, Kind::Revision, Some(([1; 16], 4))), Verdict::Inconsistent);
    check(&|edition| again(edition, Kind::Revision, Some(([3; 16], 2))), Verdict::Inconsistent);
    check(&|edition| again(edition, Kind::Revision, Some(([1; 16], 3))), Verdict::Matches);
    let document = |edition: &Edition| {
        edition.files.keys().find(|path| path.contains("document")).unwrap().clone()
    };
    check(
        &|edition| {
            edition.files.remove(&document(edition));
        },
        Verdict::Inconsistent,
    );
    check(
        &|edition| {
            edition.files.insert(document(edition), b"{}".to_vec());
        },
        Verdict::Damaged,
    );
    check(
        &|edition| {
            let swapped = edition.documents[2].bytes().unwrap();
            let path = format!(
                "record/document/{}.json",
                hex::encode(&edition.documents[1].commit().unwrap())
            );
            edition.files.insert(path, swapped);
        },
        Verdict::Differs,
    );
    let blob = format!("record/blob/{}", hex::encode(&sha256(b"the statement")));
    check(
        &|edition| {
            edition.files.insert(blob.clone(), b"another".to_vec());
        },
        Verdict::Differs,
    );
    check(
        &|edition| {
            edition.files.remove(&blob);
        },
        Verdict::Differs,
    );
}

#[test]
fn two_histories_are_told_apart() {
    let before = Edition::example();
    let mut grown = before.clone();
    grown.add(Kind::Revision, Some(([3; 16], 1)), vec![("headline", json!("new"))]);
    grown.publish();
    let mut forked = before.clone();
    forked.add(Kind::Revision, Some(([3; 16], 1)), vec![("headline", json!("other"))]);
    forked.publish();
    let note = |edition: &Edition| edition.files["record/checkpoint"].clone();
    let check = |a: &Edition, b: &Edition, expected: Verdict| {
        let larger = if a.leaves.len() > b.leaves.len() { a } else { b };
        let tiles = TileHashes::new(larger, larger.leaves.len() as u64);
        let report = continuity(&note(a), &note(b), &tiles, &key());
        assert_eq!(report.verdict, expected, "{report:?}");
    };
    check(&before, &before, Verdict::Matches);
    check(&before, &grown, Verdict::Matches);
    check(&grown, &forked, Verdict::Inconsistent);
    check(&grown, &before, Verdict::Behind);
    // A record whose past was rewritten does not extend the one that was seen.
    let rewritten = Checkpoint::new(house::ORIGIN, 2, Hash([9; 32])).unwrap();
    let seen = rewritten.sign(&signer()).unwrap().to_string();
    let tiles = TileHashes::new(&before, 4);
    let report = continuity(seen.as_bytes(), &note(&before), &tiles, &key());
    assert_eq!(report.verdict, Verdict::Inconsistent);
}
