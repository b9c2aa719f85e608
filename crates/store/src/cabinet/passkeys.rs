//! Passkeys: the public half of what somebody's device or password manager keeps.

use super::engine::{Db, Row, values};
use super::people::{self, PERSON, Person};
use super::sessions::{self, Session};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;

/// A passkey of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What names it on a page.
    pub id: Id,
    /// Whose it is.
    pub person: Id,
    /// SHA-256 of the credential's identity (WebAuthn Level 3, 4), which is of any length.
    pub credential: Hash,
    /// What its owner calls it.
    pub name: String,
    /// Public key, counter and flags, as `press` writes them.
    pub data: String,
    /// When it was added, ms.
    pub at: u64,
    /// When somebody last signed in with it, ms.
    pub used: Option<u64>,
}

const PASSKEY: &str = "passkey.id, passkey.person, passkey.credential, passkey.name, passkey.data, \
    passkey.at, passkey.used";

fn passkey(row: &Row, first: usize) -> Result<Passkey, Error> {
    Ok(Passkey {
        id: row.bytes(first)?,
        person: row.bytes(first + 1)?,
        credential: row.bytes(first + 2)?,
        name: row.text(first + 3)?,
        data: row.text(first + 4)?,
        at: row.number(first + 5)?,
        used: row.maybe_number(first + 6)?,
    })
}

/// Adds one; false when that credential is kept already.
pub(super) fn put(db: &dyn Db, one: &Passkey) -> Result<bool, Error> {
    let sql = "INSERT INTO passkey (id, person, credential, name, data, at, used) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential) DO NOTHING";
    let values = values![
        &one.id,
        &one.person,
        &one.credential,
        one.name.as_str(),
        one.data.as_str(),
        one.at,
        one.used
    ];
    Ok(db.execute(sql, &values)? == 1)
}

impl Cabinet {
    /// Keeps another passkey of somebody who is here; false when that credential is kept already.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn add_passkey(&self, one: &Passkey, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let added = put(db, one)?;
            if added {
                trail::put(db, note)?;
            }
            Ok(added)
        })
    }

    /// A person's passkeys, the oldest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn passkeys(&self, person: &Id) -> Result<Vec<Passkey>, Error> {
        let sql = format!("SELECT {PASSKEY} FROM passkey WHERE person = $1 ORDER BY at, id");
        self.view(|db| db.rows(&sql, &values![person])?.iter().map(|row| passkey(row, 0)).collect())
    }

    /// The passkey of this credential and whose it is.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn passkey(&self, credential: &Hash) -> Result<Option<(Person, Passkey)>, Error> {
        let sql = format!(
            "SELECT {PERSON}, {PASSKEY} FROM passkey JOIN person ON person.id = passkey.person \
             WHERE passkey.credential = $1"
        );
        let both = |row: &Row| Ok((people::person(row)?, passkey(row, 7)?));
        self.view(|db| db.row(&sql, &values![credential])?.as_ref().map(both).transpose())
    }

    /// Begins a session with a passkey that was `before`, and keeps the state that it has now; false, and nothing, when it
    /// was removed or used meanwhile.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn begin_with(
        &self,
        before: &Passkey,
        data: &str,
        one: &Session,
        note: &Note,
    ) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE passkey SET data = $1, used = $2 WHERE id = $3 AND data = $4";
            let values = values![data, one.at, &before.id, before.data.as_str()];
            if db.execute(sql, &values)? != 1 {
                return Ok(false);
            }
            sessions::put(db, one)?;
            trail::put(db, note)?;
            Ok(true)
        })
    }

    /// Takes a passkey of a person away and ends the sessions that began with it, but the one that is `kept`; false when
    /// there was none.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn remove_passkey(
        &self,
        person: &Id,
        id: &Id,
        kept: &Hash,
        note: &Note,
    ) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "DELETE FROM passkey WHERE person = $1 AND id = $2";
            if db.execute(sql, &values![person, id])? != 1 {
                return Ok(false);
            }
            let sql = "DELETE FROM session WHERE passkey = $1 AND hash <> $2";
            db.execute(sql, &values![id, kept])?;
            trail::put(db, note)?;
            Ok(true)
        })
    }
}
