//! Both engines behind one small face: statements with `$1`, `$2` in the order of their first use, and plain values. The
//! cabinet and the letterbox are kept so.

use crate::error::damaged;
use crate::postgres::address::Address;
use crate::postgres::row::get;
use crate::postgres::session::Session;
use crate::sqlite::row::{int, uint};
use crate::tables::Value;
use crate::{Error, sqlite};
use rusqlite::{Connection, TransactionBehavior};
use std::error::Error as Cause;
use std::path::Path;
use std::time::Duration;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// The longest that an answer of the server is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database beside the edition's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    /// `NAME.sqlite` in the edition's folder, or the schema of that name.
    pub(crate) name: &'static str,
    /// The lock under which a node sets it up or migrates it, released with the transaction.
    pub(crate) lock: i64,
    /// Its migrations on each engine.
    pub(crate) sqlite: &'static [&'static str],
    pub(crate) postgres: &'static [&'static str],
}

/// A database inside a transaction.
pub(crate) trait Db {
    /// Runs a statement, and says how many rows it changed.
    fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, Error>;
    /// Tells every node of the database these words, once the transaction lasts; a file has no other nodes that hear.
    fn tell(&self, channel: &str, words: &str) -> Result<(), Error>;
    /// The rows that a statement gives.
    fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error>;
}

impl dyn Db + '_ {
    /// The first row, if there is one.
    pub(crate) fn row(&self, sql: &str, values: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }
}

/// One row's values.
#[derive(Debug)]
pub(crate) struct Row(Vec<Value>);

impl Row {
    pub(crate) fn values(&self) -> &[Value] {
        &self.0
    }

    pub(crate) fn number(&self, place: usize) -> Result<u64, Error> {
        self.maybe_number(place)?.ok_or_else(odd)
    }

    pub(crate) fn maybe_number(&self, place: usize) -> Result<Option<u64>, Error> {
        match self.0.get(place) {
            Some(Value::Int(number)) => Ok(Some(uint(*number))),
            Some(Value::None) => Ok(None),
            _ => Err(odd()),
        }
    }

    pub(crate) fn text(&self, place: usize) -> Result<String, Error> {
        self.maybe_text(place)?.ok_or_else(odd)
    }

    pub(crate) fn maybe_text(&self, place: usize) -> Result<Option<String>, Error> {
        match self.0.get(place) {
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::None) => Ok(None),
            _ => Err(odd()),
        }
    }

    /// Bytes of a fixed length: an identity or a hash.
    pub(crate) fn bytes<const N: usize>(&self, place: usize) -> Result<[u8; N], Error> {
        self.maybe_bytes(place)?.ok_or_else(odd)
    }

    pub(crate) fn maybe_bytes<const N: usize>(
        &self,
        place: usize,
    ) -> Result<Option<[u8; N]>, Error> {
        match self.0.get(place) {
            Some(Value::Bytes(bytes)) => Ok(Some(bytes.as_slice().try_into().map_err(|_| odd())?)),
            Some(Value::None) => Ok(None),
            _ => Err(odd()),
        }
    }
}

fn odd() -> Error {
    damaged("a row of the cabinet holds a value of another kind")
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Int(int(value))
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

/// Values of a statement.
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$(crate::tables::Value::from($value)),*] };
}
pub(crate) use values;

