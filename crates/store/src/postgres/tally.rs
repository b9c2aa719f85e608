//! Sums over the articles that can be read, as a trigger keeps them.

use super::row::{get, number};
use super::session::Session;
use crate::Error;
use crate::rows::Tally;

pub(crate) fn tallies(db: &Session, lang: &str) -> Result<Vec<Tally>, Error> {
    let rows = db.rows(
        "SELECT month, articles, sources, single, unsourced, named, heard, corrected FROM tally \
         WHERE lang = $1 AND articles > 0 ORDER BY month DESC",
        &[&lang],
    )?;
    let tally = |row| {
        Ok(Tally {
            month: get(row, 0)?,
            articles: number(row, 1)?,
            sources: number(row, 2)?,
            single: number(row, 3)?,
            unsourced: number(row, 4)?,
            named: number(row, 5)?,
            heard: number(row, 6)?,
            corrected: number(row, 7)?,
        })
    };
    rows.iter().map(tally).collect()
}
