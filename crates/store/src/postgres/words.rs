//! What is counted for search: the words of each column, as FTS5 splits them, and how often each stands there.

use crate::Search;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The largest count that a position can say.
const MOST: u32 = 4095;
/// Bytes of a word; the engine takes no longer one.
const LONGEST: usize = 500;
/// Bytes of all words and counts of an article; the engine takes 1 MB.
const ROOM: usize = 700_000;

/// An article's words, each with its counts, and how many there are in all.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// In the engine's own writing: `'word':5,9`.
    pub(crate) words: String,
    pub(crate) length: i64,
}

/// Words of letters and digits. A number with a point inside is also a word by itself, so that asking for it finds it.
fn split(text: &str, mut word: impl FnMut(String, bool)) {
    for piece in text.split_whitespace() {
        let inside = |letter: char| letter.is_alphanumeric() || letter == '.';
        for part in piece.split(|letter| !inside(letter)) {
            let part = part.trim_matches('.');
            let mut count = 0;
            for token in part.split('.').filter(|token| !token.is_empty()) {
                count += 1;
                word(cut(token), true);
            }
            if count > 1 {
                word(cut(part), false);
            }
        }
    }
}

fn cut(word: &str) -> String {
    let mut lower = word.to_lowercase();
    if lower.len() > LONGEST {
        let end = lower.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last();
        lower.truncate(end.unwrap_or(0));
    }
    lower
}

/// Counts an article's words.
pub(crate) fn count(search: &Search) -> Counted {
    let mut words: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    let mut length = 0;
    for (column, text) in [&search.headline, &search.standfirst, &search.body].iter().enumerate() {
        split(text, |word, whole| {
            length += i64::from(whole);
            if let Some(count) = words.entry(word).or_default().get_mut(column) {
                *count += 1;
            }
        });
    }
    let mut written = String::new();
    for (word, counts) in words {
        let mut before = ':';
        let _ = write!(written, "'{word}'");
        for (count, column) in counts.into_iter().zip(1..).filter(|(count, _)| *count > 0) {
            let _ = write!(written, "{before}{}", count.min(MOST) * 4 + column);
            before = ',';
        }
        written.push(' ');
        if written.len() > ROOM {
            break;
        }
    }
    Counted { words: written, length }
}

/// The words that a query asks for. Of a number with a point inside, the number alone.
pub(crate) fn asked(words: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for word in words {
        let mut tokens = Vec::new();
        split(word, |token, whole| tokens.push((token, whole)));
        let point = tokens.iter().any(|(_, whole)| !whole);
        all.extend(tokens.into_iter().filter(|(_, whole)| *whole != point).map(|(word, _)| word));
    }
    all
}

/// The condition that all of `words` are there, in the engine's own writing.
pub(crate) fn condition(words: &[String]) -> String {
    words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_each_column() {
        let search = Search {
            headline: "port".into(),
            standfirst: "the port".into(),
            body: "a port.\nport of 3.5 m".into(),
            text: String::new(),
        };
        let counted = count(&search);
        let expected = "'3':7 '3.5':7 '5':7 'a':7 'm':7 'of':7 'port':5,6,11 'the':6 ";
        assert_eq!(counted, Counted { words: expected.into(), length: 10 });
    }

    #[test]
    fn what_is_asked_is_split_alike() {
        let check = |word: &str, expected: &[&str]| assert_eq!(asked(&[word.into()]), expected);
        check("Port", &["port"]);
        check("3.5", &["3.5"]);
        check("NEAR(a", &["near", "a"]);
        check("headline:x", &["headline", "x"]);
        check("\"", &[]);
        check("'; --", &[]);
        check("وزیر", &["وزیر"]);
        check(&"x".repeat(900), &[&"x".repeat(500)]);
        assert_eq!(condition(&["a".into(), "3.5".into()]), "'a' & '3.5'");
    }
}
