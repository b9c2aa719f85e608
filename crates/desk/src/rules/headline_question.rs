//! A headline that asks, or that withholds what it is about.

use crate::{
    lists::List,
    reading::{Lang, Part, Reading, Run},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    id: "headline-question",
    version: 2,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A headline that asks",
            definition: "The headline is a question in the article's own voice, or points at something without naming it.",
            why: "The headline “{}” asks or withholds, and does not tell.",
            settle: "State in the headline what the text knows.",
        },
        Words {
            title: "سوالیہ سرخی",
            definition: "سرخی مضمون کی اپنی طرف سے سوال ہے، یا کسی چیز کی طرف نام لیے بغیر اشارہ کرتی ہے۔",
            why: "سرخی ”{}“ پوچھتی یا چھپاتی ہے، بتاتی نہیں۔",
            settle: "سرخی میں وہ لکھیں جو متن کو معلوم ہے۔",
        },
    ],
    evidence: "A question can put into a headline what the text does not show. Stepped around: questions of a named \
               speaker or between quotation marks, explainers and questions with answers.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 265,
        of: 274,
        sample: "PolNeAR, BASIL and leads of dated articles, drawn by a seed; one to three readings of each, right when all say so",
        date: "2026-11-25",
    }]),
    check,
};

static WITHHELD: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/withheld.txt")));
static EXPLAINERS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/explainers.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    for (number, run) in reading.runs.iter().enumerate() {
        if run.part == Part::Headline
            && (is_question(reading, number, run) || withholds(reading, run))
        {
            sink.words(reading, number, 0..run.text.len(), &[]);
        }
    }
}

fn is_question(reading: &Reading<'_>, number: usize, run: &Run) -> bool {
    let Some(mark) = run.tokens.iter().rposition(|token| matches!(token.low.as_str(), "?" | "؟"))
    else {
        return false;
    };
    let closes =
        run.tokens.get(mark + 1..).unwrap_or_default().iter().all(|token| !token.is_word());
    let Some(token) = run.tokens.get(mark) else { return false };
    // "Mayor: who pays?" is the mayor's question; a short word before the colon is a subject, and names end in a capital.
    let colon =
        run.tokens.iter().take(mark).any(|token| matches!(token.low.as_str(), ":" | "：" | "|"));
    let explains = !EXPLAINERS.hits(&run.tokens, 0..run.tokens.len()).is_empty();
    let answered =
        reading.runs.iter().any(|run| run.part == Part::Heading && run.text.contains(['?', '؟']));
    let asked = run.tokens.iter().take(mark).any(|token| {
        matches!(token.low.as_str(), "ask" | "asks" | "asked" | "wonders" | "wondered" | "پوچھا")
    });
    closes
        && !asked
        && !colon
        && !explains
        && !answered
        && reading.is_own(number, &(token.from..token.to))
}

fn withholds(reading: &Reading<'_>, run: &Run) -> bool {
    let first = run.tokens.iter().position(|token| token.is_word());
    reading.lang == Lang::English
        && WITHHELD
            .hits(&run.tokens, 0..run.tokens.len())
            .iter()
            .any(|hit| hit.entry.with != "first" || Some(hit.tokens.start) == first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn headlines_that_ask() {
        let check = |lang: &str, headline: &str, found: bool| {
            let all = [headline];
            let expected: &[&str] = if found { &all } else { &[] };
            rows::check(&RULE, lang, headline, expected);
        };
        check("en", "Will the dam hold?", true);
        check("en", "This is why the dam leaked", true);
        check("en", "You won't believe what the mayor found", true);
        check("en", "Mayor: Who pays for the dam?", false);
        check("en", "Mayor asks “Who pays?”", false);
        check("en", "Mayor asks, who pays?", false);
        check("en", "Explainer: does the dam leak?", false);
        check("en", "The dam holds", false);
        check("ur", "کیا پل محفوظ ہے؟", true);
        check("ur", "پل محفوظ ہے", false);
    }
}
