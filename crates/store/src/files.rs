//! The record's static files, in a folder or as objects of the same names.
//!
//! None is overwritten with other bytes: its name says what it holds. The checkpoint is the one file that changes, and
//! a document the one that a removal replaces.

mod remote;

use crate::objects::{Objects, Version};
use crate::write::{self, Lasts, together};
use crate::{Error, Lock, Settings, StagedFile};
use ovn_tlog::{ReadError, RecordReader, TileKind, TilePath, TileReader};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of keys and lock that belongs to the edition in `dir`: its sibling `DIR.keys`, so that copying or
/// restoring `dir` brings neither.
#[must_use]
pub fn keys_folder(dir: &Path) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".keys");
    dir.with_file_name(name)
}

/// The record's static files, under `DIR/record` or as objects of the same names.
#[derive(Debug, Clone)]
pub struct Files(Place);

#[derive(Debug, Clone)]
enum Place {
    Folder {
        root: PathBuf,
        /// Where files are written before they are renamed into their place.
        aside: PathBuf,
    },
    Objects(Arc<Objects>),
}

impl Files {
    /// The files in the folder of the edition in `dir`. Nothing is touched.
    #[must_use]
    pub fn of(dir: &Path) -> Self {
        Self(Place::Folder { root: dir.join("record"), aside: dir.join("aside") })
    }

    /// The files of the edition in `dir`, where its settings say that they are. Nothing is touched.
    ///
    /// # Errors
    /// [`Error::Unreachable`] when the address or the credentials can't be right.
    pub fn at(dir: &Path, settings: &Settings) -> Result<Self, Error> {
        Ok(match &settings.record {
            None => Self::of(dir),
            Some(address) => {
                Self(Place::Objects(Arc::new(Objects::open(address, &settings.access)?)))
            }
        })
    }

