//! The lock: the last signed checkpoint, kept outside the edition's folder and changed only by compare-and-swap.
//!
//! A checkpoint stands here before it leaves the process, so a copy or an older backup of the edition that comes to
//! life beside the lock finds itself shorter and does not sign.

mod turn;

use crate::files::{make_folder, replace};
use crate::objects::Objects;
use crate::{Error, Settings};
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use turn::Turn;

/// How often, and after which pause, the gate is tried. Nobody holds it for longer than it takes to write a file.
const TRIES: u32 = 250;
const PAUSE: Duration = Duration::from_millis(20);

/// The lock of one edition: in its key folder, or in the object store that has its record.
#[derive(Debug)]
pub struct Lock {
    held: Option<Vec<u8>>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder {
        folder: PathBuf,
        path: PathBuf,
        /// The turn of this process, where several take turns.
        term: Option<u64>,
        _holder: Holder,
    },
    Objects(Turn),
}

/// A locked file, let go when this is dropped. Closing it would not be enough: a child process that is about to start
/// another program has its own copy of what is open, and the lock with it, until it does.
#[derive(Debug)]
pub(crate) struct Holder(File);

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Keeps every other process from changing the lock, or what goes with it, until it is dropped.
#[derive(Debug)]
pub struct Gate(#[allow(dead_code)] Option<File>);

impl Lock {
    /// Takes the lock of an edition with these settings and the key folder `keys`: in the object store when the record is
    /// there; in the folder when it is not, in turns where nodes share a database. A lock that was in the folder before
    /// the record went to the store goes there with it.
    ///
    /// # Errors
    /// As [`Lock::take`] and [`Lock::share`]; [`Error::Unreachable`] when the store does not honour conditions,
    /// [`Error::Objects`].
    pub fn open(keys: &Path, settings: &Settings) -> Result<Self, Error> {
        let Some(address) = &settings.record else {
            return if settings.database.is_some() { Self::share(keys) } else { Self::take(keys) };
        };
        let objects = Objects::open(address, &settings.access)?.beside("lock");
        let (turn, held) = Turn::take(objects, || read(&keys.join("lock")))?;
        Ok(Self { held, place: Place::Objects(turn) })
    }

    /// Takes the lock in the folder `keys`, which is made if it is missing. While it lives no other process can have it.
    ///
    /// # Errors
    /// [`Error::Held`] with the holder when another process has it, [`Error::File`].
    pub fn take(keys: &Path) -> Result<Self, Error> {
        make_folder(keys)?;
        let holder = hold(&keys.join("lock.holder"))?;
        clear(keys)?;
        let path = keys.join("lock");
        let (held, folder) = (read(&path)?, keys.to_owned());
        Ok(Self { held, place: Place::Folder { path, term: None, folder, _holder: holder } })
    }

    /// Takes a new turn with the lock in the folder `keys`, for an edition whose nodes share the folder and have agreed
    /// in their database whose turn it is. From then on an earlier turn, even of a process that wakes up late, can neither
    /// swap nor write.
    ///
    /// # Errors
    /// [`Error::Held`] when a process that does not take turns has it, [`Error::File`].
    pub fn share(keys: &Path) -> Result<Self, Error> {
        make_folder(keys)?;
        let holder = hold_with_others(&keys.join("lock.holder"))?;
        let _gate = gate(keys)?;
        clear(keys)?;
        let term = term(keys)? + 1;
        replace(&keys.join("lock.term"), format!("{term}\n").as_bytes(), keys)?;
        let path = keys.join("lock");
        let (held, term, folder) = (read(&path)?, Some(term), keys.to_owned());
        Ok(Self { held, place: Place::Folder { path, term, folder, _holder: holder } })
    }

    /// What the lock of an edition with these settings and the key folder `keys` holds at this moment, for somebody who
    /// only looks and takes nothing.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Objects`].
    pub fn seen(keys: &Path, settings: &Settings) -> Result<Option<Vec<u8>>, Error> {
        match &settings.record {
            None => read(&keys.join("lock")),
            Some(address) => turn::seen(&Objects::open(address, &settings.access)?.beside("lock")),
        }
    }

    /// The last signed checkpoint; `None` before the first.
    #[must_use]
    pub fn checkpoint(&self) -> Option<&[u8]> {
        self.held.as_deref()
    }

    /// Makes sure that it is still this process's turn, and keeps it so until the answer is dropped.
    ///
    /// # Errors
    /// [`Error::Superseded`] when it is not, [`Error::Held`], [`Error::File`].
    pub fn turn(&self) -> Result<Gate, Error> {
        match &self.place {
            Place::Folder { folder, term: own, .. } => {
                let gate = gate(folder)?;
                if let Some(own) = own
                    && term(folder)? != *own
                {
                    return Err(Error::Superseded(folder.join("lock.term")));
                }
                Ok(gate)
            }
            // What follows is put on conditions of its own, so nothing has to be kept out meanwhile.
            Place::Objects(turn) => turn.check().map(|()| Gate(None)),
        }
    }

    /// Puts `next` in the place of what [`Lock::checkpoint`] gives, so that it lasts.
    ///
    /// # Errors
    /// [`Error::Swapped`] when the file holds anything else by now, [`Error::Superseded`] when it is another's turn,
    /// [`Error::File`]. After an error of writing the file may hold either, and only a new start may look.
    pub fn swap(&mut self, next: &[u8]) -> Result<(), Error> {
        if let Place::Objects(turn) = &mut self.place {
            turn.swap(next)?;
        }
        if let Place::Folder { path, folder, .. } = &self.place {
            let _gate = self.turn()?;
            if read(path)? != self.held {
                return Err(Error::Swapped(path.clone()));
            }
            replace(path, next, folder)?;
        }
        self.held = Some(next.to_owned());
        Ok(())
    }
}

/// Removes what a process that died left of a swap: a checkpoint that was signed and never came into the lock, and that
/// may have another root than the next one of its size. Nobody else may be about to swap.
fn clear(keys: &Path) -> Result<(), Error> {
    let fail = |error| Error::File { path: keys.to_owned(), error };
    for item in std::fs::read_dir(keys).map_err(fail)? {
        let path = item.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.trim_start_matches('.').starts_with("lock.") && name.ends_with(".new") {
            std::fs::remove_file(&path)
                .map_err(|error| Error::File { path: path.clone(), error })?;
        }
    }
    Ok(())
}

/// Number of the last turn that was taken; 0 before the first.
fn term(keys: &Path) -> Result<u64, Error> {
    let path = keys.join("lock.term");
    let Some(bytes) = read(&path)? else { return Ok(0) };
    let number = String::from_utf8_lossy(&bytes).trim().parse();
    number.map_err(|_| Error::Damaged(format!("{} holds no number", path.display())))
}

fn gate(keys: &Path) -> Result<Gate, Error> {
    let path = keys.join("lock.gate");
    let fail = |error| Error::File { path: path.clone(), error };
    let file = open(&path)?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Gate(Some(file))),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(fail(error)),
        }
    }
    Err(Error::Held { path, holder: "another process".into() })
}

