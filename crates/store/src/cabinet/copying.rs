//! Moving a whole cabinet from one database to another, whatever their engines: all of it, or nothing.

use super::Cabinet;
use super::engine::{Db, Row};
use crate::Error;

/// Every table with its columns, each after those that it refers to.
const TABLES: &[(&str, &str)] = &[
    ("person", "id, name, login, role, active, lang, passphrase, at"),
    ("code", "person, hash"),
    ("invitation", "hash, role, maker, at, until, used"),
    ("passkey", "id, person, credential, name, data, at, used"),
    ("session", "hash, handle, person, device, at, seen, passkey"),
    ("device", "hash, person, at"),
    ("trail", "number, at, person, verb, object, words"),
    (
        "draft",
        "id, article, base, author, state, title, lang, text, version, writer, approver, path, at, updated, document, sections",
    ),
    ("version", "draft, number, writer, at, text, document, began"),
    ("wrote", "draft, number, person"),
    ("step", "draft, number, writer, step"),
    (
        "letter",
        "id, path, rev, passage, lang, what, how, contact, at, state, draft, person, decided, reason, fixed, told",
    ),
    (
        "source",
        "id, kind, title, url, speaks, issued, details, salt, commitment, file, person, at, checked, silent",
    ),
    ("rests", "draft, source, name"),
    ("file", "source, hash, ending, name, named, bytes, facts, decided, decider"),
    ("sought", "source, words"),
    // A machine's own marks stay with it.
    ("schedule", "draft, moment, version, person, class, note, asked_by, claimed, why"),
    ("preview", "hash, draft, person, words, at, until, ended"),
    ("comment", "draft, id, thread, person, at, quote, words, resolver, resolved, changed"),
    ("mention", "draft, comment, person, seen"),
    ("named", "draft, number, name, person, at"),
    ("suggested", "draft, person, second"),
    ("witnessed", "size, witness, second, note"),
    (
        "pitch",
        "id, author, state, title, lang, why, sources, audience, due, at, updated, person, reason, draft",
    ),
    ("assignment", "draft, person, part, giver, at"),
    ("asked", "draft, due, words, notes"),
    ("look", "draft, person, version, deed, at, old_version, old_deed, old_at"),
    ("translation", "draft, original, article"),
    ("task", "id, entry, article, original, rev, class, state, draft, person, reason, at, decided"),
    ("followed", "name, size"),
];

impl Cabinet {
    /// Copies everything into `to`, in which nobody may be yet, and says how many rows that were.
    ///
    /// # Errors
    /// [`Error::Copy`] when somebody is there; [`Error`]. Nothing is left in `to` then.
    pub fn copy_to(&self, to: &Self) -> Result<u64, Error> {
        let all = self.view(|db| every(db, TABLES))?;
        let copied = to.change(|db| {
            if db.row("SELECT id FROM person LIMIT 1", &[])?.is_some() {
                let sentence =
                    "the place to copy to has a newsroom with people; nothing is ever merged";
                return Err(Error::Copy(sentence.into()));
            }
            replace(db, TABLES, all)
        })?;
        to.go_on_counting()?;
        Ok(copied)
    }
}

/// All rows of `tables`, table by table.
pub(crate) fn every(db: &dyn Db, tables: &[(&str, &str)]) -> Result<Vec<Vec<Row>>, Error> {
    let rows = |(table, columns): &(&str, &str)| {
        db.rows(&format!("SELECT {columns} FROM {table} ORDER BY 1, 2"), &[])
    };
    tables.iter().map(rows).collect()
}

/// Puts what [`every`] gave in place of what is in `tables`.
pub(crate) fn replace(
    db: &dyn Db,
    tables: &[(&str, &str)],
    all: Vec<Vec<Row>>,
) -> Result<u64, Error> {
    for (table, _) in tables.iter().rev() {
        db.execute(&format!("DELETE FROM {table}"), &[])?;
    }
    let mut copied = 0;
    for ((table, columns), rows) in tables.iter().zip(all) {
        copied += put(db, table, columns, rows)?;
    }
    Ok(copied)
}

fn put(db: &dyn Db, table: &str, columns: &str, rows: Vec<Row>) -> Result<u64, Error> {
    let count = columns.split(", ").count();
    let marks: Vec<String> = (1..=count).map(|number| format!("${number}")).collect();
    let sql = format!("INSERT INTO {table} ({columns}) VALUES ({})", marks.join(", "));
    let mut copied = 0;
    for row in rows {
        copied += db.execute(&sql, row.values())?;
    }
    Ok(copied)
}
