//! Articles as lists show them.

use super::row::{HEAD, get, head, number};
use super::session::{Session, Values};
use crate::Error;
use crate::rows::{Head, HeadKind, Query, TagKind};
use crate::sqlite::row::{int, kind_word, size};
use ovn_edition::leaf::Id;
use tokio_postgres::types::ToSql;

/// The heads that `sql` gives in its first columns.
pub(crate) fn all(db: &Session, sql: &str, values: Values<'_>) -> Result<Vec<Head>, Error> {
    db.rows(sql, values)?.iter().map(head).collect()
}

pub(crate) fn by_path(db: &Session, path: &str) -> Result<Option<Head>, Error> {
    if path.contains('\0') {
        return Ok(None);
    }
    let sql = format!("SELECT {HEAD} FROM head WHERE path = $1");
    Ok(all(db, &sql, &[&path])?.pop())
}

/// The first article whose address ends with `/slug`; the sum keeps the list's index, which has that order, from being walked
/// through to the slug.
pub(crate) fn by_slug(db: &Session, slug: &str) -> Result<Option<Head>, Error> {
    if slug.contains('\0') {
        return Ok(None);
    }
    let sql = format!(
        "SELECT {HEAD} FROM head WHERE kind = 'article' AND substr(path, 10) = $1 \
         ORDER BY first_at + 0, article LIMIT 1"
    );
    Ok(all(db, &sql, &[&slug])?.pop())
}

pub(crate) fn by_id(db: &Session, id: &Id) -> Result<Option<Head>, Error> {
    let sql = format!("SELECT {HEAD} FROM head WHERE article = $1");
    Ok(all(db, &sql, &[&id.as_slice()])?.pop())
}

/// By a tag when one is named, the rest by condition. Several tags at once narrow the list.
pub(crate) fn query(db: &Session, query: &Query) -> Result<Vec<Head>, Error> {
    let mut sql = format!("SELECT {HEAD} FROM head WHERE kind = 'article' AND NOT withdrawn");
    let mut values: Vec<Box<dyn ToSql + Sync>> = Vec::new();
    let mut place = |value: Box<dyn ToSql + Sync>| {
        values.push(value);
        format!("${}", values.len())
    };
    let tags = [
        (TagKind::Section, &query.section),
        (TagKind::Topic, &query.topic),
        (TagKind::Story, &query.story),
    ];
    for (kind, name) in tags {
        let Some(name) = name else { continue };
        if name.contains('\0') {
            return Ok(Vec::new());
        }
        let (kind, name) = (place(Box::new(kind.word())), place(Box::new(name.clone())));
        sql +=
            &format!(" AND number IN (SELECT head FROM tag WHERE kind = {kind} AND name = {name})");
    }
    if let Some(lang) = &query.lang {
        sql += &format!(" AND lang = {}", place(Box::new(lang.clone())));
    }
    if let Some(month) = &query.month {
        sql += &format!(" AND substr(first_local, 1, 7) = {}", place(Box::new(month.clone())));
    }
    if let Some((at, id)) = query.before {
        let (at, id) = (place(Box::new(int(at))), place(Box::new(id.to_vec())));
        sql += &format!(" AND (first_at, article) < ({at}, {id})");
    }
    let (limit, offset) = (place(Box::new(size(query.limit))), place(Box::new(size(query.offset))));
    sql += &format!(" ORDER BY first_at DESC, article DESC LIMIT {limit} OFFSET {offset}");
    let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(AsRef::as_ref).collect();
    all(db, &sql, &values)
}

/// The translations of an article: what it translates, what translates it, and what else translates the same.
pub(crate) fn siblings(db: &Session, id: &Id) -> Result<Vec<Head>, Error> {
    let sql = format!(
        "WITH me AS (SELECT path, translation_of FROM head WHERE article = $1) \
         SELECT {HEAD} FROM head, me WHERE head.article <> $1 AND NOT head.withdrawn AND \
         (head.path = me.translation_of OR head.translation_of = me.path \
         OR head.translation_of = me.translation_of) ORDER BY head.lang, head.path"
    );
    all(db, &sql, &[&id.as_slice()])
}

pub(crate) fn policies(db: &Session, lang: &str) -> Result<Vec<Head>, Error> {
    let sql = format!(
        "SELECT {HEAD} FROM head WHERE kind = 'policy' AND lang = $1 AND NOT withdrawn ORDER BY path"
    );
    all(db, &sql, &[&lang])
}

/// How many paths there are with an article or policy, withdrawn ones too.
pub(crate) fn count(db: &Session, kind: HeadKind) -> Result<u64, Error> {
    let rows = db.rows("SELECT count(*) FROM head WHERE kind = $1", &[&kind_word(kind)])?;
    rows.first().map_or(Ok(0), |row| number(row, 0))
}

/// These paths, so many after the first ones, each with the seal of its newest revision.
pub(crate) fn sealed_last(
    db: &Session,
    kind: HeadKind,
    before: usize,
    limit: usize,
) -> Result<Vec<(String, u64, String)>, Error> {
    let sql = "SELECT path, at, local FROM head WHERE kind = $1 \
               ORDER BY first_at, article LIMIT $2 OFFSET $3";
    let rows = db.rows(sql, &[&kind_word(kind), &size(limit), &size(before)])?;
    rows.iter().map(|row| Ok((get(row, 0)?, number(row, 1)?, get(row, 2)?))).collect()
}

pub(crate) fn tags(
    db: &Session,
    kind: TagKind,
    lang: Option<&str>,
) -> Result<Vec<(String, u64)>, Error> {
    let rows = db.rows(
        "SELECT tag.name, count(*) FROM tag JOIN head ON head.number = tag.head \
         WHERE tag.kind = $1 AND ($2::text IS NULL OR head.lang = $2) AND NOT head.withdrawn \
         AND head.kind = 'article' GROUP BY tag.name ORDER BY count(*) DESC, tag.name",
        &[&kind.word(), &lang],
    )?;
    rows.iter().map(|row| Ok((get(row, 0)?, number(row, 1)?))).collect()
}
