//! A record kept in memory, and small numbers that look random and are the same in every run.
#![allow(dead_code)]

use std::collections::BTreeMap;

use ovn_tlog::tile::{encode_bundle, tiles_for_growth};
use ovn_tlog::{
    Checkpoint, Frontier, ReadError, RecordReader, Signer, TileKind, TilePath, TileReader,
    leaf_hash,
};

pub(crate) const ORIGIN: &str = "news.example/record";

pub(crate) fn log_key() -> Signer {
    Signer::from_seed(ORIGIN, &[1; 32]).unwrap()
}

/// Entries of uneven length, as a record's leaves are.
pub(crate) fn entry(index: u64) -> Vec<u8> {
    format!("entry {index} {}", "x".repeat(usize::try_from(index % 7).unwrap())).into_bytes()
}

/// A record's files by their paths.
#[derive(Clone, Default)]
pub(crate) struct Memory {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) size: u64,
}

impl Memory {
    /// A record that was sealed at each of these sizes in turn, and signed at the last.
    pub(crate) fn sealed_at(sizes: &[u64]) -> Self {
        let mut record = Self::default();
        sizes.iter().for_each(|size| record.grow(*size));
        record
    }

    pub(crate) fn grow(&mut self, size: u64) {
        let mut frontier = Frontier::load(self, self.size).unwrap();
        let leaves: Vec<_> = (self.size..size).map(|index| leaf_hash(&entry(index))).collect();
        for tile in frontier.append(&leaves) {
            self.files.insert(tile.path.to_string(), tile.bytes);
        }
        for path in tiles_for_growth(self.size, size).unwrap() {
            if path.kind() == TileKind::Entries {
                let first = path.index() * 256;
                let entries: Vec<_> = (first..first + u64::from(path.width())).map(entry).collect();
                self.files.insert(path.to_string(), encode_bundle(&entries).unwrap());
            }
        }
        self.size = size;
        let checkpoint = Checkpoint::new(ORIGIN, size, frontier.root()).unwrap();
        let signed = checkpoint.sign(&log_key()).unwrap().to_string();
        self.files.insert("checkpoint".to_owned(), signed.into_bytes());
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::Missing)
    }
}

impl TileReader for Memory {
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        self.read(&TilePath::new(TileKind::Level(level), index, width).unwrap().to_string())
    }
}

impl RecordReader for Memory {
    fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        self.read("checkpoint")
    }

    fn bundle(&self, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        self.read(&TilePath::new(TileKind::Entries, index, width).unwrap().to_string())
    }
}

/// Knuth's MMIX generator: the same numbers in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    pub(crate) fn index(&mut self, limit: usize) -> usize {
        usize::try_from(self.below(limit as u64)).unwrap()
    }
}
