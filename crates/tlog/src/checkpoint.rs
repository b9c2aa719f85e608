//! Checkpoints of C2SP tlog-checkpoint: a log's name, its size and its root, in three lines.

use std::fmt;
use std::str::FromStr;

use crate::encoding::{EncodingError, from_decimal};
use crate::hash::{Hash, empty_root};
use crate::key::{KeyKind, Signer, VerifierKey};
use crate::note::{Note, NoteError, Verified};

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

/// A log's state: how many entries it has and the root of the tree over them. Shown and read as
/// the text of a note, three lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
}

impl Checkpoint {
    /// A checkpoint of the log `origin` with `size` entries.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`], [`CheckpointError::Size`] above 2^63 - 1 (other implementations
    /// count in signed integers), [`CheckpointError::EmptyRoot`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if origin.is_empty() || origin.len() > 255 || origin.chars().any(|c| c < ' ') {
            return Err(CheckpointError::Origin);
        }
        i64::try_from(size).map_err(|_| CheckpointError::Size)?;
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::EmptyRoot(empty_root()));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// The log's name.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Entries in the log.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the RFC 6962 tree over them.
    #[must_use]
    pub fn root(&self) -> &Hash {
        &self.root
    }

    /// Reads a checkpoint's text: exactly three lines.
    ///
    /// # Errors
    /// A [`CheckpointError`] that names the line that is wrong.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.split('\n');
        let mut line = || lines.next().ok_or(CheckpointError::Form);
        let (origin, size, root, end) = (line()?, line()?, line()?, line()?);
        if !end.is_empty() || lines.next().is_some() {
            return Err(CheckpointError::Extension);
        }
        let size = from_decimal(size).ok_or(CheckpointError::Size)?;
        Self::new(origin, size, Hash::from_base64(root)?)
    }

    /// The text that is signed: three lines, each with its newline.
    #[must_use]
    pub fn format(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }

    /// Reads a signed checkpoint and checks that the log with this key signed it. Signatures of
    /// other keys are passed over.
    ///
    /// # Errors
    /// [`CheckpointError::Note`] when the note is malformed, unsigned or wrongly signed, or an
    /// error about the text, or [`CheckpointError::OtherLog`].
    pub fn open(bytes: &[u8], key: &VerifierKey) -> Result<Self, CheckpointError> {
        let note = Note::parse(bytes)?;
        Self::open_with(&note, key, &[]).map(|(checkpoint, _)| checkpoint)
    }

    /// As [`Checkpoint::open`], and also checks the signatures of `others`, such as witnesses,
    /// where they signed. Returns every signature that was checked.
    ///
    /// # Errors
    /// As [`Checkpoint::open`]; a wrong signature of any of the keys refuses the note.
    pub fn open_with(
        note: &Note,
        key: &VerifierKey,
        others: &[VerifierKey],
    ) -> Result<(Self, Vec<Verified>), CheckpointError> {
        if key.kind() != KeyKind::Ed25519 {
            return Err(CheckpointError::NotALogKey(key.name().to_owned()));
        }
        let known: Vec<VerifierKey> = std::iter::once(key).chain(others).cloned().collect();
        let verified = note.verify(&known)?;
        if !verified.iter().any(|one| one.name == key.name() && one.id == key.id()) {
            return Err(NoteError::Unsigned.into());
        }
        let checkpoint = Self::parse(note.text())?;
        if checkpoint.origin == key.name() {
            Ok((checkpoint, verified))
        } else {
            let (expected, found) = (key.name().to_owned(), checkpoint.origin);
            Err(CheckpointError::OtherLog { expected, found })
        }
    }

    /// Signs the checkpoint as a note.
    ///
    /// # Errors
    /// [`CheckpointError::OtherLog`] when the signer has not the origin's name.
    pub fn sign(&self, signer: &Signer) -> Result<Note, CheckpointError> {
        let (expected, found) = (signer.verifier().name(), &self.origin);
        if expected != found {
            let (expected, found) = (expected.to_owned(), found.clone());
            return Err(CheckpointError::OtherLog { expected, found });
        }
        let text = self.format();
        let signature = signer.sign(&text);
        Ok(Note::new(&text, vec![signature])?)
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format())
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        Self::parse(text)
    }
}
