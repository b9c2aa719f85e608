//! Salted commitments: how a leaf of the record names content without revealing it.
//!
//! A block's commitment can be published for ever; once the block's 32 random bytes of salt are destroyed, nobody can
//! confirm a guess at its words. The tree over the commitments is that of RFC 6962, so that the words that remain after
//! a removal still verify.

use sha2::{Digest, Sha256};

/// Thirty-two bytes: a SHA-256 digest, or a block's salt.
pub type Bytes32 = [u8; 32];

const BLOCK_TAG: &[u8] = b"ovn/block/1\0";

/// SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Bytes32 {
    Sha256::digest(bytes).into()
}

/// The commitment to one block: SHA-256 over tag, salt, length and name of its type, length of its value (64 bits, most
/// significant byte first) and the value's canonical bytes. `None` when the type's name is longer than 255 bytes.
#[must_use]
pub fn block(salt: &Bytes32, kind: &str, value: &[u8]) -> Option<Bytes32> {
    let mut hash = Sha256::new();
    hash.update(BLOCK_TAG);
    hash.update(salt);
    hash.update([u8::try_from(kind.len()).ok()?]);
    hash.update(kind.as_bytes());
    hash.update((value.len() as u64).to_be_bytes());
    hash.update(value);
    Some(hash.finalize().into())
}

/// The root of the RFC 6962 tree (section 2.1) whose leaves are `commitments`.
#[must_use]
pub fn root(commitments: &[Bytes32]) -> Bytes32 {
    match commitments {
        [] => sha256(b""),
        [one] => Sha256::new().chain_update([0]).chain_update(one).finalize().into(),
        many => {
            let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
            let parent = Sha256::new().chain_update([1]);
            parent.chain_update(root(left)).chain_update(root(right)).finalize().into()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::hex;

    #[test]
    fn the_empty_tree_is_the_hash_of_nothing() {
        assert_eq!(
            hex::encode(&root(&[])),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn case_089_every_part_of_a_block_counts() {
        let base = block(&[7; 32], "paragraph", b"\"words\"").unwrap();
        assert_ne!(base, block(&[8; 32], "paragraph", b"\"words\"").unwrap());
        assert_ne!(base, block(&[7; 32], "headline", b"\"words\"").unwrap());
        assert_ne!(base, block(&[7; 32], "paragraph", b"\"sword\"").unwrap());
        // The lengths keep type and value apart.
        assert_ne!(block(&[7; 32], "ab", b"c"), block(&[7; 32], "a", b"bc"));
        assert_eq!(block(&[7; 32], &"x".repeat(256), b""), None);
    }

    #[test]
    fn order_and_number_of_blocks_count() {
        let (a, b) = ([1; 32], [2; 32]);
        assert_ne!(root(&[a, b]), root(&[b, a]));
        assert_ne!(root(&[a]), root(&[a, a]));
        assert_ne!(root(&[a, b]), root(&[a, b, b]));
    }
}
