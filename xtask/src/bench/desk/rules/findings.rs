//! What every rule finds in the texts, also those that are off by default, and the key of each finding.

use super::texts::{BOUND, LEADS, Text};
use ovn_desk::{all, report};
use ovn_edition::{
    hex,
    model::Article,
    report::{Finding, House},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A finding with its key.
#[derive(Debug)]
pub(super) struct Found {
    /// The first 16 hexadecimal digits of SHA-256 over rule, corpus, row and places.
    pub(super) key: String,
    pub(super) finding: Finding,
}

/// A text and what was found in it.
#[derive(Debug)]
pub(super) struct Read<'a> {
    pub(super) text: &'a Text,
    /// Words in it, by UAX #29.
    pub(super) words: u32,
    pub(super) found: Vec<Found>,
    /// Rules that run on this language by default.
    pub(super) speaking: BTreeSet<String>,
}

/// Runs all rules over all texts; only over those in `lang` when one is named.
pub(super) fn of<'a>(texts: &'a [Text], lang: Option<&str>) -> Vec<Read<'a>> {
    let house =
        House { on: all().iter().map(|rule| rule.id.to_owned()).collect(), ..House::default() };
    let wanted = texts.iter().filter(|text| lang.is_none_or(|lang| lang == text.article.lang));
    wanted
        .map(|text| {
            let made = report(&text.article, &house);
            let counts = |finding: &Finding| match text.corpus {
                "bound" => finding.rule == BOUND,
                _ => !text.lead || LEADS.contains(&finding.rule.as_str()),
            };
            let found = made.findings.into_iter().filter(counts).map(|finding| {
                let key = key(text.corpus, &text.id, &finding);
                Found { key, finding }
            });
            let found = found.collect();
            let speaking = speaking(&text.article.lang);
            Read { text, words: made.counts.words, found, speaking }
        })
        .collect()
}

/// The rules that run on texts in `lang` by default.
pub(super) fn speaking(lang: &str) -> BTreeSet<String> {
    let empty = Article { lang: lang.to_owned(), ..Article::default() };
    report(&empty, &House::default()).rules.into_iter().map(|ran| ran.id).collect()
}

/// The key of a finding, the same as long as the rule points at the same bytes of the same row.
pub(super) fn key(corpus: &str, row: &str, finding: &Finding) -> String {
    let mut parts = vec![finding.rule.clone(), corpus.to_owned(), row.to_owned()];
    let places = finding.at.iter();
    parts.extend(places.map(|one| format!("{}.{}.{}.{}", one.block, one.run, one.from, one.to)));
    hex::encode(&Sha256::digest(parts.join("\n").as_bytes())).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ovn_edition::report::{Level, Spot};

    #[test]
    fn a_key_stands_for_rule_row_and_places_alone() {
        let spot = |from| Spot { block: 5, run: 0, from, to: 9, words: "some say".to_owned() };
        let finding = |rule: &str, from, why: &str| Finding {
            rule: rule.to_owned(),
            level: Level::Look,
            at: vec![spot(from)],
            why: why.to_owned(),
            settle: String::new(),
        };
        let first = key("basil", "1", &finding("weasel", 1, "one"));
        assert_eq!(first.len(), 16);
        assert_eq!(first, key("basil", "1", &finding("weasel", 1, "another")));
        for other in [
            key("basil", "2", &finding("weasel", 1, "one")),
            key("unbd", "1", &finding("weasel", 1, "one")),
            key("basil", "1", &finding("other", 1, "one")),
            key("basil", "1", &finding("weasel", 2, "one")),
        ] {
            assert_ne!(first, other);
        }
    }
}
