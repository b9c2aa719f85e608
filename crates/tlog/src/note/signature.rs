//! Signature lines: an em dash, a key's name, and base64 of its id and the signature.

use std::fmt;

use crate::encoding::{from_base64, to_base64};
use crate::key::{VerifierKey, is_key_name};
use crate::note::NoteError;

/// One signature line: who says to have signed, and the bytes. Nothing is checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub(super) name: String,
    pub(super) id: u32,
    pub(super) bytes: Vec<u8>,
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
    pub(super) fn parse(text: &str, line: usize) -> Result<Self, NoteError> {
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
