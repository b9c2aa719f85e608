//! Drafts: texts that no reader sees yet, with every version that was ever saved.

use super::engine::{Db, Row, values};
use super::history::{NAMES, Named, named};
use super::listening;
use super::saving::keep_version;
use super::schedule;
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
    /// What the browser's editor had when the text was made from it; `None` when the text came from elsewhere.
    pub document: Option<String>,
    /// Grows with every text that is saved, from 1: by one, or by the number of the editor's steps.
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
    /// The slugs of its sections, each between bars, for lists: `|city|sport|`.
    pub sections: String,
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
    /// Who saved it last.
    pub writer: Id,
    /// Everybody who wrote in it since the one before, in no order.
    pub writers: Vec<Id>,
    /// When, ms.
    pub at: u64,
    /// What somebody calls it.
    pub named: Option<Named>,
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
    at, updated, base, document, sections";

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
        document: row.maybe_text(14)?,
        sections: row.text(15)?,
    })
}

pub(super) fn brief(row: &Row) -> Result<Brief, Error> {
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
    let (number, writer, at) = (row.number(0)?, row.bytes(1)?, row.number(2)?);
    Ok(Version { number, writer, writers: Vec::new(), at, named: None })
}

pub(super) fn find(db: &dyn Db, id: &Id) -> Result<Option<Draft>, Error> {
    let sql = format!("SELECT {DRAFT} FROM draft WHERE id = $1");
    db.row(&sql, &values![id])?.as_ref().map(draft).transpose()
}

/// Keeps a new draft with its first version.
pub(super) fn put(db: &dyn Db, one: &Draft) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO draft ({DRAFT}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
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
        one.base,
        one.document.as_deref(),
        one.sections.as_str()
    ];
    db.execute(&sql, &values)?;
    keep_version(db, one, None)
}

/// [`Cabinet::shift`] within a change. What was planned for the draft is forgotten with it; nobody takes a draft from under the
/// process that is sealing it.
pub(super) fn shift(db: &dyn Db, next: &Draft, from: &str, note: &Note) -> Result<bool, Error> {
    if next.state != "published" && schedule::is_claimed(db, &next.id)? {
        return Ok(false);
    }
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
        let sql = "UPDATE version SET began = NULL WHERE draft = $1 AND number = $2";
        db.execute(sql, &values![&next.id, next.version])?;
        schedule::forget(db, &next.id)?;
        listening::tell(db, &next.id)?;
        trail::put(db, note)?;
    }
    Ok(done)
}

impl Cabinet {
    /// Keeps a new draft.
    ///
    /// # Errors
    /// As every method here, when the database refuses.
    pub fn start(&self, one: &Draft, note: &Note) -> Result<(), Error> {
        self.change(|db| {
            put(db, one)?;
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

    /// Every draft, or every draft that one person began or has a part in, the most recently changed first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn drafts(&self, person: Option<&Id>) -> Result<Vec<Brief>, Error> {
        let columns = "SELECT draft.id, draft.author, person.name, draft.state, draft.title, \
            draft.lang, draft.article, draft.updated FROM draft JOIN person ON person.id = draft.author";
        let order = "ORDER BY draft.updated DESC, draft.id LIMIT 1000";
        self.view(|db| {
            let rows = match person {
                None => db.rows(&format!("{columns} {order}"), &[])?,
                Some(person) => {
                    let part = "SELECT draft FROM assignment WHERE person = $2";
                    let sql = format!(
                        "{columns} WHERE draft.author = $1 OR draft.id IN ({part}) {order}"
                    );
                    db.rows(&sql, &values![person, person])?
                }
            };
            rows.iter().map(brief).collect()
        })
    }

    /// Moves a draft to another state, with its approver, article, base and path, if text and state are still those that were
    /// judged: `from` and `next.version`. The version stays then. False when they are not, and nothing was changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn shift(&self, next: &Draft, from: &str, note: &Note) -> Result<bool, Error> {
        self.change(|db| shift(db, next, from, note))
    }

    /// Notes where version `version` of a draft will be read, before it is sealed: so that the record can be asked later
    /// whether it was.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn aim(&self, draft: &Id, version: u64, path: &str) -> Result<(), Error> {
        let sql = "UPDATE draft SET path = $1 WHERE id = $2 AND version = $3";
        self.change(|db| db.execute(sql, &values![path, draft, version]).map(|_| ()))
    }

    /// The versions of a draft, oldest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn versions(&self, draft: &Id) -> Result<Vec<Version>, Error> {
        let sql = "SELECT number, writer, at FROM version WHERE draft = $1 ORDER BY number";
        let writers = "SELECT number, person FROM wrote WHERE draft = $1";
        self.view(|db| {
            let rows = db.rows(sql, &values![draft])?;
            let mut all = rows.iter().map(version).collect::<Result<Vec<_>, _>>()?;
            let place = |all: &[Version], number: u64| {
                all.binary_search_by_key(&number, |one| one.number).ok()
            };
            for row in db.rows(writers, &values![draft])? {
                let (number, person) = (row.number(0)?, row.bytes(1)?);
                if let Some(one) = place(&all, number).and_then(|place| all.get_mut(place)) {
                    one.writers.push(person);
                }
            }
            for row in db.rows(NAMES, &values![draft])? {
                let (number, name) = named(&row)?;
                if let Some(one) = place(&all, number).and_then(|place| all.get_mut(place)) {
                    one.named = Some(name);
                }
            }
            Ok(all)
        })
    }
}
