//! What a party is said to have said, known from its counterpart alone.

use crate::{
    reading::{Attribution, Reading},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::{
    labels,
    report::{Level, Spot},
};

pub(super) const RULE: Rule = Rule {
    id: "secondhand-voice",
    version: 2,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Known from the counterpart alone",
            definition: "A passage is credited to a party, and everything that its sentence cites (or, where it cites nothing, everything that the article cites) speaks for another party.",
            why: "What {1} is said to have said in {2} rests on the word of {3} alone.",
            settle: "Add a source of their own, or write whose account of their words this is.",
        },
        Words {
            title: "صرف دوسرے فریق سے معلوم",
            definition: "کوئی حصہ ایک فریق سے منسوب ہے، اور جملے کے تمام حوالے (یا جملے میں حوالہ نہ ہو تو پوری خبر کے تمام حوالے) دوسرے فریق کے ہیں۔",
            why: "{2} میں {1} سے منسوب بات صرف {3} کے کہنے پر قائم ہے۔",
            settle: "ان کا اپنا ذریعہ شامل کریں، یا لکھیں کہ ان کی بات کس کی زبانی ہے۔",
        },
    ],
    evidence: "Reads who speaks from the text and whose word it rests on from the file. Stepped around: sentences that \
               cite a source of nobody's; thoughts and stands reported without words; refusals to comment.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 33,
        of: 44,
        sample: "BASIL, bound to one source of somebody else, drawn by a seed, one reading",
        date: "2026-11-25",
    }]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let labels = labels::of(&reading.article.lang);
    for party in &reading.parties.list {
        if party.secondhand.is_empty() {
            continue;
        }
        let mut said: Vec<_> =
            party.secondhand.iter().filter_map(|at| reading.attributions.get(*at)).collect();
        said.dedup_by_key(|one| one.sentence);
        let spots: Vec<_> = said.into_iter().map(|one| spot(reading, one)).collect();
        let others: Vec<String> = (party.secondhand_of.iter())
            .filter_map(|other| reading.parties.list.get(*other))
            .map(|other| other.name.clone())
            .collect();
        let count = super::sentences(reading.lang, spots.len());
        sink.find(spots, &[&party.name, &count, &labels.list(&others)]);
    }
}

/// The words that name the speaker and say that they speak.
fn spot(reading: &Reading<'_>, one: &Attribution) -> Spot {
    let source = one.source.clone().unwrap_or_else(|| one.cue.clone());
    let (from, to) = (source.start.min(one.cue.start), source.end.max(one.cue.end));
    reading.spot(one.run, from..to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn whose_account_it_is() {
        let check = |text: &str, expected: &[&str]| rows::cited(&RULE, "en", text, expected);
        // The source "a" speaks for the council, "b" for the union, "c" for nobody.
        check("The water union said that it agrees [@a].", &["The water union said"]);
        check(
            "The water union said that it agrees, adding that it waits [@a].",
            &["The water union said"],
        );
        check("The water union said that it agrees [@b].", &[]);
        check("The water union said that it agrees [@c].", &[]);
        check("The city council said that it agrees [@a].", &[]);
        check(
            "The council met [@a]. The water union said that it agrees.",
            &["The water union said"],
        );
        check("The council met [@a; @c]. The water union said that it agrees.", &[]);
        check("The water union said that it agrees.", &[]);
    }
}
