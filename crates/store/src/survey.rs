//! What a folder and its database look like from outside: owners, permissions, free room, versions. Changes nothing.

use crate::Error;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

/// Which engine has an edition's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// Its version, as it says it.
    pub version: String,
    /// Migrations that the database has.
    pub migrations: u32,
}

/// The room on a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes that this process may still write.
    pub free: u64,
    /// Bytes in all.
    pub whole: u64,
    /// Files that may still be made; `None` where the file system does not count them.
    pub files: Option<u64>,
}

/// Who may do what with a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Number of the owner.
    pub owner: u32,
    /// The lowest nine bits, as `chmod` takes them.
    pub mode: u32,
    /// Whether it is a folder.
    pub folder: bool,
}

/// Number of the user as whom this process acts.
#[must_use]
pub fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// The room on the disk that `path` is on.
///
/// # Errors
/// [`Error::File`].
pub fn room(path: &Path) -> Result<Room, Error> {
    let fail = |error: rustix::io::Errno| Error::File { path: path.into(), error: error.into() };
    let told = rustix::fs::statvfs(path).map_err(fail)?;
    Ok(Room {
        free: told.f_bavail.saturating_mul(told.f_frsize),
        whole: told.f_blocks.saturating_mul(told.f_frsize),
        files: (told.f_files > 0).then_some(told.f_favail),
    })
}

/// Who may do what with `path`; `None` when there is nothing.
///
/// # Errors
/// [`Error::File`].
pub fn rights(path: &Path) -> Result<Option<Rights>, Error> {
    let told = match std::fs::metadata(path) {
        Ok(told) => told,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::File { path: path.into(), error }),
    };
    Ok(Some(rights_of(&told)))
}

fn rights_of(told: &Metadata) -> Rights {
    let mode = told.permissions().mode() & 0o777;
    Rights { owner: told.uid(), mode, folder: told.is_dir() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_the_system_says_is_said() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        std::fs::write(&file, "x").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        let told = rights(&file).unwrap().unwrap();
        assert_eq!(told, Rights { owner: user(), mode: 0o640, folder: false });
        assert!(rights(home.path()).unwrap().unwrap().folder);
        assert_eq!(rights(&home.path().join("none")).unwrap(), None);
        let room = room(home.path()).unwrap();
        assert!(room.free > 0 && room.free <= room.whole);
        assert!(super::room(&home.path().join("none")).is_err());
    }
}
