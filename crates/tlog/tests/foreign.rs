//! The tree and the notes against implementations that share no code with ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

mod common;

use common::{Memory, Numbers, entry, log_key};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use ovn_tlog::merkle::{
    consistency_proof, inclusion_proof, tree_root, verify_consistency, verify_inclusion,
};
use ovn_tlog::tile::tiles_for_growth;
use ovn_tlog::{Hash, Subtrees, TileHashes, TileKind, TilePath, leaf_hash, node_hash};
use tlog_tiles::{Hash as TheirHash, HashReader as _};

/// Stored hashes as the port of the Go implementation numbers them.
#[derive(Default)]
struct Stored(Vec<TheirHash>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<TheirHash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

/// One tree, kept three times.
#[derive(Default)]
struct Trees {
    ours: Subtrees,
    port: Stored,
    other: MemoryBackedTree<sha2::Sha256, Vec<u8>>,
}

impl Trees {
    fn push(&mut self) {
        let index = self.ours.size();
        let data = entry(index);
        self.ours.push(leaf_hash(&data));
        let hashes = tlog_tiles::stored_hashes(index, &data, &self.port).unwrap();
        self.port.0.extend(hashes);
        self.other.push(data);
    }

    fn size(&self) -> u64 {
        self.ours.size()
    }

    fn root(&self, size: u64) -> Hash {
        tree_root(&self.ours, size).unwrap()
    }

    fn same_root(&self) -> Hash {
        let size = self.size();
        let root = self.root(size);
        assert_eq!(root.0, tlog_tiles::tree_hash(size, &self.port).unwrap().0, "{size}");
        assert_eq!(root.0[..], self.other.root().as_bytes()[..], "{size}");
        root
    }

    fn same_inclusion(&self, index: u64) {
        let size = self.size();
        let root = self.root(size);
        let data = entry(index);
        let proof = inclusion_proof(&self.ours, index, size).unwrap();
        let port = tlog_tiles::prove_record(size, index, &self.port).unwrap();
        assert_eq!(ours(&port), proof, "{index} in {size}");
        let other = self.other.prove_inclusion(usize::try_from(index).unwrap());
        assert_eq!(bytes(&proof), other.as_bytes(), "{index} in {size}");
        // Their verifiers accept our proof and ours accepts it too.
        let theirs = TheirHash(root.0);
        let leaf = tlog_tiles::record_hash(&data);
        tlog_tiles::check_record(&port, size, theirs, index, leaf).unwrap();
        let proof_for_other = InclusionProof::from_bytes(bytes(&proof));
        root_hash(root, size).verify_inclusion(&data, index, &proof_for_other).unwrap();
        assert_eq!(verify_inclusion(&leaf_hash(&data), index, size, &proof, &root), Ok(()));
    }

    fn same_consistency(&self, old: u64) {
        let size = self.size();
        let (older, root) = (self.root(old), self.root(size));
        let proof = consistency_proof(&self.ours, old, size).unwrap();
        assert_eq!(verify_consistency(old, size, &older, &root, &proof), Ok(()));
        if old == 0 {
            return;
        }
        let port = tlog_tiles::prove_tree(size, old, &self.port).unwrap();
        assert_eq!(ours(&port), proof, "{old} to {size}");
        let (theirs, their_older) = (TheirHash(root.0), TheirHash(older.0));
        tlog_tiles::check_tree(&port, size, theirs, old, their_older).unwrap();
        let other = self.other.prove_consistency(usize::try_from(size - old).unwrap());
        assert_eq!(bytes(&proof), other.as_bytes(), "{old} to {size}");
        let proof = ConsistencyProof::try_from_bytes(bytes(&proof)).unwrap();
        root_hash(root, size).verify_consistency(&root_hash(older, old), &proof).unwrap();
    }
}

fn ours(proof: &[TheirHash]) -> Vec<Hash> {
    proof.iter().map(|hash| Hash(hash.0)).collect()
}

fn bytes(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| hash.0).collect()
}

fn root_hash(root: Hash, size: u64) -> RootHash<sha2::Sha256> {
    RootHash::new(root.0.into(), size)
}

