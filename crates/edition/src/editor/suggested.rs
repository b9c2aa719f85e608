//! Open suggestions of a document, listed and decided: what the editor does with them by steps, as functions of the tree.
//!
//! `web/src/suggest.ts` does the same; `fixtures/editor/suggestions.json` has documents that both must settle alike.

use super::draft::{content, is_inline, marks, named, suggestion, united};
use super::{Problem, Sheet, from_value};
use serde_json::Value;
use std::collections::BTreeSet;

/// Signs of the words around a suggestion that are given with it.
const AROUND: usize = 60;

/// A suggestion that nobody has accepted or rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The opaque id of whoever made it.
    pub by: String,
    /// When, in seconds since 1970.
    pub at: u64,
    /// The words that it takes out; `¶` is an end of a paragraph.
    pub struck: String,
    /// The words that it puts in.
    pub added: String,
    /// The words before it in the same line of text, at most 60 signs of them.
    pub before: String,
    /// The words behind it.
    pub after: String,
    /// Where its line is: the number of each node from the outermost.
    path: Vec<usize>,
    /// Its nodes in that line.
    from: usize,
    to: usize,
}

impl Sheet {
    /// Every open suggestion in the order of the text, as many as [`Sheet::suggestions`].
    #[must_use]
    pub fn listed(&self) -> Vec<Suggestion> {
        let mut out = Vec::new();
        if let Some(draft) = &self.draft {
            list(draft, &mut Vec::new(), &mut out);
        }
        out
    }

    /// By whom and when something is suggested: each open suggestion's id and second.
    #[must_use]
    pub fn authors(&self) -> BTreeSet<(String, u64)> {
        self.listed().into_iter().map(|one| (one.by, one.at)).collect()
    }

    /// The sheet with suggestion `number` of [`Sheet::listed`] accepted or rejected; `None` when there is no such one.
    ///
    /// # Errors
    /// When the result is no document, which the schema excludes.
    pub fn settled(&self, number: usize, accept: bool) -> Result<Option<Self>, Problem> {
        let (Some(draft), Some(one)) = (&self.draft, self.listed().into_iter().nth(number)) else {
            return Ok(None);
        };
        let mut doc = draft.clone();
        settle(&mut doc, &one, accept);
        from_value(&doc).map(Some)
    }

    /// The sheet with all of them accepted or rejected.
    ///
    /// # Errors
    /// As [`Sheet::settled`].
    pub fn all_settled(&self, accept: bool) -> Result<Self, Problem> {
        let mut sheet = self.clone();
        // From the last, so that the places of the others stay what they are.
        while let Some(last) = sheet.suggestions.checked_sub(1) {
            let Some(next) = sheet.settled(last, accept)? else { break };
            sheet = next;
        }
        Ok(sheet)
    }
}

/// The suggestions in `node`, which stands at `path`.
fn list(node: &Value, path: &mut Vec<usize>, out: &mut Vec<Suggestion>) {
    let inner = content(node);
    if inner.iter().any(is_inline) {
        in_line(inner, path, out);
        return;
    }
    for (number, block) in inner.iter().enumerate() {
        path.push(number);
        list(block, path, out);
        path.pop();
    }
}

fn in_line(line: &[Value], path: &[usize], out: &mut Vec<Suggestion>) {
    let first = out.len();
    let mut before: Vec<usize> = Vec::new();
    for (number, node) in line.iter().enumerate() {
        let mut here: Vec<usize> = Vec::new();
        for mark in marks(node) {
            let Some((by, at)) = suggestion(mark) else { continue };
            let at = at.as_u64().unwrap_or_default();
            let same =
                |place: &&usize| out.get(**place).is_some_and(|one| one.by == by && one.at == at);
            let known = here.iter().find(same).or_else(|| before.iter().find(same)).copied();
            let place = known.unwrap_or_else(|| {
                out.push(new(by, at, path, number));
                out.len() - 1
            });
            if let Some(one) = out.get_mut(place) {
                one.to = number + 1;
                let words = if named(mark) == "added" { &mut one.added } else { &mut one.struck };
                words.push_str(&said(node));
            }
            if !here.contains(&place) {
                here.push(place);
            }
        }
        before = here;
    }
    for one in out.iter_mut().skip(first) {
        let words = |nodes: Option<&[Value]>| -> Vec<char> {
            nodes.unwrap_or_default().iter().map(said).collect::<String>().chars().collect()
        };
        let (left, right) = (words(line.get(..one.from)), words(line.get(one.to..)));
        one.before = left.iter().skip(left.len().saturating_sub(AROUND)).collect();
        one.after = right.iter().take(AROUND).collect();
    }
}

