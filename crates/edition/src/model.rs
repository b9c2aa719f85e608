//! The article as a structure: what Markdown, the browser's editor and the sealed document are three forms of.
//!
//! `schema/article.schema.json` describes the same structure for other languages.

mod body;
mod source;

pub use body::{Block, Citation, Column, Format, Inline, Mark, Rendition};
pub use source::{Kind, Source};

pub use crate::report::Answer;

use serde::{Deserialize, Serialize};

/// One state of an article, as its author writes it: no salt, no place in the record.
///
/// All text is Unicode in NFC. `None` and empty lists stand for parts that the article does not have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Article {
    /// What this revision is among the revisions of its article.
    #[serde(default)]
    pub change: Change,
    /// BCP 47 language tag of the text: `en`, `ur`.
    pub lang: String,
    /// The last part of the address, `[a-z0-9-]`; chosen from the headline when the file names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Address of the article that this one translates, `/YYYY/MM/slug`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation_of: Option<String>,
    /// The headline, plain text.
    pub headline: String,
    /// The sentence or two under the headline, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standfirst: Option<String>,
    /// Who wrote it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<String>,
    /// Where and on which day it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Dateline>,
    /// Names or slugs of the edition's sections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
    /// People, places, organisations and subjects with a page of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Persons and bodies with a stake in the story, as the text names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Name of the story that this article belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// Dated events for the story's timeline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Who was asked for a reply, and what came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Reply>,
    /// What the text rests on, in CSL-JSON, numbered on the page by first citation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Source>,
    /// The text.
    pub body: Vec<Block>,
    /// What the newsroom answers to the desk's findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
}

/// A request for a reply.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reply {
    /// Who was asked, as `parties` names it.
    pub party: String,
    /// On which day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// What came of it.
    #[serde(default)]
    pub outcome: Outcome,
}

/// What came of a request for a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No answer when the article was published.
    #[default]
    NoAnswer,
    /// They would not comment.
    Declined,
    /// They answered, and the text has it.
    Answered,
}

impl Outcome {
    /// Every outcome with its word in files and documents.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::NoAnswer, "no-answer"), (Self::Declined, "declined"), (Self::Answered, "answered")];

    /// The outcome that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(outcome, _)| *outcome)
    }
}

/// What a revision is: the first publication, or a correction of a declared class.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Change {
    /// The declared class.
    pub class: Class,
    /// What changed and why, in a sentence for readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who asked for it, when that may be said: "a reader", "the ministry".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<String>,
}

/// The classes of a revision. [`Class::Typo`] promises that no number, name, quotation or negation changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The first revision.
    #[default]
    Publication,
    /// Spelling or layout; nothing that carries meaning.
    Typo,
    /// The facts were right and the words misleading.
    Clarification,
    /// A fact was wrong.
    Correction,
    /// The news went on.
    Update,
    /// The article should not be relied upon; it stays readable.
    Retraction,
}

impl Class {
    /// Every class with its word in files and documents.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Publication, "publication"),
        (Self::Typo, "typo"),
        (Self::Clarification, "clarification"),
        (Self::Correction, "correction"),
        (Self::Update, "update"),
        (Self::Retraction, "retraction"),
    ];

    /// The word for this class in files and documents.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(class, _)| *class == self).map_or("publication", |(_, word)| word)
    }

    /// The class that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(class, _)| *class)
    }

    /// Whether readers are told of it as a correction (class `correction`, `clarification` or `retraction`).
    #[must_use]
    pub fn corrects(self) -> bool {
        matches!(self, Self::Correction | Self::Clarification | Self::Retraction)
    }
}

/// Where and on which day an article was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Dateline {
    /// Calendar day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The place, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// One line of a story's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Event {
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
    /// What happened, plain text.
    pub text: String,
    /// Id of the source that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Article {
    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.references.iter().find(|source| source.id() == id)
    }
}
