//! Lowercase hexadecimal, the only form in which the record's documents write bytes.

/// `bytes` in lowercase hexadecimal, two digits a byte.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    out
}

/// The `N` bytes that `text` writes; `None` unless it is exactly `2 * N` lowercase hexadecimal digits.
#[must_use]
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let mut out = [0; N];
    for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = nibble(*high)? << 4 | nibble(*low)?;
    }
    Some(out)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_spelling_is_read() {
        let check =
            |text: &str, expected: Option<[u8; 2]>| assert_eq!(decode(text), expected, "{text}");
        check("00ff", Some([0, 255]));
        check("a1b2", Some([0xa1, 0xb2]));
        check("00FF", None);
        check("0ff", None);
        check("0x1f", None);
        check("00ff0", None);
        check("é0", None);
        assert_eq!(encode(&[0, 255, 0xa1]), "00ffa1");
    }
}
