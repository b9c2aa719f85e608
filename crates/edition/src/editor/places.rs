//! The places of comments in a document: found, set on words that are named, and left out when two texts are compared.
//!
//! Positions count as ProseMirror does: one for each UTF-16 unit of text, for each end of a node, and for each node without
//! content.

use super::draft::{content, is_inline, marks, named, united};
use super::schema::schema;
use serde_json::{Map, Value, json};
use std::ops::Range;

/// What stands for a node without words among words.
const OBJECT: char = '\u{fffc}';

/// One comment's place, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The comment's id.
    pub id: String,
    /// The words of the first stretch that it stands on.
    pub words: String,
    /// How often these words stand before it in the text.
    pub before: usize,
}

/// `node` without any comment.
pub(super) fn without(node: &Value) -> Value {
    let mut map: Map<String, Value> = node.as_object().cloned().unwrap_or_default();
    let own: Vec<Value> = marks(node).iter().filter(|mark| !is_comment(mark)).cloned().collect();
    map.remove("marks");
    if !own.is_empty() {
        map.insert("marks".to_owned(), own.into());
    }
    if map.remove("content").is_some() {
        map.insert("content".to_owned(), united(content(node).iter().map(without)).into());
    }
    map.into()
}

/// Every comment's place, in the order of the text.
pub(super) fn places(doc: &Value) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    for block in lines(doc) {
        let mut open: Vec<usize> = Vec::new();
        let (mut at, mut begun) = (0, Vec::new());
        for inner in content(block.node) {
            let here: Vec<&str> = marks(inner).iter().filter_map(id_of).collect();
            for id in &here {
                if !out.iter().any(|one| one.id == *id) {
                    open.push(out.len());
                    begun.push(at);
                    out.push(Place { id: (*id).to_owned(), words: String::new(), before: 0 });
                }
            }
            open.retain(|place| out.get(*place).is_some_and(|one| here.contains(&one.id.as_str())));
            for place in &open {
                if let Some(one) = out.get_mut(*place) {
                    one.words.push_str(&words_of(inner));
                }
            }
            at += words_of(inner).chars().count();
        }
        let first = out.len() - begun.len();
        for (one, start) in out.iter_mut().skip(first).zip(begun) {
            let words = letters(&one.words);
            let earlier: usize = lines(doc)
                .take_while(|other| other.start < block.start)
                .map(|other| found(&other.letters(), &words).len())
                .sum();
            let own = found(&block.letters(), &words);
            one.before = earlier + own.iter().filter(|place| **place < start).count();
        }
    }
    out
}

/// `doc` with comment `id` on the words `words` where they stand after `before` others of the same, or where they stand first;
/// and from where to where that is. `None` where they don't stand in one line of the text.
pub(super) fn set(
    doc: &Value,
    words: &str,
    before: usize,
    id: &str,
) -> Option<(Value, Range<u64>)> {
    let wanted = letters(words);
    if wanted.is_empty() {
        return None;
    }
    let all: Vec<(u64, usize, Vec<char>)> = lines(doc)
        .flat_map(|line| {
            let text = line.letters();
            let start = line.start;
            found(&text, &wanted).into_iter().map(move |place| (start, place, text.clone()))
        })
        .collect();
    let (start, place, text) = all.get(before).or_else(|| all.first())?;
    let units = |part: Option<&[char]>| {
        part.unwrap_or_default().iter().map(|one| one.len_utf16() as u64).sum::<u64>()
    };
    let from = start + units(text.get(..*place));
    let to = from + units(text.get(*place..place + wanted.len()));
    let mut doc = doc.clone();
    mark(&mut doc, 0, &(from..to), id);
    Some((doc, from..to))
}

/// A node whose content is words.
struct Line<'a> {
    node: &'a Value,
    /// Where its content begins.
    start: u64,
}

impl Line<'_> {
    fn letters(&self) -> Vec<char> {
        content(self.node)
            .iter()
            .flat_map(|inner| words_of(inner).chars().collect::<Vec<_>>())
            .collect()
    }
}

fn lines(doc: &Value) -> impl Iterator<Item = Line<'_>> {
    let mut out = Vec::new();
    gather(doc, 0, &mut out);
    out.into_iter()
}

fn gather<'a>(node: &'a Value, start: u64, out: &mut Vec<Line<'a>>) {
    if content(node).iter().any(is_inline) {
        out.push(Line { node, start });
        return;
    }
    let mut at = start;
    for inner in content(node) {
        gather(inner, at + 1, out);
        at += size(inner);
    }
}

/// Puts the comment on what of `node`, whose content begins at `start`, lies in `range`.
fn mark(node: &mut Value, start: u64, range: &Range<u64>, id: &str) {
    let Some(list) = node.get_mut("content").and_then(Value::as_array_mut) else { return };
    let (mut at, mut next) = (start, Vec::new());
    for mut inner in std::mem::take(list) {
        let end = at + size(&inner);
        if end > range.start && at < range.end {
            if is_inline(&inner) {
                for (part, within) in cut(&inner, at, range) {
                    next.push(if within { commented(&part, id) } else { part });
                }
                at = end;
                continue;
            }
            mark(&mut inner, at + 1, range, id);
        }
        next.push(inner);
        at = end;
    }
    *list = united(next);
}

