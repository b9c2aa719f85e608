//! What differs between two texts, word by word, and between two revisions, block by block.
//!
//! The work is bounded by the size of the texts, not by what is in them: where the exact answer would cost too much, a
//! coarser one is given, the same on every machine.

mod align;
mod blocks;

pub use blocks::{Change, How, articles};

use align::Run;
use std::collections::HashMap;
use unicode_normalization::char::is_combining_mark;

/// What happened to some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// They stand in both texts.
    Same,
    /// Only in the old one.
    Del,
    /// Only in the new one.
    Ins,
}

/// A piece of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// What happened.
    pub what: What,
    /// The words, with the white space and punctuation among them.
    pub text: String,
}

/// The difference of two texts by words. All but [`What::Ins`] together is `old`, all but [`What::Del`] is `new`.
/// Deleted words stand before those that replace them; neighbours differ in kind.
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<Op> {
    let (old, new) = (tokens(old), tokens(new));
    let (old_ids, new_ids) = intern(&old, &new);
    let mut out = Ops::default();
    for run in align::runs(&old_ids, &new_ids) {
        match run {
            Run::Same { old: range, .. } => {
                let text = old.get(range).unwrap_or_default().concat();
                out.same(&text);
            }
            Run::Replaced { old: from, new: to } => {
                out.del.push_str(&old.get(from).unwrap_or_default().concat());
                out.ins.push_str(&new.get(to).unwrap_or_default().concat());
            }
        }
    }
    out.flush();
    out.list
}

fn intern<'a>(old: &[&'a str], new: &[&'a str]) -> (Vec<u32>, Vec<u32>) {
    let mut ids: HashMap<&'a str, u32> = HashMap::new();
    let mut number = |token: &&'a str| -> u32 {
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        *ids.entry(token).or_insert(next)
    };
    let old = old.iter().map(&mut number).collect();
    (old, new.iter().map(&mut number).collect())
}

/// Operations in the making: a change is held back until words that stay follow it.
#[derive(Default)]
struct Ops {
    list: Vec<Op>,
    del: String,
    ins: String,
}

impl Ops {
    fn same(&mut self, text: &str) {
        let changing = !self.del.is_empty() || !self.ins.is_empty();
        // White space between two changed words is part of the change.
        if changing && text.chars().all(|letter| letter == ' ') {
            self.del.push_str(text);
            self.ins.push_str(text);
            return;
        }
        self.flush();
        self.push(What::Same, text);
    }

    fn flush(&mut self) {
        let (mut del, mut ins) = (std::mem::take(&mut self.del), std::mem::take(&mut self.ins));
        // Spaces held back at the end of a change that nothing follows belong to neither.
        let shared = common_end(&del, &ins);
        let tail = ins.split_off(ins.len() - shared);
        del.truncate(del.len() - shared);
        self.push(What::Del, &del);
        self.push(What::Ins, &ins);
        self.push(What::Same, &tail);
    }

    fn push(&mut self, what: What, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.list.last_mut() {
            Some(last) if last.what == what => last.text.push_str(text),
            _ => self.list.push(Op { what, text: text.to_owned() }),
        }
    }
}

/// Bytes of the spaces that both texts end with.
fn common_end(a: &str, b: &str) -> usize {
    let spaces = |text: &str| text.len() - text.trim_end_matches(' ').len();
    spaces(a).min(spaces(b))
}

/// Words, runs of white space, and single signs. A point, comma or apostrophe between letters or digits stays inside.
pub(crate) fn tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if is_word(first) {
            word_length(rest)
        } else if first.is_whitespace() {
            rest.len() - rest.trim_start().len()
        } else {
            first.len_utf8()
        };
        let Some((token, after)) = rest.split_at_checked(length) else { break };
        out.push(token);
        rest = after;
    }
    out
}

fn word_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let joins =
            matches!(letter, '.' | ',' | '\'' | '’' | '٫' | '٬') && next.is_some_and(is_word);
        if !is_word(letter) && !joins {
            return at;
        }
    }
    text.len()
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || is_combining_mark(letter)
        || matches!(letter, '\u{200c}' | '\u{200d}' | '\u{640}')
}

#[cfg(test)]
mod tests;
