//! Many rows in one statement: each column travels as one array.

use super::session::Session;
use crate::Error;
use crate::error::damaged;
use crate::tables::{Holds, Rows, Table, Value};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// One column of many rows.
fn column(rows: &mut Rows, place: usize, holds: Holds) -> Result<Box<dyn ToSql + Sync>, Error> {
    let wrong = || damaged("a column holds a value of another kind");
    let mut values = rows.iter_mut().map(|row| {
        row.get_mut(place).map_or(Value::None, |value| std::mem::replace(value, Value::None))
    });
    Ok(match holds {
        Holds::Int => Box::new(
            values
                .map(|value| match value {
                    Value::Int(number) => Ok(Some(number)),
                    Value::None => Ok(None),
                    _ => Err(wrong()),
                })
                .collect::<Result<Vec<_>, _>>()?,
        ),
        Holds::Flag => Box::new(
            values
                .map(|value| match value {
                    Value::Int(number) => Ok(Some(number != 0)),
                    _ => Err(wrong()),
                })
                .collect::<Result<Vec<_>, _>>()?,
        ),
        Holds::Text | Holds::Words => Box::new(
            values
                .map(|value| match value {
                    Value::Text(text) => Ok(Some(text)),
                    Value::None => Ok(None),
                    _ => Err(wrong()),
                })
                .collect::<Result<Vec<_>, _>>()?,
        ),
        Holds::Bytes => Box::new(values.try_fold(Vec::new(), |mut all, value| {
            all.push(match value {
                Value::Bytes(bytes) => Some(bytes),
                Value::None => None,
                _ => return Err(wrong()),
            });
            Ok(all)
        })?),
    })
}

/// Inserts rows; `then` follows the statement, for conflicts and for what is to be returned.
pub(crate) fn insert(
    db: &Session,
    table: &Table,
    mut rows: Rows,
    then: &str,
) -> Result<Vec<Row>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut arrays = Vec::new();
    let mut given = Vec::new();
    let mut values = Vec::new();
    for (place, (name, holds)) in table.columns.iter().enumerate() {
        let (array, cast) = match holds {
            Holds::Int => ("bigint", ""),
            Holds::Flag => ("boolean", ""),
            Holds::Text => ("text", ""),
            Holds::Bytes => ("bytea", ""),
            Holds::Words => ("text", "::tsvector"),
        };
        arrays.push(format!("${}::{array}[]", place + 1));
        given.push(format!("given.{name}{cast}"));
        values.push(column(&mut rows, place, *holds)?);
    }
    let (names, given, arrays) = (table.names(), given.join(", "), arrays.join(", "));
    let sql = format!(
        "INSERT INTO {} ({names}) SELECT {given} FROM unnest({arrays}) AS given ({names}) {then}",
        table.name
    );
    let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(AsRef::as_ref).collect();
    db.rows(&sql, &values)
}
