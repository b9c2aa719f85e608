//! Counting: precision, recall and shares, with Wilson's interval.

use ovn_desk::rule::wilson;

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

    /// A line of the table.
    pub(super) fn line(&self, what: &str) -> String {
        let share = |yes: usize, of: usize| yes as f64 / of.max(1) as f64;
        let (p, r) = (share(self.hits, self.found), share(self.met, self.marked));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        format!(
            "{what}: P {} R {} F1 {f1:.3}\n",
            figure(self.hits, self.found),
            figure(self.met, self.marked)
        )
    }
}

impl Share {
    pub(super) fn add(&mut self, yes: bool) {
        self.yes += usize::from(yes);
        self.of += 1;
    }

    /// A line of the table.
    pub(super) fn line(&self, what: &str) -> String {
        format!("{what}: {}\n", figure(self.yes, self.of))
    }
}

/// A share with its interval and its numbers.
fn figure(yes: usize, of: usize) -> String {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (from, to) = wilson(small(yes), small(of));
    let share = yes as f64 / of.max(1) as f64;
    let (from, to) = (f64::from(from) / 1000.0, f64::from(to) / 1000.0);
    format!("{share:.3} [{from:.3}, {to:.3}] ({yes}/{of})")
}
