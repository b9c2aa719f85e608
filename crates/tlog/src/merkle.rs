//! The Merkle tree of RFC 6962, section 2.1: roots, and proofs made from stored subtree hashes.

mod check;
mod error;
mod subtrees;

pub use check::{verify_consistency, verify_inclusion};
pub use error::MerkleError;
pub use subtrees::Subtrees;

use crate::hash::{Hash, empty_root, node_hash};

/// Gives the hashes of complete subtrees, in the shape in which tiles store them.
pub trait HashReader {
    /// The hash over entries `index * 2^level .. (index + 1) * 2^level`; `None` when it is not
    /// stored, which a subtree that is not yet complete never is.
    fn read(&self, level: u8, index: u64) -> Option<Hash>;
}

impl HashReader for [Hash] {
    /// Treats the slice as the leaf hashes and computes what is asked: O(2^level).
    fn read(&self, level: u8, index: u64) -> Option<Hash> {
        let width = 1_usize.checked_shl(u32::from(level))?;
        let start = usize::try_from(index).ok()?.checked_mul(width)?;
        self.get(start..start.checked_add(width)?).map(root)
    }
}

/// The root of the tree over these leaf hashes: MTH of RFC 6962, section 2.1; O(n).
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    let mut peaks: Vec<Hash> = Vec::new();
    for (count, leaf) in leaves.iter().enumerate() {
        let mut top = *leaf;
        // Each set low bit of the count is a complete subtree that the new one completes.
        for _ in 0..count.trailing_ones() {
            if let Some(left) = peaks.pop() {
                top = node_hash(&left, &top);
            }
        }
        peaks.push(top);
    }
    fold_peaks(&peaks).unwrap_or_else(empty_root)
}

/// Joins complete subtrees, the largest first, from the right: the shape of MTH.
pub(crate) fn fold_peaks(peaks: &[Hash]) -> Option<Hash> {
    let (last, left) = peaks.split_last()?;
    Some(left.iter().rev().fold(*last, |right, peak| node_hash(peak, &right)))
}

/// The root of the first `size` entries from stored hashes; reads at most 64 of them.
///
/// # Errors
/// [`MerkleError::MissingHash`] when the reader lacks one.
pub fn tree_root<R: HashReader + ?Sized>(reader: &R, size: u64) -> Result<Hash, MerkleError> {
    range(reader, 0, size)
}

/// MTH(D[start:end]) for a range as the recursion of RFC 6962 meets it, whose complete subtrees
/// are aligned.
fn range<R: HashReader + ?Sized>(reader: &R, start: u64, end: u64) -> Result<Hash, MerkleError> {
    let mut peaks = Vec::new();
    let mut at = start;
    while let Some(height) = end.saturating_sub(at).checked_ilog2() {
        let level = u8::try_from(height).unwrap_or(u8::MAX);
        let index = at >> height;
        peaks.push(reader.read(level, index).ok_or(MerkleError::MissingHash { level, index })?);
        at += 1 << height;
    }
    Ok(fold_peaks(&peaks).unwrap_or_else(empty_root))
}

/// Where MTH splits more than one entry: the largest power of two smaller than their number.
fn split(entries: u64) -> u64 {
    1 << (entries - 1).ilog2()
}

/// The proof that entry `index` is in the tree of the first `size` entries: PATH of RFC 6962,
/// section 2.1.1, from the leaf's sibling up; at most 64 hashes.
///
/// # Errors
/// [`MerkleError::IndexOutOfRange`], or [`MerkleError::MissingHash`] when the reader lacks a hash.
pub fn inclusion_proof<R: HashReader + ?Sized>(
    reader: &R,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, MerkleError> {
    if index >= size {
        return Err(MerkleError::IndexOutOfRange { index, size });
    }
    let (mut start, mut end) = (0, size);
    let mut proof = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(range(reader, middle, end)?);
            end = middle;
        } else {
            proof.push(range(reader, start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `old` entries is the beginning of that of `new`: PROOF of RFC 6962,
/// section 2.1.2; empty when the sizes are equal or `old` is 0.
///
/// # Errors
/// [`MerkleError::Shrunk`], or [`MerkleError::MissingHash`] when the reader lacks a hash.
pub fn consistency_proof<R: HashReader + ?Sized>(
    reader: &R,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, MerkleError> {
    if old > new {
        return Err(MerkleError::Shrunk { old, new });
    }
    if old == new || old == 0 {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, new);
    let mut proof = Vec::new();
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(range(reader, middle, end)?);
            end = middle;
        } else {
            proof.push(range(reader, start, middle)?);
            start = middle;
        }
    }
    // The old tree itself is known to the verifier; a part of it has to be told.
    if start != 0 {
        proof.push(range(reader, start, end)?);
    }
    proof.reverse();
    Ok(proof)
}
