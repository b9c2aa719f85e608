//! The rules, in the desk's order. Each is a file here; older versions stand beside the newest and are run again for the
//! reports that were sealed with them.

mod bare_number;
mod claim_unsourced;
mod headline_fact;
mod headline_modality;
mod headline_question;
mod late_reply;
mod official_only;
mod one_party_sources;
mod party_not_heard;
mod reply_not_sought;
#[cfg(test)]
pub(crate) mod rows;
mod scare_quotes;
mod secondhand_voice;
mod single_voice;
mod superlative;
mod uncited_source;
mod unnamed_source_reason;
mod unnamed_voice;
mod weasel;

use crate::{reading::Lang, rule::Rule};
use ovn_edition::labels;

/// The newest version of every rule.
static NEWEST: [&Rule; 18] = [
    &bare_number::RULE,
    &headline_fact::RULE,
    &headline_modality::RULE,
    &headline_question::RULE,
    &scare_quotes::RULE,
    &superlative::RULE,
    &unnamed_voice::RULE,
    &weasel::RULE,
    &claim_unsourced::RULE,
    &one_party_sources::RULE,
    &reply_not_sought::RULE,
    &uncited_source::RULE,
    &unnamed_source_reason::RULE,
    &late_reply::RULE,
    &official_only::RULE,
    &party_not_heard::RULE,
    &secondhand_voice::RULE,
    &single_voice::RULE,
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

/// "3 sentences" in the language of the text.
fn sentences(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Urdu, 1) => "ایک جملہ".to_owned(),
        (Lang::Urdu, _) => format!("{} جملے", labels::of("ur").number(count)),
        (_, 1) => "1 sentence".to_owned(),
        _ => format!("{count} sentences"),
    }
}
