//! A loaded word in the article's own voice.

use crate::{
    reading::Reading,
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
    wording::{Whose, Wording, is_opinion},
};
use ovn_edition::report::Level;

pub(super) const RULE: Rule = Rule {
    id: "loaded-word",
    version: 2,
    level: Level::Info,
    langs: &["en"],
    words: [
        Words {
            title: "Loaded word, own voice",
            definition: "A word of the list of loaded words stands in the article's own voice: not in a quotation or a clause that somebody is credited with, not in a name, not in a section of opinion.",
            why: "“{1}” is on the list of loaded words, and nobody is credited with it.",
            settle: "Say what was seen or done, or credit the word to the one who says it. Plainer: {2}.",
        },
        Words {
            title: "ادارے کی اپنی آواز میں جانبدار لفظ",
            definition: "جانبدار الفاظ کی فہرست کا کوئی لفظ ادارے کی اپنی آواز میں آیا ہے: نہ اقتباس میں، نہ کسی نام میں، نہ رائے کے صفحے پر۔",
            why: "”{1}“ جانبدار الفاظ کی فہرست میں ہے اور کسی سے منسوب نہیں۔",
            settle: "جو دیکھا گیا یا کیا گیا وہ لکھیں، یا لفظ اسی سے منسوب کریں جس نے کہا۔ سادہ متبادل: {2}۔",
        },
    ],
    evidence: "Spinde and others (2021), BABE: experts marked the words that made a sentence biased. Published lists of loaded words are right in a third of their flags at most, so a word stays on this list only when its uses, or those of its kind, were marked in 65 of 100 cases. Experts did not mark every use, and marked wire copy least.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 92,
        of: 144,
        sample: "own-voice findings in 2,142 sentences of seven outlets, against the words that experts marked (BABE); for each outlet, words chosen on the others alone",
        date: "2026-11-25",
    }]),
    check,
};

/// What the finding offers where the list has nothing of its own.
const PLAIN: &str = "what was seen, said or done";

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    if is_opinion(reading.article) {
        return;
    }
    for word in Wording::english().of(reading) {
        if word.whose == Whose::Own {
            let instead = if word.instead.is_empty() { PLAIN } else { &word.instead };
            sink.words(reading, word.run, word.bytes, &[instead]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows_of_words::check as rows;
    use super::*;

    #[test]
    fn own_words_and_nothing_else() {
        let check = |text: &str, expected: &[&str]| rows(&RULE, "News", text, expected);
        check("The council slammed the harbour plan.", &["slammed"]);
        check("It was a bizarre and disgraceful vote.", &["bizarre", "disgraceful"]);
        check("“The council slammed the plan,” Aslam Rind said.", &[]);
        check("Rind said the vote was bizarre.", &[]);
        check("A “bizarre” vote followed.", &[]);
        check("They saw the film Shameless Harbour twice.", &[]);
        check("Jobless claims rose by 40 in Kharan.", &[]);
        check("The council voted on Monday.", &[]);
    }

    #[test]
    fn opinion_is_left_alone() {
        rows(&RULE, "Opinion", "The council slammed the harbour plan.", &[]);
    }
}
