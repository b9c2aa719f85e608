//! What a folder and its database look like from outside: owners, permissions, free room, versions. Changes nothing.

use crate::Error;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::time::Duration;

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

/// What this process uses, as the system counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process {
    /// User and system time.
    pub cpu: Duration,
    /// Bytes of memory in use.
    pub memory: u64,
    /// Threads.
    pub threads: u64,
    /// Open files and sockets.
    pub files: u64,
    /// The most that may be open.
    pub most_files: Option<u64>,
}

/// What this process uses; `None` where the system has no `/proc`.
#[must_use]
pub fn process() -> Option<Process> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name stands in brackets and may hold anything; what follows begins with field 3, see proc_pid_stat(5).
    let (_, rest) = text.rsplit_once(')')?;
    let field = |number: usize| rest.split_whitespace().nth(number - 3)?.parse::<u64>().ok();
    let ticks = rustix::param::clock_ticks_per_second().max(1);
    let cpu = Duration::from_millis((field(14)? + field(15)?).saturating_mul(1_000) / ticks);
    let page = u64::try_from(rustix::param::page_size()).unwrap_or(4096);
    let files = std::fs::read_dir("/proc/self/fd").ok()?.count();
    Some(Process {
        cpu,
        memory: field(24)?.saturating_mul(page),
        threads: field(20)?,
        // The folder itself was open while it was counted.
        files: u64::try_from(files).unwrap_or(u64::MAX).saturating_sub(1),
        most_files: rustix::process::getrlimit(rustix::process::Resource::Nofile).current,
    })
}

/// Whether some process holds the file at `path` for itself by the system's lock. Nothing is locked to find out, since
/// that could turn away whoever comes at that moment; where there is no `/proc` it is taken for not held.
///
/// # Errors
/// [`Error::File`].
pub(crate) fn held(path: &Path) -> Result<bool, Error> {
    let told = match std::fs::metadata(path) {
        Ok(told) => told,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::File { path: path.into(), error }),
    };
    let locks = std::fs::read_to_string("/proc/locks").unwrap_or_default();
    let end = format!(":{}", told.ino());
    let ours = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        words.next() == Some("FLOCK") && words.any(|word| word.ends_with(&end))
    };
    Ok(locks.lines().any(ours))
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

    #[test]
    fn a_process_knows_what_it_uses() {
        let told = process().unwrap();
        assert!(told.memory > 1 << 20 && told.threads > 0 && told.files > 2, "{told:?}");
        assert!(told.most_files.is_none_or(|most| most >= told.files), "{told:?}");
    }

    #[test]
    fn a_lock_is_seen_and_not_taken() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("holder");
        assert!(!held(&path).unwrap());
        let holder = crate::lock::hold(&path).unwrap();
        assert!(held(&path).unwrap());
        drop(holder);
        assert!(!held(&path).unwrap());
        assert!(crate::lock::hold(&path).is_ok());
    }
}
