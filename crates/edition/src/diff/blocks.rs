//! Two revisions, block by block: the parts before the body by their names, sources by their ids, the body by likeness.

use super::{Op, align, align::Run, words};
use crate::{model::Article, sealed, text};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What happened to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its words changed.
    Words,
    /// Its words are the same; its marks, links, citations or hidden values changed.
    Form,
}

/// One block that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its type in the sealed document: `headline`, `paragraph`, `source`.
    pub part: &'static str,
    /// Its number in the old sealed document, from 0.
    pub old: Option<usize>,
    /// Its number in the new one.
    pub new: Option<usize>,
    /// What happened.
    pub how: How,
    /// Its words, compared.
    pub ops: Vec<Op>,
}

/// Pairs of blocks beyond which likeness is not looked for, within one stretch of changed blocks.
const PAIRS: usize = 2_500;
/// Blocks with less than this share of words in common, in hundredths, are not the same block.
const ALIKE: usize = 30;

/// Keys whose values are no words for readers.
const UNSAID: [&str; 7] = ["id", "type", "source", "sha256", "snapshot", "archived", "file"];
/// What archiving adds to a source: fetching the same source again is no edit.
const ARCHIVING: [&str; 3] = ["snapshot", "archived", "file"];

struct Part {
    kind: &'static str,
    number: usize,
    value: Value,
    text: String,
}

/// The blocks that differ between two revisions, in the order of the new one; removed blocks where they stood. Address,
/// time and the class of the change itself are not compared.
#[must_use]
pub fn articles(old: &Article, new: &Article) -> Vec<Change> {
    let (old, old_body) = parts(old);
    let (new, new_body) = parts(new);
    let mut out = front(&old, &new);
    let (before, after) = keys(&old_body, &new_body);
    for run in align::runs(&before, &after) {
        if let Run::Replaced { old: from, new: to } = run {
            let from = old_body.get(from).unwrap_or_default();
            pair(from, new_body.get(to).unwrap_or_default(), &mut out);
        }
    }
    out
}

/// The parts before the body, and the body's.
fn parts(article: &Article) -> (Vec<Part>, Vec<Part>) {
    let mut blocks = sealed::blocks(article, &sealed::Place::default()).unwrap_or_default();
    // What the newsroom answers to the desk is said of the text and is none of it.
    blocks.retain(|(kind, _)| *kind != "answers");
    let first = blocks.len().saturating_sub(article.body.len());
    let bodies = article.body.iter().map(text::block);
    let texts = blocks.iter().take(first).map(|(_, value)| plain(value)).chain(bodies);
    let texts: Vec<String> = texts.collect();
    let hidden = |kind: &str| matches!(kind, "article" | "address" | "time");
    let all = blocks.into_iter().zip(texts).enumerate();
    all.map(|(number, ((kind, value), text))| Part { kind, number, value: written(value), text })
        .filter(|part| !hidden(part.kind))
        .partition(|part| part.number < first)
}

/// `value` without what archiving added to it.
fn written(mut value: Value) -> Value {
    if let Some(Value::Object(custom)) = value.get_mut("custom") {
        custom.retain(|key, _| !ARCHIVING.contains(&key.as_str()));
        if custom.is_empty()
            && let Value::Object(source) = &mut value
        {
            source.remove("custom");
        }
    }
    value
}

/// Whether two blocks are equal; a picture that is not archived yet may be the archived one.
fn equal(a: &Value, b: &Value) -> bool {
    let archived = |value: &Value| value.get("sha256").is_some();
    if a.get("src").is_none() || archived(a) == archived(b) {
        return a == b;
    }
    let bare = |value: &Value| {
        let mut value = value.clone();
        if let Value::Object(map) = &mut value {
            map.remove("sha256");
            map.remove("renditions");
        }
        value
    };
    bare(a) == bare(b)
}

/// The texts and numbers in a value, in a line.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(_) | Value::Null => String::new(),
        Value::Array(items) => join(items.iter()),
        Value::Object(map) => join(
            map.iter().filter(|(key, _)| !UNSAID.contains(&key.as_str())).map(|(_, value)| value),
        ),
    }
}

fn join<'a>(values: impl Iterator<Item = &'a Value>) -> String {
    let texts: Vec<String> = values.map(plain).filter(|text| !text.is_empty()).collect();
    texts.join(", ")
}

/// Parts that stand once are matched by name, sources by id, events in order.
fn front(old: &[Part], new: &[Part]) -> Vec<Change> {
    let (before, after) = (named(old), named(new));
    let by_name: HashMap<&str, &Part> =
        before.iter().map(|(name, part)| (name.as_str(), *part)).collect();
    let kept: HashSet<&str> = after.iter().map(|(name, _)| name.as_str()).collect();
    let mut out: Vec<Change> = after
        .iter()
        .filter_map(|(name, part)| change(by_name.get(name.as_str()).copied(), Some(part)))
        .collect();
    let gone = before.iter().filter(|(name, _)| !kept.contains(name.as_str()));
    out.extend(gone.filter_map(|(_, part)| change(Some(part), None)));
    out
}

