//! Damage and loss: what is flipped is found and mended to the same bytes, and what is lost comes back from a mirror.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod small;

use ovn_press::{copy::Copy, mirror, scrub};
use ovn_store::{Folder, Settings};
use small::Small;

fn look(edition: &Small, order: &scrub::Order) -> Result<scrub::Found, scrub::Error> {
    let settings = Settings::read(&edition.dir, &|_| None).unwrap();
    scrub::scrub(&edition.dir, &settings, order, &mut |_, _| {})
}

fn mirrored(edition: &Small) -> Folder {
    let target = Folder::at(edition.home.path().join("mirror"));
    let key = edition.room().keys().verifier().clone();
    let report = mirror::copy(&edition.copy(), &target, &key, &mut |_, _| {}).unwrap().report;
    assert!(report.verdict.good(), "{report:#?}");
    target
}

fn mending(mirror: &Folder) -> scrub::Order {
    let mirror = Some(Copy::Folder(mirror.clone()));
    scrub::Order { mend: true, mirror, ..scrub::Order::default() }
}

#[test]
fn a_whole_edition_has_no_fault() {
    let edition = Small::new();
    let found = look(&edition, &scrub::Order::default()).unwrap();
    assert_eq!(found.faults, [], "{found:#?}");
    assert_eq!(found.entries, edition.room().reader().size().unwrap());
    assert!(found.blobs >= 2 && found.tiles >= 2 && found.documents == found.entries);
}

#[test]
fn every_file_of_the_record_is_mended_to_the_same_bytes() {
    let edition = Small::new();
    let mirror = mirrored(&edition);
    let own = Folder::at(&edition.dir);
    let mut first = true;
    for path in own.list("record").unwrap() {
        let good = own.read(&path).unwrap().unwrap();
        for bad in [None, Some(flipped(&good))] {
            match &bad {
                None => std::fs::remove_file(edition.dir.join(&path)).unwrap(),
                Some(bad) => std::fs::write(edition.dir.join(&path), bad).unwrap(),
            }
            // A narrower tile of before need not be there, and no document may name a blob.
            let found = look(&edition, &scrub::Order::default()).unwrap();
            if bad.is_none() && found.well() {
                assert!(path.contains(".p/"), "{path} is missing and nobody says so");
                std::fs::write(edition.dir.join(&path), &good).unwrap();
                continue;
            }
            let name = path.rsplit('/').next().unwrap();
            assert!(
                found.faults.iter().any(|fault| fault.place.contains(name)),
                "{path} {found:#?}"
            );
            // Without a mirror what has two copies is mended; with one, all.
            let order = if first && !path.contains("blob") {
                scrub::Order { mend: true, ..scrub::Order::default() }
            } else {
                mending(&mirror)
            };
            first = !first;
            let found = look(&edition, &order).unwrap();
            assert!(found.well(), "{path} {found:#?}");
            assert_eq!(own.read(&path).unwrap().unwrap(), good, "{path}");
        }
    }
    assert_eq!(look(&edition, &scrub::Order::default()).unwrap().faults, []);
}

fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    bytes
}

#[test]
fn a_lost_or_broken_database_is_told_again() {
    for kind in ["pages", "bytes", "nothing"] {
        let edition = Small::new();
        let before = edition.pages();
        let database = edition.dir.join("edition.sqlite");
        let mut bytes = std::fs::read(&database).unwrap();
        match kind {
            "pages" => bytes[4096 * 3..4096 * 9].fill(0x5a),
            "bytes" => bytes = b"no database at all".repeat(500),
            _ => std::fs::remove_file(&database).unwrap(),
        }
        if kind != "nothing" {
            std::fs::write(&database, bytes).unwrap();
        }
        let found = look(&edition, &scrub::Order::default()).unwrap();
        assert!(!found.well(), "{found:#?}");
        let found =
            look(&edition, &scrub::Order { mend: true, ..scrub::Order::default() }).unwrap();
        assert!(found.well(), "{found:#?}");
        assert_eq!(look(&edition, &scrub::Order::default()).unwrap().faults, []);
        // What was withdrawn as a whole has its address in the database alone.
        let mut after = edition.pages();
        for (path, (status, body)) in before {
            if path.contains("gone") || String::from_utf8_lossy(&body).contains("/gone") {
                continue;
            }
            let (again, same) = after.remove(&path).unwrap_or_default();
            assert_eq!((again, same == body), (status, true), "{path}");
        }
        edition.publish("later", "More words.", None).unwrap();
        edition.check();
    }
}
