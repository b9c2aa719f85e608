//! Every complete subtree's hash kept in memory, for trees small enough to hold.

use crate::hash::{Hash, node_hash};
use crate::merkle::HashReader;

/// All complete subtree hashes of a tree: about 64 bytes an entry. Proofs over it cost O(log² n).
#[derive(Debug, Clone, Default)]
pub struct Subtrees {
    levels: Vec<Vec<Hash>>,
}

impl Subtrees {
    /// The tree over these leaf hashes.
    #[must_use]
    pub fn new(leaves: &[Hash]) -> Self {
        let mut tree = Self::default();
        leaves.iter().for_each(|leaf| tree.push(*leaf));
        tree
    }

    /// Entries in the tree.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Appends one leaf hash; amortised O(1).
    pub fn push(&mut self, leaf: Hash) {
        let mut next = Some(leaf);
        let mut level = 0;
        while let Some(hash) = next {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            next = self.levels.get_mut(level).and_then(|hashes| {
                hashes.push(hash);
                match hashes.as_chunks::<2>() {
                    (pairs, []) => pairs.last().map(|[left, right]| node_hash(left, right)),
                    _ => None,
                }
            });
            level += 1;
        }
    }
}

impl HashReader for Subtrees {
    fn read(&self, level: u8, index: u64) -> Option<Hash> {
        self.levels.get(usize::from(level))?.get(usize::try_from(index).ok()?).copied()
    }
}
