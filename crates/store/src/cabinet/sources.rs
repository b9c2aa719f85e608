//! Sources: whom and what texts rest on, in which drafts, and what of a confidential one nobody else may know.

use super::engine::{Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;

/// A source in the newsroom's library.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Who it is.
    pub id: Id,
    /// The word of its kind in article files.
    pub kind: String,
    /// What readers are told that it is.
    pub title: String,
    /// Where it was found.
    pub url: Option<String>,
    /// The party that it speaks for.
    pub speaks: Option<String>,
    /// When it was issued, `2026`, `2026-11` or `2026-11-24`.
    pub issued: Option<String>,
    /// Of a confidential source: who it is, in the words of whoever added it.
    pub details: Option<String>,
    /// Of a confidential source: the random bytes of its commitment.
    pub salt: Option<Hash>,
    /// Of a confidential source: what stands in the article.
    pub commitment: Option<Hash>,
    /// SHA-256 of the copy that is kept.
    pub file: Option<Hash>,
    /// Who added it.
    pub person: Id,
    /// When, ms.
    pub at: u64,
    /// When its address was last asked, ms.
    pub checked: Option<u64>,
    /// Since when its address has not answered, ms.
    pub silent: Option<u64>,
}

/// Where a source is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The draft.
    pub draft: Id,
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// Who began it.
    pub author: Id,
    /// The id by which it cites the source.
    pub name: String,
}

const SOURCE: &str = "id, kind, title, url, speaks, issued, details, salt, commitment, file, person, at, checked, silent";

fn source(row: &Row) -> Result<Source, Error> {
    Ok(Source {
        id: row.bytes(0)?,
        kind: row.text(1)?,
        title: row.text(2)?,
        url: row.maybe_text(3)?,
        speaks: row.maybe_text(4)?,
        issued: row.maybe_text(5)?,
        details: row.maybe_text(6)?,
        salt: row.maybe_bytes(7)?,
        commitment: row.maybe_bytes(8)?,
        file: row.maybe_bytes(9)?,
        person: row.bytes(10)?,
        at: row.number(11)?,
        checked: row.maybe_number(12)?,
        silent: row.maybe_number(13)?,
    })
}

impl Cabinet {
    /// Keeps a new source.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn add_source(&self, one: &Source, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            let sql = format!(
                "INSERT INTO source ({SOURCE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
            );
            let values = values![
                &one.id,
                one.kind.as_str(),
                one.title.as_str(),
                one.url.as_deref(),
                one.speaks.as_deref(),
                one.issued.as_deref(),
                one.details.as_deref(),
                one.salt.as_ref(),
                one.commitment.as_ref(),
                one.file.as_ref(),
                &one.person,
                one.at,
                one.checked,
                one.silent
            ];
            db.execute(&sql, &values)?;
            trail::put(db, note)
        })
    }

    /// Notes that a draft rests on a source, which it cites as `name`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn rest_on(&self, draft: &Id, source: &Id, name: &str) -> Result<(), Error> {
        self.change(|db| {
            let old = "DELETE FROM rests WHERE draft = $1 AND source = $2";
            db.execute(old, &values![draft, source])?;
            let sql = "INSERT INTO rests (draft, source, name) VALUES ($1, $2, $3)";
            db.execute(sql, &values![draft, source, name]).map(|_| ())
        })
    }

    /// The newest 1,000 sources.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn sources(&self) -> Result<Vec<Source>, Error> {
        let sql = format!("SELECT {SOURCE} FROM source ORDER BY at DESC, id LIMIT 1000");
        self.view(|db| db.rows(&sql, &[])?.iter().map(source).collect())
    }

    /// The source with this id.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn source(&self, id: &Id) -> Result<Option<Source>, Error> {
        let sql = format!("SELECT {SOURCE} FROM source WHERE id = $1");
        self.view(|db| db.row(&sql, &values![id])?.as_ref().map(source).transpose())
    }

    /// Where a source is used.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn uses(&self, id: &Id) -> Result<Vec<Use>, Error> {
        let sql = "SELECT draft.id, draft.title, draft.lang, draft.author, rests.name FROM rests \
            JOIN draft ON draft.id = rests.draft WHERE rests.source = $1 ORDER BY draft.updated DESC, draft.id";
        let one = |row: &Row| {
            Ok(Use {
                draft: row.bytes(0)?,
                title: row.text(1)?,
                lang: row.text(2)?,
                author: row.bytes(3)?,
                name: row.text(4)?,
            })
        };
        self.view(|db| db.rows(sql, &values![id])?.iter().map(one).collect())
    }

    /// Notes that an address was asked at `at`, and whether it answered; since when it has not is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn checked(&self, id: &Id, at: u64, answers: bool) -> Result<(), Error> {
        self.change(|db| {
            let silent = if answers { "NULL" } else { "coalesce(silent, $1)" };
            let sql = format!("UPDATE source SET checked = $1, silent = {silent} WHERE id = $2");
            db.execute(&sql, &values![at, id]).map(|_| ())
        })
    }
}
