//! Sessions: who is signed in on which device, looked up anew with every request.

use super::engine::{Db, Row, values};
use super::people::{self, PERSON, Person};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;

/// How long a session lasts without a request, ms: 12 hours.
pub const IDLE: u64 = 12 * 60 * 60 * 1000;
/// How long a session lasts at all, ms: 7 days.
pub const LIFE: u64 = 7 * 24 * 60 * 60 * 1000;

/// A session. Only its token's hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token.
    pub hash: Hash,
    /// What names it on a page; of no use for getting in.
    pub handle: Id,
    /// Whose it is.
    pub person: Id,
    /// The browser, in words.
    pub device: String,
    /// When it began, ms.
    pub at: u64,
    /// When it was last used, ms.
    pub seen: u64,
    /// The passkey with which it began, if with one.
    pub passkey: Option<Id>,
}

const SESSION: &str = "session.hash, session.handle, session.person, session.device, session.at, \
    session.seen, session.passkey";

fn session(row: &Row, first: usize) -> Result<Session, Error> {
    Ok(Session {
        hash: row.bytes(first)?,
        handle: row.bytes(first + 1)?,
        person: row.bytes(first + 2)?,
        device: row.text(first + 3)?,
        at: row.number(first + 4)?,
        seen: row.number(first + 5)?,
        passkey: row.maybe_bytes(first + 6)?,
    })
}

/// Begins one, and sweeps out those that have ended.
pub(super) fn put(db: &dyn Db, one: &Session) -> Result<(), Error> {
    db.execute(
        "DELETE FROM session WHERE at < $1 OR seen < $2",
        &values![one.at.saturating_sub(LIFE), one.at.saturating_sub(IDLE)],
    )?;
    let sql = "INSERT INTO session (hash, handle, person, device, at, seen, passkey) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = values![
        &one.hash,
        &one.handle,
        &one.person,
        one.device.as_str(),
        one.at,
        one.seen,
        one.passkey.as_ref()
    ];
    db.execute(sql, &values).map(|_| ())
}

impl Cabinet {
    /// Begins a session, and sweeps out those that have ended.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn begin(&self, one: &Session, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            put(db, one)?;
            trail::put(db, note)
        })
    }

    /// The session with this hash and whose it is, if it lasts at the time `now` and they may sign in.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn session(&self, hash: &Hash, now: u64) -> Result<Option<(Person, Session)>, Error> {
        let sql = format!(
            "SELECT {PERSON}, {SESSION} FROM session JOIN person ON person.id = session.person \
             WHERE session.hash = $1 AND session.at > $2 AND session.seen > $3 AND person.active = 1"
        );
        let both = |row: &Row| Ok((people::person(row)?, session(row, 7)?));
        // A session from the first milliseconds of 1970 counts as one that has ended.
        let values = values![hash, now.saturating_sub(LIFE), now.saturating_sub(IDLE)];
        self.view(|db| db.row(&sql, &values)?.as_ref().map(both).transpose())
    }

    /// Keeps when a session was last used.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn seen(&self, hash: &Hash, now: u64) -> Result<(), Error> {
        let sql = "UPDATE session SET seen = $1 WHERE hash = $2";
        self.change(|db| db.execute(sql, &values![now, hash]).map(|_| ()))
    }

    /// A person's sessions that last at the time `now`, the most recently used first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn sessions(&self, person: &Id, now: u64) -> Result<Vec<Session>, Error> {
        let sql = format!(
            "SELECT {SESSION} FROM session WHERE person = $1 AND at > $2 AND seen > $3 \
             ORDER BY seen DESC, handle"
        );
        let values = values![person, now.saturating_sub(LIFE), now.saturating_sub(IDLE)];
        self.view(|db| db.rows(&sql, &values)?.iter().map(|row| session(row, 0)).collect())
    }

    /// Ends a session of a person; false when there was none.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn end(&self, person: &Id, handle: &Id, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "DELETE FROM session WHERE person = $1 AND handle = $2";
            let done = db.execute(sql, &values![person, handle])? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// Ends every session of a person but the one with the hash `but`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn end_others(&self, person: &Id, but: &Hash, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            let sql = "DELETE FROM session WHERE person = $1 AND hash <> $2";
            if db.execute(sql, &values![person, but])? > 0 {
                trail::put(db, note)?;
            }
            Ok(())
        })
    }
}
