//! Why drafts were not sealed, in sentences for the newsroom.

use super::clock;
use crate::keys::KeysError;

/// Why something was not sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The store refused; nothing was signed.
    #[error("nothing was sealed: {0}")]
    Store(String),
    /// Another process seals; it may be this one's turn later.
    #[error("nothing was sealed: {0}")]
    Held(String),
    /// Signing here might fork the record.
    #[error("this edition refuses to sign: {0}")]
    Refused(String),
    /// The clock is far from the record's own time.
    #[error("nothing was sealed: {}", clock::sentence(*.now, *.last))]
    Clock {
        /// What the clock says, ms.
        now: u64,
        /// Time of the last entry, ms.
        last: u64,
    },
    /// A draft cannot be sealed as it is.
    #[error("{0}")]
    Draft(String),
    /// No randomness.
    #[error("nothing was sealed: the system gives no randomness: {0}")]
    Chance(String),
    /// Something failed where it leaves in doubt what is durable.
    #[error("sealing has stopped, reading goes on: {0}; start again to find out what was sealed")]
    Stopped(String),
    /// Sealed and published, and the removed text is not yet overwritten everywhere.
    #[error(
        "the removal is sealed and the text is hidden, but not yet overwritten: {0}; start again to finish it"
    )]
    Unerased(String),
    /// A test's fault.
    #[error("fault at {0}")]
    Fault(String),
}

impl Error {
    /// What went wrong, without the words about what that leaves sealed.
    pub(super) fn reason(self) -> String {
        match self {
            Self::Store(why) | Self::Held(why) | Self::Chance(why) | Self::Stopped(why) => why,
            other => other.to_string(),
        }
    }
}

impl From<ovn_store::Error> for Error {
    fn from(error: ovn_store::Error) -> Self {
        let mut sentence = error.to_string();
        if error.is_full() {
            sentence.push_str("; make room on the disk");
        }
        if matches!(error, ovn_store::Error::Held { .. }) {
            Self::Held(sentence)
        } else if error.is_doubt() {
            Self::Stopped(sentence)
        } else {
            Self::Store(sentence)
        }
    }
}
