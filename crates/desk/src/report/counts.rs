//! What a report counts: words, who speaks them, who is at stake.

use crate::reading::{
    Reading,
    parties::{Party, Place},
};
use ovn_edition::{
    claims,
    report::{Counts, Stake, Voice},
    words,
};
use std::ops::Range;

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The counts over the whole text.
pub(super) fn counts(reading: &Reading<'_>) -> Counts {
    let all: usize = reading.runs.iter().map(|run| words::count(&run.text)).sum();
    let mut sentences: Vec<usize> = reading.attributions.iter().map(|one| one.sentence).collect();
    sentences.sort_unstable();
    sentences.dedup();
    let every: Vec<usize> = (0..reading.attributions.len()).collect();
    let (spoken, quoted) = said(reading, &every);
    let unnamed = |at: &usize| {
        let voice = reading.attributions.get(*at).and_then(|one| one.voice);
        voice.and_then(|voice| reading.voices.get(voice)).is_some_and(|voice| voice.unnamed)
    };
    let unnamed: Vec<usize> = every.into_iter().filter(unnamed).collect();
    Counts {
        words: number(all),
        sentences: number(reading.sentences.len()),
        attributed: number(sentences.len()),
        spoken_words: number(spoken),
        quoted_words: number(quoted),
        unnamed_words: number(said(reading, &unnamed).0),
        undecided: number(reading.attributions.iter().filter(|one| one.voice.is_none()).count()),
        claims: number(claims::of(reading.article).len()),
    }
}

/// How many words these attributions report, none counted twice, and how many of them stand between quotation marks.
pub(crate) fn said(reading: &Reading<'_>, attributions: &[usize]) -> (usize, usize) {
    let found = attributions.iter().filter_map(|at| reading.attributions.get(*at));
    let mut places: Vec<Place> = found.flat_map(|one| one.content.iter().cloned()).collect();
    places.sort_by_key(|(run, range)| (*run, range.start, range.end));
    let mut apart: Vec<Place> = Vec::new();
    for (run, range) in places {
        match apart.last_mut() {
            Some((last, open)) if *last == run && range.start <= open.end => {
                open.end = open.end.max(range.end);
            }
            _ => apart.push((run, range)),
        }
    }
    let (mut all, mut direct) = (0, 0);
    for (run, range) in &apart {
        all += count(reading, *run, range.clone());
        let from = reading
            .quotes
            .partition_point(|quote| (quote.run, quote.outer.end) <= (*run, range.start));
        let quotes = reading.quotes.get(from..).unwrap_or_default().iter();
        for quote in quotes.take_while(|one| one.run == *run && one.outer.start < range.end) {
            let inside = quote.inner.start.max(range.start)..quote.inner.end.min(range.end);
            direct += count(reading, *run, inside);
        }
    }
    (all, direct)
}

fn count(reading: &Reading<'_>, run: usize, range: Range<usize>) -> usize {
    let text = reading.runs.get(run).and_then(|run| run.text.get(range));
    text.map_or(0, words::count)
}

fn block(reading: &Reading<'_>, run: usize) -> u32 {
    reading.runs.get(run).map_or(0, |run| run.block)
}

/// The voices of the text.
pub(super) fn voices(reading: &Reading<'_>) -> Vec<Voice> {
    let mut passages: Vec<Vec<usize>> = vec![Vec::new(); reading.voices.len()];
    for (at, one) in reading.attributions.iter().enumerate() {
        if let Some(list) = one.voice.and_then(|voice| passages.get_mut(voice)) {
            list.push(at);
        }
    }
    let row = |(voice, passages): (&crate::reading::Voice, &Vec<usize>)| {
        let (words, direct) = said(reading, passages);
        let run = |at: &usize| reading.attributions.get(*at).map(|one| block(reading, one.run));
        let places: Vec<u32> = passages.iter().filter_map(run).collect();
        Voice {
            name: voice.name.clone(),
            unnamed: voice.unnamed,
            official: voice.official,
            passages: number(passages.len()),
            words: number(words),
            direct: number(direct),
            first: places.iter().copied().min().unwrap_or_default(),
            last: places.iter().copied().max().unwrap_or_default(),
        }
    };
    reading.voices.iter().zip(&passages).map(row).collect()
}

/// Those at stake.
pub(super) fn parties(reading: &Reading<'_>) -> Vec<Stake> {
    reading.parties.list.iter().map(|party| stake(reading, party)).collect()
}

fn stake(reading: &Reading<'_>, party: &Party) -> Stake {
    let (words, direct) = said(reading, &party.heard);
    let heard = party.heard.iter().filter_map(|at| reading.attributions.get(*at));
    let places: Vec<u32> = (party.mentions.iter().chain(&party.claims).map(|(run, _)| *run))
        .chain(heard.map(|one| one.run))
        .map(|run| block(reading, run))
        .collect();
    Stake {
        name: party.name.clone(),
        named: number(party.mentions.len()),
        accused: number(party.accused.len()),
        sought: party.is_sought(),
        heard: number(party.heard.len() + party.claims.len()),
        words: number(words),
        direct: number(direct),
        first: places.iter().copied().min(),
        last: places.iter().copied().max(),
    }
}
