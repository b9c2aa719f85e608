//! Verbs of speaking that doubt, endorse or attack, and how often each speaker gets one.

use super::tone::{self, Tone};
use crate::{
    reading::Reading,
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;

pub(super) const RULE: Rule = Rule {
    id: "report-verb",
    version: 1,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A verb that takes sides",
            definition: "A speaker's words are introduced with a verb that doubts (claimed, admitted), endorses (revealed) or attacks (slammed).",
            why: "“{}” introduces the words of {}: {} of {} reports of this speaker use such a verb.",
            settle: "Use “said” where nothing more is known, for every speaker alike.",
        },
        Words {
            title: "جھکاؤ والا فعل",
            definition: "کسی کی بات ایسے فعل سے پیش کی گئی ہے جو شک (دعویٰ، اعتراف)، تصدیق (انکشاف) یا حملہ ظاہر کرتا ہے۔",
            why: "”{}“ سے {} کی بات پیش کی گئی ہے: اس کے {} حوالے ایسے ہیں، کل {} میں سے۔",
            settle: "جہاں اور کچھ معلوم نہ ہو وہاں سب کے لیے یکساں ”کہا“ لکھیں۔",
        },
    ],
    evidence: "Lists of such verbs alone were seldom right as signs of bias, so this counts and does not judge. Stepped \
               around: claims of responsibility, admissions to hospitals and courts, things unveiled, words inside \
               quotations.",
    basis: Basis::Judged(&[]),
    check,
};

/// Verbs of that kind that a speaker needs to be pointed at.
const LEAST: usize = 2;

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    for (number, voice) in reading.voices.iter().enumerate() {
        let reports: Vec<_> =
            reading.attributions.iter().filter(|one| one.voice == Some(number)).collect();
        let toned: Vec<_> =
            reports.iter().filter(|one| tone::of(reading, one) != Tone::Neutral).collect();
        let at: Vec<_> = toned.iter().map(|one| reading.spot(one.run, one.cue.clone())).collect();
        let verbs: Vec<&str> = at.iter().map(|spot| spot.words.as_str()).collect();
        let verbs = verbs.join("”, “");
        // One such verb is everywhere; two for one speaker can be weighed.
        if at.len() >= LEAST {
            let (few, all) = (toned.len().to_string(), reports.len().to_string());
            sink.find(at, &[&verbs, &voice.name, &few, &all]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn verbs_that_take_sides() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("Anwar Malik claimed that the dam leaks.", &[]);
        english(
            "Anwar Malik claimed that the dam leaks. Anwar Malik admitted that it is old.",
            &["claimed … admitted"],
        );
        english("Anwar Malik said that the dam leaks.", &[]);
        english("The band claimed responsibility for the fire.", &[]);
        english("“He claimed that the dam leaks,” Anwar Malik said.", &[]);
    }

    #[test]
    fn the_rate_is_told() {
        let text = "A headline\nAnwar Malik claimed that the dam leaks. Anwar Malik said that it is old. \
                    Anwar Malik claimed that it rained.";
        let found = rows::findings(&RULE, "en", text);
        let why = found.first().map(|finding| finding.why.as_str());
        assert_eq!(
            why,
            Some(
                "“claimed”, “claimed” introduces the words of Anwar Malik: 2 of 3 reports of this speaker use such a verb."
            )
        );
    }
}
