//! What can be wrong with a signed note.

use crate::encoding::EncodingError;

/// Why bytes are not a signed note, or why the note is not trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Above [`MAX_BYTES`](crate::note::MAX_BYTES).
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
    /// Above [`MAX_SIGNATURES`](crate::note::MAX_SIGNATURES).
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
