//! Headlines whose speaker stands apart from what is said: «وزیر خارجہ: …», «…: وزیر خارجہ», «…، ذرائع».

use super::words::{Line, OFFICES, UNNAMED, is_pause};
use std::ops::Range;

/// The furthest that a speaker in a headline goes, in words.
const LONGEST: usize = 6;

/// The speaker, what parts it from the rest, and the rest.
pub(super) fn of(line: &Line<'_>) -> Option<[Range<usize>; 3]> {
    let inside = (line.span.start..line.span.end).filter(|at| !line.is_quoted(*at));
    let pauses: Vec<usize> = inside.filter(|at| is_pause(line.low(*at))).collect();
    let (first, last) = (*pauses.first()?, *pauses.last()?);
    let whole = &line.span;
    if line.low(first) == ":" && speaks(line, whole.start..first) {
        return parted(line, whole.start..first, first, first + 1..whole.end);
    }
    let tail = line.trimmed(last + 1..whole.end);
    speaks(line, tail.clone()).then_some(())?;
    parted(line, tail, last, whole.start..last)
}

fn parted(
    line: &Line<'_>,
    source: Range<usize>,
    mark: usize,
    rest: Range<usize>,
) -> Option<[Range<usize>; 3]> {
    let rest = line.trimmed(rest);
    (rest.len() > 1).then_some([source, mark..mark + 1, rest])
}

/// Whether these words are one who speaks and nothing more: an office and its field, or a body, or one without a name.
pub(super) fn speaks(line: &Line<'_>, words: Range<usize>) -> bool {
    if words.is_empty() || words.len() > LONGEST || words.clone().any(|at| !line.is_word(at)) {
        return false;
    }
    let clause = |at: usize| line.is(at, "stop") || line.is(at, "aux") || line.is(at, "join");
    if words.clone().any(clause) {
        return false;
    }
    let owned = words.clone().any(|at| matches!(line.low(at), "کا" | "کے" | "کی"));
    let ends = words.clone().any(|at| {
        let unnamed = UNNAMED.at(line.tokens, at).is_some_and(|hit| hit.tokens.end == words.end);
        unnamed
            || OFFICES
                .at(line.tokens, at)
                .is_some_and(|hit| hit.tokens.end == words.end && hit.entry.with != "head")
    });
    let opens = OFFICES.at(line.tokens, words.start).is_some_and(|hit| {
        matches!(hit.entry.with.as_str(), "both" | "head")
            || line.low(words.start) == "وزارت"
            || line.low(words.start) == "محکمہ"
    });
    ends || (opens && !owned && words.len() < 5)
}
