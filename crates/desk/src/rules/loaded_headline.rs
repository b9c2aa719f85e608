//! A loaded word in the headline that the text never uses.

use crate::{
    reading::{Part, Reading},
    rule::{Basis, Rule, Words},
    sink::Sink,
    wording::{Whose, Wording, is_opinion},
};
use ovn_edition::report::Level;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "loaded-headline",
    version: 1,
    level: Level::Info,
    langs: &["en"],
    words: [
        Words {
            title: "Loaded headline, plainer text",
            definition: "The headline uses a word of the list of loaded words in the article's own voice, and no form of the word stands in the text.",
            why: "The headline says “{1}”; no form of the word stands in the text below it.",
            settle: "Use the text's own word in the headline, or show in the text what the headline's word rests on.",
        },
        Words {
            title: "سرخی میں جانبدار لفظ",
            definition: "سرخی میں جانبدار الفاظ کی فہرست کا کوئی لفظ ادارے کی اپنی آواز میں ہے اور متن میں اس لفظ کی کوئی شکل نہیں۔",
            why: "سرخی میں ”{1}“ ہے؛ نیچے متن میں اس لفظ کی کوئی شکل نہیں۔",
            settle: "سرخی میں متن ہی کا لفظ رکھیں، یا متن میں دکھائیں کہ سرخی کا لفظ کس بات پر ہے۔",
        },
    ],
    evidence: "Ecker and others (2014): a headline colours what readers remember of a text that says less. Space in a headline is short, so a word that the text also uses is no finding.",
    basis: Basis::Judged(&[]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let is_headline =
        |run: usize| reading.runs.get(run).is_some_and(|run| run.part == Part::Headline);
    let body = reading.runs.iter().filter(|run| run.part != Part::Headline);
    let stems: BTreeSet<String> =
        body.flat_map(|run| &run.tokens).map(|token| stem(&token.low)).collect();
    if is_opinion(reading.article) || stems.is_empty() {
        return;
    }
    for word in Wording::english().of(reading) {
        let used = word.phrase.split(' ').all(|word| stems.contains(&stem(word)));
        if is_headline(word.run) && word.whose == Whose::Own && !used {
            sink.words(reading, word.run, word.bytes, &[]);
        }
    }
}

/// The first letters of a word, which all its forms share: rather one finding too few than one about another form.
fn stem(word: &str) -> String {
    word.chars().take(4).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows_of_words::{article, findings};
    use super::*;
    use ovn_edition::report::Finding;

    #[test]
    fn headlines_against_their_texts() {
        let check = |text: &str, expected: &[&str]| {
            let found = findings(&RULE, &article("News", text));
            let found: Vec<String> = found.iter().map(Finding::words).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("Mayor slams harbour plan\nThe mayor spoke against the plan.", &["slams"]);
        check("Mayor Slams Harbour Plan\nThe mayor spoke against the plan.", &["Slams"]);
        check("Mayor slams harbour plan\nThe mayor slammed the plan.", &[]);
        check("Mayor: “Harbour plan is bizarre”\nThe mayor spoke.", &[]);
        check("Mayor rejects harbour plan\nThe mayor slammed the plan.", &[]);
        check("Mayor slams harbour plan", &[]);
    }
}
