//! The metadata block as a tree of nodes that know their places.
//!
//! YAML 1.2 by the events of `saphyr-parser`; no anchors, no aliases, no tags, no key twice, nesting of at most 50.

use super::Problem;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

const MAX_DEPTH: usize = 50;

/// A value of the metadata block.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Line and column in the file, from 1.
    pub(super) at: (usize, usize),
    pub(super) data: Data,
}

#[derive(Debug, Clone)]
pub(super) enum Data {
    /// Text, and whether it stood without quotes.
    Scalar(String, bool),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Node {
    pub(super) fn problem(&self, message: impl Into<String>, advice: impl Into<String>) -> Problem {
        let (line, column) = self.at;
        Problem { line, column, message: message.into(), advice: advice.into() }
    }
}

/// The node that the block (which begins on line 2 of the file) holds.
pub(super) fn read(block: &str) -> Result<Node, Problem> {
    let mut stack: Vec<(Node, Option<Node>)> = Vec::new();
    let mut parser = Parser::new_from_str(block);
    let mut root = None;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| invalid(&error))?;
        let at = place(&span.start);
        let node = match event {
            Event::Scalar(text, style, 0, None) => Some(Node {
                at,
                data: Data::Scalar(text.into_owned(), style == ScalarStyle::Plain),
            }),
            Event::SequenceStart(0, None) => {
                stack.push((Node { at, data: Data::List(Vec::new()) }, None));
                None
            }
            Event::MappingStart(0, None) => {
                stack.push((Node { at, data: Data::Map(Vec::new()) }, None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => stack.pop().map(|(node, _)| node),
            Event::Alias(_)
            | Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::MappingStart(..) => {
                return Err(fault(
                    at,
                    "the metadata uses an anchor (&), an alias (*) or a tag (!)".into(),
                    "write the value out, in double quotes if it begins with such a character",
                ));
            }
            _ => None,
        };
        if stack.len() > MAX_DEPTH {
            return Err(fault(
                at,
                format!("the metadata is nested deeper than {MAX_DEPTH} levels"),
                "write it flatter",
            ));
        }
        if let Some(node) = node {
            match stack.last_mut() {
                Some((parent, key)) => put(parent, key, node)?,
                None => root = Some(node),
            }
        }
    }
    Ok(root.unwrap_or(Node { at: (2, 1), data: Data::Map(Vec::new()) }))
}

const QUOTE: &str =
    "put values that hold a colon or begin with a special character in double quotes";

fn invalid(error: &ScanError) -> Problem {
    let at = place(error.marker());
    // The scanner reads ahead, and meets its own limit of open brackets before ours.
    if error.info().contains("recursion") {
        let message = format!("the metadata is nested deeper than {MAX_DEPTH} levels");
        return fault(at, message, "write it flatter");
    }
    fault(at, format!("the metadata is not valid YAML ({})", error.info()), QUOTE)
}

fn put(parent: &mut Node, key: &mut Option<Node>, node: Node) -> Result<(), Problem> {
    match &mut parent.data {
        Data::List(items) => items.push(node),
        Data::Map(entries) => match key.take() {
            Some(key) => entries.push((key, node)),
            None => {
                let Data::Scalar(name, _) = &node.data else {
                    return Err(node.problem("a key of the metadata is not text", QUOTE));
                };
                let twin = entries.iter().find(
                    |(other, _)| matches!(&other.data, Data::Scalar(text, _) if text == name),
                );
                if let Some((twin, _)) = twin {
                    let line = twin.at.0;
                    return Err(node.problem(
                        format!("the key {name} is there already, on line {line}"),
                        "keep one of the two",
                    ));
                }
                *key = Some(node);
            }
        },
        Data::Scalar(..) => {}
    }
    Ok(())
}

fn place(marker: &Marker) -> (usize, usize) {
    (marker.line() + 1, marker.col() + 1)
}

fn fault(at: (usize, usize), message: String, advice: &str) -> Problem {
    Problem { line: at.0, column: at.1, message, advice: advice.to_owned() }
}
