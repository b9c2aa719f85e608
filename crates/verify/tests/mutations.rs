//! Thousands of small changes to everything that a checker reads: every one is refused, by a named verdict.
//!
//! `cargo test -p ovn-verify --test mutations -- --nocapture` prints the counts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod house;

use house::{Edition, key};
use ovn_verify::{Verdict, article, record};
use std::collections::BTreeMap;

/// Every single bit, every truncation, every doubled or dropped byte of `bytes`, thinned to about `most`.
fn mutations(bytes: &[u8], most: usize) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let all = bytes.len() * 10;
    let step = all.div_ceil(most).max(1);
    for n in (0..all).step_by(step) {
        let (at, how) = (n / 10, n % 10);
        let mut bad = bytes.to_vec();
        match how {
            0..8 => bad[at] ^= 1 << how,
            8 => bad.truncate(at),
            _ => bad.insert(at, bytes[at]),
        }
        if bad != bytes {
            out.push(bad);
        }
    }
    out
}

#[test]
fn case_092_every_changed_file_of_a_record_is_refused() {
    let good = Edition::example();
    let mut counts: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
    for (path, bytes) in &good.files {
        let kind = path.split('/').nth(1).unwrap().to_owned();
        for bad in mutations(bytes, 700) {
            let mut edition = good.clone();
            edition.files.insert(path.clone(), bad);
            let verdict = record(&edition, &key()).0.verdict;
            assert!(!verdict.good(), "{path} was changed and accepted");
            *counts.entry((kind.clone(), verdict.words())).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    counts.iter().for_each(|((kind, words), count)| println!("{count:6}  {kind}: {words}"));
    println!("{total:6}  changes to files of a record, all refused");
    assert!(total >= 4_000);
}

#[test]
fn every_changed_document_and_proof_is_refused() {
    let edition = Edition::example();
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for index in 1..4 {
        let (document, proof) =
            (edition.documents[index].bytes().unwrap(), edition.proof(index as u64));
        let check = |document: &[u8], proof: &[u8]| article(document, proof, &key()).0.verdict;
        assert_eq!(check(&document, &proof), Verdict::Matches);
        let documents = mutations(&document, 2_500).into_iter().map(|bad| check(&bad, &proof));
        let proofs = mutations(&proof, 1_500).into_iter().map(|bad| check(&document, &bad));
        for verdict in documents.chain(proofs) {
            assert!(!verdict.good());
            *counts.entry(verdict.words()).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    counts.iter().for_each(|(words, count)| println!("{count:6}  {words}"));
    println!("{total:6}  changes to documents and proofs, all refused");
    assert!(total >= 8_000);
}
