//! Tiles, the growing right edge and the audit of a whole record.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

mod common;

use common::{Memory, Numbers, ORIGIN, entry, log_key};
use ovn_tlog::audit::{audit, audit_at, root_from_bundles};
use ovn_tlog::merkle::{self, inclusion_proof, tree_root, verify_inclusion};
use ovn_tlog::tile::{decode_tile, read_tile, tiles_for_growth};
use ovn_tlog::{
    AuditError, Checkpoint, CheckpointError, Frontier, Hash, HashReader, MerkleError, ReadError,
    Signer, Subtrees, TileError, TileHashes, TileKind, TilePath, TileReader, leaf_hash,
};

fn path(text: &str) -> TilePath {
    text.parse().unwrap()
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|index| leaf_hash(&entry(index))).collect()
}

#[test]
fn however_it_grows_the_tiles_are_the_same() {
    let mut numbers = Numbers(6);
    let all = leaves(1400);
    for _ in 0..12 {
        let mut frontier = Frontier::new();
        let mut record = Memory::default();
        while frontier.size() < 1400 {
            let old = frontier.size();
            let new = (old + numbers.below(400)).min(1400);
            let range = usize::try_from(old).unwrap()..usize::try_from(new).unwrap();
            let written = frontier.append(&all[range]);
            let mut paths: Vec<_> = written.iter().map(|tile| tile.path).collect();
            let mut expected = tiles_for_growth(old, new).unwrap();
            expected.retain(|path| path.kind() != TileKind::Entries);
            paths.sort();
            expected.sort();
            assert_eq!(paths, expected, "{old} to {new}");
            for tile in written {
                record.files.insert(tile.path.to_string(), tile.bytes);
            }
            assert_eq!(frontier.root(), merkle::root(&all[..usize::try_from(new).unwrap()]));
            assert_eq!(Frontier::load(&record, new), Ok(frontier.clone()));
        }
    }
}

#[test]
fn tiles_hold_the_hashes_that_the_specification_says() {
    let record = Memory::sealed_at(&[70_000]);
    let tree = Subtrees::new(&leaves(70_000));
    let mut count = 0;
    for tile in tiles_for_growth(0, 70_000).unwrap() {
        let TileKind::Level(level) = tile.kind() else { continue };
        let hashes = decode_tile(tile, &record.files[&tile.to_string()]).unwrap();
        for (hash, position) in hashes.into_iter().zip(tile.index() * 256..) {
            assert_eq!(tree.read(8 * level, position), Some(hash));
        }
        count += 1;
    }
    // The specification's example: 273 + 1 full tiles and three partial ones.
    assert_eq!(count, 277);
}

#[test]
fn subtree_hashes_come_from_tiles() {
    let size = 1100;
    let record = Memory::sealed_at(&[size]);
    let tree = Subtrees::new(&leaves(size));
    let hashes = TileHashes::new(&record, size);
    for level in 0..12 {
        for index in 0..=size >> level {
            assert_eq!(hashes.read(level, index), tree.read(level, index), "{level} {index}");
        }
    }
    assert_eq!(hashes.read(255, u64::MAX), None);
    assert_eq!(hashes.read(8, u64::MAX), None);
    assert_eq!(hashes.failure(), None);
}

#[test]
fn a_missing_or_cut_tile_is_named() {
    let mut record = Memory::sealed_at(&[600]);
    let missing = path("tile/0/001");
    let removed = record.files.remove("tile/0/001").unwrap();
    let hashes = TileHashes::new(&record, 600);
    let failed = Err(MerkleError::MissingHash { level: 7, index: 3 });
    assert_eq!(inclusion_proof(&hashes, 257, 600), failed);
    let expected = TileError::Read { path: missing, error: ReadError::Missing };
    assert_eq!(hashes.failure(), Some(expected));
    record.files.insert("tile/0/001".to_owned(), removed[..8191].to_vec());
    let cut = TileError::Length { path: missing, expected: 8192, found: 8191 };
    assert_eq!(read_tile(&record, 0, 1, 256), Err(cut));
    assert_eq!(read_tile(&record, 64, 1, 256), Err(TileError::Level(64)));
    assert_eq!(read_tile(&record, 0, 1, 0), Err(TileError::Width(0)));
}

#[test]
fn a_replaced_partial_tile_is_read_from_the_full_one() {
    let mut record = Memory::sealed_at(&[300, 600]);
    let old = tree_root(&TileHashes::new(&record, 300), 300).unwrap();
    record.files.remove("tile/0/001.p/44").unwrap();
    record.files.remove("tile/entries/001.p/44").unwrap();
    assert!(record.tile(0, 1, 44).is_err());
    assert_eq!(tree_root(&TileHashes::new(&record, 300), 300), Ok(old));
    assert_eq!(root_from_bundles(&record, 300), Ok(old));
    let checkpoint = Checkpoint::new(ORIGIN, 300, old).unwrap();
    assert_eq!(audit_at(&record, &checkpoint, |_, _| ()).map(|report| report.tiles), Ok(3));
}

#[test]
fn an_honest_record_passes_at_every_kind_of_size() {
    for size in [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_536, 65_600] {
        let record = Memory::sealed_at(&[size / 3, size]);
        let mut next = 0;
        let report = audit(&record, log_key().verifier(), |index, bytes| {
            assert_eq!((index, bytes), (next, &entry(index)[..]));
            next += 1;
        });
        let report = report.unwrap();
        assert_eq!((report.checkpoint.size(), next), (size, size));
        let written = tiles_for_growth(0, size).unwrap();
        let bundles = written.iter().filter(|path| path.kind() == TileKind::Entries).count() as u64;
        assert_eq!((report.bundles, report.tiles), (bundles, written.len() as u64 - bundles));
        assert_eq!(root_from_bundles(&record, size), Ok(*report.checkpoint.root()));
    }
}

