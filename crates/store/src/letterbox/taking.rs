//! The newsroom's side of the letterbox: taking letters out, and saying how they stand.

use super::{LETTER, Letter, Letterbox, letter};
use crate::Error;
use crate::cabinet::Id;
use crate::cabinet::engine::values;

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
