//! An adverb that says what the writer makes of a sentence.

use crate::{
    lists::{Hit, List},
    reading::{Reading, Sentence, Token},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
    wording::is_opinion,
};
use ovn_edition::report::Level;
use std::sync::LazyLock;

static STANCE: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/stance.txt")));

pub(super) const RULE: Rule = Rule {
    id: "stance-adverb",
    version: 2,
    level: Level::Look,
    langs: &["en"],
    words: [
        Words {
            title: "The writer's stance",
            definition: "An adverb that weighs a whole sentence (“unfortunately”, “of course”, “clearly,” at its head) stands in the article's own voice.",
            why: "“{1}” says what the writer makes of the sentence, and nobody is credited with it.",
            settle: "Leave it out, or say who sees it so.",
        },
        Words {
            title: "لکھنے والے کا تاثر",
            definition: "پورے جملے پر رائے دینے والا لفظ ادارے کی اپنی آواز میں ہے۔",
            why: "”{1}“ بتاتا ہے کہ لکھنے والا اس بات کو کیسا سمجھتا ہے، اور یہ کسی سے منسوب نہیں۔",
            settle: "اسے نکال دیں، یا بتائیں کہ ایسا کون سمجھتا ہے۔",
        },
    ],
    evidence: "Biber and Finegan (1989) on adverbials of stance. Adverbs of manner look the same (“he spoke clearly”), so most count only at the head of a sentence, before a comma.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 210,
        of: 227,
        sample: "PolNeAR, BASIL and leads of dated articles, drawn by a seed; one to three readings of each, right when all say so",
        date: "2026-11-25",
    }]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    if is_opinion(reading.article) {
        return;
    }
    for sentence in &reading.sentences {
        let Some(run) = reading.runs.get(sentence.run) else { continue };
        for hit in STANCE.hits(&run.tokens, sentence.tokens.clone()) {
            let bytes = reading.bytes(sentence.run, hit.tokens.clone());
            if weighs(&run.tokens, sentence, &hit) && reading.is_own(sentence.run, &bytes) {
                sink.words(reading, sentence.run, bytes, &[]);
            }
        }
    }
}

/// Whether the adverb weighs the sentence: always by its kind, or because it stands at its head before a comma.
fn weighs(tokens: &[Token], sentence: &Sentence, hit: &Hit<'_>) -> bool {
    let before = hit.tokens.start.checked_sub(1).and_then(|at| tokens.get(at));
    if hit.entry.with == "always" {
        // "as a matter of course", "a change of course", "in the normal run of course work".
        let noun = hit.entry.words.first().is_some_and(|word| word == "of")
            && before.is_some_and(Token::is_word);
        return !noun;
    }
    let mut ahead = tokens.get(sentence.tokens.start..hit.tokens.start).into_iter().flatten();
    let head = !ahead.any(Token::is_word);
    head && tokens.get(hit.tokens.end).is_some_and(|mark| mark.low == ",")
}

#[cfg(test)]
mod tests {
    use super::super::rows_of_words::check as rows;
    use super::*;

    #[test]
    fn stance_and_manner() {
        let check = |text: &str, expected: &[&str]| rows(&RULE, "News", text, expected);
        check("Unfortunately, the road stayed shut.", &["Unfortunately"]);
        check("The road, of course, stayed shut.", &["of course"]);
        check("Clearly, the plan failed. The mayor spoke clearly.", &["Clearly"]);
        check("The ship made a change of course.", &[]);
        check("The sign was clearly visible.", &[]);
        check("“Unfortunately, the road stayed shut,” Rind said.", &[]);
        rows(&RULE, "Opinion", "Unfortunately, the road stayed shut.", &[]);
    }
}
