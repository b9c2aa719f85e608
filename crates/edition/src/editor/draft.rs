//! What a document has of the draft alone: suggestions that are still open and the places of comments.
//!
//! A suggestion is one person's `added` and `struck` marks of one moment without a gap between them. The article is the text
//! in which none is accepted: what was added is not there yet, what was struck still is.

use super::schema::schema;
use serde_json::{Map, Value};

/// The two marks of a suggestion, which tell by whom and when.
const SUGGESTED: [&str; 2] = ["added", "struck"];

/// What of a document is not the article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// Whether there is anything of it at all.
    pub(super) any: bool,
    /// Suggestions that nobody has accepted or rejected.
    pub(super) suggestions: usize,
}

/// What `node`, which the schema has taken, has of the draft.
pub(super) fn found(node: &Value) -> Draft {
    let mut out = Draft::default();
    let mut before: Vec<(&str, &Value)> = Vec::new();
    for inner in content(node) {
        let marks: Vec<&Value> = marks(inner).iter().filter(|mark| is_draft_mark(mark)).collect();
        let mut here: Vec<(&str, &Value)> =
            marks.iter().filter_map(|mark| suggestion(mark)).collect();
        here.sort_by_key(|(by, at)| (*by, at.as_u64()));
        here.dedup();
        out.suggestions += here.iter().filter(|key| !before.contains(key)).count();
        before = here;
        let within = found(inner);
        out.any |= within.any || !marks.is_empty() || is_draft_node(inner);
        out.suggestions += within.suggestions;
    }
    out
}

/// `node` as the article has it: every suggestion as if it were rejected, and no comment.
pub(super) fn bare(node: &Value) -> Value {
    let mut map: Map<String, Value> = node.as_object().cloned().unwrap_or_default();
    map.remove("content");
    let own: Vec<Value> = marks(node).iter().filter(|mark| !is_draft_mark(mark)).cloned().collect();
    map.remove("marks");
    if !own.is_empty() {
        map.insert("marks".to_owned(), own.into());
    }
    let list = united(content(node).iter().filter(|inner| !is_only_suggested(inner)).map(bare));
    if !list.is_empty() {
        map.insert("content".to_owned(), list.into());
    }
    map.into()
}

pub(super) fn content(node: &Value) -> &[Value] {
    node.get("content").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn marks(node: &Value) -> &[Value] {
    node.get("marks").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn named(value: &Value) -> &str {
    value.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn is_draft_mark(mark: &Value) -> bool {
    schema().marks.iter().any(|spec| spec.draft && spec.name == named(mark))
}

fn is_draft_node(node: &Value) -> bool {
    schema().node(named(node)).is_some_and(|spec| spec.is_draft)
}

fn is_only_suggested(node: &Value) -> bool {
    is_draft_node(node) || marks(node).iter().any(|mark| named(mark) == "added")
}

/// By whom and when, where `mark` is one of a suggestion's.
pub(super) fn suggestion(mark: &Value) -> Option<(&str, &Value)> {
    let attrs = mark.get("attrs").filter(|_| SUGGESTED.contains(&named(mark)))?;
    Some((attrs.get("by")?.as_str()?, attrs.get("at")?))
}

/// The nodes, neighbours that are texts with equal marks as one.
pub(super) fn united(list: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for node in list {
        if !joined(out.last_mut(), &node) {
            out.push(node);
        }
    }
    out
}

/// Whether a node stands within a line of text.
pub(super) fn is_inline(node: &Value) -> bool {
    schema().node(named(node)).is_some_and(|spec| spec.is_inline)
}

/// Puts the words of `node` behind those of `last` when both are texts with equal marks.
fn joined(last: Option<&mut Value>, node: &Value) -> bool {
    let Some(more) = node.get("text").and_then(Value::as_str) else { return false };
    let Some(last) = last.filter(|last| marks(last) == marks(node)) else { return false };
    match last.get_mut("text") {
        Some(Value::String(text)) => {
            text.push_str(more);
            true
        }
        _ => false,
    }
}
