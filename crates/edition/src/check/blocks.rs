//! What blocks may hold, and when a list stands tight.

use super::{
    MAX_LEVELS,
    inlines::{self, Where},
    text,
};
use crate::model::{Block, Rendition};
use std::collections::HashSet;

/// Receives what is wrong and what to do.
pub(super) type Report<'a> = &'a mut dyn FnMut(String, &str);

/// Every rule that `block` breaks.
pub(super) fn block(block: &Block, ids: &HashSet<&str>, depth: usize, report: Report<'_>) {
    if depth > MAX_LEVELS {
        return report(
            format!("the text is nested deeper than {} levels", MAX_LEVELS),
            "write it flatter",
        );
    }
    match block {
        Block::Paragraph { content } => inlines::run(content, Where::Paragraph, ids, report),
        Block::Heading { level, content } => {
            if !(2..=6).contains(level) {
                report(
                    format!("a heading has the level {level}"),
                    "use the levels 2 to 6; the headline is level 1",
                );
            }
            inlines::run(content, Where::Heading, ids, report);
        }
        Block::List { start, tight, items } => {
            list(*start, *tight, items, report);
            items.iter().flatten().for_each(|inner| self::block(inner, ids, depth + 1, report));
        }
        Block::Quote { content } => {
            if content.is_empty() {
                report("a quotation is empty".into(), "take it out");
            }
            content.iter().for_each(|inner| self::block(inner, ids, depth + 1, report));
        }
        Block::Code { info, text } => code(info, text, report),
        Block::Rule {} => {}
        Block::Table { columns, rows } => {
            if columns.is_empty() || rows.is_empty() || columns.len() > 100 {
                report(
                    "a table has no head row or more than 100 columns".into(),
                    "give it 1 to 100 columns",
                );
            }
            if rows.iter().any(|row| row.len() != columns.len()) {
                report(
                    "a table's rows differ in their number of cells".into(),
                    "give each row a cell for every column",
                );
            }
            rows.iter().flatten().for_each(|cell| inlines::run(cell, Where::Cell, ids, report));
        }
        Block::Image { src, alt, caption, credit, sha256, renditions } => {
            image(src, alt, caption, report);
            made_by(credit, report);
            archived(sha256.as_ref(), renditions, report);
        }
    }
}

fn list(start: Option<u32>, given: bool, items: &[Vec<Block>], report: Report<'_>) {
    if start.is_some_and(|start| start > 999_999_999) {
        report("a list's first number has more than nine digits".into(), "begin it lower");
    }
    if items.is_empty() || items.iter().any(Vec::is_empty) {
        report("a list or one of its items is empty".into(), "take it out");
    }
    if given != tight(items, given) {
        report("a list's spacing cannot be written".into(), "change whether it is tight");
    }
}

fn code(info: &str, code: &str, report: Report<'_>) {
    if let Some((message, advice)) = text::words(code, true) {
        report(format!("text in fixed pitch {message}"), advice);
    }
    let plain = |letter: char| letter.is_alphanumeric() || "-_+.#".contains(letter);
    if !info.chars().all(plain) || info.chars().count() > 40 || text::words(info, false).is_some() {
        report(
            "the word after a code fence is not one plain word".into(),
            "name the language, such as `text`",
        );
    }
    if !(code.is_empty() || code.ends_with('\n')) {
        report("text in fixed pitch does not end in a line feed".into(), "end its last line");
    }
}

fn archived(sha256: Option<&String>, renditions: &[Rendition], report: Report<'_>) {
    let hex = |digest: &String| {
        digest.len() == 64 && digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    if !sha256.is_none_or(hex) {
        report("a picture's sha256 is not 64 lowercase hexadecimal digits".into(), "take it out");
    }
    let good = |one: &Rendition| hex(&one.sha256) && one.width > 0 && one.height > 0;
    let none = renditions.is_empty();
    if !none && (sha256.is_none() || renditions.len() > 20 || !renditions.iter().all(good)) {
        report(
            "a picture's renditions are more than 20, or one has no digest or size".into(),
            "take them out: publishing makes them",
        );
    }
}

fn image(src: &str, alt: &str, caption: &str, report: Report<'_>) {
    let scheme = src.contains(':') && !src.starts_with("https://") && !src.starts_with("http://");
    let odd = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "<>\\^`{|}\"[]()".contains(letter)
    };
    if src.is_empty()
        || src.len() > 2000
        || scheme
        || src.starts_with("//")
        || src.chars().any(odd)
        || text::words(src, false).is_some()
    {
        report(
            format!("a picture has the address {src:?}"),
            "name a file beside the article, or begin with https://",
        );
    }
    if alt.trim() != alt || alt.is_empty() {
        report(
            "a picture has no description".into(),
            "say what it shows between the square brackets",
        );
    }
    if caption.trim() != caption {
        report("a caption has spaces at its edge".into(), "take them out");
    }
    for line in [alt, caption] {
        if let Some((message, advice)) = text::words(line, false) {
            report(format!("a picture's text {message}"), advice);
        }
    }
}

/// Longest credit, in characters.
const LONGEST_CREDIT: usize = 1000;

fn made_by(credit: &str, report: Report<'_>) {
    if credit.trim() != credit {
        report("a credit has spaces at its edge".into(), "take them out");
    }
    if credit.chars().count() > LONGEST_CREDIT {
        report("a credit has more than 1,000 characters".into(), "name who made the picture");
    }
    if let Some((message, advice)) = text::words(credit, false) {
        report(format!("a picture's credit {message}"), advice);
    }
}

/// Whether a list with these items stands tight, when the file or editor says `wish`.
///
/// Only some lists have both forms in CommonMark: an item of a tight list is empty, one paragraph, a tight list, or a
/// paragraph and a tight list; and a list without a paragraph or with a single block looks the same either way.
#[must_use]
pub fn tight(items: &[Vec<Block>], wish: bool) -> bool {
    let nested = |block: &Block, after_text: bool| match block {
        Block::List { start, tight, items } => {
            let joins = !after_text
                || (matches!(start, None | Some(1))
                    && items.first().is_some_and(|item| !item.is_empty()));
            *tight && joins
        }
        _ => false,
    };
    let simple = items.iter().all(|item| match item.as_slice() {
        [] | [Block::Paragraph { .. }] => true,
        [Block::Paragraph { .. }, list] => nested(list, true),
        [list] => nested(list, false),
        _ => false,
    });
    let blocks: usize = items.iter().map(Vec::len).sum();
    let paragraphs = items.iter().flatten().any(|block| matches!(block, Block::Paragraph { .. }));
    simple && (wish || blocks < 2 || !paragraphs)
}
