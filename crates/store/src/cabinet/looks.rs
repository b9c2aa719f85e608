//! What of a draft each person has looked at, and what others have done to it since.

use super::engine::{Db, Row, values};
use super::trail::{Noted, noted};
use super::{Cabinet, Id};
use crate::Error;

/// How far somebody had read in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The draft's version.
    pub version: u64,
    /// The number of the last deed in the trail.
    pub deed: u64,
    /// When, ms.
    pub at: u64,
}

/// The look of the sitting before, if there was one, else the only one.
fn before(row: &Row) -> Result<Look, Error> {
    let old = row.maybe_number(3)?.zip(row.maybe_number(4)?).zip(row.maybe_number(5)?);
    Ok(match old {
        Some(((version, deed), at)) => Look { version, deed, at },
        None => Look { version: row.number(0)?, deed: row.number(1)?, at: row.number(2)? },
    })
}

fn newest(db: &dyn Db, draft: &Id, at: u64) -> Result<Option<Look>, Error> {
    let sql = "SELECT version, (SELECT coalesce(max(number), 0) FROM trail WHERE object = $1) \
        FROM draft WHERE id = $2";
    let look = |row: Row| Ok(Look { version: row.number(0)?, deed: row.number(1)?, at });
    db.row(sql, &values![draft, draft])?.map(look).transpose()
}

impl Cabinet {
    /// Notes that somebody looks at a draft at `now`. Gives how far they had read before this sitting, which is one while no
    /// longer than `sitting` ms pass between two looks; nothing when it is their first.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn look(
        &self,
        draft: &Id,
        person: &Id,
        now: u64,
        sitting: u64,
    ) -> Result<Option<Look>, Error> {
        self.change(|db| {
            let Some(look) = newest(db, draft, now)? else { return Ok(None) };
            let sql = "SELECT version, deed, at, old_version, old_deed, old_at FROM look \
                WHERE draft = $1 AND person = $2";
            let Some(row) = db.row(sql, &values![draft, person])? else {
                let sql = "INSERT INTO look (draft, person, version, deed, at) VALUES ($1, $2, $3, $4, $5)";
                db.execute(sql, &values![draft, person, look.version, look.deed, now])?;
                return Ok(None);
            };
            let (version, deed, at) = (row.number(0)?, row.number(1)?, row.number(2)?);
            let again = now.saturating_sub(at) < sitting;
            let old = if again { before(&row)? } else { Look { version, deed, at } };
            let sql = "UPDATE look SET version = $1, deed = $2, at = $3, old_version = $4, old_deed = $5, \
                old_at = $6 WHERE draft = $7 AND person = $8";
            let values = values![
                look.version,
                look.deed,
                now,
                old.version,
                old.deed,
                old.at,
                draft,
                person
            ];
            db.execute(sql, &values)?;
            Ok(Some(old))
        })
    }

    /// How far somebody has read in a draft before this sitting, without noting that they look.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn looked(&self, draft: &Id, person: &Id) -> Result<Option<Look>, Error> {
        let sql = "SELECT version, deed, at, old_version, old_deed, old_at FROM look \
            WHERE draft = $1 AND person = $2";
        self.view(|db| db.row(sql, &values![draft, person])?.map(|row| before(&row)).transpose())
    }

    /// What others than `person` did to a draft after the deed with the number `deed`, the newest first; saving is not among
    /// it.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn deeds(
        &self,
        draft: &Id,
        person: &Id,
        deed: u64,
        limit: u64,
    ) -> Result<Vec<Noted>, Error> {
        let sql = "SELECT trail.number, trail.at, person.name, trail.verb, NULL, trail.words FROM trail \
            LEFT JOIN person ON person.id = trail.person WHERE trail.object = $1 AND trail.number > $2 \
            AND (trail.person IS NULL OR trail.person <> $3) AND trail.verb <> 'save' \
            ORDER BY trail.number DESC LIMIT $4";
        let values = values![draft, deed, person, limit];
        self.view(|db| db.rows(sql, &values)?.iter().map(noted).collect())
    }

    /// The names of everybody but `person` who wrote in a draft after a version, by name.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn writers_since(
        &self,
        draft: &Id,
        person: &Id,
        version: u64,
    ) -> Result<Vec<String>, Error> {
        let sql = "SELECT DISTINCT person.name FROM wrote JOIN person ON person.id = wrote.person \
            WHERE wrote.draft = $1 AND wrote.number > $2 AND wrote.person <> $3 ORDER BY person.name";
        let values = values![draft, version, person];
        self.view(|db| db.rows(sql, &values)?.iter().map(|row| row.text(0)).collect())
    }

    /// The newest version of a draft that is not after `version`, with its text.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn version_until(&self, draft: &Id, version: u64) -> Result<Option<(u64, String)>, Error> {
        let sql = "SELECT number, text FROM version WHERE draft = $1 AND number <= $2 \
            ORDER BY number DESC LIMIT 1";
        let both = |row: Row| Ok((row.number(0)?, row.text(1)?));
        self.view(|db| db.row(sql, &values![draft, version])?.map(both).transpose())
    }
}
