//! Moving a whole cabinet from one database to another, whatever their engines: all of it, or nothing.

use super::Cabinet;
use super::engine::Db;
use crate::Error;

/// Every table with its columns, each after those that it refers to.
const TABLES: [(&str, &str); 8] = [
    ("person", "id, name, login, role, active, lang, passphrase, at"),
    ("code", "person, hash"),
    ("invitation", "hash, role, maker, at, until, used"),
    ("session", "hash, handle, person, device, at, seen"),
    ("device", "hash, person, at"),
    ("trail", "number, at, person, verb, object, words"),
    (
        "draft",
        "id, article, base, author, state, title, lang, text, version, writer, approver, path, at, updated",
    ),
    ("version", "draft, number, writer, at, text"),
];

impl Cabinet {
    /// Copies everything into `to`, in which nobody may be yet, and says how many rows that were.
    ///
    /// # Errors
    /// [`Error::Copy`] when somebody is there; [`Error`]. Nothing is left in `to` then.
    pub fn copy_to(&self, to: &Self) -> Result<u64, Error> {
        let all = self.view(|db| {
            let rows = |(table, columns): &(&str, &str)| {
                db.rows(&format!("SELECT {columns} FROM {table} ORDER BY 1, 2"), &[])
            };
            TABLES.iter().map(rows).collect::<Result<Vec<_>, _>>()
        })?;
        let copied = to.change(|db| {
            if db.row("SELECT id FROM person LIMIT 1", &[])?.is_some() {
                let sentence =
                    "the place to copy to has a newsroom with people; nothing is ever merged";
                return Err(Error::Copy(sentence.into()));
            }
            for (table, _) in TABLES.iter().rev() {
                db.execute(&format!("DELETE FROM {table}"), &[])?;
            }
            let mut copied = 0;
            for ((table, columns), rows) in TABLES.iter().zip(all) {
                copied += put(db, table, columns, rows)?;
            }
            Ok(copied)
        })?;
        to.go_on_counting()?;
        Ok(copied)
    }
}

fn put(
    db: &dyn Db,
    table: &str,
    columns: &str,
    rows: Vec<super::engine::Row>,
) -> Result<u64, Error> {
    let count = columns.split(", ").count();
    let marks: Vec<String> = (1..=count).map(|number| format!("${number}")).collect();
    let sql = format!("INSERT INTO {table} ({columns}) VALUES ({})", marks.join(", "));
    let mut copied = 0;
    for row in rows {
        copied += db.execute(&sql, row.values())?;
    }
    Ok(copied)
}
