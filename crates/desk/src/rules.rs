//! The rules, in the desk's order. Each is a file here; older versions stand beside the newest and are run again for the
//! reports that were sealed with them.

mod borrowed_word;
mod label_asymmetry;
mod loaded_headline;
mod loaded_word;
mod own_judgement;
#[cfg(test)]
mod rows_of_words;
mod stance_adverb;
mod unnamed_voice;

use crate::rule::Rule;

/// The newest version of every rule.
static NEWEST: [&Rule; 7] = [
    &unnamed_voice::RULE,
    &loaded_word::RULE,
    &loaded_headline::RULE,
    &own_judgement::RULE,
    &stance_adverb::RULE,
    &borrowed_word::RULE,
    &label_asymmetry::RULE,
];

/// Versions that are no longer run on new texts.
static OLDER: [&Rule; 0] = [];

/// The newest version of every rule, in the desk's order.
#[must_use]
pub fn all() -> &'static [&'static Rule] {
    &NEWEST
}

/// This version of the rule `id`.
#[must_use]
pub fn find(id: &str, version: u32) -> Option<&'static Rule> {
    let every = NEWEST.iter().chain(&OLDER);
    every.copied().find(|rule| rule.id == id && rule.version == version)
}
