//! What can go wrong in keeping, each a sentence that says what to do.

use std::path::PathBuf;

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database refused.
    #[error("the edition's database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The PostgreSQL server refused, or the connection to it ended.
    #[error("the edition's database: {sentence}")]
    Postgres {
        /// What it said.
        sentence: String,
        /// Whether it is in doubt what it kept.
        doubt: bool,
        /// Whether the connection is gone.
        lost: bool,
    },
    /// There is no database to be reached at the address.
    #[error(
        "{address} can't be used: {sentence}; look at `database` in ovn.toml, and whether the server runs"
    )]
    Unreachable {
        /// The address, without its password.
        address: String,
        /// Why.
        sentence: String,
    },
    /// Another node has taken over the sealing.
    #[error("another node seals by now, and this one must not: {0} says so")]
    Superseded(PathBuf),
    /// A copy of a database that can't be made.
    #[error("nothing was copied: {0}")]
    Copy(String),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// An object of the record could not be read or written.
    #[error("{path} in the object store: {sentence}")]
    Objects {
        /// Bucket, prefix and name.
        path: PathBuf,
        /// What the store said, or that it said nothing.
        sentence: String,
        /// Whether it was to be written, so that it is in doubt whether it was.
        write: bool,
    },
    /// Something stands where a new folder should.
    #[error("{0} is not empty: name a new folder, nothing is ever written over")]
    Taken(PathBuf),
    /// Somebody else writes to this edition.
    #[error("{path} is held by {holder}: stop that process first; one edition has one writer")]
    Held {
        /// The file that is locked.
        path: PathBuf,
        /// Who said it holds it.
        holder: String,
    },
    /// A static file of the record is there with other bytes.
    #[error(
        "{0} exists with other bytes, and files of the record are never overwritten: check the disk and compare with a mirror"
    )]
    Overwrite(PathBuf),
    /// A path that names no file of the record.
    #[error("{0:?} is not the path of a file of the record")]
    Path(String),
    /// The lock file is not what it was when last read.
    #[error("{0} was changed by somebody else since it was read: another writer has the same key")]
    Swapped(PathBuf),
    /// Stored rows or files contradict themselves.
    #[error("the edition's stored data is damaged ({0}): restore it from a mirror or a backup")]
    Damaged(String),
    /// The configuration file.
    #[error("{path}: {sentence}")]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column where they are known.
        sentence: String,
    },
    /// The database was made by an earlier program, and nobody has brought it forward yet.
    #[error(
        "the database is at migration {found} and this program needs {known}: whatever writes to the edition brings it \
         forward; run ovn repair DIR once"
    )]
    Older {
        /// Migrations that the database has.
        found: u32,
        /// Migrations that this program has.
        known: u32,
    },
    /// The database was made by a newer program.
    #[error(
        "the database is at migration {found} and this program knows {known}: run the newer program"
    )]
    Newer {
        /// Migrations that the database has.
        found: u32,
        /// Migrations that this program has.
        known: u32,
    },
}

impl Error {
    /// Whether the failure leaves in doubt what is on the disk, so that nothing may be signed any more: a write or sync
    /// that failed, and may have been dropped. A full disk is not that; its transaction was rolled back.
    #[must_use]
    pub fn is_doubt(&self) -> bool {
        match self {
            Self::Database(error) => {
                use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase, SystemIoFailure};
                matches!(
                    error.sqlite_error_code(),
                    Some(SystemIoFailure | DatabaseCorrupt | NotADatabase)
                )
            }
            Self::Postgres { doubt, .. } => *doubt,
            Self::Objects { write, .. } => *write,
            Self::File { .. }
            | Self::Overwrite(_)
            | Self::Swapped(_)
            | Self::Superseded(_)
            | Self::Damaged(_) => true,
            _ => false,
        }
    }

    /// Whether there is no room left on the disk.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match self {
            Self::Database(error) => {
                error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
            }
            Self::File { error, .. } => error.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether the connection to the server is gone, and a new one may do better.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Postgres { lost: true, .. })
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let code = error.code().map(tokio_postgres::error::SqlState::code);
        // Without an answer of the server, or with one of class 57P, its shutting down, the connection is over.
        let lost = code.is_none_or(|code| code.starts_with("57P"));
        // 58 and XX: the server's own files or memory failed it. All else was rolled back.
        let doubt =
            lost || code.is_some_and(|code| code.starts_with("58") || code.starts_with("XX"));
        Self::Postgres { sentence: crate::postgres::session::said(&error), doubt, lost }
    }
}

pub(crate) fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Damaged(error.to_string())
}
