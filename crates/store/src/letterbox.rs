//! The letterbox: where readers leave what they say is wrong, in a database of its own.
//!
//! On SQLite it is the file `letterbox.sqlite` beside the edition's; on PostgreSQL the schema `letterbox` of the edition's
//! database. It is all that a readers' process ever writes to. A letter's words are here until the newsroom takes them into
//! its cabinet; afterwards there is how the letter stands, and nothing of what it said.

mod taking;

use crate::cabinet::engine::{Db, Engine, Kept, Row, values};
use crate::cabinet::{Hash, Id, copying};
use crate::files::make_folder;
use crate::tables::Value;
use crate::{Error, Settings};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

const KEPT: Kept = Kept {
    name: "letterbox",
    lock: 0x006f_766e_0004,
    sqlite: &[include_str!("letterbox/sqlite/0001_letters.sql")],
    postgres: &[include_str!("letterbox/postgres/0001_letters.sql")],
};
/// Every table with its columns.
const TABLES: [(&str, &str); 3] = [
    ("secret", "number, bytes"),
    (
        "letter",
        "id, same, path, rev, passage, lang, what, how, contact, at, state, decided, reason, fixed",
    ),
    ("receipt", "hash, letter, at"),
];
/// Letters that nobody has decided, at most: of the edition, and of one article.
const OPEN: u64 = 500;
const OF_ONE: u64 = 50;
/// Receipts for one letter, at most.
const RECEIPTS: u64 = 50;
/// How long a decided letter's standing is kept, ms: two years.
const KEEP: u64 = 2 * 365 * 24 * 60 * 60 * 1000;

/// What a reader says is wrong. Times are ms since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who it is.
    pub id: Id,
    /// The article's address.
    pub path: String,
    /// The revision that was read.
    pub rev: u64,
    /// The block of its text, from 1, if one was named.
    pub passage: Option<u64>,
    /// The article's language.
    pub lang: String,
    /// What is wrong.
    pub what: String,
    /// How one knows: an address or words, or nothing.
    pub how: String,
    /// How the reader can be asked, or nothing; the newsroom empties it 90 days after the decision.
    pub contact: String,
    /// When it came.
    pub at: u64,
}

/// The columns of a [`Letter`], in this room and in the cabinet.
pub(crate) const LETTER: &str = "id, path, rev, passage, lang, what, how, contact, at";

/// The letter in a row that begins with [`LETTER`].
pub(crate) fn letter(row: &Row) -> Result<Letter, Error> {
    Ok(Letter {
        id: row.bytes(0)?,
        path: row.text(1)?,
        rev: row.number(2)?,
        passage: row.maybe_number(3)?,
        lang: row.text(4)?,
        what: row.text(5)?,
        how: row.text(6)?,
        contact: row.text(7)?,
        at: row.number(8)?,
    })
}

/// Its values, in the same order.
pub(crate) fn letter_values(letter: &Letter) -> Vec<Value> {
    values![
        &letter.id,
        letter.path.as_str(),
        letter.rev,
        letter.passage,
        letter.lang.as_str(),
        letter.what.as_str(),
        letter.how.as_str(),
        letter.contact.as_str(),
        letter.at
    ]
    .to_vec()
}

/// What became of a letter that was put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is kept.
    Kept,
    /// It says what another one said; the receipt is for that one.
    Again,
    /// More are open than the newsroom can read; nothing was kept.
    Full,
}

/// How a letter stands, for everybody: nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The article's address.
    pub path: String,
    /// Its language.
    pub lang: String,
    /// When the letter came, ms.
    pub at: u64,
    /// `new`, `taken`, `corrected` or `declined`.
    pub state: String,
    /// When it was decided, ms.
    pub decided: Option<u64>,
    /// Why it was declined, in the newsroom's words.
    pub reason: Option<String>,
    /// The revision that corrected it.
    pub fixed: Option<u64>,
}

const STANDING: &str = "letter.path, letter.lang, letter.at, letter.state, letter.decided, letter.reason, letter.fixed";

fn standing(row: &Row) -> Result<Standing, Error> {
    Ok(Standing {
        path: row.text(0)?,
        lang: row.text(1)?,
        at: row.number(2)?,
        state: row.text(3)?,
        decided: row.maybe_number(4)?,
        reason: row.maybe_text(5)?,
        fixed: row.maybe_number(6)?,
    })
}

/// The letterbox of an edition; cheap to clone, for any number of threads and processes.
#[derive(Debug, Clone)]
pub struct Letterbox {
    engine: Arc<Mutex<Engine>>,
}

impl Letterbox {
    /// Opens the letterbox of the edition in `dir`, whose rows are at the address `database` or in the folder; sets it up
    /// or migrates it.
    ///
    /// # Errors
    /// [`Error`], as every method here, when the database refuses or is one that this program does not know.
    pub fn open(dir: &Path, database: Option<&str>) -> Result<Self, Error> {
        if database.is_none() {
            make_folder(dir)?;
        }
        Ok(Self { engine: Arc::new(Mutex::new(Engine::open(&KEPT, dir, database)?)) })
    }

