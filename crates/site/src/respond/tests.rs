//! Rows for encodings, ETags and conditional requests.
#![allow(clippy::unwrap_used)]

use super::*;

fn entry() -> Entry {
    let words = |n: u32| format!("<p>entry {} is sealed in {}", n * 7919 % 1009, n * n);
    let body: String = (0..300).map(words).collect();
    let html = format!("<!doctype html><title>x</title>{body}");
    let page = Page::html(StatusCode::OK, html).modified(Some(1_764_000_000_000)).keys("article-1");
    Entry::new(page, true, 1)
}

fn ask(entry: &Entry, headers: &[(&'static str, &str)]) -> Response {
    let request = headers.iter().fold(Request::get("/").unwrap(), |request, (name, value)| {
        request.with(name, HeaderValue::from_str(value).unwrap())
    });
    entry.answer(&request)
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn each_encoding_has_its_own_strong_etag() {
    let entry = entry();
    let mut tags = Vec::new();
    for coding in ["br", "zstd", "gzip", "identity"] {
        let response = ask(&entry, &[("accept-encoding", coding)]);
        let sent = header(&response, "content-encoding");
        assert_eq!(sent, if coding == "identity" { "" } else { coding });
        assert_eq!(header(&response, "vary"), "Accept-Encoding");
        assert_eq!(header(&response, "content-length"), response.body.len().to_string());
        tags.push(header(&response, "etag").to_owned());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 4);
}

#[test]
fn what_a_reader_has_is_not_sent_again() {
    let entry = entry();
    let first = ask(&entry, &[]);
    let tag = header(&first, "etag").to_owned();
    let date = header(&first, "last-modified").to_owned();
    assert_eq!(date, "Mon, 24 Nov 2025 16:00:00 GMT");
    let check = |headers: &[(&'static str, &str)], expected: u16| {
        let response = ask(&entry, headers);
        assert_eq!(response.status.as_u16(), expected, "{headers:?}");
        assert_eq!(response.body.is_empty(), expected == 304);
        assert_eq!(header(&response, "etag"), tag);
    };
    check(&[("if-none-match", &tag)], 304);
    check(&[("if-none-match", &format!("\"a\", W/{tag}"))], 304);
    check(&[("if-none-match", "*")], 304);
    check(&[("if-none-match", "\"other\"")], 200);
    check(&[("if-none-match", &tag.replace('"', ""))], 200);
    check(&[("if-none-match", "\"other\""), ("if-modified-since", &date)], 200);
    check(&[("if-modified-since", &date)], 304);
    check(&[("if-modified-since", "Tue, 25 Nov 2025 16:00:00 GMT")], 200);
    check(&[("range", "bytes=0-10")], 200);
    check(&[("range", &"bytes=0-1,".repeat(900))], 200);
}

#[test]
fn a_reader_keeps_what_came_in_another_coding() {
    let entry = entry();
    let all = "gzip, br, zstd";
    let quick = ask(&entry, &[("accept-encoding", all)]);
    let tag = header(&quick, "etag").to_owned();
    let entry = entry.improved().unwrap();
    let best = ask(&entry, &[("accept-encoding", all)]);
    assert_ne!(header(&best, "etag"), tag);
    let check = |accept: &str, expected: u16| {
        let response = ask(&entry, &[("accept-encoding", accept), ("if-none-match", &tag)]);
        assert_eq!(response.status.as_u16(), expected, "{accept}");
        assert_eq!(header(&response, "etag") == tag, expected == 304, "{accept}");
    };
    check(all, 304);
    check("gzip, br", 200);
    check("zstd;q=0.1, br", 304);
}

#[test]
fn the_smaller_form_takes_over() {
    let entry = entry();
    let quick = ask(&entry, &[("accept-encoding", "br")]);
    let entry = entry.improved().unwrap();
    assert!(entry.improved().is_none());
    let best = ask(&entry, &[("accept-encoding", "br")]);
    assert!(best.body.len() <= quick.body.len());
}

#[test]
fn head_says_the_length_and_sends_nothing() {
    let entry = entry();
    let mut request = Request::get("/").unwrap();
    let length = entry.answer(&request).body.len();
    request.method = Method::HEAD;
    let response = entry.answer(&request);
    assert_eq!(header(&response, "content-length"), length.to_string());
    assert!(response.body.is_empty());
}

#[test]
fn case_080_a_header_cannot_be_split() {
    let page = Page::data("text/plain", vec![]).header(header::LINK, "</a\r\nset-cookie: x>");
    assert!(page.extra.is_empty());
    assert!(redirect("/a\r\nset-cookie: x").headers.get("location").is_none());
}
