//! Harm in the passive, with nobody named who did it.

use crate::{
    lists::List,
    reading::{Lang, Part, Reading, Token},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::{ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "agentless-harm",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Harm without a doer",
            definition: "Killing, wounding, arrest, eviction or destruction stands in the passive, and neither the sentence nor the next two name who did it.",
            why: "“{}” names no one who did it, nor do the next two sentences.",
            settle: "Name who did it, or say that it is not known.",
        },
        Words {
            title: "نقصان، کرنے والے کا ذکر نہیں",
            definition: "ہلاکت، زخمی ہونے، گرفتاری، بے دخلی یا تباہی کا ذکر مجہول صیغے میں ہے، اور کرنے والے کا نام نہ اس جملے میں ہے نہ اگلے دو جملوں میں۔",
            why: "”{}“ سے معلوم نہیں ہوتا کہ یہ کس نے کیا، اور نہ اگلے دو جملوں سے۔",
            settle: "بتائیں کہ یہ کس نے کیا، یا لکھیں کہ یہ معلوم نہیں۔",
        },
    ],
    evidence: "The passive can leave out who did harm. Stepped around: accidents, disasters and illness; doers named in the \
               headline, the sentence or the next two; words of a speaker. Law may forbid the name.",
    basis: Basis::Judged(&[]),
    check,
};

static HARMS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/harms.txt")));
static HARMS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/harms.txt")));
static DOERS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/doers.txt")));
static DOERS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/doers.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let urdu = reading.lang == Lang::Urdu;
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let part = reading.runs.get(sentence.run).map(|run| run.part);
        if !matches!(part, Some(Part::Paragraph | Part::Item | Part::Standfirst)) {
            continue;
        }
        let (tokens, first) = reading.tokens_of(number);
        let Some(hit) = harm(urdu, tokens) else { continue };
        let bytes = reading.bytes(sentence.run, hit.start + first..hit.end + first);
        let named = (number..=number + 2).chain([0]).any(|at| has_doer(reading, urdu, at));
        if !named && reading.is_own(sentence.run, &bytes) {
            sink.words(reading, sentence.run, bytes, &[]);
            // One matter, one finding: the first such sentence stands for the text.
            return;
        }
    }
}

/// The words of harm in the passive.
fn harm(urdu: bool, tokens: &[Token]) -> Option<Range<usize>> {
    let list: &List = if urdu { &HARMS_UR } else { &HARMS };
    list.hits(tokens, 0..tokens.len()).into_iter().map(|hit| hit.tokens).find_map(|hit| {
        if urdu {
            return Some(hit);
        }
        let back = (hit.start.saturating_sub(2)..hit.start).find(|at| {
            tokens.get(*at).is_some_and(|token| {
                matches!(token.low.as_str(), "was" | "were" | "been" | "being")
            })
        })?;
        Some(back..hit.end)
    })
}

/// Whether the sentence names somebody or something that may have done it.
fn has_doer(reading: &Reading<'_>, urdu: bool, at: usize) -> bool {
    let (tokens, _) = reading.tokens_of(at);
    let list: &List = if urdu { &DOERS_UR } else { &DOERS };
    !list.hits(tokens, 0..tokens.len()).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn harm_without_a_doer() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("Four marchers were killed. The square is empty.", &["were killed"]);
        english("Four marchers were shot dead by police.", &[]);
        english("Four marchers were killed. It rained. Soldiers had opened fire.", &[]);
        english("Four people were killed in an earthquake.", &[]);
        english("“Four were killed.” The square is empty.", &[]);
        english("The square was empty.", &[]);
        rows::check(&RULE, "ur", "سرخی\nچار افراد ہلاک ہو گئے۔", &["ہلاک ہو گئے"]);
        rows::check(&RULE, "ur", "سرخی\nپولیس نے چار افراد کو مارا، چار افراد ہلاک ہو گئے۔", &[]);
    }
}
