//! A text read: runs, words, sentences, quotations, who says what, and what is left to the article's own voice.
//!
//! Quoted and attributed words belong to their speaker, never to the article; [`Reading::is_own`] is the question that
//! every rule about wording has to ask.

mod attribution;
pub mod credit;
pub mod numbers;
pub mod parties;
mod quotes;
mod runs;
mod token;
mod voices;

pub use attribution::{Attribution, Form};
pub use quotes::Quote;
pub use runs::{Part, Run, Sentence};
pub use token::{Token, tokens};
pub use voices::Voice;

use ovn_edition::{model::Article, report::Spot};
use std::ops::Range;

/// Version of the reading; raised whenever the same text could be read otherwise. Older ones are kept, so that a report
/// sealed by one is made again as it was: what came with a version asks for [`Reading::version`].
pub const VERSION: u32 = 2;

/// The languages that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    English,
    /// Urdu.
    Urdu,
    /// Another: no sentence is attributed and no rule is run.
    Other,
}

/// A text read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its language.
    pub lang: Lang,
    /// Which version of the reading this is, from 1 to [`VERSION`].
    pub version: u32,
    /// Headline, standfirst, then every run of text of the body, in reading order.
    pub runs: Vec<Run>,
    /// All sentences, in reading order.
    pub sentences: Vec<Sentence>,
    /// All quotations, in reading order; none inside another.
    pub quotes: Vec<Quote>,
    /// Who says what, in the order of the words that say so.
    pub attributions: Vec<Attribution>,
    /// Who speaks, in order of first speaking.
    pub voices: Vec<Voice>,
    /// Those with a stake: where they are named, accused, asked and heard.
    pub parties: parties::Parties,
    /// For each run: the bytes that somebody else speaks, sorted and apart.
    spoken: Vec<Vec<Range<usize>>>,
    /// For each quotation, the attribution it belongs to.
    owners: Vec<Option<usize>>,
}

impl<'a> Reading<'a> {
    /// Reads `article`.
    #[must_use]
    pub fn of(article: &'a Article) -> Self {
        Self::by(VERSION, article)
    }

    /// Reads `article` as version `version` did.
    #[must_use]
    pub fn by(version: u32, article: &'a Article) -> Self {
        let lang = match crate::rule::primary(&article.lang) {
            "en" => Lang::English,
            "ur" => Lang::Urdu,
            _ => Lang::Other,
        };
        let runs = runs::of(article);
        let sentences = runs::sentences(&runs);
        let quotes = quotes::of(&runs);
        let mut reading = Self {
            article,
            lang,
            version,
            runs,
            sentences,
            quotes,
            attributions: Vec::new(),
            voices: Vec::new(),
            parties: parties::Parties::default(),
            spoken: Vec::new(),
            owners: Vec::new(),
        };
        reading.attributions = attribution::of(&reading);
        reading.voices = voices::merge(&mut reading);
        reading.spoken = spoken(&reading);
        reading.owners = owners(&reading);
        reading.parties = parties::of(&reading);
        reading
    }

    /// The words at `range` of run `run`, as a place in the sealed document.
    #[must_use]
    pub fn spot(&self, run: usize, range: Range<usize>) -> Spot {
        let Some(run) = self.runs.get(run) else {
            return Spot { block: 0, run: 0, from: 0, to: 0, words: String::new() };
        };
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Spot {
            block: run.block,
            run: run.number,
            from: number(range.start),
            to: number(range.end),
            words: run.text.get(range).unwrap_or_default().to_owned(),
        }
    }

    /// The bytes of these tokens of run `run`.
    #[must_use]
    pub fn bytes(&self, run: usize, tokens: Range<usize>) -> Range<usize> {
        let all = self.runs.get(run).map(|run| run.tokens.as_slice()).unwrap_or_default();
        let from = all.get(tokens.start).map_or(0, |token| token.from);
        let to = tokens.end.checked_sub(1).and_then(|last| all.get(last)).map_or(from, |t| t.to);
        from..to.max(from)
    }

    /// Whether these bytes of run `run` are the article's own words: outside every quotation and every attributed clause.
    #[must_use]
    pub fn is_own(&self, run: usize, range: &Range<usize>) -> bool {
        let spans = self.spoken.get(run).map(Vec::as_slice).unwrap_or_default();
        let next = spans.partition_point(|span| span.end <= range.start);
        spans.get(next).is_none_or(|span| span.start >= range.end)
    }

    /// The attribution that quotation number `quote` belongs to: of several that cover it the one with the least content.
    #[must_use]
    pub fn attribution_of(&self, quote: usize) -> Option<usize> {
        self.owners.get(quote).copied().flatten()
    }

    /// The sentence that holds byte `at` of run `run`, by its number.
    #[must_use]
    pub fn sentence_at(&self, run: usize, at: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|one| (one.run, one.range.start) <= (run, at));
        let found = after.checked_sub(1)?;
        self.sentences.get(found).filter(|one| one.run == run && at < one.range.end)?;
        Some(found)
    }

    /// The words of sentence number `at`.
    #[must_use]
    pub fn sentence(&self, at: usize) -> &str {
        let Some(one) = self.sentences.get(at) else { return "" };
        self.runs.get(one.run).and_then(|run| run.text.get(one.range.clone())).unwrap_or_default()
    }

    /// The tokens of sentence number `at`, and the number of the first among its run's.
    #[must_use]
    pub fn tokens_of(&self, at: usize) -> (&[Token], usize) {
        let Some(one) = self.sentences.get(at) else { return (&[], 0) };
        let all = self.runs.get(one.run).map(|run| run.tokens.as_slice()).unwrap_or_default();
        (all.get(one.tokens.clone()).unwrap_or_default(), one.tokens.start)
    }
}

/// For each quotation, the attribution that covers it with the least content, a direct one first.
fn owners(reading: &Reading<'_>) -> Vec<Option<usize>> {
    let mut best: Vec<Option<(bool, usize, usize)>> = vec![None; reading.quotes.len()];
    for (at, one) in reading.attributions.iter().enumerate() {
        let size: usize = one.content.iter().map(|(_, range)| range.len()).sum();
        let key = (one.form != Form::Direct, size, at);
        for (run, range) in &one.content {
            let first = reading
                .quotes
                .partition_point(|quote| (quote.run, quote.inner.end) <= (*run, range.start));
            let inside = best.iter_mut().zip(&reading.quotes).skip(first);
            for (slot, quote) in inside {
                if quote.run != *run || quote.inner.start >= range.end {
                    break;
                }
                *slot = Some(slot.map_or(key, |known| known.min(key)));
            }
        }
    }
    best.into_iter().map(|slot| slot.map(|(_, _, at)| at)).collect()
}

/// For each run, what quotations and attributed clauses cover.
fn spoken(reading: &Reading<'_>) -> Vec<Vec<Range<usize>>> {
    let mut spans: Vec<Vec<Range<usize>>> = vec![Vec::new(); reading.runs.len()];
    let quoted = reading.quotes.iter().map(|quote| (quote.run, quote.outer.clone()));
    let said = reading.attributions.iter().flat_map(|one| one.content.iter().cloned());
    for (run, range) in quoted.chain(said) {
        if let Some(of_run) = spans.get_mut(run) {
            of_run.push(range);
        }
    }
    spans.into_iter().map(joined).collect()
}

/// The same bytes as sorted ranges that neither touch nor overlap.
fn joined(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
