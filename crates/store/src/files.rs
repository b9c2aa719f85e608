//! The only code that writes files so that they last: written aside, synced, renamed, and the folder synced.
//!
//! A static file of the record is never overwritten with other bytes: its name says what it holds. The checkpoint is
//! the one file that changes, and a document the one that a removal replaces.

use crate::objects::{Objects, Version};
use crate::{Error, Lock, Settings, StagedFile};
use ovn_tlog::{ReadError, RecordReader, TileKind, TilePath, TileReader};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};

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
            (Place::Objects(objects), path) => return read_object(objects, path),
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
            Place::Objects(objects) => put_checkpoint(objects, bytes),
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
                    erase_object(objects, file, known.get(place).and_then(Option::as_ref))?;
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

/// Does `work` with all of `items` on several threads at once, and gives the first error.
pub(crate) fn together<T: Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<(), Error> + Sync,
) -> Result<(), Error> {
    let (share, work) = (items.len().div_ceil(SYNCERS).max(1), &work);
    std::thread::scope(|scope| {
        let parts: Vec<_> = items
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().try_for_each(work)))
            .collect();
        parts.into_iter().try_for_each(|part| {
            part.join().unwrap_or_else(|_| Err(Error::Damaged("a writer fell".into())))
        })
    })
}

fn check(path: &str) -> Result<&str, Error> {
    if is_record_path(path) { Ok(path) } else { Err(Error::Path(path.into())) }
}

fn read_object(objects: &Objects, path: &str) -> Result<Option<Vec<u8>>, Error> {
    if path.starts_with("tile/") {
        return objects.tile(path);
    }
    let Some((bytes, version)) = objects.get(path)? else { return Ok(None) };
    if path == "checkpoint" {
        *objects.checkpoint.lock().unwrap_or_else(PoisonError::into_inner) = Some(version);
    }
    Ok(Some(bytes))
}

/// Puts the checkpoint in the place of the one that was last seen.
fn put_checkpoint(objects: &Objects, bytes: &[u8]) -> Result<(), Error> {
    let mut known = objects.checkpoint.lock().unwrap_or_else(PoisonError::into_inner);
    let put = objects.put_over("checkpoint", bytes, known.as_ref())?;
    if put.is_some() {
        *known = put;
        return Ok(());
    }
    // An earlier try of this very request may have done it, or the node before this one.
    match objects.get("checkpoint")? {
        Some((found, version)) if found == bytes => {
            *known = Some(version);
            Ok(())
        }
        _ => Err(Error::Superseded(objects.shown("checkpoint"))),
    }
}

fn erase_object(
    objects: &Objects,
    file: &StagedFile,
    known: Option<&Version>,
) -> Result<(), Error> {
    if file.bytes.is_empty() {
        return objects.remove(&file.path);
    }
    if objects.put_over(&file.path, &file.bytes, known)?.is_some() {
        return Ok(());
    }
    match objects.get(&file.path)? {
        Some((found, _)) if found == file.bytes => Ok(()),
        _ => Err(Error::Superseded(objects.shown(&file.path))),
    }
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

/// Makes the names in a folder last.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| Error::File { path: folder.to_owned(), error })
}
