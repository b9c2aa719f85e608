//! A claim that is credited to nobody who could be counted: "it is widely believed".

use crate::{
    lists::List,
    reading::{Lang, Part, Reading, credit},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::{ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "weasel",
    version: 2,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A belief of nobody in particular",
            definition: "A claim is said to be believed, feared or known, and neither its sentence nor the two beside it name anybody who holds it.",
            why: "“{}” credits nobody who could be asked or counted.",
            settle: "Name who holds this, cite a survey, or state it in your own voice with its evidence.",
        },
        Words {
            title: "کسی نامعلوم کا خیال",
            definition: "ایک بات کے بارے میں لکھا ہے کہ ایسا مانا، سمجھا یا کہا جاتا ہے، مگر کسی ماننے والے کا نام نہ اس جملے میں ہے نہ پاس کے دو جملوں میں۔",
            why: "”{}“ سے معلوم نہیں ہوتا کہ یہ کس کا کہنا ہے، کہ اس سے پوچھا جا سکے یا اسے گنا جا سکے۔",
            settle: "بتائیں کہ یہ کس کا خیال ہے، کسی جائزے کا حوالہ دیں، یا ثبوت کے ساتھ اپنی طرف سے کہیں۔",
        },
    ],
    evidence: "Claims credited to an impersonal \"it is believed\" cannot be checked by a reader. Stepped around: \
               speakers without a name, which another rule counts; a name beside the phrase; polls and surveys; words \
               of a speaker.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 39,
        of: 43,
        sample: "PolNeAR, BASIL and leads of dated articles, drawn by a seed; one to three readings of each, right when all say so",
        date: "2026-11-25",
    }]),
    check,
};

static PHRASES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/weasel.txt")));
static PHRASES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/weasel.txt")));
static POLLS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/polls.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let urdu = reading.lang == Lang::Urdu;
    let list: &List = if urdu { &PHRASES_UR } else { &PHRASES };
    for (number, sentence) in reading.sentences.iter().enumerate() {
        if !matches!(
            part(reading, sentence.run),
            Some(Part::Paragraph | Part::Item | Part::Standfirst)
        ) {
            continue;
        }
        let (tokens, first) = reading.tokens_of(number);
        for hit in list.hits(tokens, 0..tokens.len()) {
            let bytes =
                reading.bytes(sentence.run, hit.tokens.start + first..hit.tokens.end + first);
            if is_nobodys(reading, number, &hit.tokens, &bytes) {
                sink.words(reading, sentence.run, bytes, &[]);
                break;
            }
        }
    }
}

fn part(reading: &Reading<'_>, run: usize) -> Option<Part> {
    reading.runs.get(run).map(|run| run.part)
}

fn is_nobodys(
    reading: &Reading<'_>,
    here: usize,
    hit: &Range<usize>,
    bytes: &Range<usize>,
) -> bool {
    let Some(sentence) = reading.sentences.get(here) else { return false };
    let (tokens, _) = reading.tokens_of(here);
    // Where the words before the verb are a speaker without a name, the rule on unnamed voices speaks.
    let unnamed = reading.attributions.iter().any(|one| {
        let voice = one.voice.and_then(|at| reading.voices.get(at));
        one.sentence == here
            && voice.is_some_and(|voice| voice.unnamed)
            && one.source.as_ref().is_some_and(|s| s.start < bytes.end && bytes.start < s.end)
    });
    let outside: Vec<_> = tokens
        .iter()
        .enumerate()
        .filter(|(at, _)| !hit.contains(at))
        .map(|(_, token)| token.clone())
        .collect();
    let polled = !POLLS.hits(tokens, 0..tokens.len()).is_empty();
    let by = tokens.get(hit.end).is_some_and(|token| matches!(token.low.as_str(), "by" | "among"));
    let beside = (here + 1..=here + 2).any(|at| {
        let (tokens, _) = reading.tokens_of(at);
        let near = reading.sentences.get(at).is_some_and(|one| one.run == sentence.run);
        near && credit::sourced(reading, at) && tokens.iter().skip(1).any(|token| token.capital)
    });
    let cited = reading.runs.get(sentence.run).is_some_and(|run| {
        run.cites.iter().any(|cite| *cite > sentence.range.start && *cite <= sentence.range.end)
    });
    !is_somebodys(reading, sentence.run, bytes)
        && !unnamed
        && !credit::reports(reading.lang, &outside)
        && !polled
        && !by
        && !beside
        && !cited
}

/// Whether a quotation or what a named speaker is credited with covers these bytes. What "is widely believed" is read as
/// credited to nobody, so the plain question for the article's own voice would leave out the very phrases looked for.
fn is_somebodys(reading: &Reading<'_>, run: usize, bytes: &Range<usize>) -> bool {
    let covers = |span: &Range<usize>| span.start < bytes.end && bytes.start < span.end;
    let quoted = reading.quotes.iter().any(|quote| quote.run == run && covers(&quote.outer));
    let said = reading.attributions.iter().filter(|one| one.source.is_some());
    let mut spans = said.flat_map(|one| &one.content);
    quoted || spans.any(|(at, span)| *at == run && covers(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn claims_of_nobody() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("It is widely believed that the dam is unsafe.", &["It is widely believed"]);
        english("The mayor is widely seen as a reformer.", &["is widely seen as"]);
        english("It is widely believed by the engineers of the town that it leaks.", &[]);
        english("It is widely believed that it leaks, the mayor said.", &[]);
        english("“It is widely believed that it leaks.” Nobody knows.", &[]);
        english("In a poll, it is widely believed that it leaks.", &[]);
        english("It is widely believed to leak. It does, engineer Anwar Malik said.", &[]);
        english("The dam leaks.", &[]);
        rows::check(&RULE, "ur", "سرخی\nخیال کیا جاتا ہے کہ پل کمزور ہے۔", &["خیال کیا جاتا ہے"]);
        rows::check(&RULE, "ur", "سرخی\nپل کمزور ہے۔", &[]);
    }
}
