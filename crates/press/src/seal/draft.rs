//! What is handed in to be sealed, what is handed back, and the salting in between.

use super::{Chance, Error};
use crate::keys::Keys;
use ovn_edition::hex;
use ovn_edition::leaf::{Id, Kind};
use ovn_edition::sealed::Document;
use ovn_store::{Facts, Search};
use serde_json::{Map, Value, json};

/// Which article an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// None: the record itself, a key, a snapshot.
    None,
    /// A new article, which gets an id.
    New,
    /// This article.
    Of(Id),
}

/// One entry to be sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it states.
    pub kind: Kind,
    /// What it is about.
    pub subject: Subject,
    /// The revision that the author had before them; sealing is refused when the article has moved on since.
    pub expect: Option<u32>,
    /// The sealed document's blocks, type and value, in order; each gets its salt here.
    pub blocks: Vec<(&'static str, Value)>,
    /// What lists and search should show. The sealer sets the head's `id`, `rev`, `first_at`, `first_local`, `corrected`
    /// and, where it is 0, `at`.
    pub facts: Facts,
    /// Bytes that the document names by their SHA-256.
    pub blobs: Vec<Vec<u8>>,
    /// What a removal takes out; see [`Draft::removal`].
    pub takes: Option<Take>,
}

/// What is to be removed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Take {
    /// From which revision.
    pub rev: u32,
    /// Which blocks of its document; `None` for all.
    pub blocks: Option<Vec<usize>>,
    /// `court order`, `privacy`, `safety`, `copyright` or `error`.
    pub ground: String,
    /// For readers.
    pub note: Option<String>,
    /// Whose law.
    pub jurisdiction: Option<String>,
    /// SHA-256 of pictures and snapshots whose bytes go too; no other article may need them.
    pub blobs: Vec<[u8; 32]>,
    /// The words that are left, for search, when it is the latest revision.
    pub search: Option<Search>,
}

/// What was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Entry number in the record, from 0.
    pub seq: u64,
    /// The article.
    pub id: Option<Id>,
    /// The article's revision.
    pub rev: Option<u32>,
    /// When, milliseconds since 1970-01-01 UTC.
    pub at: u64,
    /// Commitment to the document.
    pub commit: [u8; 32],
    /// RFC 6962 hash of the leaf.
    pub leaf: [u8; 32],
}

impl Draft {
    /// An entry of this kind with these blocks, and nothing else.
    #[must_use]
    pub fn new(kind: Kind, subject: Subject, blocks: Vec<(&'static str, Value)>) -> Self {
        let (facts, blobs) = (Facts::default(), Vec::new());
        Self { kind, subject, expect: None, blocks, facts, blobs, takes: None }
    }

    /// The first entry: the edition's name, its key, and the hashes of the next and the recovery key.
    #[must_use]
    pub fn genesis(name: &str, keys: &Keys) -> Self {
        let key = keys.verifier();
        let genesis = json!({"edition": name, "origin": key.name(), "vkey": key.to_string()});
        let blocks = vec![
            ("genesis", genesis),
            ("next-key", json!(hex::encode(&keys.next))),
            ("recovery-key", json!(hex::encode(&keys.recovery))),
        ];
        Self::new(Kind::Genesis, Subject::None, blocks)
    }

    /// An entry that takes blocks out of a revision of the article `id`.
    #[must_use]
    pub fn removal(id: Id, take: Take) -> Self {
        let mut removal = Map::new();
        removal.insert("ground".into(), json!(take.ground));
        removal.insert("rev".into(), json!(take.rev));
        if let Some(blocks) = &take.blocks {
            removal.insert("blocks".into(), json!(blocks));
        }
        for (key, text) in [("note", &take.note), ("jurisdiction", &take.jurisdiction)] {
            if let Some(text) = text {
                removal.insert(key.into(), json!(text));
            }
        }
        let blocks = vec![("removal", Value::Object(removal))];
        Self { takes: Some(take), ..Self::new(Kind::Removal, Subject::Of(id), blocks) }
    }
}

/// A draft with its salts: everything that needs no place in the record.
pub(super) struct Prepared {
    pub(super) kind: Kind,
    pub(super) subject: Subject,
    pub(super) expect: Option<u32>,
    pub(super) document: Vec<u8>,
    pub(super) commit: [u8; 32],
    pub(super) facts: Facts,
    pub(super) blobs: Vec<Vec<u8>>,
    pub(super) takes: Option<Take>,
}

impl Prepared {
    pub(super) fn new(draft: Draft, chance: &Chance) -> Result<Self, Error> {
        if (draft.kind == Kind::Removal) != draft.takes.is_some() {
            return Err(Error::Draft("a removal, and nothing else, says what it takes".into()));
        }
        let subject = match draft.subject {
            Subject::New => {
                let mut id = [0; 16];
                chance(&mut id).map_err(Error::Chance)?;
                Subject::Of(id)
            }
            named => named,
        };
        let mut salts = vec![[0; 32]; draft.blocks.len()];
        chance(salts.as_flattened_mut()).map_err(Error::Chance)?;
        let sealed = |error: ovn_edition::sealed::Error| Error::Draft(error.to_string());
        let document = Document::seal(draft.blocks, salts)
            .ok_or_else(|| Error::Chance("too few salts".into()))?;
        let (commit, document) = document.whole().map_err(sealed)?;
        let Draft { kind, expect, facts, blobs, takes, .. } = draft;
        let expect = if draft.subject == Subject::New { Some(0) } else { expect };
        Ok(Self { kind, subject, expect, document, commit, facts, blobs, takes })
    }

    pub(super) fn is_removal(&self) -> bool {
        self.takes.is_some()
    }
}
