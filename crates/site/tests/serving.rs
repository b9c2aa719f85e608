//! What each address answers: status, headers, freshness, and what must not change a byte.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub(crate) mod edition;

use edition::{Edition, header, publish};
use hyper::Method;
use ovn_site::Request;
use ovn_tlog::{Proof, VerifierKey, leaf_hash};

const THERE: [&str; 52] = [
    "/2026/11/port.md",
    "/topic",
    "/story",
    "/feeds",
    "/about",
    "/ur/about",
    "/archive/2026/11",
    "/sources?page=9",
    "/record?page=2",
    "/search?q=%D8%A8%D9%86%D8%AF",
    "/",
    "/ur",
    "/2026/11/port",
    "/2026/11/port.json",
    "/2026/11/port.tlog-proof",
    "/2026/11/port/r1",
    "/2026/11/port/r2",
    "/2026/11/port/compare/1-2",
    "/section/world",
    "/ur/section/world",
    "/topic/Trade%20%26%20Ports",
    "/archive",
    "/corrections",
    "/sources",
    "/balance",
    "/desk",
    "/ur/desk",
    "/policies",
    "/policies/corrections",
    "/search",
    "/search?q=dar",
    "/record",
    "/record/entry/0",
    "/record/checkpoint",
    "/record/vkey",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/ur/feed.atom",
    "/section/world/feed.atom",
    "/topic/Trade%20%26%20Ports/feed.json",
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/trust.txt",
    "/.well-known/trust.txt",
    "/.well-known/security.txt",
    "/favicon.ico",
    "/favicon.svg",
    "/opensearch.xml",
    "/2026/11/gone.json",
    "/2026/11/port?utm_source=x&fbclid=1",
];

const NOWHERE: [&str; 19] = [
    "//evil.example/",
    "/2026/11/none",
    "/2026%2f11%2fport",
    "/2026/11/port%00",
    "/2026/11/port.html",
    "/2026/11/port/r3",
    "/2026/11/port/compare/2-9",
    "/topic/nobody",
    "/section/none",
    "/en",
    "/record/entry/99",
    "/record/log.key",
    "/record/../ovn.toml",
    "/record/tile/0/x999/000",
    "/newsroom;a.css",
    "/account/x.css",
    "/policies/none",
    "/2026/11/gone.md",
    "/x%0d%0aset-cookie:a",
];

#[test]
fn addresses_and_their_status() {
    let edition = Edition::new();
    let check = |target: &str, status: u16, location: &str| {
        let response = edition.get(target);
        assert_eq!(response.status.as_u16(), status, "{target}");
        assert_eq!(header(&response, "location"), location, "{target}");
        assert_eq!(header(&response, "set-cookie"), "");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    };
    for target in THERE {
        check(target, 200, "");
    }
    check("/2026/11/gone", 410, "");
    check("/2026/11/port/", 308, "/2026/11/port");
    check("/2026/11/port//", 308, "/2026/11/port");
    check("//2026/11//port?fbclid=1", 308, "/2026/11/port");
    check("/2026/11/PORT", 308, "/2026/11/port");
    check("/2026/11/%70ort", 308, "/2026/11/port");
    check("/UR", 308, "/ur");
    check("/Section/World/", 308, "/section/world");
    check("/topic/Trade%20&%20Ports", 308, "/topic/Trade%20%26%20Ports");
    for target in NOWHERE {
        check(target, 404, "");
    }
}

#[test]
fn only_reading() {
    let edition = Edition::new();
    for method in
        [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE, Method::PATCH]
    {
        let mut request = Request::get("/").unwrap();
        request.method = method;
        let response = edition.site.respond(&request);
        assert_eq!((response.status.as_u16(), header(&response, "allow")), (405, "GET, HEAD"));
    }
}

#[test]
fn a_seal_is_seen_at_once() {
    let edition = Edition::new();
    let before = edition.get("/feed.json");
    let tag = header(&before, "etag").to_owned();
    assert_eq!(edition.with("/feed.json", &[("if-none-match", &tag)]).status.as_u16(), 304);
    assert_eq!(edition.get("/2026/12/new").status.as_u16(), 404);
    publish(&edition.sealer, "/2026/12/new", "en", "New words");
    let after = edition.with("/feed.json", &[("if-none-match", &tag)]);
    assert_eq!(after.status.as_u16(), 200);
    assert!(String::from_utf8_lossy(&after.body).contains("New words"));
    assert_eq!(edition.get("/2026/12/new").status.as_u16(), 200);
}

#[test]
fn every_address_is_there_and_unique() {
    let edition = Edition::new();
    let addresses = edition.site.addresses().unwrap();
    for address in &addresses {
        let status = edition.get(address).status.as_u16();
        let expected = if address == "/2026/11/gone" { 410 } else { 200 };
        assert_eq!(status, expected, "{address}");
    }
    let mut unique = addresses.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), addresses.len());
}

#[test]
fn pages_are_locked_down_and_data_is_open() {
    let edition = Edition::new();
    let page = edition.get("/2026/11/port");
    let policy = header(&page, "content-security-policy");
    for word in
        ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
    {
        assert!(policy.contains(word), "{policy}");
    }
    assert!(!policy.contains("unsafe"));
    assert!(header(&page, "strict-transport-security").starts_with("max-age=63072000"));
    assert_eq!(header(&page, "access-control-allow-origin"), "");
    assert_eq!(header(&page, "vary"), "Accept-Encoding");
    let data = [
        "/record/checkpoint",
        "/record/vkey",
        "/record/tile/entries/000.p/7",
        "/2026/11/port.json",
    ];
    for target in data {
        let response = edition.get(target);
        assert_eq!(header(&response, "access-control-allow-origin"), "*", "{target}");
        assert!(header(&response, "content-security-policy").contains("sandbox"));
    }
    assert_eq!(header(&edition.get("/record/checkpoint"), "cache-control"), "public, no-cache");
}

#[test]
fn the_proof_convinces_a_verifier() {
    let edition = Edition::new();
    let key: VerifierKey = edition.text("/record/vkey").trim_end().parse().unwrap();
    let reader = edition.sealer.reader();
    let revisions = reader.revisions(&edition.port).unwrap();
    let proof = Proof::parse(edition.text("/2026/11/port.tlog-proof").as_bytes()).unwrap();
    proof.verify_with_key(&leaf_hash(&revisions[1].leaf), &key).unwrap();
    assert!(proof.verify_with_key(&leaf_hash(&revisions[0].leaf), &key).is_err());
    assert_eq!(edition.text("/2026/11/port.json").as_bytes(), revisions[1].document);
    assert_eq!(edition.text("/record/checkpoint").as_bytes(), reader.checkpoint().unwrap());
}
