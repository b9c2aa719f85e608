//! Whole tables in and out, for a copy of a database.

use super::insert::insert;
use super::publish::put_passages;
use super::row::get;
use super::session::Session;
use super::words;
use crate::tables::{Holds, PASSAGE, Rows, STATE, Table, Value};
use crate::{Error, Search};
use tokio_postgres::Row;

/// Rows that are fetched at a time.
const PORTION: usize = 500;

/// Gives all rows of a table, in its order, in portions. To be read on one state of the database.
pub(crate) fn read(
    db: &Session,
    table: &Table,
    take: &mut dyn FnMut(Rows) -> Result<(), Error>,
) -> Result<(), Error> {
    let (names, name, order) = (table.names(), table.name, table.order);
    db.batch(&format!(
        "DECLARE portion NO SCROLL CURSOR FOR SELECT {names} FROM {name} ORDER BY {order}"
    ))?;
    // Not prepared: the statement would mean another cursor the next time.
    loop {
        let rows = db.fetch(&format!("FETCH {PORTION} FROM portion"))?;
        let values = rows.iter().map(|row| values(table, row)).collect::<Result<Rows, _>>()?;
        if values.is_empty() {
            return db.batch("CLOSE portion");
        }
        take(values)?;
    }
}

fn values(table: &Table, row: &Row) -> Result<Vec<Value>, Error> {
    let value = |(place, (_, holds)): (usize, &(&str, Holds))| {
        Ok(match holds {
            Holds::Int => get::<Option<i64>>(row, place)?.into(),
            Holds::Flag => Value::Int(i64::from(get::<bool>(row, place)?)),
            Holds::Text | Holds::Words => get::<Option<&str>>(row, place)?.into(),
            Holds::Bytes => get::<Option<&[u8]>>(row, place)?.into(),
        })
    };
    table.columns.iter().enumerate().map(value).collect()
}

/// Whether nothing has ever been written.
pub(crate) fn is_empty(db: &Session) -> Result<bool, Error> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM entry) AND NOT EXISTS (SELECT 1 FROM staged_entry)";
    db.row(sql, &[])?.map_or(Ok(false), |row| get(&row, 0))
}

/// Puts rows into a table that was empty before the copy. The words of passages are counted anew.
pub(crate) fn write(db: &Session, table: &Table, rows: Rows) -> Result<(), Error> {
    if table.name == PASSAGE.name {
        return put_passages(db, &[], rows.into_iter().map(counted).collect());
    }
    if table.name == STATE.name {
        db.execute("DELETE FROM state", &[])?;
    }
    insert(db, table, rows, "").map(|_| ())
}

fn counted(mut row: Vec<Value>) -> Vec<Value> {
    let text = |place: usize| match row.get(place) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let search =
        Search { headline: text(1), standfirst: text(2), body: text(3), text: String::new() };
    let counted = words::count(&search);
    row.extend(counted.row());
    row
}

/// Ends a copy: numbers go on after those that were copied.
pub(crate) fn finish(db: &Session) -> Result<(), Error> {
    let sql = "SELECT setval(pg_get_serial_sequence('head', 'number'), coalesce(max(number), 0) + 1, false) FROM head";
    db.rows(sql, &[]).map(|_| ())
}