/// An inline node, cut where the range begins and ends, each part with whether it is within.
fn cut(node: &Value, at: u64, range: &Range<u64>) -> Vec<(Value, bool)> {
    let Some(text) = node.get("text").and_then(Value::as_str) else {
        return vec![(node.clone(), true)];
    };
    let mut parts: Vec<(String, bool)> = Vec::new();
    let mut here = at;
    for letter in text.chars() {
        let within = range.contains(&here);
        match parts.last_mut() {
            Some((part, same)) if *same == within => part.push(letter),
            _ => parts.push((letter.to_string(), within)),
        }
        here += letter.len_utf16() as u64;
    }
    let with = |text: String| {
        let mut part = node.clone();
        if let Some(map) = part.as_object_mut() {
            map.insert("text".to_owned(), text.into());
        }
        part
    };
    parts.into_iter().map(|(text, within)| (with(text), within)).collect()
}

fn commented(node: &Value, id: &str) -> Value {
    let (comments, others): (Vec<Value>, Vec<Value>) =
        marks(node).iter().cloned().partition(is_comment);
    let mut comments: Vec<Value> =
        comments.into_iter().filter(|mark| id_of(mark) != Some(id)).collect();
    comments.push(json!({"attrs": {"id": id}, "type": "comment"}));
    comments.sort_by(|one, other| id_of(one).cmp(&id_of(other)));
    comments.extend(others);
    let mut map: Map<String, Value> = node.as_object().cloned().unwrap_or_default();
    map.insert("marks".to_owned(), comments.into());
    map.into()
}

fn is_comment(mark: &Value) -> bool {
    named(mark) == "comment"
}

fn id_of(mark: &Value) -> Option<&str> {
    mark.get("attrs").filter(|_| is_comment(mark))?.get("id")?.as_str()
}

fn words_of(node: &Value) -> String {
    let text = node.get("text").and_then(Value::as_str);
    text.map_or_else(|| OBJECT.to_string(), str::to_owned)
}

fn size(node: &Value) -> u64 {
    if let Some(text) = node.get("text").and_then(Value::as_str) {
        return text.encode_utf16().count() as u64;
    }
    let leaf = schema().node(named(node)).is_some_and(|spec| spec.content.is_empty());
    if leaf { 1 } else { 2 + content(node).iter().map(size).sum::<u64>() }
}

fn letters(words: &str) -> Vec<char> {
    words.chars().collect()
}

/// Where `wanted` stands in `text`, white space and case aside.
fn found(text: &[char], wanted: &[char]) -> Vec<usize> {
    let same = |one: char, other: char| {
        one == other
            || (one.is_whitespace() && other.is_whitespace())
            || one.to_lowercase().eq(other.to_lowercase())
    };
    if wanted.is_empty() {
        return Vec::new();
    }
    let windows = text.windows(wanted.len()).enumerate();
    let here = |part: &[char]| part.iter().zip(wanted).all(|(one, other)| same(*one, *other));
    windows.filter(|(_, part)| here(part)).map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn doc(paragraphs: &[Value]) -> Value {
        let mut content = vec![
            json!({"type": "headline", "content": [{"type": "text", "text": "The bridge 🌉 opens"}]}),
            json!({"type": "standfirst"}),
        ];
        content.extend(
            paragraphs.iter().map(|inline| json!({"type": "paragraph", "content": inline})),
        );
        json!({"attrs": {"lang": "en"}, "content": content, "type": "doc"})
    }

    fn text(words: &str) -> Value {
        json!({"type": "text", "text": words})
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let strong = json!({"type": "text", "text": "new bridge", "marks": [{"type": "strong"}]});
        let one =
            doc(&[json!([text("A "), strong, text(" opens.")]), json!([text("A bridge opens.")])]);
        let check = |words: &str, before: usize, expected: Option<Range<u64>>| {
            let found = set(&one, words, before, "c1");
            if let Some((doc, _)) = &found {
                super::super::from_value(doc).unwrap();
                assert_eq!(without(doc), without(&one), "{words}");
                let place = places(doc).pop().unwrap();
                assert_eq!(
                    (place.id.as_str(), place.words.to_lowercase()),
                    ("c1", words.to_lowercase())
                );
            }
            assert_eq!(found.map(|(_, range)| range), expected, "{words}");
        };
        // The headline has 19 units and two ends, the standfirst two ends.
        check("The bridge", 0, Some(1..11));
        check("opens", 0, Some(15..20));
        check("A new", 0, Some(24..29));
        check("bridge opens", 0, Some(30..42));
        check("a bridge", 0, Some(45..53));
        check("opens", 2, Some(54..59));
        check("opens", 9, Some(15..20));
        check("opens.A", 0, None);
        check("", 0, None);
    }

    #[test]
    fn several_comments_stand_in_order() {
        let (one, _) = set(&doc(&[json!([text("one two three")])]), "two three", 0, "b").unwrap();
        let (two, _) = set(&one, "one two", 0, "a").unwrap();
        let marks =
            |number: usize| two.pointer(&format!("/content/2/content/{number}/marks")).unwrap();
        assert_eq!(marks(1)[0]["attrs"]["id"], "a");
        assert_eq!(marks(1)[1]["attrs"]["id"], "b");
        let named: Vec<(String, String)> =
            places(&two).into_iter().map(|one| (one.id, one.words)).collect();
        let expected = [("a", "one two"), ("b", "two three")];
        assert_eq!(named, expected.map(|(id, words)| (id.to_owned(), words.to_owned())));
        assert_eq!(without(&two), doc(&[json!([text("one two three")])]));
    }

    #[test]
    fn which_of_the_same_words_is_told() {
        let plain = doc(&[json!([text("on and on")]), json!([text("on")])]);
        for before in 0..3 {
            let (marked, _) = set(&plain, "on", before, "c").unwrap();
            assert_eq!(places(&marked).pop().unwrap().before, before);
        }
    }
}
