//! Lists of words and phrases: files of our own, a phrase a line, and the search for them in a text.
//!
//! A line is `phrase`, or `phrase` and what belongs to it after a tab. `#` begins a comment line. Phrases are compared
//! as [`crate::reading::Token::low`] spells them, so case, hyphens and the two Arabic alphabets make no difference.
//! After a second tab a line may say which versions of the reading know it, as "-1", "2-" or "2-3": see [`Aged`].

use crate::reading::{Token, VERSION, tokens};
use std::{
    collections::BTreeMap,
    ops::{Range, RangeInclusive},
    sync::OnceLock,
};

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
        Self::known(text, VERSION)
    }

    /// The list in `text` as version `version` of the reading knew it.
    #[must_use]
    pub fn known(text: &str, version: u32) -> Self {
        let lines = lines(text, version).filter(|line| !line.trim().is_empty());
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

/// The lines of `text` that version `version` of the reading knows, without comments and without what says so.
pub fn lines(text: &str, version: u32) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        match line.rsplit_once('\t').and_then(|(rest, last)| Some((rest, versions(last)?))) {
            Some((rest, known)) => known.contains(&version).then_some(rest),
            None => Some(line),
        }
    })
}

/// The versions that "-1", "2-" or "2-3" names; `None` of anything else, as a list may have further fields of its own.
fn versions(field: &str) -> Option<RangeInclusive<u32>> {
    let (from, to) =
        field.split_once('-').filter(|(from, to)| !(from.is_empty() && to.is_empty()))?;
    let number = |text: &str, open: u32| if text.is_empty() { Ok(open) } else { text.parse() };
    Some(number(from, 0).ok()?..=number(to, u32::MAX).ok()?)
}

/// Something read from a list's text, as each version of the reading reads it: a report sealed by an older version is made
/// again with the words of its time.
pub struct Aged<T> {
    text: &'static str,
    read: fn(&'static str, u32) -> T,
    made: [OnceLock<T>; VERSION as usize],
}

impl<T> Aged<T> {
    /// What `read` makes of `text`, when it is asked for.
    pub const fn new(text: &'static str, read: fn(&'static str, u32) -> T) -> Self {
        Self { text, read, made: [const { OnceLock::new() }; VERSION as usize] }
    }

    /// As version `version` knows it; as the newest does when there is no such version.
    pub fn at(&self, version: u32) -> Option<&T> {
        let number = version.clamp(1, VERSION);
        let made = self.made.get(usize::try_from(number - 1).ok()?)?;
        Some(made.get_or_init(|| (self.read)(self.text, number)))
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

    #[test]
    fn each_version_has_its_lines() {
        let check = |version: u32, expected: &[&str]| {
            let text = "# comment\nalways\nmore\tx\tfar-off\nold\t\t-1\nold too\tx\t-1\nnew\ty z\t2-\nonce\t\t2-2";
            assert_eq!(lines(text, version).collect::<Vec<_>>(), expected, "{version}");
        };
        check(1, &["always", "more\tx\tfar-off", "old\t", "old too\tx"]);
        check(2, &["always", "more\tx\tfar-off", "new\ty z", "once\t"]);
        check(3, &["always", "more\tx\tfar-off", "new\ty z"]);
    }
}
