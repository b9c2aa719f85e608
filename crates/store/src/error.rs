//! What can go wrong in keeping, each a sentence that says what to do.

use std::path::PathBuf;

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database refused.
    #[error("the edition's database: {0}")]
    Database(#[from] rusqlite::Error),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
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
            Self::File { .. } | Self::Overwrite(_) | Self::Swapped(_) | Self::Damaged(_) => true,
            _ => false,
        }
    }
}

pub(crate) fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Damaged(error.to_string())
}
