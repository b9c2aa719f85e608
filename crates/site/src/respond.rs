//! From a rendering to an answer: encodings with their ETags, prepared once, and conditional requests.

mod record;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use jiff::Timestamp;
use ovn_edition::commit::{Bytes32, sha256};
use ovn_edition::hex;

use crate::encode::{Effort, Encoding, encode};
use crate::headers::{Keep, SURROGATE_KEY, Trust, fixed};
use crate::needs::Needs;
use crate::request::Request;
pub(crate) use record::from_record;

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

impl Response {
    /// 304 with the headers of what did not change.
    fn unchanged(mut headers: HeaderMap) -> Self {
        for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
            headers.remove(name);
        }
        Self { status: StatusCode::NOT_MODIFIED, headers, body: Bytes::new() }
    }
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
    /// What has to change for the page to change.
    pub(crate) needs: Needs,
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
            needs: Needs::Everything,
        }
    }

    /// The same, changed by nothing but what `needs` names.
    pub(crate) fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
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
    body: Bytes,
}

/// About how many bytes an entry takes beside its bodies: itself, and the headers of a variant.
const ENTRY: usize = 1024;
const HEADERS: usize = 2560;

/// A rendering with its encodings, each made once: quickly when it is first asked for, or all of them as small as they
/// get when there is time.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) page: Page,
    https: bool,
    /// A generation of the store for which the page is known to be right.
    pub(crate) generation: AtomicU64,
    /// Whether it was asked for since eviction last passed by.
    pub(crate) used: AtomicBool,
    effort: Effort,
    hash: Bytes32,
    variants: [OnceLock<Variant>; 4],
}

impl Entry {
    pub(crate) fn new(page: Page, https: bool, generation: u64) -> Self {
        let hash = sha256(&page.body);
        Self {
            page,
            https,
            hash,
            generation: AtomicU64::new(generation),
            used: AtomicBool::new(false),
            effort: Effort::Quick,
            variants: Default::default(),
        }
    }

    /// About how many bytes of memory it takes with all its encodings.
    pub(crate) fn weight(&self) -> usize {
        let made: usize = match self.effort {
            Effort::Best => {
                self.variants.iter().filter_map(OnceLock::get).map(Variant::weight).sum()
            }
            Effort::Quick if self.page.compressible() => self.page.body.len() + 4 * HEADERS,
            Effort::Quick => HEADERS,
        };
        ENTRY + self.page.body.len() + made
    }

    /// Whether its encodings can be made smaller, and it is worth it: what was searched is asked once.
    pub(crate) fn can_improve(&self) -> bool {
        self.effort == Effort::Quick && self.page.compressible() && !self.page.listens
    }

    /// The same with every encoding as small as it gets, which takes tens of milliseconds for a page; `None` where
    /// there is nothing to gain.
    pub(crate) fn improved(&self) -> Option<Self> {
        if !self.can_improve() {
            return None;
        }
        let generation = AtomicU64::new(self.generation.load(Ordering::Acquire));
        let better = Self {
            page: self.page.clone(),
            generation,
            used: AtomicBool::new(true),
            effort: Effort::Best,
            variants: Default::default(),
            ..*self
        };
        for (slot, coding) in better.variants.iter().zip(Encoding::ALL) {
            slot.get_or_init(|| better.variant(coding));
        }
        Some(better)
    }

    /// Whether `page` would be sent as the same bytes. When it was last changed may differ.
    pub(crate) fn shows(&self, page: &Page) -> bool {
        let modified = self.page.modified;
        let same = |page: Page| page == self.page;
        self.page.body == page.body && same(Page { modified, ..page.clone() })
    }

    /// The answer to `request`, which has asked for this page.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        let accept = request.headers.get(header::ACCEPT_ENCODING);
        let coding = Encoding::choose(accept, self.effort);
        let Some(variant) = self.ready(coding) else { return unavailable() };
        let mut headers = variant.headers.clone();
        let modified = variant.headers.get(header::LAST_MODIFIED);
        if self.page.status == StatusCode::OK
            && let Some(tag) = fresh(request, &self.hash, coding, modified, accept)
        {
            headers.insert(header::ETAG, tag);
            return Response::unchanged(headers);
        }
        let head = request.method == Method::HEAD;
        let body = if head { Bytes::new() } else { variant.body.clone() };
        Response { status: self.page.status, headers, body }
    }

    fn ready(&self, coding: Encoding) -> Option<&Variant> {
        let place = Encoding::ALL.iter().position(|one| *one == coding)?;
        Some(self.variants.get(place)?.get_or_init(|| self.variant(coding)))
    }

    fn variant(&self, coding: Encoding) -> Variant {
        let page = &self.page;
        let encode = || encode(coding, &page.body, self.effort);
        let encoded = page.compressible().then(encode).flatten();
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
        if page.status == StatusCode::OK {
            headers.insert(header::ETAG, etag(&self.hash, coding));
        }
        headers.extend(page.extra.iter().cloned());
        Variant { headers, body }
    }
}

impl Variant {
    fn weight(&self) -> usize {
        HEADERS + self.body.len()
    }
}

/// The ETag of what the reader has, where that is the page with this hash (RFC 9110 section 13.1): in the coding that
/// would be sent, or in another that may be, since which is sent changes when all of them are there.
fn fresh(
    request: &Request,
    hash: &Bytes32,
    coding: Encoding,
    modified: Option<&HeaderValue>,
    accept: Option<&HeaderValue>,
) -> Option<HeaderValue> {
    let mut asked = request.headers.get_all(header::IF_NONE_MATCH).iter().peekable();
    if asked.peek().is_none() {
        let since = request.headers.get(header::IF_MODIFIED_SINCE)?;
        return (Some(since) == modified).then(|| etag(hash, coding));
    }
    let tags: Vec<&[u8]> =
        asked.flat_map(|value| value.as_bytes().split(|byte| *byte == b',')).collect();
    let has = |ours: &HeaderValue| {
        let same =
            |tag: &[u8]| tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == ours.as_bytes();
        tags.iter().any(|tag| same(tag.trim_ascii()))
    };
    let others = Encoding::ALL.into_iter().filter(|one| one.allowed(accept));
    let all = std::iter::once(coding).chain(others);
    all.map(|coding| etag(hash, coding)).find(has)
}

fn etag(hash: &Bytes32, coding: Encoding) -> HeaderValue {
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