#[test]
fn case_082_every_size_to_a_thousand() {
    let mut trees = Trees::default();
    let mut numbers = Numbers(1);
    let (mut inclusions, mut consistencies) = (0, 0);
    trees.same_root();
    for size in 1..=1000 {
        trees.push();
        trees.same_root();
        let all: Vec<u64> = if size <= 256 {
            (0..size).collect()
        } else {
            (0..6).map(|_| numbers.below(size)).chain([0, size - 1]).collect()
        };
        inclusions += all.len();
        all.iter().for_each(|index| trees.same_inclusion(*index));
        let old: Vec<u64> = if size <= 130 {
            (0..=size).collect()
        } else {
            (0..6).map(|_| numbers.below(size + 1)).chain([0, size - 1, size]).collect()
        };
        consistencies += old.len();
        old.iter().for_each(|old| trees.same_consistency(*old));
    }
    println!("sizes 0 to 1000: {inclusions} inclusions and {consistencies} consistencies agree");
}

#[test]
fn sizes_around_the_third_level() {
    let mut trees = Trees::default();
    let mut numbers = Numbers(2);
    for size in 1..=65_540 {
        trees.push();
        if size < 65_530 {
            continue;
        }
        trees.same_root();
        for _ in 0..12 {
            trees.same_inclusion(numbers.below(size));
            trees.same_consistency(numbers.below(size + 1));
        }
        for near in [0, 65_535, 65_536].into_iter().filter(|near| *near < size) {
            trees.same_inclusion(near);
            trees.same_consistency(near);
        }
    }
}

/// Gives our files to their reader, whose paths name the height of tiles as well.
struct Files<'a>(&'a Memory);

impl tlog_tiles::TileReader for Files<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let read = |tile: &tlog_tiles::Tile| {
            let path = tile.path().replacen("tile/8/", "tile/", 1);
            self.0.files.get(&path).unwrap_or_else(|| panic!("{path} is missing")).clone()
        };
        Ok(tiles.iter().map(read).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

#[test]
fn their_reader_authenticates_our_tiles() {
    let sizes = [1, 2, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 66_000];
    let mut record = Memory::default();
    let mut numbers = Numbers(3);
    for size in sizes {
        record.grow(size);
        let ours = TileHashes::new(&record, size);
        let root = tree_root(&ours, size).unwrap();
        let files = Files(&record);
        let theirs = tlog_tiles::TileHashReader::new(size, TheirHash(root.0), &files);
        for index in (0..8).map(|_| numbers.below(size)).chain([0, size - 1]) {
            let stored = tlog_tiles::stored_hash_index(0, index);
            let leaf = theirs.read_hashes(&[stored]).unwrap()[0];
            assert_eq!(leaf.0, leaf_hash(&entry(index)).0, "{index} in {size}");
            let proof = tlog_tiles::prove_record(size, index, &theirs).unwrap();
            assert_eq!(self::ours(&proof), inclusion_proof(&ours, index, size).unwrap());
            let proof = tlog_tiles::prove_tree(size, index + 1, &theirs).unwrap();
            assert_eq!(self::ours(&proof), consistency_proof(&ours, index + 1, size).unwrap());
        }
    }
}

#[test]
fn growth_writes_the_same_tiles() {
    let mut numbers = Numbers(4);
    for _ in 0..3000 {
        let limit = [300, 1000, 70_000, 20_000_000][numbers.index(4)];
        let new = numbers.below(limit);
        let old = new - numbers.below(new.min(70_000) + 1);
        let tiles = tiles_for_growth(old, new).unwrap();
        let levels: Vec<String> = tiles
            .iter()
            .filter(|path| path.kind() != TileKind::Entries)
            .map(|path| path.to_string().replacen("tile/", "tile/8/", 1))
            .collect();
        let theirs: Vec<String> =
            tlog_tiles::Tile::new_tiles(8, old, new).iter().map(tlog_tiles::Tile::path).collect();
        assert_eq!(levels, theirs, "{old} to {new}");
    }
}

#[test]
fn paths_are_the_same() {
    let mut numbers = Numbers(5);
    for _ in 0..2000 {
        let index = (numbers.below(1 << 31) * numbers.below(1 << 31)) >> numbers.below(60);
        let width = u16::try_from(numbers.below(256) + 1).unwrap();
        let level = u8::try_from(numbers.below(64)).unwrap();
        let path = TilePath::new(TileKind::Level(level), index, width).unwrap();
        let theirs = tlog_tiles::Tile::new(8, level, index, u32::from(width), false);
        assert_eq!(path.to_string().replacen("tile/", "tile/8/", 1), theirs.path());
    }
}

#[test]
fn the_definition_itself() {
    fn mth(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => ovn_tlog::empty_root(),
            [one] => *one,
            many => {
                let k = many.len().next_power_of_two() / 2;
                node_hash(&mth(&many[..k]), &mth(&many[k..]))
            }
        }
    }
    let leaves: Vec<Hash> = (0..100).map(|index| leaf_hash(&entry(index))).collect();
    for size in 0..=leaves.len() {
        let some = &leaves[..size];
        assert_eq!(ovn_tlog::merkle::root(some), mth(some));
        let size = size as u64;
        for index in 0..size {
            let proof = inclusion_proof(some, index, size);
            assert_eq!(proof, inclusion_proof(&Subtrees::new(some), index, size));
        }
    }
}

