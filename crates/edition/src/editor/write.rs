//! From an article to the document that the editor loads.

use super::marks;
use crate::model::{Article, Block, Citation, Column, Inline, Mark};
use serde_json::{Map, Value, json};

/// The document of `article`: its language, headline, standfirst and body, as JSON in its one spelling (keys in order
/// of their bytes, no white space).
///
/// What [`crate::check`] finds no fault in, [`super::read`] takes.
#[must_use]
pub fn write(article: &Article) -> String {
    value(article).to_string()
}

/// As [`write`], before it is spelled.
#[must_use]
pub fn value(article: &Article) -> Value {
    let standfirst = article.standfirst.as_deref().unwrap_or_default();
    document(&article.lang, &article.headline, standfirst, &article.body)
}

/// The document of these parts.
pub(super) fn document(lang: &str, headline: &str, standfirst: &str, body: &[Block]) -> Value {
    let mut content =
        vec![node("headline", plain(headline)), node("standfirst", plain(standfirst))];
    content.extend(blocks(body));
    with(node("doc", content), json!({"lang": lang}))
}

/// The node of one block.
pub(super) fn block(block: &Block) -> Value {
    match block {
        Block::Paragraph { content } => node("paragraph", run(content)),
        Block::Heading { level, content } => {
            with(node("heading", run(content)), json!({"level": level}))
        }
        Block::List { start, tight, items } => {
            let items = items.iter().map(|item| node("item", blocks(item))).collect();
            match start {
                None => with(node("bullets", items), json!({"tight": tight})),
                Some(start) => {
                    with(node("numbers", items), json!({"start": start, "tight": tight}))
                }
            }
        }
        Block::Quote { content } => node("quote", blocks(content)),
        Block::Code { info, text } => {
            let text = text.strip_suffix('\n').unwrap_or(text);
            with(node("codeblock", plain(text)), json!({"info": info}))
        }
        Block::Rule {} => node("rule", Vec::new()),
        Block::Table { columns, rows } => node("table", table(columns, rows)),
        Block::Image { src, alt, caption, credit, sha256, .. } => {
            let sha256 = sha256.as_deref().unwrap_or_default();
            let mut attrs = json!({"src": src, "alt": alt, "caption": caption, "sha256": sha256});
            if let Some(map) = attrs.as_object_mut().filter(|_| !credit.is_empty()) {
                map.insert("credit".into(), credit.as_str().into());
            }
            with(node("image", Vec::new()), attrs)
        }
    }
}

fn node(name: &str, content: Vec<Value>) -> Value {
    let mut map = Map::new();
    map.insert("type".into(), name.into());
    if !content.is_empty() {
        map.insert("content".into(), content.into());
    }
    map.into()
}

fn with(mut node: Value, attrs: Value) -> Value {
    if let Some(map) = node.as_object_mut() {
        map.insert("attrs".into(), attrs);
    }
    node
}

/// Where the schema wants a block, an empty paragraph stands for none.
fn blocks(blocks: &[Block]) -> Vec<Value> {
    if blocks.is_empty() {
        return vec![node("paragraph", Vec::new())];
    }
    blocks.iter().map(block).collect()
}

fn plain(text: &str) -> Vec<Value> {
    if text.is_empty() { Vec::new() } else { vec![json!({"type": "text", "text": text})] }
}

fn table(columns: &[Column], rows: &[Vec<Vec<Inline>>]) -> Vec<Value> {
    let aligned = columns.iter().copied().chain(std::iter::repeat(Column::Auto));
    let head = |cells: &Vec<Vec<Inline>>| {
        let cells = cells.iter().zip(aligned.clone());
        cells
            .map(|(cell, column)| with(node("headcell", run(cell)), json!({"align": column})))
            .collect()
    };
    let each = rows.iter().enumerate();
    each.map(|(number, cells)| match number {
        0 => node("headrow", head(cells)),
        _ => node("row", cells.iter().map(|cell| node("cell", run(cell))).collect()),
    })
    .collect()
}

/// Running text, neighbours with the same set of marks as one piece.
fn run(content: &[Inline]) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::with_capacity(content.len());
    let mut last: Option<(String, Vec<Mark>)> = None;
    for inline in content {
        if let Inline::Text { text, marks } = inline {
            let marks = in_order(marks);
            match &mut last {
                Some((words, own)) if *own == marks => words.push_str(text),
                _ => {
                    out.extend(last.take().map(words));
                    last = Some((text.clone(), marks)).filter(|(text, _)| !text.is_empty());
                }
            }
            continue;
        }
        out.extend(last.take().map(words));
        out.push(match inline {
            Inline::Cite { items } => {
                let items: Vec<Value> = items.iter().map(citation).collect();
                with(node("cite", Vec::new()), json!({"items": items}))
            }
            _ => node("break", Vec::new()),
        });
    }
    out.extend(last.map(words));
    out
}

fn in_order(marks: &[Mark]) -> Vec<Mark> {
    let mut marks = marks.to_vec();
    marks.sort_by_key(marks::rank);
    marks.dedup_by_key(|mark| marks::rank(mark));
    marks
}

fn words((text, marks): (String, Vec<Mark>)) -> Value {
    let mut out = json!({"type": "text", "text": text});
    if let Some(map) = out.as_object_mut().filter(|_| !marks.is_empty()) {
        map.insert("marks".into(), marks.iter().map(mark).collect());
    }
    out
}

fn mark(mark: &Mark) -> Value {
    match mark {
        Mark::Em {} => json!({"type": "em"}),
        Mark::Strong {} => json!({"type": "strong"}),
        Mark::Code {} => json!({"type": "code"}),
        Mark::Link { href, title } => {
            json!({"type": "link", "attrs": {"href": href, "title": title}})
        }
    }
}

fn citation(item: &Citation) -> Value {
    json!({"id": item.id, "prefix": item.prefix, "locator": item.locator})
}
