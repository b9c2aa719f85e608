//! A run of inline text while it is being read: characters with their marks and places.

use crate::model::{Inline, Mark};
use unicode_normalization::UnicodeNormalization;

/// One thing in a run.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A character; `plain` unless it was escaped or written as an entity.
    Char { letter: char, at: usize, plain: bool, marks: usize },
    /// A line break that the author set.
    Break,
}

/// Pieces and the sets of marks that they refer to by number.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) pieces: Vec<Piece>,
    pub(super) sets: Vec<Vec<Mark>>,
    open: Vec<Mark>,
}

impl Run {
    pub(super) fn open(&mut self, mark: Mark) {
        self.open.push(mark);
        self.sets.push(unique(&self.open));
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
        self.sets.push(unique(&self.open));
    }

    pub(super) fn push(&mut self, letter: char, at: usize, plain: bool) {
        if self.sets.is_empty() {
            self.sets.push(Vec::new());
        }
        let letter = if matches!(letter, '\t' | '\n' | '\r') { ' ' } else { letter };
        self.pieces.push(Piece::Char { letter, at, plain, marks: self.sets.len() - 1 });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// Each mark once, at its outermost place; fixed pitch innermost.
fn unique(marks: &[Mark]) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    for mark in marks {
        if !out.contains(mark) {
            out.push(mark.clone());
        }
    }
    out.sort_by_key(|mark| matches!(mark, Mark::Code {}));
    out
}

/// Adds text to a list of inlines, joined to the piece before it when their marks are equal.
pub(super) fn add(out: &mut Vec<Inline>, letter: char, marks: &[Mark]) {
    if let Some(Inline::Text { text, marks: last }) = out.last_mut()
        && last.as_slice() == marks
    {
        text.push(letter);
        return;
    }
    out.push(Inline::Text { text: letter.to_string(), marks: marks.to_vec() });
}

/// Brings every piece of text to NFC (entities may have spelled it otherwise).
pub(super) fn compose(out: &mut [Inline]) {
    for inline in out {
        if let Inline::Text { text, .. } = inline
            && !unicode_normalization::is_nfc(text)
        {
            *text = text.nfc().collect();
        }
    }
}
