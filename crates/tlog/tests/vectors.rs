//! Values that others published, which our mathematics must reproduce.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use ovn_tlog::encoding::from_hex;
use ovn_tlog::merkle::{
    consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion,
};
use ovn_tlog::{
    Checkpoint, Hash, KeyError, KeyKind, Note, NoteError, Policy, Proof, Subtrees, VerifierKey,
    leaf_hash,
};

/// The eight entries with which Certificate Transparency implementations are tested, and the root
/// of each prefix (transparency-dev/merkle).
const ENTRIES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const A: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const B: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const C: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const D: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const E: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const F: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const G: &str = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";

fn leaves() -> Vec<Hash> {
    ENTRIES.iter().map(|entry| leaf_hash(&from_hex(entry).unwrap())).collect()
}

fn hex(text: &str) -> Hash {
    text.parse().unwrap()
}

#[test]
fn roots_of_certificate_transparency() {
    for (size, expected) in (1..).zip(ROOTS) {
        assert_eq!(root(&leaves()[..size]), hex(expected), "{size}");
    }
}

#[test]
fn case_082_inclusion_proofs_of_certificate_transparency() {
    let check = |index: u64, size: u64, expected: &[&str]| {
        let expected: Vec<Hash> = expected.iter().copied().map(hex).collect();
        let tree = Subtrees::new(&leaves());
        assert_eq!(inclusion_proof(&tree, index, size), Ok(expected.clone()));
        let leaf = leaves()[usize::try_from(index).unwrap()];
        let signed = hex(ROOTS[usize::try_from(size).unwrap() - 1]);
        assert_eq!(verify_inclusion(&leaf, index, size, &expected, &signed), Ok(()));
    };
    check(0, 1, &[]);
    check(0, 8, &[A, B, C]);
    check(5, 8, &[D, E, ROOTS[3]]);
    check(2, 3, &[ROOTS[1]]);
    check(1, 5, &[ROOTS[0], B, D]);
}

#[test]
fn case_082_consistency_proofs_of_certificate_transparency() {
    let check = |old: u64, new: u64, expected: &[&str]| {
        let expected: Vec<Hash> = expected.iter().copied().map(hex).collect();
        assert_eq!(consistency_proof(&Subtrees::new(&leaves()), old, new), Ok(expected.clone()));
        let at = |size: u64| hex(ROOTS[usize::try_from(size).unwrap() - 1]);
        assert_eq!(verify_consistency(old, new, &at(old), &at(new), &expected), Ok(()));
    };
    check(1, 1, &[]);
    check(1, 8, &[A, B, C]);
    check(6, 8, &[F, E, ROOTS[3]]);
    check(2, 5, &[B, D]);
    check(6, 7, &[F, G, ROOTS[3]]);
}

/// Google's Argon 2020 log grew from 3,654,490 to 961,984,013 entries (golang.org/x/mod).
#[test]
fn a_real_log_of_a_billion_entries_grew_honestly() {
    let proof: Vec<Hash> = include_str!("fixtures/argon2020-consistency.txt")
        .lines()
        .map(|line| Hash::from_base64(line).unwrap())
        .collect();
    let old = Hash::from_base64("AuIZ5V6sDUj1vn3Y1K85oOaQ7y+FJJKtyRTl1edIKBQ=").unwrap();
    let new = Hash::from_base64("dwlueapdd7LaOEnX2W2Wp9v2XE+KzejHRQGHwEx0oaM=").unwrap();
    assert_eq!(verify_consistency(3_654_490, 961_984_013, &old, &new, &proof), Ok(()));
    assert!(verify_consistency(3_654_491, 961_984_013, &old, &new, &proof).is_err());
    assert!(verify_consistency(3_654_490, 961_984_013, &new, &old, &proof).is_err());
}

/// An entry of the Go checksum database, as transparency-dev's offline verifier is tested with it.
#[test]
fn a_real_offline_proof_holds() {
    let text = include_str!("fixtures/sumdb.tlog-proof");
    let proof = Proof::parse(text.as_bytes()).unwrap();
    assert_eq!(proof.to_string(), text);
    assert_eq!((proof.index(), proof.hashes().len()), (43_930_254, 26));
    let leaf = leaf_hash(include_bytes!("fixtures/sumdb-entry.txt"));
    assert_eq!(leaf.to_base64(), "D6V8URw7L/zAoFrWMXJWjSZar5hE6bY2oJeHlTlvKrE=");
    let key: VerifierKey =
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8".parse().unwrap();
    proof.checkpoint().verify(std::slice::from_ref(&key)).unwrap();
    let checkpoint: Checkpoint = proof.checkpoint().text().parse().unwrap();
    let (size, root) = (checkpoint.size(), checkpoint.root());
    assert_eq!(verify_inclusion(&leaf, proof.index(), size, proof.hashes(), root), Ok(()));
    // That log's key has another name than its origin, which our own verdict does not accept.
    assert!(proof.verify_with_key(&leaf, &key).is_err());
}

