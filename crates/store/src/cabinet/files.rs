//! Files that are sources: what was found about each, who decided that it is published so, and which of them are named.

use super::engine::{Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;

/// What was found about a file when it was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its source.
    pub source: Id,
    /// SHA-256 of its bytes.
    pub hash: Hash,
    /// The ending under which it is kept, by its bytes.
    pub ending: String,
    /// As the sender's machine called it: to be shown, never a path.
    pub name: String,
    /// The ending of that name, where it stands for something else than the bytes are.
    pub named: Option<String>,
    /// Its length.
    pub bytes: u64,
    /// What it tells about who made it, as JSON.
    pub facts: String,
    /// When somebody decided that it is published with them, ms.
    pub decided: Option<u64>,
    /// Who that was.
    pub decider: Option<Id>,
}

const FILE: &str = "source, hash, ending, name, named, bytes, facts, decided, decider";

fn file(row: &Row) -> Result<File, Error> {
    Ok(File {
        source: row.bytes(0)?,
        hash: row.bytes(1)?,
        ending: row.text(2)?,
        name: row.text(3)?,
        named: row.maybe_text(4)?,
        bytes: row.number(5)?,
        facts: row.text(6)?,
        decided: row.maybe_number(7)?,
        decider: row.maybe_bytes(8)?,
    })
}

/// Keeps what was found, inside a transaction.
pub(super) fn put(db: &dyn super::engine::Db, one: &File) -> Result<(), Error> {
    let sql = format!("INSERT INTO file ({FILE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    let values = values![
        &one.source,
        &one.hash,
        one.ending.as_str(),
        one.name.as_str(),
        one.named.as_deref(),
        one.bytes,
        one.facts.as_str(),
        one.decided,
        one.decider.as_ref()
    ];
    db.execute(&sql, &values).map(|_| ())
}

impl Cabinet {
    /// The file that a source is.
    ///
    /// # Errors
    /// As every method here, when the database can't be read.
    pub fn file_of(&self, source: &Id) -> Result<Option<File>, Error> {
        let sql = format!("SELECT {FILE} FROM file WHERE source = $1");
        self.view(|db| db.row(&sql, &values![source])?.as_ref().map(file).transpose())
    }

    /// What was found about the bytes with this hash, each time that they were given and not in confidence.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn files_with(&self, hash: &Hash) -> Result<Vec<File>, Error> {
        let open = "EXISTS (SELECT 1 FROM source WHERE source.id = file.source AND source.commitment IS NULL)";
        let sql = format!("SELECT {FILE} FROM file WHERE hash = $1 AND {open} ORDER BY source");
        self.view(|db| db.rows(&sql, &values![hash])?.iter().map(file).collect())
    }

    /// Notes that somebody decided that a file is published with what it tells; false when that was decided before.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn decide_file(&self, source: &Id, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql =
                "UPDATE file SET decided = $1, decider = $2 WHERE source = $3 AND decided IS NULL";
            let done = db.execute(sql, &values![note.at, note.person.as_ref(), source])? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// The hashes of all that is kept for sources: archives and files.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn kept_hashes(&self) -> Result<Vec<Hash>, Error> {
        let sql = "SELECT file FROM source WHERE file IS NOT NULL";
        self.view(|db| db.rows(sql, &[])?.iter().map(|row| row.bytes(0)).collect())
    }

    /// Shows every text of every draft, those of its versions included: article file and document.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn every_text(&self, mut show: impl FnMut(&str)) -> Result<(), Error> {
        let drafts = "SELECT id FROM draft ORDER BY id";
        let ids: Vec<Id> =
            self.view(|db| db.rows(drafts, &[])?.iter().map(|row| row.bytes(0)).collect())?;
        for id in &ids {
            let sql = "SELECT text, document FROM draft WHERE id = $1 \
                UNION ALL SELECT text, document FROM version WHERE draft = $1";
            let rows = self.view(|db| db.rows(sql, &values![id]))?;
            for row in &rows {
                show(&row.text(0)?);
                show(&row.maybe_text(1)?.unwrap_or_default());
            }
        }
        Ok(())
    }
}
