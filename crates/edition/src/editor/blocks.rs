//! From the document's nodes to blocks and running text.

use super::{
    marks,
    tree::{self, Fault, Node},
};
use crate::model::{Block, Citation, Column, Inline, Mark};
use serde_json::Value;

/// The block that a node of the group `block` stands for.
pub(super) fn block(node: &Node<'_>) -> Result<Block, Fault> {
    let content = || run(&node.content);
    Ok(match node.name() {
        "paragraph" => Block::Paragraph { content: content() },
        "heading" => {
            let level = number(node, "level").try_into().unwrap_or(2);
            Block::Heading { level, content: content() }
        }
        "bullets" => Block::List { start: None, tight: flag(node, "tight"), items: items(node)? },
        "numbers" => {
            let start = Some(number(node, "start"));
            Block::List { start, tight: flag(node, "tight"), items: items(node)? }
        }
        "quote" => Block::Quote { content: blocks(node)? },
        "codeblock" => Block::Code { info: node.text_of("info").to_owned(), text: code(node) },
        "rule" => Block::Rule {},
        "table" => table(node),
        "image" => Block::Image {
            src: node.text_of("src").to_owned(),
            alt: node.text_of("alt").to_owned(),
            caption: node.text_of("caption").to_owned(),
            credit: node.text_of("credit").to_owned(),
            sha256: Some(node.text_of("sha256").to_owned()).filter(|digest| !digest.is_empty()),
            renditions: Vec::new(),
        },
        other => {
            let advice = "the program's schema and model disagree; report this";
            return Err(Fault::new(format!("{other} has no form in an article"), advice));
        }
    })
}

fn number(node: &Node<'_>, name: &str) -> u32 {
    node.attr(name).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or_default()
}

fn flag(node: &Node<'_>, name: &str) -> bool {
    node.attr(name).and_then(Value::as_bool).unwrap_or_default()
}

fn blocks(node: &Node<'_>) -> Result<Vec<Block>, Fault> {
    let each = node.content.iter().enumerate();
    each.map(|(number, inner)| block(inner).map_err(|fault| fault.at(number).at("content")))
        .collect()
}

fn items(node: &Node<'_>) -> Result<Vec<Vec<Block>>, Fault> {
    let each = node.content.iter().enumerate();
    each.map(|(number, item)| blocks(item).map_err(|fault| fault.at(number).at("content")))
        .collect()
}

/// The model ends every line of code with a line feed; on screen the last one would be a line that nobody wrote.
fn code(node: &Node<'_>) -> String {
    let mut text = node.words();
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn table(node: &Node<'_>) -> Block {
    let align = |cell: &Node<'_>| match cell.text_of("align") {
        "start" => Column::Start,
        "center" => Column::Center,
        "end" => Column::End,
        _ => Column::Auto,
    };
    let head = node.content.first();
    Block::Table {
        columns: head.map(|row| row.content.iter().map(align).collect()).unwrap_or_default(),
        rows: node
            .content
            .iter()
            .map(|row| row.content.iter().map(|cell| run(&cell.content)).collect())
            .collect(),
    }
}

/// Running text, its marks nested anew: the document has them as a set.
fn run(content: &[Node<'_>]) -> Vec<Inline> {
    let mut out: Vec<Inline> = content
        .iter()
        .map(|node| match node.name() {
            "cite" => Inline::Cite { items: citations(node) },
            "break" => Inline::Break {},
            _ => Inline::Text {
                text: node.text.to_owned(),
                marks: node.marks.iter().filter_map(mark).collect(),
            },
        })
        .collect();
    marks::nest(&mut out);
    out
}

fn mark(mark: &tree::Mark<'_>) -> Option<Mark> {
    Some(match mark.name() {
        "em" => Mark::Em {},
        "strong" => Mark::Strong {},
        "code" => Mark::Code {},
        "link" => Mark::Link {
            href: mark.text_of("href").to_owned(),
            title: mark.text_of("title").to_owned(),
        },
        _ => return None,
    })
}

fn citations(node: &Node<'_>) -> Vec<Citation> {
    let items = node.attr("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let text = |item: &Value, key: &str| {
        item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    items
        .iter()
        .map(|item| Citation {
            id: text(item, "id"),
            prefix: text(item, "prefix"),
            locator: text(item, "locator"),
        })
        .collect()
}
