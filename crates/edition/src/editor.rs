//! The article as the browser's editor holds it: a document of ProseMirror's shape, by one schema for Rust and TypeScript.
//!
//! `schema/document.json` lists nodes, marks and attributes; `docs/editor.md` describes the format. [`read`] and
//! [`write`] are inverse: every document that is read is written again byte for byte, and [`Sheet::onto`] gives
//! back the article that a document was made from, block for block. Open suggestions and the places of comments are of
//! the document and never of the article.

mod attrs;
mod blocks;
mod draft;
mod marks;
mod places;
mod schema;
mod settle;
mod suggested;
mod tree;
mod write;

pub use attrs::is_opaque;
pub use places::Place;
pub use suggested::Suggestion;
pub use write::{value, write};

use crate::model::{Article, Block};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest document that is read, in bytes of JSON.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The part of an article that is written on the editor's sheet.
///
/// A draft: it may break the rules of [`crate::check`], with empty paragraphs or a headline still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// BCP 47 tag.
    pub lang: String,
    /// May be empty.
    pub headline: String,
    /// Empty when there is none.
    pub standfirst: String,
    /// At least one block, which may be empty.
    pub body: Vec<Block>,
    /// Suggestions in the document that nobody has accepted or rejected. The parts above are the text in which none is
    /// accepted; whoever seals it should be told of their number first.
    pub suggestions: usize,
    /// The document itself, where it has more than the article: suggestions, or places of comments.
    draft: Option<Value>,
}

/// Why a document is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}; {advice}")]
pub struct Problem {
    /// Where: a JSON Pointer (RFC 6901), empty for the whole document.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: &'static str,
}

/// The sheet in the bytes of a document.
///
/// # Errors
/// When the bytes are more than [`MAX_BYTES`], not JSON, or not a document by the schema: the first fault, with its path.
pub fn read(bytes: &[u8]) -> Result<Sheet, Problem> {
    let whole = |message, advice| Problem { path: String::new(), message, advice };
    if bytes.len() > MAX_BYTES {
        let message = format!("the document has {} bytes, more than {MAX_BYTES}", bytes.len());
        return Err(whole(message, "divide the article into several"));
    }
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| whole(format!("not JSON: {error}"), "send the document as JSON"))?;
    from_value(&value)
}

/// The sheet in a document that has been parsed already.
///
/// # Errors
/// As [`read`], without the limit on bytes.
pub fn from_value(value: &Value) -> Result<Sheet, Problem> {
    let doc = tree::document(value).map_err(tree::Fault::into_problem)?;
    let draft = draft::found(value);
    if draft.any {
        let sheet = from_value(&draft::bare(value))?;
        return Ok(Sheet { suggestions: draft.suggestions, draft: Some(value.clone()), ..sheet });
    }
    let mut sheet = Sheet {
        lang: doc.text_of("lang").to_owned(),
        headline: String::new(),
        standfirst: String::new(),
        body: Vec::new(),
        suggestions: 0,
        draft: None,
    };
    for (number, part) in doc.content.iter().enumerate() {
        match part.name() {
            "headline" => sheet.headline = part.words(),
            "standfirst" => sheet.standfirst = part.words(),
            _ => sheet.body.push(
                blocks::block(part)
                    .map_err(|fault| fault.at(number).at("content").into_problem())?,
            ),
        }
    }
    Ok(sheet)
}

impl Sheet {
    /// The sheet's document, in the spelling of [`write`]: the bytes that a draft is kept as.
    #[must_use]
    pub fn write(&self) -> String {
        let Some(mut draft) = self.draft.clone() else {
            return write::document(&self.lang, &self.headline, &self.standfirst, &self.body)
                .to_string();
        };
        // The one part that is set beside the text.
        if let Some(lang) = draft.pointer_mut("/attrs/lang") {
            *lang = self.lang.clone().into();
        }
        draft.to_string()
    }

    /// Where comments stand in the document, in the order of the text.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        self.draft.as_ref().map_or_else(Vec::new, places::places)
    }

    /// This sheet with comment `id` on the words `words`, those after `before` others of the same if there are so many; and from
    /// where to where that is in ProseMirror's counting. `None` where the words don't stand in one line of the text.
    #[must_use]
    pub fn commented(&self, words: &str, before: usize, id: &str) -> Option<(Self, Range<u64>)> {
        let whole = || write::document(&self.lang, &self.headline, &self.standfirst, &self.body);
        let doc = self.draft.clone().unwrap_or_else(whole);
        let (doc, range) = places::set(&doc, words, before, id)?;
        Some((from_value(&doc).ok()?, range))
    }

    /// Whether this and another document differ in the places of comments at most.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        // A document without anything of a draft is its parts.
        let bare = |sheet: &Self| match &sheet.draft {
            Some(doc) => places::without(doc).to_string(),
            None => sheet.write(),
        };
        bare(self) == bare(other)
    }

    /// `base` with what this sheet says in place of its language, headline, standfirst and body.
    ///
    /// A block that says what a block of `base` says stays exactly that block, so opening and saving changes nothing.
    /// What is new is settled: text in NFC without white space at its edges, no empty paragraphs, list items or
    /// quotations, whole tables. No suggestion is accepted by it ([`Sheet::suggestions`]), and no comment leaves anything
    /// behind. The rules of [`crate::check`] are not applied; ask them next.
    #[must_use]
    pub fn onto(&self, base: &Article) -> Article {
        // From the end, so that of blocks that say the same the first is found first.
        let mut known: BTreeMap<String, Vec<&Block>> = BTreeMap::new();
        for block in base.body.iter().rev() {
            known.entry(write::block(block).to_string()).or_default().push(block);
        }
        let mut body = Vec::new();
        for block in &self.body {
            let same = known.get_mut(&write::block(block).to_string());
            match same
                .and_then(|list| if list.len() > 1 { list.pop() } else { list.last().copied() })
            {
                Some(same) => body.push(same.clone()),
                None => body.extend(settle::block(block)),
            }
        }
        let line = |new: &str, old: &str| {
            if new == old { old.to_owned() } else { settle::line(new) }
        };
        let standfirst = line(&self.standfirst, base.standfirst.as_deref().unwrap_or_default());
        Article {
            lang: self.lang.clone(),
            headline: line(&self.headline, &base.headline),
            standfirst: Some(standfirst).filter(|text| !text.is_empty()),
            body,
            ..base.clone()
        }
    }
}
