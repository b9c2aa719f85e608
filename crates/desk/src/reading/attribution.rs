//! Who says what: the words that name a speaker, the words that say that they speak, and what is said.

mod english;
pub(super) use english::is_function_word;
mod urdu;

use super::{Lang, Reading};
use std::ops::Range;

/// One attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Which run holds the cue.
    pub run: usize,
    /// Number of the sentence that holds the cue.
    pub sentence: usize,
    /// How it is built.
    pub form: Form,
    /// Bytes of the words that name the speaker, in the same run; `None` when the text names none ("it is said").
    pub source: Option<Range<usize>>,
    /// Bytes of the words that say that somebody speaks.
    pub cue: Range<usize>,
    /// What is said: runs and bytes, in reading order.
    pub content: Vec<(usize, Range<usize>)>,
    /// Who speaks, as a place in [`Reading::voices`]; `None` when that could not be decided.
    pub voice: Option<usize>,
}

/// How an attribution is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A quotation and its speaker.
    Direct,
    /// A clause that a verb of speaking governs.
    Indirect,
    /// "According to …", "… کے مطابق".
    According,
    /// A thought, a will or a stand that is reported without words: "opposes the plan", "hopes to win".
    Stance,
    /// "Minister: …" in a headline.
    Colon,
}

/// The attributions of a text, their voices not yet decided.
pub(super) fn of(reading: &Reading<'_>) -> Vec<Attribution> {
    match reading.lang {
        Lang::English => english::of(reading),
        Lang::Urdu => urdu::of(reading),
        Lang::Other => Vec::new(),
    }
}
