//! Comparing what a database keeps with what the record tells: every row of every table, by names that both have.
//!
//! Numbers of heads are an engine's own, so rows are matched by their articles.

use crate::tables::{ENTRY, HEAD, PASSAGE, REMOVAL, Rows, SOURCE, STATE, TAG, Table, Value};
use crate::{Error, Reader};
use ovn_edition::commit::{Bytes32, sha256};
use ovn_edition::hex;
use ovn_edition::leaf::Id;
use std::collections::{BTreeMap, BTreeSet};

/// A row that is not as the record tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The row, by what names it to people: an entry's number, an address.
    pub row: String,
    /// `differs`, `is missing`, or `is not in the record`.
    pub what: &'static str,
}

/// Columns that a removal made untellable: they are not in the record any more.
const LOST: [(&str, &[&str]); 2] = [
    ("entry", &["class", "local"]),
    (
        "head",
        &[
            "path",
            "lang",
            "sections",
            "topics",
            "first_at",
            "first_local",
            "at",
            "local",
            "class",
            "parties",
            "heard",
            "corrected",
            "translation_of",
        ],
    ),
];

type Key = (&'static str, Vec<u8>);

/// The rows of one database: a digest for each, and a name for people.
#[derive(Default)]
struct Kept {
    articles: BTreeMap<i64, (Id, String)>,
    rows: BTreeMap<Key, (Bytes32, String)>,
}

/// Compares the rows of `kept` with those of `told`, an edition that was told again from the record. Of the articles in
/// `partly`, parts were removed: what the record can't tell of them any more is left out.
///
/// # Errors
/// When either can't be read.
pub fn compare(
    kept: &Reader,
    told: &Reader,
    partly: &BTreeSet<Id>,
) -> Result<Vec<Difference>, Error> {
    let (kept, told) = (rows(kept, partly)?, rows(told, partly)?);
    let mut found = Vec::new();
    for (key, (digest, name)) in &told.rows {
        let what = match kept.rows.get(key) {
            Some((same, _)) if same == digest => continue,
            Some(_) => "differs",
            None => "is missing",
        };
        found.push(Difference { table: key.0, row: name.clone(), what });
    }
    for (key, (_, name)) in &kept.rows {
        // Of an article that was withdrawn as a whole the record tells no address, so no head is told.
        let withdrawn = key.0 == HEAD.name && key.1.starts_with(b"withdrawn ");
        if !withdrawn && !told.rows.contains_key(key) {
            found.push(Difference {
                table: key.0,
                row: name.clone(),
                what: "is not in the record",
            });
        }
    }
    found.sort();
    Ok(found)
}

fn rows(reader: &Reader, partly: &BTreeSet<Id>) -> Result<Kept, Error> {
    let mut kept = Kept::default();
    reader.all_rows(&mut |table, rows| {
        kept.take(table, rows, partly);
        Ok(())
    })?;
    Ok(kept)
}

impl Kept {
    fn take(&mut self, table: &Table, rows: Rows, partly: &BTreeSet<Id>) {
        for mut row in rows {
            let own = |name: &str| table.columns.iter().position(|(column, _)| *column == name);
            let value = |row: &[Value], name: &str| own(name).and_then(|at| row.get(at).cloned());
            if table.name == HEAD.name {
                let path = text(value(&row, "path"));
                let id = id(value(&row, "article")).unwrap_or_default();
                self.articles.insert(int(value(&row, "number")), (id, path));
            }
            let Some((mut key, name)) = self.name(table, &row, &value, partly) else { continue };
            let article = id(value(&row, "article"));
            let lost = article.is_some_and(|id| partly.contains(&id));
            let headless = table.name == HEAD.name && int(value(&row, "withdrawn")) == 1;
            if lost && headless && is_empty(&value(&row, "headline")) {
                key.1 = [b"withdrawn ".as_slice(), &key.1].concat();
            }
            for (column, at) in table.columns.iter().zip(0..) {
                if unsaid(table.name, column.0, lost)
                    && let Some(value) = row.get_mut(at)
                {
                    *value = Value::None;
                }
            }
            self.rows.insert((table.name, key.1), (digest(&row), name));
        }
    }

    /// What the row is called, for matching and for people; `None` for what no record tells.
    fn name(
        &self,
        table: &Table,
        row: &[Value],
        value: &dyn Fn(&[Value], &str) -> Option<Value>,
        partly: &BTreeSet<Id>,
    ) -> Option<(Key, String)> {
        let column = |name: &str| value(row, name);
        let of_head = |number: &str| {
            let known = self.articles.get(&int(column(number)));
            known.cloned().unwrap_or((Id::default(), format!("head {}", int(column(number)))))
        };
        let (key, name) = match table.name {
            name if name == ENTRY.name || name == REMOVAL.name => {
                let seq = int(column("seq"));
                (seq.to_be_bytes().to_vec(), format!("entry {seq}"))
            }
            name if name == HEAD.name => (bytes(column("article")), text(column("path"))),
            name if name == TAG.name => {
                let (id, path) = of_head("head");
                if partly.contains(&id) {
                    return None;
                }
                let tag = format!("{} {}", text(column("kind")), text(column("name")));
                ([id.as_slice(), tag.as_bytes()].concat(), format!("{tag} of {path}"))
            }
            name if name == SOURCE.name => {
                let ((id, path), place) = (of_head("head"), int(column("place")));
                let key = [id.as_slice(), &place.to_be_bytes()].concat();
                (key, format!("source {place} of {path}"))
            }
            name if name == PASSAGE.name => {
                let (id, path) = of_head("number");
                (id.to_vec(), format!("words of {path}"))
            }
            name if name == STATE.name => (Vec::new(), "the state".to_owned()),
            _ => return None,
        };
        Some(((table.name, key), name))
    }
}

/// Columns that are an engine's own, or that the record can't tell.
fn unsaid(table: &str, column: &str, lost: bool) -> bool {
    let own = matches!(
        (table, column),
        ("head" | "passage", "number") | ("tag" | "source", "head") | ("state", "generation")
    );
    own || lost && LOST.iter().any(|(name, columns)| *name == table && columns.contains(&column))
}

fn digest(row: &[Value]) -> Bytes32 {
    let mut all = Vec::new();
    for value in row {
        let (kind, bytes) = match value {
            Value::None => (0, Vec::new()),
            Value::Int(number) => (1, number.to_be_bytes().to_vec()),
            Value::Text(text) => (2, text.clone().into_bytes()),
            Value::Bytes(bytes) => (3, bytes.clone()),
        };
        all.push(kind);
        all.extend((bytes.len() as u64).to_be_bytes());
        all.extend(bytes);
    }
    sha256(&all)
}

fn int(value: Option<Value>) -> i64 {
    match value {
        Some(Value::Int(number)) => number,
        _ => -1,
    }
}

fn text(value: Option<Value>) -> String {
    match value {
        Some(Value::Text(text)) => text,
        Some(Value::Bytes(bytes)) => hex::encode(&bytes),
        _ => String::new(),
    }
}

fn bytes(value: Option<Value>) -> Vec<u8> {
    match value {
        Some(Value::Bytes(bytes)) => bytes,
        _ => Vec::new(),
    }
}

fn is_empty(value: &Option<Value>) -> bool {
    matches!(value, Some(Value::Text(text)) if text.is_empty())
}

fn id(value: Option<Value>) -> Option<Id> {
    bytes(value).try_into().ok()
}
