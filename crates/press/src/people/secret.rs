//! Tokens and codes: random, shown once, kept as their SHA-256.

use super::{Error, People};
use ovn_edition::commit::sha256;
use ovn_edition::hex;
use ovn_store::cabinet::Hash;

/// A token of 256 random bits, for a link or a cookie. It is not shown by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token")
    }
}

impl Token {
    /// Reads what [`Token::text`] wrote; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }

    /// 64 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> String {
        hex::encode(&self.0)
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        sha256(&self.0)
    }

    /// Another token that follows from this one and from the purpose, and from which this one does not.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> Self {
        let mut bytes = format!("ovn {purpose}\n").into_bytes();
        bytes.extend_from_slice(&self.0);
        Self(sha256(&bytes))
    }

    /// Whether `text` is this token, in a time that tells nothing of where they differ.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        Self::read(text).is_some_and(|other| other.hash() == self.hash())
    }
}

/// Signs of a one-time code: no letter that is taken for another.
const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Codes that a person gets at a time.
pub(super) const CODES: usize = 8;

impl People {
    /// A new token.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub fn token(&self) -> Result<Token, Error> {
        Ok(Token(self.chance()?))
    }

    /// New one-time codes of 80 random bits each, as they are shown, with what is kept of them.
    pub(super) fn codes(&self) -> Result<(Vec<String>, Vec<Hash>), Error> {
        let mut both = (Vec::new(), Vec::new());
        for _ in 0..CODES {
            let bytes: [u8; 16] = self.chance()?;
            let code = code(&bytes);
            both.1.push(sha256(code.replace('-', "").as_bytes()));
            both.0.push(code);
        }
        Ok(both)
    }
}

/// Four groups of four signs, 5 bits each.
fn code(bytes: &[u8; 16]) -> String {
    let signs: Vec<char> = bytes
        .iter()
        .map(|byte| SIGNS.get(usize::from(byte & 31)).map_or('a', |sign| char::from(*sign)))
        .collect();
    signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What is kept of a code that was typed, if it could be one.
pub(super) fn typed(text: &str) -> Option<Hash> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(20).collect();
    let plain = plain.to_ascii_lowercase();
    let good = plain.len() == 16 && plain.bytes().all(|sign| SIGNS.contains(&sign));
    good.then(|| sha256(plain.as_bytes()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed() {
        let bytes: [u8; 16] = std::array::from_fn(|place| u8::try_from(place * 17).unwrap());
        let code = code(&bytes);
        assert_eq!(code.len(), 19);
        let kept = sha256(code.replace('-', "").as_bytes());
        let check =
            |text: &str, expected: bool| assert_eq!(typed(text) == Some(kept), expected, "{text}");
        check(&code, true);
        check(&code.to_uppercase(), true);
        check(&code.replace('-', " "), true);
        check(&format!(" {} ", code.replace('-', "")), true);
        check(&code[1..], false);
        check("", false);
        assert_eq!(typed("correct horse battery"), None);
    }

    #[test]
    fn a_token_is_read_strictly_and_not_shown() {
        let token = Token([7; 32]);
        assert_eq!(Token::read(&token.text()), Some(token.clone()));
        assert!(token.is(&token.text()) && !token.is(&token.derived("form").text()));
        assert_ne!(token.derived("form"), token.derived("link"));
        for wrong in
            ["", "07", "x", &token.text()[2..], &token.text().to_uppercase().replace('0', "G")]
        {
            assert_eq!(Token::read(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{token:?}"), "Token");
    }
}
