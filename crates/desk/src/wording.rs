//! Loaded words in a text: where they stand, whose words they are, and what could stand instead.

mod context;

pub(crate) use context::{attributions, is_opinion, is_reported};

use crate::{
    lists::{Entry, Hit, List},
    reading::{Reading, Token},
};
use std::{ops::Range, sync::LazyLock};

static LOADED: LazyLock<Wording> =
    LazyLock::new(|| Wording::parse(include_str!("../lists/en/loaded.txt")));

/// A list of loaded words with the words that may not stand beside them.
///
/// A line is a phrase; after a tab, what could stand instead; after a second tab (then the
/// first may not be empty), `after …` or `before …` with the words
/// behind or before which the phrase is no hit ("jobless claims", "blast walls").
#[derive(Debug, Clone, Default)]
pub struct Wording {
    list: List,
}

/// One loaded word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Which run.
    pub run: usize,
    /// Its tokens among the run's.
    pub tokens: Range<usize>,
    /// Its bytes in the run.
    pub bytes: Range<usize>,
    /// The phrase of the list.
    pub phrase: String,
    /// What could stand instead; may be empty.
    pub instead: String,
    /// Whose words they are.
    pub whose: Whose,
}

/// Whose words a passage is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The article's: outside every quotation and everything that somebody is credited with.
    Own,
    /// A speaker's.
    Spoken,
}

impl Wording {
    /// The list in `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self { list: List::parse(text) }
    }

    /// The desk's own list for English.
    #[must_use]
    pub fn english() -> &'static Self {
        &LOADED
    }

    /// How many phrases it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The loaded words of a text in reading order; names and what stands in names are left out.
    #[must_use]
    pub fn of(&self, reading: &Reading<'_>) -> Vec<Word> {
        let mut out = Vec::new();
        for at in 0..reading.sentences.len() {
            let Some(sentence) = reading.sentences.get(at) else { continue };
            let tokens = reading.runs.get(sentence.run).map(|run| run.tokens.as_slice());
            let tokens = tokens.unwrap_or_default();
            let hits = self.list.hits(tokens, sentence.tokens.clone());
            let hits: Vec<Hit<'_>> =
                hits.into_iter().filter(|hit| fits(tokens, &sentence.tokens, hit)).collect();
            for hit in hits {
                let bytes = reading.bytes(sentence.run, hit.tokens.clone());
                let own = reading.is_own(sentence.run, &bytes);
                let whose = if own { Whose::Own } else { Whose::Spoken };
                let phrase = hit.entry.words.join(" ");
                let instead = instead(hit.entry).to_owned();
                let (run, tokens) = (sentence.run, hit.tokens);
                out.push(Word { run, tokens, bytes, phrase, instead, whose });
            }
        }
        out
    }
}

/// What could stand instead of the words of an entry.
fn instead(entry: &Entry) -> &str {
    entry.with.split('\t').next().unwrap_or_default()
}

/// Whether a phrase found is the word meant: not in a name, not after "anti-", not beside a word that bars it.
fn fits(tokens: &[Token], sentence: &Range<usize>, hit: &Hit<'_>) -> bool {
    if context::is_name(tokens, sentence, &hit.tokens) {
        return false;
    }
    let before = |back: usize| hit.tokens.start.checked_sub(back).and_then(|at| tokens.get(at));
    let hyphen = before(1).is_some_and(Token::is_hyphen);
    let prefix = before(if hyphen { 2 } else { 1 });
    if prefix.is_some_and(|word| matches!(word.low.as_str(), "anti" | "pro" | "non")) {
        return false;
    }
    let bars = hit.entry.with.split_once('\t').map_or("", |(_, bars)| bars);
    let (side, words) = bars.split_once(' ').unwrap_or_default();
    let beside = match side {
        "after" => before(1),
        "before" => tokens.get(hit.tokens.end),
        _ => None,
    };
    !beside.is_some_and(|beside| words.split(' ').any(|word| word == beside.low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ovn_edition::model::Article;

    #[test]
    fn words_and_whose_they_are() {
        let list =
            "bizarre\todd\nclaims\tsays\tafter jobless\nblast\tcriticise\tbefore wall\nfar right";
        let check = |text: &str, expected: &[(&str, Whose)]| {
            let article =
                Article { lang: "en".to_owned(), headline: text.to_owned(), ..Article::default() };
            let reading = Reading::of(&article);
            let found = Wording::parse(list).of(&reading);
            let found: Vec<(&str, Whose)> =
                found.iter().map(|word| (word.phrase.as_str(), word.whose)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("The council took a bizarre vote.", &[("bizarre", Whose::Own)]);
        check("The vote was “bizarre”.", &[("bizarre", Whose::Spoken)]);
        check("In a bizarre vote, the mayor said, all lost.", &[("bizarre", Whose::Spoken)]);
        check("The bizarre vote came after the mayor said no.", &[("bizarre", Whose::Own)]);
        check("Jobless claims rose; he claims the lead.", &[("claims", Whose::Own)]);
        check("The blast wall held.", &[]);
        check("They marched behind the band Bizarre Noise.", &[]);
        check("Council Takes Bizarre Vote On Harbour", &[("bizarre", Whose::Own)]);
        check("The anti-far-right march passed.", &[]);
        check("The far-right march passed.", &[("far right", Whose::Own)]);
    }

    #[test]
    fn every_entry_of_the_list_can_be_found() {
        assert!(Wording::english().len() > 500);
        let text = include_str!("../lists/en/loaded.txt");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(columns.len() <= 3 && columns.iter().all(|one| !one.is_empty()), "{line}");
            let bars = columns.get(2).unwrap_or(&"after x");
            assert!(bars.starts_with("after ") || bars.starts_with("before "), "{line}");
        }
    }
}
