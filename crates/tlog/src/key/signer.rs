//! The signing key of a log, which never shows its seed.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};

use crate::key::{KeyError, KeyKind, VerifierKey};
use crate::note::Signature;

/// A log's signing key. Its seed is never shown, and is wiped from memory when dropped.
#[derive(Clone)]
pub struct Signer {
    pub(crate) key: SigningKey,
    verifier: VerifierKey,
}

impl Signer {
    /// Takes the 32-byte seed of RFC 8032, section 5.1.5, and the name to sign with.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Self::with_kind(name, KeyKind::Ed25519, seed)
    }

    pub(crate) fn with_kind(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, kind, key.verifying_key().as_bytes())?;
        Ok(Self { key, verifier })
    }

    /// The key that checks what this one signs.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Signs a note's text, which ends in a newline.
    #[must_use]
    pub fn sign(&self, text: &str) -> Signature {
        let bytes = self.key.sign(text.as_bytes()).to_bytes();
        Signature::by(&self.verifier, bytes.to_vec())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({}+{:08x}, seed not shown)", self.verifier.name(), self.verifier.id())
    }
}
