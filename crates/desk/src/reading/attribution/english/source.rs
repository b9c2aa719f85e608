//! Who speaks: the noun phrase that a cue has for its subject, or that stands behind it.

use super::{
    Draft,
    cues::{Cue, Shape},
    frame::Frame,
    grammar,
};
use std::ops::Range;

/// The most tokens that a phrase is followed over.
const REACH: usize = 32;

/// On which side of its cue a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    /// It is the source of the clause that the cue hangs on.
    Shared,
    Nowhere,
}

/// The source of `cue` in `sentence`; no token before `from` belongs to it.
pub(super) fn of(
    frame: &Frame<'_>,
    sentence: &Range<usize>,
    from: usize,
    cue: &Cue,
    drafts: &[Draft],
) -> (Option<Range<usize>>, Side) {
    let shared = || {
        let last = drafts
            .iter()
            .rev()
            .find_map(|draft| draft.source.clone().filter(|_| draft.side == Side::Left));
        (last.or_else(|| leading(frame, sentence, cue.tokens.start)), Side::Shared)
    };
    match cue.shape {
        Shape::Adverb => (None, Side::Nowhere),
        Shape::Phrase => (right(frame, sentence, cue.tokens.end, true), Side::Right),
        Shape::Passive => {
            let by = (cue.tokens.end..sentence.end.min(cue.tokens.end + 12))
                .take_while(|at| !frame.is_quoted(*at))
                .find(|at| frame.low(*at) == "by");
            (by.and_then(|by| right(frame, sentence, by + 1, true)), Side::Right)
        }
        Shape::Noun => (owner(frame, from, cue), Side::Left),
        Shape::Ing => (hanging(frame, sentence, from, cue, drafts), Side::Shared),
        Shape::Finite => {
            let left = left(frame, sentence, from, cue.tokens.start);
            let inverted = || {
                let before = cue.tokens.start.checked_sub(1)?;
                let opens =
                    before < sentence.start || frame.low(before) == "," || frame.is_quoted(before);
                opens.then(|| right(frame, sentence, cue.tokens.end, false)).flatten()
            };
            match (left, inverted()) {
                (Some(range), _) => (Some(range), Side::Left),
                (None, Some(range)) => (Some(range), Side::Right),
                (None, None) => shared(),
            }
        }
    }
}

/// The subject of "saying …": the noun before it, or that of the clause it hangs on.
fn hanging(
    frame: &Frame<'_>,
    sentence: &Range<usize>,
    from: usize,
    cue: &Cue,
    drafts: &[Draft],
) -> Option<Range<usize>> {
    let last = cue.tokens.start.checked_sub(1).filter(|last| *last >= from);
    let beside = last.filter(|last| {
        let low = frame.low(*last);
        frame.is_word(*last)
            && !frame.is_quoted(*last)
            && !is_light(low)
            && !grammar::is_preposition(low)
            && !grammar::is_clause_opener(low)
            && !grammar::is_aux(low)
            && !grammar::is_time(low)
    });
    let main = || drafts.iter().find(|one| one.side == Side::Left)?.source.clone();
    beside
        .and_then(|_| phrase_left(frame, from, cue.tokens.start))
        .or_else(main)
        .or_else(|| leading(frame, sentence, cue.tokens.start))
}

/// The subject at the head of the sentence, behind what may lead up to it: "On Friday, the minister …".
fn leading(frame: &Frame<'_>, sentence: &Range<usize>, before: usize) -> Option<Range<usize>> {
    let mut from = sentence.start;
    for _ in 0..3 {
        while from < before && (!frame.is_word(from) || is_light(frame.low(from))) {
            from += 1;
        }
        let low = frame.low(from);
        let aside = grammar::is_preposition(low)
            || grammar::is_clause_opener(low)
            || grammar::is_time(low)
            || low.ends_with("ing")
            || (low.ends_with("ed") && low.len() > 4);
        let comma = (from..before).find(|at| frame.low(*at) == "," && !frame.is_quoted(*at));
        match comma.filter(|_| aside) {
            Some(comma) => from = comma + 1,
            None if aside => return None,
            None => break,
        }
    }
    if from >= before || frame.is_quoted(from) {
        return None;
    }
    let low = frame.low(from);
    if grammar::is_subject(low) {
        return Some(from..from + 1);
    }
    let mut to = from;
    let named = frame.is_capital(from);
    while to < before && to - from < 8 && !stops(frame, to) && !frame.is_quoted(to) {
        let low = frame.low(to);
        let verb = grammar::is_aux(low)
            || grammar::is_clause_opener(low)
            || grammar::is_adverb(low)
            || (to > from
                && !frame.is_capital(to)
                && (named || low.ends_with("ed"))
                && !grammar::is_preposition(low)
                && frame.is_word(to)
                && !frame.is_capital(to + 1));
        if verb && to > from || grammar::is_preposition(low) {
            break;
        }
        to += 1;
    }
    (named || grammar::is_determiner(low)).then(|| trimmed(frame, from..to)).flatten()
}

