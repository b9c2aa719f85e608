//! A text in which one voice alone speaks.

use crate::{
    reading::{Form, Reading},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::{labels, report::Level, words};

pub(super) const RULE: Rule = Rule {
    id: "single-voice",
    version: 2,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "One voice alone",
            definition: "The text has 100 words or more and credits two passages or more, all of them to one speaker, and leaves no speaker undecided.",
            why: "All {2} attributed passages are the words of “{1}”.",
            settle: "Add another voice, or tell readers that the account is one speaker's.",
        },
        Words {
            title: "صرف ایک آواز",
            definition: "متن سو الفاظ یا زیادہ کا ہے، اس میں دو یا زیادہ منسوب حصے ہیں، سب ایک ہی بولنے والے کے، اور کوئی حصہ غیر طے شدہ نہیں۔",
            why: "منسوب تمام {2} حصے ”{1}“ کی بات ہیں۔",
            settle: "کوئی اور آواز شامل کریں، یا قارئین کو بتائیں کہ یہ ایک ہی کا بیان ہے۔",
        },
    ],
    evidence: "A count of speakers after the mentions of one speaker are brought together. Stepped around: short items; \
               texts with an undecided speaker; thoughts and stands reported without words.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 7,
        of: 8,
        sample: "PolNeAR and BASIL, drawn by a seed, one reading",
        date: "2026-11-25",
    }]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let size: usize = reading.runs.iter().map(|run| words::count(&run.text)).sum();
    let spoken: Vec<_> =
        reading.attributions.iter().filter(|one| one.form != Form::Stance).collect();
    let Some(first) = spoken.first().and_then(|one| one.voice) else { return };
    if size < 100 || spoken.len() < 2 || spoken.iter().any(|one| one.voice != Some(first)) {
        return;
    }
    let Some(voice) = reading.voices.get(first) else { return };
    let spots = spoken.iter().filter_map(|one| Some(reading.spot(one.run, one.source.clone()?)));
    let count = labels::of(&reading.article.lang).number(spoken.len());
    sink.find(spots.collect(), &[&voice.name, &count]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn speakers_are_counted() {
        let filler = "The bridge stands over the river and people walk on it each day. ".repeat(9);
        let check = |text: &str, expected: usize| {
            let text = format!("A bridge\n{text}\n{filler}");
            assert_eq!(rows::findings(&RULE, "en", &text).len(), expected, "{text}");
        };
        check("Anwar Malik said that it is safe. Anwar Malik said that it is old.", 1);
        check("Anwar Malik said that it is safe. Sara Khan said that it is old.", 0);
        check("Anwar Malik said that it is safe.", 0);
        check("It is safe.", 0);
        let short = "A bridge\nAnwar Malik said that it is safe. Anwar Malik said that it is old.";
        assert!(rows::findings(&RULE, "en", short).is_empty());
    }
}
