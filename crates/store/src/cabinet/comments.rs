//! Comments on drafts: what was said about which words, by whom, and whether it is resolved. The text holds only the place.

use super::engine::{Db, Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;

/// A comment, or an answer to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The id that its place in the text has.
    pub id: String,
    /// The comment that it answers; `None` for one that begins a thread.
    pub thread: Option<String>,
    /// Who said it.
    pub person: Id,
    /// Their name now.
    pub name: String,
    /// When, ms.
    pub at: u64,
    /// The words that it is about, as they were; empty where it is about the draft as a whole, and in answers.
    pub quote: String,
    /// What was said.
    pub words: String,
    /// Who resolved it (by name) and when, ms.
    pub resolved: Option<(String, u64)>,
}

/// A draft's comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// Grows with each change of them; 0 where there is none.
    pub number: u64,
    /// Whether `list` is all of them.
    pub whole: bool,
    /// Those that are new or changed, in the order of their changes.
    pub list: Vec<Comment>,
}

/// A comment that is for somebody, with its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    /// The draft.
    pub draft: Id,
    /// Its title and language.
    pub title: String,
    /// A BCP 47 tag.
    pub lang: String,
    /// What was said.
    pub comment: Comment,
}

/// What became of an attempt to say something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It is kept.
    Kept,
    /// This person said it before; nothing was changed.
    Known,
    /// Something else has its id, the thread is not there, or there are as many comments as may be.
    Refused,
}

const COMMENT: &str = "comment.id, comment.thread, comment.person, person.name, comment.at, comment.quote, comment.words, \
    resolver.name, comment.resolved";
const JOINED: &str = "FROM comment JOIN person ON person.id = comment.person \
    LEFT JOIN person AS resolver ON resolver.id = comment.resolver";

fn comment(row: &Row) -> Result<Comment, Error> {
    Ok(Comment {
        id: row.text(0)?,
        thread: row.maybe_text(1)?,
        person: row.bytes(2)?,
        name: row.text(3)?,
        at: row.number(4)?,
        quote: row.text(5)?,
        words: row.text(6)?,
        resolved: row.maybe_text(7)?.zip(row.maybe_number(8)?),
    })
}

fn number(db: &dyn Db, draft: &Id) -> Result<u64, Error> {
    let sql = "SELECT coalesce(max(changed), 0) FROM comment WHERE draft = $1";
    db.row(sql, &values![draft])?.map_or(Ok(0), |row| row.number(0))
}

/// Lets no other change of this draft's comments come between.
fn hold(db: &dyn Db, draft: &Id) -> Result<(), Error> {
    db.execute("UPDATE draft SET updated = updated WHERE id = $1", &values![draft]).map(|_| ())
}

fn counted(db: &dyn Db, sql: &str, draft: &Id) -> Result<u64, Error> {
    db.row(sql, &values![draft])?.map_or(Ok(0), |row| row.number(0))
}

impl Cabinet {
    /// What was said about a draft since change number `after`.
    ///
    /// # Errors
    /// As every method here, when the database can't be read or written.
    pub fn talk(&self, draft: &Id, after: u64) -> Result<Talk, Error> {
        self.view(|db| {
            let number = number(db, draft)?;
            // A number that is not there yet is one of before the cabinet came back from a backup.
            let whole = after == 0 || after > number;
            let sql = format!(
                "SELECT {COMMENT} {JOINED} WHERE comment.draft = $1 AND comment.changed > $2 ORDER BY comment.changed"
            );
            let rows = db.rows(&sql, &values![draft, if whole { 0 } else { after }])?;
            let list = rows.iter().map(comment).collect::<Result<_, _>>()?;
            Ok(Talk { number, whole, list })
        })
    }

