//! Who is accused, and who was asked and did not answer.

use super::{
    Parties, Place,
    names::{Mention, Names, office},
};
use crate::{
    lists::List,
    reading::{Attribution, Lang, Reading},
};
use std::{ops::Range, sync::LazyLock};

static ACCUSING_EN: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/accusing.txt")));
static ACCUSING_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/ur/accusing.txt")));
static SOUGHT_EN: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/sought.txt")));
static SOUGHT_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/ur/sought.txt")));

/// The most tokens between words that accuse and the accused.
const REACH: usize = 4;

fn sought_list(lang: Lang) -> &'static List {
    if lang == Lang::Urdu { &SOUGHT_UR } else { &SOUGHT_EN }
}

/// Whether the text says of anybody that they were asked.
pub(super) fn asks(reading: &Reading<'_>) -> bool {
    let list = sought_list(reading.lang);
    reading.runs.iter().any(|run| !list.hits(&run.tokens, 0..run.tokens.len()).is_empty())
}

/// Where the text says that somebody was asked and did not answer, or would not, in reading order.
pub(super) fn refusals(reading: &Reading<'_>) -> Vec<Place> {
    let list = sought_list(reading.lang);
    let mut out = Vec::new();
    for (number, run) in reading.runs.iter().enumerate() {
        let hits = list.hits(&run.tokens, 0..run.tokens.len()).into_iter();
        out.extend(hits.map(|hit| (number, reading.bytes(number, hit.tokens))));
    }
    out
}

/// Whether the words that say that somebody speaks are among those that say that they would not.
pub(super) fn refuses(refusals: &[Place], one: &Attribution) -> bool {
    let next = refusals.partition_point(|(run, at)| (*run, at.end) <= (one.run, one.cue.start));
    refusals.get(next).is_some_and(|(run, at)| *run == one.run && at.start < one.cue.end)
}

/// Where words that accuse have a party as their object, or as the subject of a passive.
pub(super) fn accused(reading: &Reading<'_>, names: &Names, out: &mut Parties) {
    let urdu = reading.lang == Lang::Urdu;
    let list: &List = if urdu { &ACCUSING_UR } else { &ACCUSING_EN };
    for sentence in &reading.sentences {
        let Some(tokens) = names.bare.get(sentence.run) else { continue };
        for hit in list.hits(tokens, sentence.tokens.clone()) {
            let found = if hit.entry.with == "subject" {
                names.before(sentence, hit.tokens.start)
            } else {
                names.after(sentence, hit.tokens.end)
            };
            let Some(one) = found.filter(|one| near(names, &hit.tokens, one)) else { continue };
            if (!one.country || is_whole(reading.lang, names, one))
                && let Some(party) = out.list.get_mut(one.party)
            {
                let (from, to) =
                    (hit.tokens.start.min(one.tokens.start), hit.tokens.end.max(one.tokens.end));
                party.accused.push((sentence.run, reading.bytes(sentence.run, from..to)));
            }
        }
    }
}

/// Whether nothing but an article and titles stands between the words and the mention.
fn near(names: &Names, hit: &Range<usize>, one: &Mention) -> bool {
    let (from, to) = if one.tokens.start >= hit.end {
        (hit.end, one.tokens.start)
    } else {
        (one.tokens.end, hit.start)
    };
    let between = names.bare.get(one.run).and_then(|all| all.get(from..to)).unwrap_or_default();
    let away = |low: &str| {
        matches!(low, "of" | "by" | "for" | "and" | "that" | "who" | "over" | "after" | "نے")
    };
    between.len() <= REACH && between.iter().all(|token| token.is_word() && !away(&token.low))
}

/// Whether a country's name stands for its government: nothing that it describes follows.
fn is_whole(lang: Lang, names: &Names, one: &Mention) -> bool {
    let next = names.bare.get(one.run).and_then(|all| all.get(one.tokens.end));
    next.is_none_or(|token| {
        let small = matches!(
            token.low.as_str(),
            "of" | "for"
                | "over"
                | "on"
                | "in"
                | "to"
                | "and"
                | "as"
                | "at"
                | "after"
                | "is"
                | "are"
                | "was"
                | "were"
                | "has"
                | "had"
                | "stands"
                | "پر"
                | "کو"
                | "کی"
                | "کے"
        );
        !token.is_word() || small || matches!(office(lang, &token.low), "person" | "body")
    })
}

/// Where the text says that a party was asked and did not answer, or would not.
pub(super) fn sought(reading: &Reading<'_>, names: &Names, out: &mut Parties) {
    let list = sought_list(reading.lang);
    for sentence in &reading.sentences {
        let Some(run) = reading.runs.get(sentence.run) else { continue };
        for hit in list.hits(&run.tokens, sentence.tokens.clone()) {
            let one = names.before(sentence, hit.tokens.start);
            let row = one.and_then(|one| Some((one, out.list.get_mut(one.party)?)));
            match row {
                Some((one, party)) => {
                    let all = one.tokens.start..hit.tokens.end;
                    party.sought.push((sentence.run, reading.bytes(sentence.run, all)));
                }
                None => out.asked_somebody = true,
            }
        }
    }
}