/// A checkpoint of a real log that a real witness cosigned, under a policy that asks for both.
#[test]
fn a_real_witnessed_checkpoint_satisfies_a_policy() {
    let log = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
    let witness = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    let text = include_str!("fixtures/witnessed-checkpoint.txt");
    let note = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(note.to_string(), text);
    let policy = format!("log {log}\nwitness remora {witness}\nquorum remora\n");
    let policy = Policy::parse(policy.as_bytes()).unwrap();
    let accepted = policy.check(&note).unwrap();
    assert_eq!(accepted.checkpoint.size(), 1_432_088_532);
    let times: Vec<_> = accepted.cosigned.iter().map(|one| one.time).collect();
    assert_eq!(times, [Some(1_779_573_024)]);
    let later = Note::parse(text.replace("1432088532", "1432088533").as_bytes()).unwrap();
    assert!(policy.check(&later).is_err());
}

#[test]
fn real_keys_are_read() {
    let check = |text: &str, kind: KeyKind| {
        let key: VerifierKey = text.parse().unwrap();
        assert_eq!((key.kind(), key.to_string()), (kind, text.to_owned()));
    };
    check(
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        KeyKind::Cosignature,
    );
    check(
        "armory-drive-log+16541b8f+AYDPmG5pQp4Bgu0a1mr5uDZ196+t8lIVIfWQSPWmP+Jv",
        KeyKind::Ed25519,
    );
    check("Wit1+55ee4561+AVhZSmQj9+SoL+p/nN0Hh76xXmF7QcHfytUrI1XfSClk", KeyKind::Ed25519);
}

#[test]
fn case_083_keys_and_signatures_on_which_libraries_disagree_are_refused() {
    let mut counts = [0; 3];
    for line in include_str!("fixtures/ed25519.txt").lines().filter(|line| !line.starts_with('#')) {
        let [number, verdict, key, signature, message] =
            line.splitn(5, ' ').collect::<Vec<_>>().try_into().unwrap();
        let public: [u8; 32] = from_hex(key).unwrap().try_into().unwrap();
        let key = VerifierKey::new("k", KeyKind::Ed25519, &public);
        let signature = from_hex(signature).unwrap();
        let held = key.map(|key| key.verify(message, &signature).map(|_| ()));
        let bad = |held: &Result<Result<(), NoteError>, KeyError>| {
            matches!(held, Ok(Err(NoteError::BadSignature { .. })))
        };
        match verdict {
            "good" => assert_eq!(held, Ok(Ok(())), "{number}"),
            "key" => assert!(
                matches!(held, Err(KeyError::NotCanonical | KeyError::SmallOrder)),
                "{number}: {held:?}"
            ),
            _ => assert!(bad(&held), "{number}: {held:?}"),
        }
        counts[["good", "key", "signature"].iter().position(|one| *one == verdict).unwrap()] += 1;
    }
    assert_eq!(counts, [1, 9, 8]);
}

/// Every vector of Wycheproof for Ed25519 whose message can stand in a note: good ones hold, all others are refused.
#[test]
fn case_083_every_wycheproof_vector_has_its_answer() {
    let (mut good, mut bad) = (0, 0);
    let part = |text: &str| if text == "-" { Vec::new() } else { from_hex(text).unwrap() };
    let lines = include_str!("fixtures/wycheproof-ed25519.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let [number, verdict, key, signature, message] =
            line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let public: [u8; 32] = from_hex(key).unwrap().try_into().unwrap();
        let key = VerifierKey::new("k", KeyKind::Ed25519, &public).unwrap();
        let message = String::from_utf8(part(message)).unwrap();
        let held = key.verify(&message, &part(signature)).is_ok();
        assert_eq!(held, verdict == "valid", "{number}");
        *(if held { &mut good } else { &mut bad }) += 1;
    }
    println!("{good} hold, {bad} are refused");
    assert!(good >= 20 && bad >= 60, "{good} {bad}");
}
