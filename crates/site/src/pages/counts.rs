//! What the front page counts over the articles as they stand, each share as a line with a bar.

use super::Cx;

/// What is counted over the articles as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles that can be read.
    pub articles: u64,
    /// Sources cited, summed over articles.
    pub sources: u64,
    /// Articles that cite exactly one source.
    pub single: u64,
    /// Articles that cite none.
    pub unsourced: u64,
    /// Parties named, summed over articles.
    pub named: u64,
    /// Parties heard, summed over articles.
    pub heard: u64,
    /// Articles corrected, clarified or retracted at least once.
    pub corrected: u64,
}

/// One share, as a line with a bar.
pub(super) struct Measure {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) percent: u64,
}

impl Counts {
    /// The shares that the front page shows; none while there is nothing to count.
    pub(super) fn measures(&self, cx: &Cx<'_>) -> Vec<Measure> {
        let shares = [
            ("balance-heard", self.heard, self.named),
            ("balance-sourced", self.articles.saturating_sub(self.unsourced), self.articles),
            ("balance-single", self.single, self.articles),
            ("balance-corrected", self.corrected, self.articles),
        ];
        let measure = |(key, part, whole): (&str, u64, u64)| {
            let percent = part.saturating_mul(100).checked_div(whole)?;
            let with = [("part", cx.number(part).into()), ("whole", cx.number(whole).into())];
            let text = cx.words.say(cx.lang, "of-whole", &with);
            Some(Measure { name: cx.say(key), text, percent })
        };
        shares.into_iter().filter_map(measure).collect()
    }
}
