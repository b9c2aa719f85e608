//! Sources across articles: the same address, or the same words where there is none, is the same source.

use super::heads;
use super::row::{HEAD, size};
use crate::Error;
use crate::error::damaged;
use crate::rows::SourceUse;
use ovn_edition::model::Source;
use rusqlite::{Connection, params};

/// What two citations of one source have in common.
pub(crate) fn name(source: &Source) -> String {
    if let Some(address) = source.csl.get("URL").and_then(|url| url.as_str()) {
        return address.to_owned();
    }
    let mut rest = source.csl.clone();
    rest.remove("id");
    serde_json::to_string(&rest).unwrap_or_default()
}

/// The sources cited most recently first.
pub(crate) fn list(
    db: &Connection,
    lang: Option<&str>,
    offset: usize,
    limit: usize,
) -> Result<Vec<SourceUse>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT source.name, source.csl, max(head.at) FROM source JOIN head ON head.number = source.head \
         WHERE head.withdrawn = 0 AND head.kind = 'article' AND (?1 IS NULL OR head.lang = ?1) \
         GROUP BY source.name ORDER BY max(head.at) DESC, source.name LIMIT ?2 OFFSET ?3",
    )?;
    let mut rows = statement.query(params![lang, size(limit), size(offset)])?;
    let uses = format!(
        "SELECT {HEAD} FROM head WHERE number IN (SELECT head FROM source WHERE name = ?1) \
         AND withdrawn = 0 AND kind = 'article' AND (?2 IS NULL OR lang = ?2) \
         ORDER BY first_at DESC, article DESC LIMIT 20"
    );
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, csl): (String, String) = (row.get(0)?, row.get(1)?);
        let source: Source = serde_json::from_str(&csl).map_err(damaged)?;
        found.push(SourceUse { source, heads: heads::all(db, &uses, params![name, lang])? });
    }
    Ok(found)
}
