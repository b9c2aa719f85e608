//! Rows to values and back: numbers within SQLite's range, lists as JSON, words as enums.

use crate::Error;
use crate::error::damaged;
use crate::rows::{Head, HeadKind};
use ovn_edition::model::Class;
use rusqlite::Row;

/// The columns of [`head`], in its order.
pub(crate) const HEAD: &str = "head.article, head.kind, head.rev, head.path, head.lang, head.headline, \
    head.standfirst, head.byline, head.sections, head.topics, head.story, head.first_at, head.first_local, \
    head.at, head.local, head.class, head.note, head.sources, head.parties, head.heard, head.corrected, \
    head.translation_of, head.withdrawn";

/// For SQLite, whose numbers are signed. Sizes and times beyond 2^63 do not occur.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn uint(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(crate) fn size(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn list(items: &[String]) -> String {
    serde_json::to_string(items).unwrap_or_default()
}

fn names(row: &Row<'_>, column: usize) -> Result<Vec<String>, Error> {
    serde_json::from_str(&row.get::<_, String>(column)?).map_err(damaged)
}

pub(crate) fn kind_word(kind: HeadKind) -> &'static str {
    match kind {
        HeadKind::Article => "article",
        HeadKind::Policy => "policy",
    }
}

/// The head in the first columns of `row`, which are [`HEAD`].
pub(crate) fn head(row: &Row<'_>) -> Result<Head, Error> {
    let kind: String = row.get(1)?;
    let class: String = row.get(15)?;
    Ok(Head {
        id: row.get(0)?,
        kind: if kind == "policy" { HeadKind::Policy } else { HeadKind::Article },
        rev: row.get(2)?,
        path: row.get(3)?,
        lang: row.get(4)?,
        headline: row.get(5)?,
        standfirst: row.get(6)?,
        byline: names(row, 7)?,
        sections: names(row, 8)?,
        topics: names(row, 9)?,
        story: row.get(10)?,
        first_at: uint(row.get(11)?),
        first_local: row.get(12)?,
        at: uint(row.get(13)?),
        local: row.get(14)?,
        class: Class::from_word(&class).unwrap_or_default(),
        note: row.get(16)?,
        sources: row.get(17)?,
        parties: row.get(18)?,
        heard: row.get(19)?,
        corrected: row.get::<_, Option<i64>>(20)?.map(uint),
        translation_of: row.get(21)?,
        withdrawn: row.get(22)?,
    })
}
