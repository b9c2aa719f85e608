//! Urdu attributions: the verb comes last, and نے marks who speaks.

mod content;
mod cues;
mod headline;
mod source;
mod words;

#[cfg(test)]
mod tests;

use super::{Attribution, Form};
use crate::reading::{Part, Reading};
use cues::{Cue, Shape};
use std::ops::Range;
use words::Line;

/// An attribution while its parts are still counted in tokens of the run.
#[derive(Debug, Clone)]
struct Draft {
    cue: Cue,
    source: Option<Range<usize>>,
}

impl Draft {
    /// The first token of speaker and cue.
    fn first(&self) -> usize {
        let cue = self.cue.tokens.start;
        self.source.as_ref().map_or(cue, |source| source.start.min(cue))
    }
}

/// The attributions of a text in Urdu.
pub(super) fn of(reading: &Reading<'_>) -> Vec<Attribution> {
    let mut out = Vec::new();
    for number in 0..reading.sentences.len() {
        let Some(line) = Line::of(reading, number) else { continue };
        let found = said(&line, number);
        let headline = reading.runs.get(line.run).is_some_and(|run| run.part == Part::Headline);
        if found.is_empty() && headline {
            out.extend(apart(&line, number));
        }
        out.extend(found);
    }
    out
}

/// The attributions of one sentence.
fn said(line: &Line<'_>, number: usize) -> Vec<Attribution> {
    let mut drafts: Vec<Draft> = Vec::new();
    for cue in cues::of(line) {
        let from = drafts.last().map_or(line.span.start, |last| last.cue.tokens.end);
        // A نے before the last cue belongs to that cue.
        if cue.edge < from {
            continue;
        }
        let source = source::of(line, from, &cue);
        drafts.push(Draft { cue, source });
    }
    let finished = |at: usize| {
        let draft = drafts.get(at)?;
        let content = content::of(line, &drafts, at);
        let bare = draft.source.is_none() && !matches!(draft.cue.shape, Shape::Bare | Shape::Paper);
        let empty = content.is_empty() && draft.cue.shape != Shape::Act;
        if bare || empty {
            return None;
        }
        let form = form(line, draft.cue.shape, &content);
        Some(Attribution {
            run: line.run,
            sentence: number,
            form,
            source: draft.source.clone().map(|range| line.bytes(range)),
            cue: line.bytes(draft.cue.tokens.clone()),
            content: content.into_iter().map(|range| (line.run, range)).collect(),
            voice: None,
        })
    };
    (0..drafts.len()).filter_map(finished).collect()
}

fn form(line: &Line<'_>, shape: Shape, content: &[Range<usize>]) -> Form {
    let direct = content.iter().any(|range| {
        line.reading.quotes.iter().any(|quote| {
            quote.run == line.run
                && quote.outer.start == range.start
                && quote.outer.end >= range.end
        })
    });
    match shape {
        Shape::According | Shape::Before => Form::According,
        _ if direct => Form::Direct,
        _ => Form::Indirect,
    }
}

/// A headline whose speaker stands apart.
fn apart(line: &Line<'_>, number: usize) -> Option<Attribution> {
    let [source, mark, rest] = headline::of(line)?;
    Some(Attribution {
        run: line.run,
        sentence: number,
        form: Form::Colon,
        source: Some(line.bytes(source)),
        cue: line.bytes(mark),
        content: vec![(line.run, line.bytes(rest))],
        voice: None,
    })
}
