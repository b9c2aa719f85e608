//! Sources: whom and what texts rest on, in which drafts, and what of a confidential one nobody else may know.

use super::engine::{Db, Row, values};
use super::files::{self, File};
use super::trail::{self, Note};
use super::{Cabinet, Hash, Id};
use crate::Error;
use crate::tables::Value;

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

/// Whose confidential sources are among those that are found.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    /// Nobody's.
    Nobody,
    /// This person's own.
    Own(&'a Id),
    /// Everybody's.
    All,
}

/// What is looked for among the sources.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Folded words, each of which stands somewhere in what is known of a source.
    pub words: &'a [String],
    /// Whose confidential ones.
    pub who: Who<'a>,
    /// How many of those that are found are passed over.
    pub skip: u64,
    /// How many follow at most.
    pub most: u64,
}

/// A source that a draft comes to rest on, with a text that cites it.
#[derive(Debug, Clone, Copy)]
pub struct Rest<'a> {
    /// The source.
    pub source: &'a Id,
    /// The id by which the draft cites it.
    pub name: &'a str,
    /// What is kept of it, where it is new.
    pub new: Option<New<'a>>,
}

/// A new source.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The source.
    pub source: &'a Source,
    /// The folded words by which it is found.
    pub words: &'a str,
    /// What was found about it, where it is a file.
    pub file: Option<&'a File>,
    /// For the trail.
    pub note: &'a Note,
}

/// Keeps a new source and what a draft rests on, inside a transaction.
pub(super) fn rest(db: &dyn Db, draft: &Id, rest: &Rest<'_>) -> Result<(), Error> {
    if let Some(new) = &rest.new {
        put_source(db, new.source)?;
        put_words(db, &new.source.id, new.words)?;
        if let Some(file) = new.file {
            files::put(db, file)?;
        }
        trail::put(db, new.note)?;
    }
    let old = "DELETE FROM rests WHERE draft = $1 AND source = $2";
    db.execute(old, &values![draft, rest.source])?;
    let sql = "INSERT INTO rests (draft, source, name) VALUES ($1, $2, $3)";
    db.execute(sql, &values![draft, rest.source, rest.name]).map(|_| ())
}

fn put_words(db: &dyn Db, source: &Id, words: &str) -> Result<(), Error> {
    let sql = "INSERT INTO sought (source, words) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    db.execute(sql, &values![source, words]).map(|_| ())
}

fn put_source(db: &dyn Db, one: &Source) -> Result<(), Error> {
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
    db.execute(&sql, &values).map(|_| ())
}

impl Cabinet {
    /// The sources that a search finds, the newest first.
    ///
    /// # Errors
    /// As every method here, when the database can't be read.
    pub fn find_sources(&self, search: &Search<'_>) -> Result<Vec<Source>, Error> {
        let mut values: Vec<Value> = Vec::new();
        let mut place = |value: Value| {
            values.push(value);
            values.len()
        };
        let mut sql = format!("SELECT {SOURCE} FROM source WHERE (commitment IS NULL");
        match search.who {
            Who::Nobody => {}
            Who::Own(person) => sql += &format!(" OR person = ${}", place(person.into())),
            Who::All => sql += " OR commitment IS NOT NULL",
        }
        sql.push(')');
        if !search.words.is_empty() {
            sql += " AND EXISTS (SELECT 1 FROM sought WHERE sought.source = source.id";
            for word in search.words {
                let word = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
                let number = place(format!("%{word}%").as_str().into());
                sql += &format!(" AND words LIKE ${number} ESCAPE '!'");
            }
            sql.push(')');
        }
        let (most, skip) = (search.most, search.skip);
        sql += &format!(" ORDER BY at DESC, id LIMIT {most} OFFSET {skip}");
        self.view(|db| db.rows(&sql, &values)?.iter().map(source).collect())
    }

    /// Sources that no search finds yet, at most so many.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn unsought(&self, most: u64) -> Result<Vec<Source>, Error> {
        let sql = format!(
            "SELECT {SOURCE} FROM source WHERE NOT EXISTS \
            (SELECT 1 FROM sought WHERE sought.source = source.id) ORDER BY id LIMIT {most}"
        );
        self.view(|db| db.rows(&sql, &[])?.iter().map(source).collect())
    }

    /// Lets searches find sources by these words.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn seek(&self, all: &[(Id, String)]) -> Result<(), Error> {
        self.change(|db| all.iter().try_for_each(|(id, words)| put_words(db, id, words)))
    }

    /// The sources with an address that were not asked since `before` (ms), the longest unasked first and at most so many.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn unasked(&self, before: u64, most: u64) -> Result<Vec<Source>, Error> {
        let sql = format!(
            "SELECT {SOURCE} FROM source WHERE url IS NOT NULL AND commitment IS NULL \
            AND coalesce(checked, at) <= $1 ORDER BY coalesce(checked, at), id LIMIT {most}"
        );
        self.view(|db| db.rows(&sql, &values![before])?.iter().map(source).collect())
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
