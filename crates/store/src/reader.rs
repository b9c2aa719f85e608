//! Reading: everything that a published checkpoint covers, and nothing else.

use crate::rows::{Entry, Head, HeadKind, Hit, Query, Removal, Revision, SourceUse, TagKind};
use crate::sqlite::{connect, entries, heads, search, sources};
use crate::{Error, Files, State};
use ovn_edition::leaf::Id;
use ovn_tlog::{ReadError, RecordReader, TileReader};
use std::path::Path;
use std::sync::Arc;

/// Shows the edition in a folder; cheap to clone, read-only, for any number of threads.
#[derive(Debug, Clone)]
pub struct Reader {
    pool: Arc<connect::Pool>,
    files: Files,
}

impl Reader {
    /// Opens the edition in `dir`, which a [`crate::Writer`] has set up.
    ///
    /// # Errors
    /// [`Error`] when there is no database, or one that this program does not know.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let pool = connect::Pool::open(connect::path(dir))?;
        Ok(Self { pool: Arc::new(pool), files: Files::of(dir) })
    }

    /// The published state: size, time, generation and checkpoint.
    ///
    /// # Errors
    /// [`Error`], as every reading method, when the database cannot be read or is damaged.
    pub fn state(&self) -> Result<State, Error> {
        self.pool.with(entries::state)
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
    /// [`Error::File`].
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
        self.pool.with(|db| heads::by_path(db, path))
    }

    /// The article or policy with this id.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn head_of(&self, id: &Id) -> Result<Option<Head>, Error> {
        self.pool.with(|db| heads::by_id(db, id))
    }

    /// A list of articles, newest first by first publication.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn heads(&self, query: &Query) -> Result<Vec<Head>, Error> {
        self.pool.with(|db| heads::query(db, query))
    }

    /// The addresses of all articles or all policies, oldest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn paths(&self, kind: HeadKind) -> Result<Vec<String>, Error> {
        self.pool.with(|db| heads::paths(db, kind))
    }

    /// An article's revisions, oldest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn revisions(&self, id: &Id) -> Result<Vec<Revision>, Error> {
        self.pool.with(|db| entries::revisions(db, id))
    }

    /// What was removed from an article, oldest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn removals(&self, id: &Id) -> Result<Vec<Removal>, Error> {
        self.pool.with(|db| entries::removals(db, id))
    }

    /// An article's translations, in either direction.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn siblings(&self, id: &Id) -> Result<Vec<Head>, Error> {
        self.pool.with(|db| heads::siblings(db, id))
    }

    /// Sections, topics or stories with their numbers of articles, the largest first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn tags(&self, kind: TagKind, lang: Option<&str>) -> Result<Vec<(String, u64)>, Error> {
        self.pool.with(|db| heads::tags(db, kind, lang))
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
        self.pool.with(|db| entries::corrections(db, lang, before, limit))
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
        self.pool.with(|db| sources::list(db, lang, offset, limit))
    }

    /// The edition's policies in this language, by address.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn policies(&self, lang: &str) -> Result<Vec<Head>, Error> {
        self.pool.with(|db| heads::policies(db, lang))
    }

    /// Entries of the record from number `from` on.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn entries(&self, from: u64, count: usize) -> Result<Vec<Entry>, Error> {
        self.pool.with(|db| entries::entries(db, from, count))
    }

    /// One entry of the record.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>, Error> {
        Ok(self.entries(seq, 1)?.pop().filter(|entry| entry.seq == seq))
    }

    /// How many articles hold all of these folded words, and those of them from `offset` on, the best first.
    ///
    /// # Errors
    /// As [`Reader::state`].
    pub fn search(
        &self,
        words: &[String],
        lang: Option<&str>,
        offset: usize,
        limit: usize,
    ) -> Result<(u64, Vec<Hit>), Error> {
        self.pool.with(|db| search::search(db, words, lang, offset, limit))
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
