//! Parties in the text: where each is named, accused, asked and heard, and on whose word that rests.
//!
//! Parties are those that the article's editor names and those that its sources speak for; none is guessed. Where two
//! parties could be meant by the same words, neither is.

mod names;
mod stance;

use super::{Attribution, Form, Reading};
use names::{Mention, Names};
use ovn_edition::{claims, fold, parties};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Words of a run: which run, and which bytes.
pub type Place = (usize, Range<usize>);

/// Everything about the parties of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parties {
    /// In the order of the article's own list, then those that only sources name.
    pub list: Vec<Party>,
    /// Whether the text says that somebody was asked and leaves open which party that is.
    pub asked_somebody: bool,
}

/// One party as the text has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// As the article writes it.
    pub name: String,
    /// Whether the article's own list names it.
    pub listed: bool,
    /// Ids of the sources that speak for it, cited or not.
    pub sources: Vec<String>,
    /// Where the text names it.
    pub mentions: Vec<Place>,
    /// Where it is accused, blamed or condemned.
    pub accused: Vec<Place>,
    /// Whether the file has a row that it was asked.
    pub asked: bool,
    /// Where the text says that it was asked and did not answer, or would not.
    pub sought: Vec<Place>,
    /// Attributions that are its own words.
    pub heard: Vec<usize>,
    /// Attributions to it that rest on the word of another party alone.
    pub secondhand: Vec<usize>,
    /// The parties on whose word these rest.
    pub secondhand_of: BTreeSet<usize>,
    /// Sentences that cite a source that speaks for it and are not among the attributions heard.
    pub claims: Vec<Place>,
}

impl Party {
    /// Whether it was asked for a reply, by the file or by the text.
    #[must_use]
    pub fn is_sought(&self) -> bool {
        self.asked || !self.sought.is_empty()
    }

    /// Whether the text has its word: its own attributed words, or a sentence that cites its source.
    #[must_use]
    pub fn is_heard(&self) -> bool {
        !self.heard.is_empty() || !self.claims.is_empty()
    }
}

/// What the sentences of a text cite, by run and first byte of the sentence.
type Cited = BTreeMap<(usize, usize), Vec<String>>;

/// The parties of a text whose attributions have their voices.
pub(super) fn of(reading: &Reading<'_>) -> Parties {
    let mut out = Parties::default();
    for party in parties::of(reading.article) {
        let key = fold::text(&party.name);
        let asked = reading.article.replies.iter().any(|reply| fold::text(&reply.party) == key);
        let (name, listed, sources) = (party.name, party.named, party.sources);
        out.list.push(Party { name, listed, sources, asked, ..Party::default() });
    }
    if out.list.is_empty() {
        out.asked_somebody = stance::asks(reading);
        return out;
    }
    let names = Names::of(reading, &out.list);
    for mention in &names.mentions {
        if let Some(party) = out.list.get_mut(mention.party) {
            party.mentions.push(mention.place());
        }
    }
    stance::accused(reading, &names, &mut out);
    stance::sought(reading, &names, &mut out);
    hear(reading, &names, &mut out);
    out
}

fn hear(reading: &Reading<'_>, names: &Names, out: &mut Parties) {
    let cited = cited(reading);
    let voices = by_voice(reading, names);
    let refusals = stance::refusals(reading);
    let whole: Vec<Option<BTreeSet<usize>>> = (0..out.list.len())
        .map(|party| others(&out.list, party, cited.values().flatten()))
        .map(|others| others.filter(|others| others.len() == 1))
        .collect();
    let mut heard_in: Vec<Vec<(usize, usize)>> = vec![Vec::new(); out.list.len()];
    for (number, one) in reading.attributions.iter().enumerate() {
        if one.form == Form::Stance || stance::refuses(&refusals, one) {
            continue;
        }
        let key = key_of(reading, one.sentence);
        for party in speakers(names, one, &voices) {
            let others = match key.and_then(|key| cited.get(&key)) {
                Some(ids) => others(&out.list, party, ids.iter()),
                None => whole.get(party).cloned().flatten(),
            };
            let Some(row) = out.list.get_mut(party) else { continue };
            if let Some(others) = others {
                row.secondhand.push(number);
                row.secondhand_of.extend(others);
            } else {
                row.heard.push(number);
                if let (Some(list), Some(key)) = (heard_in.get_mut(party), key) {
                    list.push(key);
                }
            }
        }
    }
    for (party, heard) in out.list.iter_mut().zip(heard_in) {
        for ((run, from), ids) in &cited {
            let speaks = ids.iter().any(|id| party.sources.contains(id));
            if speaks && heard.binary_search(&(*run, *from)).is_err() {
                let end = reading.sentence_at(*run, *from).and_then(|at| reading.sentences.get(at));
                let to = end.map_or(*from, |sentence| sentence.range.end);
                party.claims.push((*run, *from..to));
            }
        }
    }
}

/// Run and first byte of sentence number `at`.
fn key_of(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    reading.sentences.get(at).map(|one| (one.run, one.range.start))
}

fn cited(reading: &Reading<'_>) -> Cited {
    let runs: BTreeMap<(usize, usize), usize> = (reading.runs.iter().enumerate())
        .map(|(at, run)| ((run.block as usize, run.number as usize), at))
        .collect();
    let mut out = Cited::new();
    for claim in claims::of(reading.article) {
        if let Some(run) = runs.get(&(claim.block, claim.run)) {
            out.entry((*run, claim.range.start)).or_default().extend(claim.sources);
        }
    }
    out
}

/// Those other parties for whom all of `cited` speaks; `None` when it is empty or one of it speaks for `party` or nobody.
fn others<'a>(
    list: &[Party],
    party: usize,
    cited: impl Iterator<Item = &'a String>,
) -> Option<BTreeSet<usize>> {
    let owner = |id: &String| list.iter().position(|other| other.sources.contains(id));
    let owners: Option<BTreeSet<usize>> =
        cited.map(|id| owner(id).filter(|other| *other != party)).collect();
    owners.filter(|owners| !owners.is_empty())
}

/// The parties that speak in `one`: those its source names, or those whom its voice is elsewhere.
fn speakers(names: &Names, one: &Attribution, voices: &[Vec<usize>]) -> Vec<usize> {
    let Some(source) = &one.source else { return Vec::new() };
    match names.speaks(one.run, source) {
        Some(parties) if !parties.is_empty() => parties,
        Some(_) => one.voice.and_then(|voice| voices.get(voice)).cloned().unwrap_or_default(),
        None => Vec::new(),
    }
}

/// For each voice, the parties that the first of its mentions with any names.
fn by_voice(reading: &Reading<'_>, names: &Names) -> Vec<Vec<usize>> {
    let first = |mentions: &[Place]| {
        let found = mentions.iter().filter_map(|(run, range)| names.speaks(*run, range));
        found.into_iter().find(|parties| !parties.is_empty()).unwrap_or_default()
    };
    reading.voices.iter().map(|voice| first(&voice.mentions)).collect()
}

impl Mention {
    fn place(&self) -> Place {
        (self.run, self.bytes.clone())
    }
}

#[cfg(test)]
mod tests;
