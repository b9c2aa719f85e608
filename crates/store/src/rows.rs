//! What the store gives: articles as lists show them, revisions, entries of the record, search results.

use ovn_edition::leaf::{Id, Kind};
use ovn_edition::model::{Class, Source};
use serde::{Deserialize, Serialize};

/// What a head is the head of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeadKind {
    /// An article.
    #[default]
    Article,
    /// A policy of the edition.
    Policy,
}

/// The latest published revision of an article or policy, as lists show it. Times are milliseconds since 1970 UTC;
/// `local` times are `2026-11-24T14:20+05:00`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Head {
    /// The article.
    pub id: Id,
    /// Article or policy.
    pub kind: HeadKind,
    /// Number of this revision, from 1.
    pub rev: u32,
    /// Where it is read: `/2026/11/slug`.
    pub path: String,
    /// BCP 47 language tag.
    pub lang: String,
    /// Plain text; empty when it was removed.
    pub headline: String,
    /// Plain text.
    pub standfirst: Option<String>,
    /// Who wrote it, in order.
    pub byline: Vec<String>,
    /// Slugs of sections.
    pub sections: Vec<String>,
    /// Names of topics.
    pub topics: Vec<String>,
    /// Name of the story.
    pub story: Option<String>,
    /// When the first revision was sealed.
    pub first_at: u64,
    /// The same on the edition's clock.
    pub first_local: String,
    /// When this revision was sealed.
    pub at: u64,
    /// The same on the edition's clock.
    pub local: String,
    /// Declared class of this revision.
    pub class: Class,
    /// What changed, for readers.
    pub note: Option<String>,
    /// Sources cited.
    pub sources: u32,
    /// Parties named.
    pub parties: u32,
    /// Parties heard.
    pub heard: u32,
    /// When it was last corrected, clarified or retracted.
    pub corrected: Option<u64>,
    /// Path of the article that this one translates.
    pub translation_of: Option<String>,
    /// Whether all of the latest revision was removed.
    pub withdrawn: bool,
}

/// One sealed revision of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Entry number in the record, from 0.
    pub seq: u64,
    /// From 1.
    pub rev: u32,
    /// What the leaf states.
    pub kind: Kind,
    /// Declared class.
    pub class: Class,
    /// What changed, for readers.
    pub note: Option<String>,
    /// Who asked for it.
    pub asked_by: Option<String>,
    /// When it was sealed, ms.
    pub at: u64,
    /// The same on the edition's clock.
    pub local: String,
    /// The leaf's bytes.
    pub leaf: Vec<u8>,
    /// The sealed document's bytes.
    pub document: Vec<u8>,
}

/// One entry of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 0.
    pub seq: u64,
    /// The leaf's bytes.
    pub leaf: Vec<u8>,
    /// The sealed document's bytes.
    pub document: Option<Vec<u8>>,
    /// Path and headline of the article it is about, as they are now.
    pub head: Option<(String, String)>,
}

/// A removal of blocks from a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Entry number of the removal.
    pub seq: u64,
    /// When, ms.
    pub at: u64,
    /// The revision that it took from.
    pub rev: u32,
    /// `court order`, `privacy`, `safety`, `copyright` or `error`.
    pub ground: String,
    /// For readers.
    pub note: Option<String>,
    /// Numbers of blocks; `None` for all.
    pub blocks: Option<Vec<usize>>,
}

/// A source and the articles that cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceUse {
    /// As the latest of the articles has it.
    pub source: Source,
    /// Newest first, at most 20.
    pub heads: Vec<Head>,
}

/// One search result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub head: Head,
    /// A passage of the text, as it was written, in which a word of the query stands.
    pub snippet: String,
}

/// Sums over the articles of a language that were first published in one month and can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// `2026-11`.
    pub month: String,
    /// How many there are.
    pub articles: u64,
    /// Sources that they cite.
    pub sources: u64,
    /// How many cite exactly one.
    pub single: u64,
    /// How many cite none.
    pub unsourced: u64,
    /// Parties that they name.
    pub named: u64,
    /// Parties that they hear.
    pub heard: u64,
    /// How many were corrected, clarified or retracted at least once.
    pub corrected: u64,
}

/// Which kind of list an article is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TagKind {
    /// By section, its slug.
    Section,
    /// By topic, its name.
    Topic,
    /// By story, its name.
    Story,
}

impl TagKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Topic => "topic",
            Self::Story => "story",
        }
    }
}

/// Which articles to list, newest first by first publication. Withdrawn ones and policies are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// In this language.
    pub lang: Option<String>,
    /// In this section, by slug.
    pub section: Option<String>,
    /// With this topic, by name.
    pub topic: Option<String>,
    /// In this story, by name.
    pub story: Option<String>,
    /// First published in this month of the edition's clock, `2026-11`.
    pub month: Option<String>,
    /// Before this one in the list: its `first_at` and `id`.
    pub before: Option<(u64, Id)>,
    /// So many of the list are left out.
    pub offset: usize,
    /// At most this many.
    pub limit: usize,
}
