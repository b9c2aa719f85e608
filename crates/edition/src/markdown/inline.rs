//! Citations in a run of text: `[see @a, p. 3; @b]`.

use super::{
    Problem,
    lines::Lines,
    run::{self, Piece, Run},
};
use crate::model::{Citation, Inline};
use std::collections::HashSet;

/// What reading a run needs to know.
pub(super) struct Context<'a> {
    pub(super) lines: &'a Lines<'a>,
    /// The ids of the references; `None` while citations may name sources that are still to come.
    pub(super) ids: Option<HashSet<&'a str>>,
}

impl Context<'_> {
    pub(super) fn problem(
        &self,
        at: usize,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Problem {
        let (line, column) = self.lines.place(at);
        Problem { line, column, message: message.into(), advice: advice.into() }
    }
}

/// The inlines of a run, its citations found.
pub(super) fn inlines(
    run: &Run,
    context: &Context<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut rest = run.pieces.as_slice();
    while let Some((first, tail)) = rest.split_first() {
        if let Some((length, plain)) = group(rest) {
            let inside = tail.get(..length).unwrap_or_default();
            let items = if plain { cite(inside, context) } else { Err(marked(first, context)) };
            match items {
                Ok(items) => out.push(Inline::Cite { items }),
                Err(problem) => problems.push(problem),
            }
            rest = tail.get(length + 1..).unwrap_or_default();
            continue;
        }
        match first {
            Piece::Break => out.push(Inline::Break {}),
            Piece::Char { letter, marks, .. } => {
                let marks = run.sets.get(*marks).map(Vec::as_slice).unwrap_or_default();
                run::add(&mut out, *letter, marks);
            }
        }
        rest = tail;
    }
    run::compose(&mut out);
    out
}

/// The number of pieces between the bracket that `pieces` begins with and its end, if they are a citation; and whether
/// they are plain words.
fn group(pieces: &[Piece]) -> Option<(usize, bool)> {
    let (first, tail) = pieces.split_first()?;
    let Piece::Char { letter: '[', plain: true, marks: outer, .. } = first else { return None };
    let (mut key, mut even) = (false, true);
    let mut before = ' ';
    for (number, piece) in tail.iter().enumerate() {
        let Piece::Char { letter, plain, marks, .. } = piece else {
            even = false;
            continue;
        };
        even &= marks == outer;
        match letter {
            ']' if *plain => return key.then_some((number, even)),
            '[' if *plain => return None,
            '@' if *plain && !before.is_alphanumeric() => key = true,
            _ => {}
        }
        before = *letter;
    }
    None
}

fn marked(first: &Piece, context: &Context<'_>) -> Problem {
    let advice =
        "take emphasis, links, code and line breaks out of it, or escape the bracket as \\[";
    context.problem(place(first), "a citation holds more than plain words", advice)
}

fn cite(inside: &[Piece], context: &Context<'_>) -> Result<Vec<Citation>, Problem> {
    let stop = |piece: &Piece| matches!(piece, Piece::Char { letter: ';', plain: true, .. });
    inside.split(stop).map(|item| one(item, inside, context)).collect()
}

fn one(item: &[Piece], inside: &[Piece], context: &Context<'_>) -> Result<Citation, Problem> {
    let at = item.first().or(inside.first()).map_or(0, place);
    let mut before = ' ';
    let key = item.iter().position(|piece| {
        let found = matches!(piece, Piece::Char { letter: '@', plain: true, .. })
            && !before.is_alphanumeric();
        before = letter(piece);
        found
    });
    let Some(key) = key else {
        return Err(context.problem(
            at,
            "a part of this citation names no source",
            "write [@id; @other], or escape the bracket as \\[ if it is no citation",
        ));
    };
    let (prefix, rest) = item.split_at_checked(key).unwrap_or((item, &[]));
    let (mark, rest) = rest.split_first().map_or((at, rest), |(mark, rest)| (place(mark), rest));
    let prefix = words(prefix);
    if prefix.ends_with('-') && prefix.len() == prefix.trim_end().len() {
        let advice = "write [@id]; the page shows a number, not the author's name";
        return Err(context.problem(mark, "the form [-@id] has no meaning here", advice));
    }
    let length = id_length(rest);
    let (id, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
    let id = words(id);
    let known = context.ids.as_ref().map_or(!id.is_empty(), |ids| ids.contains(id.as_str()));
    if !known {
        let ids = context.ids.iter().flatten();
        let mut known: Vec<&str> = ids.copied().take(20).collect();
        known.sort_unstable();
        let advice = if known.is_empty() {
            "add it under `references:` in the metadata, or escape the bracket as \\[".to_owned()
        } else {
            format!("the references have the ids {}", known.join(", "))
        };
        return Err(context.problem(mark, format!("no reference has the id {id}"), advice));
    }
    let rest = match rest.split_first() {
        Some((Piece::Char { letter: ',', plain: true, .. }, rest)) => rest,
        _ => rest,
    };
    Ok(Citation { id, prefix: prefix.trim().to_owned(), locator: words(rest).trim().to_owned() })
}

/// How many pieces the id takes: letters, digits and `_`, joined by single `: . # $ % & - + ? < > ~ /`.
fn id_length(pieces: &[Piece]) -> usize {
    let mut length = 0;
    for (number, piece) in pieces.iter().enumerate() {
        let letter = letter(piece);
        if letter.is_alphanumeric() || letter == '_' {
            length = number + 1;
        } else if !":.#$%&-+?<>~/".contains(letter) || length != number {
            break;
        }
    }
    length
}

fn letter(piece: &Piece) -> char {
    match piece {
        Piece::Char { letter, .. } => *letter,
        Piece::Break => ' ',
    }
}

fn place(piece: &Piece) -> usize {
    match piece {
        Piece::Char { at, .. } => *at,
        Piece::Break => 0,
    }
}

fn words(pieces: &[Piece]) -> String {
    pieces.iter().map(letter).collect()
}
