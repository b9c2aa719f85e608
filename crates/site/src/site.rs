//! The site: requests in, answers out, with the renderings kept in between.

mod changed;
mod find;
mod letters;
mod listed;
mod live;
mod show;
mod tally;
mod watch;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::time::Instant;

use hyper::header::{ALLOW, HeaderValue};
use hyper::{Method, StatusCode};
use ovn_press::letterbox::Letterbox;
use ovn_store::{Reader, Settings};

use crate::Error;
use crate::addresses::{decoded, encoded};
use crate::cache::Cache;
use crate::counters::Counters;
use crate::needs::Changes;
use crate::request::Request;
use crate::respond::{Entry, Page, Response, plain, redirect, unavailable};
use crate::routes::Route;
use crate::serve::{Numbers, shown};
use crate::shelf::Shelf;
use crate::tampered::Tampering;
use crate::words::Words;

pub(crate) use find::{latest, read};
use listed::Listed;
use tally::Tally;

/// Memory for renderings with their encodings where the settings do not say, in MiB.
const MEMORY: u32 = 96;
/// Disk for those that memory has no room for where the settings do not say, in MiB.
const DISK: u32 = 2048;
/// Pages that may wait for small encodings.
const MOST_WANTED: usize = 4096;

/// An edition's public site. Cheap to clone; for any number of threads. Its settings may change while it is served.
#[derive(Debug, Clone)]
pub struct Site {
    shown: Arc<Shown>,
}

/// The site with the settings that hold at this moment. One answer is made of one of them throughout.
type Shown = RwLock<Arc<Inner>>;

/// The site with these settings, and every page that was made with them.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) settings: Settings,
    pub(crate) reader: Reader,
    pub(crate) words: Arc<Words>,
    /// An article that is tampered with on purpose, to show that it is noticed.
    pub(crate) tampering: Option<Arc<Tampering>>,
    /// Where readers may leave letters.
    pub(crate) letterbox: Option<Arc<Letterbox>>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) numbers: Arc<Numbers>,
    cache: Cache,
    /// The store's generation as last looked up, good while `watched`.
    generation: AtomicU64,
    watched: AtomicBool,
    /// Pages that left memory.
    shelf: Shelf,
    /// What changed in which generation, while `watched`.
    changes: Changes,
    /// Pages of what was just published, to be made before anybody asks.
    ahead: Mutex<VecDeque<Box<str>>>,
    /// Told when one has come.
    come: Condvar,
    /// Pages that were asked for twice, whose encodings have yet to be made small.
    wanted: Mutex<VecDeque<(Instant, Box<str>)>>,
    /// The balance as last counted, and what it was counted from.
    tally: Mutex<Arc<Tally>>,
}

impl Site {
    /// The site of the edition that `reader` shows.
    ///
    /// # Errors
    /// [`Error::Words`] when the interface's messages are damaged, which a test excludes.
    pub fn new(settings: Settings, reader: Reader) -> Result<Self, Error> {
        Self::with_tampering(settings, reader, None)
    }

    /// The same with the pages that show a silent edit being caught, for a demonstration.
    ///
    /// # Errors
    /// As [`Site::new`].
    pub fn with_tampering(
        settings: Settings,
        reader: Reader,
        tampering: Option<Tampering>,
    ) -> Result<Self, Error> {
        let inner = Inner::new(settings, reader, Arc::new(Words::new()?), tampering.map(Arc::new));
        Ok(Self { shown: Arc::new(RwLock::new(Arc::new(inner))) })
    }

    /// The site as it is with the settings that hold now.
    pub(crate) fn now(&self) -> Arc<Inner> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The answer to `request`; asks nothing but the store. It depends on path, listed query and the headers named in
    /// [`Request::headers`], on nothing else.
    #[must_use]
    pub fn respond(&self, request: &Request) -> Response {
        self.now().respond(request)
    }

    /// The answer if it is in memory, or was and is read with one system call; while a server watches the store, nothing
    /// else is touched.
    #[must_use]
    pub fn cached(&self, request: &Request) -> Option<Response> {
        if refused(request).is_some() {
            return None;
        }
        let now = self.now();
        now.in_memory(request, now.generation().ok()?)
    }

    /// Every public address, canonical and percent-encoded: what a crawler that follows all links would find.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn addresses(&self) -> Result<Vec<String>, Error> {
        find::addresses(&self.now())
    }

    /// Makes the smallest form of every page in memory now, instead of when there is time.
    pub fn settle(&self) {
        let now = self.now();
        now.cache.keys().iter().for_each(|key| now.improve(key));
    }

    /// Whether the site is watching the store, and has seen `generation` or a later one.
    pub(crate) fn watches(&self, generation: u64) -> bool {
        let now = self.now();
        now.watched.load(Ordering::Acquire) && now.generation.load(Ordering::Acquire) >= generation
    }

    /// Pages in memory, and about how many bytes they take.
    pub(crate) fn kept(&self) -> (usize, usize) {
        let now = self.now();
        (now.cache.len(), now.cache.weight())
    }
}

impl Inner {
    fn respond(&self, request: &Request) -> Response {
        if let Some(refusal) = refused(request) {
            return refusal;
        }
        if let Some(response) = self.letter(request) {
            return response;
        }
        let answer =
            self.generation().and_then(|generation| match self.in_memory(request, generation) {
                Some(response) => Ok(response),
                None => self.answer(request, generation),
            });
        answer.unwrap_or_else(|error| {
            self.counters.failures.fetch_add(1, Ordering::Relaxed);
            tracing::error!(path = shown(request.path()), %error, "a page could not be made");
            show::unavailable(self)
                .map(|html| self.entry(Page::html(StatusCode::SERVICE_UNAVAILABLE, html), 0))
                .map_or_else(|_| unavailable(), |entry| with_retry(entry.answer(request)))
        })
    }

