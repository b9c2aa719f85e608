//! Drafts: texts that no reader sees yet, with every version that was ever saved.

use super::engine::{Db, Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who it is, whatever its title becomes.
    pub id: Id,
    /// The published article that it is to follow.
    pub article: Option<Id>,
    /// The revision that the article had when this was begun.
    pub base: Option<u64>,
    /// Who began it.
    pub author: Id,
    /// One of the states of `press`.
    pub state: String,
    /// The headline, for lists.
    pub title: String,
    /// Its language, a BCP 47 tag.
    pub lang: String,
    /// The article file's Markdown.
    pub text: String,
    /// Grows by one with every text that is saved, from 1.
    pub version: u64,
    /// Who saved it last.
    pub writer: Id,
    /// Who approved this very text.
    pub approver: Option<Id>,
    /// Where it is read, once it is published.
    pub path: Option<String>,
    /// When it was begun, ms.
    pub at: u64,
    /// When it last changed, ms.
    pub updated: u64,
}

/// A draft as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Who it is.
    pub id: Id,
    /// Who began it.
    pub author: Id,
    /// The author's name.
    pub name: String,
    /// One of the states of `press`.
    pub state: String,
    /// The headline.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// Whether it follows a published article.
    pub follows: bool,
    /// When it last changed, ms.
    pub updated: u64,
}

/// A text that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: u64,
    /// Who saved it.
    pub writer: Id,
    /// When, ms.
    pub at: u64,
}

/// What became of an attempt to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is kept, as this version.
    Kept(u64),
    /// Somebody saved another text meanwhile, and nothing was changed; this is what is kept now.
    Conflict(Box<Draft>),
    /// There is no such draft.
    Missing,
}

const DRAFT: &str = "id, article, author, state, title, lang, text, version, writer, approver, path, \
    at, updated, base";

fn draft(row: &Row) -> Result<Draft, Error> {
    Ok(Draft {
        id: row.bytes(0)?,
        article: row.maybe_bytes(1)?,
        author: row.bytes(2)?,
        state: row.text(3)?,
        title: row.text(4)?,
        lang: row.text(5)?,
        text: row.text(6)?,
        version: row.number(7)?,
        writer: row.bytes(8)?,
        approver: row.maybe_bytes(9)?,
        path: row.maybe_text(10)?,
        at: row.number(11)?,
        updated: row.number(12)?,
        base: row.maybe_number(13)?,
    })
}

fn brief(row: &Row) -> Result<Brief, Error> {
    Ok(Brief {
        id: row.bytes(0)?,
        author: row.bytes(1)?,
        name: row.text(2)?,
        state: row.text(3)?,
        title: row.text(4)?,
        lang: row.text(5)?,
        follows: row.maybe_bytes::<16>(6)?.is_some(),
        updated: row.number(7)?,
    })
}

fn version(row: &Row) -> Result<Version, Error> {
    Ok(Version { number: row.number(0)?, writer: row.bytes(1)?, at: row.number(2)? })
}

fn find(db: &dyn Db, id: &Id) -> Result<Option<Draft>, Error> {
    let sql = format!("SELECT {DRAFT} FROM draft WHERE id = $1");
    db.row(&sql, &values![id])?.as_ref().map(draft).transpose()
}

fn keep_version(db: &dyn Db, one: &Draft) -> Result<(), Error> {
    let sql = "INSERT INTO version (draft, number, writer, at, text) VALUES ($1, $2, $3, $4, $5)";
    let values = values![&one.id, one.version, &one.writer, one.updated, one.text.as_str()];
    db.execute(sql, &values).map(|_| ())
}

impl Cabinet {
    /// Keeps a new draft.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn start(&self, one: &Draft, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            let sql = format!(
                "INSERT INTO draft ({DRAFT}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
            );
            let values = values![
                &one.id,
                one.article.as_ref(),
                &one.author,
                one.state.as_str(),
                one.title.as_str(),
                one.lang.as_str(),
                one.text.as_str(),
                one.version,
                &one.writer,
                one.approver.as_ref(),
                one.path.as_deref(),
                one.at,
                one.updated,
                one.base
            ];
            db.execute(&sql, &values)?;
            keep_version(db, one)?;
            trail::put(db, note)
        })
    }

    /// The draft with this id.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn draft(&self, id: &Id) -> Result<Option<Draft>, Error> {
        self.view(|db| find(db, id))
    }

    /// Every draft, or every draft of one author, the most recently changed first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn drafts(&self, author: Option<&Id>) -> Result<Vec<Brief>, Error> {
        let columns = "SELECT draft.id, draft.author, person.name, draft.state, draft.title, \
            draft.lang, draft.article, draft.updated FROM draft JOIN person ON person.id = draft.author";
        let order = "ORDER BY draft.updated DESC, draft.id LIMIT 1000";
        self.view(|db| {
            let rows = match author {
                None => db.rows(&format!("{columns} {order}"), &[])?,
                Some(author) => {
                    let sql = format!("{columns} WHERE draft.author = $1 {order}");
                    db.rows(&sql, &values![author])?
                }
            };
            rows.iter().map(brief).collect()
        })
    }

    /// Keeps `next`'s text, title, language, state and writer as the version after `next.version`, if that is the one
    /// that is kept; an approval of the old text is void.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn save(&self, next: &Draft, note: &Note) -> Result<Saved, Error> {
        self.change(|db| {
            let sql = "UPDATE draft SET state = $1, title = $2, lang = $3, text = $4, writer = $5, \
                approver = NULL, updated = $6, version = version + 1 WHERE id = $7 AND version = $8";
            let values = values![
                next.state.as_str(),
                next.title.as_str(),
                next.lang.as_str(),
                next.text.as_str(),
                &next.writer,
                next.updated,
                &next.id,
                next.version
            ];
            if db.execute(sql, &values)? == 1 {
                let number = next.version + 1;
                keep_version(db, &Draft { version: number, ..next.clone() })?;
                trail::put(db, note)?;
                return Ok(Saved::Kept(number));
            }
            let kept = find(db, &next.id)?;
            Ok(kept.map_or(Saved::Missing, |kept| Saved::Conflict(Box::new(kept))))
        })
    }

    /// Moves a draft to another state, with its approver, article, base and path, if text and state are still those that were
    /// judged: `from` and `next.version`. False when they are not, and nothing was changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn shift(&self, next: &Draft, from: &str, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = "UPDATE draft SET state = $1, approver = $2, article = $3, base = $4, path = $5, \
                updated = $6 WHERE id = $7 AND version = $8 AND state = $9";
            let values = values![
                next.state.as_str(),
                next.approver.as_ref(),
                next.article.as_ref(),
                next.base,
                next.path.as_deref(),
                next.updated,
                &next.id,
                next.version,
                from
            ];
            let done = db.execute(sql, &values)? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// The versions of a draft, oldest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn versions(&self, draft: &Id) -> Result<Vec<Version>, Error> {
        let sql = "SELECT number, writer, at FROM version WHERE draft = $1 ORDER BY number";
        self.view(|db| db.rows(sql, &values![draft])?.iter().map(version).collect())
    }

    /// The text of one version of a draft.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn version(&self, draft: &Id, number: u64) -> Result<Option<String>, Error> {
        let sql = "SELECT text FROM version WHERE draft = $1 AND number = $2";
        self.view(|db| db.row(sql, &values![draft, number])?.map(|row| row.text(0)).transpose())
    }
}
