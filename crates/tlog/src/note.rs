//! Signed notes as C2SP signed-note has them: a text, an empty line, and signature lines.

mod error;
mod signature;

pub use error::NoteError;
pub use signature::Signature;

use std::fmt;

use crate::key::VerifierKey;

/// The longest note that is read, in bytes.
pub const MAX_BYTES: usize = 1_000_000;
/// The most signature lines that are read; signed-note asks for at least 16.
pub const MAX_SIGNATURES: usize = 100;

/// A signature that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub id: u32,
    /// When a witness cosigned, in seconds since 1970 (tlog-cosignature); a log does not say.
    pub time: Option<u64>,
}

/// A text with its signatures, whose grammar is checked and whose signatures are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

impl Note {
    /// A note over a text that ends in a newline.
    ///
    /// # Errors
    /// [`NoteError::TextEnd`], [`NoteError::Control`], [`NoteError::NoSignatures`] or
    /// [`NoteError::TooManySignatures`].
    pub fn new(text: &str, signatures: Vec<Signature>) -> Result<Self, NoteError> {
        refuse_controls(text)?;
        match signatures.len() {
            _ if !text.ends_with('\n') => Err(NoteError::TextEnd),
            0 => Err(NoteError::NoSignatures),
            1..=MAX_SIGNATURES => Ok(Self { text: text.to_owned(), signatures }),
            _ => Err(NoteError::TooManySignatures),
        }
    }

    /// Reads a note by the exact grammar of signed-note.
    ///
    /// # Errors
    /// A [`NoteError`] that names the fault and, where there is one, its line.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_BYTES {
            return Err(NoteError::TooLong(bytes.len()));
        }
        let whole =
            str::from_utf8(bytes).map_err(|error| NoteError::NotUtf8(error.valid_up_to()))?;
        refuse_controls(whole)?;
        // The text may have empty lines of its own; the last one ends it.
        let gap = whole.rfind("\n\n").ok_or(NoteError::NoSignatures)?;
        let (text, rest) = whole.split_at_checked(gap + 1).ok_or(NoteError::NoSignatures)?;
        let lines = match rest.strip_prefix('\n') {
            None | Some("") => return Err(NoteError::NoSignatures),
            Some(lines) => lines.strip_suffix('\n').ok_or(NoteError::Unterminated)?,
        };
        if lines.split('\n').count() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        let first = text.matches('\n').count() + 2;
        let signatures =
            lines.split('\n').zip(first..).map(|(text, line)| Signature::parse(text, line));
        Ok(Self { text: text.to_owned(), signatures: signatures.collect::<Result<_, _>>()? })
    }

    /// The signed text, with its last newline and without the empty line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines in order, checked or not.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The same text with one more signature at the end.
    ///
    /// # Errors
    /// [`NoteError::TooManySignatures`] beyond 100.
    pub fn with(mut self, signature: Signature) -> Result<Self, NoteError> {
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(signature);
        Ok(self)
    }

    /// The signatures of known keys, each key once, in the note's order. Signatures of other keys
    /// are passed over, as signed-note requires.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] when any signature of a known key is wrong,
    /// [`NoteError::AmbiguousKey`], or [`NoteError::Unsigned`] when no known key signed.
    pub fn verify(&self, known: &[VerifierKey]) -> Result<Vec<Verified>, NoteError> {
        let mut verified: Vec<Verified> = Vec::new();
        for signature in &self.signatures {
            let named =
                |key: &&VerifierKey| key.name() == signature.name && key.id() == signature.id;
            let mut keys = known.iter().filter(named);
            let Some(key) = keys.next() else { continue };
            if keys.any(|other| other != key) {
                let (name, id) = (signature.name.clone(), signature.id);
                return Err(NoteError::AmbiguousKey { name, id });
            }
            let good = key.verify(&self.text, &signature.bytes)?;
            if !verified.iter().any(|one| one.name == good.name && one.id == good.id) {
                verified.push(good);
            }
        }
        if verified.is_empty() { Err(NoteError::Unsigned) } else { Ok(verified) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}

fn refuse_controls(text: &str) -> Result<(), NoteError> {
    let control = |line: &str| line.chars().any(|c| c < ' ');
    match text.split('\n').position(control) {
        Some(line) => Err(NoteError::Control(line + 1)),
        None => Ok(()),
    }
}
