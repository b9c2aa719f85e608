//! Closed classes of English words, as far as the reading of attributions needs them.

use crate::reading::Token;
use std::{collections::BTreeMap, sync::LazyLock};

/// The classes, each a bit.
const NAMES: [&str; 11] = [
    "be",
    "aux",
    "adverb",
    "determiner",
    "subject",
    "preposition",
    "opener",
    "lead",
    "time",
    "not-adverb",
    "copula",
];
const BE: u16 = 1;
const AUX: u16 = 1 << 1;
const ADVERB: u16 = 1 << 2;
const DETERMINER: u16 = 1 << 3;
const SUBJECT: u16 = 1 << 4;
const PREPOSITION: u16 = 1 << 5;
const OPENER: u16 = 1 << 6;
const LEAD: u16 = 1 << 7;
const TIME: u16 = 1 << 8;
const NOT_ADVERB: u16 = 1 << 9;
const COPULA: u16 = 1 << 10;

/// For each word, the classes it belongs to.
static CLASSES: LazyLock<BTreeMap<&str, u16>> = LazyLock::new(|| {
    let mut out = BTreeMap::new();
    for line in include_str!("../../../../lists/en/grammar.txt").lines() {
        let Some((name, words)) = line.split_once('\t') else { continue };
        let Some(bit) = NAMES.iter().position(|one| *one == name) else { continue };
        for word in words.split(' ') {
            *out.entry(word).or_insert(0) |= 1 << bit;
        }
    }
    out
});

fn is(low: &str, classes: u16) -> bool {
    CLASSES.get(low).is_some_and(|found| found & classes != 0)
}

/// Forms of "be".
pub(super) fn is_be(low: &str) -> bool {
    is(low, BE)
}

/// Verbs that join a subject to what it is or seems: "be" and, since the second reading, "remains", "feels".
pub(super) fn is_copula(version: u32, low: &str) -> bool {
    is(low, BE) || version >= 2 && is(low, COPULA)
}

/// Verbs that stand before a verb.
pub(super) fn is_aux(low: &str) -> bool {
    is(low, BE | AUX)
}

/// Words that stand between a subject and its verb.
pub(super) fn is_adverb(low: &str) -> bool {
    is(low, ADVERB) || (low.len() > 4 && low.ends_with("ly") && !is(low, NOT_ADVERB))
}

/// Words that begin a noun phrase.
pub(super) fn is_determiner(low: &str) -> bool {
    is(low, DETERMINER)
}

/// Personal pronouns that can be a subject.
pub(super) fn is_subject(low: &str) -> bool {
    is(low, SUBJECT)
}

/// Prepositions.
pub(super) fn is_preposition(low: &str) -> bool {
    is(low, PREPOSITION)
}

/// Words that begin another clause, before which no subject reaches.
pub(super) fn is_clause_opener(low: &str) -> bool {
    is(low, OPENER)
}

/// Words that begin a sentence before its subject.
pub(super) fn is_lead(low: &str) -> bool {
    is(low, LEAD) || is_adverb(low)
}

/// Days, months and other words of time, which are never who speaks.
pub(super) fn is_time(low: &str) -> bool {
    is(low, TIME)
}

/// Whether the token is a mark that parts clauses.
pub(super) fn is_break(token: &Token) -> bool {
    let marks = [",", ";", ":", "—", "–", "(", ")", "[", "]", "…", "--", "!", "?"];
    marks.contains(&token.low.as_str())
}
