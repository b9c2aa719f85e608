//! A source without a name whose reason is not in the file.

use crate::{
    reading::Reading,
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::{model::Kind, report::Level};

pub(super) const RULE: Rule = Rule {
    id: "unnamed-source-reason",
    version: 1,
    level: Level::Fix,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "No reason for a source without a name",
            definition: "A source of the kind \"unnamed person\" has no reason beside it.",
            why: "The file gives no reason why the source {1} has no name.",
            settle: "Write the reason beside the source, or name it.",
        },
        Words {
            title: "بے نام ذریعے کی وجہ نہیں",
            definition: "ایک ذریعہ ”unnamed person“ قسم کا ہے اور اس کے ساتھ کوئی وجہ درج نہیں۔",
            why: "فائل یہ نہیں بتاتی کہ ذریعہ {1} کا نام کیوں نہیں دیا گیا۔",
            settle: "ذریعے کے ساتھ وجہ لکھیں، یا اس کا نام دیں۔",
        },
    ],
    evidence: "A fact of the file. Codes of newsrooms ask for a reason that readers can judge. With a reason the rule is \
               silent, whatever the reason: people at risk are counted elsewhere and never graded.",
    basis: Basis::Fact,
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let sources = reading.article.references.iter();
    let silent = |reason: Option<&str>| reason.is_none_or(|reason| reason.trim().is_empty());
    sink.sources(
        sources.filter(|source| source.kind() == Kind::Unnamed && silent(source.custom("reason"))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn a_reason_is_asked_for() {
        let check = |lang: &str, custom: &str, expected: usize| {
            let mut article = rows::cited_article(lang, "It opened [@c].");
            let custom = serde_json::from_str(custom).unwrap_or_default();
            article.references[2].csl.insert("custom".to_owned(), custom);
            assert_eq!(rows::on(&RULE, &article).len(), expected, "{lang}");
        };
        check("en", r#"{"kind":"unnamed person"}"#, 1);
        check("ur", r#"{"kind":"unnamed person","reason":" "}"#, 1);
        check("en", r#"{"kind":"unnamed person","reason":"She could lose her work."}"#, 0);
        check("en", r#"{"kind":"interview"}"#, 0);
    }
}
