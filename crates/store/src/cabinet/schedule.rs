//! What is to be sealed when, and the marks by which a clock that was set is told from one that went on.

use super::drafts::{Brief, Draft, brief, shift};
use super::engine::{Db, Row, values};
use super::trail::Note;
use super::{Cabinet, Id};
use crate::Error;

/// The most plans that are read at once.
const MOST: u64 = 500;

/// When a draft is to be sealed, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The draft.
    pub draft: Id,
    /// When, ms.
    pub moment: u64,
    /// The text that is meant.
    pub version: u64,
    /// Who said so.
    pub person: Id,
    /// The word of the change's class.
    pub class: String,
    /// What readers are told of the change.
    pub note: Option<String>,
    /// Who asked for the change.
    pub asked_by: Option<String>,
    /// What kept it from being sealed, in the words of `press`.
    pub why: Option<String>,
}

/// A plan with the draft that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// The draft.
    pub brief: Brief,
}

/// What the clock said at a moment of a machine's time since its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The machine's time since its start, ms.
    pub steady: u64,
    /// The clock, ms since 1970.
    pub wall: u64,
}

const PLAN: &str = "schedule.draft, schedule.moment, schedule.version, schedule.person, schedule.class, schedule.note, \
    schedule.asked_by, schedule.why";

fn plan(row: &Row, first: usize) -> Result<Plan, Error> {
    Ok(Plan {
        draft: row.bytes(first)?,
        moment: row.number(first + 1)?,
        version: row.number(first + 2)?,
        person: row.bytes(first + 3)?,
        class: row.text(first + 4)?,
        note: row.maybe_text(first + 5)?,
        asked_by: row.maybe_text(first + 6)?,
        why: row.maybe_text(first + 7)?,
    })
}

/// Forgets what was planned for a draft.
pub(super) fn forget(db: &dyn Db, draft: &Id) -> Result<(), Error> {
    db.execute("DELETE FROM schedule WHERE draft = $1", &values![draft]).map(|_| ())
}

/// Whether a draft is being sealed. Nobody claims or moves it from then to the end of this change.
pub(super) fn is_claimed(db: &dyn Db, draft: &Id) -> Result<bool, Error> {
    db.execute("UPDATE draft SET version = version WHERE id = $1", &values![draft])?;
    let sql = "SELECT draft FROM schedule WHERE draft = $1 AND claimed IS NOT NULL";
    Ok(db.row(sql, &values![draft])?.is_some())
}

fn put(db: &dyn Db, plan: &Plan) -> Result<(), Error> {
    let sql = "INSERT INTO schedule (draft, moment, version, person, class, note, asked_by, why) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = values![
        &plan.draft,
        plan.moment,
        plan.version,
        &plan.person,
        plan.class.as_str(),
        plan.note.as_deref(),
        plan.asked_by.as_deref(),
        plan.why.as_deref()
    ];
    db.execute(sql, &values).map(|_| ())
}