impl Db for Connection {
    fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        let mut statement = self.prepare_cached(sql)?;
        Ok(statement.execute(rusqlite::params_from_iter(values))? as u64)
    }

    fn tell(&self, _: &str, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let mut statement = self.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Row(sqlite::tables::values(row, columns)?));
        }
        Ok(found)
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Cause + Sync + Send>> {
        match self {
            Self::None => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(kind, out),
            Self::Text(text) => text.to_sql_checked(kind, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Db for Session {
    fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        Self::execute(self, sql, &given(values))
    }

    fn tell(&self, channel: &str, words: &str) -> Result<(), Error> {
        Self::execute(self, "SELECT pg_notify($1, $2)", &[&channel, &words]).map(|_| ())
    }

    fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let rows = Self::rows(self, sql, &given(values))?;
        let value = |row: &tokio_postgres::Row, place: usize, kind: &Type| {
            Ok(match *kind {
                Type::INT8 => get::<Option<i64>>(row, place)?.into(),
                Type::BYTEA => get::<Option<&[u8]>>(row, place)?.into(),
                _ => get::<Option<&str>>(row, place)?.into(),
            })
        };
        let row = |row: &tokio_postgres::Row| {
            let columns = row.columns().iter().enumerate();
            let values = columns.map(|(place, column)| value(row, place, column.type_()));
            Ok(Row(values.collect::<Result<_, Error>>()?))
        };
        rows.iter().map(row).collect()
    }
}

fn given(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// The connection of one of the two engines.
#[derive(Debug)]
pub(crate) enum Engine {
    Sqlite(Box<Connection>),
    Postgres(Box<Line>),
}

/// A connection to the server that is made anew when it ended.
#[derive(Debug)]
pub(crate) struct Line {
    address: Address,
    schema: &'static str,
    session: Session,
}

impl Line {
    fn open(address: Address, schema: &'static str) -> Result<Self, Error> {
        let session = Session::open(&address.for_writing(), Some(PATIENCE), None)?;
        session
            .batch(&format!("SET search_path TO {schema}; SET client_min_messages = warning"))?;
        Ok(Self { address, schema, session })
    }

    fn session(&mut self) -> Result<&Session, Error> {
        if self.session.is_closed() {
            *self = Self::open(self.address.clone(), self.schema)?;
        }
        Ok(&self.session)
    }
}

impl Engine {
    pub(crate) fn open(kept: &Kept, dir: &Path, database: Option<&str>) -> Result<Self, Error> {
        match database {
            None => {
                let path = dir.join(format!("{}.sqlite", kept.name));
                private(&path)?;
                let db = sqlite::connect::durable(&path)?;
                let mut engine = Self::Sqlite(Box::new(db));
                engine.change(|db| migrate_sqlite(db, kept.sqlite))?;
                Ok(engine)
            }
            Some(address) => {
                let line = Line::open(Address::read(address)?, kept.name)?;
                let session = &line.session;
                session.change(|| migrate_postgres(session, kept))?;
                Ok(Self::Postgres(Box::new(line)))
            }
        }
    }

    /// Opens what is there as it is; `None` where it is not as this program would have it.
    pub(crate) fn look(
        kept: &Kept,
        dir: &Path,
        database: Option<&str>,
    ) -> Result<Option<Self>, Error> {
        let Some(address) = database else {
            let db = sqlite::connect::reader(&dir.join(format!("{}.sqlite", kept.name)))?;
            let found = sqlite::connect::migrations(&db)?;
            let known = found as usize == kept.sqlite.len();
            return Ok(known.then(|| Self::Sqlite(Box::new(db))));
        };
        let mut engine = Self::Postgres(Box::new(Line::open(Address::read(address)?, kept.name)?));
        let known = engine.view(|db| {
            let sql = "SELECT count(*) FROM information_schema.tables WHERE table_schema = $1 AND table_name = 'migration'";
            let there = db.row(sql, &values![kept.name])?.map_or(Ok(0), |row| row.number(0))?;
            if there == 0 {
                return Ok(false);
            }
            let found = db.row("SELECT coalesce(max(number), 0) FROM migration", &[])?;
            let found = found.map_or(Ok(0), |row| row.number(0))?;
            Ok(found == kept.postgres.len() as u64)
        })?;
        Ok(known.then_some(engine))
    }

    /// Where the database is that several nodes may have in common.
    pub(crate) fn address(&self) -> Option<Address> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(line) => Some(line.address.clone()),
        }
    }

    pub(crate) fn change<T>(
        &mut self,
        work: impl FnOnce(&dyn Db) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::Sqlite(db) => {
                let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let done = work(&*change)?;
                change.commit()?;
                Ok(done)
            }
            Self::Postgres(line) => {
                let session = line.session()?;
                session.change(|| work(session))
            }
        }
    }

    /// Lets numbers go on after those that were copied; SQLite does so by itself.
    pub(crate) fn go_on_counting(&mut self) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(line) => {
                let sql = "SELECT setval(pg_get_serial_sequence('trail', 'number'), \
                    coalesce(max(number), 0) + 1, false) FROM trail";
                line.session()?.rows(sql, &[]).map(|_| ())
            }
        }
    }

    pub(crate) fn view<T>(
        &mut self,
        read: impl FnOnce(&dyn Db) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::Sqlite(db) => {
                let view = db.unchecked_transaction()?;
                let found = read(&*view)?;
                view.finish()?;
                Ok(found)
            }
            Self::Postgres(line) => {
                let session = line.session()?;
                session.view(|| read(session))
            }
        }
    }
}

/// Makes the file so that nobody but the operator's own user may read it, whatever the folder allows; the engine gives
/// its journal the same rights.
fn private(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let made = options.write(true).create(true).truncate(false).mode(0o600).open(path);
    made.map(drop).map_err(|error| Error::File { path: path.to_owned(), error })
}

fn behind(found: u64, known: usize) -> Result<usize, Error> {
    let number = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    if found > known as u64 {
        return Err(Error::Newer { found: number(found), known: number(known as u64) });
    }
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

fn migrate_sqlite(db: &dyn Db, migrations: &[&str]) -> Result<(), Error> {
    let found = db.row("PRAGMA user_version", &[])?.map_or(Ok(0), |row| row.number(0))?;
    for sql in migrations.iter().skip(behind(found, migrations.len())?) {
        for statement in sql.split_inclusive(";\n").filter(|one| one.contains(';')) {
            db.execute(statement, &[])?;
        }
    }
    db.execute(&format!("PRAGMA user_version = {}", migrations.len()), &[]).map(|_| ())
}

fn migrate_postgres(session: &Session, kept: &Kept) -> Result<(), Error> {
    session.execute("SELECT pg_advisory_xact_lock($1)", &[&kept.lock])?;
    let name = kept.name;
    session.batch(&format!(
        "CREATE SCHEMA IF NOT EXISTS {name}; \
         CREATE TABLE IF NOT EXISTS {name}.migration (number BIGINT PRIMARY KEY)"
    ))?;
    let db: &dyn Db = session;
    let found = db.row("SELECT coalesce(max(number), 0) FROM migration", &[])?;
    let found = found.map_or(Ok(0), |row| row.number(0))?;
    let all = kept.postgres;
    for (number, sql) in (1_u64..).zip(all).skip(behind(found, all.len())?) {
        session.batch(sql)?;
        db.execute("INSERT INTO migration (number) VALUES ($1)", &values![number])?;
    }
    Ok(())
}
