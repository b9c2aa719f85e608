//! Strict text forms of bytes and numbers: one spelling for each value and no other.
//!
//! Base64 is the standard alphabet of RFC 4648, section 4, with its padding and with zero trailing
//! bits; hexadecimal is lowercase; decimals have no sign and no leading zero. A laxer decoder would
//! give one value several spellings, and so let a signed file change without any check noticing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Why a text is not the one spelling of a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// The text is not canonical standard base64 (RFC 4648, section 4).
    #[error("this is not canonical base64: encode it again with padding and no line breaks")]
    Base64,
    /// The text is not lowercase hexadecimal with an even number of digits.
    #[error("this is not lowercase hexadecimal: write two of 0-9a-f for each byte")]
    Hex,
    /// The bytes are well encoded and too few or too many.
    #[error("{expected} bytes are needed and {found} are given")]
    Length {
        /// How many bytes the value has.
        expected: usize,
        /// How many bytes the text holds.
        found: usize,
    },
}

/// Encodes bytes as standard base64 with padding.
#[must_use]
pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Decodes standard base64.
///
/// # Errors
/// [`EncodingError::Base64`] for a character outside the alphabet, missing or superfluous padding,
/// or stray bits in the last character.
pub fn from_base64(text: &str) -> Result<Vec<u8>, EncodingError> {
    STANDARD.decode(text).map_err(|_| EncodingError::Base64)
}

/// Encodes bytes as lowercase hexadecimal.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Decodes lowercase hexadecimal.
///
/// # Errors
/// [`EncodingError::Hex`] for any other character (capitals too) or an odd number of digits.
pub fn from_hex(text: &str) -> Result<Vec<u8>, EncodingError> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(EncodingError::Hex),
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return Err(EncodingError::Hex);
    }
    pairs.iter().map(|[high, low]| Ok(nibble(*high)? << 4 | nibble(*low)?)).collect()
}

/// Reads an unsigned decimal as the C2SP formats write it; `None` for an empty text, a sign, a
/// leading zero, any other character, or a number that does not fit.
#[must_use]
pub fn from_decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let padded = text.len() > 1 && text.starts_with('0');
    if !digits || padded { None } else { text.parse().ok() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_one_spelling() {
        let check = |text: &str, expected: Option<&[u8]>| {
            assert_eq!(from_base64(text).ok().as_deref(), expected, "{text:?}");
        };
        check("", Some(b""));
        check("Zg==", Some(b"f"));
        check("Zm8=", Some(b"fo"));
        check("Zm9v", Some(b"foo"));
        check("+/+/", Some(&[0xfb, 0xff, 0xbf]));
        check("Zg", None);
        check("Zg=", None);
        check("Zh==", None);
        check("Zm9=", None);
        check("Zm9v====", None);
        check("Zm9v\n", None);
        check(" Zm9v", None);
        check("-_-_", None);
        check("Z===", None);
        check("Zg==Zg==", None);
    }

    #[test]
    fn hexadecimal_is_lowercase() {
        let check = |text: &str, expected: Option<&[u8]>| {
            assert_eq!(from_hex(text).ok().as_deref(), expected, "{text:?}");
        };
        check("", Some(b""));
        check("00ff7a", Some(&[0, 255, 0x7a]));
        check("0", None);
        check("FF", None);
        check("0x", None);
        check("é", None);
        assert_eq!(to_hex(&[0, 255, 0x7a]), "00ff7a");
    }

    #[test]
    fn decimals_have_no_leading_zero() {
        let check = |text: &str, expected: Option<u64>| assert_eq!(from_decimal(text), expected);
        check("0", Some(0));
        check("10", Some(10));
        check("18446744073709551615", Some(u64::MAX));
        check("18446744073709551616", None);
        check("", None);
        check("00", None);
        check("01", None);
        check("+1", None);
        check("-1", None);
        check("1 ", None);
        check("١", None);
    }
}
