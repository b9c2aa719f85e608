//! Who speaks: the words before the postposition, back to where another phrase ends.

use super::{
    cues::{Cue, Shape},
    words::{Line, UNNAMED, is_pause},
};
use std::ops::Range;

/// A speaker named by more words than these is a clause misread.
const LONGEST: usize = 12;

/// Words in whose place another clause holds the speaker, or none.
const RELATIVE: [&str; 5] = ["جس", "جنہوں", "جن", "کسی", "کس"];

/// Occasions on which something is said; they do not speak.
const OCCASIONS: [&str; 9] =
    ["اجلاس", "ملاقات", "سماعت", "تقریب", "خطاب", "گفتگو", "بریفنگ", "کانفرنس", "بارے"];

/// The tokens that name the speaker of `cue`, none of them before `from`.
pub(super) fn of(line: &Line<'_>, from: usize, cue: &Cue) -> Option<Range<usize>> {
    let found = match cue.shape {
        Shape::Bare => return None,
        Shape::Before => after(line, cue.edge),
        _ => before(line, from, cue.edge),
    };
    let head = line.low(found.end.checked_sub(1)?);
    let relative = found.len() == 1 && RELATIVE.contains(&head);
    let occasion = cue.shape == Shape::Paper && (OCCASIONS.contains(&head) || head == "اس");
    (!found.is_empty() && found.len() <= LONGEST && !relative && !occasion).then_some(found)
}

/// The noun phrase that ends before `edge`.
pub(super) fn before(line: &Line<'_>, from: usize, edge: usize) -> Range<usize> {
    let mut end = edge;
    while end > from && line.is(end - 1, "late") {
        end -= 1;
    }
    let mut start = end;
    while start > from && line.is_word(start - 1) {
        let stop = line.is(start - 1, "stop") || line.is(start - 1, "aux");
        // A verb before the speaker ends the sentence before, where no full stop does.
        let verb = line.reading.version >= 2
            && (start < end && ends_a_clause(line.low(start - 1))
                || start + 1 == end && is_verb_before_people(line, start));
        if stop || verb || (line.is(start - 1, "join") && line.low(start - 1) != "اور") {
            break;
        }
        start -= 1;
    }
    while start < end
        && (line.is(start, "day") || matches!(line.low(start), "اور" | "کا" | "کے" | "کی"))
    {
        start += 1;
    }
    start..end
}

/// Endings of a verb that nothing but a new clause follows: «کرلیا», «کردیا», «ہوگئی», «کریں گے» in one word.
const ENDINGS: [&str; 12] =
    ["رلیا", "رلی", "رلیے", "ردیا", "ردی", "ردیے", "وگیا", "وگیی", "وگیے", "یگا", "یگی", "ینگے"];

/// Whether `low` is a verb with its helper written on, as nobody's name or office is.
fn ends_a_clause(low: &str) -> bool {
    ENDINGS.iter().any(|ending| low.ends_with(ending))
}

/// Whether a verb ends right before the people at `head`: «شرکت کی ذرائع», where «کی» can't be "of", which would be «کے».
fn is_verb_before_people(line: &Line<'_>, head: usize) -> bool {
    UNNAMED.has(line.low(head)) && matches!(line.low(head - 1), "کی" | "دی" | "لی")
}

/// The noun phrase after «بقول»: to the next pause, or nothing where none comes soon.
fn after(line: &Line<'_>, from: usize) -> Range<usize> {
    let last = (from + LONGEST).min(line.span.end);
    let end = (from..last).find(|at| is_pause(line.low(*at)) || line.low(*at) == "کہ");
    from..end.unwrap_or(from)
}
