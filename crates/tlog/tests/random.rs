//! What holds for any value and any bytes: formats round-trip and no parser panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use ovn_tlog::encoding::{from_base64, from_decimal, from_hex, to_base64, to_hex};
use ovn_tlog::merkle::{verify_consistency, verify_inclusion};
use ovn_tlog::tile::{decode_bundle, decode_tile, encode_bundle, encode_tile};
use ovn_tlog::{
    Checkpoint, Cosigner, Hash, KeyKind, Note, Policy, Proof, ReadError, Signer, TileHashes,
    TileKind, TilePath, TileReader, VerifierKey,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn hash() -> impl Strategy<Value = Hash> {
    any::<[u8; 32]>().prop_map(Hash)
}

fn name() -> impl Strategy<Value = String> {
    "[a-zа-яا-ی0-9./:-]{1,20}"
}

fn path() -> impl Strategy<Value = TilePath> {
    let kind = prop_oneof![Just(TileKind::Entries), (0_u8..64).prop_map(TileKind::Level)];
    let index = (any::<u64>(), 0_u32..64).prop_map(|(index, shift)| index >> shift);
    (kind, index, 1_u16..=256)
        .prop_map(|(kind, index, width)| TilePath::new(kind, index, width).unwrap())
}

/// Bytes that look enough like our files to get past the first checks.
fn almost() -> impl Strategy<Value = Vec<u8>> {
    let words = prop_oneof![
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("— ".to_owned()),
        Just(" ".to_owned()),
        Just("+".to_owned()),
        Just("c2sp.org/tlog-proof@v1\n".to_owned()),
        Just("index ".to_owned()),
        Just("extra ".to_owned()),
        Just("witness ".to_owned()),
        Just("group ".to_owned()),
        Just("quorum none\n".to_owned()),
        Just("tile/0/x001/".to_owned()),
        Just(".p/".to_owned()),
        any::<u64>().prop_map(|n| n.to_string()),
        vec(any::<u8>(), 0..72).prop_map(|bytes| to_base64(&bytes)),
        ".{0,5}",
    ];
    vec(words, 0..24).prop_map(|words| words.concat().into_bytes())
}

fn feed(bytes: &[u8]) {
    let _ = (Note::parse(bytes), Proof::parse(bytes), Policy::parse(bytes));
    for width in [0, 1, 2, 256, 257, u16::MAX] {
        let _ = decode_bundle(bytes, width);
        if let Ok(path) = TilePath::new(TileKind::Level(0), 0, width) {
            let _ = decode_tile(path, bytes);
        }
    }
    let _ = Hash::from_slice(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = (text.parse::<Checkpoint>(), text.parse::<VerifierKey>(), text.parse::<TilePath>());
        let _ = (text.parse::<Hash>(), Hash::from_base64(text), from_hex(text), from_base64(text));
        let _ = from_decimal(text);
    }
}

struct Anything(Vec<u8>);

impl TileReader for Anything {
    fn tile(&self, _: u8, _: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        Ok(self.0.iter().copied().cycle().take(usize::from(width) * 32).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..400)) {
        feed(&bytes);
    }

    #[test]
    fn almost_right_bytes_never_panic(bytes in almost()) {
        feed(&bytes);
    }

    #[test]
    fn what_is_accepted_is_written_back_the_same(bytes in almost()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(note) = Note::parse(&bytes) { prop_assert_eq!(note.to_string(), text.clone()); }
        if let Ok(proof) = Proof::parse(&bytes) { prop_assert_eq!(proof.to_string(), text.clone()); }
        if let Ok(path) = text.parse::<TilePath>() { prop_assert_eq!(path.to_string(), text.clone()); }
        if let Ok(point) = text.parse::<Checkpoint>() { prop_assert_eq!(point.to_string(), text); }
    }

    #[test]
    fn encodings_round_trip(bytes in vec(any::<u8>(), 0..100)) {
        prop_assert_eq!(from_hex(&to_hex(&bytes)).unwrap(), bytes.clone());
        prop_assert_eq!(from_base64(&to_base64(&bytes)).unwrap(), bytes);
    }

    #[test]
    fn paths_round_trip(path in path()) {
        prop_assert_eq!(path.to_string().parse(), Ok(path));
    }

    #[test]
    fn tiles_round_trip(hashes in vec(hash(), 1..=256)) {
        let width = u16::try_from(hashes.len()).unwrap();
        let path = TilePath::new(TileKind::Level(0), 0, width).unwrap();
        prop_assert_eq!(decode_tile(path, &encode_tile(&hashes)), Ok(hashes));
    }

    #[test]
    fn bundles_round_trip(entries in vec(vec(any::<u8>(), 0..40), 1..=256)) {
        let bytes = encode_bundle(&entries).unwrap();
        let width = u16::try_from(entries.len()).unwrap();
        prop_assert_eq!(decode_bundle(&bytes, width).unwrap(), entries);
    }

    #[test]
    fn signed_things_round_trip(
        origin in name(), witness in name(), size in 1_u64..1 << 63, root in hash(), seed: [u8; 32],
        time in 0_u64..1 << 63, index: u64, hashes in vec(hash(), 0..=63), extra: Vec<u8>,
    ) {
        let signer = Signer::from_seed(&origin, &seed).unwrap();
        let cosigner = Cosigner::from_seed(&witness, &seed).unwrap();
        for key in [signer.verifier(), cosigner.verifier()] {
            prop_assert_eq!(key.to_string().parse(), Ok(key.clone()));
        }
        let checkpoint = Checkpoint::new(&origin, size, root).unwrap();
        prop_assert_eq!(checkpoint.format().parse(), Ok(checkpoint.clone()));
        let note = checkpoint.sign(&signer).unwrap();
        let note = note.with(cosigner.cosign(&checkpoint.format(), time).unwrap()).unwrap();
        prop_assert_eq!(Note::parse(note.to_string().as_bytes()), Ok(note.clone()));
        let others = [cosigner.verifier().clone()];
        let (opened, verified) = Checkpoint::open_with(&note, signer.verifier(), &others).unwrap();
        prop_assert_eq!((opened, verified[1].time), (checkpoint, Some(time)));
        let proof = Proof::new(index, hashes, note).unwrap().with_extra(&extra);
        prop_assert_eq!(Proof::parse(proof.to_string().as_bytes()), Ok(proof));
    }

    #[test]
    fn any_text_can_be_signed(lines in vec("[^\\x00-\\x1f]{0,12}", 0..6), seed: [u8; 32]) {
        let text = lines.join("\n") + "\n";
        let signer = Signer::from_seed("any", &seed).unwrap();
        let note = Note::new(&text, vec![signer.sign(&text)]).unwrap();
        let read = Note::parse(note.to_string().as_bytes()).unwrap();
        prop_assert_eq!(read.text(), text);
        prop_assert!(read.verify(&[signer.verifier().clone()]).is_ok());
    }

    #[test]
    fn proofs_of_any_size_end(
        leaf in hash(), root in hash(), a: u64, b: u64, shift in 0_u32..64,
        proof in vec(hash(), 0..70),
    ) {
        let (index, size) = (a >> shift, b >> shift);
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_err());
        let consistent = verify_consistency(index, size, &leaf, &root, &proof);
        prop_assert!(consistent.is_err() || index == size);
    }

    #[test]
    fn trees_of_any_size_are_read(bytes in vec(any::<u8>(), 1..40), a: u64, size: u64, old: u64) {
        let reader = Anything(bytes);
        let hashes = TileHashes::new(&reader, size);
        let index = a.checked_rem(size).unwrap_or(0);
        let proof = ovn_tlog::merkle::inclusion_proof(&hashes, index, size);
        prop_assert_eq!(proof.is_ok(), size > 0);
        let grown = ovn_tlog::merkle::consistency_proof(&hashes, old, size);
        prop_assert_eq!(grown.is_ok(), old <= size);
        prop_assert!(ovn_tlog::Frontier::load(&reader, size).is_ok());
    }

    #[test]
    fn any_point_is_a_key_or_refused(public: [u8; 32], message: Vec<u8>, signature: Vec<u8>) {
        if let Ok(key) = VerifierKey::new("k", KeyKind::Cosignature, &public) {
            prop_assert_eq!(key.to_string().parse(), Ok(key.clone()));
            let text = String::from_utf8_lossy(&message).into_owned();
            prop_assert!(key.verify(&text, &signature).is_err());
        }
    }
}
