//! One of several nodes on one database: it seals when it is its turn, and until then waits for the one that seals to end.
//!
//! Whose turn it is, the database says, and the term in the lock's folder says it to whoever missed that. A node whose
//! turn was taken away asks for another. One that stopped for any other reason does not, where its disk may be why: what
//! that did is in doubt, and only a person or a new process should try again, while another node goes on. Where rows and
//! files are on servers, it asks them anew what they have.

use crate::seal::{Draft, Error, Receipt, Sealer};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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
    /// Told whenever the turn was asked for or looked at.
    looked: Condvar,
    ended: AtomicBool,
}

/// Where the node stands.
enum Turn {
    /// Somebody else seals, or nobody can; the reason of the last try.
    Waits(Error),
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
        let turn = Mutex::new(Turn::Waits(Error::Held("no turn was asked for yet".into())));
        let (looked, ended) = (Condvar::new(), AtomicBool::new(false));
        let shared = Arc::new(Shared { open, turn, looked, ended });
        let own = Arc::clone(&shared);
        let run = move || {
            while !own.ended.load(Ordering::Acquire) {
                own.look();
                std::thread::sleep(PAUSE);
            }
            own.end();
        };
        std::thread::Builder::new().name("node".into()).spawn(run)?;
        Ok(Self { shared })
    }

    /// Seals these drafts, if it is this node's turn.
    ///
    /// # Errors
    /// [`Error::Held`] when it is not, and nothing was done; otherwise as [`Sealer::seal`].
    pub fn seal(&self, drafts: Vec<Draft>) -> Result<Vec<Receipt>, Error> {
        self.shared.lock().sealer()?.seal(drafts)
    }

    /// Waits for this node's turn, at most `patience`, and gives the sealer. A reason to wait that `bears` does not bear
    /// ends the waiting at once.
    ///
    /// # Errors
    /// The reason why it is not this node's turn.
    pub fn turn(
        &self,
        patience: Duration,
        bears: impl Fn(&Error) -> bool,
    ) -> Result<Arc<Sealer>, Error> {
        let end = Instant::now() + patience;
        let mut turn = self.shared.lock();
        loop {
            let why = match turn.sealer() {
                Err(why @ (Error::Held(_) | Error::Store(_))) if bears(&why) => why,
                found => return found,
            };
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(why);
            }
            let waited = self.shared.looked.wait_timeout(turn, left);
            turn = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
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
            Turn::Waits(why) => Some(why.to_string()),
            Turn::Stopped(why) => Some(why.clone()),
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Release);
        // The sealer goes now, and the turn with it; the thread notices later.
        self.shared.end();
    }
}

impl Turn {
    fn sealer(&self) -> Result<Arc<Sealer>, Error> {
        match self {
            Self::Has(sealer) => Ok(Arc::clone(sealer)),
            Self::Waits(why) => Err(why.clone()),
            Self::Stopped(why) => Err(Error::Stopped(why.clone())),
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        *self.lock() = Turn::Waits(Error::Held("the node has ended".into()));
        self.looked.notify_all();
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
        self.looked.notify_all();
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
            Err(error) => Turn::Waits(error),
        }
    }

    /// What follows for a node that had its turn when it last looked; `None` when it goes on.
    fn keep(&self, sealer: &Sealer) -> Option<Turn> {
        if let Err(error) = sealer.check() {
            tracing::warn!(%error, "this node's turn has ended");
            return Some(Turn::Waits(Error::Held(error.to_string())));
        }
        let why = sealer.stopped()?;
        if sealer.may_begin_anew() {
            tracing::warn!(why, "this node stopped sealing and asks anew");
            return Some(Turn::Waits(Error::Held(why)));
        }
        tracing::error!(why, "this node has stopped sealing");
        Some(Turn::Stopped(why))
    }
}
