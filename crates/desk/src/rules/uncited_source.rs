//! Sources that the file lists and the text never cites.

use crate::{
    reading::Reading,
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "uncited-source",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A source that nothing rests on",
            definition: "A source is listed, and neither the text nor an event of the timeline cites it.",
            why: "Listed and never cited: {1}.",
            settle: "Cite it where the text rests on it, or take it off the list.",
        },
        Words {
            title: "ذریعہ جس پر کچھ قائم نہیں",
            definition: "ایک ذریعہ فہرست میں ہے مگر نہ متن اس کا حوالہ دیتا ہے نہ کوئی واقعہ۔",
            why: "فہرست میں ہیں مگر ان کا حوالہ کہیں نہیں: {1}۔",
            settle: "جہاں متن اس پر قائم ہے وہاں حوالہ دیں، یا اسے فہرست سے نکال دیں۔",
        },
    ],
    evidence: "A fact of the file. A list of sources longer than what the text rests on makes an account look better \
               supported than it is. Events of the timeline count as citations.",
    basis: Basis::Fact,
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let cited: BTreeSet<&str> = (reading.runs.iter())
        .flat_map(|run| run.cited.iter().flatten().map(String::as_str))
        .chain(reading.article.events.iter().filter_map(|event| event.source.as_deref()))
        .collect();
    let sources = reading.article.references.iter();
    sink.sources(sources.filter(|source| !cited.contains(source.id())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn every_source_is_cited() {
        let check = |lang: &str, text: &str, expected: &[&str]| {
            let found = rows::found(&RULE, lang, text);
            let why: Vec<&str> = found.iter().map(|one| one.why.as_str()).collect();
            assert_eq!(why, expected, "{text}");
        };
        check("en", "It opened [@a; @b]. It closed [@c].", &[]);
        check("en", "It opened [@a].", &["Listed and never cited: b and c."]);
        check("ur", "پل کھل گیا [@a; @b]۔", &["فہرست میں ہیں مگر ان کا حوالہ کہیں نہیں: c۔"]);
    }
}
