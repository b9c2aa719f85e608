//! Quotations: spans between quotation marks of any of the kinds that English and Urdu texts use.

use super::runs::{Part, Run};
use std::ops::Range;

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Which run.
    pub run: usize,
    /// Its bytes with the marks.
    pub outer: Range<usize>,
    /// Its bytes without them.
    pub inner: Range<usize>,
    /// Whether a closing mark ends it; one that is not closed ends with its run.
    pub closed: bool,
}

/// The quotations of all runs. A quotation that is set off from the text is one, marks or not.
pub(super) fn of(runs: &[Run]) -> Vec<Quote> {
    let mut out = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        if run.part == Part::Quotation {
            let all = 0..run.text.len();
            out.push(Quote { run: at, outer: all.clone(), inner: all, closed: true });
        } else {
            marked(at, &run.text, &mut out);
        }
    }
    out
}

/// The kinds of marks, as opening and closing.
const PAIRS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('”', '“')];

fn marked(run: usize, text: &str, out: &mut Vec<Quote>) {
    let mut open: Option<(usize, usize, char)> = None;
    for (at, letter) in text.char_indices() {
        match open {
            None => {
                let close = if letter == '"' {
                    Some('"')
                } else {
                    PAIRS.iter().find(|(mark, _)| *mark == letter).map(|(_, close)| *close)
                };
                open = close.map(|close| (at, at + letter.len_utf8(), close));
            }
            Some((from, inner, close)) if letter == close => {
                let outer = from..at + letter.len_utf8();
                out.push(Quote { run, outer, inner: inner..at, closed: true });
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some((from, inner, _)) = open {
        let end = text.len();
        out.push(Quote { run, outer: from..end, inner: inner..end, closed: false });
    }
}
