//! Hearing of each publication: `NOTIFY` from whoever seals, on a connection of its own that is made again when it ends.

use super::address::Address;
use super::entries;
use super::pool::Pool;
use super::publish::CHANNEL;
use super::session::{Ear, Session};
use crate::Error;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

/// How long a listener waits between two looks at whether it is still wanted, or before it connects again.
const PAUSE: Duration = Duration::from_millis(250);
/// After how many of those looks it asks whether the server still answers.
const LOOKS: u32 = 8;
/// How long that may take.
const ANSWER: Duration = Duration::from_secs(3);
/// How long to wait between questions where nothing is heard.
const TICK: Duration = Duration::from_millis(20);

/// What was heard last.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    heard: Mutex<Heard>,
    told: Condvar,
}

#[derive(Debug, Default)]
struct Heard {
    generation: u64,
    /// The connection, by its number, through which nothing can happen unheard.
    live: Option<u64>,
}

/// Marks the feed as deaf when the connection with this number ends, whoever notices that first.
struct Deaf(Arc<Feed>, u64);

impl Drop for Deaf {
    fn drop(&mut self) {
        let mut heard = self.0.lock();
        heard.live = heard.live.filter(|number| *number != self.1);
        drop(heard);
        self.0.told.notify_all();
    }
}

impl Feed {
    /// Starts to listen on a thread that ends when the feed is dropped.
    pub(crate) fn start(pool: &Pool) -> Arc<Self> {
        let feed = Arc::new(Self::default());
        let (weak, address) = (Arc::downgrade(&feed), pool.address().clone());
        let run = move || {
            let mut number = 0;
            while weak.strong_count() > 0 {
                number += 1;
                // Whatever went wrong, the next round tries again, and until then the database is asked.
                let _ = listen(&weak, &address, number);
                std::thread::sleep(PAUSE);
            }
        };
        // Without a thread every question goes to the database.
        let _ = std::thread::Builder::new().name("listens".into()).spawn(run);
        feed
    }

    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The generation as soon as it is another than `known`, or after `longest`.
    pub(crate) fn after(&self, pool: &Pool, known: u64, longest: Duration) -> Result<u64, Error> {
        let same = |heard: &mut Heard| heard.live.is_some() && heard.generation == known;
        let waited = self.told.wait_timeout_while(self.lock(), longest, same);
        let (heard, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if heard.live.is_some() {
            return Ok(heard.generation);
        }
        drop(heard);
        let generation = pool.with(entries::state)?.generation;
        if generation == known {
            std::thread::sleep(TICK.min(longest));
        }
        Ok(generation)
    }
}

/// Listens on one connection for as long as it lives.
fn listen(weak: &Weak<Feed>, address: &Address, number: u64) -> Result<(), Error> {
    let Some(feed) = weak.upgrade() else { return Ok(()) };
    let deaf = Deaf(Arc::clone(&feed), number);
    let ear: Ear = Box::new(move |payload| {
        if let Ok(generation) = payload.parse::<u64>() {
            let mut heard = deaf.0.lock();
            heard.generation = heard.generation.max(generation);
            drop(heard);
            deaf.0.told.notify_all();
        }
    });
    let session = Session::open(address, Some(ANSWER), Some(ear))?;
    // What was heard on an earlier connection may be more than there is: the database may be a backup by now.
    feed.lock().generation = 0;
    let ended = Deaf(Arc::clone(&feed), number);
    session.batch(&format!("LISTEN {CHANNEL}"))?;
    // From here on nothing is missed, and this is what came before.
    let generation = entries::state(&session)?.generation;
    let mut heard = feed.lock();
    heard.generation = generation.max(heard.generation);
    heard.live = Some(number).filter(|_| !session.is_closed());
    drop(heard);
    feed.told.notify_all();
    drop(feed);
    let mut looks = 0;
    // Two of the holders are this function's and the ear's own.
    while !session.is_closed() && weak.strong_count() > 2 {
        std::thread::sleep(PAUSE);
        looks += 1;
        if looks % LOOKS == 0 {
            session.ask(ANSWER)?;
        }
    }
    drop(ended);
    Ok(())
}
