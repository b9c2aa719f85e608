//! Rows to values and back.

use crate::Error;
use crate::error::damaged;
use crate::rows::{Head, HeadKind};
use crate::sqlite::row::uint;
use ovn_edition::model::Class;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

/// The columns of [`head`], in its order.
pub(crate) const HEAD: &str = "head.article, head.kind, head.rev, head.path, head.lang, head.headline, \
    head.standfirst, head.byline, head.sections, head.topics, head.story, head.first_at, head.first_local, \
    head.at, head.local, head.class, head.note, head.sources, head.parties, head.heard, head.corrected, \
    head.translation_of, head.withdrawn";

/// The value in a column.
pub(crate) fn get<'a, T: FromSql<'a>>(row: &'a Row, column: usize) -> Result<T, Error> {
    row.try_get(column).map_err(|error| damaged(super::session::said(&error)))
}

/// A number that is not below zero.
pub(crate) fn number(row: &Row, column: usize) -> Result<u64, Error> {
    Ok(uint(get(row, column)?))
}

/// A number that fits 32 bits, such as a revision's.
pub(crate) fn small(row: &Row, column: usize) -> Result<u32, Error> {
    u32::try_from(get::<i64>(row, column)?).map_err(damaged)
}

fn names(row: &Row, column: usize) -> Result<Vec<String>, Error> {
    serde_json::from_str(get::<&str>(row, column)?).map_err(damaged)
}

/// The head in the first columns of `row`, which are [`HEAD`].
pub(crate) fn head(row: &Row) -> Result<Head, Error> {
    let kind: &str = get(row, 1)?;
    let class: &str = get(row, 15)?;
    Ok(Head {
        id: get::<&[u8]>(row, 0)?.try_into().map_err(damaged)?,
        kind: if kind == "policy" { HeadKind::Policy } else { HeadKind::Article },
        rev: small(row, 2)?,
        path: get(row, 3)?,
        lang: get(row, 4)?,
        headline: get(row, 5)?,
        standfirst: get(row, 6)?,
        byline: names(row, 7)?,
        sections: names(row, 8)?,
        topics: names(row, 9)?,
        story: get(row, 10)?,
        first_at: number(row, 11)?,
        first_local: get(row, 12)?,
        at: number(row, 13)?,
        local: get(row, 14)?,
        class: Class::from_word(class).unwrap_or_default(),
        note: get(row, 16)?,
        sources: small(row, 17)?,
        parties: small(row, 18)?,
        heard: small(row, 19)?,
        corrected: get::<Option<i64>>(row, 20)?.map(uint),
        translation_of: get(row, 21)?,
        withdrawn: get(row, 22)?,
    })
}
