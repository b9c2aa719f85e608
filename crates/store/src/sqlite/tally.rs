//! Sums over the articles that can be read, as triggers keep them.

use super::row::uint;
use crate::Error;
use crate::rows::Tally;
use rusqlite::Connection;

pub(crate) fn tallies(db: &Connection, lang: &str) -> Result<Vec<Tally>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT month, articles, sources, single, unsourced, named, heard, corrected FROM tally \
         WHERE lang = ?1 AND articles > 0 ORDER BY month DESC",
    )?;
    let rows = statement.query_map([lang], |row| {
        Ok(Tally {
            month: row.get(0)?,
            articles: uint(row.get(1)?),
            sources: uint(row.get(2)?),
            single: uint(row.get(3)?),
            unsourced: uint(row.get(4)?),
            named: uint(row.get(5)?),
            heard: uint(row.get(6)?),
            corrected: uint(row.get(7)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
