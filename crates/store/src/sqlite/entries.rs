//! The record's entries: revisions, removals, corrections, and the state that a checkpoint published.

use super::row::{HEAD, head, int, size, uint};
use crate::error::damaged;
use crate::rows::{Entry, Head, Removal, Revision};
use crate::{Error, State, Tip};
use ovn_edition::leaf::{Id, Kind};
use ovn_edition::model::Class;
use rusqlite::{Connection, OptionalExtension, Row, params};

const REVISION: &str = "entry.seq, entry.rev, entry.kind, entry.class, entry.note, entry.asked_by, entry.at, \
    entry.local, entry.leaf, entry.document";

pub(crate) fn state(db: &Connection) -> Result<State, Error> {
    let mut statement =
        db.prepare_cached("SELECT size, at, generation, checkpoint FROM state WHERE id = 1")?;
    Ok(statement.query_row([], |row| {
        Ok(State {
            size: uint(row.get(0)?),
            at: uint(row.get(1)?),
            generation: uint(row.get(2)?),
            checkpoint: row.get(3)?,
        })
    })?)
}

/// The revision whose columns [`REVISION`] begin at `first`.
fn revision(row: &Row<'_>, first: usize) -> Result<Revision, Error> {
    let kind: String = row.get(first + 2)?;
    let class: Option<String> = row.get(first + 3)?;
    Ok(Revision {
        seq: uint(row.get(first)?),
        rev: row.get(first + 1)?,
        kind: Kind::from_word(&kind).ok_or_else(|| damaged("an entry of an unknown kind"))?,
        class: class.as_deref().and_then(Class::from_word).unwrap_or_default(),
        note: row.get(first + 4)?,
        asked_by: row.get(first + 5)?,
        at: uint(row.get(first + 6)?),
        local: row.get::<_, Option<String>>(first + 7)?.unwrap_or_default(),
        leaf: row.get(first + 8)?,
        document: row.get(first + 9)?,
    })
}

pub(crate) fn revisions(db: &Connection, id: &Id) -> Result<Vec<Revision>, Error> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {REVISION} FROM entry WHERE article = ?1 AND kind <> 'removal' ORDER BY seq"
    ))?;
    let mut rows = statement.query([id])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(revision(row, 0)?);
    }
    Ok(found)
}

/// The article's last entry of any kind, and the number of its last revision.
pub(crate) fn tip(db: &Connection, id: &Id) -> Result<Option<Tip>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT leaf, (SELECT max(rev) FROM entry WHERE article = ?1) FROM entry WHERE article = ?1 \
         ORDER BY seq DESC LIMIT 1",
    )?;
    let tip = statement.query_row([id], |row| Ok(Tip { leaf: row.get(0)?, rev: row.get(1)? }));
    Ok(tip.optional()?)
}

pub(crate) fn removals(db: &Connection, id: &Id) -> Result<Vec<Removal>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT seq, at, rev, ground, note, blocks FROM removal WHERE article = ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([id])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let blocks: Option<String> = row.get(5)?;
        found.push(Removal {
            seq: uint(row.get(0)?),
            at: uint(row.get(1)?),
            rev: row.get(2)?,
            ground: row.get(3)?,
            note: row.get(4)?,
            blocks: blocks.map(|text| serde_json::from_str(&text)).transpose().map_err(damaged)?,
        });
    }
    Ok(found)
}

pub(crate) fn corrections(
    db: &Connection,
    lang: Option<&str>,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<(Head, Revision)>, Error> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {HEAD}, {REVISION} FROM entry JOIN head ON head.article = entry.article \
         WHERE entry.class IN ('correction', 'clarification', 'retraction') \
         AND (?1 IS NULL OR head.lang = ?1) AND entry.seq < ?2 ORDER BY entry.seq DESC LIMIT ?3"
    ))?;
    let before = before.map_or(i64::MAX, int);
    let mut rows = statement.query(params![lang, before, size(limit)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((head(row)?, revision(row, 23)?));
    }
    Ok(found)
}

pub(crate) fn leaves(db: &Connection, from: u64, count: usize) -> Result<Vec<Vec<u8>>, Error> {
    let mut statement =
        db.prepare_cached("SELECT leaf FROM entry WHERE seq >= ?1 ORDER BY seq LIMIT ?2")?;
    let rows = statement.query_map(params![int(from), size(count)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn entries(db: &Connection, from: u64, count: usize) -> Result<Vec<Entry>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT entry.seq, entry.leaf, entry.document, head.path, head.headline FROM entry \
         LEFT JOIN head ON head.article = entry.article WHERE entry.seq >= ?1 ORDER BY entry.seq LIMIT ?2",
    )?;
    let rows = statement.query_map(params![int(from), size(count)], |row| {
        let path: Option<String> = row.get(3)?;
        let headline: Option<String> = row.get(4)?;
        Ok(Entry {
            seq: uint(row.get(0)?),
            leaf: row.get(1)?,
            document: row.get(2)?,
            head: path.zip(headline),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
