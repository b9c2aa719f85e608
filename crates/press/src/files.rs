//! Files as sources: what one is by its bytes, what it tells about who made it, and the words that it is found by.
//!
//! All of it is read from memory, within limits, and nothing is unpacked to disk. What is listed is what these readers know to
//! look for: a document can tell more than that, by its words, its pictures or the way in which it is set.

mod exif;
mod kind;
mod mail;
mod office;
mod pdf;
mod xml;
mod zip;

pub use kind::{Kind, ending_of};

use serde::{Deserialize, Serialize};

/// The longest file that is taken: 25 MiB.
pub const LONGEST: usize = crate::pictures::LONGEST;
/// The most that is told of one file.
const FACTS: usize = 80;
/// The longest value of a fact, in characters.
const VALUE: usize = 300;
/// The most words of a document that are kept for search, in bytes.
const WORDS: usize = 200_000;

/// Something that a file tells about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is about, as messages name it: `author`, `received`, `place` …
    pub key: String,
    /// What the file says, or how many there are; empty where that it is there says all.
    pub value: String,
}

/// What was found about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// What it is by its bytes.
    pub kind: Kind,
    /// The ending of its name, where that stands for something else.
    pub named: Option<String>,
    /// What it tells about who made it, when and with what.
    pub facts: Vec<Fact>,
    /// Its words, as far as they are read.
    pub words: String,
}

/// Looks at a file that was sent under `name`.
///
/// # Errors
/// In words that follow the file's name: why it is none that is kept, and what to do.
pub fn look(name: &str, bytes: &[u8]) -> Result<Looked, String> {
    if bytes.len() > LONGEST {
        return Err("is longer than 25 MiB; save it smaller".into());
    }
    let (kind, archive) = kind::find(name, bytes)?;
    let mut told = Told::default();
    match (kind, archive) {
        (Kind::Pdf, _) => pdf::tell(bytes, &mut told),
        (Kind::Mail, _) => mail::tell(bytes, &mut told),
        (Kind::Ole, _) => told.mark("unread"),
        (Kind::Text | Kind::Csv, _) => told.words(&String::from_utf8_lossy(bytes)),
        (_, Some(archive)) => office::tell(kind, &archive, &mut told)?,
        _ => exif::tell(bytes, &mut told),
    }
    Ok(Looked { kind, named: kind::other_ending(name, kind), facts: told.facts, words: told.words })
}

/// What is gathered about a file.
#[derive(Debug, Default)]
struct Told {
    facts: Vec<Fact>,
    words: String,
}

impl Told {
    /// What the file says; nothing where that is empty or was said already.
    fn say(&mut self, key: &str, value: &str) {
        let value = shown(value, VALUE);
        let known = |one: &Fact| one.key == key && one.value == value;
        if !value.is_empty() && self.facts.len() < FACTS && !self.facts.iter().any(known) {
            self.facts.push(Fact { key: key.to_owned(), value });
        }
    }

    /// That something is there.
    fn mark(&mut self, key: &str) {
        if self.facts.len() < FACTS && !self.facts.iter().any(|one| one.key == key) {
            self.facts.push(Fact { key: key.to_owned(), value: String::new() });
        }
    }

    /// How many there are, and by whom; nothing for none.
    fn count(&mut self, key: &str, count: usize, by: &[String]) {
        match (count, by.is_empty()) {
            (0, _) => {}
            (_, true) => self.say(key, &count.to_string()),
            (_, false) => self.say(key, &format!("{count} ({})", by.join(", "))),
        }
    }

    fn words(&mut self, text: &str) {
        let room = WORDS.saturating_sub(self.words.len());
        let end = (0..=text.len().min(room)).rev().find(|at| text.is_char_boundary(*at));
        self.words.push_str(text.get(..end.unwrap_or(0)).unwrap_or_default());
    }
}

/// Text that can stand in a line, at most so long: no control characters, no marks that turn directions.
fn shown(text: &str, most: usize) -> String {
    let turns =
        |sign: char| matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let plain: String = text
        .chars()
        .take(most * 8)
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().filter(|sign| !turns(*sign)).take(most).collect()
}

/// A file's name as it is shown and never used for a path.
#[must_use]
pub fn name_shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    shown(last, 120)
}

/// Where `part` stands in `bytes`, from `from` on.
fn find(bytes: &[u8], part: &[u8], from: usize) -> Option<usize> {
    let first = *part.first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(part) {
            return Some(at);
        }
        at += 1;
    }
}

/// How often `part` stands in `bytes`.
fn count(bytes: &[u8], part: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some(found) = find(bytes, part, at) {
        (at, count) = (found + part.len(), count + 1);
    }
    count
}

/// Adds a name to a list of a few, once.
fn note(names: &mut Vec<String>, name: &str) {
    let name = shown(name, 80);
    if !name.is_empty() && names.len() < 10 && !names.contains(&name) {
        names.push(name);
    }
}

#[cfg(test)]
#[path = "files/tests.rs"]
mod tests;
