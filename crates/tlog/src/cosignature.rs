//! Ed25519 cosignatures of C2SP tlog-cosignature: a witness says when it saw this checkpoint.

use std::fmt;

use ed25519_dalek::Signer as _;

use crate::key::{KeyError, KeyKind, Signer, VerifierKey};
use crate::note::Signature;

/// The bytes a witness signs: a header, the time in seconds since 1970, and the checkpoint's text.
pub(crate) fn message(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// Takes a timestamped signature apart: eight bytes of time, big-endian, and the Ed25519 signature.
/// `None` for too few bytes or a time above 2^63 - 1, which the specification forbids.
pub(crate) fn split(signature: &[u8]) -> Option<(u64, &[u8])> {
    let (time, ed25519) = signature.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    i64::try_from(time).is_ok().then_some((time, ed25519))
}

/// A witness's signing key. Its seed is never shown, and is wiped from memory when dropped.
#[derive(Clone)]
pub struct Cosigner(Signer);

impl Cosigner {
    /// Takes the 32-byte seed of RFC 8032, section 5.1.5, and the witness's name.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Signer::with_kind(name, KeyKind::Cosignature, seed).map(Self)
    }

    /// The key that checks what this one signs.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        self.0.verifier()
    }

    /// Cosigns a checkpoint's text at a time in seconds since 1970; `None` for a time above
    /// 2^63 - 1. That the checkpoint extends every one cosigned before is the caller's to check.
    #[must_use]
    pub fn cosign(&self, text: &str, time: u64) -> Option<Signature> {
        i64::try_from(time).ok()?;
        let mut bytes = time.to_be_bytes().to_vec();
        bytes.extend(self.0.key.sign(message(time, text).as_bytes()).to_bytes());
        Some(Signature::by(self.verifier(), bytes))
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.verifier();
        write!(f, "Cosigner({}+{:08x}, seed not shown)", key.name(), key.id())
    }
}
