//! The rules of the house: each is a file here that reads the tree and names what breaks it.

mod dependencies;
mod direction;
mod floors;
mod hostile;
mod links;
mod messages;
mod migrations;
mod names;
mod opening;
mod outbound;
mod panics;
mod pure;
mod size;
mod sql;
mod unused;
mod words;

use crate::rust::{self, Source};
use crate::tree::{Tree, Violation};

pub(crate) use opening::opens as is_opened;
pub(crate) use size::{FILE, FUNCTION};

/// A rule reads the tree and says what breaks it.
type Rule = fn(&House<'_>) -> Vec<Violation>;

const RULES: [Rule; 16] = [
    dependencies::check,
    direction::check,
    floors::check,
    hostile::check,
    links::check,
    messages::check,
    migrations::check,
    names::check,
    opening::check,
    outbound::check,
    panics::check,
    pure::check,
    size::check,
    sql::check,
    unused::check,
    words::check,
];

/// What every rule is given: the tree and a reading of all its Rust.
#[derive(Debug)]
pub struct House<'a> {
    tree: &'a Tree,
    rust: Vec<Source<'a>>,
}

impl<'a> House<'a> {
    /// Reads the Rust files of a tree.
    pub fn of(tree: &'a Tree) -> Self {
        Self { tree, rust: rust::sources(tree, "") }
    }
}

/// Every violation of every rule, sorted by file and line.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let house = House::of(tree);
    let mut found: Vec<Violation> = RULES.iter().flat_map(|rule| rule(&house)).collect();
    found.sort();
    found.dedup();
    found
}

/// How many places outside tests can panic.
pub(crate) fn panics_outside_tests(tree: &Tree) -> usize {
    panics::check(&House::of(tree)).len()
}

/// Runs one rule over a made-up tree and gives what it found as `path:line`.
#[cfg(test)]
fn places(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
    let tree = Tree::of(files);
    rule(&House::of(&tree)).iter().map(|v| format!("{}:{}", v.path, v.line)).collect()
}
