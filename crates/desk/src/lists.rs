//! Lists of words and phrases: files of our own, a phrase a line, and the search for them in a text.
//!
//! A line is `phrase`, or `phrase` and what belongs to it after a tab. `#` begins a comment line. Phrases are compared
//! as [`crate::reading::Token::low`] spells them, so case, hyphens and the two Arabic alphabets make no difference.

use crate::reading::{Token, tokens};
use std::{collections::BTreeMap, ops::Range};

/// A list made ready for searching.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// By first word: the phrases that begin with it, the longest first.
    by_first: BTreeMap<String, Vec<Entry>>,
    size: usize,
}

/// One phrase of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its words.
    pub words: Vec<String>,
    /// What stands after the tab; may be empty.
    pub with: String,
}

/// A phrase found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// Which tokens.
    pub tokens: Range<usize>,
    /// Which entry.
    pub entry: &'a Entry,
}

impl List {
    /// The list in `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        Self::of(lines.map(|line| line.split_once('\t').unwrap_or((line, ""))))
    }

    /// The list of these phrases with what belongs to each.
    pub fn of<'a>(phrases: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut list = Self::default();
        for (phrase, with) in phrases {
            let words = tokens(phrase).into_iter().filter(Token::is_word).map(|token| token.low);
            let words: Vec<String> = words.collect();
            let Some(first) = words.first().cloned() else { continue };
            list.size += 1;
            list.by_first
                .entry(first)
                .or_default()
                .push(Entry { words, with: with.trim().to_owned() });
        }
        for entries in list.by_first.values_mut() {
            entries.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.words.cmp(&b.words)));
        }
        list
    }

    /// How many phrases it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.size
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// The longest phrase that begins at token `at`. A hyphen may stand between its words, other marks may not.
    #[must_use]
    pub fn at<'a>(&'a self, tokens: &[Token], at: usize) -> Option<Hit<'a>> {
        let entries = self.by_first.get(&tokens.get(at)?.low)?;
        entries.iter().find_map(|entry| {
            let end = entry.words.iter().try_fold(at, |from, word| {
                let hyphen = from > at && tokens.get(from).is_some_and(Token::is_hyphen);
                let from = from + usize::from(hyphen);
                (tokens.get(from)?.low == *word).then_some(from + 1)
            })?;
            Some(Hit { tokens: at..end, entry })
        })
    }

    /// Every phrase among these tokens, from left to right, none inside another.
    #[must_use]
    pub fn hits<'a>(&'a self, tokens: &[Token], within: Range<usize>) -> Vec<Hit<'a>> {
        let mut out = Vec::new();
        let mut at = within.start;
        while at < within.end {
            match self.at(tokens, at).filter(|hit| hit.tokens.end <= within.end) {
                Some(hit) => {
                    at = hit.tokens.end;
                    out.push(hit);
                }
                None => at += 1,
            }
        }
        out
    }

    /// Whether the single word `low` is on the list.
    #[must_use]
    pub fn has(&self, low: &str) -> bool {
        self.entry(low).is_some()
    }

    /// The entry of the single word `low`.
    #[must_use]
    pub fn entry(&self, low: &str) -> Option<&Entry> {
        self.by_first.get(low)?.iter().find(|entry| entry.words.len() == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let list = List::parse("# comment\nsome say\tx\nsome\nfar-right\n\n");
        assert_eq!(list.len(), 3);
        let check = |text: &str, expected: &[&str]| {
            let tokens = tokens(text);
            let hits = list.hits(&tokens, 0..tokens.len());
            let words: Vec<String> = hits.iter().map(|hit| hit.entry.words.join(" ")).collect();
            assert_eq!(words, expected, "{text}");
        };
        check("Some say so", &["some say"]);
        check("some, say", &["some"]);
        check("the far-right and the far right", &["far right", "far right"]);
        check("", &[]);
    }
}
