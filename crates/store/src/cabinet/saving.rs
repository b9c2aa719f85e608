//! Saving a draft: nothing is overwritten, every writer is known, and one stretch of writing is one version.

use super::drafts::{Draft, Saved, find};
use super::engine::{Db, Row, values};
use super::listening;
use super::sources::{self, Rest};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;

/// The newest steps of a draft that are kept for writers who were away.
pub const STEPS: u64 = 10_000;

/// How a text enters its draft's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// As a version of its own, which stays.
    Own,
    /// In place of the newest version, if that came from this writer by this way too, and began at `since` (ms) or later.
    Alone {
        /// The earliest beginning.
        since: u64,
    },
    /// The same, whoever of several writers it came from.
    Together {
        /// The earliest beginning.
        since: u64,
    },
}

/// A change of a document in the draft's one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The version that the text has with it.
    pub number: u64,
    /// Which open tab made it.
    pub writer: String,
    /// The editor's JSON.
    pub step: String,
}

/// What happened in a draft since a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The draft now.
    pub draft: Draft,
    /// Its steps since then, up to the first change that is no step or none that is still kept.
    pub steps: Vec<Step>,
    /// Whether they are all that happened.
    pub whole: bool,
}

/// Keeps a text of a draft as a version.
pub(super) fn keep_version(db: &dyn Db, one: &Draft, began: Option<u64>) -> Result<(), Error> {
    let sql = "INSERT INTO version (draft, number, writer, at, text, document, began) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (text, document) = (one.text.as_str(), one.document.as_deref());
    let values = values![&one.id, one.version, &one.writer, one.updated, text, document, began];
    db.execute(sql, &values)?;
    keep_writer(db, one)
}

fn keep_writer(db: &dyn Db, one: &Draft) -> Result<(), Error> {
    let sql =
        "INSERT INTO wrote (draft, number, person) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    db.execute(sql, &values![&one.id, one.version, &one.writer]).map(|_| ())
}

/// Puts a text in the place of version `last`, if that may still be replaced.
fn replace(db: &dyn Db, one: &Draft, last: u64, entry: Entry) -> Result<bool, Error> {
    let (since, whose) = match entry {
        Entry::Own => return Ok(false),
        Entry::Alone { since } => (since, " AND writer = $2"),
        Entry::Together { since } => (since, ""),
    };
    let sql = format!(
        "UPDATE version SET number = $1, writer = $2, at = $3, text = $4, document = $5 \
        WHERE draft = $6 AND number = $7 AND began >= $8{whose}"
    );
    let (text, document) = (one.text.as_str(), one.document.as_deref());
    let values =
        values![one.version, &one.writer, one.updated, text, document, &one.id, last, since];
    if db.execute(&sql, &values)? == 0 {
        return Ok(false);
    }
    let sql = "UPDATE wrote SET number = $1 WHERE draft = $2 AND number = $3";
    db.execute(sql, &values![one.version, &one.id, last])?;
    keep_writer(db, one)?;
    Ok(true)
}

fn keep_steps(db: &dyn Db, one: &Draft, steps: &[Step]) -> Result<(), Error> {
    for step in steps {
        let sql = "INSERT INTO step (draft, number, writer, step) VALUES ($1, $2, $3, $4)";
        let values = values![&one.id, step.number, step.writer.as_str(), step.step.as_str()];
        db.execute(sql, &values)?;
    }
    let sql = "DELETE FROM step WHERE draft = $1 AND number <= $2";
    db.execute(sql, &values![&one.id, one.version.saturating_sub(STEPS)]).map(|_| ())
}

fn step(row: &Row) -> Result<Step, Error> {
    Ok(Step { number: row.number(0)?, writer: row.text(1)?, step: row.text(2)? })
}

/// Puts a text behind the one that is kept, inside a transaction.
fn save(
    db: &dyn Db,
    next: &Draft,
    entry: Entry,
    steps: &[Step],
    note: &Note,
) -> Result<Saved, Error> {
    let number = steps.last().map_or(next.version + 1, |last| last.number);
    let sql = "UPDATE draft SET state = $1, title = $2, lang = $3, text = $4, document = $5, \
        writer = $6, approver = NULL, updated = $7, version = $8, sections = $9 WHERE id = $10 AND version = $11";
    let values = values![
        next.state.as_str(),
        next.title.as_str(),
        next.lang.as_str(),
        next.text.as_str(),
        next.document.as_deref(),
        &next.writer,
        next.updated,
        number,
        next.sections.as_str(),
        &next.id,
        next.version
    ];
    if db.execute(sql, &values)? == 1 {
        let one = Draft { version: number, ..next.clone() };
        if !replace(db, &one, next.version, entry)? {
            let began = (entry != Entry::Own).then_some(next.updated);
            keep_version(db, &one, began)?;
            trail::put(db, note)?;
        }
        keep_steps(db, &one, steps)?;
        listening::tell(db, &one.id)?;
        return Ok(Saved::Kept(number));
    }
    let kept = find(db, &next.id)?;
    Ok(kept.map_or(Saved::Missing, |kept| Saved::Conflict(Box::new(kept))))
}