    /// The same, where the edition's settings say.
    ///
    /// # Errors
    /// As [`Letterbox::open`].
    pub fn of(dir: &Path, settings: &Settings) -> Result<Self, Error> {
        Self::open(dir, settings.database.as_deref())
    }

    /// Whether the folder `dir` has a letterbox of its own, as an edition on SQLite has once a reader has opened a form.
    #[must_use]
    pub fn is_in(dir: &Path) -> bool {
        dir.join("letterbox.sqlite").is_file()
    }

    /// The secret by which every process of this edition knows the forms that it gave out: `fresh` if there was none.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn secret(&self, fresh: &Hash) -> Result<Hash, Error> {
        self.change(|db| {
            let sql =
                "INSERT INTO secret (number, bytes) VALUES (1, $1) ON CONFLICT (number) DO NOTHING";
            db.execute(sql, &values![fresh])?;
            let row = db.row("SELECT bytes FROM secret WHERE number = 1", &[])?;
            row.map_or(Ok(*fresh), |row| row.bytes(0))
        })
    }

    /// Keeps a letter and the hash of its receipt, and sweeps out what was decided long ago. `same` is what two letters have in
    /// common that say the same of one article.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put(&self, letter: &Letter, same: &Hash, receipt: &Hash) -> Result<Put, Error> {
        self.change(|db| {
            sweep(db, letter.at.saturating_sub(KEEP))?;
            let sql = "SELECT id FROM letter WHERE same = $1";
            if let Some(row) = db.row(sql, &values![same])? {
                let first: Id = row.bytes(0)?;
                let sql = "SELECT count(*) FROM receipt WHERE letter = $1";
                if count(db, sql, &values![&first])? >= RECEIPTS {
                    return Ok(Put::Full);
                }
                give(db, receipt, &first, letter.at)?;
                return Ok(Put::Again);
            }
            let open = "SELECT count(*) FROM letter WHERE state IN ('new', 'taken')";
            let own = format!("{open} AND path = $1");
            if count(db, open, &[])? >= OPEN
                || count(db, &own, &values![letter.path.as_str()])? >= OF_ONE
            {
                return Ok(Put::Full);
            }
            keep(db, letter, same)?;
            give(db, receipt, &letter.id, letter.at)?;
            Ok(Put::Kept)
        })
    }

    /// How the letter stands for which this receipt was given.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn standing(&self, receipt: &Hash) -> Result<Option<Standing>, Error> {
        let sql = format!(
            "SELECT {STANDING} FROM receipt JOIN letter ON letter.id = receipt.letter WHERE receipt.hash = $1"
        );
        self.view(|db| db.row(&sql, &values![receipt])?.as_ref().map(standing).transpose())
    }

    /// The newest `limit` letters in the state `state` about articles in `lang`, the last that was decided first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn decided(&self, state: &str, lang: &str, limit: u64) -> Result<Vec<Standing>, Error> {
        let sql = format!(
            "SELECT {STANDING} FROM letter WHERE state = $1 AND lang = $2 ORDER BY decided DESC, id LIMIT $3"
        );
        self.view(|db| db.rows(&sql, &values![state, lang, limit])?.iter().map(standing).collect())
    }

    /// A number that is another once more letters were decided, by whatever process.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn mark(&self) -> Result<u64, Error> {
        let sql =
            "SELECT count(*) + coalesce(max(decided), 0) FROM letter WHERE decided IS NOT NULL";
        self.view(|db| count(db, sql, &[]))
    }

    /// Copies everything into `to`, in place of what is there, and says how many rows that were.
    ///
    /// # Errors
    /// When either database refuses; nothing is changed then.
    pub fn copy_to(&self, to: &Self) -> Result<u64, Error> {
        let all = self.view(|db| copying::every(db, &TABLES))?;
        to.change(|db| copying::replace(db, &TABLES, all))
    }

    fn change<T>(&self, work: impl FnOnce(&dyn Db) -> Result<T, Error>) -> Result<T, Error> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner).change(work)
    }

    fn view<T>(&self, read: impl FnOnce(&dyn Db) -> Result<T, Error>) -> Result<T, Error> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner).view(read)
    }
}

fn count(db: &dyn Db, sql: &str, values: &[Value]) -> Result<u64, Error> {
    db.row(sql, values)?.map_or(Ok(0), |row| row.number(0))
}

fn sweep(db: &dyn Db, before: u64) -> Result<(), Error> {
    let old = "SELECT id FROM letter WHERE decided < $1";
    db.execute(&format!("DELETE FROM receipt WHERE letter IN ({old})"), &values![before])?;
    db.execute("DELETE FROM letter WHERE decided < $1", &values![before]).map(|_| ())
}

fn give(db: &dyn Db, receipt: &Hash, letter: &Id, at: u64) -> Result<(), Error> {
    let sql = "INSERT INTO receipt (hash, letter, at) VALUES ($1, $2, $3)";
    db.execute(sql, &values![receipt, letter, at]).map(|_| ())
}

fn keep(db: &dyn Db, letter: &Letter, same: &Hash) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO letter ({LETTER}, same, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'new')"
    );
    let mut values = letter_values(letter);
    values.extend(values![same]);
    db.execute(&sql, &values).map(|_| ())
}
