//! The metadata block's keys as the parts of an article.

use super::{
    Problem,
    yaml::{Data, Node},
};
use crate::model::{Article, Change, Class, Dateline, Event, Source};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Where each key stands: line and column.
pub(super) type Fields = HashMap<&'static str, (usize, usize)>;

const KEYS: [&str; 16] = [
    "headline",
    "standfirst",
    "lang",
    "slug",
    "translation-of",
    "sections",
    "byline",
    "dateline",
    "topics",
    "parties",
    "replies",
    "story",
    "events",
    "references",
    "answers",
    "change",
];

/// The article that the block describes, without its body.
pub(super) fn article(node: &Node, problems: &mut Vec<Problem>) -> (Article, Fields) {
    let (article, fields) = parts(node, problems);
    for (key, example) in [("headline", "headline: What happened"), ("lang", "lang: en")] {
        if !fields.contains_key(key) {
            problems.push(node.problem(
                format!("the metadata has no {key}"),
                format!("add a line such as `{example}`"),
            ));
        }
    }
    (article, fields)
}

/// The same, whichever of the keys are there.
pub(super) fn parts(node: &Node, problems: &mut Vec<Problem>) -> (Article, Fields) {
    let mut fields = Fields::new();
    let mut reader = Reader { problems };
    let mut article = Article::default();
    for (key, at, value) in reader.entries(node, "the metadata", &KEYS) {
        fields.insert(key, at.at);
        match key {
            "headline" => article.headline = reader.text(value).unwrap_or_default(),
            "standfirst" => article.standfirst = reader.text(value),
            "lang" => article.lang = reader.text(value).unwrap_or_default(),
            "slug" => article.slug = reader.text(value),
            "translation-of" => article.translation_of = reader.text(value),
            "sections" => article.sections = reader.texts(value),
            "byline" => article.byline = reader.texts(value),
            "dateline" => article.dateline = Some(reader.dateline(value)),
            "topics" => article.topics = reader.texts(value),
            "parties" => article.parties = reader.texts(value),
            "replies" => article.replies = reader.replies(value),
            "story" => article.story = reader.text(value),
            "events" => article.events = reader.events(value),
            "references" => article.references = reader.references(value),
            "answers" => article.answers = reader.answers(value),
            _ => article.change = reader.change(value),
        }
    }
    (article, fields)
}

