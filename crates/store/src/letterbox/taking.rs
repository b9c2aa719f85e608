//! The newsroom's side of the letterbox: taking letters out, and saying how they stand.

use super::{Letter, Letterbox};
use crate::Error;
use crate::cabinet::Id;
use crate::cabinet::engine::{Row, values};

const LETTER: &str = "id, same, path, rev, passage, lang, what, how, contact, at";

fn letter(row: &Row) -> Result<Letter, Error> {
    Ok(Letter {
        id: row.bytes(0)?,
        same: row.bytes(1)?,
        path: row.text(2)?,
        rev: row.number(3)?,
        passage: row.maybe_number(4)?,
        lang: row.text(5)?,
        what: row.text(6)?,
        how: row.text(7)?,
        contact: row.text(8)?,
        at: row.number(9)?,
    })
}

impl Letterbox {
    /// Letters that the newsroom has not taken yet, the oldest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn waiting(&self) -> Result<Vec<Letter>, Error> {
        let sql = format!("SELECT {LETTER} FROM letter WHERE state = 'new' ORDER BY at, id");
        self.view(|db| db.rows(&sql, &[])?.iter().map(letter).collect())
    }

    /// Notes that the newsroom has this letter, and empties what it said.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn taken(&self, id: &Id) -> Result<(), Error> {
        let sql = "UPDATE letter SET state = 'taken', what = '', how = '', contact = '' \
            WHERE id = $1 AND state = 'new'";
        self.change(|db| db.execute(sql, &values![id]).map(|_| ()))
    }

    /// Says how a letter stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn stand(
        &self,
        id: &Id,
        state: &str,
        decided: Option<u64>,
        reason: Option<&str>,
        fixed: Option<u64>,
    ) -> Result<(), Error> {
        let sql =
            "UPDATE letter SET state = $1, decided = $2, reason = $3, fixed = $4 WHERE id = $5";
        self.change(|db| db.execute(sql, &values![state, decided, reason, fixed, id]).map(|_| ()))
    }
}
