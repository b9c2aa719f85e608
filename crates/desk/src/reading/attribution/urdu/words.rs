//! The small words of Urdu, and a sentence looked at token by token.

use crate::{
    lists::{Aged, List},
    reading::{Reading, Token},
};
use std::{ops::Range, sync::LazyLock};

macro_rules! list {
    ($name:ident, $file:literal) => {
        pub(super) static $name: LazyLock<List> =
            LazyLock::new(|| List::parse(include_str!(concat!("../../../../lists/ur/", $file))));
    };
    ($name:ident, $file:literal, aged) => {
        pub(super) static $name: Aged<List> =
            Aged::new(include_str!(concat!("../../../../lists/ur/", $file)), List::known);
    };
}

list!(CUES, "cues.txt", aged);
list!(GRAMMAR, "grammar.txt", aged);
list!(MEASURES, "measures.txt");
list!(OFFICES, "speakers.txt");
list!(UNNAMED, "unnamed.txt");

/// A sentence, its places counted in tokens of its run.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) run: usize,
    pub(super) tokens: &'a [Token],
    pub(super) span: Range<usize>,
}

impl<'a> Line<'a> {
    /// Sentence number `number`.
    pub(super) fn of(reading: &'a Reading<'a>, number: usize) -> Option<Self> {
        let sentence = reading.sentences.get(number)?;
        let tokens = reading.runs.get(sentence.run)?.tokens.as_slice();
        Some(Self { reading, run: sentence.run, tokens, span: sentence.tokens.clone() })
    }

    /// The word or mark at `at`; nothing outside the sentence.
    pub(super) fn low(&self, at: usize) -> &'a str {
        if !self.span.contains(&at) {
            return "";
        }
        self.tokens.get(at).map_or("", |token| token.low.as_str())
    }

    /// Whether the token at `at` is a word or a number of this sentence.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.span.contains(&at) && self.tokens.get(at).is_some_and(Token::is_word)
    }

    /// Whether the token at `at` is a small word of this class.
    pub(super) fn is(&self, at: usize, class: &str) -> bool {
        let entry = GRAMMAR.at(self.reading.version).and_then(|list| list.entry(self.low(at)));
        entry.is_some_and(|entry| entry.with == class)
    }

    /// Whether the token at `at` stands inside a quotation that ends.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            let quotes = &self.reading.quotes;
            let after =
                quotes.partition_point(|one| (one.run, one.outer.start) <= (self.run, token.from));
            after
                .checked_sub(1)
                .and_then(|last| quotes.get(last))
                .is_some_and(|one| one.run == self.run && one.closed && token.from < one.outer.end)
        })
    }

    /// The bytes of these tokens.
    pub(super) fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        self.reading.bytes(self.run, tokens)
    }

    /// These tokens without marks and without full stops at both ends; quotation marks stay.
    pub(super) fn trimmed(&self, mut tokens: Range<usize>) -> Range<usize> {
        let bare = |at: usize| {
            matches!(
                self.low(at),
                "" | "،" | "," | ":" | "۔" | "." | "؛" | "؟" | "!" | "-" | "–" | "—"
            )
        };
        while tokens.start < tokens.end && bare(tokens.start) {
            tokens.start += 1;
        }
        while tokens.start < tokens.end && bare(tokens.end - 1) {
            tokens.end -= 1;
        }
        tokens
    }
}

/// Whether `low` parts a clause from the next.
pub(super) fn is_pause(low: &str) -> bool {
    matches!(low, "،" | "," | ":" | "؛" | "-" | "–" | "—")
}

/// Whether `low` is a quotation mark.
pub(super) fn is_quote_mark(low: &str) -> bool {
    matches!(low, "“" | "”" | "\"" | "‘" | "’" | "'" | "«" | "»" | "„" | "`")
}
