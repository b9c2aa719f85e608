//! Checkpoints of C2SP tlog-checkpoint: a log's name, its size and its root, in three lines.

mod error;

pub use error::CheckpointError;

use std::fmt;
use std::str::FromStr;

use crate::encoding::from_decimal;
use crate::hash::{Hash, empty_root};
use crate::key::{KeyKind, Signer, VerifierKey};
use crate::note::{Note, NoteError, Verified};

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
