//! A document held against the schema: every node, mark and attribute known and in its place.

use super::{
    Problem, attrs,
    schema::{self, schema},
};
use crate::check::MAX_LEVELS;
use serde_json::{Map, Value};

/// A node that the schema allows where it stands.
#[derive(Debug)]
pub(super) struct Node<'a> {
    spec: &'static schema::Node,
    attrs: Option<&'a Map<String, Value>>,
    /// The nodes in it.
    pub(super) content: Vec<Node<'a>>,
    /// The words of a text node, else empty.
    pub(super) text: &'a str,
    /// The marks of a node within a line, in the schema's order: name and attributes.
    pub(super) marks: Vec<Mark<'a>>,
}

/// A mark that the schema knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    pub(super) rank: usize,
    attrs: Option<&'a Map<String, Value>>,
}

/// A fault on its way up: the steps of its path are put on from the inside out.
#[derive(Debug)]
pub(super) struct Fault {
    steps: Vec<String>,
    message: String,
    advice: &'static str,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, advice: &'static str) -> Self {
        Self { steps: Vec::new(), message: message.into(), advice }
    }

    /// The fault, one step further out.
    pub(super) fn at(mut self, step: impl ToString) -> Self {
        self.steps.push(step.to_string());
        self
    }

    pub(super) fn into_problem(self) -> Problem {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            path.push('/');
            path.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        Problem { path, message: self.message, advice: self.advice }
    }
}

const UNKNOWN: &str = "reload the editor, it may be of another version than the server";
const SHAPE: &str = "send what the editor's own document gives";

/// The whole document.
pub(super) fn document(value: &Value) -> Result<Node<'_>, Fault> {
    let doc = node(value, 0)?;
    if doc.name() == "doc" {
        return Ok(doc);
    }
    Err(Fault::new(format!("the outermost node is {}, not doc", doc.name()), SHAPE).at("type"))
}

impl<'a> Node<'a> {
    pub(super) fn name(&self) -> &'static str {
        &self.spec.name
    }

    /// An attribute; the schema has seen to it that it is there.
    pub(super) fn attr(&self, name: &str) -> Option<&'a Value> {
        self.attrs?.get(name)
    }

    /// A text attribute.
    pub(super) fn text_of(&self, name: &str) -> &'a str {
        self.attr(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The words of the text nodes directly in it.
    pub(super) fn words(&self) -> String {
        self.content.iter().map(|node| node.text).collect()
    }
}

impl<'a> Mark<'a> {
    pub(super) fn text_of(&self, name: &str) -> &'a str {
        self.attrs.and_then(|attrs| attrs.get(name)).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn name(&self) -> &'static str {
        schema().marks.get(self.rank).map_or("", |mark| mark.name.as_str())
    }

    /// Whether no article has it.
    pub(super) fn is_draft(&self) -> bool {
        schema().marks.get(self.rank).is_some_and(|mark| mark.draft)
    }
}

/// One node and what is in it; `levels` counts the blocks around it.
fn node(value: &Value, levels: usize) -> Result<Node<'_>, Fault> {
    let map = object(value, "node")?;
    let spec = kind(map, |name| schema().node(name))?;
    for key in map.keys() {
        if !["type", "attrs", "content", "marks", "text"].contains(&key.as_str()) {
            return Err(Fault::new(format!("a node has no {key:?}"), UNKNOWN).at(key));
        }
    }
    let levels = levels + usize::from(spec.is_block);
    if levels > MAX_LEVELS {
        let message = format!("the text is nested deeper than {MAX_LEVELS} levels");
        return Err(Fault::new(message, "write it flatter"));
    }
    let attrs = attrs::check(map.get("attrs"), &spec.attrs).map_err(|fault| fault.at("attrs"))?;
    let is_text = spec.name == "text";
    let text = match (map.get("text"), is_text) {
        (None, false) => "",
        (Some(Value::String(text)), true) if !text.is_empty() => text.as_str(),
        _ => {
            return Err(
                Fault::new("text nodes and no others have text, and never none", SHAPE).at("text")
            );
        }
    };
    let marks = match map.get("marks") {
        None => Vec::new(),
        Some(list) if spec.is_inline => marks(list).map_err(|fault| fault.at("marks"))?,
        Some(_) => {
            return Err(Fault::new("only what stands in a line has marks", SHAPE).at("marks"));
        }
    };
    if !is_text && marks.iter().any(|mark| !mark.is_draft()) {
        return Err(Fault::new("only text has marks of the article", SHAPE).at("marks"));
    }
    let content = content(map.get("content"), spec, levels).map_err(|fault| fault.at("content"))?;
    Ok(Node { spec, attrs, content, text, marks })
}

