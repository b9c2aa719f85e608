//! Sealing: drafts become entries of the record, and no acknowledgement is given before everything is durable.
//!
//! Many threads submit; whoever finds the engine free seals all that waits as one batch. The order of each batch's
//! steps, and what each failure means, is in `engine.rs`.

mod check;
mod clock;
mod draft;
mod engine;
mod error;
mod faults;
mod plan;
mod recover;
mod redact;
mod replay;

pub(crate) use clock::refused;
pub use draft::{Draft, Receipt, Subject, Take};
pub use error::Error;
pub use faults::{Faults, NoFaults, Step, When};
pub(crate) use recover::agree;
pub(crate) use replay::{Learned, Told, replay};

use crate::keys::Keys;
use draft::Prepared;
use engine::Engine;
use ovn_store::{Reader, Settings};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Gives the time, milliseconds since 1970-01-01 UTC.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;
/// Fills bytes with chance fit for keys.
pub type Chance = Arc<dyn Fn(&mut [u8]) -> Result<(), String> + Send + Sync>;

/// How long a batch waits for those who were in the last one and are about to come again: without it the first of them
/// would seal alone and keep all others waiting.
const GATHER: Duration = Duration::from_millis(2);

type Outcome = Result<Vec<Receipt>, Error>;

/// The machine's clock.
#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// The operating system's chance.
#[must_use]
pub fn system_chance() -> Chance {
    Arc::new(|bytes| getrandom::fill(bytes).map_err(|error| error.to_string()))
}

/// Seals for one edition; there is one at a time.
pub struct Sealer {
    engine: Mutex<Engine>,
    queue: Mutex<Queue>,
    /// Told whenever a batch is done.
    done: Condvar,
    /// Told whenever a job has come.
    joined: Condvar,
    stopped: Mutex<Option<String>>,
    reader: Reader,
    keys: Keys,
    clock: Clock,
    chance: Chance,
}

/// Jobs that wait, whether a thread is sealing, and how many jobs the last batch had.
#[derive(Default)]
struct Queue {
    jobs: Vec<Job>,
    busy: bool,
    last: usize,
}

/// Drafts that are sealed all or none, and where their caller finds the outcome.
struct Job {
    drafts: Vec<Prepared>,
    outcome: Arc<Mutex<Option<Outcome>>>,
}

impl Sealer {
    /// Opens the edition in `dir` for sealing: takes both locks, compares database, files and lock, and finishes or
    /// drops what an earlier process left half-done.
    ///
    /// # Errors
    /// [`Error::Keys`] without keys, [`Error::Store`] when another process seals, [`Error::Refused`] when signing
    /// might contradict a checkpoint that was signed before.
    pub fn open(
        dir: &Path,
        settings: &Settings,
        clock: Clock,
        chance: Chance,
    ) -> Result<Self, Error> {
        Self::open_with(dir, settings, clock, chance, Arc::new(NoFaults))
    }

    /// As [`Sealer::open`], with faults at the durable steps, for tests.
    ///
    /// # Errors
    /// As [`Sealer::open`].
    pub fn open_with(
        dir: &Path,
        settings: &Settings,
        clock: Clock,
        chance: Chance,
        faults: Arc<dyn Faults>,
    ) -> Result<Self, Error> {
        let folder = settings.keys_folder(dir);
        let keys = Keys::read(&folder, &settings.origin)?;
        let engine =
            Engine::open(dir, settings, &folder, keys.signer.clone(), clock.clone(), faults)?;
        let reader = engine.reader()?;
        Ok(Self {
            engine: Mutex::new(engine),
            queue: Mutex::default(),
            done: Condvar::new(),
            joined: Condvar::new(),
            stopped: Mutex::default(),
            reader,
            keys,
            clock,
            chance,
        })
    }

    /// Shows what is published.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The edition's keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The clock's time, milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn now(&self) -> u64 {
        (self.clock)()
    }

    /// Why sealing has stopped, if it has. Reading goes on.
    #[must_use]
    pub fn stopped(&self) -> Option<String> {
        lock(&self.stopped).clone()
    }

    /// Whether a new sealer may be opened once this one has stopped: nothing that it kept is on a disk of this machine, in
    /// whose syncs there is doubt.
    #[must_use]
    pub fn may_begin_anew(&self) -> bool {
        lock(&self.engine).is_remote()
    }

    /// Asks whether this is still the one that may seal.
    ///
    /// # Errors
    /// When the database has given the turn to another node, or may have.
    pub fn check(&self) -> Result<(), Error> {
        lock(&self.engine).check()
    }

    /// Seals these drafts, all or none, and returns when they are durable and published.
    ///
    /// # Errors
    /// [`Error::Draft`] when one cannot be sealed as it is; [`Error::Clock`]; [`Error::Store`] when nothing was sealed
    /// and it may be tried again; [`Error::Stopped`] when it is in doubt, and only a new start can tell.
    pub fn seal(&self, drafts: Vec<Draft>) -> Outcome {
        let drafts: Vec<Prepared> = drafts
            .into_iter()
            .map(|draft| Prepared::new(draft, &self.chance))
            .collect::<Result<_, _>>()?;
        if drafts.len() > 1 && drafts.iter().any(Prepared::is_removal) {
            return Err(Error::Draft("a removal is sealed alone".into()));
        }
        let outcome = Arc::new(Mutex::new(None));
        let mut queue = lock(&self.queue);
        queue.jobs.push(Job { drafts, outcome: outcome.clone() });
        self.joined.notify_all();
        loop {
            let found = lock(&outcome).take();
            if let Some(found) = found {
                return found;
            }
            if queue.busy {
                queue = self.done.wait(queue).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            // Nobody is sealing: this thread seals for all that wait.
            queue.busy = true;
            let fewer = |queue: &mut Queue| queue.jobs.len() < queue.last;
            let gathered = self.joined.wait_timeout_while(queue, GATHER, fewer);
            (queue, _) = gathered.unwrap_or_else(PoisonError::into_inner);
            let jobs = std::mem::take(&mut queue.jobs);
            queue.last = jobs.len();
            drop(queue);
            let turn = Turn(self);
            let mut engine = lock(&self.engine);
            engine.run(jobs);
            *lock(&self.stopped) = engine.stopped();
            drop(engine);
            drop(turn);
            let dropped = || Err(Error::Stopped("the batch was dropped; start again".into()));
            return lock(&outcome).take().unwrap_or_else(dropped);
        }
    }
}

/// A thread's turn at sealing, which ends even if the thread falls.
struct Turn<'a>(&'a Sealer);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        lock(&self.0.queue).busy = false;
        self.0.done.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
