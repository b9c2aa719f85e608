//! Where somebody speaks in a sentence: the verb or the postposition that says so.

use super::words::{CUES, Line, MEASURES, is_pause, is_quote_mark};
use std::ops::Range;

/// How the speaker stands to the cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// «X نے کہا».
    Agent,
    /// «X نے تردید کی»: complete without reported words.
    Act,
    /// «X کا کہنا ہے».
    Holder,
    /// «X کہتے ہیں».
    Habit,
    /// «X کے مطابق», «X کے بقول».
    According,
    /// «بقول X».
    Before,
    /// «رپورٹ میں کہا گیا ہے».
    Paper,
    /// «کہا جاتا ہے»: nobody is named.
    Bare,
}

/// A cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) shape: Shape,
    /// Its tokens, with the auxiliary verbs after it.
    pub(super) tokens: Range<usize>,
    /// The token at which the speaker's words end; for [`Shape::Before`], at which they begin.
    pub(super) edge: usize,
}

/// The furthest that the speaker's postposition stands from the verb, in tokens.
const REACH: usize = 24;

/// The cues of a sentence, from left to right, outside quotations.
pub(super) fn of(line: &Line<'_>) -> Vec<Cue> {
    let mut out = Vec::new();
    let mut at = line.span.start;
    while at < line.span.end {
        match cue(line, at) {
            Some(found) => {
                at = found.tokens.end.max(at + 1);
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

fn cue(line: &Line<'_>, at: usize) -> Option<Cue> {
    let list = CUES.at(line.reading.version)?;
    let hit = list.at(line.tokens, at).filter(|hit| hit.tokens.end <= line.span.end)?;
    if line.is_quoted(at) {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |last| line.low(last));
    let end = with_auxiliaries(line, hit.tokens.end);
    let tokens = at..end;
    let made = |shape, edge| Some(Cue { shape, tokens: tokens.clone(), edge });
    match hit.entry.with.as_str() {
        kind @ ("say" | "act") => match line.low(hit.tokens.end) {
            "گیا" | "گیی" | "جا" | "جاتا" | "جاتی" => passive(line, &tokens),
            _ => {
                let edge = agent(line, at)?;
                made(if kind == "act" { Shape::Act } else { Shape::Agent }, edge)
            }
        },
        "hold" => {
            let mut edge = at;
            while edge + 3 > at && matches!(line.low(edge.checked_sub(1)?), "مزید" | "یہ" | "بھی")
            {
                edge -= 1;
            }
            let edge = edge.checked_sub(1)?;
            let verb = matches!(line.low(hit.tokens.end), "ہے" | "تھا" | "ہیں" | "تھی");
            (verb && matches!(line.low(edge), "کا" | "کی")).then_some(())?;
            made(Shape::Holder, edge)
        }
        "habit" => made(Shape::Habit, at),
        "according" if before == "کے" => {
            let edge = at.checked_sub(1)?;
            let head = edge.checked_sub(1)?;
            let measured = MEASURES.has(line.low(head))
                || head.checked_sub(1).is_some_and(|two| {
                    MEASURES.at(line.tokens, two).is_some_and(|hit| hit.tokens.end == edge)
                });
            (!measured).then_some(())?;
            made(Shape::According, edge)
        }
        "according" if hit.entry.words.first().is_some_and(|word| word == "بقول") => {
            made(Shape::Before, hit.tokens.end)
        }
        "mind" if matches!(before, "کے" | "کی") => made(Shape::According, at.checked_sub(1)?),
        "paper" => paper(line, at).and_then(|edge| made(Shape::Paper, edge)),
        _ => None,
    }
}

/// The end of a verb with what helps it: «کہا گیا ہے».
fn with_auxiliaries(line: &Line<'_>, from: usize) -> usize {
    let mut end = from;
    while end < from + 3 && line.is(end, "aux") {
        end += 1;
    }
    end
}

/// The نے that belongs to the verb at `verb`: the nearest before it, with no کہ between.
fn agent(line: &Line<'_>, verb: usize) -> Option<usize> {
    let first = verb.saturating_sub(REACH).max(line.span.start);
    let back = (first..verb).rev();
    back.take_while(|at| line.low(*at) != "کہ").find(|at| line.low(*at) == "نے")
}

/// The میں that belongs to the verb at `verb`: the nearest before it, at most four words away.
fn paper(line: &Line<'_>, verb: usize) -> Option<usize> {
    let first = verb.saturating_sub(5).max(line.span.start);
    let back = (first..verb).rev();
    back.take_while(|at| line.is_word(*at) && line.low(*at) != "کہ")
        .find(|at| line.low(*at) == "میں")
}

fn passive(line: &Line<'_>, tokens: &Range<usize>) -> Option<Cue> {
    let next = line.low(tokens.end);
    (next == "کہ" || is_pause(next) || is_quote_mark(next)).then_some(())?;
    Some(match paper(line, tokens.start) {
        Some(edge) => Cue { shape: Shape::Paper, tokens: tokens.clone(), edge },
        None => Cue { shape: Shape::Bare, tokens: tokens.clone(), edge: tokens.start },
    })
}
