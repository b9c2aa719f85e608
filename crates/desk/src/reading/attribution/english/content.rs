//! What is said: the clause or the quotation that a cue governs, without the cue and the words that name the speaker.

use super::{
    Draft,
    cues::{Kind, Shape},
    frame::Frame,
    grammar,
    source::Side,
};
use std::ops::Range;

/// The content of draft number `at` of a sentence, in tokens of the run; at most one part on each side of the cue.
pub(super) fn of(
    frame: &Frame<'_>,
    sentence: &Range<usize>,
    drafts: &[Draft],
    at: usize,
) -> Vec<Range<usize>> {
    let Some(draft) = drafts.get(at) else { return Vec::new() };
    let cue = &draft.cue;
    let end = reach(frame, sentence, drafts, at);
    let source = draft.source.clone().unwrap_or(cue.tokens.clone());
    let (from, to) = match draft.side {
        Side::Left | Side::Right if !draft.hangs() => {
            (source.start.min(cue.tokens.start), source.end.max(cue.tokens.end))
        }
        _ => (cue.tokens.start, cue.tokens.end),
    };
    let behind = if to <= end { tidy(frame, to..end) } else { None };
    let before = || tidy(frame, start(frame, sentence, drafts, at)..from);
    let near = || tidy(frame, cue.tokens.end..end);
    let chosen = match cue.shape {
        Shape::Noun => near().map(|range| object(frame, range)),
        Shape::Adverb => near().or_else(before),
        Shape::Passive if draft.source.is_some() || cue.kind != Kind::Seem => near()
            .filter(|range| is_clause(frame, range.clone()) || frame.is_quoted(range.start))
            .or_else(before),
        Shape::Passive | Shape::Ing => near().map(|range| governed(frame, draft, range)),
        Shape::Phrase => around(frame, sentence, from, behind, before()),
        Shape::Finite => return finite(frame, sentence, draft, from..to, behind, before),
    };
    chosen.into_iter().collect()
}

/// What a verb with a subject of its own governs; `outer` is the verb with its subject.
fn finite(
    frame: &Frame<'_>,
    sentence: &Range<usize>,
    draft: &Draft,
    outer: Range<usize>,
    behind: Option<Range<usize>>,
    before: impl Fn() -> Option<Range<usize>>,
) -> Vec<Range<usize>> {
    let (cue, from, to) = (&draft.cue, outer.start, outer.end);
    // "…?" she asked: the mark ended a sentence, and the next says who spoke.
    if from == sentence.start
        && matches!(cue.kind, Kind::Say | Kind::Show)
        && behind.clone().is_none_or(|range| is_adjunct(frame, range) || frame.low(to) == ",")
        && let Some(quote) = from.checked_sub(1).and_then(|last| frame.whole_quote(last))
    {
        return vec![quote];
    }
    let trails = from > sentence.start && (frame.low(from - 1) == "," || frame.is_quoted(from - 1));
    if trails
        && matches!(cue.kind, Kind::Say | Kind::Show) | frame.is_quoted(from.saturating_sub(1))
    {
        let adjunct = behind.clone().is_none_or(|range| is_adjunct(frame, range));
        let comma = frame.low(to) == ",";
        let inverted = draft.side == Side::Right;
        if adjunct || comma || inverted || frame.is_quoted(from - 1) {
            let mut out: Vec<Range<usize>> = before().into_iter().collect();
            let more = behind.clone().filter(|range| {
                comma && !is_hanging(frame, range.start) || !adjunct && frame.is_quoted(range.start)
            });
            out.extend(more);
            if !out.is_empty() {
                return out;
            }
        }
    }
    behind.map(|range| governed(frame, draft, range)).into_iter().collect()
}

/// "According to X, CLAUSE" and "CLAUSE, according to X".
fn around(
    frame: &Frame<'_>,
    sentence: &Range<usize>,
    from: usize,
    behind: Option<Range<usize>>,
    before: Option<Range<usize>>,
) -> Option<Range<usize>> {
    let opens = from == sentence.start
        || (sentence.start..from).all(|at| grammar::is_lead(frame.low(at)) || !frame.is_word(at));
    if opens { behind } else { before.or(behind) }
}

/// Where the content of draft `at` ends at the latest: with the sentence, or where another one speaks.
fn reach(frame: &Frame<'_>, sentence: &Range<usize>, drafts: &[Draft], at: usize) -> usize {
    let Some(draft) = drafts.get(at) else { return sentence.end };
    for next in drafts.iter().skip(at + 1) {
        let start = match (&next.source, next.side) {
            (Some(source), Side::Left) => source.start.min(next.cue.tokens.start),
            _ => next.cue.tokens.start,
        };
        let Some(before) = start.checked_sub(1).filter(|before| *before >= draft.cue.tokens.end)
        else {
            continue;
        };
        let low = frame.low(before);
        let parts = matches!(low, "but" | "while" | "although" | "though" | ";" | "as" | "when")
            || (low == "," && (next.hangs() || next.cue.shape == Shape::Phrase))
            || (low == "and" && next.side != Side::Left);
        if parts {
            return before;
        }
    }
    sentence.end
}

