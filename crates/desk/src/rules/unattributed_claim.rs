//! A figure or a cause stated flatly, with nobody credited in the sentence or the one before.

use crate::{
    lists::List,
    reading::{Lang, Part, Reading, credit, numbers},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::{ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "unattributed-claim",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A figure or cause without a source",
            definition: "A share, a large number or a cause is stated in the article's own voice, and no source stands in the sentence or the one before.",
            why: "“{}” is stated with no source in its sentence or the one before.",
            settle: "Cite where it comes from, or credit who says so.",
        },
        Words {
            title: "بے حوالہ عدد یا سبب",
            definition: "کوئی شرح، بڑا عدد یا سبب مضمون کی اپنی طرف سے بتایا گیا ہے اور اس جملے یا پچھلے جملے میں کوئی حوالہ نہیں۔",
            why: "”{}“ کا حوالہ نہ اس جملے میں ہے نہ پچھلے جملے میں۔",
            settle: "بتائیں کہ یہ کہاں سے ہے، یا کس نے کہا۔",
        },
    ],
    evidence: "Figures and causes are what readers most need to trace. Stepped around: words of a speaker, citations, \
               years, small counts. Common knowledge and what the reporter saw are not told apart.",
    basis: Basis::Judged(&[]),
    check,
};

static CAUSES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/causes.txt")));
static CAUSES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/causes.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let part = reading.runs.get(sentence.run).map(|run| run.part);
        let before = number.checked_sub(1);
        let credited = credit::credited(reading, number)
            || before.is_some_and(|before| credit::credited(reading, before))
            || credit::may_report(reading.lang, reading.tokens_of(number).0)
            || credit::hedges(reading.lang, reading.tokens_of(number).0);
        if credited || !matches!(part, Some(Part::Paragraph | Part::Item | Part::Standfirst)) {
            continue;
        }
        let Some(hit) = trigger(reading, number) else { continue };
        let (_, first) = reading.tokens_of(number);
        let bytes = reading.bytes(sentence.run, hit.start + first..hit.end + first);
        if reading.is_own(sentence.run, &bytes) {
            sink.words(reading, sentence.run, bytes, &[]);
        }
    }
}

/// A share, a number of ten thousand or more, or a word of cause.
fn trigger(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let (tokens, _) = reading.tokens_of(at);
    let large = |one: &numbers::Number| one.percent || one.value >= 10_000_000;
    let number = numbers::of(tokens).into_iter().find(large).map(|one| {
        let end = one.tokens.end + usize::from(one.percent);
        one.tokens.start..end
    });
    let list: &List = if reading.lang == Lang::Urdu { &CAUSES_UR } else { &CAUSES };
    let cause = list.hits(tokens, 0..tokens.len()).into_iter().next().map(|hit| hit.tokens);
    number.or(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn figures_and_causes_without_a_source() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("The dam holds 3 million litres.", &["3 million"]);
        english("Rents fell 5 percent.", &["5 percent"]);
        english("The flood was caused by the dam.", &["caused by"]);
        english("The mayor said the dam holds 3 million litres.", &[]);
        english("The mayor said so. The dam holds 3 million litres.", &[]);
        english("“It holds 3 million litres.” The hall was full.", &[]);
        english("The dam has two gates.", &[]);
        rows::check(&RULE, "ur", "سرخی\nکرایوں میں ۵ فیصد اضافہ ہوا۔", &["۵ فیصد"]);
        rows::check(&RULE, "ur", "سرخی\nمیئر نے کہا کہ کرایوں میں ۵ فیصد اضافہ ہوا۔", &[]);
    }
}