pub(super) struct Reader<'a> {
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    /// The entries of a map whose keys are known; the others are reported with the nearest known key.
    pub(super) fn entries<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        keys: &[&'static str],
    ) -> Vec<(&'static str, &'n Node, &'n Node)> {
        let Data::Map(entries) = &node.data else {
            self.problems.push(node.problem(
                format!("{what} is not a list of `key: value` lines"),
                format!("write it with the keys {}", keys.join(", ")),
            ));
            return Vec::new();
        };
        let mut out = Vec::new();
        for (key, value) in entries {
            let Data::Scalar(name, _) = &key.data else { continue };
            if let Some(known) = keys.iter().find(|known| **known == name.as_str()) {
                out.push((*known, key, value));
            } else {
                let near = nearest(name, keys);
                let advice = near.map_or_else(
                    || format!("use one of {}", keys.join(", ")),
                    |near| format!("perhaps you mean {near}"),
                );
                self.problems.push(key.problem(format!("{what} has no key {name}"), advice));
            }
        }
        out
    }

    pub(super) fn text(&mut self, node: &Node) -> Option<String> {
        match &node.data {
            Data::Scalar(text, plain) if !(*plain && text.is_empty()) => Some(text.clone()),
            _ => {
                self.problems.push(node.problem(
                    "text is expected here",
                    "write one line of text, in double quotes if it holds a colon or begins with a special character",
                ));
                None
            }
        }
    }

    fn texts(&mut self, node: &Node) -> Vec<String> {
        match &node.data {
            Data::List(items) => items.iter().filter_map(|item| self.text(item)).collect(),
            _ => self.text(node).into_iter().collect(),
        }
    }

    pub(super) fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        if let Data::List(items) = &node.data {
            return items;
        }
        self.problems.push(node.problem("a list is expected here", "begin each item with a dash"));
        &[]
    }

    fn dateline(&mut self, node: &Node) -> Dateline {
        let mut dateline = Dateline::default();
        for (key, _, value) in self.entries(node, "the dateline", &["date", "place"]) {
            match key {
                "date" => dateline.date = self.text(value),
                _ => dateline.place = self.text(value),
            }
        }
        dateline
    }

    fn change(&mut self, node: &Node) -> Change {
        let mut change = Change::default();
        for (key, _, value) in self.entries(node, "the change", &["class", "note", "asked-by"]) {
            let Some(text) = self.text(value) else { continue };
            match key {
                "note" => change.note = Some(text),
                "asked-by" => change.asked_by = Some(text),
                _ => match Class::from_word(&text) {
                    Some(class) => change.class = class,
                    None => {
                        let words: Vec<_> = Class::ALL.iter().map(|(_, word)| *word).collect();
                        self.problems.push(value.problem(
                            format!("{text} is not a class of change"),
                            format!("use one of {}", words.join(", ")),
                        ));
                    }
                },
            }
        }
        change
    }

    fn events(&mut self, node: &Node) -> Vec<Event> {
        let mut events = Vec::new();
        for item in self.list(node) {
            let mut event = Event { date: String::new(), text: String::new(), source: None };
            for (key, _, value) in self.entries(item, "an event", &["date", "text", "source"]) {
                match key {
                    "date" => event.date = self.text(value).unwrap_or_default(),
                    "text" => event.text = self.text(value).unwrap_or_default(),
                    _ => event.source = self.text(value),
                }
            }
            events.push(event);
        }
        events
    }

    fn references(&mut self, node: &Node) -> Vec<Source> {
        let mut sources: Vec<Source> = Vec::new();
        for item in self.list(node) {
            let Some(Value::Object(mut csl)) = self.value(item) else {
                self.problems.push(item.problem(
                    "a reference is not a list of `key: value` lines",
                    "write it in CSL-JSON with at least `id`, `type` and `title`",
                ));
                continue;
            };
            if let Some(Value::Number(number)) = csl.get("id") {
                let id = Value::String(number.to_string());
                csl.insert("id".to_owned(), id);
            }
            let source = Source { csl };
            let id = source.id();
            if id.is_empty() {
                self.problems.push(
                    item.problem("a reference has no id", "add a line such as `id: ministry-call`"),
                );
            } else if sources.iter().any(|other| other.id() == id) {
                self.problems.push(item.problem(
                    format!("the id {id} belongs to two references"),
                    "give one of them another id and cite it by that",
                ));
            }
            sources.push(source);
        }
        sources
    }

    /// A node as JSON: quoted scalars are text; plain ones are whole numbers, `true`, `false` or text.
    fn value(&mut self, node: &Node) -> Option<Value> {
        match &node.data {
            Data::Scalar(text, plain) => {
                if *plain && matches!(text.as_str(), "" | "~" | "null") {
                    self.problems.push(node.problem(
                        "a reference has a key without a value",
                        "give the value or take the key out",
                    ));
                    return None;
                }
                Some(if *plain { scalar(text) } else { Value::String(text.clone()) })
            }
            Data::List(items) => {
                Some(Value::Array(items.iter().filter_map(|item| self.value(item)).collect()))
            }
            Data::Map(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    if let (Data::Scalar(name, _), Some(value)) = (&key.data, self.value(value)) {
                        map.insert(name.clone(), value);
                    }
                }
                Some(Value::Object(map))
            }
        }
    }
}

/// What an unquoted word is: only canonical whole numbers below 2^53 and `true`/`false` are more than text.
fn scalar(text: &str) -> Value {
    match text {
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text && number.unsigned_abs() < 1 << 53 => {
            number.into()
        }
        _ => Value::String(text.to_owned()),
    }
}

/// The known key that takes the fewest changes to reach, if that is at most a third of its letters.
pub(super) fn nearest(name: &str, keys: &[&'static str]) -> Option<&'static str> {
    let name: String = name.to_lowercase().replace('_', "-").chars().take(40).collect();
    let best = keys.iter().map(|key| (distance(&name, key), *key)).min()?;
    (best.0 * 3 <= best.1.len().max(3) || best.1.starts_with(&name) && name.len() > 2)
        .then_some(best.1)
}

/// Levenshtein's distance, row by row.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.chars().zip(row.iter().skip(1)) {
            let change = diagonal + usize::from(x != y);
            diagonal = *above;
            left = change.min(left + 1).min(*above + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