impl Cabinet {
    /// Moves a draft as [`Cabinet::shift`] does, with this plan in place of any other.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn schedule(
        &self,
        next: &Draft,
        from: &str,
        plan: &Plan,
        note: &Note,
    ) -> Result<bool, Error> {
        self.change(|db| {
            let done = shift(db, next, from, note)?;
            if done {
                put(db, plan)?;
            }
            Ok(done)
        })
    }

    /// What is planned for a draft, or what kept it from being sealed.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn plan(&self, draft: &Id) -> Result<Option<Plan>, Error> {
        let sql = format!("SELECT {PLAN} FROM schedule WHERE draft = $1");
        self.view(|db| db.row(&sql, &values![draft])?.map(|row| plan(&row, 0)).transpose())
    }

    /// Every plan of a draft that is scheduled, or was and could not be sealed; the earliest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn plans(&self) -> Result<Vec<Planned>, Error> {
        let sql = format!(
            "SELECT draft.id, draft.author, person.name, draft.state, draft.title, draft.lang, draft.article, \
             draft.updated, {PLAN} FROM schedule JOIN draft ON draft.id = schedule.draft \
             JOIN person ON person.id = draft.author WHERE draft.state = 'scheduled' \
             OR (schedule.why IS NOT NULL AND draft.state IN ('draft', 'review', 'ready')) \
             ORDER BY schedule.moment, schedule.draft LIMIT $1"
        );
        let planned = |row: &Row| Ok(Planned { brief: brief(row)?, plan: plan(row, 8)? });
        self.view(|db| db.rows(&sql, &values![MOST])?.iter().map(planned).collect())
    }

    /// The plans of scheduled drafts whose moment is not after `now`, the earliest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn due(&self, now: u64) -> Result<Vec<Plan>, Error> {
        let sql = format!(
            "SELECT {PLAN} FROM schedule JOIN draft ON draft.id = schedule.draft WHERE draft.state = 'scheduled' \
             AND draft.version = schedule.version AND schedule.moment <= $1 \
             ORDER BY schedule.moment, schedule.draft LIMIT $2"
        );
        self.view(|db| db.rows(&sql, &values![now, MOST])?.iter().map(|row| plan(row, 0)).collect())
    }

    /// Takes a draft for sealing, if it still is what `plan` says: from then on nobody else moves it. Whoever has the
    /// edition's only seat claims again what one before them had claimed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn claim(&self, plan: &Plan, now: u64) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE draft SET version = version WHERE id = $1 AND version = $2 AND state = 'scheduled'";
            if db.execute(sql, &values![&plan.draft, plan.version])? != 1 {
                return Ok(false);
            }
            let sql = "UPDATE schedule SET claimed = $1 WHERE draft = $2 AND version = $3 AND moment = $4";
            Ok(db.execute(sql, &values![now, &plan.draft, plan.version, plan.moment])? == 1)
        })
    }

    /// Takes a claimed draft off the schedule into the state that `next` has; `plan` says why and is kept to be shown.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn send_back(&self, next: &Draft, plan: &Plan, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            forget(db, &plan.draft)?;
            let done = shift(db, next, "scheduled", note)?;
            if done {
                put(db, plan)?;
            }
            Ok(done)
        })
    }

    /// Leaves a claimed draft on the schedule, to be tried again, and notes what was in the way.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_off(&self, draft: &Id, why: &str) -> Result<(), Error> {
        let sql =
            "UPDATE schedule SET claimed = NULL, why = $1 WHERE draft = $2 AND claimed IS NOT NULL";
        self.change(|db| db.execute(sql, &values![why, draft]).map(|_| ()))
    }

    /// Notes what is in the way of a draft that nobody has claimed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn obstruct(&self, draft: &Id, why: &str) -> Result<(), Error> {
        let sql = "UPDATE schedule SET why = $1 WHERE draft = $2 AND claimed IS NULL \
            AND (why IS NULL OR why <> $1)";
        self.change(|db| db.execute(sql, &values![why, draft]).map(|_| ()))
    }

    /// The mark of the machine that was started as `boot`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn mark(&self, boot: &str) -> Result<Option<Mark>, Error> {
        let sql = "SELECT steady, wall FROM mark WHERE boot = $1";
        let mark = |row: Row| Ok(Mark { steady: row.number(0)?, wall: row.number(1)? });
        self.view(|db| db.row(sql, &values![boot])?.map(mark).transpose())
    }

    /// Puts a mark in place of that machine's last, with a note if a person said that the clock is right.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_mark(&self, boot: &str, mark: Mark, note: Option<&Note>) -> Result<(), Error> {
        let sql = "INSERT INTO mark (boot, steady, wall) VALUES ($1, $2, $3) \
            ON CONFLICT (boot) DO UPDATE SET steady = excluded.steady, wall = excluded.wall";
        self.change(|db| {
            db.execute(sql, &values![boot, mark.steady, mark.wall])?;
            note.map_or(Ok(()), |note| super::trail::put(db, note))
        })
    }
}
