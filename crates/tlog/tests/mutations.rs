//! Single bits and whole parts of a record changed in more than ten thousand ways: all refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::fmt::Debug;

use common::{Memory, Numbers, entry, log_key};
use ovn_tlog::audit::audit;
use ovn_tlog::merkle::{consistency_proof, inclusion_proof, tree_root, verify_consistency};
use ovn_tlog::{
    Checkpoint, Cosigner, Hash, Note, Policy, Proof, TileHashes, VerifierKey, leaf_hash,
};

/// How often each named error refused a mutation, by what was mutated.
#[derive(Default)]
struct Verdicts {
    counts: BTreeMap<(&'static str, String), usize>,
}

impl Verdicts {
    /// Notes that `result` refuses; the error's name is its variants, outermost first.
    fn refused<T: Debug, E: Debug>(
        &mut self,
        what: &'static str,
        change: &str,
        result: Result<T, E>,
    ) {
        let error = match result {
            Ok(value) => panic!("{what}, {change}: accepted as {value:?}"),
            Err(error) => format!("{error:?}"),
        };
        let named = |c: &char| c.is_alphanumeric() || *c == '(';
        let name = error.chars().take_while(named).collect::<String>();
        *self.counts.entry((what, name.trim_end_matches('(').replace('(', " > "))).or_default() +=
            1;
    }

    fn report(&self, least: usize) {
        let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
        for ((what, error), count) in &self.counts {
            println!("{what:<18} {count:>6}  {error}");
            *totals.entry(what).or_default() += count;
        }
        println!("{totals:?}");
        let total: usize = totals.values().sum();
        println!("mutations refused: {total}, accepted: 0");
        assert!(total >= least, "{total}");
    }
}

/// Every single bit of the bytes changed, one at a time.
fn bits(bytes: &[u8]) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
    (0..bytes.len() * 8).map(|at| (format!("bit {at}"), flipped(bytes, at)))
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    changed[at / 8] ^= 1 << (at % 8);
    changed
}

/// A text cut at every length, with each line left out, doubled, swapped with the next or given
/// another ending, and with each of some characters put in everywhere. `head` is how many lines
/// have an order that matters: signatures may stand in any order, and twice.
fn parts(text: &str, head: usize) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |change: String, bytes: Vec<u8>| {
        if bytes != text.as_bytes() {
            all.push((change, bytes));
        }
    };
    (0..text.len()).for_each(|at| add(format!("cut at {at}"), text.as_bytes()[..at].to_vec()));
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        for extra in ["\n", " ", "=", "A", "0", "\0"] {
            add(format!("{extra:?} at {at}"), [&text[..at], extra, &text[at..]].concat().into());
        }
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for line in 0..lines.len() {
        let (before, after) = (lines[..line].concat(), lines[line + 1..].concat());
        let this = lines[line];
        add(format!("without line {line}"), format!("{before}{after}").into());
        let windows = this.replace('\n', "\r\n");
        add(format!("line {line} ends in CR LF"), format!("{before}{windows}{after}").into());
        if line < head {
            add(format!("line {line} twice"), format!("{before}{this}{this}{after}").into());
            let mut swapped = lines.clone();
            swapped.swap(line, line + 1);
            add(format!("line {line} and next swapped"), swapped.concat().into());
        }
    }
    all
}

/// A record of three levels of tiles with partial and full ones.
fn record() -> Memory {
    Memory::sealed_at(&[100, 530])
}

fn audited(record: &Memory) -> Result<u64, ovn_tlog::AuditError> {
    audit(record, log_key().verifier(), |_, _| ()).map(|report| report.tiles)
}

#[test]
fn checkpoints_and_notes() {
    let mut verdicts = Verdicts::default();
    let signed = record().files["checkpoint"].clone();
    let key = log_key().verifier().clone();
    assert!(Checkpoint::open(&signed, &key).is_ok());
    let text = String::from_utf8(signed.clone()).unwrap();
    for (change, bytes) in bits(&signed).chain(parts(&text, 4)) {
        verdicts.refused("checkpoint", &change, Checkpoint::open(&bytes, &key));
    }
    let note_text = "A note with\n\nan empty line — ed è subito sera.\n";
    let note = Note::new(note_text, vec![log_key().sign(note_text)]).unwrap().to_string();
    let known = [key.clone()];
    let open = |bytes: &[u8]| Note::parse(bytes).and_then(|note| note.verify(&known));
    assert!(open(note.as_bytes()).is_ok());
    for (change, bytes) in bits(note.as_bytes()).chain(parts(&note, 4)) {
        verdicts.refused("note", &change, open(&bytes));
    }
    let vkey = key.to_string();
    for (change, bytes) in bits(vkey.as_bytes()).chain(parts(&vkey, 0)) {
        if let Ok(changed) = String::from_utf8(bytes) {
            verdicts.refused("verifier key", &change, changed.parse::<VerifierKey>());
        }
    }
    verdicts.report(6000);
}

