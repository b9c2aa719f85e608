//! Readers' letters as the newsroom keeps them: what they say, who decided what, and the draft that is to correct it.

use super::engine::{Db, Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;
use crate::letterbox::{LETTER, Letter, letter, letter_values};

/// How long a reader's contact is kept after the decision, ms: 90 days.
const CONTACT: u64 = 90 * 24 * 60 * 60 * 1000;

/// A letter in the newsroom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// What the reader sent.
    pub letter: Letter,
    /// `open`, `correcting`, `corrected` or `declined`.
    pub state: String,
    /// The draft that is to correct it.
    pub draft: Option<Id>,
    /// Who decided.
    pub person: Option<Id>,
    /// When it was decided, ms.
    pub decided: Option<u64>,
    /// Why it was declined, for readers.
    pub reason: Option<String>,
    /// The revision that corrected it.
    pub fixed: Option<u64>,
}

/// What readers are still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The letter.
    pub id: Id,
    /// `taken`, `corrected` or `declined`.
    pub state: &'static str,
    /// When it was decided, ms.
    pub decided: Option<u64>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The revision that corrected it.
    pub fixed: Option<u64>,
}

/// What follows a [`Letter`]'s columns.
const STATE: &str = "state, draft, person, decided, reason, fixed";

fn filed(row: &Row) -> Result<Filed, Error> {
    Ok(Filed {
        letter: letter(row)?,
        state: row.text(9)?,
        draft: row.maybe_bytes(10)?,
        person: row.maybe_bytes(11)?,
        decided: row.maybe_number(12)?,
        reason: row.maybe_text(13)?,
        fixed: row.maybe_number(14)?,
    })
}

fn find(db: &dyn Db, id: &Id) -> Result<Option<Filed>, Error> {
    let sql = format!("SELECT {LETTER}, {STATE} FROM letter WHERE id = $1");
    db.row(&sql, &values![id])?.as_ref().map(filed).transpose()
}

impl Cabinet {
    /// Takes a letter in; one that is here already is left as it is.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn file(&self, letter: &Letter) -> Result<(), Error> {
        let sql = format!(
            "INSERT INTO letter ({LETTER}, state, told) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', 1) \
             ON CONFLICT (id) DO NOTHING"
        );
        self.change(|db| db.execute(&sql, &letter_values(letter)).map(|_| ()))
    }

    /// Open letters, the oldest first, then the newest decided ones, at most `limit` of each.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn letters(&self, limit: u64) -> Result<Vec<Filed>, Error> {
        let open = format!(
            "SELECT {LETTER}, {STATE} FROM letter WHERE state IN ('open', 'correcting') ORDER BY at, id LIMIT $1"
        );
        let decided = format!(
            "SELECT {LETTER}, {STATE} FROM letter WHERE decided IS NOT NULL ORDER BY decided DESC, id LIMIT $1"
        );
        self.view(|db| {
            let mut rows = db.rows(&open, &values![limit])?;
            rows.extend(db.rows(&decided, &values![limit])?);
            rows.iter().map(filed).collect()
        })
    }

    /// The letter with this id.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn letter(&self, id: &Id) -> Result<Option<Filed>, Error> {
        self.view(|db| find(db, id))
    }

    /// Binds an open letter to the draft that is to correct it; false when it is not open any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn bind_letter(&self, id: &Id, draft: &Id, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE letter SET state = 'correcting', draft = $1, person = $2 \
                WHERE id = $3 AND state = 'open'";
            let done = db.execute(sql, &values![draft, note.person.as_ref(), id])? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// Declines a letter that nobody has decided, for a reason that readers see; false when it is decided.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn decline_letter(&self, id: &Id, reason: &str, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE letter SET state = 'declined', draft = NULL, person = $1, decided = $2, \
                reason = $3, told = 0 WHERE id = $4 AND state IN ('open', 'correcting')";
            let values = values![note.person.as_ref(), note.at, reason, id];
            let done = db.execute(sql, &values)? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// Closes letters whose draft was published, opens those whose draft was put away, empties contacts that are no longer
    /// needed at the time `now`, and gives what readers are still to be told.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn settle_letters(&self, now: u64) -> Result<Vec<Report>, Error> {
        self.change(|db| {
            let own = "FROM draft WHERE draft.id = letter.draft";
            let sql = format!(
                "UPDATE letter SET state = 'corrected', decided = (SELECT updated {own}), \
                 fixed = (SELECT base + 1 {own}), told = 0 WHERE state = 'correcting' AND draft IN \
                 (SELECT id FROM draft WHERE state = 'published')"
            );
            db.execute(&sql, &[])?;
            let sql = "UPDATE letter SET state = 'open', draft = NULL, person = NULL \
                WHERE state = 'correcting' AND draft IN (SELECT id FROM draft WHERE state = 'dropped')";
            db.execute(sql, &[])?;
            let sql = "UPDATE letter SET contact = '' WHERE decided < $1 AND contact <> ''";
            db.execute(sql, &values![now.saturating_sub(CONTACT)])?;
            let sql = "SELECT id, state, decided, reason, fixed FROM letter WHERE told = 0";
            let report = |row: &Row| {
                let state = match row.text(1)?.as_str() {
                    "corrected" => "corrected",
                    "declined" => "declined",
                    _ => "taken",
                };
                Ok(Report {
                    id: row.bytes(0)?,
                    state,
                    decided: row.maybe_number(2)?,
                    reason: row.maybe_text(3)?,
                    fixed: row.maybe_number(4)?,
                })
            };
            db.rows(sql, &[])?.iter().map(report).collect()
        })
    }

    /// Notes that the letterbox has heard of a letter's state.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn told_letter(&self, id: &Id, state: &str) -> Result<(), Error> {
        let sql = "UPDATE letter SET told = 1 WHERE id = $1 AND state = $2";
        self.change(|db| db.execute(sql, &values![id, state]).map(|_| ()))
    }
}
