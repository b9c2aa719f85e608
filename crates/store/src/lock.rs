//! The lock: the last signed checkpoint, kept outside the edition's folder and changed only by compare-and-swap.
//!
//! A checkpoint stands here before it leaves the process, so a copy or an older backup of the edition that comes to
//! life beside the lock finds itself shorter and does not sign.

use crate::Error;
use crate::files::{make_folder, replace};
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// The lock of one key folder. While it lives no other process can have it.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    held: Option<Vec<u8>>,
    _holder: File,
}

impl Lock {
    /// Takes the lock in the folder `keys`, which is made if it is missing.
    ///
    /// # Errors
    /// [`Error::Held`] with the holder when another process has it, [`Error::File`].
    pub fn take(keys: &Path) -> Result<Self, Error> {
        make_folder(keys)?;
        let holder = hold(&keys.join("lock.holder"))?;
        let path = keys.join("lock");
        Ok(Self { held: read(&path)?, path, _holder: holder })
    }

    /// The last signed checkpoint; `None` before the first.
    #[must_use]
    pub fn checkpoint(&self) -> Option<&[u8]> {
        self.held.as_deref()
    }

    /// Puts `next` in the place of what [`Lock::checkpoint`] gives, so that it lasts.
    ///
    /// # Errors
    /// [`Error::Swapped`] when the file holds anything else by now, [`Error::File`]. After an error of writing the file
    /// may hold either, and only a new start may look.
    pub fn swap(&mut self, next: &[u8]) -> Result<(), Error> {
        if read(&self.path)? != self.held {
            return Err(Error::Swapped(self.path.clone()));
        }
        replace(&self.path, next, self.path.parent().unwrap_or(Path::new(".")))?;
        self.held = Some(next.to_owned());
        Ok(())
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::File { path: path.to_owned(), error }),
    }
}

/// Locks the file at `path` for this process, by the system's own lock, and says in it who holds it.
pub(crate) fn hold(path: &Path) -> Result<File, Error> {
    let fail = |error| Error::File { path: path.to_owned(), error };
    let mut options = File::options();
    let mut file =
        options.read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            let holder = match holder.trim() {
                "" => "another process".to_owned(),
                named => named.to_owned(),
            };
            return Err(Error::Held { path: path.to_owned(), holder });
        }
        Err(TryLockError::Error(error)) => return Err(fail(error)),
    }
    file.set_len(0).map_err(fail)?;
    file.rewind().map_err(fail)?;
    writeln!(file, "process {}", std::process::id()).map_err(fail)?;
    Ok(file)
}
