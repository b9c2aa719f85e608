//! Versions of rules that are no longer run on new texts, so that a report sealed with one can be made again.
//!
//! What differs from the version of today stands here, and nothing else; the sentences and the check are shared while they
//! are the same.

use super::{
    Rule, headline_question, loaded_word, own_judgement, scare_quotes, secondhand_voice,
    single_voice, stance_adverb, superlative, unnamed_voice, weasel,
};
use crate::rule::{Basis, Measured};

/// Every older version.
pub(super) static ALL: &[&Rule] = &[
    &Rule { version: 1, basis: Basis::Judged(&[leads(88, 90)]), ..headline_question::RULE },
    &Rule {
        version: 1,
        basis: Basis::Judged(&[first(
            93,
            145,
            "own-voice findings in 2,142 sentences of seven outlets, against the words that experts marked (BABE); for each outlet, words chosen on the others alone",
        )]),
        ..loaded_word::RULE
    },
    &Rule { version: 1, basis: Basis::Judged(&[leads(75, 90)]), ..own_judgement::RULE },
    &Rule { version: 1, basis: Basis::Judged(&[leads(65, 90)]), ..scare_quotes::RULE },
    &Rule {
        version: 1,
        basis: Basis::Judged(&[first(
            39,
            50,
            "BASIL, bound to one source of somebody else, drawn by a seed, one reading",
        )]),
        ..secondhand_voice::RULE
    },
    &Rule {
        version: 1,
        basis: Basis::Judged(&[first(8, 9, "PolNeAR and BASIL, drawn by a seed, one reading")]),
        ..single_voice::RULE
    },
    &Rule { version: 1, basis: Basis::Judged(&[leads(84, 90)]), ..stance_adverb::RULE },
    &Rule { version: 1, basis: Basis::Judged(&[leads(78, 90)]), ..superlative::RULE },
    &Rule {
        version: 1,
        basis: Basis::Judged(&[
            first(54, 110, "PolNeAR and BASIL, drawn by a seed; two readings, the first of a part"),
            Measured {
                lang: "ur",
                ..first(78, 120, "UNBD, drawn by a seed; two readings, the first of a part")
            },
        ]),
        ..unnamed_voice::RULE
    },
    &Rule { version: 1, basis: Basis::Judged(&[leads(41, 43)]), ..weasel::RULE },
];

/// What the first judgements of a rule gave.
const fn first(right: u32, of: u32, sample: &'static str) -> Measured {
    Measured { lang: "en", right, of, sample, date: "2026-11-24" }
}

/// The same, of a rule that was judged on all English texts.
const fn leads(right: u32, of: u32) -> Measured {
    first(
        right,
        of,
        "PolNeAR, BASIL and leads of dated articles, drawn by a seed; two readings, the first of a part",
    )
}