    /// Whether nodes reach them without a file system in common.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        matches!(self.0, Place::Objects(_))
    }

    /// Removes what an earlier process left half-written, which may hold text that was removed since.
    ///
    /// # Errors
    /// [`Error::File`].
    pub(crate) fn clear_aside(&self) -> Result<(), Error> {
        let Place::Folder { aside, .. } = &self.0 else { return Ok(()) };
        match fs::remove_dir_all(aside) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Error::File { path: aside.clone(), error })
            }
            _ => make_folder(aside),
        }
    }

    /// The bytes of the file at `path` under `record/`; `None` when there is none.
    ///
    /// # Errors
    /// [`Error::Path`] unless `path` is one that the record has, [`Error::File`], [`Error::Objects`].
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let root = match (&self.0, check(path)?) {
            (Place::Folder { root, .. }, path) => root.join(path),
            (Place::Objects(objects), path) => return remote::read(objects, path),
        };
        match fs::read(&root) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(None)
            }
            Err(error) => Err(Error::File { path: root, error }),
        }
    }

    /// The paths of all files, in order.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Objects`].
    pub fn list(&self) -> Result<Vec<String>, Error> {
        match &self.0 {
            Place::Objects(objects) => objects.list(),
            Place::Folder { root, .. } if !root.exists() => Ok(Vec::new()),
            Place::Folder { root, .. } => {
                let all = crate::Folder::at(root).list("");
                all.map_err(|error| Error::File { path: root.clone(), error })
            }
        }
    }

    /// Writes these files so that they last; those that are there with the same bytes are left.
    ///
    /// # Errors
    /// [`Error::Overwrite`] when one is there with other bytes, [`Error::Path`], [`Error::File`], [`Error::Objects`].
    pub fn put(&self, files: &[StagedFile]) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        for file in files {
            let path = check(&file.path)?;
            if let Place::Folder { root, .. } = &self.0
                && let Some(folder) = root.join(path).parent()
                && !folders.contains(folder)
            {
                make_folder(folder)?;
                folders.insert(folder.to_owned());
            }
        }
        together(files, |file| self.put_one(file))?;
        folders.iter().try_for_each(|folder| sync_folder(folder))
    }

    fn put_one(&self, file: &StagedFile) -> Result<(), Error> {
        match &self.0 {
            Place::Folder { root, aside } => put_new(&root.join(&file.path), &file.bytes, aside),
            Place::Objects(objects) => {
                if objects.create(&file.path, &file.bytes)?.is_some() {
                    return Ok(());
                }
                match objects.get(&file.path)? {
                    Some((found, _)) if found == file.bytes => Ok(()),
                    _ => Err(Error::Overwrite(objects.shown(&file.path))),
                }
            }
        }
    }

    /// Writes the checkpoint, the one file that changes.
    ///
    /// # Errors
    /// [`Error::File`]; [`Error::Superseded`] when it is another's by now, [`Error::Objects`].
    pub fn put_checkpoint(&self, bytes: &[u8]) -> Result<(), Error> {
        match &self.0 {
            Place::Folder { root, aside } => {
                make_folder(root)?;
                replace(&root.join("checkpoint"), bytes, aside)
            }
            Place::Objects(objects) => remote::put_checkpoint(objects, bytes),
        }
    }

    /// Finishes removals: documents are replaced, and blobs, which have no bytes, are removed. `lock` is asked
    /// once what stands there has been looked at, so that nobody who has removed more meanwhile is overwritten.
    ///
    /// # Errors
    /// [`Error::Path`] unless all are documents and blobs, [`Error::File`], [`Error::Superseded`], [`Error::Objects`].
    pub(crate) fn erase(&self, files: &[StagedFile], lock: Option<&Lock>) -> Result<(), Error> {
        let known: Vec<Option<Version>> = match &self.0 {
            Place::Folder { .. } => Vec::new(),
            Place::Objects(objects) => {
                let seen = files.iter().map(|file| objects.get(check(&file.path)?));
                let seen = seen.collect::<Result<Vec<_>, Error>>()?;
                seen.into_iter().map(|found| found.map(|(_, version)| version)).collect()
            }
        };
        let _turn = lock.map(Lock::turn).transpose()?;
        for (place, file) in files.iter().enumerate() {
            let kind = if file.bytes.is_empty() { "blob/" } else { "document/" };
            if !file.path.starts_with(kind) {
                return Err(Error::Path(file.path.clone()));
            }
            match &self.0 {
                Place::Folder { root, aside } => {
                    erase_file(&root.join(check(&file.path)?), &file.bytes, aside)?
                }
                Place::Objects(objects) => {
                    remote::erase(objects, file, known.get(place).and_then(Option::as_ref))?;
                }
            }
        }
        Ok(())
    }

    /// Puts right a file that is missing or damaged. `bytes` are what its name or the signed tree demands, which the caller
    /// has made sure of; nothing else may ever be written over a file of the record.
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::File`], [`Error::Objects`].
    pub fn mend(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        match &self.0 {
            Place::Folder { root, aside } => {
                let path = root.join(check(path)?);
                make_folder(aside)?;
                path.parent().map_or(Ok(()), make_folder)?;
                replace(&path, bytes, aside)
            }
            Place::Objects(objects) => {
                let known = objects.get(check(path)?)?.map(|(_, version)| version);
                let done = objects.put_over(path, bytes, known.as_ref())?;
                done.map(drop).ok_or_else(|| Error::Superseded(objects.shown(path)))
            }
        }
    }

    fn give(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let found = self.read(path).map_err(|error| ReadError::Failed(error.to_string()))?;
        found.ok_or(ReadError::Missing)
    }
}

fn check(path: &str) -> Result<&str, Error> {
    if is_record_path(path) { Ok(path) } else { Err(Error::Path(path.into())) }
}

/// Puts a document in the place of the one whose blocks were removed; removes a blob's file so that it stays away.
fn erase_file(path: &Path, bytes: &[u8], aside: &Path) -> Result<(), Error> {
    if !bytes.is_empty() {
        return replace(path, bytes, aside);
    }
    match fs::remove_file(path) {
        Ok(()) => path.parent().map_or(Ok(()), sync_folder),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::File { path: path.to_owned(), error }),
    }
}

/// Where the document that an entry commits to is kept among the record's files.
#[must_use]
pub fn document_file(commit: &[u8; 32]) -> String {
    format!("document/{}.json", ovn_edition::hex::encode(commit))
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
    write::replace(path, bytes, aside, Lasts::Now).map_err(|error| failed(path, error))
}

/// Makes a folder and those above it, each of them lasting.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Error> {
    write::make_folder(folder).map_err(|error| failed(folder, error))
}

/// Makes the names in a folder last.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    write::sync_folder(folder).map_err(|error| failed(folder, error))
}

fn failed(path: &Path, error: std::io::Error) -> Error {
    Error::File { path: path.to_owned(), error }
}

fn put_new(path: &Path, bytes: &[u8], aside: &Path) -> Result<(), Error> {
    let done = match fs::read(path) {
        // It may have been written before a crash and never synced.
        Ok(found) if found == bytes => File::open(path).and_then(|file| file.sync_all()),
        Ok(_) => return Err(Error::Overwrite(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            write::beside(path, bytes, aside, Lasts::Now)
        }
        Err(error) => Err(error),
    };
    done.map_err(|error| failed(path, error))
}
