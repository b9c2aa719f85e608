//! The rules, in the desk's order. Each is a file here; older versions stand beside the newest and are run again for the
//! reports that were sealed with them.

mod agentless_harm;
mod bare_number;
mod borrowed_word;
mod caption_claim;
mod claim_unsourced;
mod expert_credential;
mod gender_of_voices;
mod given;
mod headline_fact;
mod headline_modality;
mod headline_question;
mod label_asymmetry;
mod late_reply;
mod loaded_headline;
mod loaded_word;
mod mind_reading;
mod official_only;
mod older;
mod one_party_sources;
mod own_judgement;
mod party_not_heard;
mod reply_not_sought;
mod report_verb;
#[cfg(test)]
pub(crate) mod rows;
#[cfg(test)]
mod rows_of_words;
mod scare_quotes;
mod secondhand_voice;
mod single_voice;
mod stance_adverb;
mod superlative;
mod tone;
mod unattributed_claim;
mod uncited_source;
mod unnamed_source_reason;
mod unnamed_voice;
mod verb_asymmetry;
mod weasel;

use crate::reading::Lang;
use crate::rule::Rule;
use ovn_edition::labels;

/// The newest version of every rule.
static NEWEST: &[&Rule] = &[
    &agentless_harm::RULE,
    &bare_number::RULE,
    &borrowed_word::RULE,
    &caption_claim::RULE,
    &claim_unsourced::RULE,
    &expert_credential::RULE,
    &gender_of_voices::RULE,
    &headline_fact::RULE,
    &headline_modality::RULE,
    &headline_question::RULE,
    &label_asymmetry::RULE,
    &late_reply::RULE,
    &loaded_headline::RULE,
    &loaded_word::RULE,
    &mind_reading::RULE,
    &official_only::RULE,
    &one_party_sources::RULE,
    &own_judgement::RULE,
    &party_not_heard::RULE,
    &reply_not_sought::RULE,
    &report_verb::RULE,
    &scare_quotes::RULE,
    &secondhand_voice::RULE,
    &single_voice::RULE,
    &stance_adverb::RULE,
    &superlative::RULE,
    &unattributed_claim::RULE,
    &uncited_source::RULE,
    &unnamed_source_reason::RULE,
    &unnamed_voice::RULE,
    &verb_asymmetry::RULE,
    &weasel::RULE,
];

/// The newest version of every rule, in the desk's order.
#[must_use]
pub fn all() -> &'static [&'static Rule] {
    NEWEST
}

/// This version of the rule `id`.
#[must_use]
pub fn find(id: &str, version: u32) -> Option<&'static Rule> {
    let every = NEWEST.iter().chain(older::ALL);
    every.copied().find(|rule| rule.id == id && rule.version == version)
}

/// "3 sentences" in the language of the text.
fn sentences(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Urdu, 1) => "ایک جملہ".to_owned(),
        (Lang::Urdu, _) => format!("{} جملے", labels::of("ur").number(count)),
        (_, 1) => "1 sentence".to_owned(),
        _ => format!("{count} sentences"),
    }
}
