//! All of an edition's rows as one moment has them, taken while publishing goes on: for a backup, and to be compared.

use crate::reader::{Engine, Reader};
use crate::sqlite::{self, connect};
use crate::tables::{ALL, Rows, Table};
use crate::{Error, postgres};
use std::cell::{Cell, RefCell};
use std::path::Path;

impl Reader {
    /// Writes all rows into the folder `dir`, which has no database yet, as a SQLite file. SQLite writes its live pages
    /// alone, so that nothing deleted goes along; PostgreSQL reads everything in one repeatable-read transaction.
    ///
    /// # Errors
    /// [`Error`] when the rows can't be read or the file can't be written.
    pub fn snapshot(&self, dir: &Path) -> Result<(), Error> {
        let path = connect::path(dir);
        match &self.engine {
            Engine::Sqlite(pool) => sqlite::health::vacuum_into(pool.path(), &path),
            Engine::Postgres(_) => {
                let to = connect::writer(&path)?;
                to.execute_batch("BEGIN IMMEDIATE")?;
                self.all_rows(&mut |table, rows| sqlite::tables::write(&to, table, rows))?;
                Ok(to.execute_batch("COMMIT")?)
            }
        }
    }

    /// What the engine itself finds wrong with its pages, indexes and references; empty when all is well. PostgreSQL
    /// looks at each page as it reads it, if it was set up with checksums.
    ///
    /// # Errors
    /// When the database is so damaged that it can't be asked.
    pub fn faults(&self) -> Result<Vec<String>, Error> {
        match &self.engine {
            Engine::Sqlite(pool) => pool.with(sqlite::health::faults),
            Engine::Postgres(_) => self.all_rows(&mut |_, _| Ok(())).map(|()| Vec::new()),
        }
    }

    /// Gives the rows of every table, on one state of the database, each table in its order.
    pub(crate) fn all_rows(
        &self,
        take: &mut dyn FnMut(&Table, Rows) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match &self.engine {
            Engine::Sqlite(pool) => pool.with(|db| {
                ALL.iter().try_for_each(|table| {
                    sqlite::tables::read(db, table, &mut |rows| take(table, rows))
                })
            }),
            Engine::Postgres(pool) => {
                let (take, begun) = (RefCell::new(take), Cell::new(false));
                pool.with(|db| {
                    // A second connection would give the first rows once more.
                    if begun.replace(true) {
                        return Err(Error::Copy("the connection ended; try again".into()));
                    }
                    db.view(|| {
                        ALL.iter().try_for_each(|table| {
                            let mut give = |rows| (*take.borrow_mut())(table, rows);
                            postgres::tables::read(db, table, &mut give)
                        })
                    })
                })
            }
        }
    }
}
