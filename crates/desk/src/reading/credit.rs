//! Whether a sentence credits somebody or leaves open what it says; broader than [`super::Attribution`], for rules that
//! must stay silent in doubt.

use super::{Form, Lang, Reading, Token};
use crate::lists::List;
use std::sync::LazyLock;

static ENGLISH: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/report_verbs.txt")));
static URDU: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/report_verbs.txt")));
static HEDGES_EN: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/hedges.txt")));
static HEDGES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/hedges.txt")));

/// The verbs of speaking of a language, each with its class: neutral, doubt, endorse, attack, or wide for
/// those that report words only sometimes.
#[must_use]
pub fn verbs(lang: Lang) -> &'static List {
    if lang == Lang::Urdu { &URDU } else { &ENGLISH }
}

/// Whether a verb of speaking, even one that reports words only sometimes, or "according to" stands among these tokens.
#[must_use]
pub fn may_report(lang: Lang, tokens: &[Token]) -> bool {
    tokens.iter().any(|token| verbs(lang).has(&token.low)) || reports(lang, tokens)
}

/// Whether a verb that nearly always reports words, or "according to", stands among these tokens.
#[must_use]
pub fn reports(lang: Lang, tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        verbs(lang).entry(&token.low).is_some_and(|entry| entry.with != "wide")
            || (token.low == "according" && tokens.get(at + 1).is_some_and(|to| to.low == "to"))
    })
}

/// Whether a word that leaves open what is said stands among these tokens.
#[must_use]
pub fn hedges(lang: Lang, tokens: &[Token]) -> bool {
    let list: &List = if lang == Lang::Urdu { &HEDGES_UR } else { &HEDGES_EN };
    !list.hits(tokens, 0..tokens.len()).is_empty()
}

/// Whether sentence number `at` has a citation or a verb that nearly always reports words.
#[must_use]
pub fn sourced(reading: &Reading<'_>, at: usize) -> bool {
    let Some(sentence) = reading.sentences.get(at) else { return false };
    let cited = reading.runs.get(sentence.run).is_some_and(|run| {
        run.cites.iter().any(|cite| *cite > sentence.range.start && *cite <= sentence.range.end)
    });
    cited || reports(reading.lang, reading.tokens_of(at).0)
}

/// Whether sentence number `at` credits somebody: [`sourced`], or with an attribution; these are in the order of their
/// cues.
#[must_use]
pub fn credited(reading: &Reading<'_>, at: usize) -> bool {
    let from = reading.attributions.partition_point(|one| one.sentence < at);
    sourced(reading, at) || reading.attributions.get(from).is_some_and(|one| one.sentence == at)
}

/// Whether sentence number `at` says that somebody spoke: [`sourced`], or with an attribution of words. Attitudes that it
/// tells of ([`Form::Stance`]) are not words.
#[must_use]
pub fn spoken(reading: &Reading<'_>, at: usize) -> bool {
    let from = reading.attributions.partition_point(|one| one.sentence < at);
    let mut here = reading.attributions.iter().skip(from).take_while(|one| one.sentence == at);
    sourced(reading, at) || here.any(|one| one.form != Form::Stance)
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    #[test]
    fn verbs_and_hedges_are_seen() {
        let check = |lang: Lang, text: &str, reported: bool, hedged: bool| {
            let tokens = tokens(text);
            assert_eq!(
                (reports(lang, &tokens), hedges(lang, &tokens)),
                (reported, hedged),
                "{text}"
            );
        };
        check(Lang::English, "The mayor said so.", true, false);
        check(Lang::English, "The bridge may close.", false, true);
        check(Lang::English, "It closed, according to the mayor.", true, true);
        check(Lang::English, "The bridge is closed.", false, false);
        check(Lang::Urdu, "میئر نے کہا کہ پل بند ہے۔", true, true);
        check(Lang::Urdu, "پل بند ہے۔", false, false);
    }
}
