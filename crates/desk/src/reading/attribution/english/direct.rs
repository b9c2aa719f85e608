//! Quotations that no cue of their sentence covers: they belong to who speaks around them, or to nobody yet.

use super::frame::Frame;
use crate::reading::{Attribution, Form, Quote};
use std::ops::Range;

/// The fewest words of a quotation that stands for itself.
const WHOLE: usize = 4;

/// Gives each whole quotation of the run that has no attribution to the one that speaks before it. `from` is the
/// number of the run's first attribution.
pub(super) fn link(frame: &Frame<'_>, from: usize, out: &mut Vec<Attribution>) {
    let until = out.len();
    let covered = covered(frame, out.get(from..).unwrap_or_default());
    let mut added: Option<usize> = None;
    for (number, quote) in frame.quotes.iter().enumerate() {
        let next = covered.partition_point(|span| span.end <= quote.outer.start);
        let is_covered = covered.get(next).is_some_and(|span| span.start < quote.outer.end);
        if is_covered || !is_whole(frame, quote) {
            continue;
        }
        if let Some(signed) = signed(frame, quote) {
            added = Some(out.len());
            out.push(signed);
            continue;
        }
        match speaker(frame, from..until, added, quote, number, out) {
            Some(at) => {
                if let Some(one) = out.get_mut(at) {
                    one.content.push((frame.run, quote.outer.clone()));
                    if one.form == Form::Indirect && one.run != frame.run {
                        one.form = Form::Direct;
                    }
                }
            }
            None => {
                added = Some(out.len());
                out.push(unresolved(frame, quote));
            }
        }
    }
}

/// The bytes of the run that these attributions cover, sorted and apart.
fn covered(frame: &Frame<'_>, here: &[Attribution]) -> Vec<Range<usize>> {
    let all = here.iter().flat_map(|one| &one.content);
    let spans = all.filter(|(run, _)| *run == frame.run).map(|(_, range)| range.clone());
    crate::reading::joined(spans.collect())
}

/// "…" — Name: a dash and nothing but a name behind the quotation.
fn signed(frame: &Frame<'_>, quote: &Quote) -> Option<Attribution> {
    let mut dash = frame.tokens.partition_point(|token| token.from < quote.outer.end);
    while frame.low(dash) == "." {
        dash += 1;
    }
    let mark = frame.tokens.get(dash)?;
    if !matches!(mark.low.as_str(), "―" | "—" | "–" | "-" | "--") || !frame.is_capital(dash + 1)
    {
        return None;
    }
    let rest = dash + 1..frame.tokens.len();
    let end = rest.clone().find(|at| {
        let low = frame.low(*at);
        frame.is_quoted(*at) || !(frame.is_capital(*at) || matches!(low, "." | "-" | "de" | "al"))
    });
    let end = end.unwrap_or(rest.end);
    let name = dash + 1..end - usize::from(frame.before(end) == "." && end > dash + 2);
    let whole = end == frame.tokens.len() || frame.is_quoted(end) || frame.low(end) == ",";
    (whole && name.len() <= 8).then(|| Attribution {
        source: Some(frame.bytes(name)),
        cue: mark.from..mark.to,
        ..unresolved(frame, quote)
    })
}

/// A quotation whose speaker is not known; its opening mark stands for the cue.
fn unresolved(frame: &Frame<'_>, quote: &Quote) -> Attribution {
    let sentence = frame.reading.sentence_at(frame.run, quote.outer.start).unwrap_or(0);
    let mark: Range<usize> = quote.outer.start..quote.inner.start.max(quote.outer.start);
    Attribution {
        run: frame.run,
        sentence,
        form: Form::Direct,
        source: None,
        cue: mark,
        content: vec![(frame.run, quote.outer.clone())],
        voice: None,
    }
}

fn is_whole(frame: &Frame<'_>, quote: &Quote) -> bool {
    let from = frame.tokens.partition_point(|token| token.to <= quote.inner.start);
    let to = frame.tokens.partition_point(|token| token.from < quote.inner.end);
    let words = (from..to).filter(|at| frame.is_word(*at)).count();
    let stops = frame.stops_before(to) || !quote.closed;
    let sentence = frame.reading.sentence_at(frame.run, quote.outer.start);
    let sentence = sentence.and_then(|number| frame.reading.sentences.get(number));
    let opens = sentence.is_some_and(|one| one.range.start == quote.outer.start);
    let least = if opens && stops { 2 } else { WHOLE };
    let set_apart = stops || frame.low(from.saturating_sub(2)) == ":";
    let long =
        frame.reading.version >= 2 && sentence.is_some_and(|one| one.range.end < quote.inner.end);
    words >= least && (long || from <= 1 || (frame.is_capital(from) && set_apart))
}

/// The attribution that goes on in `quote`.
fn speaker(
    frame: &Frame<'_>,
    here: Range<usize>,
    added: Option<usize>,
    quote: &Quote,
    number: usize,
    out: &[Attribution],
) -> Option<usize> {
    let from = here.start;
    let near = out.get(here)?;
    let before = near.partition_point(|one| one.cue.end <= quote.outer.start).checked_sub(1);
    let before = before.map(|at| from + at);
    let start = |at: usize| out.get(at).map(|one| one.cue.start);
    let last = match (before, added) {
        (Some(one), Some(two)) if start(two) > start(one) => Some(two),
        (one, two) => one.or(two),
    };
    if let Some(at) = last {
        return out.get(at).filter(|one| speaks(one)).map(|_| at);
    }
    // The first words of the run: what the run before left open, or led up to with a colon, goes on.
    let first =
        number == 0 && frame.tokens.first().is_some_and(|token| token.from >= quote.outer.start);
    let last = from.checked_sub(1)?;
    let one = out.get(last)?;
    let run = frame.reading.runs.get(frame.run.checked_sub(1)?)?;
    let near =
        one.run + 1 == frame.run || one.content.last().is_some_and(|(run, _)| run + 1 == frame.run);
    if !first || !near {
        return None;
    }
    let earlier = frame.reading.quotes.partition_point(|one| one.run < frame.run).checked_sub(1);
    let open = earlier.and_then(|at| frame.reading.quotes.get(at));
    let open = open.is_some_and(|one| one.run + 1 == frame.run && !one.closed);
    let leads = run.tokens.last().is_some_and(|token| token.low == ":");
    (open || leads).then_some(last)
}

/// Whether the attribution reports words rather than a thought.
fn speaks(one: &Attribution) -> bool {
    one.form != Form::Stance
}
