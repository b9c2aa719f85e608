//! Offline proofs of C2SP tlog-proof: an entry's place, its inclusion proof, a signed checkpoint.

mod error;

pub use error::ProofError;

use std::fmt;

use crate::checkpoint::Checkpoint;
use crate::encoding::{from_base64, from_decimal, to_base64};
use crate::hash::Hash;
use crate::key::VerifierKey;
use crate::merkle::{MerkleError, verify_inclusion};
use crate::note::{MAX_BYTES, Note};
use crate::policy::{Accepted, Policy};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// The most hashes an inclusion proof has: the height of a tree of 2^63 entries.
pub const MAX_HASHES: usize = 63;

/// A self-contained proof that an entry is in a log; shown and read as a `.tlog-proof` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    extra: Option<Vec<u8>>,
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: Note,
}

impl Proof {
    /// Puts a proof together: the entry's index, its inclusion proof in the tree of the checkpoint
    /// and the signed checkpoint. Nothing is checked against anything; see [`Proof::verify`].
    ///
    /// # Errors
    /// [`ProofError::TooManyHashes`].
    pub fn new(index: u64, hashes: Vec<Hash>, checkpoint: Note) -> Result<Self, ProofError> {
        if hashes.len() > MAX_HASHES {
            return Err(ProofError::TooManyHashes);
        }
        Ok(Self { extra: None, index, hashes, checkpoint })
    }

    /// The same proof with extra data, which is not authenticated by anything; none if empty.
    #[must_use]
    pub fn with_extra(self, extra: &[u8]) -> Self {
        Self { extra: (!extra.is_empty()).then(|| extra.to_vec()), ..self }
    }

    /// The extra data. Nothing vouches for it: use it as a hint only.
    #[must_use]
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The entry's place in the log, counted from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The inclusion proof, from the leaf's sibling up.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The signed checkpoint as it is in the file, not checked.
    #[must_use]
    pub fn checkpoint(&self) -> &Note {
        &self.checkpoint
    }

    /// Reads a proof by the exact grammar of tlog-proof.
    ///
    /// # Errors
    /// A [`ProofError`] that names the line that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofError> {
        if bytes.len() > MAX_BYTES {
            return Err(ProofError::TooLong(bytes.len()));
        }
        let text =
            str::from_utf8(bytes).map_err(|error| ProofError::NotUtf8(error.valid_up_to()))?;
        let (head, note) = text.split_once("\n\n").ok_or(ProofError::NoCheckpoint)?;
        let mut lines = head.split('\n').zip(1..).peekable();
        if lines.next() != Some((HEADER, 1)) {
            return Err(ProofError::Header);
        }
        let is_extra = |(line, _): &(&str, usize)| line.starts_with("extra ");
        let extra = match lines.next_if(is_extra) {
            Some((line, _)) => Some(read_extra(line).ok_or(ProofError::Extra)?),
            None => None,
        };
        let index = lines.next().and_then(|(line, _)| line.strip_prefix("index "));
        let index = index.and_then(from_decimal).ok_or(ProofError::Index)?;
        let hash = |(text, line)| {
            Hash::from_base64(text).map_err(|error| ProofError::Hash { line, error })
        };
        let hashes = lines.map(hash).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { extra, ..Self::new(index, hashes, Note::parse(note.as_bytes())?)? })
    }

    /// Checks that the entry with this leaf hash is in a log of the policy, under a checkpoint
    /// that the policy accepts.
    ///
    /// # Errors
    /// [`ProofError::Policy`] or [`ProofError::Merkle`].
    pub fn verify(&self, leaf: &Hash, policy: &Policy) -> Result<Accepted, ProofError> {
        let accepted = policy.check(&self.checkpoint)?;
        self.included(leaf, &accepted.checkpoint)?;
        Ok(accepted)
    }

    /// As [`Proof::verify`] where the log's key alone is trusted and no witness is asked for.
    ///
    /// # Errors
    /// [`ProofError::Checkpoint`] or [`ProofError::Merkle`].
    pub fn verify_with_key(
        &self,
        leaf: &Hash,
        key: &VerifierKey,
    ) -> Result<Checkpoint, ProofError> {
        let (checkpoint, _) = Checkpoint::open_with(&self.checkpoint, key, &[])?;
        self.included(leaf, &checkpoint)?;
        Ok(checkpoint)
    }

    fn included(&self, leaf: &Hash, tree: &Checkpoint) -> Result<(), MerkleError> {
        verify_inclusion(leaf, self.index, tree.size(), &self.hashes, tree.root())
    }
}

/// The data of an extra line; `None` if there is none, since then the line is left out.
fn read_extra(line: &str) -> Option<Vec<u8>> {
    let data = from_base64(line.strip_prefix("extra ")?).ok()?;
    (!data.is_empty()).then_some(data)
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", to_base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{}", hash.to_base64()))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
