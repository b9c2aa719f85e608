//! Counting: precision, recall and shares, with Wilson's interval.

use super::super::grid::{Grid, point, share, small};

/// Found against marked.
#[derive(Debug, Default)]
pub(super) struct Pair {
    hits: usize,
    found: usize,
    met: usize,
    marked: usize,
}

/// How many of how many.
#[derive(Debug, Default)]
pub(super) struct Share {
    yes: usize,
    of: usize,
}

impl Pair {
    /// One unit that is marked, or found, or both.
    pub(super) fn add(&mut self, marked: bool, found: bool) {
        let both = usize::from(marked && found);
        self.spans(both, usize::from(found), both, usize::from(marked));
    }

    /// Spans: `hits` of `found` overlap a mark, `met` of `marked` overlap a find.
    pub(super) fn spans(&mut self, hits: usize, found: usize, met: usize, marked: usize) {
        self.hits += hits;
        self.found += found;
        self.met += met;
        self.marked += marked;
    }

    /// The harmonic mean of precision and recall.
    pub(super) fn f1(&self) -> f64 {
        let share = |yes: usize, of: usize| yes as f64 / of.max(1) as f64;
        let (p, r) = (share(self.hits, self.found), share(self.met, self.marked));
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    /// A row of the table.
    pub(super) fn row(&self, what: &str, grid: &mut Grid) {
        let (p, r) = (figure(self.hits, self.found), figure(self.met, self.marked));
        grid.row([what.to_owned(), p, r, point(self.f1())]);
    }
}

impl Share {
    pub(super) fn add(&mut self, yes: bool) {
        self.yes += usize::from(yes);
        self.of += 1;
    }

    /// The share itself.
    pub(super) fn share(&self) -> f64 {
        self.yes as f64 / self.of.max(1) as f64
    }

    /// A row of the table.
    pub(super) fn row(&self, what: &str, grid: &mut Grid) {
        grid.row([what.to_owned(), figure(self.yes, self.of)]);
    }

    /// The share with its interval and its numbers.
    pub(super) fn text(&self) -> String {
        figure(self.yes, self.of)
    }
}

/// A share with its interval and its numbers.
fn figure(yes: usize, of: usize) -> String {
    format!("{} ({yes}/{of})", share(small(yes), small(of)))
}
