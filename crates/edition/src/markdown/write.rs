//! The canonical file of an article.

use super::{
    attributes,
    write_inline::{self, Where},
    write_yaml,
};
use crate::model::{Article, Block, Column, Inline};

/// The file of an article that [`crate::check::article`] has nothing against; [`super::read`] gives it back.
#[must_use]
pub fn write(article: &Article) -> String {
    let mut out = String::from("---\n");
    out.push_str(&write_yaml::metadata(article));
    out.push_str("---\n");
    for line in blocks(&article.body, false, 0) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// The text of an article file with one more block at its end.
#[must_use]
pub fn with_block(text: &str, block: &Block) -> String {
    let mut out = text.trim_end().to_owned();
    out.push_str("\n\n");
    for line in blocks(std::slice::from_ref(block), false, 0) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn blocks(blocks: &[Block], tight: bool, depth: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut other = false;
    let mut before: Option<&Block> = None;
    for block in blocks {
        other = !other && before.is_some_and(|before| joins(before, block));
        if before.is_some() && !tight {
            out.push(String::new());
        }
        out.extend(lines(block, other, depth));
        before = Some(block);
    }
    out
}

/// Whether two blocks in a row are lists of one kind, which need different marks to stay two.
fn joins(a: &Block, b: &Block) -> bool {
    match (a, b) {
        (Block::List { start: a, .. }, Block::List { start: b, .. }) => a.is_some() == b.is_some(),
        _ => false,
    }
}

fn lines(block: &Block, other: bool, depth: usize) -> Vec<String> {
    match block {
        Block::Paragraph { content } => {
            write_inline::run(content, Where::Paragraph).split('\n').map(str::to_owned).collect()
        }
        Block::Heading { level, content } => {
            let marks = "#".repeat(usize::from(*level));
            vec![format!("{marks} {}", write_inline::run(content, Where::Heading))]
        }
        Block::List { start, tight, items } => list(*start, *tight, items, other, depth),
        Block::Quote { content } => {
            let inside = blocks(content, false, depth).into_iter();
            inside
                .map(|line| if line.is_empty() { ">".into() } else { format!("> {line}") })
                .collect()
        }
        Block::Code { info, text } => {
            let fence = "`".repeat(write_inline::longest(text, '`').max(2) + 1);
            let text = text.strip_suffix('\n').map(|text| text.split('\n')).into_iter().flatten();
            let first = std::iter::once(format!("{fence}{info}"));
            first.chain(text.map(str::to_owned)).chain(std::iter::once(fence.clone())).collect()
        }
        // Three hyphens would turn the words above them into a heading.
        Block::Rule {} => vec!["***".to_owned()],
        Block::Table { columns, rows } => table(columns, rows),
        Block::Image { src, alt, caption, credit, sha256, .. } => {
            let title = write_inline::title(caption);
            let behind = attributes::write(credit, sha256.as_deref());
            let src = write_inline::address(src);
            vec![format!("![{}]({src}{title}){behind}", write_inline::plain(alt))]
        }
    }
}

fn list(
    start: Option<u32>,
    tight: bool,
    items: &[Vec<Block>],
    other: bool,
    depth: usize,
) -> Vec<String> {
    let mut out = Vec::new();
    for (number, item) in (0_u32..).zip(items) {
        let mark = match start {
            None if other != (depth % 2 == 1) => "+".to_owned(),
            None => "-".to_owned(),
            Some(first) => {
                let number = first.saturating_add(number).min(999_999_999);
                format!("{number}{}", if other { ')' } else { '.' })
            }
        };
        if number > 0 && !tight {
            out.push(String::new());
        }
        let indent = " ".repeat(mark.len() + 1);
        let inside = blocks(item, tight, depth + 1);
        if inside.is_empty() {
            out.push(mark);
            continue;
        }
        for (row, line) in inside.into_iter().enumerate() {
            out.push(match (row, line.is_empty()) {
                (0, _) => format!("{mark} {line}"),
                (_, true) => line,
                _ => format!("{indent}{line}"),
            });
        }
    }
    out
}

fn table(columns: &[Column], rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        format!("|{}", cells.map(|cell| format!(" {cell} |")).collect::<String>())
    };
    let rule = |column: &Column| match column {
        Column::Auto => "---",
        Column::Start => ":--",
        Column::Center => ":-:",
        Column::End => "--:",
    };
    let mut out: Vec<String> = rows
        .iter()
        .map(|cells| row(&mut cells.iter().map(|cell| write_inline::run(cell, Where::Cell))))
        .collect();
    out.insert(out.len().min(1), row(&mut columns.iter().map(|column| rule(column).to_owned())));
    out
}
