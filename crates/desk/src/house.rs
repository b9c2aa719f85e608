//! An edition's own rules, run beside the desk's.

use crate::{
    lists::List,
    reading::{Part, Reading},
};
use ovn_edition::{
    labels::fill,
    report::{Finding, HouseRule, Scope},
};

/// What the rule finds in the text.
pub(crate) fn findings(rule: &HouseRule, reading: &Reading<'_>) -> Vec<Finding> {
    let list = List::of(rule.phrases.iter().map(|phrase| (phrase.as_str(), "")));
    let mut out = Vec::new();
    for (number, run) in reading.runs.iter().enumerate() {
        if rule.scope == Scope::Headline && !matches!(run.part, Part::Headline | Part::Standfirst) {
            continue;
        }
        for hit in list.hits(&run.tokens, 0..run.tokens.len()) {
            let bytes = reading.bytes(number, hit.tokens);
            if rule.scope == Scope::OwnVoice && !reading.is_own(number, &bytes) {
                continue;
            }
            let spot = reading.spot(number, bytes);
            let (why, settle) =
                (fill(&rule.why, &[&spot.words]), fill(&rule.settle, &[&spot.words]));
            let rule_id = format!("house/{}", rule.id);
            out.push(Finding { rule: rule_id, level: rule.level, at: vec![spot], why, settle });
        }
    }
    out
}
