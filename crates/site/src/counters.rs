//! What the readers' server counts about itself: nothing about who reads, and nothing about what.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use hyper::StatusCode;

/// Kinds of addresses, by their beginning or their end.
pub(crate) const CLASSES: [&str; 5] = ["page", "document", "record", "feed", "search"];
/// Statuses that are told apart; the last place is for all others.
pub(crate) const STATUSES: [u16; 13] =
    [200, 304, 308, 400, 404, 405, 410, 414, 431, 500, 503, 206, 0];
/// Upper bounds of the buckets of times, in microseconds.
pub(crate) const BOUNDS: [u64; 11] =
    [50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000];

/// How often something took how long.
#[derive(Debug, Default)]
pub(crate) struct Times {
    /// One a bound, and one for what took longer; each counts its own alone.
    pub(crate) buckets: [AtomicU64; BOUNDS.len() + 1],
    /// Microseconds in all.
    pub(crate) sum: AtomicU64,
}

impl Times {
    fn add(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let place = BOUNDS.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS.len());
        if let Some(bucket) = self.buckets.get(place) {
            bucket.fetch_add(1, Relaxed);
        }
        self.sum.fetch_add(micros, Relaxed);
    }
}

/// The counts of one site, from its start.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Answers by class and status.
    pub(crate) answers: [[AtomicU64; STATUSES.len()]; CLASSES.len()],
    /// Bytes of their bodies.
    pub(crate) bytes: AtomicU64,
    /// From a request's head to its answer's.
    pub(crate) times: Times,
    /// Requests that are being answered.
    pub(crate) working: AtomicU64,
    /// Answers that were in memory.
    pub(crate) hits: AtomicU64,
    /// Answers that had to be looked up or made.
    pub(crate) misses: AtomicU64,
    /// Pages that were made.
    pub(crate) made: AtomicU64,
    /// Times that the store could not be read.
    pub(crate) failures: AtomicU64,
    /// Connections that were accepted.
    pub(crate) accepted: AtomicU64,
    /// Connections that were told to come back later.
    pub(crate) turned_away: AtomicU64,
    /// Connections that are open.
    pub(crate) open: AtomicU64,
    /// Whether the server is on its way out.
    pub(crate) stopping: AtomicBool,
}

/// Counts one more of something for as long as it lives.
#[derive(Debug)]
pub(crate) struct During<'a>(&'a AtomicU64);

impl<'a> During<'a> {
    pub(crate) fn new(counter: &'a AtomicU64) -> Self {
        counter.fetch_add(1, Relaxed);
        Self(counter)
    }
}

impl Drop for During<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

impl Counters {
    /// Counts an answer.
    pub(crate) fn answered(&self, path: &str, status: StatusCode, bytes: usize, took: Duration) {
        let status = STATUSES.iter().position(|one| *one == status.as_u16());
        let status = status.unwrap_or(STATUSES.len() - 1);
        let counter = self.answers.get(class(path)).and_then(|class| class.get(status));
        if let Some(counter) = counter {
            counter.fetch_add(1, Relaxed);
        }
        self.bytes.fetch_add(bytes as u64, Relaxed);
        self.times.add(took);
    }
}

/// Place in [`CLASSES`] of what is asked for. Nothing of the address itself is kept.
fn class(path: &str) -> usize {
    let within = |part: &str| path.split('/').take(3).any(|segment| segment == part);
    let ends = |ends: &[&str]| ends.iter().any(|end| path.ends_with(end));
    let name = if path.starts_with("/record/") {
        "record"
    } else if within("search") {
        "search"
    } else if ends(&["feed.atom", "feed.rss", "feed.json", "sitemap.xml"]) {
        "feed"
    } else if ends(&[".json", ".md", ".tlog-proof"]) {
        "document"
    } else {
        "page"
    };
    CLASSES.iter().position(|class| *class == name).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_class() {
        let check = |path: &str, expected: &str| {
            assert_eq!(CLASSES.get(class(path)), Some(&expected), "{path}");
        };
        check("/", "page");
        check("/2026/11/port", "page");
        check("/2026/11/port.json", "document");
        check("/2026/11/port.tlog-proof", "document");
        check("/record", "page");
        check("/record/checkpoint", "record");
        check("/section/world/feed.json", "feed");
        check("/news-sitemap.xml", "feed");
        check("/search", "search");
        check("/ur/search", "search");
        check("/topic/of/search", "page");
    }

    #[test]
    fn answers_are_counted_once() {
        let counters = Counters::default();
        counters.answered("/", StatusCode::OK, 10, Duration::from_micros(70));
        counters.answered("/", StatusCode::IM_A_TEAPOT, 5, Duration::from_secs(60));
        let count = |place: usize| {
            counters.answers.first().and_then(|row| row.get(place)).map(|one| one.load(Relaxed))
        };
        assert_eq!((count(0), count(STATUSES.len() - 1)), (Some(1), Some(1)));
        assert_eq!(counters.bytes.load(Relaxed), 15);
        let buckets: Vec<u64> =
            counters.times.buckets.iter().map(|one| one.load(Relaxed)).collect();
        assert_eq!(buckets, [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        let during = During::new(&counters.open);
        assert_eq!(counters.open.load(Relaxed), 1);
        drop(during);
        assert_eq!(counters.open.load(Relaxed), 0);
    }
}
