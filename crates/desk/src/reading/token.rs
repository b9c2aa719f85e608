//! Words, numbers and marks of a run, with their bytes.

use ovn_edition::fold;
use unicode_segmentation::UnicodeSegmentation;

/// A word, a number or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte in its run.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
    /// Its form for comparing: lower case, Urdu letters for Arabic ones, digits as ASCII, `'` for every apostrophe.
    pub low: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, perhaps with digits and apostrophes.
    Word,
    /// It begins with a digit.
    Number,
    /// Anything else that is not white space.
    Mark,
}

impl Token {
    /// Whether it is a word or a number.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind != Kind::Mark
    }

    /// Whether it is a hyphen, not a dash.
    #[must_use]
    pub fn is_hyphen(&self) -> bool {
        matches!(self.low.as_str(), "-" | "\u{2010}" | "\u{2011}")
    }

    /// The word without an English possessive `'s` or `'`.
    #[must_use]
    pub fn base(&self) -> &str {
        self.low.strip_suffix("'s").or_else(|| self.low.strip_suffix('\'')).unwrap_or(&self.low)
    }
}

/// The tokens of `text`, in order; white space is none.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    for (from, piece) in text.split_word_bound_indices() {
        if piece.trim().is_empty() {
            continue;
        }
        let first = piece.chars().next().unwrap_or(' ');
        let kind = if piece.chars().any(char::is_alphanumeric) {
            if first.is_numeric() { Kind::Number } else { Kind::Word }
        } else {
            Kind::Mark
        };
        let low = if kind == Kind::Mark { piece.to_owned() } else { low(piece) };
        let capital = first.is_uppercase();
        out.push(Token { from, to: from + piece.len(), low, kind, capital });
    }
    out
}

/// The form of a word for comparing.
fn low(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if word.chars().any(|letter| matches!(letter, '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{feff}'))
    {
        return fold::spelling(word).concat();
    }
    word.to_lowercase().replace(['\u{2019}', '\u{2018}', '\u{02bc}'], "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks() {
        let check = |text: &str, expected: &[(&str, Kind)]| {
            let found = tokens(text);
            let found: Vec<(&str, Kind)> =
                found.iter().map(|token| (token.low.as_str(), token.kind)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "Dar’s 19.5 percent, “so”",
            &[
                ("dar's", Kind::Word),
                ("19.5", Kind::Number),
                ("percent", Kind::Word),
                (",", Kind::Mark),
                ("“", Kind::Mark),
                ("so", Kind::Word),
                ("”", Kind::Mark),
            ],
        );
        check("كہا۔", &[("کہا", Kind::Word), ("۔", Kind::Mark)]);
        check(" \n", &[]);
        assert_eq!(tokens("Dar’s")[0].base(), "dar");
    }
}