fn new(by: &str, at: u64, path: &[usize], number: usize) -> Suggestion {
    let nothing = String::new;
    Suggestion {
        by: by.to_owned(),
        at,
        struck: nothing(),
        added: nothing(),
        before: nothing(),
        after: nothing(),
        path: path.to_vec(),
        from: number,
        to: number,
    }
}

/// A node of a line in words.
fn said(node: &Value) -> String {
    match named(node) {
        "text" => node.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        "split" => "¶".to_owned(),
        "cite" => {
            let items = node.pointer("/attrs/items").and_then(Value::as_array);
            let id = |item: &Value| item.get("id").and_then(Value::as_str).map(str::to_owned);
            let ids: Vec<String> = items.into_iter().flatten().filter_map(id).collect();
            format!("[@{}]", ids.join("; @"))
        }
        _ => " ".to_owned(),
    }
}

/// Accepts or rejects one suggestion of `doc`.
fn settle(doc: &mut Value, one: &Suggestion, accept: bool) {
    let Some((last, above)) = one.path.split_last() else { return };
    let blocks = content(doc).len();
    let mut parent = doc;
    for number in above {
        let Some(inner) = parent.get_mut("content").and_then(|list| list.get_mut(*number)) else {
            return;
        };
        parent = inner;
    }
    let Some(Value::Array(list)) = parent.get_mut("content") else { return };
    let Some(block) = list.get(*last) else { return };
    // A paragraph of which nothing is left goes along, unless it is the only one.
    let goes = above.is_empty() && named(block) == "paragraph";
    let mut lines: Vec<Vec<Value>> = vec![content(block).to_vec()];
    for number in (one.from..one.to).rev() {
        let taken = piece(&mut lines, number, one, accept);
        let left = blocks + lines.len() - 1;
        if taken && goes && left > 3 && lines.first().is_some_and(Vec::is_empty) {
            lines.remove(0);
        }
    }
    let bare = block.clone();
    let blocks = lines.into_iter().map(|line| with(&bare, line));
    list.splice(*last..=*last, blocks);
}

/// Decides the piece `number` of the first line; what was behind it is decided already. True when the piece goes.
fn piece(lines: &mut Vec<Vec<Value>>, number: usize, one: &Suggestion, accept: bool) -> bool {
    let Some(line) = lines.first_mut() else { return false };
    let Some(node) = line.get_mut(number) else { return false };
    let has = |node: &Value, name: &str| marks(node).iter().any(|mark| is_of(mark, name, one));
    let (added, struck) = (has(node, "added"), has(node, "struck"));
    let goes = if struck { accept || added } else { added && !accept };
    if goes {
        line.remove(number);
        return true;
    }
    if struck {
        unmark(node, "struck", one);
    } else if added && named(node) == "split" {
        let behind = line.split_off(number + 1);
        line.pop();
        lines.insert(1, behind);
    } else if added {
        unmark(node, "added", one);
    }
    false
}

fn is_of(mark: &Value, name: &str, one: &Suggestion) -> bool {
    let same = |(by, at): (&str, &Value)| by == one.by && at.as_u64() == Some(one.at);
    named(mark) == name && suggestion(mark).is_some_and(same)
}

fn unmark(node: &mut Value, name: &str, one: &Suggestion) {
    let Some(map) = node.as_object_mut() else { return };
    let Some(Value::Array(list)) = map.get_mut("marks") else { return };
    list.retain(|mark| !is_of(mark, name, one));
    if list.is_empty() {
        map.remove("marks");
    }
}

/// The block `bare` with this line in place of its own.
fn with(bare: &Value, line: Vec<Value>) -> Value {
    let list = united(line);
    let mut map = bare.as_object().cloned().unwrap_or_default();
    map.remove("content");
    if !list.is_empty() {
        map.insert("content".to_owned(), list.into());
    }
    map.into()
}