/// Whether a word may stand before the subject without being one.
fn is_light(low: &str) -> bool {
    grammar::is_adverb(low)
        || matches!(
            low,
            "and"
                | "but"
                | "or"
                | "yet"
                | "so"
                | "meanwhile"
                | "however"
                | "indeed"
                | "still"
                | "then"
        )
}

/// "X's claim", "his claim", "a claim by X".
fn owner(frame: &Frame<'_>, from: usize, cue: &Cue) -> Option<Range<usize>> {
    let mut at = cue.tokens.start;
    // Adjectives may stand between the owner and the noun.
    for _ in 0..3 {
        let before = at.checked_sub(1).filter(|before| *before >= from)?;
        let low = frame.low(before);
        if matches!(low, "his" | "her" | "their" | "its" | "my" | "our") {
            return Some(before..at);
        }
        if frame.is_possessive(before) {
            return phrase_left(frame, from, at);
        }
        if !frame.is_word(before) || grammar::is_determiner(low) || grammar::is_preposition(low) {
            return None;
        }
        at = before;
    }
    None
}

/// The subject that ends before the verb at `verb`.
fn left(
    frame: &Frame<'_>,
    sentence: &Range<usize>,
    from: usize,
    verb: usize,
) -> Option<Range<usize>> {
    let version = frame.reading.version;
    let belongs = |low: &str| {
        grammar::is_aux(low) || grammar::is_copula(version, low) || grammar::is_adverb(low)
    };
    let mut end = verb;
    while end > from && belongs(frame.before(end)) {
        end -= 1;
    }
    let last = end.checked_sub(1).filter(|last| *last >= from)?;
    if frame.is_quoted(last) {
        return None;
    }
    let low = frame.low(last);
    if matches!(low, "who" | "which" | "that") {
        let head = if frame.before(last) == "," { last - 1 } else { last };
        let antecedent = phrase_left(frame, from, head);
        return Some(antecedent.map_or(last, |range| range.start)..end);
    }
    if low == "," || low == ")" || low == "—" || low == "–" {
        let open = (from..last).rev().take(REACH).find(|at| {
            let mark = frame.low(*at);
            !frame.is_quoted(*at) && (mark == low || (low == ")" && mark == "("))
        })?;
        let aside = frame.low(open + 1);
        let apart = grammar::is_aux(aside) || aside == "and" || aside == "but" || open + 1 == last;
        if apart
            || (open + 1..last)
                .any(|at| frame.is_quoted(at) && frame.quote(at) != frame.quote(at + 1))
        {
            return None;
        }
        let head = phrase_left(frame, from.max(sentence.start), open)?;
        return Some(head.start..last + usize::from(low == ")"));
    }
    if matches!(low, "and" | "or" | "but") {
        return None;
    }
    phrase_left(frame, from, end)
}

/// The noun phrase that ends before token `end`.
fn phrase_left(frame: &Frame<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|last| *last >= from)?;
    if grammar::is_subject(frame.low(last)) {
        return Some(last..end);
    }
    let mut start = end;
    while start > from && end - start < REACH {
        let at = start - 1;
        let low = frame.low(at);
        if frame.is_quoted(at)
            || stops(frame, at)
            || grammar::is_aux(low)
            || grammar::is_clause_opener(low)
        {
            break;
        }
        start = at;
    }
    trimmed(frame, start..end)
}

/// Whether a mark at `at` ends a phrase. A point in an abbreviation does not.
fn stops(frame: &Frame<'_>, at: usize) -> bool {
    frame.tokens.get(at).is_none_or(|token| {
        grammar::is_break(token)
            || (token.low == "." && !frame.is_capital(at + 1))
            || token.low == "-" && !is_joined(frame, at)
    })
}

