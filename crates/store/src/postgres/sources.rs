//! Sources across articles: the same address, or the same words where there is none, is the same source.

use super::heads;
use super::row::{HEAD, get};
use super::session::Session;
use crate::Error;
use crate::error::damaged;
use crate::rows::SourceUse;
use crate::sqlite::row::size;

/// The sources cited most recently first, each as the latest of its articles has it.
pub(crate) fn list(
    db: &Session,
    lang: Option<&str>,
    offset: usize,
    limit: usize,
) -> Result<Vec<SourceUse>, Error> {
    let uses = format!(
        "SELECT {HEAD} FROM head WHERE number IN (SELECT head FROM source WHERE name = $1) \
         AND NOT withdrawn AND kind = 'article' AND ($2::text IS NULL OR lang = $2) \
         ORDER BY first_at DESC, article DESC LIMIT 20"
    );
    db.view(|| {
        let rows = db.rows(
            "SELECT name, csl FROM (SELECT DISTINCT ON (source.name) source.name, source.csl, head.at \
             FROM source JOIN head ON head.number = source.head \
             WHERE NOT head.withdrawn AND head.kind = 'article' AND ($1::text IS NULL OR head.lang = $1) \
             ORDER BY source.name, head.at DESC, head.number, source.place) AS latest \
             ORDER BY at DESC, name LIMIT $2 OFFSET $3",
            &[&lang, &size(limit), &size(offset)],
        )?;
        let mut found = Vec::new();
        for row in &rows {
            let (name, csl): (&str, &str) = (get(row, 0)?, get(row, 1)?);
            let source = serde_json::from_str(csl).map_err(damaged)?;
            found.push(SourceUse { source, heads: heads::all(db, &uses, &[&name, &lang])? });
        }
        Ok(found)
    })
}
