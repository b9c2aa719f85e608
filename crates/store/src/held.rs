//! An edition held for repair: nobody else writes to it meanwhile.

use crate::error::damaged;
use crate::files::sync_folder;
use crate::lock::{Holder, hold};
use crate::sqlite::connect;
use crate::{Error, Files, Settings};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The edition in a folder, whose writer this is until it is dropped. Its database need not be one any more.
#[derive(Debug)]
pub struct Held {
    dir: PathBuf,
    files: Files,
    _holder: Holder,
}

impl Held {
    /// Holds the edition in `dir`.
    ///
    /// # Errors
    /// [`Error::Held`] when somebody writes to it; [`Error::File`], [`Error::Unreachable`].
    pub fn take(dir: &Path, settings: &Settings) -> Result<Self, Error> {
        let holder = hold(&dir.join("writer.holder"))?;
        Ok(Self { dir: dir.to_owned(), files: Files::at(dir, settings)?, _holder: holder })
    }

    /// The record's files.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Puts the database that lies in the folder `fresh`, on the same file system, in the place of the edition's own.
    /// The old one stays beside it with a name that ends in `.damaged`, which is given if there was one.
    ///
    /// # Errors
    /// [`Error::File`]; doing it again is safe. [`Error::Damaged`] when the new one's journal still lies beside it.
    pub fn replace_database(&self, fresh: &Path) -> Result<Option<PathBuf>, Error> {
        let (own, fresh) = (connect::path(&self.dir), connect::path(fresh));
        let away = ending(&own, ".damaged");
        let journal = fs::metadata(ending(&fresh, "-wal")).map_or(0, |journal| journal.len());
        if journal > 0 {
            return Err(damaged("the new database's journal was not brought into it"));
        }
        // The journal goes first: it must never meet the new file.
        for end in ["-wal", "-shm"] {
            rename(&ending(&own, end), &ending(&away, end))?;
        }
        let there = rename(&own, &away)?;
        rename(&fresh, &own)?;
        sync_folder(&self.dir)?;
        Ok(there.then_some(away))
    }
}

fn ending(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(end);
    path.with_file_name(name)
}

/// Whether there was something to rename.
fn rename(from: &Path, to: &Path) -> Result<bool, Error> {
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::File { path: from.to_owned(), error }),
    }
}
