//! Who does what for a draft, and what is wanted of it by when.

use super::engine::{Db, Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;

/// Somebody's part in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The draft.
    pub draft: Id,
    /// Who.
    pub person: Id,
    /// What they do for it, one of the parts of `press`.
    pub part: String,
    /// Who said so.
    pub giver: Id,
    /// When, ms.
    pub at: u64,
}

/// What is wanted of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// By when, ms.
    pub due: Option<u64>,
    /// How many words.
    pub words: Option<u64>,
    /// What whoever works on it is to know.
    pub notes: String,
}

/// Keeps somebody's part; false when they have it already.
pub(super) fn put(db: &dyn Db, one: &Assigned) -> Result<bool, Error> {
    let sql = "INSERT INTO assignment (draft, person, part, giver, at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT DO NOTHING";
    let values = values![&one.draft, &one.person, one.part.as_str(), &one.giver, one.at];
    Ok(db.execute(sql, &values)? == 1)
}

/// Keeps what is wanted of a draft in place of what was.
pub(super) fn ask(db: &dyn Db, draft: &Id, asked: &Asked) -> Result<(), Error> {
    let sql = "INSERT INTO asked (draft, due, words, notes) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (draft) DO UPDATE SET due = excluded.due, words = excluded.words, notes = excluded.notes";
    let values = values![draft, asked.due, asked.words, asked.notes.as_str()];
    db.execute(sql, &values).map(|_| ())
}

fn assigned(row: &Row) -> Result<Assigned, Error> {
    Ok(Assigned {
        draft: row.bytes(0)?,
        person: row.bytes(1)?,
        part: row.text(2)?,
        giver: row.bytes(3)?,
        at: row.number(4)?,
    })
}

impl Cabinet {
    /// Gives somebody a part in a draft; false when they have it.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn assign(&self, one: &Assigned, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let done = put(db, one)?;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// Takes a part in a draft from somebody; false when they have it not.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unassign(
        &self,
        draft: &Id,
        person: &Id,
        part: &str,
        note: &Note,
    ) -> Result<bool, Error> {
        let sql = "DELETE FROM assignment WHERE draft = $1 AND person = $2 AND part = $3";
        self.change(|db| {
            let done = db.execute(sql, &values![draft, person, part])? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// Who does what for some drafts, in the order in which they were asked.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn assignments(&self, drafts: &[Id]) -> Result<Vec<Assigned>, Error> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (1..=drafts.len()).map(|number| format!("${number}")).collect();
        let sql = format!(
            "SELECT draft, person, part, giver, at FROM assignment WHERE draft IN ({}) ORDER BY at, person, part",
            marks.join(", ")
        );
        let values: Vec<_> = drafts.iter().map(crate::tables::Value::from).collect();
        self.view(|db| db.rows(&sql, &values)?.iter().map(assigned).collect())
    }

    /// Whether somebody has a part in a draft.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn is_assigned(&self, draft: &Id, person: &Id) -> Result<bool, Error> {
        let sql = "SELECT draft FROM assignment WHERE draft = $1 AND person = $2 LIMIT 1";
        self.view(|db| Ok(db.row(sql, &values![draft, person])?.is_some()))
    }

    /// The drafts in which somebody has a part.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn parts_of(&self, person: &Id) -> Result<Vec<Id>, Error> {
        let sql = "SELECT DISTINCT draft FROM assignment WHERE person = $1";
        self.view(|db| db.rows(sql, &values![person])?.iter().map(|row| row.bytes(0)).collect())
    }

    /// Whether somebody began, or has a part in, a draft that was published as this article.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn worked_on(&self, article: &Id, person: &Id) -> Result<bool, Error> {
        let sql = "SELECT id FROM draft WHERE article = $1 AND state = 'published' AND (author = $2 OR EXISTS \
            (SELECT 1 FROM assignment WHERE assignment.draft = draft.id AND assignment.person = $3)) LIMIT 1";
        self.view(|db| Ok(db.row(sql, &values![article, person, person])?.is_some()))
    }

    /// What is wanted of a draft.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn asked(&self, draft: &Id) -> Result<Asked, Error> {
        let sql = "SELECT due, words, notes FROM asked WHERE draft = $1";
        let asked = |row: Row| {
            let (due, words) = (row.maybe_number(0)?, row.maybe_number(1)?);
            Ok(Asked { due, words, notes: row.text(2)? })
        };
        self.view(|db| db.row(sql, &values![draft])?.map_or(Ok(Asked::default()), asked))
    }

    /// Says what is wanted of a draft.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ask(&self, draft: &Id, wanted: &Asked, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            ask(db, draft, wanted)?;
            trail::put(db, note)
        })
    }
}
