//! Opening the database, its migrations, and the pool of reading connections.

use crate::Error;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Applied in order, each once; a file that was released is never edited.
const MIGRATIONS: [&str; 5] = [
    include_str!("migrations/0001_edition.sql"),
    include_str!("migrations/0002_slug.sql"),
    include_str!("migrations/0003_tally.sql"),
    include_str!("migrations/0004_term.sql"),
    include_str!("migrations/0005_placed.sql"),
];
/// Reading connections that are kept when idle.
const IDLE: usize = 16;

/// The database of the edition in `dir`.
pub(crate) fn path(dir: &Path) -> PathBuf {
    dir.join("edition.sqlite")
}

/// Opens the database for writing, made and migrated as needed.
///
/// What a batch leaves in the staging tables when it is published stands in the published rows as well, so its pages go
/// unwritten to the free ones; what is removed from those rows is gone when [`super::staging::erased`] has made the file anew.
pub(crate) fn writer(path: &Path) -> Result<Connection, Error> {
    let mut db = durable(path)?;
    migrate(&mut db)?;
    db.pragma_update(None, "secure_delete", "FAST")?;
    Ok(db)
}

/// Opens a database for writing, as it is.
///
/// `synchronous=FULL` since in WAL mode anything less may lose a committed transaction when the power fails, and then
/// the signed tree would be longer than the stored one. `secure_delete` since what is removed must be gone.
pub(crate) fn durable(path: &Path) -> Result<Connection, Error> {
    let db = Connection::open(path)?;
    db.busy_timeout(Duration::from_secs(10))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "secure_delete", true)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<(), Error> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = migrations(&change)?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for (number, sql) in (1..=known).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0)) {
        change.execute_batch(sql)?;
        change.pragma_update(None, "user_version", number)?;
    }
    Ok(change.commit()?)
}

/// Migrations that the database has.
pub(crate) fn migrations(db: &Connection) -> Result<u32, Error> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Opens the database for reading only: the system refuses to write its file, and SQLite refuses to try.
pub(crate) fn reader(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(Duration::from_secs(10))?;
    db.pragma_update(None, "query_only", true)?;
    // Plans that do not look at the values asked for: with them, SQLite prepares some statements anew for every value.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

/// Reading connections, opened as they are needed and kept for the next reader.
#[derive(Debug)]
pub(crate) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    pub(crate) fn open(path: PathBuf) -> Result<Self, Error> {
        let first = reader(&path)?;
        let found = migrations(&first)?;
        let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
        if found > known {
            return Err(Error::Newer { found, known });
        }
        if found == 0 {
            return Err(Error::Damaged("the database has not been set up yet".into()));
        }
        if found < known {
            return Err(Error::Older { found, known });
        }
        Ok(Self { path, idle: Mutex::new(vec![first]) })
    }

    /// The database's file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `read` on a connection of its own, all of it on one state of the database.
    pub(crate) fn with<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let db = match idle {
            Some(db) => db,
            None => reader(&self.path)?,
        };
        let view = db.unchecked_transaction()?;
        let found = read(&view)?;
        view.finish()?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(db);
        }
        Ok(found)
    }
}
