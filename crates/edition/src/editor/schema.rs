//! The schema file: which nodes, marks and attributes there are, and what may stand in what.

use serde::Deserialize;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    // A file that does not parse gives a schema that refuses every document; a test reads it.
    let file: File =
        serde_json::from_str(include_str!("../../schema/document.json")).unwrap_or_default();
    Schema {
        nodes: file.nodes.iter().map(|node| compiled(node, &file)).collect(),
        marks: file.marks,
    }
});

/// The schema of the editor's documents.
pub(super) fn schema() -> &'static Schema {
    &SCHEMA
}

/// What a document may hold.
#[derive(Debug)]
pub(super) struct Schema {
    nodes: Vec<Node>,
    /// From the outermost to the innermost.
    pub(super) marks: Vec<Mark>,
}

/// A kind of node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) is_block: bool,
    pub(super) is_inline: bool,
    /// Of the draft alone: no article has it.
    pub(super) is_draft: bool,
    pub(super) has_marks: bool,
    pub(super) attrs: Vec<Attr>,
    /// What stands in it, in order.
    pub(super) content: Vec<Term>,
}

/// A kind of mark.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    pub(super) name: String,
    /// Of the draft alone: no article has it, and it may stand on every node within a line.
    #[serde(default)]
    pub(super) draft: bool,
    /// May stand on one text several times, in the order of its attributes.
    #[serde(default)]
    pub(super) many: bool,
    #[serde(default)]
    pub(super) attrs: Vec<Attr>,
}

/// An attribute of a node or mark.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attr {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: AttrKind,
    #[serde(default)]
    pub(super) min: i64,
    #[serde(default)]
    pub(super) max: i64,
    #[serde(default)]
    pub(super) values: Vec<String>,
    /// Left out where it is empty, as in documents of before there was this attribute.
    #[serde(default)]
    pub(super) optional: bool,
    /// For the editor alone: a document that is read has every attribute.
    #[serde(default, rename = "default")]
    _default: Option<serde_json::Value>,
}

/// What an attribute may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AttrKind {
    String,
    Integer,
    Boolean,
    /// A BCP 47 tag.
    Language,
    /// An address by [`crate::check::href`].
    Href,
    /// SHA-256 in lowercase hexadecimal, or empty.
    Digest,
    /// A list of at least one [`crate::model::Citation`].
    Citations,
    /// A person's or comment's id: 1 to 64 of `A`–`Z`, `a`–`z`, `0`–`9`, `-` and `_`.
    Opaque,
}

/// A part of a content expression: some of these nodes, so many times.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) names: Vec<String>,
    pub(super) least: usize,
    pub(super) most: usize,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    nodes: Vec<FileNode>,
    marks: Vec<Mark>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileNode {
    name: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    marks: bool,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    attrs: Vec<Attr>,
}

impl Schema {
    /// The node of this name.
    pub(super) fn node(&self, name: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.name == name)
    }

    /// Where the mark of this name stands among the marks.
    pub(super) fn rank(&self, name: &str) -> Option<usize> {
        self.marks.iter().position(|mark| mark.name == name)
    }
}

fn compiled(node: &FileNode, file: &File) -> Node {
    Node {
        name: node.name.clone(),
        is_block: node.group == "block",
        is_inline: node.group == "inline",
        is_draft: node.draft,
        has_marks: node.marks,
        attrs: node.attrs.clone(),
        content: terms(&node.content, file),
    }
}

/// `headline standfirst block+`: names, groups or alternatives in brackets, each with `+`, `*`, `?` or nothing behind it.
fn terms(expression: &str, file: &File) -> Vec<Term> {
    let mut out = Vec::new();
    let mut rest = expression.trim();
    while !rest.is_empty() {
        let (inner, after) = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            Some(split) => split,
            None => rest.split_at(
                rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len()),
            ),
        };
        let (least, most) = match after.chars().next() {
            Some('+') => (1, usize::MAX),
            Some('*') => (0, usize::MAX),
            Some('?') => (0, 1),
            _ => (1, 1),
        };
        out.push(Term {
            names: inner.split('|').flat_map(|name| named(name.trim(), file)).collect(),
            least,
            most,
        });
        let sign = after.strip_prefix(['+', '*', '?']).unwrap_or(after).trim_start();
        // What is no name must not hold up the loop.
        rest = if sign.len() < rest.len() { sign } else { "" };
    }
    out
}

fn named(name: &str, file: &File) -> Vec<String> {
    let group: Vec<String> =
        file.nodes.iter().filter(|node| node.group == name).map(|node| node.name.clone()).collect();
    if group.is_empty() { vec![name.to_owned()] } else { group }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        let file: File = serde_json::from_str(include_str!("../../schema/document.json")).unwrap();
        assert_eq!(file.nodes.len(), schema().nodes.len());
        let known = |name: &String| schema().node(name).is_some();
        let mut terms = schema().nodes.iter().flat_map(|node| &node.content);
        assert!(terms.clone().count() > 10);
        assert!(terms.all(|term| !term.names.is_empty() && term.names.iter().all(known)));
        let named: Vec<&str> = schema().marks.iter().map(|mark| mark.name.as_str()).collect();
        assert_eq!(named, ["comment", "added", "struck", "link", "em", "strong", "code"]);
    }

    #[test]
    fn expressions_are_read() {
        let terms = |name: &str| -> Vec<(usize, usize, usize)> {
            let content = &schema().node(name).unwrap().content;
            content.iter().map(|term| (term.names.len(), term.least, term.most)).collect()
        };
        assert_eq!(terms("doc"), [(1, 1, 1), (1, 1, 1), (9, 1, usize::MAX)]);
        assert_eq!(terms("heading"), [(2, 0, usize::MAX)]);
        assert_eq!(terms("table"), [(1, 1, 1), (1, 0, usize::MAX)]);
        assert_eq!(terms("rule"), []);
    }
}
