//! English attributions: the cue first, then who speaks, then what is said.

mod content;
mod cues;
mod direct;
mod frame;
mod grammar;
mod headline;
mod source;

use super::{Attribution, Form};
use crate::reading::Reading;
use cues::{Cue, Kind, Shape};
use frame::Frame;
use source::Side;
use std::ops::Range;

/// An attribution while its parts are still counted in tokens of the run.
#[derive(Debug, Clone)]
struct Draft {
    cue: Cue,
    source: Option<Range<usize>>,
    side: Side,
}

/// The attributions of a text in English.
pub(super) fn of(reading: &Reading<'_>) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    let mut number = 0;
    for run in 0..reading.runs.len() {
        let frame = Frame::of(reading, run);
        let from = out.len();
        while let Some(sentence) = reading.sentences.get(number).filter(|one| one.run == run) {
            match headline::colon(&frame, number, sentence) {
                Some(one) => out.push(one),
                None => {
                    for piece in pieces(sentence.tokens.clone()) {
                        out.extend(said(&frame, number, piece));
                    }
                }
            }
            number += 1;
        }
        direct::link(&frame, from, &mut out);
    }
    out.sort_by_key(|one| (one.run, one.cue.start));
    out
}

/// The most tokens of a sentence that are read together, so that a text without points costs no more than another.
const LONG: usize = 300;

/// A sentence in pieces that are not too long.
fn pieces(sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = sentence.end;
    sentence.step_by(LONG).map(move |from| from..end.min(from + LONG))
}

/// The attributions of one sentence.
fn said(frame: &Frame<'_>, number: usize, sentence: Range<usize>) -> Vec<Attribution> {
    let cues = cues::of(frame, sentence.clone());
    let mut drafts: Vec<Draft> = Vec::new();
    for (at, cue) in cues.iter().enumerate() {
        let earlier = at.checked_sub(1).and_then(|last| cues.get(last));
        let from = earlier.map_or(sentence.start, |one| one.tokens.end);
        let (source, side) = source::of(frame, &sentence, from, cue, &drafts);
        drafts.push(Draft { cue: cue.clone(), source, side });
    }
    let places: Vec<Vec<Range<usize>>> =
        (0..drafts.len()).map(|at| content::of(frame, &sentence, &drafts, at)).collect();
    drafts
        .iter()
        .zip(places)
        .map(|(draft, places)| finished(frame, number, draft, &places))
        .collect()
}

fn finished(
    frame: &Frame<'_>,
    number: usize,
    draft: &Draft,
    places: &[Range<usize>],
) -> Attribution {
    let content: Vec<(usize, Range<usize>)> = places
        .iter()
        .map(|place| (frame.run, frame.bytes(frame.with_whole_quotes(place.clone()))))
        .filter(|(_, range)| !range.is_empty())
        .collect();
    let direct = places.iter().any(|place| frame.is_mostly_quoted(place.clone()));
    let form = match (draft.cue.kind, draft.cue.shape) {
        (Kind::According, _) => Form::According,
        _ if direct => Form::Direct,
        (Kind::Mind, _) => Form::Stance,
        _ => Form::Indirect,
    };
    Attribution {
        run: frame.run,
        sentence: number,
        form,
        source: draft.source.clone().map(|range| frame.bytes(range)),
        cue: frame.bytes(draft.cue.tokens.clone()),
        content,
        voice: None,
    }
}

impl Draft {
    /// Whether its clause hangs on another: "…, saying …".
    fn hangs(&self) -> bool {
        self.cue.shape == Shape::Ing
    }
}

/// Whether `low` belongs to a closed class, so that it names nobody.
pub(crate) fn is_function_word(low: &str) -> bool {
    grammar::is_lead(low)
        || grammar::is_aux(low)
        || grammar::is_determiner(low)
        || grammar::is_preposition(low)
        || grammar::is_clause_opener(low)
        || grammar::is_subject(low)
}
