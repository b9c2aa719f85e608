//! Adding a source or a request for a reply to an article file whose other lines stay as they are, finished or not.

use super::yaml::{self, Data, Node};
use super::{Problem, source, write_yaml};
use crate::model::{Reply, Source};
use serde_json::{Value, json};

/// The text of an article file with one more source, as the last of its `references`.
///
/// # Errors
/// What is wrong with the file's metadata, with its place; also when `references` stands there in brackets that are not
/// empty, or the id is taken.
pub fn with_reference(text: &str, source: &Source) -> Result<String, Problem> {
    let taken = |item: &Node| field(item, "id") == Some(source.id());
    add(text, "references", &json!(source), &taken)
}

/// The text of an article file with one more request for a reply, as the last of its `replies`.
///
/// # Errors
/// As [`with_reference`], when the party has been asked already.
pub fn with_reply(text: &str, reply: &Reply) -> Result<String, Problem> {
    let taken = |item: &Node| field(item, "party") == Some(reply.party.as_str());
    add(text, "replies", &json!(reply), &taken)
}

/// The ids of the sources that an article file names, as far as its metadata can be read.
#[must_use]
pub fn reference_ids(text: &str) -> Vec<String> {
    let Ok((block, _)) = source::split(text) else { return Vec::new() };
    let Ok(node) = yaml::read(block) else { return Vec::new() };
    let Some(Node { data: Data::List(items), .. }) = value(&node, "references").map(|(_, v)| v)
    else {
        return Vec::new();
    };
    items.iter().filter_map(|item| field(item, "id").map(str::to_owned)).collect()
}

fn value<'n>(node: &'n Node, name: &str) -> Option<(&'n Node, &'n Node)> {
    let Data::Map(entries) = &node.data else { return None };
    let mut found = entries.iter().filter(|(key, _)| is(key, name));
    found.next().map(|(key, value)| (key, value))
}

fn is(node: &Node, name: &str) -> bool {
    matches!(&node.data, Data::Scalar(text, _) if text == name)
}

fn field<'n>(item: &'n Node, name: &str) -> Option<&'n str> {
    match &value(item, name)?.1.data {
        Data::Scalar(text, _) => Some(text),
        _ => None,
    }
}

fn add(
    text: &str,
    name: &str,
    item: &Value,
    taken: &dyn Fn(&Node) -> bool,
) -> Result<String, Problem> {
    let (block, end) = source::split(text)?;
    let node = yaml::read(block)?;
    let mut lines: Vec<&str> = text.get(..end).unwrap_or_default().split_inclusive('\n').collect();
    // Lines count from 1, and the last of them is the fence.
    let fence = lines.len().saturating_sub(1);
    let Some((key, list)) = value(&node, name) else {
        let entry = write_yaml::list(name, item);
        lines.insert(fence, &entry);
        return Ok(joined(&lines, text, end));
    };
    let items: &[Node] = match &list.data {
        Data::List(items) => items,
        Data::Scalar(text, true) if text.is_empty() || text == "~" || text == "null" => &[],
        _ => return Err(list.problem(format!("{name} is no list"), "begin each item with a dash")),
    };
    if let Some(twin) = items.iter().find(|one| taken(one)) {
        let message = format!("{name} has this one already");
        return Err(twin.problem(message, "change it in the text, or give the new one another id"));
    }
    let first = key.at.0 - 1;
    let next = after(&node, key.at.0).map_or(fence, |line| line - 1);
    let Some(one) = items.first() else {
        let entry = write_yaml::list(name, item);
        lines.splice(first..next.min(first + 1), [entry.as_str()]);
        return Ok(joined(&lines, text, end));
    };
    let line = lines.get(one.at.0 - 1).copied().unwrap_or_default();
    let indent = line.len() - line.trim_start_matches(' ').len();
    if one.at.0 == key.at.0 || !line.trim_start().starts_with("- ") {
        let advice = "write each on lines of its own, beginning with a dash, and add it again";
        return Err(list.problem(format!("{name} stands there in brackets"), advice));
    }
    let entry = write_yaml::item(indent, item);
    lines.insert(next, &entry);
    Ok(joined(&lines, text, end))
}

