//! One connection to the server: statements prepared once, sent and waited for; transactions.

use super::address::Address;
use crate::Error;
use crate::wait::{runtime, wait};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Config, NoTls, Row, Socket, Statement};

/// How long making a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);

/// Begins to read one state of the database, by its indexes. Reading every article's words costs far more than the planner
/// believes, and so does compiling a query.
const LOOK_UP: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_seqscan = off; SET LOCAL jit = off";

/// What a statement is given.
pub(crate) type Values<'a> = &'a [&'a (dyn ToSql + Sync)];
/// Told of each notification's payload.
pub(crate) type Ear = Box<dyn Fn(&str) + Send>;

/// A connection, used by one thread at a time.
pub(crate) struct Session {
    client: Arc<Client>,
    /// The longest wait for an answer.
    limit: Option<Duration>,
    prepared: Mutex<HashMap<String, Statement>>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Session").field("closed", &self.client.is_closed()).finish()
    }
}

impl Session {
    /// Connects. `ear` hears notifications as long as the connection lives, and is dropped with it.
    pub(crate) fn open(
        address: &Address,
        limit: Option<Duration>,
        ear: Option<Ear>,
    ) -> Result<Self, Error> {
        let (say, hear) = mpsc::channel();
        let config = address.config().clone();
        match address.tls().cloned() {
            None => drop(runtime()?.spawn(talk(config, NoTls, say, ear))),
            Some(tls) => drop(runtime()?.spawn(talk(config, tls, say, ear))),
        }
        let answer = hear.recv().unwrap_or_else(|_| Err("the connection fell".to_owned()));
        let client = answer.map_err(|sentence| address.unreachable(sentence))?;
        Ok(Self { client: Arc::new(client), limit, prepared: Mutex::default() })
    }

    /// Whether the connection is known to have ended.
    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// The connection, for a task that keeps it alive.
    pub(crate) fn client(&self) -> &Arc<Client> {
        &self.client
    }

    fn wait<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
        limit: Option<Duration>,
    ) -> Result<T, Error> {
        match wait(answer, limit) {
            Some(answer) => answer.map_err(Error::from),
            None => Err(Error::Postgres {
                sentence: "the server does not answer".into(),
                doubt: true,
                lost: true,
            }),
        }
    }

    fn statement(&self, sql: &str) -> Result<Statement, Error> {
        let known = self.prepared.lock().unwrap_or_else(PoisonError::into_inner).get(sql).cloned();
        if let Some(statement) = known {
            return Ok(statement);
        }
        let statement = self.wait(self.client.prepare(sql), self.limit)?;
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// The rows that `sql` gives.
    pub(crate) fn rows(&self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql)?;
        self.wait(self.client.query(&statement, values), self.limit)
    }

    /// The rows that `sql` gives, prepared for this once.
    pub(crate) fn fetch(&self, sql: &str) -> Result<Vec<Row>, Error> {
        let statement = self.wait(self.client.prepare(sql), self.limit)?;
        self.wait(self.client.query(&statement, &[]), self.limit)
    }

    /// The first row, if there is one.
    pub(crate) fn row(&self, sql: &str, values: Values<'_>) -> Result<Option<Row>, Error> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// Runs `sql`, and says how many rows it changed.
    pub(crate) fn execute(&self, sql: &str, values: Values<'_>) -> Result<u64, Error> {
        let statement = self.statement(sql)?;
        self.wait(self.client.execute(&statement, values), self.limit)
    }

    /// Runs statements without values, one after the other.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        self.wait(self.client.batch_execute(sql), self.limit)
    }

    /// Asks whether the server still answers on this connection, and waits for that at most `limit`.
    pub(crate) fn ask(&self, limit: Duration) -> Result<(), Error> {
        self.wait(self.client.batch_execute("SELECT 1"), Some(limit))
    }

    /// Runs `read` on one state of the database.
    pub(crate) fn view<T>(&self, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        self.within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", read)
    }

    /// Begins to look up by indexes on one state of the database, and gives the first rows from it in the same exchange;
    /// [`Session::last_rows`] ends it. After an error the session may not be used any more.
    pub(crate) fn first_rows(&self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql)?;
        let both = async {
            let begin = self.client.batch_execute(LOOK_UP);
            let (begun, rows) = tokio::join!(begin, self.client.query(&statement, values));
            begun?;
            rows
        };
        self.wait(both, self.limit)
    }

    /// The last rows from the state that [`Session::first_rows`] began to look at.
    pub(crate) fn last_rows(&self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql)?;
        let both = async {
            let rows = self.client.query(&statement, values);
            let (rows, ended) = tokio::join!(rows, self.client.batch_execute("COMMIT"));
            let rows = rows?;
            ended?;
            Ok(rows)
        };
        self.wait(both, self.limit)
    }

    /// Ends what [`Session::first_rows`] began when nothing more is wanted.
    pub(crate) fn no_more_rows(&self) -> Result<(), Error> {
        self.batch("COMMIT")
    }

    /// Runs `change` as one transaction, which lasts when this returns.
    pub(crate) fn change<T>(&self, change: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        self.within("BEGIN", change)
    }

    fn within<T>(&self, begin: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        self.batch(begin)?;
        match work() {
            Ok(done) => self.batch("COMMIT").map(|()| done),
            Err(error) => {
                // The first error is the one that matters; a lost connection has rolled back by itself.
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }
}

/// Connects, says so, and carries what is asked and answered until the connection ends.
async fn talk<T>(
    config: Config,
    tls: T,
    say: mpsc::Sender<Result<Client, String>>,
    ear: Option<Ear>,
) where
    T: MakeTlsConnect<Socket>,
    T::Stream: Send,
{
    let connecting = tokio::time::timeout(CONNECTING, config.connect(tls));
    let (client, mut connection) = match connecting.await {
        Ok(Ok(both)) => both,
        Ok(Err(error)) => return drop(say.send(Err(said(&error)))),
        Err(_) => return drop(say.send(Err("it does not answer".to_owned()))),
    };
    if say.send(Ok(client)).is_err() {
        return;
    }
    drop(say);
    while let Some(Ok(message)) =
        std::future::poll_fn(|context| connection.poll_message(context)).await
    {
        if let (AsyncMessage::Notification(note), Some(ear)) = (message, &ear) {
            ear(note.payload());
        }
    }
}

/// The error with its causes, as one sentence.
pub(crate) fn said(error: &tokio_postgres::Error) -> String {
    if let Some(answer) = error.as_db_error() {
        let detail = answer.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
        return format!("{} [{}]{detail}", answer.message(), answer.code().code());
    }
    let mut sentence = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        sentence = format!("{sentence}: {error}");
        cause = error.source();
    }
    sentence
}