#[test]
fn notes_open_on_either_side() {
    use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
    let ours = log_key();
    let verifier = StandardVerifier::new(&ours.verifier().to_string()).unwrap();
    let known = VerifierList::new(vec![Box::new(verifier)]);
    for size in [1, 2, 1000, u64::from(u32::MAX)] {
        let checkpoint = ovn_tlog::Checkpoint::new(common::ORIGIN, size, Hash([9; 32])).unwrap();
        let signed = checkpoint.sign(&ours).unwrap().to_string();
        let note = Note::from_bytes(signed.as_bytes()).unwrap();
        assert_eq!(note.verify(&known).unwrap().0.len(), 1);
        let theirs = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
        assert_eq!((theirs.origin(), theirs.size()), (common::ORIGIN, size));
        assert_eq!((theirs.hash().0, theirs.extension()), ([9; 32], ""));
        assert_eq!(theirs.to_bytes(), checkpoint.format().into_bytes());
        // They sign with the same seed, and we read it.
        let mut seed = vec![1];
        seed.extend([1; 32]);
        let id = ours.verifier().id();
        let seed = ovn_tlog::encoding::to_base64(&seed);
        let secret = format!("PRIVATE+KEY+{}+{id:08x}+{seed}", common::ORIGIN);
        let mut note = Note::new(theirs.to_bytes().as_slice(), &[]).unwrap();
        note.add_sigs(&[&StandardSigner::new(&secret).unwrap()]).unwrap();
        assert_eq!(note.to_bytes(), signed.as_bytes());
        let opened = ovn_tlog::Checkpoint::open(&note.to_bytes(), ours.verifier());
        assert_eq!(opened, Ok(checkpoint));
    }
}

/// A cosignature is plain Ed25519 over a message that the specification spells out.
#[test]
fn a_cosignature_is_what_the_specification_says() {
    use signed_note::{StandardVerifier, Verifier};
    let witness = ovn_tlog::Cosigner::from_seed("w.example", &[3; 32]).unwrap();
    let plain = ovn_tlog::Signer::from_seed("w.example", &[3; 32]).unwrap();
    let text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let signature = witness.cosign(text, 1_679_315_147).unwrap();
    let (time, ed25519) = signature.bytes().split_at(8);
    assert_eq!(time, 1_679_315_147_u64.to_be_bytes());
    let theirs = StandardVerifier::new(&plain.verifier().to_string()).unwrap();
    let message = format!("cosignature/v1\ntime 1679315147\n{text}");
    assert!(theirs.verify(message.as_bytes(), ed25519));
    let mut key = vec![4];
    key.extend(witness.verifier().public());
    assert_eq!(signature.id(), signed_note::key_id("w.example", &key));
}
