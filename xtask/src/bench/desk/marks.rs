//! Sentences in which experts marked the words that bias them (BABE), read by the desk.

use std::path::Path;

use super::data;
use ovn_desk::{
    reading::{Reading, Token, tokens},
    wording::{Whose, Wording},
};
use ovn_edition::model::Article;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    outlet: String,
    side: String,
    biased: bool,
    #[serde(default)]
    biased_words: String,
}

/// A sentence with its marks and with what a list finds in it.
#[derive(Debug)]
pub(super) struct Marked {
    /// The words.
    pub(super) text: String,
    /// Who published it.
    pub(super) outlet: String,
    /// Where the data set puts the outlet; may be empty.
    pub(super) side: String,
    /// Whether most experts called the sentence biased.
    pub(super) biased: bool,
    /// How many words it has.
    pub(super) words: usize,
    /// The marked words in the article's own voice.
    pub(super) marks: Vec<Mark>,
    /// The phrases of the list, in whoever's voice.
    pub(super) hits: Vec<Hit>,
}

/// One marked word: each place where it stands, as tokens.
#[derive(Debug)]
pub(super) struct Mark {
    places: Vec<std::ops::Range<usize>>,
}

/// One phrase found.
#[derive(Debug)]
pub(super) struct Hit {
    /// The phrase.
    pub(super) phrase: String,
    tokens: std::ops::Range<usize>,
    /// Whether the desk would point at it: it stands in the article's own voice.
    pub(super) own: bool,
    /// Whether a marked word is among its tokens.
    pub(super) right: bool,
}

impl Mark {
    /// Whether one of these hits points at it.
    pub(super) fn is_found<'a>(&self, hits: impl Iterator<Item = &'a Hit>) -> bool {
        let mut hits = hits;
        hits.any(|hit| {
            self.places.iter().any(|at| at.start < hit.tokens.end && hit.tokens.start < at.end)
        })
    }
}

/// Every sentence, with what `list` finds in the article's own voice.
pub(super) fn sentences(folder: &Path, list: &Wording) -> Result<Vec<Marked>, String> {
    let rows: Vec<Row> = data::rows(folder, "babe/dev.jsonl")?;
    Ok(rows.into_iter().map(|row| marked(row, list)).collect())
}

fn marked(row: Row, list: &Wording) -> Marked {
    let body = vec![data::paragraph(&row.text)];
    let article = Article { lang: "en".to_owned(), body, ..Article::default() };
    let reading = Reading::of(&article);
    // The first run is the empty headline.
    let all = reading.runs.get(1).map(|run| run.tokens.as_slice()).unwrap_or_default();
    let mut marks = Vec::new();
    let mut is_marked = vec![false; all.len()];
    for word in listed(&row.biased_words) {
        let places = places(all, &word);
        for at in places.iter().cloned().flatten() {
            if let Some(flag) = is_marked.get_mut(at) {
                *flag = true;
            }
        }
        if places.iter().any(|at| reading.is_own(1, &reading.bytes(1, at.clone()))) {
            marks.push(Mark { places });
        }
    }
    let found = list.of(&reading);
    let hits = found.into_iter().filter(|word| word.run == 1).map(|word| {
        let right = is_marked.get(word.tokens.clone()).is_some_and(|all| all.contains(&true));
        let own = word.whose == Whose::Own;
        Hit { phrase: word.phrase, tokens: word.tokens, right, own }
    });
    let hits = hits.collect();
    let words = all.iter().filter(|token| token.is_word()).count();
    let Row { text, outlet, side, biased, .. } = row;
    Marked { text, outlet, side, biased, words, marks, hits }
}

/// The places of `word` among `all`.
fn places(all: &[Token], word: &str) -> Vec<std::ops::Range<usize>> {
    let wanted = tokens(word);
    if !wanted.iter().any(Token::is_word) {
        return Vec::new();
    }
    let same = |at: usize| {
        all.get(at..at + wanted.len()).is_some_and(|here| {
            here.iter().zip(&wanted).all(|(a, b)| a.low == b.low || a.base() == b.low)
        })
    };
    (0..all.len()).filter(|at| same(*at)).map(|at| at..at + wanted.len()).collect()
}

/// The words of a list as Python prints one: `['a', "b's"]`.
fn listed(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut open: Option<(char, String)> = None;
    for letter in text.chars() {
        open = match open {
            None if matches!(letter, '\'' | '"') => Some((letter, String::new())),
            None => None,
            Some((quote, word)) if letter == quote => {
                out.push(word);
                None
            }
            Some((quote, mut word)) => {
                word.push(letter);
                Some((quote, word))
            }
        };
    }
    out
}

/// The outlets of these sentences, sorted.
pub(super) fn outlets(all: &[Marked]) -> Vec<String> {
    let mut names: Vec<String> = all.iter().map(|one| one.outlet.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_places() {
        assert_eq!(listed("['odd', \"mayor's\", 'far-off']"), ["odd", "mayor's", "far-off"]);
        assert!(listed("[]").is_empty());
        let all = tokens("An odd, far-off plan: odd.");
        assert_eq!(places(&all, "odd"), [1..2, 8..9]);
        assert_eq!(places(&all, "far-off").first(), Some(&(3..6)));
        assert!(places(&all, "").is_empty());
    }

    #[test]
    fn a_hit_is_right_where_a_mark_stands() {
        let row = Row {
            text: "A bizarre vote in a shameless hall.".to_owned(),
            outlet: String::new(),
            side: String::new(),
            biased: true,
            biased_words: "['bizarre', 'hall']".to_owned(),
        };
        let one = marked(row, &Wording::parse("bizarre\nshameless"));
        let right: Vec<bool> = one.hits.iter().map(|hit| hit.right).collect();
        assert_eq!(right, [true, false]);
        let found: Vec<bool> =
            one.marks.iter().map(|mark| mark.is_found(one.hits.iter())).collect();
        assert_eq!(found, [true, false]);
    }
}
