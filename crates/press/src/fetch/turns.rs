//! How many of something run at once.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Places; one that finds none is told so, and does not wait.
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
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Ordering::SeqCst);
    }
}
