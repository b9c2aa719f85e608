//! "Minister: taxes will fall" and "Taxes will fall: minister".

use super::{frame::Frame, grammar};
use crate::reading::{Attribution, Form, Part, Sentence};
use std::ops::Range;

/// The most tokens before the colon.
const LABEL: usize = 7;
/// What stands before a colon without being a speaker.
const LABELS: [&str; 40] = [
    "watch",
    "video",
    "exclusive",
    "update",
    "breaking",
    "opinion",
    "analysis",
    "fact",
    "live",
    "latest",
    "photos",
    "photo",
    "read",
    "listen",
    "review",
    "related",
    "note",
    "correction",
    "editorial",
    "interview",
    "explainer",
    "comment",
    "column",
    "timeline",
    "quiz",
    "podcast",
    "preview",
    "recap",
    "here",
    "this",
    "transcript",
    "warning",
    "follow",
    "flashback",
    "must",
    "best",
    "top",
    "why",
    "how",
    "what",
];

/// The attribution of a sentence that a colon builds.
pub(super) fn colon(frame: &Frame<'_>, number: usize, sentence: &Sentence) -> Option<Attribution> {
    let run = frame.reading.runs.get(frame.run)?;
    let tokens = sentence.tokens.clone();
    let mark = tokens.clone().take(LABEL + 1).find(|at| frame.low(*at) == ":")?;
    let label = tokens.start..mark;
    let title = matches!(run.part, Part::Headline | Part::Standfirst | Part::Heading);
    if label.is_empty() || label.clone().any(|at| frame.is_quoted(at)) || mark + 1 >= tokens.end {
        return None;
    }
    let starts = sentence.tokens.start == 0;
    if !starts || !is_speaker(frame, label.clone(), title) {
        return None;
    }
    let content = mark + 1..tokens.end;
    let content = if title { whole(frame, content) } else { mark + 1..frame.tokens.len() };
    Some(Attribution {
        run: frame.run,
        sentence: number,
        form: Form::Colon,
        source: Some(frame.bytes(label)),
        cue: frame.bytes(mark..mark + 1),
        content: vec![(frame.run, frame.bytes(content))],
        voice: None,
    })
}

/// The content without the point at its end.
fn whole(frame: &Frame<'_>, range: Range<usize>) -> Range<usize> {
    let end = range.clone().rev().find(|at| frame.is_word(*at) || frame.is_quoted(*at));
    range.start..end.map_or(range.end, |at| at + 1)
}

/// Whether the words before a colon can speak: a name or an office, no verb.
fn is_speaker(frame: &Frame<'_>, label: Range<usize>, title: bool) -> bool {
    let mut capitals = 0;
    let mut others = 0;
    for at in label.clone() {
        let low = frame.low(at);
        if grammar::is_aux(low) || LABELS.contains(&low) || grammar::is_time(low) {
            return false;
        }
        if !frame.is_word(at) || grammar::is_preposition(low) || grammar::is_determiner(low) {
            continue;
        }
        if frame.is_capital(at) { capitals += 1 } else { others += 1 }
    }
    capitals > 0 && capitals <= 4 && (others == 0 || title && others <= 1)
}
