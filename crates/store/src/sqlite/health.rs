//! What SQLite knows of its own health, and a clean copy of its file.

use crate::Error;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Sentences that are asked for at most.
const MOST: i64 = 100;

/// What is wrong with pages, indexes (the search index too) and references.
pub(crate) fn faults(db: &Connection) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    db.pragma(None, "integrity_check", MOST, |row| {
        found.push(row.get::<_, String>(0)?);
        Ok(())
    })?;
    found.retain(|sentence| sentence != "ok");
    let mut broken = 0;
    db.pragma_query(None, "foreign_key_check", |_| {
        broken += 1;
        Ok(())
    })?;
    if broken > 0 {
        found.push(format!("{broken} rows refer to rows that are not there"));
    }
    let wrong: i64 = db.query_row(SUMS, [], |row| row.get(0))?;
    if wrong > 0 {
        found.push(format!("{wrong} sums over articles are not those of the articles"));
    }
    Ok(found)
}

/// How many sums by language and month are not what the articles give; a month whose articles are gone may stay at 0.
const SUMS: &str = "WITH told AS (SELECT lang, substr(first_local, 1, 7) AS month, count(*) AS articles, \
    sum(sources) AS sources, sum(sources = 1) AS single, sum(sources = 0) AS unsourced, sum(parties) AS named, \
    sum(heard) AS heard, sum(corrected IS NOT NULL) AS corrected \
    FROM head WHERE kind = 'article' AND NOT withdrawn GROUP BY lang, substr(first_local, 1, 7)), \
    kept AS (SELECT lang, month, articles, sources, single, unsourced, named, heard, corrected FROM tally \
    WHERE articles <> 0 OR sources <> 0 OR single <> 0 OR unsourced <> 0 OR named <> 0 OR heard <> 0 OR corrected <> 0) \
    SELECT (SELECT count(*) FROM (SELECT * FROM told EXCEPT SELECT * FROM kept)) \
    + (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM told))";

/// Writes one state of the database at `from` to a new file, live pages alone.
pub(crate) fn vacuum_into(from: &Path, to: &Path) -> Result<(), Error> {
    // It writes to another file, which a connection for queries alone may not.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(from, flags)?;
    db.busy_timeout(Duration::from_secs(10))?;
    db.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}
