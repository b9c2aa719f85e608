//! The tables that both engines have, column by column, for whatever moves whole rows.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A number.
    Int,
    /// Yes or no; a number in SQLite.
    Flag,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Words to find by, in PostgreSQL alone, written as text.
    Words,
}

/// A value in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    None,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// About how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::None | Self::Int(_) => 8,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

/// Rows of a table, each with a value for every column.
pub(crate) type Rows = Vec<Vec<Value>>;

/// A table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The columns that order its rows.
    pub(crate) order: &'static str,
    pub(crate) columns: &'static [(&'static str, Holds)],
}

impl Table {
    /// The names of its columns, with commas.
    pub(crate) fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

use Holds::{Bytes, Flag, Int, Text, Words};

pub(crate) const ENTRY: Table = Table {
    name: "entry",
    order: "seq",
    columns: &[
        ("seq", Int),
        ("kind", Text),
        ("article", Bytes),
        ("rev", Int),
        ("at", Int),
        ("leaf", Bytes),
        ("document", Bytes),
        ("class", Text),
        ("note", Text),
        ("asked_by", Text),
        ("local", Text),
    ],
};

/// Every column of a head but its number, which the engine gives.
pub(crate) const NEW_HEAD: Table =
    Table { name: "head", order: "number", columns: HEAD_COLUMNS.split_at(1).1 };

pub(crate) const HEAD: Table = Table { name: "head", order: "number", columns: HEAD_COLUMNS };

const HEAD_COLUMNS: &[(&str, Holds)] = &[
    ("number", Int),
    ("article", Bytes),
    ("kind", Text),
    ("rev", Int),
    ("path", Text),
    ("lang", Text),
    ("headline", Text),
    ("standfirst", Text),
    ("byline", Text),
    ("sections", Text),
    ("topics", Text),
    ("story", Text),
    ("first_at", Int),
    ("first_local", Text),
    ("at", Int),
    ("local", Text),
    ("class", Text),
    ("note", Text),
    ("sources", Int),
    ("parties", Int),
    ("heard", Int),
    ("corrected", Int),
    ("translation_of", Text),
    ("withdrawn", Flag),
];

pub(crate) const TAG: Table = Table {
    name: "tag",
    order: "kind, name, head",
    columns: &[("kind", Text), ("name", Text), ("head", Int)],
};

pub(crate) const SOURCE: Table = Table {
    name: "source",
    order: "head, place",
    columns: &[("head", Int), ("place", Int), ("name", Text), ("csl", Text)],
};

pub(crate) const REMOVAL: Table = Table {
    name: "removal",
    order: "seq",
    columns: &[
        ("seq", Int),
        ("article", Bytes),
        ("at", Int),
        ("rev", Int),
        ("ground", Text),
        ("note", Text),
        ("blocks", Text),
    ],
};

/// An article's folded words and its text. SQLite keeps the words in its search index, under the same number.
pub(crate) const PASSAGE: Table = Table {
    name: "passage",
    order: "number",
    columns: &[
        ("number", Int),
        ("headline", Text),
        ("standfirst", Text),
        ("body", Text),
        ("text", Text),
    ],
};

/// The same with what PostgreSQL searches by.
pub(crate) const COUNTED_PASSAGE: Table = Table {
    name: "passage",
    order: "number",
    columns: &[
        ("number", Int),
        ("headline", Text),
        ("standfirst", Text),
        ("body", Text),
        ("text", Text),
        ("length", Int),
        ("words", Words),
        ("counts", Text),
        ("placed", Flag),
    ],
};

pub(crate) const STAGED_ENTRY: Table = Table {
    name: "staged_entry",
    order: "seq",
    columns: &[("seq", Int), ("leaf", Bytes), ("document", Bytes), ("facts", Text)],
};

pub(crate) const STAGED_FILE: Table = Table {
    name: "staged_file",
    order: "place",
    columns: &[("place", Int), ("path", Text), ("bytes", Bytes)],
};

pub(crate) const ERASURE: Table =
    Table { name: "erasure", order: "path", columns: &[("path", Text), ("document", Bytes)] };

pub(crate) const STATE: Table = Table {
    name: "state",
    order: "id",
    columns: &[("id", Int), ("size", Int), ("at", Int), ("generation", Int), ("checkpoint", Bytes)],
};

/// Every table, each after those that it refers to.
pub(crate) const ALL: [Table; 10] =
    [ENTRY, HEAD, TAG, SOURCE, REMOVAL, PASSAGE, STAGED_ENTRY, STAGED_FILE, ERASURE, STATE];
