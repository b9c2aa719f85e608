//! The record's entries: revisions, removals, corrections, and the state that a checkpoint published.

use super::row::{HEAD, get, head, number, small};
use super::session::Session;
use crate::error::damaged;
use crate::rows::{Entry, Head, Removal, Revision};
use crate::sqlite::row::{int, size};
use crate::{Error, State, Tip};
use ovn_edition::leaf::{Id, Kind};
use ovn_edition::model::Class;
use tokio_postgres::Row;

const REVISION: &str = "entry.seq, entry.rev, entry.kind, entry.class, entry.note, entry.asked_by, entry.at, \
    entry.local, entry.leaf, entry.document";

pub(crate) fn state(db: &Session) -> Result<State, Error> {
    let row = db.row("SELECT size, at, generation, checkpoint FROM state WHERE id = 1", &[])?;
    let row = row.ok_or_else(|| damaged("the state is missing"))?;
    Ok(State {
        size: number(&row, 0)?,
        at: number(&row, 1)?,
        generation: number(&row, 2)?,
        checkpoint: get(&row, 3)?,
    })
}

/// The revision whose columns [`REVISION`] begin at `first`.
fn revision(row: &Row, first: usize) -> Result<Revision, Error> {
    let kind: &str = get(row, first + 2)?;
    let class: Option<&str> = get(row, first + 3)?;
    Ok(Revision {
        seq: number(row, first)?,
        rev: small(row, first + 1)?,
        kind: Kind::from_word(kind).ok_or_else(|| damaged("an entry of an unknown kind"))?,
        class: class.and_then(Class::from_word).unwrap_or_default(),
        note: get(row, first + 4)?,
        asked_by: get(row, first + 5)?,
        at: number(row, first + 6)?,
        local: get::<Option<String>>(row, first + 7)?.unwrap_or_default(),
        leaf: get(row, first + 8)?,
        document: get(row, first + 9)?,
    })
}

pub(crate) fn revisions(db: &Session, id: &Id) -> Result<Vec<Revision>, Error> {
    let sql = format!(
        "SELECT {REVISION} FROM entry WHERE article = $1 AND kind <> 'removal' ORDER BY seq"
    );
    db.rows(&sql, &[&id.as_slice()])?.iter().map(|row| revision(row, 0)).collect()
}

/// The article's last entry of any kind, and the number of its last revision.
pub(crate) fn tip(db: &Session, id: &Id) -> Result<Option<Tip>, Error> {
    let row = db.row(
        "SELECT leaf, (SELECT max(rev) FROM entry WHERE article = $1) FROM entry WHERE article = $1 \
         ORDER BY seq DESC LIMIT 1",
        &[&id.as_slice()],
    )?;
    row.map(|row| Ok(Tip { leaf: get(&row, 0)?, rev: small(&row, 1)? })).transpose()
}

pub(crate) fn removals(db: &Session, id: &Id) -> Result<Vec<Removal>, Error> {
    let sql =
        "SELECT seq, at, rev, ground, note, blocks FROM removal WHERE article = $1 ORDER BY seq";
    let removal = |row: &Row| {
        let blocks: Option<&str> = get(row, 5)?;
        Ok(Removal {
            seq: number(row, 0)?,
            at: number(row, 1)?,
            rev: small(row, 2)?,
            ground: get(row, 3)?,
            note: get(row, 4)?,
            blocks: blocks.map(serde_json::from_str).transpose().map_err(damaged)?,
        })
    };
    db.rows(sql, &[&id.as_slice()])?.iter().map(removal).collect()
}

pub(crate) fn corrections(
    db: &Session,
    lang: Option<&str>,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<(Head, Revision)>, Error> {
    let sql = format!(
        "SELECT {HEAD}, {REVISION} FROM entry JOIN head ON head.article = entry.article \
         WHERE entry.class IN ('correction', 'clarification', 'retraction') \
         AND ($1::text IS NULL OR head.lang = $1) AND entry.seq < $2 ORDER BY entry.seq DESC LIMIT $3"
    );
    let before = before.map_or(i64::MAX, int);
    let rows = db.rows(&sql, &[&lang, &before, &size(limit)])?;
    rows.iter().map(|row| Ok((head(row)?, revision(row, 23)?))).collect()
}

pub(crate) fn leaves(db: &Session, from: u64, count: usize) -> Result<Vec<Vec<u8>>, Error> {
    let sql = "SELECT leaf FROM entry WHERE seq >= $1 ORDER BY seq LIMIT $2";
    db.rows(sql, &[&int(from), &size(count)])?.iter().map(|row| get(row, 0)).collect()
}

pub(crate) fn entries(db: &Session, from: u64, count: usize) -> Result<Vec<Entry>, Error> {
    let rows = db.rows(
        "SELECT entry.seq, entry.leaf, entry.document, head.path, head.headline FROM entry \
         LEFT JOIN head ON head.article = entry.article WHERE entry.seq >= $1 ORDER BY entry.seq LIMIT $2",
        &[&int(from), &size(count)],
    )?;
    let entry = |row: &Row| {
        let path: Option<String> = get(row, 3)?;
        let headline: Option<String> = get(row, 4)?;
        Ok(Entry {
            seq: number(row, 0)?,
            leaf: get(row, 1)?,
            document: get(row, 2)?,
            head: path.zip(headline),
        })
    };
    rows.iter().map(entry).collect()
}
