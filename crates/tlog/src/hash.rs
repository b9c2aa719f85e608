//! Hashes of RFC 6962, section 2.1: SHA-256 with a first byte that tells leaves from nodes.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::encoding::{EncodingError, from_base64, from_hex, to_base64, to_hex};

/// A SHA-256 hash of a leaf or a subtree: 32 bytes, shown and read as 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Bytes in a hash.
    pub const SIZE: usize = 32;

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Takes exactly 32 bytes.
    ///
    /// # Errors
    /// [`EncodingError::Length`] for any other number of bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, EncodingError> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| EncodingError::Length { expected: Self::SIZE, found: bytes.len() })
    }

    /// Canonical standard base64, 44 characters, as checkpoints and proofs write it.
    #[must_use]
    pub fn to_base64(&self) -> String {
        to_base64(&self.0)
    }

    /// Reads canonical standard base64 of exactly 32 bytes.
    ///
    /// # Errors
    /// [`EncodingError`] when the base64 is not canonical or holds another number of bytes.
    pub fn from_base64(text: &str) -> Result<Self, EncodingError> {
        Self::from_slice(&from_base64(text)?)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = EncodingError;

    fn from_str(text: &str) -> Result<Self, EncodingError> {
        Self::from_slice(&from_hex(text)?)
    }
}

/// The hash of one entry's bytes: SHA-256(0x00 ‖ entry), RFC 6962, section 2.1.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
}

/// The hash of two subtrees side by side: SHA-256(0x01 ‖ left ‖ right), RFC 6962, section 2.1.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([1])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// The root of the tree without entries: SHA-256 of nothing, RFC 6962, section 2.1.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::new().finalize().into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        let check = |hash: Hash, expected: &str| assert_eq!(hash.to_string(), expected);
        // The vectors that transparency-dev/merkle's rfc6962 package is tested with.
        check(empty_root(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        check(leaf_hash(b""), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        check(
            leaf_hash(b"L123456"),
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
        );
    }

    #[test]
    fn text_forms_round_trip_and_are_strict() {
        let hash = leaf_hash(b"L123456");
        assert_eq!(hash.to_string().parse::<Hash>(), Ok(hash));
        assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
        assert_eq!("00".parse::<Hash>(), Err(EncodingError::Length { expected: 32, found: 1 }));
        assert_eq!(hash.to_string().to_uppercase().parse::<Hash>(), Err(EncodingError::Hex));
        assert!(Hash::from_base64(&hash.to_string()).is_err());
        assert_eq!(
            Hash::from_slice(&[0; 33]),
            Err(EncodingError::Length { expected: 32, found: 33 })
        );
    }
}
