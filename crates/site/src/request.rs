//! A request as the site sees it: method, target and headers, without a socket and without a body.

use hyper::header::{HeaderMap, HeaderValue};
use hyper::{Method, Uri};

/// The longest target (path and query) that is answered, in bytes; longer ones get 414.
pub const MAX_TARGET: usize = 8 * 1024;
/// The most bytes of header names and values together that are answered; more get 431.
pub const MAX_HEADERS: usize = 16 * 1024;
/// The most header lines that are answered; more get 431.
pub const MAX_HEADER_LINES: usize = 100;

/// What was asked. A body is read for a reader's letter alone, and comes apart from this.
#[derive(Debug, Clone)]
pub struct Request {
    /// GET and HEAD are answered, and POST where a letter is sent; all others get 405.
    pub method: Method,
    /// Only path and query count; a host in the target or in the headers changes no byte of an answer.
    pub uri: Uri,
    /// `Accept-Encoding`, `If-None-Match` and `If-Modified-Since` are read, all others pass by.
    pub headers: HeaderMap,
}

impl Request {
    /// A GET of `target`, a path with an optional query, without headers; `None` where it is not a valid target.
    #[must_use]
    pub fn get(target: &str) -> Option<Self> {
        let uri = target.parse().ok()?;
        Some(Self { method: Method::GET, uri, headers: HeaderMap::new() })
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// The path as it was sent, percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query as it was sent, without its question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// Whether it asks for a search in any language.
    pub(crate) fn is_search(&self) -> bool {
        self.query().is_some() && self.path().trim_end_matches('/').ends_with("/search")
    }

    /// Whether the target is longer than [`MAX_TARGET`].
    #[must_use]
    pub fn target_too_long(&self) -> bool {
        self.path().len() + self.query().map_or(0, str::len) > MAX_TARGET
    }

    /// Whether the headers are more than [`MAX_HEADER_LINES`] or [`MAX_HEADERS`].
    #[must_use]
    pub fn headers_too_large(&self) -> bool {
        let bytes: usize =
            self.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        self.headers.len() > MAX_HEADER_LINES || bytes > MAX_HEADERS
    }

    /// The first value of a query's parameter, decoded as forms encode it, at most `limit` characters of it.
    #[must_use]
    pub fn parameter(&self, name: &str, limit: usize) -> Option<String> {
        let pairs = self.query()?.split('&');
        let value = pairs.filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (key == name).then_some(value)
        });
        value.take(1).next().map(|value| {
            let spaced = value.replace('+', " ");
            let text = percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy();
            text.chars().filter(|c| !c.is_control()).take(limit).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn parameters_are_read_literally() {
        let check = |target: &str, expected: Option<&str>| {
            let request = Request::get(target).unwrap();
            assert_eq!(request.parameter("q", 12).as_deref(), expected, "{target}");
        };
        check("/search?q=dar", Some("dar"));
        check("/search?x=1&q=a+b%20c", Some("a b c"));
        check("/search?q=one&q=two", Some("one"));
        check("/search?q=%D8%A7%D8%B3%D8%AD%D8%A7%D9%82", Some("اسحاق"));
        check("/search?q=%22NEAR(*%22%00", Some("\"NEAR(*\""));
        check("/search?q=%FF", Some("\u{fffd}"));
        check("/search?q=aaaaaaaaaaaaaaaaaaaa", Some("aaaaaaaaaaaa"));
        check("/search?q", Some(""));
        check("/search?query=x", None);
        check("/search", None);
    }

    #[test]
    fn limits() {
        let long = format!("/?{}", "a=1&".repeat(100_000 / 8));
        assert!(Request::get(&long).unwrap().target_too_long());
        let mut request = Request::get("/").unwrap();
        assert!(!request.headers_too_large());
        request = request.with("cookie", HeaderValue::from_str(&"x".repeat(8_000)).unwrap());
        assert!(!request.headers_too_large());
        request = request.with("if-none-match", HeaderValue::from_str(&"x".repeat(9_000)).unwrap());
        assert!(request.headers_too_large());
    }
}