    /// Keeps what was said, and for whom it is, if the draft has fewer than `most` comments and answers. What is said with an id that is there
    /// changes nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn tell(
        &self,
        draft: &Id,
        one: &Comment,
        for_whom: &[Id],
        most: u64,
        note: &Note,
    ) -> Result<Told, Error> {
        self.change(|db| {
            hold(db, draft)?;
            let sql = "SELECT person FROM comment WHERE draft = $1 AND id = $2";
            if let Some(row) = db.row(sql, &values![draft, one.id.as_str()])? {
                let own = row.bytes::<16>(0)? == one.person;
                return Ok(if own { Told::Known } else { Told::Refused });
            }
            let sql = "SELECT id FROM comment WHERE draft = $1 AND id = $2 AND thread IS NULL";
            let there = match &one.thread {
                None => true,
                Some(thread) => db.row(sql, &values![draft, thread.as_str()])?.is_some(),
            };
            if !there
                || counted(db, "SELECT count(*) FROM comment WHERE draft = $1", draft)? >= most
            {
                return Ok(Told::Refused);
            }
            let sql = "INSERT INTO comment (draft, id, thread, person, at, quote, words, changed) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            let (id, thread, next) =
                (one.id.as_str(), one.thread.as_deref(), number(db, draft)? + 1);
            let (quote, words) = (one.quote.as_str(), one.words.as_str());
            db.execute(sql, &values![draft, id, thread, &one.person, one.at, quote, words, next])?;
            for person in for_whom {
                let sql = "INSERT INTO mention (draft, comment, person) VALUES ($1, $2, $3)";
                db.execute(sql, &values![draft, id, person])?;
            }
            trail::put(db, note)?;
            Ok(Told::Kept)
        })
    }

    /// Resolves a thread, or opens it again; false when there is no such thread, and nothing is noted when it is so already.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn resolve(
        &self,
        draft: &Id,
        id: &str,
        resolved: bool,
        note: &Note,
    ) -> Result<bool, Error> {
        self.change(|db| {
            hold(db, draft)?;
            let sql = "SELECT resolved FROM comment WHERE draft = $1 AND id = $2 AND thread IS NULL";
            let Some(row) = db.row(sql, &values![draft, id])? else { return Ok(false) };
            if row.maybe_number(0)?.is_some() == resolved {
                return Ok(true);
            }
            let sql = "UPDATE comment SET resolver = $1, resolved = $2, changed = $3 WHERE draft = $4 AND id = $5";
            let (by, at) = (note.person.as_ref().filter(|_| resolved), resolved.then_some(note.at));
            db.execute(sql, &values![by, at, number(db, draft)? + 1, draft, id])?;
            trail::put(db, note)?;
            Ok(true)
        })
    }

    /// How many threads of a draft are open.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn open_comments(&self, draft: &Id) -> Result<u64, Error> {
        let sql =
            "SELECT count(*) FROM comment WHERE draft = $1 AND thread IS NULL AND resolved IS NULL";
        self.view(|db| counted(db, sql, draft))
    }

    /// What is for a person and unread, the newest first, of drafts that are neither published nor put away.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn mentions(&self, person: &Id, limit: u64) -> Result<Vec<Mentioned>, Error> {
        let sql = format!(
            "SELECT {COMMENT}, draft.id, draft.title, draft.lang {JOINED} \
             JOIN mention ON mention.draft = comment.draft AND mention.comment = comment.id \
             JOIN draft ON draft.id = comment.draft \
             WHERE mention.person = $1 AND mention.seen IS NULL AND draft.state NOT IN ('published', 'dropped') \
             ORDER BY comment.at DESC, comment.id LIMIT $2"
        );
        let mentioned = |row: &Row| {
            let (draft, title, lang) = (row.bytes(9)?, row.text(10)?, row.text(11)?);
            Ok(Mentioned { draft, title, lang, comment: comment(row)? })
        };
        self.view(|db| db.rows(&sql, &values![person, limit])?.iter().map(mentioned).collect())
    }

    /// Notes that a person has read, at the time `now`, what is for them in the thread of this comment or answer.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn heard(&self, person: &Id, draft: &Id, id: &str, now: u64) -> Result<(), Error> {
        self.change(|db| {
            let sql = "SELECT coalesce(thread, id) FROM comment WHERE draft = $1 AND id = $2";
            let Some(row) = db.row(sql, &values![draft, id])? else { return Ok(()) };
            let sql = "UPDATE mention SET seen = $1 WHERE person = $2 AND draft = $3 AND seen IS NULL AND comment IN \
                (SELECT id FROM comment WHERE draft = $3 AND (id = $4 OR thread = $4))";
            db.execute(sql, &values![now, person, draft, row.text(0)?.as_str()]).map(|_| ())
        })
    }
}