/// Whether the hyphen at `at` joins two words without spaces.
fn is_joined(frame: &Frame<'_>, at: usize) -> bool {
    let edge = |at: usize| frame.tokens.get(at).map(|token| (token.from, token.to));
    let before = at.checked_sub(1).and_then(edge);
    match (before, edge(at), edge(at + 1)) {
        (Some((_, end)), Some((from, to)), Some((next, _))) => end == from && to == next,
        _ => false,
    }
}

/// The phrase without words before its head: "On Friday the minister" is "the minister".
fn trimmed(frame: &Frame<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let mut from = range.start;
    loop {
        let low = frame.low(from);
        let next = from + 1 < range.end;
        if from >= range.end {
            return None;
        }
        if !frame.is_word(from) || (grammar::is_lead(low) && next) {
            from += 1;
        } else if grammar::is_preposition(low) && next {
            from = after_adjunct(frame, from, range.end)?;
        } else if grammar::is_time(low) && next && !frame.is_possessive(from) {
            from += 1;
        } else {
            break;
        }
    }
    let only_time =
        (from..range.end).all(|at| grammar::is_time(frame.low(at)) || !frame.is_word(at));
    (!only_time).then_some(from..range.end)
}

/// Where the subject begins after a phrase that a preposition opens at `from`.
fn after_adjunct(frame: &Frame<'_>, from: usize, end: usize) -> Option<usize> {
    let mut best = None;
    for at in from + 2..end {
        let (low, before) = (frame.low(at), frame.before(at));
        let starts = grammar::is_determiner(low)
            || grammar::is_subject(low)
            || (frame.is_capital(at)
                && !frame.is_capital(at - 1)
                && before != "."
                && frame.is_word(at - 1))
            || grammar::is_time(before) && frame.is_capital(at);
        if starts
            && !grammar::is_preposition(before)
            && !grammar::is_determiner(before)
            && before != "and"
        {
            best = Some(at);
            break;
        }
    }
    best
}

/// The noun phrase that begins at `from`: behind "according to", or behind the verb when `whole` is not set.
fn right(
    frame: &Frame<'_>,
    sentence: &Range<usize>,
    from: usize,
    whole: bool,
) -> Option<Range<usize>> {
    let first = frame.low(from);
    let opens = frame.is_capital(from) && !grammar::is_time(first)
        || grammar::is_determiner(first)
        || grammar::is_subject(first) && first != "it"
        || whole && frame.is_word(from)
        || matches!(
            first,
            "officials"
                | "police"
                | "authorities"
                | "campaign"
                | "sources"
                | "critics"
                | "analysts"
                | "former"
                | "senior"
        );
    if !opens || frame.is_quoted(from) || from >= sentence.end {
        return None;
    }
    if grammar::is_subject(first) {
        return Some(from..from + 1);
    }
    let mut to = from;
    while to < sentence.end && to - from < REACH && !frame.is_quoted(to) {
        let low = frame.low(to);
        if low == "," {
            match aside(frame, sentence, to, whole) {
                Some(end) => {
                    to = end;
                    continue;
                }
                None => break,
            }
        }
        let ends = stops(frame, to)
            || (grammar::is_clause_opener(low) && !matches!(low, "who" | "whose"))
            || grammar::is_time(low) && !frame.is_capital(to + 1)
            || grammar::is_aux(low)
            || matches!(low, "in" | "on" | "during" | "to" | "about" | "by") && !whole
            || matches!(low, "on" | "during") && whole;
        if ends && to > from {
            break;
        }
        to += 1;
    }
    let last = (from..to).rev().find(|at| frame.is_word(*at))?;
    Some(from..last + 1)
}

/// Where an aside ends that begins with the comma at `comma`: "Name, a spokesman for the union,".
fn aside(frame: &Frame<'_>, sentence: &Range<usize>, comma: usize, whole: bool) -> Option<usize> {
    let low = frame.low(comma + 1);
    let opens = matches!(
        low,
        "a" | "an"
            | "the"
            | "who"
            | "whose"
            | "his"
            | "her"
            | "one"
            | "former"
            | "chief"
            | "senior"
    ) || matches!(low, "r" | "d");
    let end = (comma + 1..sentence.end).take(REACH).find(|at| {
        let mark = frame.low(*at);
        frame.is_quoted(*at) || matches!(mark, "," | ";" | ":" | "—")
    });
    let close = end.unwrap_or(sentence.end.saturating_sub(1));
    let clause = !matches!(low, "who" | "whose")
        && (comma + 1..close).any(|at| grammar::is_aux(frame.low(at)));
    let open = whole && end.is_none_or(|at| frame.low(at) != ",");
    (opens && !clause && !open).then_some(close)
}
