//! What an unfinished text leaves behind, cleared away: so that it can be written as a file.

use super::marks;
use crate::{
    check,
    model::{Block, Column, Inline, Mark},
};
use unicode_normalization::UnicodeNormalization;

/// A line of plain text: NFC, no white space at its edges, line ends and tabs as spaces.
pub(super) fn line(text: &str) -> String {
    spaced(text).trim().to_owned()
}

/// `block` without what is empty in it; `None` when nothing remains.
pub(super) fn block(block: &Block) -> Option<Block> {
    match block {
        Block::Paragraph { content } => {
            let content = Some(run(content, true)).filter(|run| !run.is_empty())?;
            Some(Block::Paragraph { content })
        }
        Block::Heading { level, content } => {
            let content = Some(run(content, false)).filter(|run| !run.is_empty())?;
            Some(Block::Heading { level: *level, content })
        }
        Block::List { start, tight, items } => {
            let items = items.iter().map(|item| blocks(item)).filter(|item| !item.is_empty());
            let items: Vec<_> = Some(items.collect()).filter(|items: &Vec<_>| !items.is_empty())?;
            Some(Block::List { start: *start, tight: check::tight(&items, *tight), items })
        }
        Block::Quote { content } => {
            let content = Some(blocks(content)).filter(|blocks| !blocks.is_empty())?;
            Some(Block::Quote { content })
        }
        Block::Code { info, text } => {
            let text: String = text.nfc().collect();
            Some(Block::Code { info: info.trim().to_owned(), text: text.replace('\r', "") })
        }
        Block::Rule {} => Some(Block::Rule {}),
        Block::Table { columns, rows } => Some(table(columns, rows)),
        Block::Image { src, alt, caption, credit, sha256, renditions } => Some(Block::Image {
            src: src.trim().to_owned(),
            alt: line(alt),
            caption: line(caption),
            credit: line(credit),
            sha256: sha256.clone(),
            renditions: renditions.clone(),
        }),
    }
}

fn blocks(list: &[Block]) -> Vec<Block> {
    list.iter().filter_map(block).collect()
}

/// Every row as wide as the widest.
fn table(columns: &[Column], rows: &[Vec<Vec<Inline>>]) -> Block {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut columns = columns.to_vec();
    columns.resize(width, Column::Auto);
    let row = |row: &Vec<Vec<Inline>>| {
        let mut cells: Vec<Vec<Inline>> = row.iter().map(|cell| run(cell, false)).collect();
        cells.resize(width, Vec::new());
        cells
    };
    Block::Table { columns, rows: rows.iter().map(row).collect() }
}

/// Running text without white space or line breaks at its edges; elsewhere than in paragraphs a line break is a space.
fn run(content: &[Inline], breaks: bool) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in &loosened(content) {
        let inline = match inline {
            Inline::Text { text, marks } => {
                Inline::Text { text: text.clone(), marks: marks.clone() }
            }
            Inline::Break {} if !breaks => Inline::Text { text: " ".to_owned(), marks: Vec::new() },
            Inline::Break {} if out.is_empty() => continue,
            other => other.clone(),
        };
        let edge = out.is_empty() || out.last() == Some(&Inline::Break {});
        push(&mut out, trimmed(inline, edge));
        if inline_is_break(out.last()) {
            trim_end(&mut out, true);
        }
    }
    trim_end(&mut out, false);
    marks::nest(&mut out);
    out
}

/// Spaces have only the marks that the words on both sides have: `**so **it` is `**so** it`.
fn loosened(content: &[Inline]) -> Vec<Inline> {
    let mut out: Vec<Inline> = content.iter().flat_map(parted).collect();
    for _ in 0..2 {
        // Once from each side: what the next words on that side do not have goes.
        let mut beside: Vec<Mark> = Vec::new();
        for inline in &mut out {
            match inline {
                Inline::Text { text, marks }
                    if !is_code(marks) && text.trim_matches(' ').is_empty() =>
                {
                    marks.retain(|mark| beside.contains(mark));
                }
                Inline::Text { marks, .. } => beside.clone_from(marks),
                _ => beside.clear(),
            }
        }
        out.reverse();
    }
    out
}

/// A piece of text as the spaces before its words, the words and the spaces behind them.
fn parted(inline: &Inline) -> Vec<Inline> {
    let Inline::Text { text, marks } = inline else { return vec![inline.clone()] };
    let text = spaced(text);
    let mut marks = marks.clone();
    marks.sort_by_key(marks::rank);
    if is_code(&marks) {
        return vec![Inline::Text { text, marks }];
    }
    let start = text.len() - text.trim_start_matches(' ').len();
    let (head, rest) = text.split_at_checked(start).unwrap_or(("", &text));
    let (core, tail) =
        rest.split_at_checked(rest.trim_end_matches(' ').len()).unwrap_or((rest, ""));
    let parts = [head, core, tail].into_iter().filter(|part| !part.is_empty());
    parts.map(|part| Inline::Text { text: part.to_owned(), marks: marks.clone() }).collect()
}

fn is_code(marks: &[Mark]) -> bool {
    marks.contains(&Mark::Code {})
}

fn inline_is_break(inline: Option<&Inline>) -> bool {
    matches!(inline, Some(Inline::Break {}))
}

/// Without white space at its beginning when it begins a line.
fn trimmed(inline: Inline, edge: bool) -> Inline {
    match inline {
        Inline::Text { text, marks } if edge => {
            Inline::Text { text: text.trim_start_matches(' ').to_owned(), marks }
        }
        other => other,
    }
}

fn push(out: &mut Vec<Inline>, inline: Inline) {
    match (out.last_mut(), inline) {
        (_, Inline::Text { text, .. }) if text.is_empty() => {}
        (Some(Inline::Text { text, marks }), Inline::Text { text: more, marks: own })
            if *marks == own =>
        {
            *text = format!("{text}{more}").nfc().collect();
        }
        (_, inline) => out.push(inline),
    }
}

/// Takes white space from the end; `kept` says that the line break that stands there stays.
fn trim_end(out: &mut Vec<Inline>, kept: bool) {
    if kept {
        out.pop();
    }
    while let Some(last) = out.last_mut() {
        match last {
            Inline::Text { text, .. } => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    break;
                }
            }
            Inline::Break {} if !kept => {}
            _ => break,
        }
        out.pop();
    }
    if kept && !out.is_empty() {
        out.push(Inline::Break {});
    }
}

/// NFC, with line ends and tabs as spaces.
fn spaced(text: &str) -> String {
    text.chars().map(|letter| if "\t\n\r".contains(letter) { ' ' } else { letter }).nfc().collect()
}
