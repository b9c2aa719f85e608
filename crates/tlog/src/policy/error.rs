//! What can be wrong with a policy, or with a checkpoint under one.

use crate::checkpoint::CheckpointError;
use crate::key::KeyError;
use crate::note::NoteError;

/// Why bytes are not a policy, or why a checkpoint does not satisfy one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A line that cannot be understood.
    #[error("line {line} of the policy: {problem}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: LineError,
    },
    /// The last line has no newline.
    #[error("the policy's last line does not end in a newline; it may be cut")]
    Unterminated,
    /// No quorum line.
    #[error("the policy says no quorum; add a line such as: quorum none")]
    NoQuorum,
    /// The checkpoint is not signed by a log of the policy, or it or its note is malformed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Too few of the right witnesses have cosigned.
    #[error("the cosignatures do not reach the policy's quorum")]
    Quorum,
}

impl From<NoteError> for PolicyError {
    fn from(error: NoteError) -> Self {
        Self::Checkpoint(error.into())
    }
}

/// What is wrong with a line of a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// A first word that the format does not have.
    #[error("a line starts with log, witness, group, quorum or #")]
    Keyword,
    /// Too few or too many words.
    #[error("the line has too few or too many words")]
    Words,
    /// A control character other than tab and newline.
    #[error("the line has a control character")]
    Control,
    /// A key that is not one, or not trusted.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A witness's key on a log line or the reverse.
    #[error("a log has a key of type 0x01 and a witness one of type 0x04")]
    KeyKind,
    /// A key that an earlier line of the same sort has.
    #[error("an earlier line has the same key")]
    SameKey,
    /// A name defined twice, or `none`.
    #[error("the name is already taken")]
    SameName,
    /// A name that no earlier line defines.
    #[error("no earlier line defines one of the names")]
    UnknownName,
    /// A name that is a member of two groups, or twice of one.
    #[error("one of the names is already a member of a group")]
    SecondMembership,
    /// A threshold that is not `all`, `any` or a number from 1 to the number of members.
    #[error("a group needs all, any, or a number between 1 and its members")]
    Threshold,
    /// A second quorum line.
    #[error("the quorum is already given")]
    SecondQuorum,
    /// Above [`MAX_EACH`](crate::policy::MAX_EACH).
    #[error("a policy has at most 256 logs, 256 witnesses and 256 groups")]
    TooMany,
}
