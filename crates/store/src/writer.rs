//! Writing: the durable steps of sealing, one verb each; given to the newsroom alone.

use crate::error::damaged;
use crate::files::{make_folder, sync_folder};
use crate::lock::{Holder, hold};
use crate::postgres::address::Address;
use crate::postgres::sequencer::Sequencer;
use crate::rows::Head;
use crate::sqlite::connect;
use crate::sqlite::journal::Journal;
use crate::{Batch, Error, Facts, Files, Lock, Reader, Settings, StagedFile, postgres, sqlite};
use ovn_edition::leaf::Id;
use ovn_edition::{commit, hex};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// What is published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Entries.
    pub size: u64,
    /// Time of the last entry, ms.
    pub at: u64,
    /// Grows whenever anything public changes.
    pub generation: u64,
    /// The signed checkpoint; empty before the first.
    pub checkpoint: Vec<u8>,
}

/// Where an article's chain of entries ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// Its last entry's leaf.
    pub leaf: Vec<u8>,
    /// Number of its last revision.
    pub rev: u32,
}

/// Writes to the edition in a folder; there is one at a time, and it holds a lock for as long as it lives: on SQLite the
/// system's, on a file of the folder; on PostgreSQL the server's, for the session that writes.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
    database: Option<String>,
    engine: Engine,
    files: Files,
}

/// The writing connection of one of the two engines.
#[derive(Debug)]
enum Engine {
    Sqlite(Box<Sqlite>),
    Postgres(Box<Sequencer>),
}

#[derive(Debug)]
struct Sqlite {
    /// Reads back what was staged, past the caches of the connection that wrote it. It is closed first: only a connection
    /// that may write brings the journal into the database when it is the last to close.
    other: Connection,
    db: Connection,
    journal: Journal,
    _holder: Holder,
}

impl Sqlite {
    /// Writes the rows on a thread of their own while `ready` works on this one, and commits when it has said so.
    fn publish(
        &mut self,
        staged: &Batch,
        checkpoint: &[u8],
        ready: &mut dyn FnMut() -> bool,
    ) -> Result<bool, Error> {
        let db = &mut self.db;
        let (say, said) = std::sync::mpsc::channel();
        std::thread::scope(|threads| {
            let rows = threads.spawn(move || {
                // A channel whose other end is gone says no.
                sqlite::publish::publish(db, staged, checkpoint, || said.recv().unwrap_or(false))
            });
            // Rows that failed have nobody who listens; their error is told below.
            let _ = say.send(ready());
            rows.join().unwrap_or_else(|_| Err(damaged("writing the rows was broken off")))
        })
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.journal.end(&mut self.db);
    }
}

/// Asks the engine that the edition has; both have the same verbs in modules of the same names.
macro_rules! ask {
    ($writer:ident, $module:ident::$verb:ident $(, $value:expr)*) => {
        match &$writer.engine {
            Engine::Sqlite(engine) => sqlite::$module::$verb(&engine.db $(, $value)*),
            Engine::Postgres(engine) => postgres::$module::$verb(engine.session() $(, $value)*),
        }
    };
}

/// The same for verbs that change.
macro_rules! order {
    ($writer:ident, $module:ident::$verb:ident $(, $value:expr)*) => {
        match &mut $writer.engine {
            Engine::Sqlite(engine) => sqlite::$module::$verb(&mut engine.db $(, $value)*),
            Engine::Postgres(engine) => postgres::$module::$verb(engine.session() $(, $value)*),
        }
    };
}

impl Writer {
    /// Opens the edition in `dir`, with its rows at the address `database` or in the SQLite file of the folder; sets up or
    /// migrates the database.
    ///
    /// # Errors
    /// [`Error::Held`] when another process writes to it; [`Error`] when a file or the database refuses.
    pub fn open(dir: &Path, database: Option<&str>) -> Result<Self, Error> {
        Self::with(dir, database, Files::of(dir))
    }

    /// Opens the edition in `dir`, its rows and files where its settings say that they are.
    ///
    /// # Errors
    /// As [`Writer::open`] and [`Files::at`].
    pub fn of(dir: &Path, settings: &Settings) -> Result<Self, Error> {
        Self::with(dir, settings.database.as_deref(), Files::at(dir, settings)?)
    }

    fn with(dir: &Path, database: Option<&str>, files: Files) -> Result<Self, Error> {
        make_folder(dir)?;
        let engine = match database {
            None => {
                let holder = hold(&dir.join("writer.holder"))?;
                files.clear_aside()?;
                let path = connect::path(dir);
                let (mut db, other) = (connect::writer(&path)?, connect::reader(&path)?);
                let journal = Journal::of(&mut db, &path)?;
                // SQLite does not look at what becomes of its own sync of the folder in which its journal's file is new.
                sync_folder(dir)?;
                Engine::Sqlite(Box::new(Sqlite { db, other, journal, _holder: holder }))
            }
            Some(address) => {
                let engine = Sequencer::open(&Address::read(address)?)?;
                files.clear_aside()?;
                Engine::Postgres(Box::new(engine))
            }
        };
        let (dir, database) = (dir.to_owned(), database.map(str::to_owned));
        Ok(Self { dir, database, engine, files })
    }

