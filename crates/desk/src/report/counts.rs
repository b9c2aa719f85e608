//! What a report counts: words, who speaks them, who is at stake.

use crate::reading::Reading;
use ovn_edition::{
    claims, parties,
    report::{Counts, Stake, Voice},
    words,
};

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The counts over the whole text.
pub(super) fn counts(reading: &Reading<'_>) -> Counts {
    let all: usize = reading.runs.iter().map(|run| words::count(&run.text)).sum();
    let mut sentences: Vec<usize> = reading.attributions.iter().map(|one| one.sentence).collect();
    sentences.dedup();
    Counts {
        words: number(all),
        sentences: number(reading.sentences.len()),
        attributed: number(sentences.len()),
        claims: number(claims::of(reading.article).len()),
        undecided: number(reading.attributions.iter().filter(|one| one.voice.is_none()).count()),
        ..Counts::default()
    }
}

/// The voices of the text.
pub(super) fn voices(_reading: &Reading<'_>) -> Vec<Voice> {
    Vec::new()
}

/// Those at stake.
pub(super) fn parties(reading: &Reading<'_>) -> Vec<Stake> {
    let row = |party: parties::Party| Stake {
        name: party.name,
        named: 0,
        accused: 0,
        sought: false,
        heard: number(party.claims.len()),
        words: 0,
        direct: 0,
        first: None,
        last: None,
    };
    parties::of(reading.article).into_iter().map(row).collect()
}
