//! Two threads behind a running server: one notices each seal within 20 ms, one makes pages small when there is time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use super::{Inner, Site};

/// How often the store is asked whether anything changed.
const TICK: Duration = Duration::from_millis(20);

/// The threads run until this is dropped.
#[derive(Debug)]
pub(crate) struct Watch {
    site: Site,
    stop: Arc<AtomicBool>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.site.inner.watched.store(false, Ordering::Release);
    }
}

impl Site {
    /// Keeps the generation current and the encodings small until the answer is dropped. Where a thread cannot be had,
    /// each request asks the store itself.
    pub(crate) fn keep_current(&self) -> Watch {
        let stop = Arc::new(AtomicBool::new(false));
        let watch = Watch { site: self.clone(), stop: Arc::clone(&stop) };
        let (weak, halt) = (Arc::downgrade(&self.inner), Arc::clone(&stop));
        start("seals", move || {
            repeat(&weak, &halt, look);
            if let Some(inner) = weak.upgrade() {
                inner.watched.store(false, Ordering::Release);
            }
        });
        let weak = Arc::downgrade(&self.inner);
        start("encodings", move || repeat(&weak, &stop, improve));
        watch
    }
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run) {
        tracing::warn!(%error, "the thread for {name} could not be started");
    }
}

fn repeat(inner: &Weak<Inner>, stop: &AtomicBool, step: fn(&Inner)) {
    while !stop.load(Ordering::Acquire) {
        let Some(inner) = inner.upgrade() else { return };
        step(&inner);
        drop(inner);
        thread::sleep(TICK);
    }
}

fn look(inner: &Inner) {
    match inner.reader.generation() {
        Ok(generation) => {
            inner.generation.store(generation, Ordering::Release);
            inner.watched.store(true, Ordering::Release);
        }
        Err(error) => {
            // Requests ask for themselves, and say 503 as long as it lasts.
            inner.watched.store(false, Ordering::Release);
            tracing::error!(%error, "the store cannot be read");
        }
    }
}

fn improve(inner: &Inner) {
    let next = || inner.fresh.lock().unwrap_or_else(PoisonError::into_inner).pop();
    while let Some(entry) = next() {
        entry.improve();
    }
}