#[test]
fn what_is_wrong_with_a_record_is_named() {
    let honest = Memory::sealed_at(&[600]);
    let check = |name: &str, change: &dyn Fn(&mut Vec<u8>), expected: AuditError| {
        let mut record = honest.clone();
        change(record.files.get_mut(name).unwrap());
        if record.files[name].is_empty() {
            record.files.remove(name);
        }
        assert_eq!(audit(&record, log_key().verifier(), |_, _| ()), Err(expected), "{name}");
    };
    let differs = |text: &str, position| AuditError::TileDiffers { path: path(text), position };
    check("tile/0/000", &|bytes| bytes[40] ^= 1, differs("tile/0/000", 1));
    check("tile/0/002.p/88", &|bytes| bytes[0] ^= 1, differs("tile/0/002.p/88", 0));
    check("tile/1/000.p/2", &|bytes| bytes[63] ^= 1, differs("tile/1/000.p/2", 1));
    // A changed entry disagrees with its tile.
    check("tile/entries/001", &|bytes| bytes[9] ^= 1, differs("tile/0/001", 0));
    let missing = |text: &str| TileError::Read { path: path(text), error: ReadError::Missing };
    let cut = TileError::BundleCut { entry: 255, width: 256 };
    check("tile/1/000.p/2", &Vec::clear, AuditError::Tile(missing("tile/1/000.p/2")));
    let bundle = |text: &str, error| AuditError::Bundle { path: path(text), error };
    check("tile/entries/000", &Vec::clear, bundle("tile/entries/000", missing("tile/entries/000")));
    check(
        "tile/entries/000",
        &|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() - 1),
        bundle("tile/entries/000", cut),
    );
    let long = TileError::BundleLong { extra: 1, width: 88 };
    let last = "tile/entries/002.p/88";
    check(last, &|bytes| bytes.push(0), bundle(last, long));
    check("checkpoint", &Vec::clear, AuditError::NoCheckpoint(ReadError::Missing));
}

#[test]
fn a_record_rewritten_with_its_tiles_does_not_match_what_was_signed() {
    let honest = Memory::sealed_at(&[300]);
    let mut rewritten = Memory::default();
    let mut frontier = Frontier::new();
    let all: Vec<Hash> = (0..300).map(|index| leaf_hash(&entry(index + 1))).collect();
    for tile in frontier.append(&all) {
        rewritten.files.insert(tile.path.to_string(), tile.bytes);
    }
    for (name, first) in [("tile/entries/000", 0..256), ("tile/entries/001.p/44", 256..300)] {
        let entries: Vec<_> = first.map(|index| entry(index + 1)).collect();
        let bytes = ovn_tlog::tile::encode_bundle(&entries).unwrap();
        rewritten.files.insert(name.to_owned(), bytes);
    }
    rewritten.files.insert("checkpoint".to_owned(), honest.files["checkpoint"].clone());
    let signed = merkle::root(&leaves(300));
    let expected = AuditError::RootDiffers { computed: frontier.root(), signed };
    assert_eq!(audit(&rewritten, log_key().verifier(), |_, _| ()), Err(expected));
    // And signed anew by another key it is not the log's.
    let thief = Signer::from_seed(ORIGIN, &[66; 32]).unwrap();
    let checkpoint = Checkpoint::new(ORIGIN, 300, frontier.root()).unwrap();
    let signed = checkpoint.sign(&thief).unwrap().to_string().into_bytes();
    rewritten.files.insert("checkpoint".to_owned(), signed);
    assert!(matches!(
        audit(&rewritten, log_key().verifier(), |_, _| ()),
        Err(AuditError::Checkpoint(CheckpointError::Note(_)))
    ));
}

#[test]
fn case_082_proofs_of_the_wrong_length_or_place_are_named() {
    let tree = Subtrees::new(&leaves(7));
    let root = tree_root(&tree, 7).unwrap();
    let leaf = leaves(7)[3];
    let proof = inclusion_proof(&tree, 3, 7).unwrap();
    let check = |index, size, proof: &[Hash], expected| {
        assert_eq!(verify_inclusion(&leaf, index, size, proof, &root), expected);
    };
    check(3, 7, &proof, Ok(()));
    check(3, 7, &proof[..2], Err(MerkleError::ProofTooShort { size: 7 }));
    check(3, 7, &[&proof[..], &[root]].concat(), Err(MerkleError::ProofTooLong { size: 7 }));
    check(7, 7, &proof, Err(MerkleError::IndexOutOfRange { index: 7, size: 7 }));
    check(0, 0, &[], Err(MerkleError::IndexOutOfRange { index: 0, size: 0 }));
    assert!(verify_inclusion(&leaf, 2, 7, &proof, &root).is_err());
    let consistency = |old, new, proof: &[Hash]| {
        merkle::verify_consistency(old, new, &tree_root(&tree, old).unwrap(), &root, proof)
    };
    assert_eq!(consistency(7, 6, &[]), Err(MerkleError::Shrunk { old: 7, new: 6 }));
    assert_eq!(consistency(7, 7, &[root]), Err(MerkleError::ProofTooLong { size: 7 }));
    assert_eq!(consistency(0, 7, &[]), Ok(()));
    assert_eq!(consistency(3, 7, &[]), Err(MerkleError::ProofTooShort { size: 7 }));
    let other = merkle::verify_consistency(0, 7, &root, &root, &[]);
    assert!(matches!(other, Err(MerkleError::OldRootMismatch { .. })));
    assert_eq!(merkle::consistency_proof(&tree, 5, 4), Err(MerkleError::Shrunk { old: 5, new: 4 }));
}
