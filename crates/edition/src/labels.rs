//! Every word that the article element shows of its own, in English and Urdu.

mod tables;

use crate::{
    dates,
    model::{Class, Kind},
};
pub use tables::{ENGLISH, URDU};

/// One and many. `{}` stands for the number or name, in order.
pub type Plural = [&'static str; 2];

/// The words of one language. `{}` in a text stands for what [`fill`] puts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// BCP 47 tag of these words.
    pub lang: &'static str,
    /// The comma between items, with its space.
    pub comma: &'static str,
    /// What stands between the last two items: " and ".
    pub and: &'static str,
    /// The stop after a part of a source's line, with its space.
    pub stop: &'static str,
    /// Between clauses of a source's line, with its space.
    pub semicolon: &'static str,
    /// Before the names of the authors: "By {}".
    pub by: &'static str,
    /// The verb before the time of a revision, by class in the order of [`Class::ALL`].
    pub done: [&'static str; 6],
    /// The name of a class, in the same order.
    pub classes: [&'static str; 6],
    /// "Asked for by {}."
    pub asked_by: &'static str,
    /// "This article is a translation."
    pub translation: &'static str,
    /// The link to what it translates.
    pub original: &'static str,
    /// What the trust strip is called.
    pub standing: &'static str,
    /// "{} sources".
    pub sources_count: Plural,
    /// Nothing is cited.
    pub no_sources: &'static str,
    /// ", all archived", ", {} archived", ", none archived".
    pub archived_count: [&'static str; 3],
    /// "{} of {} parties heard", by the number of parties.
    pub heard_count: Plural,
    /// Heading of the sources.
    pub sources: &'static str,
    /// Heading of the parties.
    pub heard: &'static str,
    /// Heading of the dated events.
    pub events: &'static str,
    /// "Source {}", the name of a mark.
    pub source: &'static str,
    /// "{} of {} claims rest on its word", by the number that rests.
    pub rests: Plural,
    /// No claim is bound to what speaks for the party.
    pub not_heard: &'static str,
    /// A source speaks for it and is cited nowhere.
    pub not_cited: &'static str,
    /// Kinds of sources in the order of [`Kind::ALL`].
    pub kinds: [&'static str; 7],
    /// "speaks for {}".
    pub speaks_for: &'static str,
    /// "Supports claims {}", by the number of claims.
    pub supports: Plural,
    /// "Cited nowhere in the text".
    pub uncited: &'static str,
    /// "claim {}", the name of a link back.
    pub claim: &'static str,
    /// The link to the archived copy.
    pub archived: &'static str,
    /// "Archived copy of {}", its accessible name.
    pub archived_copy: &'static str,
    /// What stands for a part that was removed.
    pub withheld: &'static str,
    /// What stands for a source that is cited and not there.
    pub missing_source: &'static str,
    /// A picture that is not archived here: "Picture: {}".
    pub picture: &'static str,
    /// Who made a picture: "Picture by {}".
    pub credit: &'static str,
    /// The name of a table's scrolling frame: "Table {}".
    pub table: &'static str,
    /// Words for those who do not see colours: before deleted and inserted words.
    pub deleted: &'static str,
    /// As `deleted`.
    pub inserted: &'static str,
    /// Heads of the two sides of a comparison.
    pub before_after: [&'static str; 2],
    /// The words are the same, their dress or their sources are not.
    pub form_changed: &'static str,
    /// Nothing differs.
    pub no_change: &'static str,
    /// Heading of the desk's report.
    pub desk: &'static str,
    /// How many rules were run, asked something, were not run.
    pub desk_run: &'static str,
    /// "Right in {} of {} such findings", judged on real text.
    pub desk_right: &'static str,
    /// Before the reason for which words are kept.
    pub desk_kept: &'static str,
    /// Before the reason for which a finding is called wrong.
    pub desk_wrong: &'static str,
    /// The newsroom says nothing of a finding.
    pub desk_unanswered: &'static str,
    /// "Asked: {}".
    pub asked: &'static str,
    /// "Asked on {}: {}".
    pub asked_on: &'static str,
    /// What came of a request, in the order of [`crate::model::Outcome::ALL`].
    pub outcomes: [&'static str; 3],
    /// Names of the parts before the body, by their type in the sealed document.
    pub parts: [(&'static str, &'static str); 13],
}

/// The words for the language `lang`: Urdu, or English for every other.
#[must_use]
pub fn of(lang: &str) -> &'static Labels {
    if lang.split('-').next() == Some("ur") { &URDU } else { &ENGLISH }
}

/// `template` with each `{}` replaced by the next of `values`, and `{1}` to `{4}` by the first to fourth: languages put
/// them in different orders.
#[must_use]
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut out = String::new();
    let mut next = values.iter();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inside, after)) = after.split_once('}') else { break };
        let chosen = match inside {
            "1" => values.first(),
            "2" => values.get(1),
            "3" => values.get(2),
            "4" => values.get(3),
            _ => next.next(),
        };
        out.push_str(chosen.copied().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

impl Labels {
    /// The form for `count`, filled with `values`.
    #[must_use]
    pub fn plural(&self, forms: &Plural, count: usize, values: &[&str]) -> String {
        let [one, many] = forms;
        fill(if count == 1 { one } else { many }, values)
    }

    /// A whole number in the digits of this language.
    #[must_use]
    pub fn number(&self, count: usize) -> String {
        dates::number(u64::try_from(count).unwrap_or(u64::MAX), self.lang)
    }

    /// The name of a class of revisions.
    #[must_use]
    pub fn class(&self, class: Class) -> &'static str {
        Class::ALL.iter().zip(self.classes).find(|((one, _), _)| *one == class).map_or("", |f| f.1)
    }

    /// The verb before the time of a revision of this class.
    #[must_use]
    pub fn done(&self, class: Class) -> &'static str {
        Class::ALL.iter().zip(self.done).find(|((one, _), _)| *one == class).map_or("", |f| f.1)
    }

    /// The name of a kind of source.
    #[must_use]
    pub fn kind(&self, kind: Kind) -> &'static str {
        Kind::ALL.iter().zip(self.kinds).find(|((one, _), _)| *one == kind).map_or("", |f| f.1)
    }

    /// The name of a part of the article, by its type in the sealed document; the type itself where there is none.
    #[must_use]
    pub fn part<'a>(&self, kind: &'a str) -> &'a str {
        self.parts.iter().find(|(one, _)| *one == kind).map_or(kind, |(_, name)| name)
    }

    /// `items` as a list in words: "1, 2 and 4".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{}{}{last}", first.join(self.comma), self.and),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled() {
        assert_eq!(fill("{} of {}", &["1", "2"]), "1 of 2");
        assert_eq!(fill("{} of {}", &["1"]), "1 of ");
        assert_eq!(fill("{2}: {1}", &["1", "2"]), "2: 1");
        assert_eq!(fill("none", &["1"]), "none");
    }

    #[test]
    fn lists_and_plurals() {
        let words = of("en-GB");
        let items: Vec<String> = ["1", "2", "4"].map(str::to_owned).to_vec();
        assert_eq!(words.list(&items), "1, 2 and 4");
        assert_eq!(of("ur").list(&items), "1، 2 اور 4");
        assert_eq!(words.list(&[]), "");
        assert_eq!(words.plural(&words.sources_count, 1, &["1"]), "1 source");
        assert_eq!(words.plural(&words.sources_count, 2, &["2"]), "2 sources");
        assert_eq!(of("ur").number(1204), "۱٬۲۰۴");
    }

    #[test]
    fn every_class_and_kind_has_its_word() {
        for labels in [&ENGLISH, &URDU] {
            assert!(Class::ALL.iter().all(|(class, _)| !labels.class(*class).is_empty()));
            assert!(Class::ALL.iter().all(|(class, _)| !labels.done(*class).is_empty()));
            assert!(Kind::ALL.iter().all(|(kind, _)| !labels.kind(*kind).is_empty()));
            assert_eq!(labels.part("advert"), "advert");
        }
        assert_eq!(of("ur").part("headline"), "سرخی");
    }
}