/// The line on which the key behind the one on `line` stands.
fn after(node: &Node, line: usize) -> Option<usize> {
    let Data::Map(entries) = &node.data else { return None };
    entries.iter().map(|(key, _)| key.at.0).filter(|other| *other > line).min()
}

fn joined(head: &[&str], text: &str, end: usize) -> String {
    let mut out = head.concat();
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::markdown;
    use proptest::prelude::*;

    fn new(id: &str) -> Source {
        serde_json::from_value(json!({"id": id, "title": "A: \"b\"", "custom": {"kind": "data"}}))
            .unwrap()
    }

    fn file(middle: &str) -> String {
        format!("---\nheadline: A\nlang: en\n{middle}---\n\nWords.\n")
    }

    #[test]
    fn a_source_is_added_and_nothing_else_changes() {
        let added = "- id: new\n    title: \"A: \\\"b\\\"\"\n    custom:\n      kind: data\n";
        let check = |before: &str, expected: &str| {
            assert_eq!(
                with_reference(&file(before), &new("new")).unwrap(),
                file(expected),
                "{before}"
            );
        };
        check("", &format!("references:\n  {added}"));
        check("references: []\n", &format!("references:\n  {added}"));
        check("references:\nbyline: [A]\n", &format!("references:\n  {added}byline: [A]\n"));
        check("references: [] # none\nslug: a\n", &format!("references:\n  {added}slug: a\n"));
        let old =
            "references:\n  # A comment.\n  - id: a\n    title: >\n      folded\n      text\n";
        check(old, &format!("{old}  {added}"));
        check(&format!("{old}slug: a\n"), &format!("{old}  {added}slug: a\n"));
        let flow = "references:\n- {id: a, title: b}\n";
        let flat = "- id: new\n  title: \"A: \\\"b\\\"\"\n  custom:\n    kind: data\n";
        check(flow, &format!("{flow}{flat}"));
    }

    #[test]
    fn what_is_unfinished_can_have_sources() {
        let text = "---\nheadline: \"\"\nlang: en\n---\n\nTK [@new].\n";
        let more = with_reference(text, &new("new")).unwrap();
        assert!(markdown::read(more.as_bytes()).is_err());
        assert_eq!(reference_ids(&more), ["new"]);
    }

    #[test]
    fn what_can_not_be_added_is_said_with_its_place() {
        let check = |text: &str, expected: &str| {
            let problem = with_reference(text, &new("new")).unwrap_err().to_string();
            assert!(problem.contains(expected), "{problem}");
        };
        check("no file", "line 1, column 1");
        check(
            &file("references: [{id: a}]\n"),
            "line 4, column 13: references stands there in brackets",
        );
        check(&file("references: words\n"), "line 4, column 13: references is no list");
        check(
            &file("references:\n  - id: new\n"),
            "line 5, column 5: references has this one already",
        );
        check(&file("slug: [\n"), "YAML");
        let reply = Reply { party: "Council".into(), ..Reply::default() };
        let once = with_reply(&file(""), &reply).unwrap();
        assert!(with_reply(&once, &reply).unwrap_err().to_string().contains("already"));
    }

    proptest! {
        /// Into a file that the writer made, any source goes in, and comes back last among the others.
        #[test]
        fn it_reads_back(titles in proptest::collection::vec("\\PC{0,20}", 1..5), slug in "[a-z]{1,9}") {
            let mut text = file(&format!("slug: {slug}\n"));
            let mut all = Vec::new();
            for (number, title) in titles.iter().enumerate() {
                use unicode_normalization::UnicodeNormalization;
                let title: String = title.nfc().collect();
                let source: Source = serde_json::from_value(json!({"id": format!("s{number}"), "title": title})).unwrap();
                text = with_reference(&text, &source).unwrap();
                all.push(source.id().to_owned());
                prop_assert_eq!(reference_ids(&text), all.clone());
                if let Ok(article) = markdown::read(text.as_bytes()) {
                    prop_assert_eq!(article.references.last(), Some(&source));
                }
            }
            prop_assert!(text.ends_with("---\n\nWords.\n"));
        }
    }
}
