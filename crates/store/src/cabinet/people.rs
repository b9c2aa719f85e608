//! The people of the newsroom, their passphrases and one-time codes as hashes.

use super::engine::{Db, Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who it is, whatever the name becomes.
    pub id: Id,
    /// The name as colleagues see it.
    pub name: String,
    /// What is written to sign in, folded so that two can't be told apart by case alone.
    pub login: String,
    /// One of the roles of `press`.
    pub role: String,
    /// Whether signing in is possible.
    pub active: bool,
    /// The language of the screens, a BCP 47 tag.
    pub lang: String,
    /// When they joined, ms.
    pub at: u64,
}

/// The columns of [`person`], in its order.
pub(super) const PERSON: &str = "person.id, person.name, person.login, person.role, person.active, \
    person.lang, person.at";

/// The person in the first columns of `row`, which are [`PERSON`].
pub(super) fn person(row: &Row) -> Result<Person, Error> {
    Ok(Person {
        id: row.bytes(0)?,
        name: row.text(1)?,
        login: row.text(2)?,
        role: row.text(3)?,
        active: row.number(4)? != 0,
        lang: row.text(5)?,
        at: row.number(6)?,
    })
}

/// Adds a person; false when somebody has that login.
pub(super) fn put(db: &dyn Db, person: &Person, passphrase: &str) -> Result<bool, Error> {
    let sql = "INSERT INTO person (id, name, login, role, active, lang, at, passphrase) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (login) DO NOTHING";
    let values = values![
        &person.id,
        person.name.as_str(),
        person.login.as_str(),
        person.role.as_str(),
        i64::from(person.active),
        person.lang.as_str(),
        person.at,
        passphrase
    ];
    Ok(db.execute(sql, &values)? == 1)
}

/// Replaces all codes.
pub(super) fn put_codes(db: &dyn Db, person: &Id, codes: &[Hash]) -> Result<(), Error> {
    db.execute("DELETE FROM code WHERE person = $1", &values![person])?;
    for code in codes {
        db.execute("INSERT INTO code (person, hash) VALUES ($1, $2)", &values![person, code])?;
    }
    Ok(())
}

/// Ends every session of a person but one, and forgets their devices where none is kept.
pub(super) fn end_sessions(db: &dyn Db, person: &Id, kept: Option<&Hash>) -> Result<(), Error> {
    let kept_hash: &[u8] = kept.map_or(&[], |hash| hash);
    db.execute(
        "DELETE FROM session WHERE person = $1 AND hash <> $2",
        &values![person, kept_hash],
    )?;
    if kept.is_none() {
        db.execute("DELETE FROM device WHERE person = $1", &values![person])?;
    }
    Ok(())
}

impl Cabinet {
    /// Whether anybody has ever joined.
    ///
    /// # Errors
    /// As every method here, when the database can't be read or written.
    pub fn is_set_up(&self) -> Result<bool, Error> {
        self.view(|db| Ok(db.row("SELECT id FROM person LIMIT 1", &[])?.is_some()))
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn people(&self) -> Result<Vec<Person>, Error> {
        let sql = format!("SELECT {PERSON} FROM person ORDER BY name, login");
        self.view(|db| db.rows(&sql, &[])?.iter().map(person).collect())
    }

    /// The person with this id.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn person(&self, id: &Id) -> Result<Option<Person>, Error> {
        let sql = format!("SELECT {PERSON} FROM person WHERE id = $1");
        self.view(|db| db.row(&sql, &values![id])?.as_ref().map(person).transpose())
    }

    /// The person with this folded login, and the hash of their passphrase as a PHC string.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn login(&self, login: &str) -> Result<Option<(Person, String)>, Error> {
        let sql = format!("SELECT {PERSON}, person.passphrase FROM person WHERE login = $1");
        let both = |row: &Row| Ok((person(row)?, row.text(7)?));
        self.view(|db| db.row(&sql, &values![login])?.as_ref().map(both).transpose())
    }

    /// How many one-time codes a person has left.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn codes_left(&self, person: &Id) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM code WHERE person = $1";
        self.view(|db| db.row(sql, &values![person])?.map_or(Ok(0), |row| row.number(0)))
    }

    /// Uses up a one-time code; false when there is no such code, or no more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn use_code(&self, person: &Id, code: &Hash, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "DELETE FROM code WHERE person = $1 AND hash = $2";
            let used = db.execute(sql, &values![person, code])? == 1;
            if used {
                trail::put(db, note)?;
            }
            Ok(used)
        })
    }

    /// Gives a person another passphrase and other codes, and ends all their sessions but `kept`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_passphrase(
        &self,
        person: &Id,
        passphrase: &str,
        codes: &[Hash],
        kept: Option<&Hash>,
        note: &Note,
    ) -> Result<(), Error> {
        self.change(|db| {
            let sql = "UPDATE person SET passphrase = $1 WHERE id = $2";
            db.execute(sql, &values![passphrase, person])?;
            put_codes(db, person, codes)?;
            end_sessions(db, person, kept)?;
            trail::put(db, note)
        })
    }

    /// Gives a person another role, and ends all their sessions.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_role(&self, person: &Id, role: &str, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            db.execute("UPDATE person SET role = $1 WHERE id = $2", &values![role, person])?;
            end_sessions(db, person, None)?;
            trail::put(db, note)
        })
    }

    /// Lets a person sign in, or no more; then all their sessions end.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_active(&self, person: &Id, active: bool, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            let sql = "UPDATE person SET active = $1 WHERE id = $2";
            db.execute(sql, &values![i64::from(active), person])?;
            end_sessions(db, person, None)?;
            trail::put(db, note)
        })
    }

    /// Shows a person the screens in another language.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_lang(&self, person: &Id, lang: &str) -> Result<(), Error> {
        let sql = "UPDATE person SET lang = $1 WHERE id = $2";
        self.change(|db| db.execute(sql, &values![lang, person]).map(|_| ()))
    }
}