fn open(path: &Path) -> Result<File, Error> {
    let mut options = File::options();
    let file = options.read(true).write(true).create(true).truncate(false).open(path);
    file.map_err(|error| Error::File { path: path.to_owned(), error })
}

/// Locks the file at `path` against processes that want it for themselves.
fn hold_with_others(path: &Path) -> Result<Holder, Error> {
    let mut file = open(path)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(Holder(file)),
        Err(TryLockError::WouldBlock) => Err(held(path, &mut file)),
        Err(TryLockError::Error(error)) => Err(Error::File { path: path.to_owned(), error }),
    }
}

fn held(path: &Path, file: &mut File) -> Error {
    let mut holder = String::new();
    let _ = file.read_to_string(&mut holder);
    let holder = match holder.trim() {
        "" => "another process".to_owned(),
        named => named.to_owned(),
    };
    Error::Held { path: path.to_owned(), holder }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::File { path: path.to_owned(), error }),
    }
}

/// Locks the file at `path` for this process, by the system's own lock, and says in it who holds it.
pub(crate) fn hold(path: &Path) -> Result<Holder, Error> {
    let fail = |error| Error::File { path: path.to_owned(), error };
    let mut file = open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(held(path, &mut file)),
        Err(TryLockError::Error(error)) => return Err(fail(error)),
    }
    file.set_len(0).map_err(fail)?;
    file.rewind().map_err(fail)?;
    writeln!(file, "process {}", std::process::id()).map_err(fail)?;
    Ok(Holder(file))
}
