//! The one session that may write: it holds the advisory lock, and every write goes through it, so that a node whose
//! session has ended can't write any more, whatever it believes.
//!
//! Trust: the server's own account of sessions. A holder says every second that it lives. One that has been silent for
//! five seconds, because its process hangs or the line is cut, is ended by whoever wants the lock; should it wake, its
//! session is gone, and the term in the lock's folder has moved on.

use super::address::Address;
use super::migrate;
use super::pool::Pool;
use super::row::get;
use super::session::Session;
use crate::Error;
use crate::wait::runtime;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_postgres::Client;

/// The advisory lock of whoever seals: `ovn`, and 1.
const HIGH: i32 = 0x006f_766e;
const LOW: i32 = 1;
/// How often the holder says that it lives.
const BEAT: Duration = Duration::from_secs(1);
/// How often, and after which pause, the lock is asked for: a process that died a moment ago lets go within that time.
const ASKS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(20);
/// How long an answer may take when the question is whether the session lives.
const ANSWER: Duration = Duration::from_secs(5);

/// Who holds the lock.
const HOLDERS: &str = "SELECT activity.pid, activity.application_name, activity.client_addr::text \
    FROM pg_locks JOIN pg_stat_activity AS activity ON activity.pid = pg_locks.pid \
    WHERE pg_locks.locktype = 'advisory' AND pg_locks.granted AND pg_locks.objsubid = 2 \
    AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
    AND pg_locks.classid::bigint = $1::int AND pg_locks.objid::bigint = $2::int";
/// Whether some session holds the lock.
pub(crate) fn held(db: &Session) -> Result<bool, Error> {
    Ok(db.row(HOLDERS, &[&HIGH, &LOW])?.is_some())
}

/// What is added to find the holders that have been silent for too long.
const SILENT: &str = " AND (activity.state <> 'active' OR activity.wait_event_type = 'Client') \
    AND activity.state_change < clock_timestamp() - interval '5 seconds'";

/// The session that writes.
#[derive(Debug)]
pub(crate) struct Sequencer {
    session: Session,
    /// Reads back what was staged, through another session.
    other: Pool,
    beat: JoinHandle<()>,
}

impl Drop for Sequencer {
    fn drop(&mut self) {
        self.beat.abort();
    }
}

impl Sequencer {
    /// Takes the lock, and sets up or migrates the database.
    pub(crate) fn open(address: &Address) -> Result<Self, Error> {
        let session = Session::open(&address.for_writing(), None, None)?;
        let encoding = session.row("SHOW server_encoding", &[])?;
        let encoding: String = encoding.map_or(Ok(String::new()), |row| get(&row, 0))?;
        if encoding != "UTF8" {
            let sentence =
                format!("its encoding is {encoding}; make the database with ENCODING 'UTF8'");
            return Err(address.unreachable(sentence));
        }
        session.batch(
            "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; \
             SET tcp_user_timeout = 6000; SET client_min_messages = warning; SET statement_timeout = 0; \
             SET idle_in_transaction_session_timeout = 0",
        )?;
        take(&session, address)?;
        last(&session)?;
        migrate::migrate(&session)?;
        let other = Pool::open(address.clone())?;
        let beat = runtime()?.spawn(live(Arc::downgrade(session.client())));
        Ok(Self { session, other, beat })
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    pub(crate) fn other(&self) -> &Pool {
        &self.other
    }

    /// Whether the session, and the lock with it, is still held.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.session.is_closed() {
            return Err(lost());
        }
        self.session.ask(ANSWER)
    }
}

fn lost() -> Error {
    let sentence = "the session that held the lock of sealing has ended".to_owned();
    Error::Postgres { sentence, doubt: true, lost: true }
}

fn take(session: &Session, address: &Address) -> Result<(), Error> {
    for _ in 0..ASKS {
        let row = session.row("SELECT pg_try_advisory_lock($1, $2)", &[&HIGH, &LOW])?;
        if row.map_or(Ok(false), |row| get::<bool>(&row, 0))? {
            return Ok(());
        }
        let end =
            format!("SELECT pg_terminate_backend(silent.pid) FROM ({HOLDERS}{SILENT}) AS silent");
        session.rows(&end, &[&HIGH, &LOW])?;
        std::thread::sleep(PAUSE);
    }
    let holder = match session.row(HOLDERS, &[&HIGH, &LOW])? {
        Some(row) => {
            let (name, place): (&str, Option<&str>) = (get(&row, 1)?, get(&row, 2)?);
            let place = place.map(|place| format!(" at {place}")).unwrap_or_default();
            format!("{name}{place}")
        }
        None => "another process".to_owned(),
    };
    Err(Error::Held { path: PathBuf::from(address.shown()), holder })
}

/// A commit that returns has to be on the server's disk. What is stricter than that is left as the operator set it.
fn last(session: &Session) -> Result<(), Error> {
    let row = session.row("SHOW synchronous_commit", &[])?;
    let set: String = row.map_or(Ok(String::new()), |row| get(&row, 0))?;
    if set == "remote_apply" {
        return Ok(());
    }
    session.batch("SET synchronous_commit = on")
}

/// Says that the holder lives until the session ends.
async fn live(client: Weak<Client>) {
    loop {
        tokio::time::sleep(BEAT).await;
        let Some(client) = client.upgrade() else { return };
        if client.batch_execute("SELECT 1").await.is_err() {
            return;
        }
    }
}
