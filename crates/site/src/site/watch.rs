//! Two threads behind a running server: one notices each seal within 20 ms and which pages it changes, one makes pages
//! small when there is time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::{Inner, Site, changed};

/// The longest wait for word of a change, before it is looked whether anybody still waits for it.
const LONGEST: Duration = Duration::from_millis(200);
/// How long pages in memory are served when nobody can tell whether they are the newest: a database that starts again is
/// back before that.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a page has to stand before its encodings are made small: what changes with every seal is not worth it.
const STANDS: Duration = Duration::from_secs(1);
/// How often an unreadable store is asked again.
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
            let (mut failing, mut size) = (None, None);
            repeat(&weak, &halt, |inner| look(inner, &mut failing, &mut size));
            if let Some(inner) = weak.upgrade() {
                inner.watched.store(false, Ordering::Release);
            }
        });
        let weak = Arc::downgrade(&self.inner);
        start("encodings", move || {
            repeat(&weak, &stop, |inner| {
                improve(inner, &stop);
                thread::sleep(LONGEST);
            });
        });
        watch
    }
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run) {
        tracing::warn!(%error, "the thread for {name} could not be started");
    }
}

fn repeat(inner: &Weak<Inner>, stop: &AtomicBool, mut step: impl FnMut(&Inner)) {
    while !stop.load(Ordering::Acquire) {
        let Some(inner) = inner.upgrade() else { return };
        step(&inner);
    }
}

/// Waits for the next generation. `failing` is since when the store could not be read, `size` how many entries the
/// record had in the generation that is known.
fn look(inner: &Inner, failing: &mut Option<Instant>, size: &mut Option<u64>) {
    let known = inner.generation.load(Ordering::Acquire);
    let found = inner.reader.generation_after(known, LONGEST).and_then(|generation| {
        if generation == known && size.is_some() {
            return Ok(known);
        }
        let state = inner.reader.state()?;
        let parts = size.and_then(|size| changed::since(&inner.reader, size, state.size));
        inner.changes.note(state.generation, parts.as_deref());
        *size = Some(state.size);
        Ok(state.generation)
    });
    match found {
        Ok(generation) => {
            *failing = None;
            inner.generation.store(generation, Ordering::Release);
            inner.watched.store(true, Ordering::Release);
        }
        Err(error) => {
            let since = failing.get_or_insert_with(|| {
                inner.counters.failures.fetch_add(1, Ordering::Relaxed);
                tracing::error!(%error, "the store cannot be read; what is in memory is served");
                Instant::now()
            });
            if since.elapsed() > PATIENCE && inner.watched.swap(false, Ordering::AcqRel) {
                // Requests ask for themselves, and say 503 as long as it lasts.
                tracing::error!(%error, "the store cannot be read for too long");
            }
            thread::sleep(TICK);
        }
    }
}

/// Makes small what has been asked for and has stood for a while; rests as long as it worked, so that readers have a
/// core to themselves at least half of the time.
fn improve(inner: &Inner, stop: &AtomicBool) {
    let next = || {
        let mut wanted = inner.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.pop_front_if(|(since, _)| since.elapsed() >= STANDS).map(|(_, key)| key)
    };
    while let Some(key) = next() {
        let began = Instant::now();
        inner.improve(&key);
        if stop.load(Ordering::Acquire) {
            return;
        }
        thread::sleep(began.elapsed());
    }
}
