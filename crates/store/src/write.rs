//! The only code that writes files: aside first, then renamed into their place, and synced where they must last.

use crate::Error;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Threads that wait for the disk together: a journal commits their syncs as one.
const SYNCERS: usize = 16;

/// When what is written is safe from a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lasts {
    /// As soon as it is written: the file is synced before it is renamed, and its folder after that.
    Now,
    /// Whenever the system writes it out: for copies that can be made again.
    Later,
}

/// Puts `bytes` at `path`, in the place of what may stand there: whoever reads finds the old bytes or the new ones
/// whole, and so does, if it [`Lasts::Now`], a new start after a power cut. The folder `aside`, on the same disk, is
/// where the new file stands until then.
///
/// # Errors
/// What the system said; either bytes may then stand there.
pub(crate) fn replace(path: &Path, bytes: &[u8], aside: &Path, lasts: Lasts) -> io::Result<()> {
    replace_as(path, bytes, aside, lasts, None)
}

/// The same, for whom `mode` says; for whom the system says where it is `None`.
///
/// # Errors
/// As [`replace`].
pub(crate) fn replace_as(
    path: &Path,
    bytes: &[u8],
    aside: &Path,
    lasts: Lasts,
    mode: Option<&Permissions>,
) -> io::Result<()> {
    put(path, bytes, aside, lasts, mode)?;
    match (lasts, path.parent()) {
        (Lasts::Now, Some(folder)) => sync_folder(folder),
        _ => Ok(()),
    }
}

/// As [`replace`], without the last sync, of the folder, which the caller does once for many files.
///
/// # Errors
/// As [`replace`].
pub(crate) fn beside(path: &Path, bytes: &[u8], aside: &Path, lasts: Lasts) -> io::Result<()> {
    put(path, bytes, aside, lasts, None)
}

fn put(
    path: &Path,
    bytes: &[u8],
    aside: &Path,
    lasts: Lasts,
    mode: Option<&Permissions>,
) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}-{number}.new", std::process::id()));
    let fresh = aside.join(name);
    let written = File::create(&fresh).and_then(|mut file| {
        if let Some(mode) = mode {
            file.set_permissions(mode.clone())?;
        }
        file.write_all(bytes)?;
        if lasts == Lasts::Now {
            file.sync_all()?;
        }
        fs::rename(&fresh, path)
    });
    if written.is_err() {
        // The error that matters is the first one.
        let _ = fs::remove_file(&fresh);
    }
    written
}

/// Makes a folder and those above it, each of them lasting.
///
/// # Errors
/// What the system said.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
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
        Err(error) => Err(error),
    }
}

/// Makes the names in a folder last.
///
/// # Errors
/// What the system said.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_aside() {
        let home = tempfile::tempdir().unwrap();
        let (path, aside) = (home.path().join("a"), home.path().join("aside"));
        make_folder(&aside).unwrap();
        for lasts in [Lasts::Now, Lasts::Later] {
            for bytes in ["one", "two"] {
                replace(&path, bytes.as_bytes(), &aside, lasts).unwrap();
                assert_eq!(fs::read_to_string(&path).unwrap(), bytes);
            }
        }
        fs::create_dir(home.path().join("b")).unwrap();
        assert!(replace(&home.path().join("b"), b"", &aside, Lasts::Now).is_err());
        assert_eq!(fs::read_dir(&aside).unwrap().count(), 0);
    }
}
