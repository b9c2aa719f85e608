//! The trail: who did what and when, written in the transaction of the deed.

use super::engine::{Db, Row, values};
use super::{Cabinet, Id};
use crate::Error;

/// What is to be noted of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When, ms.
    pub at: u64,
    /// Who; nobody known when a stranger tried.
    pub person: Option<Id>,
    /// What was done, one of the verbs of `press`.
    pub verb: &'static str,
    /// The person or draft to whom it was done.
    pub object: Option<Id>,
    /// What else is worth knowing, without any secret.
    pub words: String,
}

/// A line of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its number; later lines have larger ones.
    pub number: u64,
    /// When, ms.
    pub at: u64,
    /// The name of who did it.
    pub person: Option<String>,
    /// What was done.
    pub verb: String,
    /// The name of the person, or the title of the draft, to whom it was done.
    pub object: Option<String>,
    /// What else was noted.
    pub words: String,
}

/// Adds a line.
pub(super) fn put(db: &dyn Db, note: &Note) -> Result<(), Error> {
    db.execute(
        "INSERT INTO trail (at, person, verb, object, words) VALUES ($1, $2, $3, $4, $5)",
        &values![
            note.at,
            note.person.as_ref(),
            note.verb,
            note.object.as_ref(),
            note.words.as_str()
        ],
    )
    .map(|_| ())
}

pub(super) fn noted(row: &Row) -> Result<Noted, Error> {
    Ok(Noted {
        number: row.number(0)?,
        at: row.number(1)?,
        person: row.maybe_text(2)?,
        verb: row.text(3)?,
        object: row.maybe_text(4)?,
        words: row.text(5)?,
    })
}

impl Cabinet {
    /// Notes a deed that changes nothing else, such as an attempt that failed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn note(&self, note: &Note) -> Result<(), Error> {
        self.change(|db| put(db, note))
    }

    /// Whether this was ever done, by anybody.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn was(&self, verb: &str) -> Result<bool, Error> {
        let sql = "SELECT number FROM trail WHERE verb = $1 LIMIT 1";
        self.view(|db| Ok(db.row(sql, &values![verb])?.is_some()))
    }

    /// The newest `limit` lines.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn trail(&self, limit: u64) -> Result<Vec<Noted>, Error> {
        let sql = "SELECT trail.number, trail.at, person.name, trail.verb, \
            coalesce(other.name, draft.title, pitch.title), trail.words FROM trail \
            LEFT JOIN person ON person.id = trail.person \
            LEFT JOIN person AS other ON other.id = trail.object \
            LEFT JOIN draft ON draft.id = trail.object \
            LEFT JOIN pitch ON pitch.id = trail.object ORDER BY trail.number DESC LIMIT $1";
        self.view(|db| db.rows(sql, &values![limit])?.iter().map(noted).collect())
    }
}
