//! Reading connections, opened as they are needed and kept for the next reader.

use super::address::Address;
use super::listen::Feed;
use super::migrate;
use super::session::Session;
use crate::Error;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// Connections at a time; whoever comes then waits for one.
const MOST: usize = 16;
/// The longest that a reader waits for an answer. The server gives up a second before.
const PATIENCE: Duration = Duration::from_secs(10);

/// The reading connections of one node.
#[derive(Debug)]
pub(crate) struct Pool {
    address: Address,
    state: Mutex<Connections>,
    returned: Condvar,
    feed: OnceLock<Arc<Feed>>,
}

#[derive(Debug, Default)]
struct Connections {
    idle: Vec<Session>,
    used: usize,
}

impl Pool {
    /// Connects to a database that has been set up.
    pub(crate) fn open(address: Address) -> Result<Self, Error> {
        let pool = Self {
            address,
            state: Mutex::default(),
            returned: Condvar::new(),
            feed: OnceLock::new(),
        };
        pool.with(migrate::check)?;
        Ok(pool)
    }

    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    /// The generation as soon as it is another than `known`, or after `longest`.
    pub(crate) fn generation_after(&self, known: u64, longest: Duration) -> Result<u64, Error> {
        self.feed.get_or_init(|| Feed::start(self)).after(self, known, longest)
    }

    /// Runs `read` on a connection of its own; once more on a new one if the server has ended the first.
    pub(crate) fn with<T>(&self, read: impl Fn(&Session) -> Result<T, Error>) -> Result<T, Error> {
        let _turn = self.turn();
        while let Some(session) = self.idle() {
            match read(&session) {
                Err(error) if error.is_lost() => {}
                answer => return self.keep(session, answer),
            }
        }
        let session = Session::open(&self.address, Some(PATIENCE), None)?;
        session.batch("SET default_transaction_read_only = on; SET statement_timeout = 9000")?;
        let answer = read(&session);
        self.keep(session, answer)
    }

    /// Keeps a connection that did what it should; one that did not may have a transaction left open.
    fn keep<T>(&self, session: Session, answer: Result<T, Error>) -> Result<T, Error> {
        if answer.is_ok() {
            self.lock().idle.push(session);
        }
        answer
    }

    fn idle(&self) -> Option<Session> {
        let mut state = self.lock();
        state.idle.retain(|session| !session.is_closed());
        state.idle.pop()
    }

    fn turn(&self) -> Turn<'_> {
        let mut state = self.lock();
        while state.used >= MOST {
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.used += 1;
        Turn(self)
    }

    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Turn<'a>(&'a Pool);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.lock().used -= 1;
        self.0.returned.notify_one();
    }
}
