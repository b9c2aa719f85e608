//! How many speakers the text itself calls women or men; the rest stay unknown.

use crate::{
    lists::List,
    reading::{Lang, Reading, Token, tokens},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    id: "gender-of-voices",
    version: 1,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Women and men who speak",
            definition: "Speakers whom a title, a role or a pronoun beside the word of speaking calls a woman or a man; names say nothing.",
            why: "Of {} speakers, the text calls {} women and {} men; of {} it does not say.",
            settle: "A count, not a fault: look whether somebody who knows the matter was not asked.",
        },
        Words {
            title: "بولنے والی خواتین اور مرد",
            definition: "وہ آوازیں جن کا خاتون یا مرد ہونا لقب، عہدے یا ضمیر سے ظاہر ہے؛ نام سے کچھ اخذ نہیں کیا جاتا۔",
            why: "کل آوازیں: {}؛ متن کے مطابق خواتین: {}، مرد: {}؛ نامعلوم: {}۔",
            settle: "یہ گنتی ہے، خامی نہیں: دیکھیں کہ کوئی جاننے والا پوچھے جانے سے رہ تو نہیں گیا۔",
        },
    ],
    evidence: "Nobody's gender is guessed from a name. Stepped around: \
               texts with fewer than five speakers, or where most stay unknown.",
    basis: Basis::Judged(&[]),
    check,
};

static WORDS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/gendered.txt")));
static WORDS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/gendered.txt")));

/// Speakers that a text needs for a count to say something.
const LEAST: usize = 5;

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let (mut women, mut men, mut all) = (0_usize, 0_usize, 0_usize);
    for (number, _) in reading.voices.iter().enumerate() {
        let mut said = Vec::new();
        for one in reading.attributions.iter().filter(|one| one.voice == Some(number)) {
            let text = reading.runs.get(one.run).map_or("", |run| run.text.as_str());
            let source = one.source.clone().and_then(|range| text.get(range)).unwrap_or_default();
            said.extend(tokens(source));
            if reading.lang == Lang::Urdu {
                said.extend(tokens(text.get(one.cue.clone()).unwrap_or_default()));
            }
        }
        all += 1;
        let (woman, man) = (says(reading.lang, &said, "woman"), says(reading.lang, &said, "man"));
        women += usize::from(woman && !man);
        men += usize::from(man && !woman);
    }
    if all >= LEAST && (women + men) * 2 >= all {
        let unknown = (all - women - men).to_string();
        let counts = [all, women, men].map(|count| count.to_string());
        let [all, women, men] = &counts;
        sink.find(Vec::new(), &[all, women, men, &unknown]);
    }
}

fn says(lang: Lang, tokens: &[Token], which: &str) -> bool {
    let list: &List = if lang == Lang::Urdu { &WORDS_UR } else { &WORDS };
    list.hits(tokens, 0..tokens.len()).iter().any(|hit| hit.entry.with == which)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn speakers_are_counted_by_the_texts_own_words() {
        let text = "A headline\nMrs. Marlow said the dam leaks.\nA spokesman said it is old.\nThe \
                    council said it is safe.\nMr. Malik said it is new.\nThe board said it leaks.";
        let found = rows::findings(&RULE, "en", text);
        let why = found.first().map(|finding| finding.why.as_str());
        assert_eq!(
            why,
            Some("Of 5 speakers, the text calls 1 women and 2 men; of 2 it does not say.")
        );
        assert!(
            rows::findings(&RULE, "en", "A headline\nAnn Marlow said the dam leaks.").is_empty()
        );
    }
}