    /// A reader of the same edition.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn reader(&self) -> Result<Reader, Error> {
        Reader::with(&self.dir, self.database.as_deref(), self.files.clone())
    }

    /// Whether several processes may wait to write to this edition, one after the other.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// Asks whether this is still the one that may write. SQLite's lock can't be lost.
    ///
    /// # Errors
    /// [`Error::Postgres`] when the session that held the lock has ended.
    pub fn check(&self) -> Result<(), Error> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(engine) => engine.check(),
        }
    }

    /// The record's files.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// What is published.
    ///
    /// # Errors
    /// [`Error`], as every method here, when the database cannot be read.
    pub fn state(&self) -> Result<State, Error> {
        ask!(self, entries::state)
    }

    /// Where an article's published chain ends; `None` when it has no entry.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn tip(&self, id: &Id) -> Result<Option<Tip>, Error> {
        ask!(self, entries::tip, id)
    }

    /// The published article with this id.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn head_of(&self, id: &Id) -> Result<Option<Head>, Error> {
        ask!(self, heads::by_id, id)
    }

    /// The published article at this address.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn head(&self, path: &str) -> Result<Option<Head>, Error> {
        ask!(self, heads::by_path, path)
    }

    /// The published revisions of an article, oldest first.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn revisions(&self, id: &Id) -> Result<Vec<crate::rows::Revision>, Error> {
        ask!(self, entries::revisions, id)
    }

    /// Stages a batch, durably and out of every reader's sight.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not follow what is published or another is staged; [`Error::Database`].
    pub fn stage(&mut self, batch: &Batch) -> Result<(), Error> {
        order!(self, staging::stage, batch)
    }

    /// What is staged, read back from the database.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn staged(&self) -> Result<Option<Batch>, Error> {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let view = engine.other.unchecked_transaction()?;
                sqlite::staging::staged(&view)
            }
            Engine::Postgres(engine) => {
                engine.other().with(|db| db.view(|| postgres::staging::staged(db)))
            }
        }
    }

    /// Drops what is staged.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn discard_staged(&mut self) -> Result<(), Error> {
        order!(self, staging::discard)
    }

    /// Writes staged files into the record so that they last. Doing it again changes nothing.
    ///
    /// # Errors
    /// As [`Files::put`].
    pub fn apply(&self, files: &[StagedFile]) -> Result<(), Error> {
        self.files.put(files)
    }

    /// Shows what is staged to readers, under this checkpoint.
    ///
    /// # Errors
    /// [`Error::Damaged`] when nothing is staged; [`Error::Database`].
    pub fn mark_published(&mut self, checkpoint: &[u8]) -> Result<(), Error> {
        let staged = self.staged()?.ok_or_else(|| damaged("nothing is staged"))?;
        self.publish(&staged, checkpoint, &mut |_| true).map(|_| ())
    }

    /// The same for what [`Writer::staged`] gave, once `ready`, which is given the record's files, has said that it may be:
    /// on SQLite its rows are written while `ready` works, and seen by nobody before it has ended. Gives what `ready` said;
    /// nothing has changed where that is `false`.
    ///
    /// # Errors
    /// As [`Writer::mark_published`].
    pub fn publish(
        &mut self,
        staged: &Batch,
        checkpoint: &[u8],
        ready: &mut dyn FnMut(&Files) -> bool,
    ) -> Result<bool, Error> {
        match &mut self.engine {
            Engine::Sqlite(engine) => {
                engine.publish(staged, checkpoint, &mut || ready(&self.files))
            }
            Engine::Postgres(engine) => {
                if !ready(&self.files) {
                    return Ok(false);
                }
                postgres::publish::publish(engine.session(), staged, checkpoint)?;
                Ok(true)
            }
        }
    }

    /// Keeps the head of an article that was withdrawn as a whole, whose address no document tells any more, in a database
    /// that was told again from the record.
    ///
    /// # Errors
    /// [`Error::Copy`] on PostgreSQL, whose rows are not told again in place; [`Error::Database`].
    pub fn keep_head(&self, head: &Head) -> Result<(), Error> {
        match &self.engine {
            Engine::Sqlite(engine) => {
                sqlite::publish::put_head(&engine.db, head, &Facts::default())
            }
            Engine::Postgres(_) => Err(Error::Copy("rows are told again in SQLite alone".into())),
        }
    }

    /// Finishes removals that are published: their documents' files are replaced, and the removed words and salts are
    /// overwritten in the database's files. `lock`, where there is one, makes sure that it is still this process's turn.
    ///
    /// # Errors
    /// [`Error`]; a later call or start goes on where this one failed.
    pub fn erase(&mut self, lock: Option<&Lock>) -> Result<(), Error> {
        let erasures = ask!(self, staging::erasures)?;
        if erasures.is_empty() {
            return Ok(());
        }
        self.files.erase(&erasures, lock)?;
        match &self.engine {
            Engine::Sqlite(engine) => {
                engine.other.flush_prepared_statement_cache();
                let _rest = engine.journal.rest();
                sqlite::staging::erased(&engine.db)
            }
            Engine::Postgres(engine) => postgres::staging::erased(engine.session()),
        }
    }

    /// Writes a blob into the record, named by its SHA-256, which is returned.
    ///
    /// # Errors
    /// [`Error::File`], or [`Error::Overwrite`] when the stored blob is damaged.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<[u8; 32], Error> {
        let name = commit::sha256(bytes);
        let path = format!("blob/{}", hex::encode(&name));
        self.files.put(&[StagedFile { path, bytes: bytes.to_owned() }])?;
        Ok(name)
    }
}
