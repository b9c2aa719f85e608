//! From a rendering to an answer: encodings with their ETags, prepared once, and conditional requests.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64};

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use jiff::Timestamp;
use ovn_edition::{commit::sha256, hex};

use crate::encode::{Effort, Encoding, encode};
use crate::headers::{Keep, SURROGATE_KEY, Trust, fixed};
use crate::request::Request;

/// What is sent back.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// All headers but `Date`, which the server sets.
    pub headers: HeaderMap,
    /// The bytes, empty for HEAD and for 304.
    pub body: Bytes,
}

/// A rendering, before encodings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) media: &'static str,
    pub(crate) body: Bytes,
    /// Milliseconds since 1970: the latest seal that the page shows.
    pub(crate) modified: Option<u64>,
    pub(crate) trust: Trust,
    pub(crate) keep: Keep,
    /// The words of `Surrogate-Key`, between spaces.
    pub(crate) keys: String,
    pub(crate) extra: Vec<(HeaderName, HeaderValue)>,
    /// Whether bytes depend on a listed query.
    pub(crate) listens: bool,
}

impl Page {
    /// A page of ours in HTML.
    pub(crate) fn html(status: StatusCode, html: String) -> Self {
        let keep = if status.is_server_error() { Keep::Never } else { Keep::Short };
        let media = "text/html; charset=utf-8";
        Self { status, trust: Trust::Page, keep, ..Self::data(media, html.into_bytes()) }
    }

    /// Data of ours that a seal may change.
    pub(crate) fn data(media: &'static str, body: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            media,
            body: Bytes::from(body),
            modified: None,
            trust: Trust::Data,
            keep: Keep::Short,
            keys: String::new(),
            extra: Vec::new(),
            listens: false,
        }
    }

    /// The same, kept by caches as `keep` says.
    pub(crate) fn keep(self, keep: Keep) -> Self {
        Self { keep, ..self }
    }

    /// The same with the time of its latest seal.
    pub(crate) fn modified(self, at: Option<u64>) -> Self {
        Self { modified: at, ..self }
    }

    /// The same with the words by which a CDN drops it.
    pub(crate) fn keys(self, keys: impl Into<String>) -> Self {
        Self { keys: keys.into(), ..self }
    }

    /// The same with one more header; one whose value is not allowed in HTTP is left out.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.extra.push((name, value));
        }
        self
    }

    fn compressible(&self) -> bool {
        let media = self.media;
        media.starts_with("text/") || ["json", "xml"].iter().any(|word| media.contains(word))
    }
}

/// One encoding of a rendering, ready to send.
#[derive(Debug)]
struct Variant {
    headers: HeaderMap,
    unchanged: HeaderMap,
    etag: HeaderValue,
    body: Bytes,
}

/// A rendering with its encodings, each made when it is first asked for and again, smaller, when there is time.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) page: Page,
    https: bool,
    /// The generation of the store for which the page is known to be right.
    pub(crate) generation: AtomicU64,
    /// Whether it was asked for since eviction last passed by.
    pub(crate) used: AtomicBool,
    quick: [OnceLock<Variant>; 4],
    best: [OnceLock<Variant>; 4],
}

impl Entry {
    pub(crate) fn new(page: Page, https: bool, generation: u64) -> Self {
        let (quick, best) = Default::default();
        let generation = AtomicU64::new(generation);
        Self { page, https, generation, used: AtomicBool::new(false), quick, best }
    }

    /// About how many bytes of memory it takes with all its encodings.
    pub(crate) fn weight(&self) -> usize {
        let encoded = if self.page.compressible() { self.page.body.len() } else { 0 };
        4096 + self.page.body.len() + encoded
    }

    /// Makes the smallest form of each encoding; takes tens of milliseconds for a page.
    pub(crate) fn improve(&self) {
        if !self.page.compressible() || self.page.listens {
            return;
        }
        for (slot, coding) in self.best.iter().zip(Encoding::ALL) {
            slot.get_or_init(|| self.variant(coding, Effort::Best));
        }
    }

