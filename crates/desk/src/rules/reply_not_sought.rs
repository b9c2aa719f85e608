//! A party that the article names, that no source speaks for and that nobody is said to have asked.

use crate::{
    reading::Reading,
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;

pub(super) const RULE: Rule = Rule {
    id: "reply-not-sought",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A party not asked",
            definition: "The article's list names a party, the text has words of another or cites sources, no source speaks for this party, the file has no request for a reply from it, and the text neither has its words nor says that it was asked.",
            why: "{1} is named as a party and not heard: no source speaks for it, and the file has no row that it was asked for a reply.",
            settle: "Ask them and record it, or add what they have said.",
        },
        Words {
            title: "فریق جس سے پوچھا نہیں گیا",
            definition: "خبر کی فہرست میں ایک فریق ہے جس کا کوئی ذریعہ نہیں، فائل میں اس سے جواب مانگنے کا اندراج نہیں، اور متن میں نہ اس کی بات ہے نہ یہ کہ اس سے پوچھا گیا۔",
            why: "{1} کا نام بطور فریق ہے مگر اس کا مؤقف شامل نہیں: اس کا کوئی ذریعہ نہیں، اور فائل میں اندراج نہیں کہ اس سے جواب مانگا گیا۔",
            settle: "ان سے پوچھیں اور اسے درج کریں، یا جو وہ کہہ چکے ہیں اسے شامل کریں۔",
        },
    ],
    evidence: "A fact of the file: parties, sources and replies are written by the editor. Codes of newsrooms and the \
               right of reply ask for it. Stepped around: parties whose own words the text has, lines that say \
               that somebody was asked, and texts that cite nothing.",
    basis: Basis::Fact,
    check,
};

/// Whether this rule speaks of party number `at`.
pub(super) fn speaks_of(reading: &Reading<'_>, at: usize) -> bool {
    let cites = reading.runs.iter().any(|run| !run.cites.is_empty());
    let Some(party) = reading.parties.list.get(at) else { return false };
    cites
        && party.listed
        && party.sources.is_empty()
        && !party.is_heard()
        && !party.is_sought()
        && !reading.parties.asked_somebody
}

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    for (at, party) in reading.parties.list.iter().enumerate() {
        if speaks_of(reading, at) {
            let first = party.mentions.first();
            let spots = first.map(|(run, range)| reading.spot(*run, range.clone()));
            sink.find(spots.into_iter().collect(), &[&party.name]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;
    use ovn_edition::model::Reply;

    #[test]
    fn each_party_is_asked() {
        let check = |lang: &str, text: &str, asked: bool, expected: &[&str]| {
            let mut article = rows::cited_article(lang, text);
            article.parties.push("Harbour company".to_owned());
            if asked {
                let party = "Harbour company".to_owned();
                article.replies.push(Reply { party, ..Reply::default() });
            }
            let found = rows::on(&RULE, &article);
            let words: Vec<String> = found.iter().map(|one| one.words()).collect();
            assert_eq!(words, expected, "{text}");
        };
        check("en", "The harbour company digs [@a].", false, &["harbour company"]);
        check("en", "The harbour company digs [@a].", true, &[]);
        check("en", "The harbour company digs [@a]. The company did not respond.", false, &[]);
        check("en", "The harbour company said that it digs [@c].", false, &[]);
        check("en", "The harbour company digs.", false, &[]);
        check("ur", "پل کھل گیا [@a]۔", false, &[""]);
        check("ur", "پل کھل گیا [@a]۔ ادارے نے کوئی جواب نہیں دیا۔", false, &[]);
    }
}
