//! One of several nodes on one database: it seals when it is its turn, and until then waits for the one that seals to end.
//!
//! Whose turn it is, the database says, and the term in the lock's folder says it to whoever missed that. A node whose
//! turn was taken away asks for another. One that stopped for any other reason does not: what its disk did is in doubt,
//! and only a person or a new process should try again, while another node goes on.

use crate::seal::{Draft, Error, Receipt, Sealer};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often a turn is asked for, and whether it is still held.
const PAUSE: Duration = Duration::from_millis(250);

/// Makes a sealer, if it is this node's turn.
pub type Open = Box<dyn Fn() -> Result<Sealer, Error> + Send + Sync>;

/// A node; its turn ends when it is dropped.
#[derive(Debug)]
pub struct Node {
    shared: Arc<Shared>,
}

struct Shared {
    open: Open,
    turn: Mutex<Turn>,
    ended: AtomicBool,
}

/// Where the node stands.
enum Turn {
    /// Somebody else seals, or nobody can; the reason of the last try.
    Waits(String),
    /// This node seals.
    Has(Arc<Sealer>),
    /// This node must not try again.
    Stopped(String),
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a node's turn")
    }
}

impl Node {
    /// Starts to ask for turns with `open`, on a thread of its own, which ends with the node.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn start(open: Open) -> std::io::Result<Self> {
        let turn = Mutex::new(Turn::Waits("no turn was asked for yet".into()));
        let shared = Arc::new(Shared { open, turn, ended: AtomicBool::new(false) });
        let own = Arc::clone(&shared);
        let run = move || {
            while !own.ended.load(Ordering::Acquire) {
                own.look();
                std::thread::sleep(PAUSE);
            }
            *own.lock() = Turn::Waits("the node has ended".into());
        };
        std::thread::Builder::new().name("node".into()).spawn(run)?;
        Ok(Self { shared })
    }

    /// Seals these drafts, if it is this node's turn.
    ///
    /// # Errors
    /// [`Error::Held`] when it is not, and nothing was done; otherwise as [`Sealer::seal`].
    pub fn seal(&self, drafts: Vec<Draft>) -> Result<Vec<Receipt>, Error> {
        let sealer = match &*self.shared.lock() {
            Turn::Has(sealer) => Arc::clone(sealer),
            Turn::Waits(why) => return Err(Error::Held(why.clone())),
            Turn::Stopped(why) => return Err(Error::Stopped(why.clone())),
        };
        sealer.seal(drafts)
    }

    /// Whether it is this node's turn, as far as it knows.
    #[must_use]
    pub fn seals(&self) -> bool {
        matches!(&*self.shared.lock(), Turn::Has(_))
    }

    /// Why it does not seal; `None` while it does.
    #[must_use]
    pub fn why_not(&self) -> Option<String> {
        match &*self.shared.lock() {
            Turn::Has(_) => None,
            Turn::Waits(why) | Turn::Stopped(why) => Some(why.clone()),
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Release);
        // The sealer goes now, and the turn with it; the thread notices later.
        *self.shared.lock() = Turn::Waits("the node has ended".into());
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a turn, or whether it is still held.
    fn look(&self) {
        let sealer = match &*self.lock() {
            Turn::Has(sealer) => Some(Arc::clone(sealer)),
            Turn::Waits(_) => None,
            Turn::Stopped(_) => return,
        };
        let next = match sealer {
            Some(sealer) => self.keep(&sealer),
            None => Some(self.ask()),
        };
        if let Some(next) = next
            && !self.ended.load(Ordering::Acquire)
        {
            *self.lock() = next;
        }
    }

    fn ask(&self) -> Turn {
        match (self.open)() {
            Ok(sealer) => {
                tracing::info!("this node seals from now on");
                Turn::Has(Arc::new(sealer))
            }
            // A refusal to sign is for a person; anything else may pass, as when the database starts again.
            Err(Error::Refused(why)) => {
                tracing::error!(why, "this node will not seal");
                Turn::Stopped(why)
            }
            Err(error) => Turn::Waits(error.to_string()),
        }
    }

    /// What follows for a node that had its turn when it last looked; `None` when it goes on.
    fn keep(&self, sealer: &Sealer) -> Option<Turn> {
        if let Err(error) = sealer.check() {
            tracing::warn!(%error, "this node's turn has ended");
            return Some(Turn::Waits(error.to_string()));
        }
        let why = sealer.stopped()?;
        tracing::error!(why, "this node has stopped sealing");
        Some(Turn::Stopped(why))
    }
}
