//! What can be wrong with a verifier key.

use crate::encoding::EncodingError;

/// Why a text is not a verifier key that this crate trusts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not `name+id+key`.
    #[error("a verifier key is written name+id+key, with a plus between the parts")]
    Form,
    /// The name is empty or has a space, a plus or a control character.
    #[error("{0:?} cannot name a key: a name is not empty and has no space, plus or control")]
    Name(String),
    /// The id is not eight lowercase hexadecimal digits.
    #[error("a key id is eight lowercase hexadecimal digits")]
    Id,
    /// The key part is not canonical base64, or has not 33 bytes.
    #[error("the key's last part is wrong: {0}")]
    Encoding(#[from] EncodingError),
    /// A kind of key that this crate does not check.
    #[error("keys of type 0x{0:02x} are not checked here; 0x01 and 0x04 are")]
    Kind(u8),
    /// The id does not follow from the name and the key.
    #[error("the key id is {stated:08x} and the name and key give {computed:08x}")]
    IdMismatch {
        /// As the text says.
        stated: u32,
        /// As signed-note computes it.
        computed: u32,
    },
    /// The 32 bytes are no point of the curve, or not in the one canonical form.
    #[error("these 32 bytes are not the canonical form of an Ed25519 key")]
    NotCanonical,
    /// A point for which Ed25519 libraries disagree whether a signature holds.
    #[error("this Ed25519 key has a component of small order, on which verifiers disagree")]
    SmallOrder,
}
