//! Reading: everything that a published checkpoint covers, and nothing else.

use crate::rows::{
    Entry, Head, HeadKind, Hit, Query, Removal, Revision, SourceUse, TagKind, Tally,
};
use crate::survey::{self, About};
use crate::{Error, Files, Settings, State, postgres, sqlite};
use ovn_edition::{fold::Term, leaf::Id};
use ovn_tlog::{ReadError, RecordReader, TileReader};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Shows the edition in a folder; cheap to clone, read-only, for any number of threads.
#[derive(Debug, Clone)]
pub struct Reader {
    pub(crate) engine: Engine,
    files: Files,
}

/// The reading connections of one of the two engines.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    Sqlite(Arc<sqlite::connect::Pool>),
    Postgres(Arc<postgres::pool::Pool>),
}

/// Asks the engine that the edition has; both have the same verbs in modules of the same names.
macro_rules! ask {
    ($reader:ident, $module:ident::$verb:ident $(, $value:expr)*) => {
        match &$reader.engine {
            Engine::Sqlite(pool) => pool.with(|db| sqlite::$module::$verb(db $(, $value)*)),
            Engine::Postgres(pool) => pool.with(|db| postgres::$module::$verb(db $(, $value)*)),
        }
    };
}

impl Reader {
    /// Opens the edition in `dir`, which a [`crate::Writer`] has set up: its files, and its rows in the PostgreSQL
    /// database at the address `database`, or in the SQLite file of the folder when there is none.
    ///
    /// # Errors
    /// [`Error`] when there is no database, or one that this program does not know.
    pub fn open(dir: &Path, database: Option<&str>) -> Result<Self, Error> {
        Self::with(dir, database, Files::of(dir))
    }

    /// Opens the edition in `dir`, its rows and files where its settings say that they are.
    ///
    /// # Errors
    /// As [`Reader::open`] and [`Files::at`].
    pub fn of(dir: &Path, settings: &Settings) -> Result<Self, Error> {
        Self::with(dir, settings.database.as_deref(), Files::at(dir, settings)?)
    }

    /// The same; a database of an earlier program is brought forward first, which needs a moment as its writer.
    ///
    /// # Errors
    /// As [`Reader::of`], and [`Error::Held`] when it would have to be brought forward while somebody writes to it.
    pub fn current(dir: &Path, settings: &Settings) -> Result<Self, Error> {
        match Self::of(dir, settings) {
            Err(Error::Older { .. }) => {
                drop(crate::Writer::of(dir, settings)?);
                Self::of(dir, settings)
            }
            other => other,
        }
    }

    pub(crate) fn with(dir: &Path, database: Option<&str>, files: Files) -> Result<Self, Error> {
        let engine = match database {
            None => {
                let pool = sqlite::connect::Pool::open(sqlite::connect::path(dir))?;
                Engine::Sqlite(Arc::new(pool))
            }
            Some(address) => {
                let address = postgres::address::Address::read(address)?;
                Engine::Postgres(Arc::new(postgres::pool::Pool::open(address)?))
            }
        };
        Ok(Self { engine, files })
    }

