//! A judgement, or a meaning read into an event, in the article's own voice.

mod phrases;

use crate::{
    reading::{Attribution, Reading, Sentence},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
    wording::{attributions, is_opinion, is_reported},
};
use ovn_edition::report::Level;
use std::ops::Range;

pub(super) const RULE: Rule = Rule {
    id: "own-judgement",
    version: 2,
    level: Level::Look,
    langs: &["en"],
    words: [
        Words {
            title: "A judgement nobody is credited with",
            definition: "A weighing word stands before a step, a meeting or a plan (“a significant step”), or a verb reads a meaning into an event (“, signalling a thaw”), in a sentence that credits nobody.",
            why: "“{1}” is a judgement, and this sentence credits nobody with it.",
            settle: "Say who judges it so, or state what happened and leave the judgement to the reader.",
        },
        Words {
            title: "رائے جو کسی سے منسوب نہیں",
            definition: "کسی قدم، ملاقات یا منصوبے کے ساتھ رائے ظاہر کرنے والا لفظ ہے، یا کسی واقعے سے معنی اخذ کیے گئے ہیں، اور جملہ کسی سے منسوب نہیں۔",
            why: "”{1}“ ایک رائے ہے اور اس جملے میں کسی سے منسوب نہیں۔",
            settle: "بتائیں کہ یہ رائے کس کی ہے، یا جو ہوا وہ لکھیں اور رائے پڑھنے والے پر چھوڑ دیں۔",
        },
    ],
    evidence: "Hunston and Thompson (2000) on evaluation in text; Fan and others (2019), BASIL, on judgements in the writer's voice. Formal names (“strategic partnership”) and plain sizes (“a major road”) are stepped around by naming the nouns that each word weighs.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 170,
        of: 211,
        sample: "PolNeAR, BASIL and leads of dated articles, drawn by a seed; one to three readings of each, right when all say so",
        date: "2026-11-25",
    }]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    if is_opinion(reading.article) {
        return;
    }
    for at in 0..reading.sentences.len() {
        let Some(sentence) = reading.sentences.get(at) else { continue };
        let found = phrases(reading, sentence);
        if found.is_empty() {
            continue;
        }
        let tokens = reading.runs.get(sentence.run).map(|run| run.tokens.as_slice());
        let tokens = tokens.unwrap_or_default();
        let event = |one: &Attribution| {
            let cue = tokens.partition_point(|token| token.from < one.cue.start);
            one.run == sentence.run && phrases::is_event(tokens, &sentence.tokens, cue)
        };
        if is_reported(reading, at, &event) {
            continue;
        }
        for tokens in found {
            let bytes = reading.bytes(sentence.run, tokens);
            if is_own(reading, at, sentence.run, &bytes, &event) {
                sink.words(reading, sentence.run, bytes, &[]);
            }
        }
    }
}

/// Whether these bytes are the article's own, where an event that "suggests" something is no speaker.
fn is_own(
    reading: &Reading<'_>,
    at: usize,
    run: usize,
    bytes: &Range<usize>,
    event: &dyn Fn(&Attribution) -> bool,
) -> bool {
    let apart = |range: &Range<usize>| range.end <= bytes.start || bytes.end <= range.start;
    let near = attributions(reading, at.saturating_sub(3)..at + 4);
    let contents = near.iter().filter(|one| !event(one)).flat_map(|one| &one.content);
    let only_event = near.iter().any(event);
    (only_event || reading.is_own(run, bytes))
        && { contents }.all(|(of, range)| *of != run || apart(range))
        && !is_quoted(reading, run, bytes)
}

/// Whether these bytes stand in a quotation.
fn is_quoted(reading: &Reading<'_>, run: usize, bytes: &Range<usize>) -> bool {
    let all = &reading.quotes;
    let next = all.partition_point(|quote| (quote.run, quote.outer.end) <= (run, bytes.start));
    all.get(next).is_some_and(|quote| quote.run == run && quote.outer.start < bytes.end)
}

fn phrases(reading: &Reading<'_>, sentence: &Sentence) -> Vec<Range<usize>> {
    let tokens = reading.runs.get(sentence.run).map(|run| run.tokens.as_slice());
    phrases::of(tokens.unwrap_or_default(), &sentence.tokens)
}

#[cfg(test)]
mod tests {
    use super::super::rows_of_words::check as rows;
    use super::*;

    #[test]
    fn judgements_and_plain_facts() {
        let check = |text: &str, expected: &[&str]| rows(&RULE, "News", text, expected);
        check(
            "The talks followed a productive in-person meeting, marking a significant step in rebuilding trade.",
            &["productive in-person meeting", "significant step"],
        );
        check("The momentum suggests a strategic reset.", &["strategic reset"]);
        check(
            "This diplomatic momentum, helped by the trip in May, suggests a strategic reset for both.",
            &["strategic reset"],
        );
        check("The minister suggests a strategic reset.", &[]);
        check("The minister underscored a shared commitment.", &[]);
        check(
            "It was their second call in a week, signalling a warming of ties after years apart.",
            &["signalling a warming"],
        );
        check("The visit underscored a shared commitment.", &["underscored a shared commitment"]);
        check("It was a significant step, according to the ministry.", &[]);
        check("Rind said it was a significant step.", &[]);
        check("Rind underscored the commitment.", &[]);
        check("She underscored the commitment.", &[]);
        check("The two sides signed a strategic partnership.", &[]);
        check("The call was on July 25 in Kharan.", &[]);
        check("The duty on imports fell to 19 percent.", &[]);
        check("Marking the 10th anniversary, they met.", &[]);
        check("They met, marking a year since the flood.", &[]);
        check("A major road was shut.", &[]);
        rows(&RULE, "Editorial", "It was a significant step.", &[]);
    }
}
