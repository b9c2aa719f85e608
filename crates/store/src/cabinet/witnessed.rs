//! Which states of the record a witness has signed.

use super::Cabinet;
use super::engine::{Row, values};
use super::trail::{self, Note};
use crate::Error;

/// A checkpoint that a witness has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// Of how many entries it speaks.
    pub size: u64,
    /// The witness's name, as its key has it.
    pub witness: String,
    /// When, by the witness's clock, in seconds since 1970.
    pub second: u64,
    /// The signed note, for whoever wants to check it again.
    pub note: String,
}

fn witnessed(row: &Row) -> Result<Witnessed, Error> {
    Ok(Witnessed {
        size: row.number(0)?,
        witness: row.text(1)?,
        second: row.number(2)?,
        note: row.text(3)?,
    })
}

impl Cabinet {
    /// Keeps what a witness has signed; false when it was here already, and nothing was changed.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn witness(&self, one: &Witnessed, note: &Note) -> Result<bool, Error> {
        let sql = "INSERT INTO witnessed (size, witness, second, note) VALUES ($1, $2, $3, $4) \
            ON CONFLICT DO NOTHING";
        self.change(|db| {
            let (witness, signed) = (one.witness.as_str(), one.note.as_str());
            let new = db.execute(sql, &values![one.size, witness, one.second, signed])? == 1;
            if new {
                trail::put(db, note)?;
            }
            Ok(new)
        })
    }

    /// Who sealed the newest thousand revisions from the newsroom: what the trail noted of each, and the person's name.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn sealers(&self) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT trail.words, person.name FROM trail \
            JOIN person ON person.id = trail.person \
            WHERE trail.verb IN ('publish', 'release') ORDER BY trail.number DESC LIMIT 1000";
        self.view(|db| {
            db.rows(sql, &[])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
        })
    }

    /// Of each witness the first state that it signed with more than `entry` entries: by whom entry `entry` is witnessed.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn witnesses(&self, entry: u64) -> Result<Vec<Witnessed>, Error> {
        let sql = "SELECT size, witness, second, note FROM witnessed AS one WHERE size = \
            (SELECT min(size) FROM witnessed AS other WHERE other.witness = one.witness \
            AND other.size > $1) ORDER BY second, witness";
        self.view(|db| db.rows(sql, &values![entry])?.iter().map(witnessed).collect())
    }
}
