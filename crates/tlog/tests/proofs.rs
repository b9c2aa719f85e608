//! Offline proofs: written, read, checked, and refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

mod common;

use common::{Memory, ORIGIN, entry, log_key};
use ovn_tlog::merkle::inclusion_proof;
use ovn_tlog::proof::MAX_HASHES;
use ovn_tlog::{
    Cosigner, EncodingError, Hash, MerkleError, Note, NoteError, Policy, PolicyError, Proof,
    ProofError, TileHashes, leaf_hash,
};

fn proof(index: u64, size: u64) -> Proof {
    let record = Memory::sealed_at(&[size]);
    let note = Note::parse(&record.files["checkpoint"]).unwrap();
    let hashes = inclusion_proof(&TileHashes::new(&record, size), index, size).unwrap();
    Proof::new(index, hashes, note).unwrap()
}

#[test]
fn a_proof_from_tiles_holds_for_its_entry_alone() {
    let key = log_key().verifier().clone();
    for (index, size) in [(0, 1), (0, 2), (255, 256), (256, 257), (3, 1000), (999, 1000)] {
        let proof = proof(index, size);
        let read = Proof::parse(proof.to_string().as_bytes()).unwrap();
        assert_eq!(read, proof);
        let checkpoint = read.verify_with_key(&leaf_hash(&entry(index)), &key).unwrap();
        assert_eq!((checkpoint.origin(), checkpoint.size()), (ORIGIN, size));
        let accepted = read.verify(&leaf_hash(&entry(index)), &Policy::of_log(key.clone()));
        assert_eq!(accepted.unwrap().checkpoint, checkpoint);
        let other = read.verify_with_key(&leaf_hash(b"another"), &key);
        assert!(matches!(other, Err(ProofError::Merkle(MerkleError::RootMismatch { .. }))));
    }
}

#[test]
fn an_articles_proof_is_small() {
    let text = proof(64_999, 65_000).to_string();
    assert!(text.len() < 1200, "{} bytes", text.len());
}

#[test]
fn witnesses_count_in_a_proof() {
    let witness = Cosigner::from_seed("w.example", &[3; 32]).unwrap();
    let plain = proof(3, 10);
    let text = plain.checkpoint().text().to_owned();
    let cosigned = plain.checkpoint().clone().with(witness.cosign(&text, 99).unwrap()).unwrap();
    let cosigned = Proof::new(3, plain.hashes().to_vec(), cosigned).unwrap();
    let (log, one) = (log_key(), witness.verifier());
    let policy = format!("log {}\nwitness w {one}\nquorum w\n", log.verifier());
    let policy = Policy::parse(policy.as_bytes()).unwrap();
    let leaf = leaf_hash(&entry(3));
    assert_eq!(plain.verify(&leaf, &policy), Err(ProofError::Policy(PolicyError::Quorum)));
    let accepted = cosigned.verify(&leaf, &policy).unwrap();
    assert_eq!(accepted.cosigned[0].time, Some(99));
}

#[test]
fn extra_data_is_carried_and_not_trusted() {
    let plain = proof(3, 10);
    let with = plain.clone().with_extra(b"hint");
    let text = with.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra aGludA==\nindex 3\n"), "{text}");
    let read = Proof::parse(text.as_bytes()).unwrap();
    assert_eq!(read.extra(), Some(&b"hint"[..]));
    let key = log_key().verifier().clone();
    assert!(read.verify_with_key(&leaf_hash(&entry(3)), &key).is_ok());
    assert_eq!(plain.clone().with_extra(b""), plain);
}

#[test]
fn case_082_malformed_proofs_are_refused_by_name() {
    let good = proof(3, 10).to_string();
    let check = |bytes: &[u8], expected: ProofError| {
        assert_eq!(Proof::parse(bytes), Err(expected), "{}", String::from_utf8_lossy(bytes));
    };
    let change = |from: &str, to: &str| good.replacen(from, to, 1).into_bytes();
    check(b"", ProofError::NoCheckpoint);
    check(&change("proof@v1", "proof@v2"), ProofError::Header);
    check(&change("c2sp", "\nc2sp"), ProofError::Header);
    check(&change("index 3\n", "extra !!\nindex 3\n"), ProofError::Extra);
    check(&change("index 3\n", "extra \nindex 3\n"), ProofError::Extra);
    check(&change("index 3\n", "extra aGludB==\nindex 3\n"), ProofError::Extra);
    check(&change("index 3\n", "extra aA==\nextra aA==\nindex 3\n"), ProofError::Index);
    check(&change("index 3\n", ""), ProofError::Index);
    check(&change("index 3\n", "index 03\n"), ProofError::Index);
    check(&change("index 3\n", "index -3\n"), ProofError::Index);
    check(&change("index 3\n", "index  3\n"), ProofError::Index);
    check(&change("index 3\n", "Index 3\n"), ProofError::Index);
    let hash = |error| ProofError::Hash { line: 3, error };
    check(&change("index 3\n", "index 3\n!!\n"), hash(EncodingError::Base64));
    let short = EncodingError::Length { expected: 32, found: 3 };
    check(&change("index 3\n", "index 3\nAAAA\n"), hash(short));
    let many = format!("index 3\n{}", format!("{}\n", Hash([0; 32]).to_base64()).repeat(64));
    check(&change("index 3\n", &many), ProofError::TooManyHashes);
    check(&[good.as_bytes(), b"\xff"].concat(), ProofError::NotUtf8(good.len()));
    check(&vec![b'a'; 1_000_001], ProofError::TooLong(1_000_001));
    let cut = &good.as_bytes()[..good.len() - 1];
    check(cut, ProofError::Note(NoteError::Unterminated));
    assert_eq!(
        Proof::new(0, vec![Hash([0; 32]); MAX_HASHES + 1], proof(0, 1).checkpoint().clone()),
        Err(ProofError::TooManyHashes)
    );
}
