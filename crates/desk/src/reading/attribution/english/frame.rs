//! One run made ready for reading: which of its tokens are quoted, and by which quotation.

use crate::reading::{Quote, Reading, Token};
use std::ops::Range;

/// How many tokens of a content are looked at to see whether it is quoted.
const LOOK: usize = 600;

/// A run, its tokens and its quotations.
pub(super) struct Frame<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) run: usize,
    pub(super) tokens: &'a [Token],
    /// The quotations of the run.
    pub(super) quotes: &'a [Quote],
    /// For each token, the quotation it stands in, its marks included.
    quoted: Vec<Option<usize>>,
}

impl<'a> Frame<'a> {
    pub(super) fn of(reading: &'a Reading<'a>, run: usize) -> Self {
        let tokens = reading.runs.get(run).map(|run| run.tokens.as_slice()).unwrap_or_default();
        let from = reading.quotes.partition_point(|quote| quote.run < run);
        let to = reading.quotes.partition_point(|quote| quote.run <= run);
        let quotes = reading.quotes.get(from..to).unwrap_or_default();
        let mut next = 0;
        let quoted = tokens.iter().map(|token| {
            while quotes.get(next).is_some_and(|quote| quote.outer.end <= token.from) {
                next += 1;
            }
            quotes.get(next).filter(|quote| quote.outer.start < token.to).map(|_| next)
        });
        let quoted = quoted.collect();
        Self { reading, run, tokens, quotes, quoted }
    }

    /// The form for comparing of token `at`; empty beyond the ends.
    pub(super) fn low(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_str())
    }

    /// The form of the token before `at`.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |last| self.low(last))
    }

    /// Whether a sentence or a clause ends before `at`; since the second reading quotation marks are passed over.
    pub(super) fn stops_before(&self, at: usize) -> bool {
        let mut last = at;
        while self.reading.version >= 2
            && matches!(self.before(last), "'" | "’" | "\"" | "”" | "»" | "›")
        {
            last -= 1;
        }
        matches!(self.before(last), "." | "," | "!" | "?" | "…")
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_word)
    }

    /// The quotation that token `at` stands in.
    pub(super) fn quote(&self, at: usize) -> Option<usize> {
        self.quoted.get(at).copied().flatten()
    }

    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.quote(at).is_some()
    }

    /// The tokens of the quotation that token `at` stands in, marks included.
    pub(super) fn whole_quote(&self, at: usize) -> Option<Range<usize>> {
        let quote = self.quotes.get(self.quote(at)?)?;
        let from = self.tokens.partition_point(|token| token.to <= quote.outer.start);
        let to = self.tokens.partition_point(|token| token.from < quote.outer.end);
        Some(from..to)
    }

    /// These tokens, and the rest of the quotation that they end in.
    pub(super) fn with_whole_quotes(&self, tokens: Range<usize>) -> Range<usize> {
        let last = tokens.end.checked_sub(1).and_then(|last| self.whole_quote(last));
        tokens.start..last.map_or(tokens.end, |quote| quote.end.max(tokens.end))
    }

    /// The bytes of these tokens.
    pub(super) fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        self.reading.bytes(self.run, tokens)
    }

    /// Whether the greater part of these tokens stands in quotations.
    pub(super) fn is_mostly_quoted(&self, tokens: Range<usize>) -> bool {
        let all = tokens.len().min(LOOK);
        let quoted = tokens.take(LOOK).filter(|at| self.is_quoted(*at)).count();
        all > 0 && quoted * 2 > all
    }

    /// Whether token `at` is a possessive: "minister's".
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        let low = self.low(at);
        low.ends_with("'s") || low.ends_with("s'") || (low == "'" && self.before(at).ends_with('s'))
    }
}
