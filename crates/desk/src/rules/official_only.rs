//! A text in which those who hold offices are the only ones who speak.

use crate::{
    reading::{Form, Reading},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::{labels, report::Level};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "official-only",
    version: 1,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Officials alone speak",
            definition: "Two or more speakers are credited, the text gives each an office (government, police, army, court, company), and no speaker is undecided.",
            why: "All {} who speak hold an office.",
            settle: "Add somebody whom the matter concerns, or somebody who knows it and holds no office.",
        },
        Words {
            title: "صرف عہدیدار بولتے ہیں",
            definition: "دو یا زیادہ بولنے والے ہیں، متن ہر ایک کا عہدہ بتاتا ہے (حکومت، پولیس، فوج، عدالت، کمپنی)، اور کوئی آواز غیر طے شدہ نہیں۔",
            why: "بولنے والے تمام {} عہدیدار ہیں۔",
            settle: "کسی ایسے کو شامل کریں جس پر معاملے کا اثر ہے، یا جو اسے جانتا ہے اور عہدیدار نہیں۔",
        },
    ],
    evidence: "A count of offices that the text itself gives. Stepped around: texts with one voice, which another rule \
               counts; texts with an undecided speaker. Reports of courts and of weather name officials for good reason.",
    basis: Basis::Judged(&[]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let spoken = reading.attributions.iter().filter(|one| one.form != Form::Stance);
    let Some(numbers) = spoken.map(|one| one.voice).collect::<Option<BTreeSet<usize>>>() else {
        return;
    };
    let voices: Vec<_> = numbers.iter().filter_map(|at| reading.voices.get(*at)).collect();
    if voices.len() < 2 || voices.iter().any(|voice| !voice.official) {
        return;
    }
    let first = voices.iter().filter_map(|voice| voice.mentions.first());
    let spots = first.map(|(run, range)| reading.spot(*run, range.clone())).collect();
    sink.find(spots, &[&labels::of(&reading.article.lang).number(voices.len())]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn offices_are_counted() {
        let check = |official: &[bool], expected: usize| {
            let text = "A bridge\nAnwar Malik said that it is safe. Sara Khan said that it is old.";
            let article = rows::article("en", text);
            let mut reading = Reading::of(&article);
            for (voice, official) in reading.voices.iter_mut().zip(official) {
                voice.official = *official;
            }
            let mut sink = Sink { rule: &RULE, lang: "en", found: Vec::new() };
            super::check(&reading, &mut sink);
            assert_eq!(sink.found.len(), expected, "{official:?}");
        };
        check(&[true, true], 1);
        check(&[true, false], 0);
        check(&[false, false], 0);
    }
}
