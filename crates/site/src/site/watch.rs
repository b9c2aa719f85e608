//! Three threads behind a running server: one notices each seal within 20 ms and which pages it changes, one makes the pages
//! of what was published before anybody asks, one makes pages small when there is time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use hyper::header::HeaderValue;

use super::{Inner, Shown, Site, changed, encoded};
use crate::encode::Encoding;
use crate::request::Request;

/// The longest wait for word of a change, before it is looked whether anybody still waits for it.
const LONGEST: Duration = Duration::from_millis(200);
/// How long pages in memory are served when nobody can tell whether they are the newest: a database that starts again is
/// back before that.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a page has to stand before its encodings are made small: what changes with every seal is not worth it.
const STANDS: Duration = Duration::from_secs(1);
/// Published pages that may wait to be made; of more the newest are, as most are asked for.
const MOST_AHEAD: usize = 256;
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
        self.site.now().watched.store(false, Ordering::Release);
    }
}

impl Site {
    /// Keeps the generation current and the encodings small until the answer is dropped. Where a thread cannot be had,
    /// each request asks the store itself.
    pub(crate) fn keep_current(&self) -> Watch {
        let stop = Arc::new(AtomicBool::new(false));
        let watch = Watch { site: self.clone(), stop: Arc::clone(&stop) };
        let (weak, halt) = (Arc::downgrade(&self.shown), Arc::clone(&stop));
        start("seals", move || {
            let (mut failing, mut size) = (None, None);
            repeat(&weak, &halt, |inner| look(inner, &mut failing, &mut size));
            if let Some(shown) = weak.upgrade() {
                Site { shown }.now().watched.store(false, Ordering::Release);
            }
        });
        let (weak, halt) = (Arc::downgrade(&self.shown), Arc::clone(&stop));
        start("pages", move || {
            repeat(&weak, &halt, |inner| {
                make_ahead(inner, &halt);
                wait(inner);
            });
        });
        let weak = Arc::downgrade(&self.shown);
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

/// Each step is taken with the settings that hold when it begins.
fn repeat(shown: &Weak<Shown>, stop: &AtomicBool, mut step: impl FnMut(&Inner)) {
    while !stop.load(Ordering::Acquire) {
        let Some(shown) = shown.upgrade() else { return };
        step(&Site { shown }.now());
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
        let changed = size.and_then(|size| changed::since(&inner.reader, size, state.size));
        inner.changes.note(state.generation, changed.as_ref().map(|one| one.parts.as_slice()));
        ahead(inner, changed.map(|one| one.paths).unwrap_or_default());
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

/// Has the pages at `paths` made before anybody asks.
fn ahead(inner: &Inner, paths: Vec<String>) {
    let mut ahead = inner.ahead.lock().unwrap_or_else(PoisonError::into_inner);
    for path in paths {
        if ahead.len() >= MOST_AHEAD {
            ahead.pop_front();
        }
        ahead.push_back(encoded(&path).into());
    }
    inner.come.notify_one();
}

/// Waits until a page is to be made, and no longer than [`LONGEST`].
fn wait(inner: &Inner) {
    let ahead = inner.ahead.lock().unwrap_or_else(PoisonError::into_inner);
    drop(inner.come.wait_timeout_while(ahead, LONGEST, |ahead| ahead.is_empty()));
}

/// Makes pages of what was published, in every coding; rests as long as it worked, as [`improve`] does, which makes them
/// smaller later.
fn make_ahead(inner: &Inner, stop: &AtomicBool) {
    let next = || inner.ahead.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    while let Some(path) = next() {
        let began = Instant::now();
        let Some(request) = Request::get(&path) else { continue };
        for coding in Encoding::ALL {
            let accept = HeaderValue::from_static(coding.name());
            drop(inner.respond(&request.clone().with("accept-encoding", accept)));
        }
        if stop.load(Ordering::Acquire) {
            return;
        }
        thread::sleep(began.elapsed());
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