    /// The generation, as soon as it is another than `known`; the same again after a while of at most `longest`. On
    /// PostgreSQL a publication by any node is told; SQLite's file is looked at after 20 ms.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn generation_after(&self, known: u64, longest: Duration) -> Result<u64, Error> {
        match &self.engine {
            Engine::Postgres(pool) => pool.generation_after(known, longest),
            Engine::Sqlite(_) => {
                let found = self.generation()?;
                if found == known {
                    std::thread::sleep(longest.min(Duration::from_millis(20)));
                }
                Ok(found)
            }
        }
    }

    /// The published state: size, time, generation and checkpoint.
    ///
    /// # Errors
    /// [`Error`], as every reading method, when the database cannot be read or is damaged.
    pub fn state(&self) -> Result<State, Error> {
        ask!(self, entries::state)
    }

    /// Entries that are on their way: staged, and not yet published.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn staged(&self) -> Result<u64, Error> {
        ask!(self, staging::count)
    }

    /// Whether some process, on any node, holds the right to write to this edition.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn sealing(&self) -> Result<bool, Error> {
        match &self.engine {
            Engine::Sqlite(pool) => survey::held(&pool.path().with_file_name("writer.holder")),
            Engine::Postgres(pool) => pool.with(postgres::sequencer::held),
        }
    }

    /// Which engine has the rows, and how far its tables are.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn about(&self) -> Result<About, Error> {
        let (engine, version, number) = match &self.engine {
            Engine::Sqlite(pool) => {
                ("SQLite", rusqlite::version().to_owned(), pool.with(sqlite::connect::migrations)?)
            }
            Engine::Postgres(pool) => pool.with(|db| {
                let (version, number) = postgres::migrate::about(db)?;
                Ok(("PostgreSQL", version, number))
            })?,
        };
        Ok(About { engine, version, migrations: number })
    }

    /// A number that changes whenever anything public does.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn generation(&self) -> Result<u64, Error> {
        Ok(self.state()?.generation)
    }

    /// Published entries.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn size(&self) -> Result<u64, Error> {
        Ok(self.state()?.size)
    }

    /// The signed checkpoint over them; empty before the first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn checkpoint(&self) -> Result<Vec<u8>, Error> {
        Ok(self.state()?.checkpoint)
    }

    /// A file of the record by its path under `record/`; `None` when there is none or the path is not one of a file of
    /// the record. The checkpoint is the one that the database's rows belong to.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Objects`].
    pub fn record_file(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        if path == "checkpoint" {
            return Ok(Some(self.checkpoint()?).filter(|bytes| !bytes.is_empty()));
        }
        match self.files.read(path) {
            Err(Error::Path(_)) => Ok(None),
            other => other,
        }
    }

    /// The article or policy at this address, withdrawn ones too.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn head(&self, path: &str) -> Result<Option<Head>, Error> {
        ask!(self, heads::by_path, path)
    }

    /// The article whose address ends with `/slug`, whatever its month; withdrawn ones too.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn head_with_slug(&self, slug: &str) -> Result<Option<Head>, Error> {
        ask!(self, heads::by_slug, slug)
    }

    /// The article or policy with this id.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn head_of(&self, id: &Id) -> Result<Option<Head>, Error> {
        ask!(self, heads::by_id, id)
    }

    /// A list of articles, newest first by first publication.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn heads(&self, query: &Query) -> Result<Vec<Head>, Error> {
        ask!(self, heads::query, query)
    }

    /// Sums over the articles of a language, by month of first publication, the newest first; months without any are
    /// left out.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn tallies(&self, lang: &str) -> Result<Vec<Tally>, Error> {
        ask!(self, tally::tallies, lang)
    }

    /// The addresses of all articles or all policies, oldest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn paths(&self, kind: HeadKind) -> Result<Vec<String>, Error> {
        Ok(self.sealed_last(kind, 0, usize::MAX)?.into_iter().map(|(path, ..)| path).collect())
    }

    /// How many addresses [`Reader::paths`] gives.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn count(&self, kind: HeadKind) -> Result<u64, Error> {
        ask!(self, heads::count, kind)
    }

    /// At most `limit` of the same addresses after the first `before`, each with when its newest revision was sealed: as
    /// milliseconds since 1970 UTC, and on the edition's clock.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn sealed_last(
        &self,
        kind: HeadKind,
        before: usize,
        limit: usize,
    ) -> Result<Vec<(String, u64, String)>, Error> {
        ask!(self, heads::sealed_last, kind, before, limit)
    }

    /// An article's revisions, oldest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn revisions(&self, id: &Id) -> Result<Vec<Revision>, Error> {
        ask!(self, entries::revisions, id)
    }

    /// What was removed from an article, oldest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn removals(&self, id: &Id) -> Result<Vec<Removal>, Error> {
        ask!(self, entries::removals, id)
    }

    /// An article's translations, in either direction.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn siblings(&self, id: &Id) -> Result<Vec<Head>, Error> {
        ask!(self, heads::siblings, id)
    }

    /// Sections, topics or stories with their numbers of articles, the largest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn tags(&self, kind: TagKind, lang: Option<&str>) -> Result<Vec<(String, u64)>, Error> {
        ask!(self, heads::tags, kind, lang)
    }

    /// Corrections, clarifications and retractions with their articles, newest first, from before the entry number
    /// `before`.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn corrections(
        &self,
        lang: Option<&str>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(Head, Revision)>, Error> {
        ask!(self, entries::corrections, lang, before, limit)
    }

    /// Sources with the articles that cite them, the most recently cited first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn sources(
        &self,
        lang: Option<&str>,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<SourceUse>, Error> {
        ask!(self, sources::list, lang, offset, limit)
    }

    /// The edition's policies in this language, by address.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn policies(&self, lang: &str) -> Result<Vec<Head>, Error> {
        ask!(self, heads::policies, lang)
    }

    /// Entries of the record from number `from` on.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn entries(&self, from: u64, count: usize) -> Result<Vec<Entry>, Error> {
        ask!(self, entries::entries, from, count)
    }

    /// The leaves of entries of the record from number `from` on.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn leaves(&self, from: u64, count: usize) -> Result<Vec<Vec<u8>>, Error> {
        ask!(self, entries::leaves, from, count)
    }

    /// One entry of the record.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>, Error> {
        Ok(self.entries(seq, 1)?.pop().filter(|entry| entry.seq == seq))
    }

    /// How many articles hold all of these folded words and phrases, and those of them from `offset` on, the best first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn search(
        &self,
        terms: &[Term],
        lang: Option<&str>,
        offset: usize,
        limit: usize,
    ) -> Result<(u64, Vec<Hit>), Error> {
        ask!(self, search::search, terms, lang, offset, limit)
    }
}

impl TileReader for Reader {
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        self.files.tile(level, index, width)
    }
}

impl RecordReader for Reader {
    fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        Self::checkpoint(self).map_err(|error| ReadError::Failed(error.to_string()))
    }

    fn bundle(&self, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        self.files.bundle(index, width)
    }
}
