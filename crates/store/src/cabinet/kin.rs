//! Drafts that translate another text of the edition.

use super::drafts::{Brief, Draft, brief, put};
use super::engine::{Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;

/// What a draft translates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kin {
    /// The draft from which it was begun.
    pub original: Option<Id>,
    /// The published article from which it was begun.
    pub article: Option<Id>,
}

impl Cabinet {
    /// Keeps a new draft that translates `kin`. When another one that is not put away does so in its language, that one's id
    /// is given, and nothing is kept.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn translate(&self, draft: &Draft, kin: &Kin, note: &Note) -> Result<Option<Id>, Error> {
        self.change(|db| {
            let sql = "SELECT draft.id FROM translation JOIN draft ON draft.id = translation.draft \
                WHERE draft.lang = $1 AND draft.state <> 'dropped' \
                AND (translation.original = $2 OR translation.article = $3) LIMIT 1";
            let (original, article) = (kin.original.as_ref(), kin.article.as_ref());
            if let Some(row) = db.row(sql, &values![draft.lang.as_str(), original, article])? {
                return row.bytes(0).map(Some);
            }
            put(db, draft)?;
            let sql = "INSERT INTO translation (draft, original, article) VALUES ($1, $2, $3)";
            db.execute(sql, &values![&draft.id, original, article])?;
            trail::put(db, note)?;
            Ok(None)
        })
    }

    /// What a draft translates, if it was begun as a translation.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn kin(&self, draft: &Id) -> Result<Option<Kin>, Error> {
        let sql = "SELECT original, article FROM translation WHERE draft = $1";
        let kin =
            |row: Row| Ok(Kin { original: row.maybe_bytes(0)?, article: row.maybe_bytes(1)? });
        self.view(|db| db.row(sql, &values![draft])?.map(kin).transpose())
    }

    /// The first draft that was published as an article.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn published_as(&self, article: &Id) -> Result<Option<Id>, Error> {
        let sql = "SELECT id FROM draft WHERE article = $1 AND state = 'published' ORDER BY at, id LIMIT 1";
        self.view(|db| db.row(sql, &values![article])?.map(|row| row.bytes(0)).transpose())
    }

    /// Forgets that a draft translates anything; false when it does not.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn untie(&self, draft: &Id, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "DELETE FROM translation WHERE draft = $1";
            let done = db.execute(sql, &values![draft])? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// The drafts that translate a draft, or the article that it was published as, but those that are put away.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn translations(&self, draft: &Id, article: Option<&Id>) -> Result<Vec<Brief>, Error> {
        let sql = "SELECT draft.id, draft.author, person.name, draft.state, draft.title, draft.lang, \
            draft.article, draft.updated FROM translation JOIN draft ON draft.id = translation.draft \
            JOIN person ON person.id = draft.author WHERE draft.state <> 'dropped' \
            AND (translation.original = $1 OR translation.article = $2) ORDER BY draft.lang, draft.id";
        self.view(|db| db.rows(sql, &values![draft, article])?.iter().map(brief).collect())
    }
}
