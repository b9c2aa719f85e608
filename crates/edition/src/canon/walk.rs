//! Canonical JSON checked where it stands, without building its values.
//!
//! What this takes, [`super::read`] takes, and the bytes of each value are those that [`super::write`] would give; a
//! property test holds it to that. What this refuses has to be asked of [`super::read`], which says why.

use super::{MAX_DEPTH, MAX_INTEGER};

/// A place in bytes that are being checked. Every method gives `None` where the next bytes are not what it takes.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    /// At the first of `bytes`; `None` unless they are UTF-8.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        std::str::from_utf8(bytes).ok().map(|text| Self { text, at: 0 })
    }

    /// Whether every byte was taken.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.at == self.text.len()
    }

    /// Takes exactly this text.
    pub fn literal(&mut self, text: &str) -> Option<()> {
        self.text.get(self.at..)?.starts_with(text).then(|| self.at += text.len())
    }

    /// Takes a value that stands `depth` levels deep, and gives its text.
    pub fn value(&mut self, depth: usize) -> Option<&'a str> {
        let start = self.at;
        self.skip(depth)?;
        self.text.get(start..self.at)
    }

    /// Takes a string, and gives what stands between its quotation marks, escapes as they are.
    pub fn string(&mut self) -> Option<&'a str> {
        self.literal("\"")?;
        let start = self.at;
        loop {
            match self.next()? {
                b'"' => return self.text.get(start..self.at - 1),
                b'\\' => self.escape()?,
                0..0x20 => return None,
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What follows a backslash, in the one spelling that each character has.
    fn escape(&mut self) -> Option<()> {
        match self.next()? {
            b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                self.literal("00")?;
                let (high, low) = (self.next()?, self.next()?);
                let short = high == b'0' && matches!(low, b'8' | b'9' | b'a' | b'c' | b'd');
                let digits =
                    matches!(high, b'0' | b'1') && matches!(low, b'0'..=b'9' | b'a'..=b'f');
                (digits && !short).then_some(())
            }
            _ => None,
        }
    }

    fn skip(&mut self, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            b'"' => self.string().map(|_| ()),
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'[' => self.array(depth),
            b'{' => self.object(depth),
            _ => self.number(),
        }
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        self.literal("[")?;
        if self.literal("]").is_some() {
            return Some(());
        }
        loop {
            self.skip(depth + 1)?;
            match self.next()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<()> {
        self.literal("{")?;
        if self.literal("}").is_some() {
            return Some(());
        }
        let mut before: Option<&str> = None;
        loop {
            let key = self.string()?;
            // Keys with escapes would have to be compared as what they stand for; none of ours has any.
            if !key.is_ascii() || key.contains('\\') || before.is_some_and(|before| before >= key) {
                return None;
            }
            before = Some(key);
            self.literal(":")?;
            self.skip(depth + 1)?;
            match self.next()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Option<()> {
        let start = self.at;
        let negative = self.literal("-").is_some();
        let first = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = self.text.get(first..self.at)?;
        let plain = digits == "0" && !negative || !digits.starts_with('0');
        let whole: i64 = self.text.get(start..self.at)?.parse().ok()?;
        (plain && whole.abs() <= MAX_INTEGER).then_some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::canon;
    use proptest::prelude::*;

    fn takes(bytes: &[u8]) -> bool {
        Walk::new(bytes).is_some_and(|mut walk| walk.value(0).is_some() && walk.is_done())
    }

    #[test]
    fn it_takes_the_one_spelling() {
        let check = |text: &str, good: bool| {
            assert_eq!(takes(text.as_bytes()), good, "{text}");
            assert_eq!(canon::read(text.as_bytes()).is_ok(), good, "{text}");
        };
        for good in [
            r#"{"a":1,"b":["x",true]}"#,
            r#"{"a":9007199254740991,"b":-9007199254740991}"#,
            r#"["\"\\\b\f\n\r\t\u0000\u001f\u000b",0,-1,{},[],"é‌ک",false]"#,
        ] {
            check(good, true);
        }
        for wrong in [
            "",
            "n",
            "null",
            "[1,]",
            "[,1]",
            "{,}",
            r#"{"b":1,"a":2}"#,
            r#"{"a":1,"a":1}"#,
            "[1 ]",
            "1.0",
            "1e3",
            "-0",
            "01",
            "-",
            "+1",
            "9007199254740992",
            "99999999999999999999",
            r#""\u0041""#,
            r#""\/""#,
            r#""\u001F""#,
            r#""\u0008""#,
            r#""\u0009""#,
            r#""\u0020""#,
            "\"\n\"",
            "\"a",
            "[1",
            r#"{"é":1}"#,
            r#"{"a"}"#,
            "true1",
            "tru",
            "1\n",
        ] {
            check(wrong, false);
        }
        for depth in [99, 100, 101, 102, 103] {
            let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            check(&nested, depth <= 101);
            let word = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
            check(&word, depth <= 100);
        }
        assert!(!takes(b"\"\xff\""));
    }

    proptest! {
        #[test]
        fn it_takes_nothing_that_reading_refuses(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            prop_assert!(!takes(&bytes) || canon::read(&bytes).is_ok());
        }

        #[test]
        fn nor_of_what_looks_like_json(text in r#"[\[\]{},:"\\a-fu0-9 -]{0,24}"#) {
            prop_assert!(!takes(text.as_bytes()) || canon::read(text.as_bytes()).is_ok(), "{}", text);
        }
    }
}