impl Cabinet {
    /// Keeps `next`'s text, document, title, language, state and writer as the version after `next.version`, if that is the
    /// one that is kept; an approval of the old text is void. The version stays.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn save(&self, next: &Draft, note: &Note) -> Result<Saved, Error> {
        self.save_as(next, Entry::Own, &[], note)
    }

    /// The same by way of `entry`. With steps, the version grows by their number, and they have the numbers that follow
    /// `next.version`. The note is of a version that was not there before.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn save_as(
        &self,
        next: &Draft,
        entry: Entry,
        steps: &[Step],
        note: &Note,
    ) -> Result<Saved, Error> {
        self.change(|db| save(db, next, entry, steps, note))
    }

    /// The same as [`Cabinet::save`], with a source that the text cites now: both, or neither.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn save_resting(&self, next: &Draft, note: &Note, rest: &Rest<'_>) -> Result<Saved, Error> {
        self.change(|db| {
            let saved = save(db, next, Entry::Own, &[], note)?;
            if matches!(saved, Saved::Kept(_)) {
                sources::rest(db, &next.id, rest)?;
            }
            Ok(saved)
        })
    }

    /// Keeps `next`'s document with these steps, which change no word of it: who wrote the text, its state, its approval and
    /// the version that it belongs to in the history stay what they are.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn save_places(&self, next: &Draft, steps: &[Step]) -> Result<Saved, Error> {
        let number = steps.last().map_or(next.version + 1, |last| last.number);
        self.change(|db| {
            let document = next.document.as_deref();
            let sql = "UPDATE draft SET document = $1, version = $2 WHERE id = $3 AND version = $4";
            if db.execute(sql, &values![document, number, &next.id, next.version])? == 0 {
                let kept = find(db, &next.id)?;
                return Ok(kept.map_or(Saved::Missing, |kept| Saved::Conflict(Box::new(kept))));
            }
            let sql =
                "UPDATE version SET document = $1, number = $2 WHERE draft = $3 AND number = $4";
            db.execute(sql, &values![document, number, &next.id, next.version])?;
            let sql = "UPDATE wrote SET number = $1 WHERE draft = $2 AND number = $3";
            db.execute(sql, &values![number, &next.id, next.version])?;
            keep_steps(db, &Draft { version: number, ..next.clone() }, steps)?;
            Ok(Saved::Kept(number))
        })
    }

    /// A draft, and the steps that it has had since version `after`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn since(&self, id: &Id, after: u64) -> Result<Option<Since>, Error> {
        self.view(|db| {
            let Some(draft) = find(db, id)? else { return Ok(None) };
            let sql = "SELECT number, writer, step FROM step WHERE draft = $1 AND number > $2 ORDER BY number";
            let rows = db.rows(sql, &values![id, after])?;
            let mut steps = rows.iter().map(step).collect::<Result<Vec<_>, _>>()?;
            let following = (after + 1..).zip(&steps).take_while(|(number, one)| one.number == *number);
            steps.truncate(following.count());
            let whole = draft.version.checked_sub(after) == Some(steps.len() as u64);
            Ok(Some(Since { draft, steps, whole }))
        })
    }

    /// Forgets the steps of a draft that nobody writes any more; its versions stay.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_steps(&self, id: &Id) -> Result<(), Error> {
        self.change(|db| db.execute("DELETE FROM step WHERE draft = $1", &values![id]).map(|_| ()))
    }

    /// The newest version of a draft in which a person wrote.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn wrote_last(&self, draft: &Id, person: &Id) -> Result<Option<u64>, Error> {
        let sql = "SELECT max(number) FROM wrote WHERE draft = $1 AND person = $2";
        let row = self.view(|db| db.row(sql, &values![draft, person]))?;
        Ok(row.map(|row| row.maybe_number(0)).transpose()?.flatten())
    }

    /// Whether a person wrote in any version of a draft.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn wrote(&self, draft: &Id, person: &Id) -> Result<bool, Error> {
        let sql = "SELECT number FROM wrote WHERE draft = $1 AND person = $2 LIMIT 1";
        self.view(|db| Ok(db.row(sql, &values![draft, person])?.is_some()))
    }
}
