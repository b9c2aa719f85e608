//! Copying an edition's rows from one database to another, whatever their engines: all of them, or none.
//!
//! Both are held as a writer holds them, so that nothing is published meanwhile. Sealed bytes are moved as they are, and
//! what is staged goes along, so that a new start on the copy finishes what the old one would have finished. The newsroom's
//! cabinet and the letterbox follow once the rows are there.

use crate::files::make_folder;
use crate::lock::{Holder, hold};
use crate::postgres::{self, address::Address, sequencer::Sequencer};
use crate::sqlite::{self, connect};
use crate::tables::{ALL, Rows, Table};
use crate::{Cabinet, Error, Letterbox, Settings};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The SQLite file in an edition's folder.
    Folder(PathBuf),
    /// A PostgreSQL database's address.
    Address(String),
}

impl Place {
    /// Reads what an operator writes: an address that begins with `postgres://`, or a folder.
    #[must_use]
    pub fn read(text: &str) -> Self {
        if postgres::address::is_address(text) {
            Self::Address(text.to_owned())
        } else {
            Self::Folder(PathBuf::from(text))
        }
    }
}

/// Copies every row of `from` to `to`, which must be empty, and gives the number of entries. `told` hears of the rows
/// copied so far. The record's files are not touched.
///
/// # Errors
/// [`Error::Copy`] when the places can't be copied between, [`Error::Held`] when somebody writes to either; [`Error`].
/// Nothing is left in `to` then.
pub fn copy(from: &Place, to: &Place, told: &mut dyn FnMut(u64)) -> Result<u64, Error> {
    if from == to {
        return Err(Error::Copy("both places are the same".into()));
    }
    if let Place::Folder(dir) = from
        && !connect::path(dir).is_file()
    {
        let sentence = format!("{} has no database; name an edition's folder", dir.display());
        return Err(Error::Copy(sentence));
    }
    let places = (from, to);
    let from = Side::open(from)?;
    let mut to = Side::open(to)?;
    if !to.is_empty()? {
        let sentence =
            "the place to copy to holds an edition; name an empty one, nothing is ever merged";
        return Err(Error::Copy(sentence.into()));
    }
    let cabinets = cabinets(places.0, places.1)?;
    let mut copied = 0;
    from.give(&mut |table, rows| {
        copied += rows.len() as u64;
        told(copied);
        to.take(table, rows)
    })?;
    let entries = to.finish()?;
    if let Some((from, to)) = cabinets {
        from.copy_to(&to)?;
    }
    letters(places.0, places.1)?;
    Ok(entries)
}

/// Copies what the newsroom keeps for itself to the folder `to`, into SQLite files: people, drafts, sources and letters.
/// False where nobody has joined. The files beside the cabinet are not among it.
///
/// # Errors
/// [`Error`], as for any database.
pub fn newsroom(dir: &Path, settings: &Settings, to: &Path) -> Result<bool, Error> {
    let from = match &settings.database {
        Some(address) => Place::Address(address.clone()),
        None => Place::Folder(dir.to_owned()),
    };
    let to = Place::Folder(to.to_owned());
    let Some((cabinet, copy)) = cabinets(&from, &to)? else { return Ok(false) };
    cabinet.copy_to(&copy)?;
    letters(&from, &to)?;
    Ok(true)
}

/// Copies the letterbox, where readers have left anything in the first.
fn letters(from: &Place, to: &Place) -> Result<(), Error> {
    let open = |place: &Place| match place {
        Place::Folder(dir) => Letterbox::open(dir, None),
        Place::Address(address) => Letterbox::open(Path::new("."), Some(address)),
    };
    if matches!(from, Place::Folder(dir) if !Letterbox::is_in(dir)) {
        return Ok(());
    }
    open(from)?.copy_to(&open(to)?).map(|_| ())
}

/// The cabinets of both places, where there are people in the first; none may be in the second.
fn cabinets(from: &Place, to: &Place) -> Result<Option<(Cabinet, Cabinet)>, Error> {
    let open = |place: &Place| match place {
        Place::Folder(dir) => Cabinet::open(dir, None),
        Place::Address(address) => Cabinet::open(Path::new("."), Some(address)),
    };
    if matches!(from, Place::Folder(dir) if !Cabinet::is_in(dir)) {
        return Ok(None);
    }
    let from = open(from)?;
    if !from.is_set_up()? {
        return Ok(None);
    }
    let to = open(to)?;
    if to.is_set_up()? {
        return Err(Error::Copy(
            "there are people in the newsroom to copy to; nothing is ever merged".into(),
        ));
    }
    Ok(Some((from, to)))
}

/// One of the two databases, held by this process. The target's transaction is open until it is finished.
enum Side {
    Sqlite { db: Connection, _holder: Holder },
    Postgres(Box<Sequencer>),
}

impl Side {
    fn open(place: &Place) -> Result<Self, Error> {
        match place {
            Place::Folder(dir) => Self::open_folder(dir),
            Place::Address(address) => {
                Ok(Self::Postgres(Box::new(Sequencer::open(&Address::read(address)?)?)))
            }
        }
    }

    fn open_folder(dir: &Path) -> Result<Self, Error> {
        make_folder(dir)?;
        let holder = hold(&dir.join("writer.holder"))?;
        Ok(Self::Sqlite { db: connect::writer(&connect::path(dir))?, _holder: holder })
    }

    fn is_empty(&mut self) -> Result<bool, Error> {
        match self {
            Self::Sqlite { db, .. } => {
                db.execute_batch("BEGIN IMMEDIATE")?;
                sqlite::tables::is_empty(db)
            }
            Self::Postgres(sequencer) => {
                sequencer.session().batch("BEGIN")?;
                postgres::tables::is_empty(sequencer.session())
            }
        }
    }

    fn give(&self, take: &mut dyn FnMut(&Table, Rows) -> Result<(), Error>) -> Result<(), Error> {
        match self {
            Self::Sqlite { db, .. } => {
                let view = db.unchecked_transaction()?;
                for table in &ALL {
                    sqlite::tables::read(&view, table, &mut |rows| take(table, rows))?;
                }
                Ok(view.finish()?)
            }
            Self::Postgres(sequencer) => {
                let db = sequencer.session();
                let mut all = || {
                    for table in &ALL {
                        postgres::tables::read(db, table, &mut |rows| take(table, rows))?;
                    }
                    Ok(())
                };
                db.view(&mut all)
            }
        }
    }

    fn take(&mut self, table: &Table, rows: Rows) -> Result<(), Error> {
        match self {
            Self::Sqlite { db, .. } => sqlite::tables::write(db, table, rows),
            Self::Postgres(sequencer) => postgres::tables::write(sequencer.session(), table, rows),
        }
    }

    /// Commits, and gives the number of published entries.
    fn finish(&mut self) -> Result<u64, Error> {
        match self {
            Self::Sqlite { db, .. } => {
                db.execute_batch("COMMIT")?;
                Ok(sqlite::entries::state(db)?.size)
            }
            Self::Postgres(sequencer) => {
                let db = sequencer.session();
                postgres::tables::finish(db)?;
                db.batch("COMMIT")?;
                Ok(postgres::entries::state(db)?.size)
            }
        }
    }
}
