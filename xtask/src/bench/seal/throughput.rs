//! Many writers, each with one article at a time, all sealed by one sealer.

use super::steps::Steps;
use crate::bench::figures::rate;
use crate::bench::generate::{Generator, room};
use ovn_press::newsroom::Newsroom;
use ovn_press::publish;
use ovn_press::seal::{Draft, system_clock};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// An edition and the writers' next article.
pub(super) struct Writers {
    room: Newsroom,
    steps: Arc<Steps>,
    next: u64,
}

/// One round: so many articles from so many writers.
pub(super) struct Round {
    sealed: u64,
    batches: u64,
    took: Duration,
    steps: String,
}

impl Round {
    pub(super) fn rate(&self) -> f64 {
        rate(self.sealed, self.took)
    }

    /// Articles in a batch, on average.
    pub(super) fn batch(&self) -> f64 {
        self.sealed as f64 / self.batches.max(1) as f64
    }

    /// Milliseconds a batch in each step.
    pub(super) fn steps(&self) -> &str {
        &self.steps
    }

    pub(super) fn batch_ms(&self) -> f64 {
        self.took.as_secs_f64() * 1000.0 / self.batches.max(1) as f64
    }
}

impl Writers {
    pub(super) fn new(dir: &Path, database: Option<&str>) -> Result<Self, String> {
        drop(room(dir, database)?);
        let env = |name: &str| database.filter(|_| name == "OVN_DATABASE").map(str::to_owned);
        let steps = Arc::new(Steps::default());
        let room = Newsroom::open_with(dir, &env, system_clock(), steps.clone());
        Ok(Self { room: room.map_err(|error| error.to_string())?, steps, next: 0 })
    }

    /// Articles are read, checked and made into drafts before the clock starts; what is measured begins with the salts
    /// and ends with the acknowledgement.
    pub(super) fn round(&mut self, writers: u64, count: u64) -> Result<Round, String> {
        let numbers = self.next..self.next + count;
        self.next += count;
        let ready = Generator::new(1).ready(&self.room, numbers)?;
        let drafts = publish::drafts(&self.room, &ready).map_err(|error| error.to_string())?;
        drop(ready);
        let reader = self.room.reader();
        let state = || reader.state().map_err(|error| error.to_string());
        let (before, waiting) = (state()?, Mutex::new(drafts));
        self.steps.take(0);
        let since = Instant::now();
        std::thread::scope(|scope| {
            let all: Vec<_> =
                (0..writers).map(|_| scope.spawn(|| write(&self.room, &waiting))).collect();
            all.into_iter()
                .try_for_each(|one| one.join().unwrap_or_else(|_| Err("a writer fell".to_owned())))
        })?;
        let (took, after) = (since.elapsed(), state()?);
        let sealed = after.size - before.size;
        if sealed != count {
            return Err(format!("{sealed} of {count} articles are in the record"));
        }
        let batches = after.generation - before.generation;
        Ok(Round { sealed, batches, took, steps: self.steps.take(batches) })
    }
}

/// One writer: seals one draft after another until there are none.
fn write(room: &Newsroom, waiting: &Mutex<Vec<Draft>>) -> Result<(), String> {
    loop {
        let next = waiting.lock().map_err(|_| "a writer fell".to_owned())?.pop();
        let Some(draft) = next else { return Ok(()) };
        room.seal(vec![draft]).map_err(|error| error.to_string())?;
    }
}
