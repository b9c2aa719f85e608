//! A label before the names of one party and never before those of another.

use crate::{
    lists::List,
    reading::{Reading, Token},
    rule::{Basis, Rule, Words},
    sink::Sink,
    wording::is_opinion,
};
use ovn_edition::report::{Level, Spot};
use std::sync::LazyLock;

static LABELS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/labels.txt")));

pub(super) const RULE: Rule = Rule {
    id: "label-asymmetry",
    version: 1,
    level: Level::Info,
    langs: &["en"],
    words: [
        Words {
            title: "Labels on one side",
            definition: "The article's file names two or more parties; in its own voice a label (“far-right”, “hardline”) stands before one party's name at least twice, and before no other's although each is named at least twice.",
            why: "A label stands before “{1}” {2} times in the article's own voice, and before no other party's name.",
            settle: "Give every party its label or none, and say whose label it is.",
        },
        Words {
            title: "ایک ہی فریق پر لیبل",
            definition: "مضمون کی فائل میں دو یا زیادہ فریق ہیں؛ ادارے کی اپنی آواز میں ایک فریق کے نام سے پہلے کم از کم دو بار لیبل ہے اور کسی دوسرے کے نام سے پہلے نہیں۔",
            why: "ادارے کی اپنی آواز میں ”{1}“ سے پہلے {2} بار لیبل ہے، اور کسی دوسرے فریق کے نام سے پہلے نہیں۔",
            settle: "ہر فریق پر لیبل ہو یا کسی پر نہیں، اور بتائیں کہ لیبل کس کا ہے۔",
        },
    ],
    evidence: "Counts alone; the parties are the newsroom's, never guessed. A label that a court or a body gave is fair when the text says whose it is.",
    basis: Basis::Judged(&[]),
    check,
};

/// How often a party has to be named before the absence of a label counts.
const NAMED: usize = 2;

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    if is_opinion(reading.article) || reading.article.parties.len() < 2 {
        return;
    }
    let counted: Vec<(&str, usize, Vec<Spot>)> = reading
        .article
        .parties
        .iter()
        .map(|name| {
            let (named, labelled) = mentions(reading, name);
            (name.as_str(), named, labelled)
        })
        .collect();
    let mut labelled = counted.iter().filter(|(_, _, spots)| !spots.is_empty());
    let (Some((name, _, spots)), None) = (labelled.next(), labelled.next()) else { return };
    let others_named = counted.iter().all(|(_, named, _)| *named >= NAMED);
    if spots.len() >= NAMED && others_named {
        sink.find(spots.clone(), &[name, &spots.len().to_string()]);
    }
}

/// How often the article's own voice names `name`, and where a label stands before it.
fn mentions(reading: &Reading<'_>, name: &str) -> (usize, Vec<Spot>) {
    let list = List::of(std::iter::once((name, "")));
    let (mut named, mut labelled) = (0, Vec::new());
    for (number, run) in reading.runs.iter().enumerate() {
        for hit in list.hits(&run.tokens, 0..run.tokens.len()) {
            let bytes = reading.bytes(number, hit.tokens.clone());
            if !reading.is_own(number, &bytes) {
                continue;
            }
            named += 1;
            if let Some(from) = label(&run.tokens, hit.tokens.start) {
                let bytes = reading.bytes(number, from..hit.tokens.end);
                labelled.push(reading.spot(number, bytes));
            }
        }
    }
    (named, labelled)
}

/// Where the label begins that ends right before token `end`.
fn label(tokens: &[Token], end: usize) -> Option<usize> {
    let from = end.saturating_sub(3);
    (from..end).find(|at| LABELS.at(tokens, *at).is_some_and(|hit| hit.tokens.end == end))
}

#[cfg(test)]
mod tests {
    use super::super::rows_of_words::{article, findings};
    use super::*;
    use ovn_edition::report::Finding;

    #[test]
    fn labels_are_counted_by_party() {
        let check = |text: &str, expected: &[&str]| {
            let mut article = article("News", text);
            article.parties = vec!["Harbour League".to_owned(), "River Union".to_owned()];
            let found = findings(&RULE, &article);
            let found: Vec<String> = found.iter().map(Finding::words).collect();
            assert_eq!(found, expected, "{text}");
        };
        let both = "River Union and River Union again.";
        check(
            &format!(
                "Vote\nThe far-right Harbour League met.\nThe hardline Harbour League won.\n{both}"
            ),
            &["far-right Harbour League … hardline Harbour League"],
        );
        check(
            &format!("Vote\nThe far-right Harbour League met.\nHarbour League won.\n{both}"),
            &[],
        );
        check(
            "Vote\nThe far-right Harbour League met.\nThe hardline Harbour League won.\nThe radical River Union lost. River Union left.",
            &[],
        );
        check("Vote\nThe “far-right Harbour League” met.\n“The radical Harbour League”", &[]);
    }
}