    /// The answer to `request`, which has asked for this page.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        let coding = Encoding::choose(request.headers.get(header::ACCEPT_ENCODING));
        let Some(variant) = self.ready(coding) else { return unavailable() };
        if self.page.status == StatusCode::OK && fresh(request, variant) {
            let headers = variant.unchanged.clone();
            return Response { status: StatusCode::NOT_MODIFIED, headers, body: Bytes::new() };
        }
        let head = request.method == Method::HEAD;
        let body = if head { Bytes::new() } else { variant.body.clone() };
        Response { status: self.page.status, headers: variant.headers.clone(), body }
    }

    fn ready(&self, coding: Encoding) -> Option<&Variant> {
        let place = Encoding::ALL.iter().position(|one| *one == coding)?;
        if let Some(variant) = self.best.get(place).and_then(OnceLock::get) {
            return Some(variant);
        }
        Some(self.quick.get(place)?.get_or_init(|| self.variant(coding, Effort::Quick)))
    }

    fn variant(&self, coding: Encoding, effort: Effort) -> Variant {
        let page = &self.page;
        let encoded = page.compressible().then(|| encode(coding, &page.body, effort)).flatten();
        let mut headers = fixed(page.trust, page.keep, &page.body, self.https);
        let body = match encoded {
            Some(bytes) => {
                let name = HeaderValue::from_static(coding.name());
                headers.insert(header::CONTENT_ENCODING, name);
                Bytes::from(bytes)
            }
            None => page.body.clone(),
        };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.media));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        if page.compressible() {
            headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        if let Some(date) = page.modified.and_then(http_date) {
            headers.insert(header::LAST_MODIFIED, date);
        }
        if let Ok(keys) = HeaderValue::from_str(&page.keys)
            && !page.keys.is_empty()
        {
            headers.insert(SURROGATE_KEY, keys);
        }
        // Of the words, not of their packing: packing them smaller later makes no reader fetch them again.
        let etag = etag(&page.body, coding);
        if page.status == StatusCode::OK {
            headers.insert(header::ETAG, etag.clone());
        }
        headers.extend(page.extra.iter().cloned());
        let mut unchanged = headers.clone();
        for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
            unchanged.remove(name);
        }
        Variant { headers, unchanged, etag, body }
    }
}

/// Whether the request already has these bytes (RFC 9110 section 13.1).
fn fresh(request: &Request, variant: &Variant) -> bool {
    let mut asked = request.headers.get_all(header::IF_NONE_MATCH).iter().peekable();
    if asked.peek().is_some() {
        let ours = variant.etag.as_bytes();
        return asked.any(|value| {
            value.as_bytes().split(|byte| *byte == b',').any(|tag| {
                let tag = tag.trim_ascii();
                tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == ours
            })
        });
    }
    let since = request.headers.get(header::IF_MODIFIED_SINCE);
    since.is_some() && since == variant.headers.get(header::LAST_MODIFIED)
}

fn etag(body: &[u8], coding: Encoding) -> HeaderValue {
    let hash = sha256(body);
    let short = hash.first_chunk::<16>().map(|bytes| hex::encode(bytes)).unwrap_or_default();
    HeaderValue::try_from(format!("\"{short}-{}\"", coding.name()))
        .unwrap_or(HeaderValue::from_static("\"\""))
}

/// Milliseconds since 1970 as HTTP writes a date.
fn http_date(at: u64) -> Option<HeaderValue> {
    let moment = Timestamp::from_millisecond(i64::try_from(at).ok()?).ok()?;
    HeaderValue::try_from(moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok()
}

/// A short plain answer that no template is needed for, kept by nobody.
pub(crate) fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut headers = fixed(Trust::Data, Keep::Never, b"", false);
    let media = HeaderValue::from_static("text/plain; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
    Response { status, headers, body: Bytes::from_static(text.as_bytes()) }
}

/// 503, to be asked again in a few seconds.
pub(crate) fn unavailable() -> Response {
    let mut response = plain(
        StatusCode::SERVICE_UNAVAILABLE,
        "This page cannot be made just now. Please try again in a few seconds.\n",
    );
    response.headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// 308 to the one address of what was asked for.
pub(crate) fn redirect(location: &str) -> Response {
    let mut response = plain(StatusCode::PERMANENT_REDIRECT, "");
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers.insert(header::LOCATION, location);
    }
    let keep = HeaderValue::from_static("public, max-age=10, must-revalidate");
    response.headers.insert(header::CACHE_CONTROL, keep);
    response
}

#[cfg(test)]
#[path = "respond/tests.rs"]
mod tests;
