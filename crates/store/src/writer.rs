//! Writing: the durable steps of sealing, one verb each; given to the newsroom alone.

use crate::files::make_folder;
use crate::lock::hold;
use crate::rows::Head;
use crate::sqlite::{connect, entries, heads, publish, staging};
use crate::{Batch, Error, Files, Reader, StagedFile};
use ovn_edition::leaf::Id;
use ovn_edition::{commit, hex};
use rusqlite::Connection;
use std::fs::File;
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

/// Writes to the edition in a folder; there is one at a time, and it holds the system's lock for as long as it lives.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
    db: Connection,
    /// Reads back what was staged, past the caches of the connection that wrote it.
    other: Connection,
    files: Files,
    _holder: File,
}

impl Writer {
    /// Opens the edition in `dir`, sets up or migrates its database, and finishes the erasures of an earlier process.
    ///
    /// # Errors
    /// [`Error::Held`] when another process writes to it; [`Error`] when a file or the database refuses.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        make_folder(dir)?;
        let holder = hold(&dir.join("writer.holder"))?;
        let files = Files::of(dir);
        files.clear_aside()?;
        let path = connect::path(dir);
        let db = connect::writer(&path)?;
        let other = connect::reader(&path)?;
        let mut writer = Self { dir: dir.to_owned(), db, other, files, _holder: holder };
        writer.erase()?;
        Ok(writer)
    }

    /// A reader of the same edition.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn reader(&self) -> Result<Reader, Error> {
        Reader::open(&self.dir)
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
        entries::state(&self.db)
    }

    /// Where an article's published chain ends; `None` when it has no entry.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn tip(&self, id: &Id) -> Result<Option<Tip>, Error> {
        entries::tip(&self.db, id)
    }

    /// The published article with this id.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn head_of(&self, id: &Id) -> Result<Option<Head>, Error> {
        heads::by_id(&self.db, id)
    }

    /// The published article at this address.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn head(&self, path: &str) -> Result<Option<Head>, Error> {
        heads::by_path(&self.db, path)
    }

    /// The published revisions of an article, oldest first.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn revisions(&self, id: &Id) -> Result<Vec<crate::rows::Revision>, Error> {
        entries::revisions(&self.db, id)
    }

    /// Stages a batch, durably and out of every reader's sight.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not follow what is published or another is staged; [`Error::Database`].
    pub fn stage(&mut self, batch: &Batch) -> Result<(), Error> {
        staging::stage(&mut self.db, batch)
    }

    /// What is staged, read back from the database.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn staged(&self) -> Result<Option<Batch>, Error> {
        let view = self.other.unchecked_transaction()?;
        staging::staged(&view)
    }

    /// Drops what is staged.
    ///
    /// # Errors
    /// As [`Writer::state`].
    pub fn discard_staged(&mut self) -> Result<(), Error> {
        staging::discard(&mut self.db)
    }

    /// Writes staged files into the record so that they last. Doing it again changes nothing.
    ///
    /// # Errors
    /// As [`Files::put`].
    pub fn apply(&self, files: &[StagedFile]) -> Result<(), Error> {
        self.files.put(files)
    }

    /// Writes the record's checkpoint file.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn publish_checkpoint(&self, checkpoint: &[u8]) -> Result<(), Error> {
        self.files.put_checkpoint(checkpoint)
    }

    /// Shows what is staged to readers, under this checkpoint.
    ///
    /// # Errors
    /// [`Error::Damaged`] when nothing is staged; [`Error::Database`].
    pub fn mark_published(&mut self, checkpoint: &[u8]) -> Result<(), Error> {
        publish::publish(&mut self.db, checkpoint)
    }

    /// Finishes removals that are published: their documents' files are replaced, and the removed words and salts are
    /// overwritten in the database's files.
    ///
    /// # Errors
    /// [`Error`]; a later call or start goes on where this one failed.
    pub fn erase(&mut self) -> Result<(), Error> {
        let erasures = staging::erasures(&self.db)?;
        if erasures.is_empty() {
            return Ok(());
        }
        for file in &erasures {
            if file.bytes.is_empty() {
                self.files.remove_blob(&file.path)?;
            } else {
                self.files.replace_document(&file.path, &file.bytes)?;
            }
        }
        self.other.flush_prepared_statement_cache();
        staging::erased(&self.db)
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
