//! The only code that writes files so that they last: written aside, synced, renamed, and the folder synced.
//!
//! A static file of the record is never overwritten with other bytes: its name says what it holds. The checkpoint is
//! the one file that changes, and a document the one that a removal replaces.

use crate::{Error, StagedFile};
use ovn_tlog::{ReadError, RecordReader, TileKind, TilePath, TileReader};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Threads that wait for the disk together: a journal commits their syncs as one.
const SYNCERS: usize = 16;

/// The folder of keys and lock that belongs to the edition in `dir`: its sibling `DIR.keys`, so that copying or
/// restoring `dir` brings neither.
#[must_use]
pub fn keys_folder(dir: &Path) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".keys");
    dir.with_file_name(name)
}

/// The record's static files, under `DIR/record`.
#[derive(Debug, Clone)]
pub struct Files {
    root: PathBuf,
    /// Where files are written before they are renamed into their place.
    aside: PathBuf,
}

impl Files {
    /// The files of the edition in `dir`. Nothing is touched.
    #[must_use]
    pub fn of(dir: &Path) -> Self {
        Self { root: dir.join("record"), aside: dir.join("aside") }
    }

    /// Removes what an earlier process left half-written, which may hold text that was removed since.
    ///
    /// # Errors
    /// [`Error::File`].
    pub(crate) fn clear_aside(&self) -> Result<(), Error> {
        match fs::remove_dir_all(&self.aside) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Error::File { path: self.aside.clone(), error })
            }
            _ => make_folder(&self.aside),
        }
    }

    /// The bytes of the file at `path` under `record/`; `None` when there is none.
    ///
    /// # Errors
    /// [`Error::Path`] unless `path` is one that the record has, [`Error::File`].
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let whole = self.place(path)?;
        match fs::read(&whole) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(None)
            }
            Err(error) => Err(Error::File { path: whole, error }),
        }
    }

    /// Writes these files so that they last; those that are there with the same bytes are left.
    ///
    /// # Errors
    /// [`Error::Overwrite`] when one is there with other bytes, [`Error::Path`], [`Error::File`].
    pub fn put(&self, files: &[StagedFile]) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        let mut work = Vec::with_capacity(files.len());
        for file in files {
            let path = self.place(&file.path)?;
            if let Some(folder) = path.parent() {
                make_folder(folder)?;
                folders.insert(folder.to_owned());
            }
            work.push((path, file.bytes.as_slice()));
        }
        let share = work.len().div_ceil(SYNCERS).max(1);
        std::thread::scope(|scope| {
            let write = |part: &[(PathBuf, &[u8])]| {
                part.iter().try_for_each(|(path, bytes)| put_new(path, bytes, &self.aside))
            };
            let parts: Vec<_> =
                work.chunks(share).map(|part| scope.spawn(move || write(part))).collect();
            parts.into_iter().try_for_each(|part| {
                part.join().unwrap_or_else(|_| Err(Error::Damaged("a writer fell".into())))
            })
        })?;
        folders.iter().try_for_each(|folder| sync_folder(folder))
    }

    /// Writes the checkpoint, the one file that changes.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn put_checkpoint(&self, bytes: &[u8]) -> Result<(), Error> {
        make_folder(&self.root)?;
        replace(&self.root.join("checkpoint"), bytes, &self.aside)
    }

    /// Puts a document in the place of the one whose blocks were removed.
    ///
    /// # Errors
    /// [`Error::Path`] unless it is a document's, [`Error::File`].
    pub(crate) fn replace_document(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        if !path.starts_with("document/") {
            return Err(Error::Path(path.into()));
        }
        replace(&self.place(path)?, bytes, &self.aside)
    }

    /// Removes a blob's file, if it is there, so that it stays away.
    ///
    /// # Errors
    /// [`Error::Path`] unless it is a blob's, [`Error::File`].
    pub(crate) fn remove_blob(&self, path: &str) -> Result<(), Error> {
        if !path.starts_with("blob/") {
            return Err(Error::Path(path.into()));
        }
        let path = self.place(path)?;
        match fs::remove_file(&path) {
            Ok(()) => path.parent().map_or(Ok(()), sync_folder),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Error::File { path, error }),
        }
    }

    fn place(&self, path: &str) -> Result<PathBuf, Error> {
        if is_record_path(path) { Ok(self.root.join(path)) } else { Err(Error::Path(path.into())) }
    }

    fn give(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let found = self.read(path).map_err(|error| ReadError::Failed(error.to_string()))?;
        found.ok_or(ReadError::Missing)
    }
}

/// Whether the record has files at such a path: no other character, no other folder, no `..`.
fn is_record_path(path: &str) -> bool {
    let hex = |text: &str| ovn_edition::hex::decode::<32>(text).is_some();
    match path {
        "checkpoint" | "vkey" => true,
        _ if path.starts_with("tile/") => path.parse::<TilePath>().is_ok(),
        _ => match path.split_once('/') {
            Some(("document", name)) => name.strip_suffix(".json").is_some_and(hex),
            Some(("blob", name)) => hex(name),
            _ => false,
        },
    }
}

impl TileReader for Files {
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        let path = TilePath::new(TileKind::Level(level), index, width);
        self.give(&path.map_err(|_| ReadError::Missing)?.to_string())
    }
}

impl RecordReader for Files {
    fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        self.give("checkpoint")
    }

    fn bundle(&self, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        let path = TilePath::new(TileKind::Entries, index, width);
        self.give(&path.map_err(|_| ReadError::Missing)?.to_string())
    }
}

/// Writes `path` anew, in one step for whoever reads it, and so that it lasts.
pub(crate) fn replace(path: &Path, bytes: &[u8], aside: &Path) -> Result<(), Error> {
    write_aside(path, bytes, aside)?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn put_new(path: &Path, bytes: &[u8], aside: &Path) -> Result<(), Error> {
    match fs::read(path) {
        Ok(found) if found == bytes => {
            // It may have been written before a crash and never synced.
            let fail = |error| Error::File { path: path.to_owned(), error };
            File::open(path).and_then(|file| file.sync_all()).map_err(fail)
        }
        Ok(_) => Err(Error::Overwrite(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => write_aside(path, bytes, aside),
        Err(error) => Err(Error::File { path: path.to_owned(), error }),
    }
}

/// Writes in the folder `aside`, syncs, renames. The folder of `path` is not synced yet.
fn write_aside(path: &Path, bytes: &[u8], aside: &Path) -> Result<(), Error> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{number}.new", std::process::id()));
    let aside = aside.join(name);
    let written = File::create(&aside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&aside, path)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&aside);
        Error::File { path: path.to_owned(), error }
    })
}

/// Makes a folder and those above it, each of them lasting.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        make_folder(above)?;
    }
    match fs::create_dir(folder) {
        Ok(()) => above.map_or(Ok(()), sync_folder),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::File { path: folder.to_owned(), error }),
    }
}

fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| Error::File { path: folder.to_owned(), error })
}