fn object<'a>(value: &'a Value, what: &str) -> Result<&'a Map<String, Value>, Fault> {
    value.as_object().ok_or_else(|| Fault::new(format!("a {what} is not an object"), SHAPE))
}

/// What the `type` of a node or mark names.
fn kind<T>(map: &Map<String, Value>, find: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    let name = map.get("type").and_then(Value::as_str).unwrap_or_default();
    find(name).ok_or_else(|| {
        let shown: String = name.chars().take(40).collect();
        Fault::new(format!("the schema has no {shown:?}"), UNKNOWN).at("type")
    })
}

fn content<'a>(
    value: Option<&'a Value>,
    spec: &'static schema::Node,
    levels: usize,
) -> Result<Vec<Node<'a>>, Fault> {
    let list = match value {
        None => &[][..],
        Some(Value::Array(list)) if !list.is_empty() => list,
        _ => {
            return Err(Fault::new(
                "content is not a list of nodes",
                "leave it out when there are none",
            ));
        }
    };
    let mut out: Vec<Node> = Vec::with_capacity(list.len());
    let mut terms = spec.content.iter();
    let (mut term, mut count) = (terms.next(), 0);
    for (number, value) in list.iter().enumerate() {
        let node = node(value, levels).map_err(|fault| fault.at(number))?;
        while term.is_some_and(|term| {
            count == term.most || !term.names.iter().any(|name| name == node.name())
        }) {
            enough(term, count, spec).map_err(|fault| fault.at(number))?;
            (term, count) = (terms.next(), 0);
        }
        if term.is_none() {
            let message = format!("{} may not stand here in {}", node.name(), spec.name);
            return Err(Fault::new(message, SHAPE).at(number));
        }
        count += 1;
        if !spec.has_marks && node.marks.iter().any(|mark| !mark.is_draft()) {
            return Err(Fault::new(format!("{} holds no marks", spec.name), SHAPE)
                .at("marks")
                .at(number));
        }
        if out.last().is_some_and(|last| splits(last, &node)) {
            let advice = "join them";
            return Err(Fault::new("two texts with equal marks are neighbours", advice).at(number));
        }
        out.push(node);
    }
    while term.is_some() {
        enough(term, count, spec)?;
        (term, count) = (terms.next(), 0);
    }
    Ok(out)
}

fn enough(term: Option<&schema::Term>, count: usize, spec: &schema::Node) -> Result<(), Fault> {
    let Some(term) = term.filter(|term| count < term.least) else { return Ok(()) };
    let wanted = term.names.first().map_or("", String::as_str);
    Err(Fault::new(format!("{} needs {wanted} here", spec.name), SHAPE))
}

fn splits(last: &Node<'_>, next: &Node<'_>) -> bool {
    let same = |(a, b): (&Mark<'_>, &Mark<'_>)| a.rank == b.rank && a.attrs == b.attrs;
    !last.text.is_empty()
        && !next.text.is_empty()
        && last.marks.len() == next.marks.len()
        && last.marks.iter().zip(&next.marks).all(same)
}

fn marks(value: &Value) -> Result<Vec<Mark<'_>>, Fault> {
    let Some(list) = value.as_array().filter(|list| !list.is_empty()) else {
        return Err(Fault::new("marks is not a list of marks", "leave it out when there are none"));
    };
    let mut out: Vec<Mark> = Vec::new();
    for (number, value) in list.iter().enumerate() {
        let mark = mark(value).map_err(|fault| fault.at(number))?;
        if out.last().is_some_and(|last| !follows(last, &mark)) {
            let message = "marks are not in the schema's order, or one stands twice";
            return Err(Fault::new(message, SHAPE).at(number));
        }
        out.push(mark);
    }
    Ok(out)
}

/// Whether `mark` may stand behind `last`: the schema's order, and by attributes where a mark may stand several times.
fn follows(last: &Mark<'_>, mark: &Mark<'_>) -> bool {
    let many = schema().marks.get(mark.rank).is_some_and(|spec| spec.many);
    let spelled = |mark: &Mark<'_>| mark.attrs.map(|map| Value::from(map.clone()).to_string());
    last.rank < mark.rank || (many && last.rank == mark.rank && spelled(last) < spelled(mark))
}

fn mark(value: &Value) -> Result<Mark<'_>, Fault> {
    let map = object(value, "mark")?;
    let rank = kind(map, |name| schema().rank(name))?;
    if let Some(key) = map.keys().find(|key| !["type", "attrs"].contains(&key.as_str())) {
        return Err(Fault::new(format!("a mark has no {key:?}"), UNKNOWN).at(key));
    }
    let spec = schema().marks.get(rank).map_or(&[][..], |mark| &mark.attrs);
    let attrs = attrs::check(map.get("attrs"), spec).map_err(|fault| fault.at("attrs"))?;
    Ok(Mark { rank, attrs })
}
