//! Articles as lists show them.

use super::row::{HEAD, head, int, size, uint};
use crate::Error;
use crate::rows::{Head, HeadKind, Query, TagKind};
use ovn_edition::leaf::Id;
use rusqlite::{Connection, Params, params};

/// The heads that `sql` gives in its first columns.
pub(crate) fn all(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<Head>, Error> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        heads.push(head(row)?);
    }
    Ok(heads)
}

pub(crate) fn by_path(db: &Connection, path: &str) -> Result<Option<Head>, Error> {
    let sql = format!("SELECT {HEAD} FROM head WHERE path = ?1");
    Ok(all(db, &sql, [path])?.pop())
}

/// The first article whose address ends with `/slug`.
pub(crate) fn by_slug(db: &Connection, slug: &str) -> Result<Option<Head>, Error> {
    Ok(all(db, &of_slug(), [slug])?.pop())
}

/// The sign before the order's column keeps the list's index, which has that order, from being walked through to the slug.
fn of_slug() -> String {
    format!(
        "SELECT {HEAD} FROM head WHERE kind = 'article' AND substr(path, 10) = ?1 \
         ORDER BY +first_at, article LIMIT 1"
    )
}

pub(crate) fn by_id(db: &Connection, id: &Id) -> Result<Option<Head>, Error> {
    let sql = format!("SELECT {HEAD} FROM head WHERE article = ?1");
    Ok(all(db, &sql, [id])?.pop())
}

/// By a tag when one is named, the rest by condition. Several tags at once narrow the list.
pub(crate) fn query(db: &Connection, query: &Query) -> Result<Vec<Head>, Error> {
    let mut sql = format!("SELECT {HEAD} FROM head WHERE kind = 'article' AND withdrawn = 0");
    let tags = [
        (TagKind::Section, &query.section),
        (TagKind::Topic, &query.topic),
        (TagKind::Story, &query.story),
    ];
    let mut values: Vec<Box<dyn rusqlite::ToSql>> = Vec::new();
    for (kind, name) in tags {
        if let Some(name) = name {
            sql += " AND number IN (SELECT head FROM tag WHERE kind = ? AND name = ?)";
            values.push(Box::new(kind.word()));
            values.push(Box::new(name.clone()));
        }
    }
    if let Some(lang) = &query.lang {
        sql += " AND lang = ?";
        values.push(Box::new(lang.clone()));
    }
    if let Some(month) = &query.month {
        sql += " AND substr(first_local, 1, 7) = ?";
        values.push(Box::new(month.clone()));
    }
    if let Some((at, id)) = query.before {
        sql += " AND (first_at, article) < (?, ?)";
        values.push(Box::new(int(at)));
        values.push(Box::new(id));
    }
    sql += " ORDER BY first_at DESC, article DESC LIMIT ? OFFSET ?";
    values.push(Box::new(size(query.limit)));
    values.push(Box::new(size(query.offset)));
    all(db, &sql, rusqlite::params_from_iter(values))
}

/// The translations of an article: what it translates, what translates it, and what else translates the same.
pub(crate) fn siblings(db: &Connection, id: &Id) -> Result<Vec<Head>, Error> {
    let sql = format!(
        "WITH me AS (SELECT path, translation_of FROM head WHERE article = ?1) \
         SELECT {HEAD} FROM head, me WHERE head.article <> ?1 AND head.withdrawn = 0 AND \
         (head.path = me.translation_of OR head.translation_of = me.path \
         OR head.translation_of = me.translation_of) ORDER BY head.lang, head.path"
    );
    all(db, &sql, [id])
}

pub(crate) fn policies(db: &Connection, lang: &str) -> Result<Vec<Head>, Error> {
    let sql = format!(
        "SELECT {HEAD} FROM head WHERE kind = 'policy' AND lang = ?1 AND withdrawn = 0 ORDER BY path"
    );
    all(db, &sql, [lang])
}

/// How many paths there are with an article or policy, withdrawn ones too.
pub(crate) fn count(db: &Connection, kind: HeadKind) -> Result<u64, Error> {
    let mut statement = db.prepare_cached("SELECT count(*) FROM head WHERE kind = ?1")?;
    Ok(uint(statement.query_row([super::row::kind_word(kind)], |row| row.get(0))?))
}

/// These paths, so many after the first ones, each with the seal of its newest revision.
pub(crate) fn sealed_last(
    db: &Connection,
    kind: HeadKind,
    before: usize,
    limit: usize,
) -> Result<Vec<(String, u64, String)>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT path, at, local FROM head WHERE kind = ?1 ORDER BY first_at, article LIMIT ?2 OFFSET ?3",
    )?;
    let asked = params![super::row::kind_word(kind), size(limit), size(before)];
    let rows =
        statement.query_map(asked, |row| Ok((row.get(0)?, uint(row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn tags(
    db: &Connection,
    kind: TagKind,
    lang: Option<&str>,
) -> Result<Vec<(String, u64)>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT tag.name, count(*) FROM tag JOIN head ON head.number = tag.head \
         WHERE tag.kind = ?1 AND (?2 IS NULL OR head.lang = ?2) AND head.withdrawn = 0 \
         AND head.kind = 'article' GROUP BY tag.name ORDER BY count(*) DESC, tag.name",
    )?;
    let rows = statement
        .query_map(params![kind.word(), lang], |row| Ok((row.get(0)?, uint(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::connect;
    use super::*;

    #[test]
    fn a_slug_is_found_without_a_look_at_all_the_others() {
        let home = tempfile::tempdir().unwrap();
        let db = connect::writer(&home.path().join("edition.sqlite")).unwrap();
        let plan = format!("EXPLAIN QUERY PLAN {}", of_slug());
        let plan: String = db.query_row(&plan, ["a"], |row| row.get("detail")).unwrap();
        assert!(plan.contains("USING INDEX head_slug"), "{plan}");
    }
}
