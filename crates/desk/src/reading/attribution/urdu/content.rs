//! What is said: the clause after کہ, the quotation beside the cue, or what stands before the speaker.

use super::{
    Draft,
    cues::Shape,
    words::{Line, is_pause, is_quote_mark},
};
use std::ops::Range;

/// The bytes of the run that draft number `at` reports, in order; nothing when no words are reported.
pub(super) fn of(line: &Line<'_>, drafts: &[Draft], at: usize) -> Vec<Range<usize>> {
    let Some(draft) = drafts.get(at) else { return Vec::new() };
    let opens = opened(line, draft);
    let end = drafts.get(at + 1).and_then(|next| cut(line, next)).unwrap_or(line.span.end);
    let end = noted(line, draft.cue.tokens.end..end).unwrap_or(end);
    let behind =
        opens.map(|from| line.trimmed(from..end.max(from))).filter(|found| !found.is_empty());
    let mut out = Vec::new();
    let quoted = quotation_before(line, draft.first());
    if let Some(behind) = &behind {
        if let Some(first) = quoted.filter(|_| is_quote_mark(line.low(behind.start))) {
            out.push(first);
        }
        out.push(widened(line, line.bytes(behind.clone())));
    } else if let Some(found) = quoted {
        out.push(found);
    } else if let Some(found) = clause_before(line, drafts, at) {
        out.push(line.bytes(found));
    }
    out
}

/// The token at which reported words can begin behind the cue.
fn opened(line: &Line<'_>, draft: &Draft) -> Option<usize> {
    let end = match draft.cue.shape {
        Shape::Before => draft.source.as_ref().map_or(draft.cue.tokens.end, |one| one.end),
        _ => draft.cue.tokens.end,
    };
    let next = line.low(end);
    let free = matches!(draft.cue.shape, Shape::According | Shape::Before | Shape::Holder);
    match next {
        "کہ" => Some(end + 1),
        _ if is_pause(next) => Some(end + 1),
        _ if is_quote_mark(next) => Some(end),
        _ if free || has_that(line, end) => Some(end),
        _ => None,
    }
}

/// Whether کہ is written on to the verb before `end`: «بتایاکہ».
fn has_that(line: &Line<'_>, end: usize) -> bool {
    let low = line.low(end.saturating_sub(1));
    line.reading.version >= 2 && low != "کہ" && low.ends_with("کہ")
}

/// Where the clause that a following attribution opens parts from the one before: at its «تاہم», «جبکہ» and their like.
fn cut(line: &Line<'_>, next: &Draft) -> Option<usize> {
    let joint = next.first().checked_sub(1)?;
    line.is(joint, "join").then_some(joint)
}

/// Where the newsroom speaks again: «واضح رہے کہ …», «خیال رہے کہ …». The first reading did not look for it.
fn noted(line: &Line<'_>, mut said: Range<usize>) -> Option<usize> {
    if line.reading.version < 2 {
        return None;
    }
    said.find(|at| matches!(line.low(*at), "واضح" | "خیال" | "یاد") && line.low(at + 1) == "رہے")
}

/// A quotation that ends right before token `first`, marks and white space apart; it may fill earlier sentences.
fn quotation_before(line: &Line<'_>, first: usize) -> Option<Range<usize>> {
    let start = line.tokens.get(first)?.from;
    let quotes = &line.reading.quotes;
    let after = quotes.partition_point(|one| (one.run, one.outer.start) < (line.run, start));
    let quote = quotes.get(after.checked_sub(1)?)?;
    let text = line.reading.runs.get(line.run)?.text.get(quote.outer.end..start)?;
    let near =
        text.chars().all(|letter| letter.is_whitespace() || matches!(letter, '،' | ',' | '۔'));
    (near && quote.closed && quote.run == line.run).then(|| quote.outer.clone())
}

/// The clause that ends with a pause right before the speaker: «…، وزیر نے کہا».
fn clause_before(line: &Line<'_>, drafts: &[Draft], at: usize) -> Option<Range<usize>> {
    let first = drafts.get(at)?.first();
    let pause = first.checked_sub(1)?;
    is_pause(line.low(pause)).then_some(())?;
    let from = at.checked_sub(1).and_then(|last| drafts.get(last)).map(|one| one.cue.tokens.end);
    let found = line.trimmed(from.unwrap_or(line.span.start)..pause);
    (found.len() > 1).then_some(found)
}

/// These bytes to the end of a quotation that begins in them.
fn widened(line: &Line<'_>, range: Range<usize>) -> Range<usize> {
    let quotes = &line.reading.quotes;
    let after = quotes.partition_point(|one| (one.run, one.outer.start) < (line.run, range.end));
    let end = after
        .checked_sub(1)
        .and_then(|last| quotes.get(last))
        .filter(|quote| quote.run == line.run && quote.closed && quote.outer.start >= range.start);
    range.start..end.map_or(range.end, |quote| quote.outer.end.max(range.end))
}
