//! Each way in which a record, a document or a proof can be wrong has its own verdict.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
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
fn case_088_a_removal_is_right_only_when_it_is_disclosed() {
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
fn case_081_two_histories_are_told_apart() {
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

/// What a tampered record is told, and by which sentence: no two of them are told the same.
#[test]
fn case_081_each_tampering_has_its_own_answer() {
    type Spoil<'a> = &'a dyn Fn(&mut Edition);
    let note =
        |edition: &Edition| String::from_utf8(edition.files["record/checkpoint"].clone()).unwrap();
    let put = |edition: &mut Edition, note: String| {
        edition.files.insert("record/checkpoint".into(), note.into_bytes());
    };
    let sign =
        |text: &str| ovn_tlog::Note::new(text, vec![signer().sign(text)]).unwrap().to_string();
    let stranger = Signer::from_seed(house::ORIGIN, &[8; 32]).unwrap();
    let root = |edition: &Edition| {
        Checkpoint::open(&edition.files["record/checkpoint"], &key()).unwrap().root().to_base64()
    };
    let bundle = "record/tile/entries/000.p/4";
    let rows: [(&str, Spoil<'_>, Verdict, &str); 14] = [
        (
            "a tile's byte",
            &|e| e.files.get_mut("record/tile/0/000.p/4").unwrap()[40] ^= 1,
            Verdict::Inconsistent,
            "tile/0/000.p/4",
        ),
        (
            "a tile cut",
            &|e| e.files.get_mut("record/tile/0/000.p/4").unwrap().truncate(100),
            Verdict::Inconsistent,
            "100",
        ),
        (
            "a tile gone",
            &|e| drop(e.files.remove("record/tile/0/000.p/4")),
            Verdict::Inconsistent,
            "tile/0/000.p/4",
        ),
        (
            "a bundle cut",
            &|e| {
                e.files.get_mut(bundle).unwrap().pop();
            },
            Verdict::Inconsistent,
            "entries/000.p/4",
        ),
        (
            "leaves swapped",
            &|e| {
                e.leaves.swap(1, 2);
                let bytes = ovn_tlog::tile::encode_bundle(&e.leaves).unwrap();
                e.files.insert(bundle.into(), bytes);
            },
            Verdict::Inconsistent,
            "tile/0/000.p/4",
        ),
        (
            "another root",
            &|e| {
                put(
                    e,
                    Checkpoint::new(house::ORIGIN, 4, Hash([9; 32]))
                        .unwrap()
                        .sign(&signer())
                        .unwrap()
                        .to_string(),
                )
            },
            Verdict::Inconsistent,
            "root",
        ),
        (
            "a larger size",
            &|e| {
                put(
                    e,
                    Checkpoint::new(house::ORIGIN, 5, Hash([9; 32]))
                        .unwrap()
                        .sign(&signer())
                        .unwrap()
                        .to_string(),
                )
            },
            Verdict::Inconsistent,
            "000.p/5",
        ),
        (
            "an unknown key of the same name",
            &|e| {
                put(
                    e,
                    Checkpoint::new(house::ORIGIN, 4, Hash([9; 32]))
                        .unwrap()
                        .sign(&stranger)
                        .unwrap()
                        .to_string(),
                )
            },
            Verdict::Inconsistent,
            "sign",
        ),
        (
            "another origin",
            &|e| {
                let text = note(e).replacen(house::ORIGIN, "other.example", 1);
                put(
                    e,
                    sign(
                        text.split_once("\n\n")
                            .map(|(text, _)| format!("{text}\n"))
                            .unwrap()
                            .as_str(),
                    ),
                );
            },
            Verdict::Inconsistent,
            "other.example",
        ),
        (
            "an extension line",
            &|e| {
                let text = format!("{}\n4\n{}\nmore\n", house::ORIGIN, root(e));
                put(e, sign(&text));
            },
            Verdict::Inconsistent,
            "line",
        ),
        (
            "carriage returns",
            &|e| {
                let text = note(e).replace('\n', "\r\n");
                put(e, text);
            },
            Verdict::Inconsistent,
            "line",
        ),
        (
            "a megabyte",
            &|e| {
                let text = format!("{}{}", note(e), "— x AAAA\n".repeat(200_000));
                put(e, text);
            },
            Verdict::Inconsistent,
            "bytes",
        ),
        (
            "no signature",
            &|e| {
                let text = note(e).split_once("\n\n").unwrap().0.to_owned();
                put(e, text + "\n");
            },
            Verdict::Inconsistent,
            "signature",
        ),
        (
            "a leading zero",
            &|e| {
                let text = format!("{}\n04\n{}\n", house::ORIGIN, root(e));
                put(e, sign(&text));
            },
            Verdict::Inconsistent,
            "size",
        ),
    ];
    let mut told = std::collections::BTreeMap::new();
    for (name, spoil, expected, words) in rows {
        let mut edition = Edition::example();
        spoil(&mut edition);
        let report = record(&edition, &key()).0;
        assert_eq!(report.verdict, expected, "{name}: {report:?}");
        let failed: Vec<&str> = report
            .checks
            .iter()
            .filter(|check| !check.passed)
            .map(|check| check.sentence.as_str())
            .collect();
        let said = failed.join(" ");
        println!("{name}: {said}");
        assert!(said.contains(words), "{name}: {said}");
        assert_eq!(told.insert(said, name), None, "{name}");
    }
}

/// The page, the document and the proof are right; then the page is not.
#[test]
fn case_081_a_page_that_was_changed_by_a_byte_differs() {
    let edition = Edition::example();
    let document = edition.documents[3].bytes().unwrap();
    let proof = edition.proof(3);
    let sealed = article(&document, &proof, &key()).1.unwrap();
    let element =
        ovn_edition::html::document(&sealed.document, &ovn_edition::html::View::default()).unwrap();
    let check =
        |html: &str| ovn_verify::shown(html.as_bytes(), &document, &proof, &key()).0.verdict;
    assert_eq!(check(&format!("<body>{element}</body>")), Verdict::Matches);
    assert_eq!(check(&element.replacen("20 percent", "30 percent", 1)), Verdict::Differs);
    assert_eq!(check(""), Verdict::Damaged);
    assert_eq!(check(&element.repeat(2)), Verdict::Damaged);
}
