//! Links by which somebody without an account reads a draft, for a limited time.

use super::engine::{Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;

/// A link that was handed out. Only its token's hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// SHA-256 of the token.
    pub hash: Hash,
    /// What it shows.
    pub draft: Id,
    /// Who made it.
    pub person: Id,
    /// For whom.
    pub words: String,
    /// When, ms.
    pub at: u64,
    /// When it ends, ms.
    pub until: u64,
}

const PREVIEW: &str = "hash, draft, person, words, at, until";

fn preview(row: &Row) -> Result<Preview, Error> {
    Ok(Preview {
        hash: row.bytes(0)?,
        draft: row.bytes(1)?,
        person: row.bytes(2)?,
        words: row.text(3)?,
        at: row.number(4)?,
        until: row.number(5)?,
    })
}

impl Cabinet {
    /// Keeps a new link, if its draft has fewer than `most` that can be used; false when it has as many.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn share(&self, link: &Preview, most: u64, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql =
                "SELECT count(*) FROM preview WHERE draft = $1 AND until > $2 AND ended IS NULL";
            let open = db.row(sql, &values![&link.draft, link.at])?;
            if open.map_or(Ok(0), |row| row.number(0))? >= most {
                return Ok(false);
            }
            let sql = format!("INSERT INTO preview ({PREVIEW}) VALUES ($1, $2, $3, $4, $5, $6)");
            let (words, at, until) = (link.words.as_str(), link.at, link.until);
            let values = values![&link.hash, &link.draft, &link.person, words, at, until];
            db.execute(&sql, &values)?;
            trail::put(db, note)?;
            Ok(true)
        })
    }

    /// The link with this hash, if it can be used at the time `now`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn preview(&self, hash: &Hash, now: u64) -> Result<Option<Preview>, Error> {
        let sql = format!(
            "SELECT {PREVIEW} FROM preview WHERE hash = $1 AND until > $2 AND ended IS NULL"
        );
        self.view(|db| db.row(&sql, &values![hash, now])?.as_ref().map(preview).transpose())
    }

    /// The links of a draft that can be used at the time `now`, the newest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn previews(&self, draft: &Id, now: u64) -> Result<Vec<Preview>, Error> {
        let sql = format!(
            "SELECT {PREVIEW} FROM preview WHERE draft = $1 AND until > $2 AND ended IS NULL ORDER BY at DESC, hash"
        );
        self.view(|db| db.rows(&sql, &values![draft, now])?.iter().map(preview).collect())
    }

    /// Ends a link of a draft; false when it could not be used any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn end_preview(&self, draft: &Id, hash: &Hash, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE preview SET ended = $1 WHERE hash = $2 AND draft = $3 AND until > $1 AND ended IS NULL";
            let done = db.execute(sql, &values![note.at, hash, draft])? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }
}
