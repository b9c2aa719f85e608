//! Links that make somebody a person of the newsroom, each for one use and a limited time.

use super::engine::{Db, Row, values};
use super::passkeys::{self, Passkey};
use super::people::{self, Person};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;
use crate::error::damaged;

/// A link that was handed out. Only its token's hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// SHA-256 of the token.
    pub hash: Hash,
    /// The role that whoever follows it gets.
    pub role: String,
    /// Who made it; nobody for the link that sets the newsroom up.
    pub maker: Option<Id>,
    /// When, ms.
    pub at: u64,
    /// When it ends, ms.
    pub until: u64,
}

/// What became of an attempt to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// They joined, and the link is used up.
    Yes,
    /// The link was used, has ended, or never was one.
    Void,
    /// Somebody has that login; the link can still be used.
    Taken,
}

/// How somebody who joins will get in, besides their codes.
#[derive(Debug, Clone, Copy)]
pub enum Way<'a> {
    /// With a passphrase, of which this is the hash as a PHC string.
    Passphrase(&'a str),
    /// With a passkey of theirs, and no passphrase.
    Passkey(&'a Passkey),
}

const INVITATION: &str = "hash, role, maker, at, until";

fn invitation(row: &Row) -> Result<Invitation, Error> {
    Ok(Invitation {
        hash: row.bytes(0)?,
        role: row.text(1)?,
        maker: row.maybe_bytes(2)?,
        at: row.number(3)?,
        until: row.number(4)?,
    })
}

fn put(db: &dyn Db, one: &Invitation) -> Result<(), Error> {
    let sql = format!("INSERT INTO invitation ({INVITATION}) VALUES ($1, $2, $3, $4, $5)");
    let values = values![&one.hash, one.role.as_str(), one.maker.as_ref(), one.at, one.until];
    db.execute(&sql, &values).map(|_| ())
}

impl Cabinet {
    /// Makes the one link that sets the newsroom up, in place of any made before; false, and nothing, when somebody has
    /// joined already.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn offer_setup(&self, link: &Invitation, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            if db.row("SELECT id FROM person LIMIT 1", &[])?.is_some() {
                return Ok(false);
            }
            db.execute("DELETE FROM invitation WHERE maker IS NULL", &[])?;
            put(db, link)?;
            trail::put(db, note)?;
            Ok(true)
        })
    }

    /// Keeps a new invitation.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn invite(&self, link: &Invitation, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            put(db, link)?;
            trail::put(db, note)
        })
    }

    /// The invitation with this hash, if it can be used at the time `now`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn invitation(&self, hash: &Hash, now: u64) -> Result<Option<Invitation>, Error> {
        let sql = format!(
            "SELECT {INVITATION} FROM invitation WHERE hash = $1 AND until > $2 AND used IS NULL"
        );
        self.view(|db| db.row(&sql, &values![hash, now])?.as_ref().map(invitation).transpose())
    }

    /// The invitations that can be used at the time `now`, the newest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn invitations(&self, now: u64) -> Result<Vec<Invitation>, Error> {
        let sql = format!(
            "SELECT {INVITATION} FROM invitation WHERE until > $1 AND used IS NULL ORDER BY at DESC, hash"
        );
        self.view(|db| db.rows(&sql, &values![now])?.iter().map(invitation).collect())
    }

    /// Takes back an invitation; false when it could not be used any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn withdraw(&self, hash: &Hash, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE invitation SET used = $1 WHERE hash = $2 AND used IS NULL";
            let done = db.execute(sql, &values![note.at, hash])? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// Makes `person` one of the newsroom by the invitation with this hash, and uses it up: all of that or nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn join(
        &self,
        hash: &Hash,
        person: &Person,
        way: &Way<'_>,
        codes: &[Hash],
        note: &Note,
    ) -> Result<Joined, Error> {
        self.change(|db| {
            let sql = "UPDATE invitation SET used = $1 \
                WHERE hash = $2 AND until > $1 AND used IS NULL AND role = $3";
            if db.execute(sql, &values![person.at, hash, person.role.as_str()])? != 1 {
                return Ok(Joined::Void);
            }
            let passphrase = if let Way::Passphrase(hash) = way { *hash } else { "" };
            if !people::put(db, person, passphrase)? {
                let sql = "UPDATE invitation SET used = NULL WHERE hash = $1";
                db.execute(sql, &values![hash])?;
                return Ok(Joined::Taken);
            }
            people::put_codes(db, &person.id, codes)?;
            if let Way::Passkey(one) = way
                && !passkeys::put(db, one)?
            {
                return Err(damaged("a new credential has the identity of one that is kept"));
            }
            trail::put(db, note)?;
            Ok(Joined::Yes)
        })
    }
}
