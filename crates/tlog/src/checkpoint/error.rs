//! What can be wrong with a checkpoint.

use crate::encoding::EncodingError;
use crate::hash::Hash;
use crate::note::NoteError;

/// Why a text is not a checkpoint, or why a signed one is not trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines, or a last line without its newline.
    #[error("a checkpoint is three lines, each ending in a newline: origin, size, root")]
    Form,
    /// A first line that is empty, above 255 bytes (more than a cosignature can hold), or has a
    /// control character.
    #[error("the checkpoint's first line should be its log's name, at most 255 bytes")]
    Origin,
    /// A size that is not a plain decimal up to 2^63 - 1.
    #[error("the checkpoint's second line should be its size, a decimal without leading zeros")]
    Size,
    /// A root that is not canonical base64 of 32 bytes.
    #[error("the checkpoint's third line should be its root in base64: {0}")]
    Root(#[from] EncodingError),
    /// A checkpoint of no entries whose root is not that of the empty tree.
    #[error("a log without entries has the root {0}, and the checkpoint has another")]
    EmptyRoot(Hash),
    /// A fourth line. Monitors can't audit what such lines say, so they are not accepted.
    #[error("the checkpoint has lines after its root, which are not accepted here")]
    Extension,
    /// The note around the checkpoint is malformed, wrongly signed, or not signed by the log.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A well-signed checkpoint of another log.
    #[error("the checkpoint is of the log {found:?}, and the key belongs to {expected:?}")]
    OtherLog {
        /// The key's name.
        expected: String,
        /// The checkpoint's origin.
        found: String,
    },
    /// A witness's key where the log's belongs.
    #[error("{0} is a witness's key; a log signs with a key of type 0x01")]
    NotALogKey(String),
}
