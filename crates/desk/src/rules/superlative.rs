//! "Unprecedented", "historic", "the first ever": judgements of rank that nobody is credited with.

use crate::{
    lists::List,
    reading::{Lang, Part, Reading, Token, credit},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::{Level, Spot};
use std::{ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "superlative",
    version: 2,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A rank in history, uncredited",
            definition: "The article's own voice calls something historic, unprecedented, the first or the greatest ever, and no source stands in the sentence.",
            why: "“{}” ranks something in the article's own voice, and nobody is credited.",
            settle: "Say who ranks it so or by which record, or leave the word out.",
        },
        Words {
            title: "حوالے کے بغیر غیر معمولی درجہ",
            definition: "مضمون اپنی طرف سے کسی چیز کو تاریخی، بے مثال، پہلی یا سب سے بڑی کہتا ہے اور جملے میں کوئی حوالہ نہیں۔",
            why: "”{}“ مضمون نے اپنی طرف سے کہا ہے اور کسی کا حوالہ نہیں دیا۔",
            settle: "بتائیں کہ یہ درجہ کون دیتا ہے یا کس ریکارڈ سے ہے، یا لفظ ہٹا دیں۔",
        },
    ],
    evidence: "A claim of rank needs a set and a record. Stepped around: words of a speaker, sentences with a source or a \
               credit, historic houses and districts, titles and names.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 178,
        of: 198,
        sample: "PolNeAR, BASIL and leads of dated articles, drawn by a seed; one to three readings of each, right when all say so",
        date: "2026-11-25",
    }]),
    check,
};

static PHRASES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/superlatives.txt")));
static PHRASES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/superlatives.txt")));
static OLD: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/historic_things.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let list: &List = if reading.lang == Lang::Urdu { &PHRASES_UR } else { &PHRASES };
    let mut at: Vec<Spot> = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let part = reading.runs.get(sentence.run).map(|run| run.part);
        // Urdu headlines name their speaker last, without a verb.
        let spoken = reading.lang == Lang::Urdu && part == Some(Part::Headline);
        if spoken
            || matches!(part, Some(Part::Quotation | Part::Cell) | None)
            || credit::sourced(reading, number)
        {
            continue;
        }
        let (tokens, first) = reading.tokens_of(number);
        for hit in list.hits(tokens, 0..tokens.len()) {
            let bytes =
                reading.bytes(sentence.run, hit.tokens.start + first..hit.tokens.end + first);
            if reading.is_own(sentence.run, &bytes) && is_rank(tokens, &hit.tokens) {
                at.push(reading.spot(sentence.run, bytes));
            }
        }
    }
    let words: Vec<&str> = at.iter().map(|spot| spot.words.as_str()).collect();
    let words = words.join("”, “");
    if !at.is_empty() {
        sink.find(at, &[&words]);
    }
}

/// Verbs of a judgement that somebody else makes.
const JUDGES: [&str; 12] = [
    "consider",
    "considers",
    "considered",
    "regard",
    "regarded",
    "seen",
    "hailed",
    "call",
    "called",
    "calls",
    "think",
    "believe",
];

/// Whether the phrase ranks an event; not when it is part of a name, denied, or the plain word for an old thing.
fn is_rank(tokens: &[Token], hit: &Range<usize>) -> bool {
    let next = tokens.get(hit.end);
    let after = tokens.get(hit.end + 1);
    let old = [next, after].into_iter().flatten().any(|token| OLD.has(token.base()));
    let before = hit.start.checked_sub(1).and_then(|at| tokens.get(at));
    let named = tokens.get(hit.start).is_some_and(|token| token.low == "historic")
        && next.is_some_and(|token| token.capital);
    let denied = before.is_some_and(|token| {
        matches!(token.low.as_str(), "not" | "hardly" | "pre" | "potentially" | "if")
    });
    // "His first-ever campaign" ranks within one life; "many consider it historic" is somebody's judgement.
    let own = before.is_some_and(|token| {
        matches!(token.low.as_str(), "his" | "her" | "their" | "my" | "our" | "its")
    });
    let judged = tokens.get(hit.start.saturating_sub(8)..hit.start).unwrap_or_default().iter();
    let judged = judged.filter(|token| JUDGES.contains(&token.low.as_str())).count() > 0;
    !old && !named && !denied && !own && !judged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn ranks_that_nobody_gives() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("The towns signed an unprecedented treaty.", &["unprecedented"]);
        english(
            "It was a historic day. It was the first time in history.",
            &["historic … first time in history"],
        );
        english("The mayor said it was a historic day.", &[]);
        english("“A historic day.” The square was full.", &[]);
        english("The fire reached the historic district.", &[]);
        english("The Historic Houses Trust met.", &[]);
        english("The flood was not unprecedented.", &[]);
        english("It was the first meeting of the year.", &[]);
        rows::check(&RULE, "ur", "سرخی\nیہ ایک بے مثال معاہدہ ہے۔", &["بے مثال"]);
        rows::check(&RULE, "ur", "سرخی\nمیئر نے کہا کہ یہ بے مثال معاہدہ ہے۔", &[]);
    }
}
