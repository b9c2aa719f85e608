//! Checking inclusion and consistency proofs by the algorithms of RFC 9162, section 2.1.

use crate::hash::{Hash, empty_root, node_hash};
use crate::merkle::MerkleError;

/// Checks that the entry with this leaf hash is entry `index` of the tree of `size` entries with
/// this root (RFC 9162, section 2.1.3.2; RFC 6962 proofs are the same bytes).
///
/// # Errors
/// A [`MerkleError`] that names what does not hold: the index, the proof's length, or the root.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), MerkleError> {
    if index >= size {
        return Err(MerkleError::IndexOutOfRange { index, size });
    }
    let (mut node, mut last, mut computed) = (index, size - 1, *leaf);
    for hash in proof {
        if last == 0 {
            return Err(MerkleError::ProofTooLong { size });
        }
        if node & 1 == 1 || node == last {
            computed = node_hash(hash, &computed);
            climb_to_right_child(&mut node, &mut last);
        } else {
            computed = node_hash(&computed, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(MerkleError::ProofTooShort { size });
    }
    same_root(computed, root)
}

/// Checks that the tree of `old` entries is the beginning of the tree of `new` entries
/// (RFC 9162, section 2.1.4.2).
///
/// # Errors
/// A [`MerkleError`] that names what does not hold: the sizes, the proof's length, or a root.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), MerkleError> {
    if old > new {
        return Err(MerkleError::Shrunk { old, new });
    }
    if old == 0 || old == new {
        return unproved(old, old_root, new_root, proof);
    }
    let (first, rest) = if old.is_power_of_two() {
        (old_root, proof)
    } else {
        proof.split_first().ok_or(MerkleError::ProofTooShort { size: new })?
    };
    let shift = (old - 1).trailing_ones();
    let (mut node, mut last) = ((old - 1) >> shift, (new - 1) >> shift);
    let (mut older, mut newer) = (*first, *first);
    for hash in rest {
        if last == 0 {
            return Err(MerkleError::ProofTooLong { size: new });
        }
        if node & 1 == 1 || node == last {
            older = node_hash(hash, &older);
            newer = node_hash(hash, &newer);
            climb_to_right_child(&mut node, &mut last);
        } else {
            newer = node_hash(&newer, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(MerkleError::ProofTooShort { size: new });
    }
    if older != *old_root {
        return Err(MerkleError::OldRootMismatch { computed: older, expected: *old_root });
    }
    same_root(newer, new_root)
}

/// Goes up while the node is a left child without a sibling; such levels have no hash in a proof.
fn climb_to_right_child(node: &mut u64, last: &mut u64) {
    let levels = if *node == 0 { 0 } else { node.trailing_zeros() };
    *node >>= levels;
    *last >>= levels;
}

/// The two cases that need no proof: an empty old tree, and two trees of one size.
fn unproved(old: u64, old_root: &Hash, new_root: &Hash, proof: &[Hash]) -> Result<(), MerkleError> {
    if !proof.is_empty() {
        return Err(MerkleError::ProofTooLong { size: old });
    }
    if old != 0 {
        return same_root(*old_root, new_root);
    }
    let expected = *old_root;
    let computed = empty_root();
    if computed == expected {
        Ok(())
    } else {
        Err(MerkleError::OldRootMismatch { computed, expected })
    }
}

fn same_root(computed: Hash, expected: &Hash) -> Result<(), MerkleError> {
    if computed == *expected {
        Ok(())
    } else {
        Err(MerkleError::RootMismatch { computed, expected: *expected })
    }
}
