//! Migrations: numbered files, each applied once, under a lock that all nodes share.

use super::session::Session;
use crate::Error;

/// Applied in order, each once; a file that was released is never edited.
const MIGRATIONS: [&str; 5] = [
    include_str!("migrations/0001_edition.sql"),
    include_str!("migrations/0002_slug.sql"),
    include_str!("migrations/0003_tally.sql"),
    include_str!("migrations/0004_term.sql"),
    include_str!("migrations/0005_placed.sql"),
];
/// The lock under which a node migrates, released with the transaction.
const LOCK: i64 = 0x006f_766e_0002;

fn known() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// Migrations that the database has; `None` when it has never been set up.
fn found(db: &Session) -> Result<Option<u32>, Error> {
    let there = db.row("SELECT to_regclass('migration') IS NOT NULL", &[])?;
    let there: bool = there.map_or(Ok(false), |row| super::row::get(&row, 0))?;
    if !there {
        return Ok(None);
    }
    let row = db.row("SELECT coalesce(max(number), 0) FROM migration", &[])?;
    let number: i64 = row.map_or(Ok(0), |row| super::row::get(&row, 0))?;
    Ok(Some(u32::try_from(number).unwrap_or(u32::MAX)))
}

/// The server's version, and the migrations that the database has.
pub(crate) fn about(db: &Session) -> Result<(String, u32), Error> {
    let row = db.row("SHOW server_version", &[])?;
    let version: String = row.map_or(Ok(String::new()), |row| super::row::get(&row, 0))?;
    Ok((version, found(db)?.unwrap_or(0)))
}

/// Refuses a database that this program does not know.
pub(crate) fn check(db: &Session) -> Result<(), Error> {
    let (found, known) = (found(db)?.unwrap_or(0), known());
    if found > known {
        return Err(Error::Newer { found, known });
    }
    if found == 0 {
        return Err(Error::Damaged("the database has not been set up yet".into()));
    }
    if found < known {
        return Err(Error::Older { found, known });
    }
    Ok(())
}

/// Sets up the database, or brings it forward.
pub(crate) fn migrate(db: &Session) -> Result<(), Error> {
    db.change(|| {
        db.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
        if found(db)?.is_none() {
            db.batch("CREATE TABLE migration (number BIGINT PRIMARY KEY)")?;
        }
        let (found, known) = (found(db)?.unwrap_or(0), known());
        if found > known {
            return Err(Error::Newer { found, known });
        }
        for (number, sql) in (1..=known).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0)) {
            db.batch(sql)?;
            db.execute("INSERT INTO migration (number) VALUES ($1)", &[&i64::from(number)])?;
        }
        Ok(())
    })
}
