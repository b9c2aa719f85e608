//! Keys of signed notes: verifier keys as C2SP signed-note writes them, and the signer of a log.

mod error;
mod signer;

pub use error::KeyError;
pub use signer::Signer;

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::VerifyingKey;
use sha2::{Digest as _, Sha256};

use crate::cosignature;
use crate::encoding::{EncodingError, from_base64, from_hex, to_base64};
use crate::note::{NoteError, Verified};

/// What a key signs, by the signature type byte of signed-note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// 0x01: Ed25519 over the note's text. A log signs so.
    Ed25519,
    /// 0x04: Ed25519 over the text and the time (tlog-cosignature). A witness signs so.
    Cosignature,
}

impl KeyKind {
    /// The byte that tells the kind inside a verifier key and a key id.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Cosignature => 0x04,
        }
    }
}

/// Whether signed-note allows this name: not empty, no Unicode space, no plus, and no control
/// character, which no note may hold.
pub(crate) fn is_key_name(name: &str) -> bool {
    let allowed = |c: char| !c.is_whitespace() && c != '+' && c >= ' ';
    !name.is_empty() && name.chars().all(allowed)
}

fn check_name(name: &str) -> Result<(), KeyError> {
    if is_key_name(name) { Ok(()) } else { Err(KeyError::Name(name.chars().take(80).collect())) }
}

/// The first four bytes, big-endian, of SHA-256(name ‖ "\n" ‖ type ‖ key).
fn key_id(name: &str, kind: KeyKind, key: &[u8; 32]) -> u32 {
    let hash: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', kind.byte()])
        .chain_update(key)
        .finalize()
        .into();
    hash.first_chunk().map_or(0, |first| u32::from_be_bytes(*first))
}

/// A key that checks signatures; shown and read as `name+id+base64(type ‖ key)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    id: u32,
    key: VerifyingKey,
}

impl VerifierKey {
    /// Takes a name and the 32 bytes of an Ed25519 public key (RFC 8032).
    ///
    /// # Errors
    /// [`KeyError::Name`]; [`KeyError::NotCanonical`] and [`KeyError::SmallOrder`] for points on
    /// whose signatures Ed25519 libraries disagree: with such a key one signature could be good
    /// for one reader and bad for another.
    pub fn new(name: &str, kind: KeyKind, public: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        let key = VerifyingKey::from_bytes(public).map_err(|_| KeyError::NotCanonical)?;
        let point = key.to_edwards();
        if point.compress().as_bytes() != public {
            return Err(KeyError::NotCanonical);
        }
        if key.is_weak() || !point.is_torsion_free() {
            return Err(KeyError::SmallOrder);
        }
        Ok(Self { name: name.to_owned(), kind, id: key_id(name, kind, public), key })
    }

    /// The key's name; a log's is its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The short id that signature lines carry; not a cryptographic hash.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The 32 bytes of the Ed25519 public key.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Checks one signature over a note's text, strictly (canonical S, no point of small order).
    ///
    /// # Errors
    /// [`NoteError::BadSignature`], which names the key.
    pub fn verify(&self, text: &str, signature: &[u8]) -> Result<Verified, NoteError> {
        let bad = || NoteError::BadSignature { name: self.name.clone(), id: self.id };
        let (time, message, bytes) = match self.kind {
            KeyKind::Ed25519 => (None, text.to_owned(), signature),
            KeyKind::Cosignature => {
                let (time, bytes) = cosignature::split(signature).ok_or_else(bad)?;
                (Some(time), cosignature::message(time, text), bytes)
            }
        };
        let ed25519 = ed25519_dalek::Signature::from_slice(bytes).map_err(|_| bad())?;
        self.key.verify_strict(message.as_bytes(), &ed25519).map_err(|_| bad())?;
        Ok(Verified { name: self.name.clone(), id: self.id, time })
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.public());
        write!(f, "{}+{:08x}+{}", self.name, self.id, to_base64(&bytes))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::Form)?;
        check_name(name)?;
        let id: [u8; 4] =
            from_hex(id).ok().and_then(|id| id.try_into().ok()).ok_or(KeyError::Id)?;
        let stated = u32::from_be_bytes(id);
        let bytes = from_base64(key)?;
        let kind = match bytes.first() {
            Some(0x01) => KeyKind::Ed25519,
            Some(0x04) => KeyKind::Cosignature,
            Some(other) => return Err(KeyError::Kind(*other)),
            None => return Err(EncodingError::Length { expected: 33, found: 0 }.into()),
        };
        let public = bytes.get(1..).and_then(|key| key.try_into().ok());
        let public = public.ok_or(EncodingError::Length { expected: 33, found: bytes.len() })?;
        let key = Self::new(name, kind, public)?;
        if key.id == stated {
            Ok(key)
        } else {
            Err(KeyError::IdMismatch { stated, computed: key.id })
        }
    }
}
