//! One to three words between quotation marks that nobody is credited with.

use crate::{
    lists::List,
    reading::{Form, Part, Quote, Reading, Token, credit},
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::{Level, Spot};
use std::{collections::BTreeSet, ops::RangeInclusive, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "scare-quotes",
    version: 2,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Quotation marks without a speaker",
            definition: "One to three words stand in quotation marks, and nobody is credited in the sentence or beside it.",
            why: "“{}” stands in quotation marks, and no word of speaking beside it says whose word it is.",
            settle: "Say who used the word, or take the marks away.",
        },
        Words {
            title: "واوین، حوالے کے بغیر",
            definition: "ایک سے تین الفاظ واوین میں ہیں اور اس جملے یا پاس کے جملے میں کسی کا حوالہ نہیں۔",
            why: "”{}“ واوین میں ہے، مگر نہ اس جملے سے معلوم ہوتا ہے کہ یہ کس کا لفظ ہے نہ پچھلے جملے سے۔",
            settle: "بتائیں کہ یہ لفظ کس نے استعمال کیا، یا واوین ہٹا دیں۔",
        },
    ],
    evidence: "A short quotation without a speaker lets the text keep its distance from a word without saying whose it \
               is. Stepped around: titles and names, nicknames, terms that are being explained, letters and figures, \
               words that somebody is quoted with elsewhere in the text.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 106,
        of: 145,
        sample: "PolNeAR, BASIL and leads of dated articles, drawn by a seed; one to three readings of each, right when all say so",
        date: "2026-11-25",
    }]),
    check,
};

/// What follows a word that is being explained.
const EXPLAINS: [&str; 14] = [
    "—", "–", "-", "(", "used", "that", "which", "modeled", "modelled", "where", "when", "meaning",
    "for", "=",
];

static TERMS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/terms.txt")));
static TERMS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/terms.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    // The same words in marks again and again are one matter.
    let mut found: Vec<(String, Vec<Spot>)> = Vec::new();
    let said = said(reading);
    for quote in reading.quotes.iter().filter(|quote| is_bare(reading, quote)) {
        let words = lows(inside(reading, quote));
        if said.contains(&words) {
            continue;
        }
        let low = words.join(" ");
        let spot = reading.spot(quote.run, quote.inner.clone());
        match found.iter_mut().find(|(words, _)| *words == low) {
            Some((_, spots)) => spots.push(spot),
            None => found.push((low, vec![spot])),
        }
    }
    for (_, at) in found {
        let words = at.first().map(|spot| spot.words.clone()).unwrap_or_default();
        sink.find(at, &[&words]);
    }
}

/// Whether the quotation is short, belongs to nobody, and is none of the things that marks are rightly put around.
fn is_bare(reading: &Reading<'_>, quote: &Quote) -> bool {
    let part = reading.runs.get(quote.run).map(|run| run.part);
    if !quote.closed || !matches!(part, Some(Part::Paragraph | Part::Item | Part::Standfirst)) {
        return false;
    }
    let inside = inside(reading, quote);
    let words = inside.iter().filter(|token| token.is_word()).count();
    // A comma or a stop before the closing mark ends a longer saying, broken off or resumed.
    let broken = inside.iter().any(|token| !token.is_word() && !token.is_hyphen());
    if !(1..=3).contains(&words) || broken || is_name(inside) {
        return false;
    }
    !is_credited(reading, quote) && !is_term(reading, quote)
}

/// A title, a name, a letter, a figure: a capital where none is due, or nothing of three letters.
fn is_name(inside: &[Token]) -> bool {
    inside.iter().any(|token| token.capital || token.low.starts_with(|c: char| c.is_numeric()))
        || inside.iter().all(|token| token.low.chars().count() < 3)
}

/// Whether somebody speaks in the sentence, in the one before, or right after in the same run.
fn is_credited(reading: &Reading<'_>, quote: &Quote) -> bool {
    let Some(here) = reading.sentence_at(quote.run, quote.outer.start) else { return true };
    let beside = here.saturating_sub(1)..=(here + 1);
    let spoken = reading.attributions.iter().any(|one| {
        let near = one.sentence == here || one.run == quote.run || one.sentence + 1 == here;
        let headline = reading.runs.get(one.run).is_some_and(|run| run.part == Part::Headline);
        beside.contains(&one.sentence)
            && near
            && !headline
            && (one.sentence == here || one.form != Form::Stance)
    });
    let reported = beside.clone().any(|at| {
        let same = reading.sentences.get(at).is_some_and(|one| one.run == quote.run);
        (same || at < here) && credit::reports(reading.lang, reading.tokens_of(at).0)
    });
    let longer = near(reading, &beside).iter().any(|other| {
        lows(inside(reading, other)).len() > 3
            && reading
                .sentence_at(other.run, other.outer.start)
                .is_some_and(|at| beside.contains(&at))
    });
    spoken || reported || longer
}