#[test]
fn offline_proofs() {
    let mut verdicts = Verdicts::default();
    let record = record();
    let witness = Cosigner::from_seed("w.example", &[3; 32]).unwrap();
    let policy =
        format!("log {}\nwitness w {}\nquorum w\n", log_key().verifier(), witness.verifier());
    let policy = Policy::parse(policy.as_bytes()).unwrap();
    let note = Note::parse(&record.files["checkpoint"]).unwrap();
    let cosignature = witness.cosign(note.text(), 1_763_000_000).unwrap();
    let note = note.with(cosignature).unwrap();
    let hashes = inclusion_proof(&TileHashes::new(&record, 530), 301, 530).unwrap();
    let count = hashes.len();
    let proof = Proof::new(301, hashes, note).unwrap().to_string();
    let leaf = leaf_hash(&entry(301));
    let check = |bytes: &[u8]| Proof::parse(bytes).and_then(|proof| proof.verify(&leaf, &policy));
    assert!(check(proof.as_bytes()).is_ok());
    for (change, bytes) in bits(proof.as_bytes()).chain(parts(&proof, 2 + count + 4)) {
        verdicts.refused("offline proof", &change, check(&bytes));
    }
    for bit in 0..256 {
        let mut other = leaf;
        other.0[bit / 8] ^= 1 << (bit % 8);
        let result = Proof::parse(proof.as_bytes()).and_then(|proof| proof.verify(&other, &policy));
        verdicts.refused("leaf of a proof", &format!("bit {bit}"), result);
    }
    verdicts.report(10_000);
}

#[test]
fn consistency_proofs() {
    let mut verdicts = Verdicts::default();
    let record = record();
    let hashes = TileHashes::new(&record, 530);
    let (old, new) = (tree_root(&hashes, 301).unwrap(), tree_root(&hashes, 530).unwrap());
    let proof = consistency_proof(&hashes, 301, 530).unwrap();
    let check = |proof: &[Hash]| verify_consistency(301, 530, &old, &new, proof);
    assert_eq!(check(&proof), Ok(()));
    for at in 0..proof.len() {
        for bit in 0..256 {
            let mut changed = proof.clone();
            changed[at].0[bit / 8] ^= 1 << (bit % 8);
            verdicts.refused(
                "consistency proof",
                &format!("hash {at}, bit {bit}"),
                check(&changed),
            );
        }
        let mut changed = proof.clone();
        changed.remove(at);
        verdicts.refused("consistency proof", &format!("without hash {at}"), check(&changed));
        changed.insert(at, proof[at]);
        changed.insert(at, proof[at]);
        verdicts.refused("consistency proof", &format!("hash {at} twice"), check(&changed));
        if at > 0 {
            let mut changed = proof.clone();
            changed.swap(at, at - 1);
            verdicts.refused("consistency proof", &format!("hash {at} swapped"), check(&changed));
        }
    }
    verdicts.report(1500);
}

#[test]
fn tiles_and_bundles() {
    let mut verdicts = Verdicts::default();
    let honest = record();
    let mut numbers = Numbers(7);
    let mut check = |what, change: &str, name: &str, bytes: Option<Vec<u8>>| {
        let mut changed = honest.clone();
        match bytes {
            Some(bytes) if bytes == honest.files[name] => return,
            Some(bytes) => drop(changed.files.insert(name.to_owned(), bytes)),
            None => drop(changed.files.remove(name)),
        }
        verdicts.refused(what, &format!("{name}: {change}"), audited(&changed));
    };
    assert_eq!(audited(&honest), Ok(4));
    let current = |name: &str| !name.ends_with("p/100") && name != "checkpoint";
    for (name, bytes) in honest.files.iter().filter(|(name, _)| current(name)) {
        let entries = name.contains("entries");
        let what = if entries { "bundle" } else { "tile" };
        let all = bytes.len() * 8;
        let some: Vec<usize> = if all <= 1500 {
            (0..all).collect()
        } else {
            (0..900).map(|_| numbers.index(all)).collect()
        };
        for at in some {
            check(what, &format!("bit {at}"), name, Some(flipped(bytes, at)));
        }
        for _ in 0..60 {
            let at = numbers.index(bytes.len());
            check(what, &format!("cut at {at}"), name, Some(bytes[..at].to_vec()));
            let other = numbers.index(bytes.len());
            let mut swapped = bytes.clone();
            swapped.swap(at, other);
            check(what, &format!("bytes {at} and {other} swapped"), name, Some(swapped));
            let mut longer = bytes.clone();
            longer.insert(at, 0);
            check(what, &format!("a byte more at {at}"), name, Some(longer));
            let mut shorter = bytes.clone();
            shorter.remove(at);
            check(what, &format!("a byte less at {at}"), name, Some(shorter));
            let hash = at / 32 * 32;
            let rest = &bytes[(hash + 32).min(bytes.len())..];
            check(
                what,
                &format!("32 bytes less at {hash}"),
                name,
                Some([&bytes[..hash], rest].concat()),
            );
            let mut rotated = bytes.clone();
            rotated.rotate_left(at);
            check(what, &format!("rotated by {at}"), name, Some(rotated));
        }
        check(what, "missing", name, None);
        check(what, "empty", name, Some(Vec::new()));
        for (other, bytes) in &honest.files {
            check(what, &format!("replaced by {other}"), name, Some(bytes.clone()));
        }
    }
    verdicts.report(5000);
}
