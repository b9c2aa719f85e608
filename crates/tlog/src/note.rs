//! Signed notes as C2SP signed-note has them: a text, an empty line, and signature lines.

use std::fmt;

use crate::encoding::{EncodingError, from_base64, to_base64};
use crate::key::{VerifierKey, is_key_name};

/// The longest note that is read, in bytes.
pub const MAX_BYTES: usize = 1_000_000;
/// The most signature lines that are read; signed-note asks for at least 16.
pub const MAX_SIGNATURES: usize = 100;

/// Why bytes are not a signed note, or why the note is not trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Above [`MAX_BYTES`].
    #[error("the note has {0} bytes; at most 1000000 are read")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the note is not UTF-8 from byte {0} on")]
    NotUtf8(usize),
    /// A control character other than a newline.
    #[error("line {0} of the note has a control character, which no note may have")]
    Control(usize),
    /// The text does not end in a newline.
    #[error("a note's text must end in a newline")]
    TextEnd,
    /// There is no empty line with signature lines after it.
    #[error("the note has no signatures after an empty line")]
    NoSignatures,
    /// The last line has no newline.
    #[error("the note's last line does not end in a newline; it may be cut")]
    Unterminated,
    /// Above [`MAX_SIGNATURES`].
    #[error("the note has more than 100 signatures")]
    TooManySignatures,
    /// A signature line that is not `— name base64`.
    #[error(
        "line {0} of the note is not a signature: an em dash, a space, a name, a space, base64"
    )]
    SignatureForm(usize),
    /// A name that no key can have.
    #[error("line {0} of the note names a key in a way that is not allowed")]
    SignatureName(usize),
    /// Signature bytes that are not canonical base64.
    #[error("line {line} of the note: {error}")]
    SignatureEncoding {
        /// Counted from 1.
        line: usize,
        /// What is wrong with the base64.
        error: EncodingError,
    },
    /// No byte after the four of the key id.
    #[error("line {0} of the note has a key id and no signature")]
    SignatureShort(usize),
    /// A known key's signature does not hold. The whole note is refused.
    #[error("the signature of {name}+{id:08x} is wrong: these are not the bytes that key signed")]
    BadSignature {
        /// The key's name.
        name: String,
        /// The key's id.
        id: u32,
    },
    /// Two different known keys share name and id, so nobody can say whose signature it is.
    #[error("two known keys are both called {name}+{id:08x}; remove one")]
    AmbiguousKey {
        /// The keys' name.
        name: String,
        /// The keys' id.
        id: u32,
    },
    /// No signature is of a known key.
    #[error("none of the note's signatures is by a key that is known here")]
    Unsigned,
}

/// One signature line: who says to have signed, and the bytes. Nothing is checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: String,
    id: u32,
    bytes: Vec<u8>,
}

impl Signature {
    pub(crate) fn by(key: &VerifierKey, bytes: Vec<u8>) -> Self {
        Self { name: key.name().to_owned(), id: key.id(), bytes }
    }

    /// The name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the key that is said to have signed.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The signature's bytes without the key id.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads a signature line without its newline; `line` is its number, for the error.
    fn parse(text: &str, line: usize) -> Result<Self, NoteError> {
        let form = NoteError::SignatureForm(line);
        let rest = text.strip_prefix("— ").ok_or_else(|| form.clone())?;
        let (name, base64) = rest.split_once(' ').ok_or(form)?;
        if !is_key_name(name) {
            return Err(NoteError::SignatureName(line));
        }
        let bytes =
            from_base64(base64).map_err(|error| NoteError::SignatureEncoding { line, error })?;
        match bytes.split_first_chunk::<4>() {
            Some((id, bytes)) if !bytes.is_empty() => Ok(Self {
                name: name.to_owned(),
                id: u32::from_be_bytes(*id),
                bytes: bytes.to_vec(),
            }),
            _ => Err(NoteError::SignatureShort(line)),
        }
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.bytes);
        writeln!(f, "— {} {}", self.name, to_base64(&bytes))
    }
}

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
