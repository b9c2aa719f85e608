//! Pitches: what somebody proposes to write, until an editor takes it up or declines it, or they take it back.

use super::drafts::{Draft, put as put_draft};
use super::engine::{Db, Row, values};
use super::trail::{self, Note};
use super::work::{self, Asked, Assigned};
use super::{Cabinet, Id};
use crate::Error;

/// A proposal of what might be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pitch {
    /// Which one it is.
    pub id: Id,
    /// Who proposes it.
    pub author: Id,
    /// `open`, `taken`, `declined` or `withdrawn`.
    pub state: String,
    /// What its headline might be.
    pub title: String,
    /// The language in which it would be written, a BCP 47 tag.
    pub lang: String,
    /// Why it is worth writing.
    pub why: String,
    /// What it would rest on.
    pub sources: String,
    /// For whom it would be.
    pub audience: String,
    /// By when, ms.
    pub due: Option<u64>,
    /// When it was made, ms.
    pub at: u64,
    /// When it last changed, ms.
    pub updated: u64,
    /// Who decided.
    pub person: Option<Id>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The draft that it became.
    pub draft: Option<Id>,
}

const PITCH: &str = "pitch.id, pitch.author, pitch.state, pitch.title, pitch.lang, pitch.why, pitch.sources, \
    pitch.audience, pitch.due, pitch.at, pitch.updated, pitch.person, pitch.reason, pitch.draft";

fn pitch(row: &Row) -> Result<Pitch, Error> {
    Ok(Pitch {
        id: row.bytes(0)?,
        author: row.bytes(1)?,
        state: row.text(2)?,
        title: row.text(3)?,
        lang: row.text(4)?,
        why: row.text(5)?,
        sources: row.text(6)?,
        audience: row.text(7)?,
        due: row.maybe_number(8)?,
        at: row.number(9)?,
        updated: row.number(10)?,
        person: row.maybe_bytes(11)?,
        reason: row.maybe_text(12)?,
        draft: row.maybe_bytes(13)?,
    })
}

/// Puts `next` in the place of the pitch that was judged: one of the state `from` that last changed at `seen`.
fn replace(db: &dyn Db, next: &Pitch, from: &str, seen: u64) -> Result<bool, Error> {
    let sql = "UPDATE pitch SET state = $1, title = $2, lang = $3, why = $4, sources = $5, audience = $6, due = $7, \
        updated = $8, person = $9, reason = $10, draft = $11 WHERE id = $12 AND state = $13 AND updated = $14";
    let values = values![
        next.state.as_str(),
        next.title.as_str(),
        next.lang.as_str(),
        next.why.as_str(),
        next.sources.as_str(),
        next.audience.as_str(),
        next.due,
        next.updated,
        next.person.as_ref(),
        next.reason.as_deref(),
        next.draft.as_ref(),
        &next.id,
        from,
        seen
    ];
    Ok(db.execute(sql, &values)? == 1)
}

impl Cabinet {
    /// Keeps a new pitch.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn add_pitch(&self, one: &Pitch, note: &Note) -> Result<(), Error> {
        let sql = "INSERT INTO pitch (id, author, state, title, lang, why, sources, audience, due, at, updated) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        self.change(|db| {
            let values = values![
                &one.id,
                &one.author,
                one.state.as_str(),
                one.title.as_str(),
                one.lang.as_str(),
                one.why.as_str(),
                one.sources.as_str(),
                one.audience.as_str(),
                one.due,
                one.at,
                one.updated
            ];
            db.execute(sql, &values)?;
            trail::put(db, note)
        })
    }

    /// Everybody's pitches or those of one author, each with its author's name: open ones first, then the newest, at most
    /// `limit`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn pitches(&self, author: Option<&Id>, limit: u64) -> Result<Vec<(Pitch, String)>, Error> {
        let columns = format!(
            "SELECT {PITCH}, person.name FROM pitch JOIN person ON person.id = pitch.author"
        );
        let order = "ORDER BY CASE WHEN pitch.state = 'open' THEN 0 ELSE 1 END, pitch.updated DESC, pitch.id";
        let both = |row: &Row| Ok((pitch(row)?, row.text(14)?));
        self.view(|db| {
            let rows = match author {
                None => db.rows(&format!("{columns} {order} LIMIT $1"), &values![limit])?,
                Some(author) => {
                    let sql = format!("{columns} WHERE pitch.author = $1 {order} LIMIT $2");
                    db.rows(&sql, &values![author, limit])?
                }
            };
            rows.iter().map(both).collect()
        })
    }

    /// The pitch with this id.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn pitch(&self, id: &Id) -> Result<Option<Pitch>, Error> {
        let sql = format!("SELECT {PITCH} FROM pitch WHERE id = $1");
        self.view(|db| db.row(&sql, &values![id])?.as_ref().map(pitch).transpose())
    }

    /// The pitch that became this draft.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn pitch_of(&self, draft: &Id) -> Result<Option<Pitch>, Error> {
        let sql = format!("SELECT {PITCH} FROM pitch WHERE draft = $1");
        self.view(|db| db.row(&sql, &values![draft])?.as_ref().map(pitch).transpose())
    }

    /// Changes a pitch, if it still is in the state `from` and last changed at `seen`; false when it is not.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn change_pitch(
        &self,
        next: &Pitch,
        from: &str,
        seen: u64,
        note: &Note,
    ) -> Result<bool, Error> {
        self.change(|db| {
            let done = replace(db, next, from, seen)?;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// Makes a draft of a pitch, with who writes it and what is wanted, all at once; false, and nothing is changed, when the
    /// pitch is not as it was judged.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn take_pitch(
        &self,
        (next, from, seen): (&Pitch, &str, u64),
        draft: &Draft,
        assigned: &Assigned,
        asked: &Asked,
        notes: &[Note],
    ) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "SELECT id FROM pitch WHERE id = $1 AND state = $2 AND updated = $3";
            if db.row(sql, &values![&next.id, from, seen])?.is_none() {
                return Ok(false);
            }
            put_draft(db, draft)?;
            replace(db, next, from, seen)?;
            work::put(db, assigned)?;
            work::ask(db, &draft.id, asked)?;
            notes.iter().try_for_each(|note| trail::put(db, note))?;
            Ok(true)
        })
    }
}
