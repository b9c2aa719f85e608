//! Whole tables in and out, for a copy of a database.

use crate::Error;
use crate::tables::{PASSAGE, Rows, STATE, Table, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, ToSql};

/// Rows, and about how many bytes, that are given at a time.
const PORTION: usize = 500;
const WEIGHT: usize = 8 << 20;

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::None => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Gives all rows of a table, in its order, in portions. To be read on one state of the database.
pub(crate) fn read(
    db: &Connection,
    table: &Table,
    take: &mut dyn FnMut(Rows) -> Result<(), Error>,
) -> Result<(), Error> {
    let sql = if table.name == PASSAGE.name {
        "SELECT passage.number, search.headline, search.standfirst, search.body, passage.text FROM passage \
         JOIN search ON search.rowid = passage.number ORDER BY passage.number"
            .to_owned()
    } else {
        format!("SELECT {} FROM {} ORDER BY {}", table.names(), table.name, table.order)
    };
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let (mut portion, mut weight) = (Rows::new(), 0);
    while let Some(row) = rows.next()? {
        let values = values(row, table.columns.len())?;
        weight += values.iter().map(Value::weight).sum::<usize>();
        portion.push(values);
        if portion.len() >= PORTION || weight >= WEIGHT {
            take(std::mem::take(&mut portion))?;
            weight = 0;
        }
    }
    if portion.is_empty() { Ok(()) } else { take(portion) }
}

/// The row's values.
pub(crate) fn values(row: &Row<'_>, columns: usize) -> Result<Vec<Value>, Error> {
    let value = |place| {
        Ok(match row.get_ref(place)? {
            ValueRef::Null => Value::None,
            ValueRef::Integer(number) => Value::Int(number),
            ValueRef::Text(_) => Value::Text(row.get(place)?),
            ValueRef::Blob(bytes) => Value::Bytes(bytes.to_owned()),
            ValueRef::Real(_) => return Err(crate::error::damaged("a number with a fraction")),
        })
    };
    (0..columns).map(value).collect()
}

/// Whether nothing has ever been written.
pub(crate) fn is_empty(db: &Connection) -> Result<bool, Error> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM entry) AND NOT EXISTS (SELECT 1 FROM staged_entry)";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

/// Puts rows into a table that was empty before the copy.
pub(crate) fn write(db: &Connection, table: &Table, rows: Rows) -> Result<(), Error> {
    if table.name == STATE.name {
        db.execute("DELETE FROM state", [])?;
    }
    let statements: Vec<(String, &[usize])> = if table.name == PASSAGE.name {
        vec![
            ("INSERT INTO passage (number, text) VALUES (?, ?)".into(), &[0, 4]),
            (
                "INSERT INTO search (rowid, headline, standfirst, body) VALUES (?, ?, ?, ?)".into(),
                &[0, 1, 2, 3],
            ),
        ]
    } else {
        let marks = vec!["?"; table.columns.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, table.names());
        vec![(sql, &[])]
    };
    for (sql, places) in statements {
        let mut statement = db.prepare_cached(&sql)?;
        for row in &rows {
            if places.is_empty() {
                statement.execute(rusqlite::params_from_iter(row))?;
            } else {
                let own = places.iter().filter_map(|place| row.get(*place));
                statement.execute(rusqlite::params_from_iter(own))?;
            }
        }
    }
    Ok(())
}