fn named(parts: &[Part]) -> Vec<(String, &Part)> {
    let mut events = 0;
    let name = |part: &Part| match (part.kind, part.value.get("id")) {
        ("source", Some(id)) => format!("source {id}"),
        ("event", _) => {
            events += 1;
            format!("event {events}")
        }
        (kind, _) => kind.to_owned(),
    };
    let names: Vec<String> = parts.iter().map(name).collect();
    names.into_iter().zip(parts).collect()
}

fn change(old: Option<&Part>, new: Option<&Part>) -> Option<Change> {
    let how = match (old, new) {
        (Some(a), Some(b)) if equal(&a.value, &b.value) => return None,
        (Some(a), Some(b)) if a.text == b.text => How::Form,
        (Some(_), Some(_)) => How::Words,
        (Some(_), None) => How::Removed,
        (None, _) => How::Added,
    };
    let words_of = |part: Option<&Part>| part.map_or("", |part| part.text.as_str()).to_owned();
    let ops = words(&words_of(old), &words_of(new));
    let part = new.or(old)?.kind;
    Some(Change {
        part,
        old: old.map(|part| part.number),
        new: new.map(|part| part.number),
        how,
        ops,
    })
}

/// A number for each different block.
fn keys(old: &[Part], new: &[Part]) -> (Vec<u32>, Vec<u32>) {
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut number = |part: &Part| {
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        *ids.entry(part.value.to_string()).or_insert(next)
    };
    let old = old.iter().map(&mut number).collect();
    (old, new.iter().map(&mut number).collect())
}

/// Pairs blocks of the same type that are alike, in order, so that the likeness of all pairs together is greatest.
fn pair(old: &[Part], new: &[Part], out: &mut Vec<Change>) {
    let (mut from, mut to) = (0, 0);
    let matched = if old.len() * new.len() <= PAIRS { best(old, new) } else { in_order(old, new) };
    for (a, b) in matched {
        let gone = old.get(from..a).unwrap_or_default();
        out.extend(gone.iter().filter_map(|part| change(Some(part), None)));
        let came = new.get(to..b).unwrap_or_default();
        out.extend(came.iter().filter_map(|part| change(None, Some(part))));
        out.extend(change(old.get(a), new.get(b)));
        (from, to) = (a + 1, b + 1);
    }
    out.extend(old.iter().skip(from).filter_map(|part| change(Some(part), None)));
    out.extend(new.iter().skip(to).filter_map(|part| change(None, Some(part))));
}

fn in_order(old: &[Part], new: &[Part]) -> Vec<(usize, usize)> {
    let both = old.iter().zip(new).enumerate();
    both.filter(|(_, (a, b))| a.kind == b.kind).map(|(at, _)| (at, at)).collect()
}

fn best(old: &[Part], new: &[Part]) -> Vec<(usize, usize)> {
    let bags = |parts: &[Part]| -> Vec<HashSet<String>> {
        parts.iter().map(|part| crate::fold::words(&part.text).into_iter().collect()).collect()
    };
    let (old_bags, new_bags) = (bags(old), bags(new));
    // Row by row: the greatest likeness of the first rows and columns, and which pairs give it.
    let mut above: Vec<(usize, Option<usize>)> = vec![(0, None); new.len() + 1];
    let mut chain: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for (row, (a, bag)) in old.iter().zip(&old_bags).enumerate() {
        let mut line = vec![(0, None)];
        for (column, (b, other)) in new.iter().zip(&new_bags).enumerate() {
            let up = above.get(column + 1).copied().unwrap_or_default();
            let back = line.last().copied().unwrap_or_default();
            let mut now = if up.0 >= back.0 { up } else { back };
            let corner = above.get(column).copied().unwrap_or_default();
            let likeness = alike(bag, other);
            let good = a.kind == b.kind && likeness >= ALIKE;
            if good && corner.0 + likeness > now.0 {
                chain.push((row, column, corner.1));
                now = (corner.0 + likeness, chain.len().checked_sub(1));
            }
            line.push(now);
        }
        above = line;
    }
    let mut out = Vec::new();
    let mut at = above.last().and_then(|(_, at)| *at);
    while let Some((row, column, before)) = at.and_then(|at| chain.get(at)) {
        out.push((*row, *column));
        at = *before;
    }
    out.reverse();
    out
}

/// Words in common, in hundredths of those in the smaller of two blocks; blocks without words are alike.
fn alike(a: &HashSet<String>, b: &HashSet<String>) -> usize {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return if a.len() == b.len() { 100 } else { 0 };
    }
    a.intersection(b).count() * 100 / smaller
}
