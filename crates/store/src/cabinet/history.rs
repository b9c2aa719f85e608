//! A draft's history: names of its versions, and every suggestion that was ever in it.

use super::engine::{Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;

/// What somebody calls a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Who gave it.
    pub person: Id,
    /// When, ms.
    pub at: u64,
}

/// A text that was saved, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The article file's Markdown.
    pub text: String,
    /// What the browser's editor had when the text was made from it.
    pub document: Option<String>,
}

/// Who suggested something, and at which second since 1970.
pub type Suggested = (String, u64);

/// The number of a version and what it is called.
pub(super) fn named(row: &Row) -> Result<(u64, Named), Error> {
    Ok((row.number(0)?, Named { name: row.text(1)?, person: row.bytes(2)?, at: row.number(3)? }))
}

/// Names of a draft's versions, for [`named`].
pub(super) const NAMES: &str = "SELECT number, name, person, at FROM named WHERE draft = $1";

impl Cabinet {
    /// Gives version `number` of a draft another name, or none when it is empty. A version that has a name is not written
    /// over by what is saved next. False when there is no such version, and nothing was changed.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn name_version(
        &self,
        draft: &Id,
        number: u64,
        name: &str,
        note: &Note,
    ) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE version SET began = NULL WHERE draft = $1 AND number = $2";
            if db.execute(sql, &values![draft, number])? == 0 {
                return Ok(false);
            }
            let sql = "DELETE FROM named WHERE draft = $1 AND number = $2";
            let was = db.execute(sql, &values![draft, number])?;
            if name.is_empty() && was == 0 {
                return Ok(true);
            }
            if !name.is_empty() {
                let sql = "INSERT INTO named (draft, number, name, person, at) \
                    VALUES ($1, $2, $3, $4, $5)";
                db.execute(sql, &values![draft, number, name, note.person.as_ref(), note.at])?;
            }
            trail::put(db, note)?;
            Ok(true)
        })
    }

    /// One version of a draft, whole.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn version(&self, draft: &Id, number: u64) -> Result<Option<Text>, Error> {
        let sql = "SELECT text, document FROM version WHERE draft = $1 AND number = $2";
        let text = |row: Row| Ok(Text { text: row.text(0)?, document: row.maybe_text(1)? });
        self.view(|db| db.row(sql, &values![draft, number])?.map(text).transpose())
    }

    /// Notes that these suggestions are or were in a draft.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn suggested(&self, draft: &Id, all: &[Suggested]) -> Result<(), Error> {
        let sql = "INSERT INTO suggested (draft, person, second) VALUES ($1, $2, $3) \
            ON CONFLICT DO NOTHING";
        self.change(|db| {
            for (person, second) in all {
                db.execute(sql, &values![draft, person.as_str(), *second])?;
            }
            Ok(())
        })
    }

    /// Whether a suggestion was ever in a draft, as far as was noted or a version that was kept has it.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn was_suggested(&self, draft: &Id, one: &Suggested) -> Result<bool, Error> {
        let (person, second) = (one.0.as_str(), one.1);
        self.view(|db| {
            let sql = "SELECT second FROM suggested \
                WHERE draft = $1 AND person = $2 AND second = $3";
            if db.row(sql, &values![draft, person, second])?.is_some() {
                return Ok(true);
            }
            // Drafts of before these notes were made: documents have one spelling.
            let spelled = format!("{{\"at\":{second},\"by\":\"{person}\"}}");
            let sql = "SELECT document FROM version WHERE draft = $1 AND document IS NOT NULL";
            let rows = db.rows(sql, &values![draft])?;
            Ok(rows.iter().any(|row| row.text(0).is_ok_and(|text| text.contains(&spelled))))
        })
    }
}
