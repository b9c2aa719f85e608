//! What is staged before it is signed: entries with their facts, and the files that they bring.

use crate::rows::Head;
use ovn_edition::leaf::Id;
use ovn_edition::model::Source;
use serde::{Deserialize, Serialize};

/// Entries that are sealed together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// In the record's order; the first follows the last published entry.
    pub entries: Vec<StagedEntry>,
    /// Files of the record that the entries bring, tiles and bundles included.
    pub files: Vec<StagedFile>,
}

/// One entry that is to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedEntry {
    /// Its number, from 0.
    pub seq: u64,
    /// The leaf's bytes.
    pub leaf: Vec<u8>,
    /// The sealed document's bytes.
    pub document: Vec<u8>,
    /// What lists and search need to know of it.
    pub facts: Facts,
}

/// A file that is to be written under `record/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedFile {
    /// Under `record/`: `tile/0/000.p/5`, `document/….json`, `blob/…`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What an entry changes in lists and search once it is published. All of it can be told again from the documents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The article as lists show it from now on; `None` when the entry is about no article.
    pub head: Option<Head>,
    /// Who asked for the revision.
    pub asked_by: Option<String>,
    /// The article's sources.
    pub sources: Vec<Source>,
    /// The article's words; `None` takes it out of the search, or leaves it out.
    pub search: Option<Search>,
    /// What a removal takes out.
    pub redaction: Option<Redaction>,
}

/// An article's words, for search. `text` and `body` have the same number of lines, so that a passage of the one is
/// found by the other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Search {
    /// Folded headline.
    pub headline: String,
    /// Folded standfirst.
    pub standfirst: String,
    /// Folded text, a line for each paragraph.
    pub body: String,
    /// The text as it was written, line by line with `body`.
    pub text: String,
}

/// What a removal leaves of the document that it takes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// The article.
    pub id: Id,
    /// The revision that it takes from.
    pub rev: u32,
    /// Entry number of that revision.
    pub seq: u64,
    /// Path of its document under `record/`.
    pub path: String,
    /// The document's bytes, with commitments where blocks were.
    pub document: String,
    /// Why: `court order`, `privacy`, `safety`, `copyright`, `error`.
    pub ground: String,
    /// For readers.
    pub note: Option<String>,
    /// Numbers of the removed blocks; `None` for all.
    pub blocks: Option<Vec<usize>>,
    /// SHA-256 of blobs, in hexadecimal, that go with the blocks: pictures, snapshots.
    pub blobs: Vec<String>,
    /// Whether the revision is the article's latest, so that lists and search change too.
    pub latest: bool,
    /// What is left of the revision's note to readers.
    pub revision_note: Option<String>,
    /// What is left of who asked for it.
    pub revision_asked_by: Option<String>,
}
