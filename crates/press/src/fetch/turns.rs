//! How many of something run at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Places; one that finds none is told so, and does not wait unless it says how long.
#[derive(Debug)]
pub struct Turns {
    free: AtomicUsize,
}

/// A place that is given back when it is dropped.
#[derive(Debug)]
pub struct Turn<'a>(&'a Turns);

impl Turns {
    /// So many places.
    #[must_use]
    pub fn of(places: usize) -> Self {
        Self { free: AtomicUsize::new(places) }
    }

    /// A place, if one is free.
    #[must_use]
    pub fn try_acquire(&self) -> Option<Turn<'_>> {
        let take = |free: usize| free.checked_sub(1);
        let taken = self.free.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take);
        taken.ok().map(|_| Turn(self))
    }

    /// A place, if one is free before `longest` is over.
    #[must_use]
    pub fn acquire(&self, longest: Duration) -> Option<Turn<'_>> {
        let end = Instant::now() + longest;
        loop {
            let taken = self.try_acquire();
            if taken.is_some() || Instant::now() >= end {
                return taken;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Ordering::SeqCst);
    }
}