/// Where what stands before the cue begins: at the sentence, at its quotation, or behind an earlier cue.
fn start(frame: &Frame<'_>, sentence: &Range<usize>, drafts: &[Draft], at: usize) -> usize {
    let Some(draft) = drafts.get(at) else { return sentence.start };
    let mut from = sentence.start;
    if let Some(quote) = frame.whole_quote(from) {
        from = quote.start;
    }
    let first = draft.source.as_ref().map_or(draft.cue.tokens.start, |source| source.start);
    let first = first.min(draft.cue.tokens.start);
    // "…" behind the words that lead up to a quotation of a whole sentence: the quotation alone.
    if let Some(quote) = first.checked_sub(1).and_then(|last| {
        frame.whole_quote(last).or_else(|| frame.whole_quote(last.checked_sub(1)?))
    }) && quote.start > from
        && frame.is_capital(quote.start + 1)
        && matches!(frame.before(quote.start), "," | ":")
    {
        return quote.start;
    }
    let earlier = drafts.iter().take(at).rev().find(|one| one.side == Side::Left && !one.hangs());
    match earlier {
        Some(one) if one.cue.kind == Kind::Say && draft.cue.shape == Shape::Phrase => {
            one.source.as_ref().map_or(from, |source| source.start).min(first).max(from)
        }
        _ => from,
    }
}

/// The part of `range` that the verb governs: a clause whole, an object up to its end.
fn governed(frame: &Frame<'_>, draft: &Draft, range: Range<usize>) -> Range<usize> {
    let range = past_hearer(frame, draft, range);
    if frame.is_quoted(range.start) || is_clause(frame, range.clone()) {
        return range;
    }
    object(frame, range)
}

/// "told reporters that …": what is told begins behind the one who hears it.
fn past_hearer(frame: &Frame<'_>, draft: &Draft, range: Range<usize>) -> Range<usize> {
    let verb = frame.low(draft.cue.tokens.start);
    let hears = matches!(
        verb,
        "told"
            | "tells"
            | "tell"
            | "telling"
            | "assured"
            | "reminded"
            | "informed"
            | "warned"
            | "asked"
            | "assuring"
            | "warning"
            | "asking"
            | "reminding"
    );
    let within = range.start..range.end.min(range.start + 14);
    let that = within.clone().find(|at| frame.low(*at) == "that" && !frame.is_quoted(*at));
    let quote = within.clone().find(|at| frame.is_quoted(*at) || frame.low(*at) == ":");
    let adjunct = is_adjunct(frame, range.clone())
        || grammar::is_preposition(frame.low(range.start))
        || grammar::is_time(frame.low(range.start));
    match (that, quote) {
        (Some(that), _) if hears || adjunct => that..range.end,
        (_, Some(quote)) if hears || adjunct => {
            let quote = quote + usize::from(frame.low(quote) == ":");
            if quote < range.end { quote..range.end } else { range }
        }
        _ if hears => {
            let first = range.start;
            let next = within.skip(1).find(|at| {
                let low = frame.low(*at);
                grammar::is_subject(low)
                    || matches!(
                        low,
                        "to" | "in" | "on" | "during" | "how" | "what" | "why" | "whether" | "if"
                    )
                    || (grammar::is_determiner(low) && *at > first + 1)
                    || (frame.is_capital(*at)
                        && !frame.is_capital(*at - 1)
                        && !grammar::is_determiner(frame.before(*at)))
            });
            next.filter(|next| *next < range.end).map_or(range.clone(), |next| next..range.end)
        }
        _ => range,
    }
}

/// An object ends with its clause: at the first comma or at a word that opens another clause.
fn object(frame: &Frame<'_>, range: Range<usize>) -> Range<usize> {
    let end = range.clone().skip(1).find(|at| {
        !frame.is_quoted(*at)
            && (matches!(frame.low(*at), "," | ";" | "—" | "–")
                || matches!(frame.low(*at), "but" | "while" | "although" | "because" | "when"))
            && !frame.is_quoted(at + 1)
    });
    let end = end.unwrap_or(range.end);
    tidy(frame, range.start..end).unwrap_or(range)
}

/// Whether these tokens hold a clause: "that", or a subject with a verb.
fn is_clause(frame: &Frame<'_>, range: Range<usize>) -> bool {
    let first = frame.low(range.start);
    matches!(
        first,
        "that" | "whether" | "if" | "how" | "why" | "what" | "there" | "when" | "where" | "who"
    ) || range.clone().take(24).any(|at| {
        let low = frame.low(at);
        !frame.is_quoted(at)
            && ((grammar::is_aux(low) && low != "having")
                || at > range.start && grammar::is_subject(low) && low != "who" && low != "it")
    }) || grammar::is_subject(first)
}

/// Whether these tokens only say when, where or how: "on Monday", "in an interview".
fn is_adjunct(frame: &Frame<'_>, range: Range<usize>) -> bool {
    let first = frame.low(range.start);
    (grammar::is_preposition(first) || grammar::is_time(first) || grammar::is_adverb(first))
        && !is_clause(frame, range.clone())
        && !range.clone().any(|at| frame.is_quoted(at))
        || range.is_empty()
}

/// Whether a clause that hangs on the one before begins at `at`: ", adding …", ", who …".
fn is_hanging(frame: &Frame<'_>, at: usize) -> bool {
    let low = frame.low(at);
    low.ends_with("ing")
        || matches!(
            low,
            "who"
                | "which"
                | "a"
                | "an"
                | "but"
                | "and"
                | "according"
                | "when"
                | "while"
                | "as"
                | "referring"
        )
}

/// The range without marks at its ends that belong to the sentence; `None` when no word is left.
fn tidy(frame: &Frame<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let bare = |at: usize| {
        !frame.is_word(at)
            && !frame.is_quoted(at)
            && !matches!(frame.low(at), "$" | "#" | "@" | "£" | "€" | "%")
    };
    let from = range.clone().find(|at| !bare(*at))?;
    let to = range.rev().find(|at| !bare(*at))? + 1;
    (from..to).any(|at| frame.is_word(at)).then_some(from..to)
}
