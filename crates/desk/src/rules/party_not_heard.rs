//! A party that is accused or in the headline, and whose words the text does not have.

use super::reply_not_sought;
use crate::{
    reading::{Part, Reading, parties::Party},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::{labels, report::Level};

pub(super) const RULE: Rule = Rule {
    id: "party-not-heard",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Named and not heard",
            definition: "A party is accused, blamed or condemned, or the headline names it; no words are its own, no cited source speaks for it, and neither text nor file says that it was asked. A refusal to comment counts as asked.",
            why: "{1} is named {2} times and accused {3} times, and none of the text's words are its own.",
            settle: "Add its answer, or say that it was asked and what came of it.",
        },
        Words {
            title: "نام ہے، مؤقف نہیں",
            definition: "کسی فریق پر الزام یا تنقید ہے، یا سرخی میں اس کا نام ہے؛ اس کی اپنی کوئی بات نہیں، اس کا کوئی ذریعہ نہیں، اور نہ متن نہ فائل بتاتی ہے کہ اس سے پوچھا گیا۔ تبصرے سے انکار پوچھنے میں شمار ہے۔",
            why: "{1} کا نام {2} بار اور اس پر الزام {3} بار آیا ہے، مگر متن میں اس کی اپنی کوئی بات نہیں۔",
            settle: "اس کا جواب شامل کریں، یا بتائیں کہ اس سے پوچھا گیا اور کیا ہوا۔",
        },
    ],
    evidence: "A count over the parties that the editor lists; none is guessed. Stepped around: countries named as \
               places; lines that say that somebody was asked, even where it is open who; parties in the headline for \
               which the file has already been asked about.",
    basis: Basis::Judged(&[]),
    check,
};

fn in_headline(reading: &Reading<'_>, party: &Party) -> bool {
    party
        .mentions
        .iter()
        .any(|(run, _)| reading.runs.get(*run).is_some_and(|run| run.part == Part::Headline))
}

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    if reading.parties.asked_somebody {
        return;
    }
    for (at, party) in reading.parties.list.iter().enumerate() {
        let accused = !party.accused.is_empty();
        let raised =
            accused || (in_headline(reading, party) && !reply_not_sought::speaks_of(reading, at));
        if !raised || party.is_heard() || party.is_sought() {
            continue;
        }
        let places = if accused { &party.accused } else { &party.mentions };
        let take = if accused { usize::MAX } else { 1 };
        let spots = places.iter().take(take).map(|(run, range)| reading.spot(*run, range.clone()));
        let labels = labels::of(&reading.article.lang);
        let (named, accused) =
            (labels.number(party.mentions.len()), labels.number(party.accused.len()));
        sink.find(spots.collect(), &[&party.name, &named, &accused]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn the_accused_are_heard() {
        let check = |lang: &str, party: &str, text: &str, expected: &[&str]| {
            let mut article = rows::article(lang, text);
            article.parties = vec![party.to_owned()];
            let words: Vec<String> =
                rows::on(&RULE, &article).iter().map(|one| one.words()).collect();
            assert_eq!(words, expected, "{text}");
        };
        let company = |text: &str, expected: &[&str]| {
            check("en", "Harbour company", &format!("A harbour\n{text}"), expected);
        };
        company(
            "Fishers accused the harbour company of dumping.",
            &["accused the harbour company"],
        );
        company("Fishers accused the harbour company. The company declined to comment.", &[]);
        company("Fishers accused the harbour company. It could not be reached.", &[]);
        company("Fishers accused the company. The company said that it obeys the law.", &[]);
        company("Fishers met the harbour company.", &[]);
        check(
            "en",
            "Harbour company",
            "Harbour company digs\nThe sea is calm.",
            &["Harbour company"],
        );
        let norway = |text: &str, expected: &[&str]| check("ur", "حکومت ناروے", text, expected);
        norway("بندرگاہ\nماہی گیروں نے ناروے پر الزام لگایا۔", &["ناروے پر الزام"]);
        norway("بندرگاہ\nماہی گیروں نے ناروے پر الزام لگایا۔ حکومت نے جواب نہیں دیا۔", &[]);
        norway("بندرگاہ\nسمندر پرسکون ہے۔", &[]);
    }
}
