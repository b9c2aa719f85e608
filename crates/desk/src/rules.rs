//! The rules, in the desk's order. Each is a file here; older versions stand beside the newest and are run again for the
//! reports that were sealed with them.

mod bare_number;
mod borrowed_word;
mod headline_fact;
mod headline_modality;
mod headline_question;
mod label_asymmetry;
mod loaded_headline;
mod loaded_word;
mod own_judgement;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod rows_of_words;
mod scare_quotes;
mod stance_adverb;
mod superlative;
mod unnamed_voice;
mod weasel;

use crate::rule::Rule;

/// The newest version of every rule.
static NEWEST: [&Rule; 14] = [
    &bare_number::RULE,
    &borrowed_word::RULE,
    &headline_fact::RULE,
    &headline_modality::RULE,
    &headline_question::RULE,
    &label_asymmetry::RULE,
    &loaded_headline::RULE,
    &loaded_word::RULE,
    &own_judgement::RULE,
    &scare_quotes::RULE,
    &stance_adverb::RULE,
    &superlative::RULE,
    &unnamed_voice::RULE,
    &weasel::RULE,
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
