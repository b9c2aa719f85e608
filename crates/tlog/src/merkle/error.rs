//! What can be wrong with a proof in the tree.

use crate::hash::Hash;

/// Why a proof could not be made or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MerkleError {
    /// An inclusion was asked for an entry that the tree does not have.
    #[error("entry {index} is not in a tree of {size} entries; entries are counted from 0")]
    IndexOutOfRange {
        /// The entry, counted from 0.
        index: u64,
        /// Entries in the tree.
        size: u64,
    },
    /// A consistency was asked from a larger tree to a smaller one.
    #[error("a tree of {old} entries cannot have grown into one of {new}")]
    Shrunk {
        /// Entries in the tree said to be older.
        old: u64,
        /// Entries in the tree said to be newer.
        new: u64,
    },
    /// The reader lacks a hash that the proof needs.
    #[error("the hash of subtree {index} at level {level} is not stored")]
    MissingHash {
        /// Height of the subtree: it has 2^level entries.
        level: u8,
        /// Position of the subtree among those of its height, counted from 0.
        index: u64,
    },
    /// The proof has hashes left over.
    #[error("the proof has more hashes than a tree of {size} entries needs")]
    ProofTooLong {
        /// Entries in the (newer) tree.
        size: u64,
    },
    /// The proof ends before the root is reached.
    #[error("the proof has fewer hashes than a tree of {size} entries needs")]
    ProofTooShort {
        /// Entries in the (newer) tree.
        size: u64,
    },
    /// The proof leads to another root.
    #[error("the proof leads to root {computed} and the tree has {expected}")]
    RootMismatch {
        /// The root that the proof gives.
        computed: Hash,
        /// The root that was signed.
        expected: Hash,
    },
    /// The consistency proof does not contain the older tree.
    #[error("the proof leads to old root {computed} and the old tree has {expected}")]
    OldRootMismatch {
        /// The older root that the proof gives.
        computed: Hash,
        /// The older root that was signed.
        expected: Hash,
    },
}