    fn in_memory(&self, request: &Request, generation: u64) -> Option<Response> {
        let Some(entry) = self.right(request.path(), generation) else {
            return self.shelf.answer(request, generation, &self.changes);
        };
        let listens = entry.page.listens && request.query().is_some();
        (!listens).then(|| entry.answer(request))
    }

    fn generation(&self) -> Result<u64, Error> {
        if self.watched.load(Ordering::Acquire) {
            return Ok(self.generation.load(Ordering::Acquire));
        }
        Ok(self.reader.generation()?)
    }

    fn answer(&self, request: &Request, generation: u64) -> Result<Response, Error> {
        let languages = &self.settings.languages;
        let path = decoded(request.path());
        let route = path.as_deref().and_then(|path| Some((path, Route::of(path, languages)?)));
        if let Some((path, route)) = route {
            let listed = Listed::of(request, &route);
            let target = format!("{}{}", encoded(path), listed.query());
            // A decision about a letter is no seal: the page is kept under its number too.
            let key = match self.letters_mark(&route) {
                Some(mark) => format!("{target}#{mark}"),
                None => target.clone(),
            };
            let make = || find::page(self, &route, &listed);
            if let Some(entry) = self.made(&key, generation, make)? {
                let canonical = encoded(path) == request.path();
                return Ok(if canonical { entry.answer(request) } else { redirect(&target) });
            }
        }
        self.elsewhere(request, path.as_deref(), generation)
    }

    /// What is not at its path: at the same path in lower case, or nowhere.
    fn elsewhere(
        &self,
        request: &Request,
        path: Option<&str>,
        generation: u64,
    ) -> Result<Response, Error> {
        let lower = path.map(str::to_lowercase).filter(|lower| Some(&**lower) != path);
        if let Some(lower) = lower
            && let Some(route) = Route::of(&lower, &self.settings.languages)
        {
            let (key, none) = (encoded(&lower), Listed::default());
            if self.made(&key, generation, || find::page(self, &route, &none))?.is_some() {
                return Ok(redirect(&key));
            }
        }
        let lang = find::language_of(self, path.unwrap_or_default());
        let make = || find::missing(self, &lang).map(Some);
        let entry = self.made(&format!("404 {lang}"), generation, make)?;
        Ok(entry.map_or_else(unavailable, |entry| entry.answer(request)))
    }

    /// The entry at `key`, made by `make` unless it is there; a crowd waits for one making.
    fn made(
        &self,
        key: &str,
        generation: u64,
        make: impl FnOnce() -> Result<Option<Page>, Error>,
    ) -> Result<Option<Arc<Entry>>, Error> {
        let cache = &self.cache;
        if let Some(entry) = self.right(key, generation) {
            return Ok(Some(entry));
        }
        let _making = cache.making(key);
        if let Some(entry) = self.right(key, generation) {
            return Ok(Some(entry));
        }
        let Some(page) = make()? else { return Ok(None) };
        self.counters.made.fetch_add(1, Ordering::Relaxed);
        if let Some(old) = cache.get(key).filter(|old| old.shows(&page)) {
            old.generation.store(generation, Ordering::Release);
            return Ok(Some(old));
        }
        let entry = self.entry(page, generation);
        let gone = cache.put(key, Arc::clone(&entry));
        self.shelf.keep(&gone);
        Ok(Some(entry))
    }

    fn entry(&self, page: Page, generation: u64) -> Arc<Entry> {
        let https = self.settings.url.starts_with("https://");
        Arc::new(Entry::new(page, https, generation))
    }

    /// The entry at `key`, if it is in memory and right in `generation`.
    fn right(&self, key: &str, generation: u64) -> Option<Arc<Entry>> {
        let entry = self.cache.get(key)?;
        let then = entry.generation.load(Ordering::Acquire);
        if then != generation {
            if !self.changes.leave(&entry.page.needs, then, generation) {
                return None;
            }
            entry.generation.fetch_max(generation, Ordering::AcqRel);
        }
        if !entry.used.load(Ordering::Relaxed) {
            entry.used.store(true, Ordering::Relaxed);
            if entry.can_improve() && self.watched.load(Ordering::Relaxed) {
                let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
                if wanted.len() < MOST_WANTED {
                    wanted.push_back((Instant::now(), key.into()));
                }
            }
        }
        Some(entry)
    }

    /// Makes the smallest encodings of the page at `key`, if it is in memory.
    fn improve(&self, key: &str) {
        let Some(old) = self.cache.get(key) else { return };
        if let Some(better) = old.improved() {
            self.cache.replace(key, &old, Arc::new(better));
        }
    }
}

/// What is refused before it is looked at: other methods, and more of anything than a reader has reason to send.
fn refused(request: &Request) -> Option<Response> {
    if request.method != Method::GET && request.method != Method::HEAD {
        let text = "This address is read with GET or HEAD.\n";
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, text);
        response.headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    if request.target_too_long() {
        return Some(plain(StatusCode::URI_TOO_LONG, "The address is longer than 8 KiB.\n"));
    }
    let large = request.headers_too_large();
    let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
    large.then(|| plain(status, "The request's headers are longer than 16 KiB or 100 lines.\n"))
}

fn with_retry(mut response: Response) -> Response {
    response.headers.insert(hyper::header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}
