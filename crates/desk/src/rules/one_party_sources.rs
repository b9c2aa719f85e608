//! An article whose cited sources speak for one party alone, while it names another.

use crate::{
    reading::Reading,
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::{claims, labels, report::Level};

pub(super) const RULE: Rule = Rule {
    id: "one-party-sources",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Sources of one party alone",
            definition: "At least one cited source speaks for a party, all of those speak for the same one, and the article's list of parties names another.",
            why: "Every cited source that speaks for a party speaks for {1} ({2} of {3} sentences with a citation rest on it); none speaks for {4}.",
            settle: "Add a source of the other side, or tell readers that the account is one side's.",
        },
        Words {
            title: "ذرائع صرف ایک فریق کے",
            definition: "کم از کم ایک ذریعہ کسی فریق کی طرف سے ہے، ایسے تمام ذرائع ایک ہی فریق کے ہیں، اور خبر کی فہرست میں کوئی اور فریق بھی ہے۔",
            why: "فریقوں کی طرف سے بولنے والے تمام ذرائع {1} کے ہیں (حوالے والے {3} میں سے {2} جملے انہی پر قائم ہیں)؛ {4} کا کوئی ذریعہ نہیں۔",
            settle: "دوسرے فریق کا ذریعہ شامل کریں، یا قارئین کو بتائیں کہ یہ ایک فریق کا مؤقف ہے۔",
        },
    ],
    evidence: "A fact of the file: which party a source speaks for is written by the editor. Sides are not weighed: one \
               finding, whoever the parties are. Stepped around: articles with one party, and sources that speak for none.",
    basis: Basis::Fact,
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let all = claims::of(reading.article);
    let rests = |ids: &[String]| {
        all.iter().filter(|claim| claim.sources.iter().any(|id| ids.contains(id))).count()
    };
    let parties = &reading.parties.list;
    let mut speaking = parties.iter().filter(|party| rests(&party.sources) > 0);
    let (Some(one), None) = (speaking.next(), speaking.next()) else { return };
    let others: Vec<String> = (parties.iter())
        .filter(|party| party.listed && party.name != one.name)
        .map(|party| party.name.clone())
        .collect();
    if others.is_empty() {
        return;
    }
    let labels = labels::of(&reading.article.lang);
    let (rests, of) = (labels.number(rests(&one.sources)), labels.number(all.len()));
    sink.find(Vec::new(), &[&one.name, &rests, &of, &labels.list(&others)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn one_side() {
        let check =
            |lang: &str, text: &str, expected: &[&str]| rows::cited(&RULE, lang, text, expected);
        // In these rows the source "a" speaks for the council, "b" for the union, "c" for nobody; both are parties.
        check("en", "It opened [@a]. It closed [@c].", &[""]);
        check("en", "It opened [@a]. It closed [@b].", &[]);
        check("en", "It opened [@c].", &[]);
        check("en", "It opened.", &[]);
        check("ur", "پل کھل گیا [@a]۔", &[""]);
        check("ur", "پل کھل گیا [@a; @b]۔", &[]);
        let found = rows::found(&RULE, "en", "It opened [@a]. It closed [@c].");
        assert_eq!(
            found[0].why,
            "Every cited source that speaks for a party speaks for City council (1 of 2 sentences with a citation rest on it); none speaks for Water union."
        );
    }
}
