//! Around each answer: its number, its count, its line in the log.
//!
//! A line says what was asked for and how it went, never by whom: no address, no query, no name of a browser.

use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Request, Response};

use super::Server;
use crate::counters::During;

/// `X-Request-Id`: the number that a reader can name and the log knows.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// An answer that takes longer has a line of its own among the lines that everybody sees.
const SLOW: Duration = Duration::from_secs(1);
/// The most of an address that a line shows.
const SHOWN: usize = 120;

/// Numbers of requests, 16 hexadecimal digits: eight that this process drew at its start, eight that count.
#[derive(Debug)]
pub(crate) struct Numbers {
    start: u32,
    next: AtomicU64,
}

impl Default for Numbers {
    fn default() -> Self {
        let [a, b, c, d, ..] = RandomState::new().hash_one("requests").to_le_bytes();
        Self { start: u32::from_le_bytes([a, b, c, d]), next: AtomicU64::new(1) }
    }
}

impl Numbers {
    fn next(&self) -> String {
        let count = self.next.fetch_add(1, Relaxed) & 0xffff_ffff;
        format!("{:08x}{count:08x}", self.start)
    }
}

impl Server {
    /// Answers, counts and tells.
    pub(super) async fn measured(
        self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let inner = self.site.now();
        let began = Instant::now();
        let id = inner.numbers.next();
        let (method, path) = (request.method().clone(), request.uri().clone());
        let working = During::new(&inner.counters.working);
        let mut answer = self.answer(request, &id).await;
        drop(working);
        let took = began.elapsed();
        let status = answer.status();
        let bytes = length(&answer);
        inner.counters.answered(path.path(), status, bytes, took);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if took > SLOW || status.is_server_error() {
            let (path, status) = (shown(path.path()), status.as_u16());
            tracing::info!(id, %method, path, status, bytes, micros, "answered late or not at all");
        } else if tracing::enabled!(tracing::Level::DEBUG) {
            let (path, status) = (shown(path.path()), status.as_u16());
            tracing::debug!(id, %method, path, status, bytes, micros, "answered");
        }
        if let Ok(id) = HeaderValue::try_from(id) {
            answer.headers_mut().insert(REQUEST_ID, id);
        }
        Ok(answer)
    }
}

/// Bytes of an answer's body.
fn length(answer: &Response<Full<Bytes>>) -> usize {
    let hint = hyper::body::Body::size_hint(answer.body());
    hint.exact().and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(0)
}

/// An address as a line shows it: bounded, and of nothing but plain characters.
pub(crate) fn shown(path: &str) -> String {
    // What names a letter to whoever sent it is theirs alone.
    let path = path.find("/report/").and_then(|at| path.get(..at + 8)).unwrap_or(path);
    let plain = |c: char| if c.is_ascii_graphic() && !matches!(c, '"' | '\\') { c } else { '?' };
    let mut out: String = path.chars().take(SHOWN).map(plain).collect();
    if path.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_plain_and_short() {
        let check = |path: &str, expected: &str| assert_eq!(shown(path), expected);
        check("/2026/11/port", "/2026/11/port");
        check("/a\n2026 ERROR forged", "/a?2026?ERROR?forged");
        check("/\u{1b}[31m\"\\", "/?[31m??");
        check("/بندر", "/????");
        check("/ur/report/00ff", "/ur/report/");
        check(&"x".repeat(9_000), &format!("{}…", "x".repeat(SHOWN)));
    }

    #[test]
    fn numbers_differ() {
        let numbers = Numbers::default();
        let (one, two) = (numbers.next(), numbers.next());
        assert_eq!((one.len(), two.len()), (16, 16));
        assert!(one != two && one.get(..8) == two.get(..8));
    }
}
