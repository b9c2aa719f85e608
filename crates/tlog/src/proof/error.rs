//! What can be wrong with an offline proof.

use crate::checkpoint::CheckpointError;
use crate::encoding::EncodingError;
use crate::merkle::MerkleError;
use crate::note::NoteError;
use crate::policy::PolicyError;

/// Why bytes are not a proof, or why a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Above the longest note that is read.
    #[error("the proof has {0} bytes; at most 1000000 are read")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the proof is not UTF-8 from byte {0} on")]
    NotUtf8(usize),
    /// Another first line.
    #[error("the first line should be c2sp.org/tlog-proof@v1")]
    Header,
    /// An extra line that is empty or not canonical base64.
    #[error("line 2 should have extra data in base64, or be left out")]
    Extra,
    /// No index, or one that is not a plain decimal.
    #[error("there should be a line such as: index 73894")]
    Index,
    /// A line that is not a hash.
    #[error("line {line} should be a hash of the proof: {error}")]
    Hash {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        error: EncodingError,
    },
    /// Above [`MAX_HASHES`](crate::proof::MAX_HASHES).
    #[error("the proof has more than 63 hashes, which no tree needs")]
    TooManyHashes,
    /// No empty line with a checkpoint after it.
    #[error("the proof has no checkpoint after an empty line")]
    NoCheckpoint,
    /// What follows the empty line is not a signed note.
    #[error("the proof's checkpoint: {0}")]
    Note(#[from] NoteError),
    /// The checkpoint is malformed or not signed by the log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint does not satisfy the policy.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The entry is not where the proof says it is.
    #[error(transparent)]
    Merkle(#[from] MerkleError),
}