/// The quotations that begin in these sentences, found without looking at the others.
fn near<'a>(reading: &'a Reading<'_>, sentences: &RangeInclusive<usize>) -> &'a [Quote] {
    let last = (*sentences.end()).min(reading.sentences.len().saturating_sub(1));
    let (Some(first), Some(last)) =
        (reading.sentences.get(*sentences.start()), reading.sentences.get(last))
    else {
        return &[];
    };
    let begins = |quote: &Quote| (quote.run, quote.outer.start);
    let from = reading.quotes.partition_point(|one| begins(one) < (first.run, first.range.start));
    let to = reading.quotes.partition_point(|one| begins(one) < (last.run, last.range.end));
    reading.quotes.get(from..to).unwrap_or_default()
}

/// Whether the words around say that a term is being named or explained.
fn is_term(reading: &Reading<'_>, quote: &Quote) -> bool {
    let Some(run) = reading.runs.get(quote.run) else { return true };
    let list: &List = if reading.lang == crate::reading::Lang::Urdu { &TERMS_UR } else { &TERMS };
    let Some(here) = reading.sentence_at(quote.run, quote.outer.start) else { return true };
    let (tokens, _) = reading.tokens_of(here);
    if !list.hits(tokens, 0..tokens.len()).is_empty() {
        return true;
    }
    let before = run.tokens.partition_point(|token| token.to <= quote.outer.start);
    let before = before.checked_sub(1).and_then(|last| run.tokens.get(last));
    let after = run.tokens.get(run.tokens.partition_point(|token| token.from < quote.outer.end));
    // Between two capitals stands a nickname; before one, the title of a work or the name of a thing.
    let capital = after.is_some_and(|token| token.capital);
    let before = before.map_or("", |token| token.low.as_str());
    let mut back = run.tokens.iter().rev().filter(|token| token.to <= quote.outer.start);
    let likened =
        matches!(before, "a" | "an") && back.nth(1).is_some_and(|token| token.low == "as");
    // "His", "the mayor's" and "disguised as" say whose word it is, or that it is one.
    let next = after.map_or("", |token| token.low.as_str());
    let explained = EXPLAINS.contains(&next) || (next == "or" || before == "or");
    let owned = explained
        || before.ends_with("'s")
        || before.ends_with("s'")
        || matches!(before, "(" | "his" | "her" | "their" | "our" | "your" | "as" | "to" | "is");
    capital || owned || likened
}

/// The runs of one to three words that stand in a longer quotation, or are one that somebody is credited with.
fn said<'a>(reading: &'a Reading<'_>) -> BTreeSet<Vec<&'a str>> {
    let mut out = BTreeSet::new();
    for quote in &reading.quotes {
        let words = lows(inside(reading, quote));
        for many in 1..=words.len().min(3) {
            if words.len() > many || is_credited(reading, quote) {
                out.extend(words.windows(many).map(<[&str]>::to_vec));
            }
        }
    }
    out
}

fn inside<'a>(reading: &'a Reading<'_>, quote: &Quote) -> &'a [Token] {
    let Some(run) = reading.runs.get(quote.run) else { return &[] };
    let from = run.tokens.partition_point(|token| token.from < quote.inner.start);
    let to = run.tokens.partition_point(|token| token.from < quote.inner.end);
    run.tokens.get(from..to).unwrap_or_default()
}

fn lows(tokens: &[Token]) -> Vec<&str> {
    tokens.iter().filter(|token| token.is_word()).map(|token| token.low.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn marks_that_nobody_stands_behind() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("The town opened its “peace park” on Monday.", &["peace park"]);
        english("The \"reform\" cost a year. The \"reform\" is over.", &["reform … reform"]);
        english("The mayor called it a “peace park”.", &[]);
        english("The mayor said the law was dead. It had been a “long fight”.", &[]);
        english("They sang “Home Again” in the square.", &[]);
        english("Anwar “shorty” Malik ran first.", &[]);
        english("The term “shelf sea” means shallow water.", &[]);
        english("The vitamin “d” was given.", &[]);
        english("It rained, “and then,” it rained again.", &[]);
        english("The lane was a “safe route that everybody could use”.", &[]);
        english("The council waved the park away as a “jest” on Monday.", &[]);
        english("An unclosed “mark stays alone.", &[]);
        rows::check(&RULE, "ur", "سرخی\nشہر میں ”امن باغ“ کھل گیا۔", &["امن باغ"]);
        rows::check(&RULE, "ur", "سرخی\nمیئر نے کہا کہ ”امن باغ“ کھل گیا۔", &[]);
    }
}
