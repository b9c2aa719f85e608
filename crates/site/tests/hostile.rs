//! Requests that mean harm, by their numbers in `docs/hostile-input.md`: what reaches the site behind the socket.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

mod edition;

use edition::{Edition, header};
use hyper::header::{HeaderName, HeaderValue};
use ovn_site::{Request, Response, Site};

const PAGES: [&str; 8] = [
    "/2026/11/port",
    "/",
    "/ur",
    "/feed.atom",
    "/search?q=dar",
    "/2026/11/none",
    "/2026/11/gone",
    "/record/checkpoint",
];

/// Names that proxies, frameworks and caches gave a meaning, and made-up ones up to 200.
fn names() -> Vec<HeaderName> {
    let known = "host x-forwarded-host x-forwarded-proto x-forwarded-for x-forwarded-port x-forwarded-server \
        x-forwarded-scheme x-forwarded-ssl x-forwarded-prefix x-forwarded-path forwarded x-host x-original-host \
        x-http-host-override x-original-url x-rewrite-url x-http-method x-http-method-override x-method-override \
        cookie set-cookie authorization proxy-authorization accept accept-language accept-charset accept-datetime \
        user-agent referer origin x-requested-with x-real-ip cf-connecting-ip true-client-ip x-client-ip \
        x-cluster-client-ip fastly-client-ip x-wap-profile x-amz-website-redirect-location via x-preview \
        x-ghost-preview x-oversized-header transfer-encoding content-length content-type content-encoding \
        max-forwards save-data sec-fetch-site sec-fetch-mode sec-fetch-dest sec-ch-ua sec-ch-ua-mobile \
        sec-ch-prefers-color-scheme dnt sec-gpc te trailer upgrade upgrade-insecure-requests range if-range if-match \
        if-unmodified-since pragma cache-control expires vary age warning surrogate-control surrogate-key \
        x-cache-key x-cache-hash x-middleware-subrequest x-middleware-prefetch x-nextjs-data next-router-state-tree \
        rsc purpose x-purpose x-moz x-pjax x-inertia x-timer x-varnish x-backend x-device x-mobile x-locale \
        x-lang x-country x-geo x-tenant x-user x-role x-admin x-debug x-forwarded-user remote-user x-accel-redirect \
        x-sendfile depth destination overwrite expect early-data priority alt-used http2-settings connection \
        keep-alive proxy-connection";
    let mut names: Vec<HeaderName> =
        known.split_whitespace().map(|name| name.parse().unwrap()).collect();
    let made_up = (names.len()..200).map(|number| format!("x-made-up-{number}").parse().unwrap());
    names.extend(made_up);
    names
}

fn poisoned(target: &str, name: &HeaderName, value: &'static str) -> Request {
    let mut request = Request::get(target).unwrap();
    request.headers.insert(name.clone(), HeaderValue::from_static(value));
    request
}

fn same(one: &Response, other: &Response, what: &str) {
    assert_eq!(one.status, other.status, "{what}");
    assert_eq!(one.headers, other.headers, "{what}");
    assert!(one.body == other.body, "{what}: other bytes");
}

/// The oracle asks twice: with the header where nothing is in memory, then without it. Both answers are those of a twin
/// that never saw the header.
#[test]
fn case_070_headers_never_vary_the_page() {
    let edition = Edition::new();
    let names = names();
    assert!(names.len() >= 200);
    let clean: Vec<Response> = PAGES.iter().map(|target| edition.get(target)).collect();
    for name in &names {
        for value in ["evil.example", "1", "/admin", "https"] {
            let answer = edition.site.respond(&poisoned("/2026/11/port?x=1", name, value));
            same(&answer, &clean[0], name.as_str());
        }
        for (target, clean) in PAGES.iter().zip(&clean) {
            same(&edition.site.respond(&poisoned(target, name, "evil.example")), clean, target);
            same(&edition.get(target), clean, target);
        }
    }
    let settings = edition::settings();
    for name in names.iter().take(12) {
        let cold = Site::new(settings.clone(), edition.sealer.reader().clone()).unwrap();
        same(&cold.respond(&poisoned("/2026/11/port", name, "evil.example")), &clean[0], "cold");
        same(&cold.respond(&Request::get("/2026/11/port").unwrap()), &clean[0], "after");
    }
    // What does vary a page says so, and leaves nothing behind.
    for coding in ["br", "gzip", "zstd", "evil;q=1", "*;q=0", ",,,", "br;q=nan"] {
        let coded = edition.with("/2026/11/port", &[("accept-encoding", coding)]);
        assert_eq!(header(&coded, "vary"), "Accept-Encoding");
        same(&edition.get("/2026/11/port"), &clean[0], coding);
    }
}

#[test]
fn case_072_nothing_lies_behind_a_made_up_name() {
    let edition = Edition::new();
    let nowhere = edition.get("/2026/11/none");
    assert_eq!(nowhere.status.as_u16(), 404);
    let ends = ["/x.css", ";a.css", "%3ba.css", "%00.css", "%0a.css", "%23.css", "%3f.css", ".css"];
    let starts = ["/2026/11/port", "/2026/11/port.json", "/newsroom", "/account", "/search"];
    for start in starts {
        for end in ends {
            let target = format!("{start}{end}");
            same(&edition.get(&target), &nowhere, &target);
        }
    }
    for target in ["/2026/11/port%2fx.css", "/2026/11/port/..%2fport", "/record/%2e%2e/ovn.toml"] {
        same(&edition.get(target), &nowhere, target);
    }
}

#[test]
fn case_075_more_than_a_reader_would_send() {
    let edition = Edition::new();
    let clean = edition.get("/2026/11/port");
    let check = |target: &str, name: &'static str, value: &str, status: u16| {
        let answer = edition.with(target, &[(name, value)]);
        assert_eq!(answer.status.as_u16(), status, "{name}");
        if status == 200 {
            same(&answer, &clean, name);
        }
    };
    let port = "/2026/11/port";
    // Ranges are not offered, and whoever asks for one is given the whole.
    assert_eq!(header(&clean, "accept-ranges"), "none");
    check(port, "range", "bytes=0-0", 200);
    check(port, "range", &format!("bytes={}", "0-0,".repeat(3_000)), 200);
    check(port, "range", &format!("bytes={}", "0-0,".repeat(10_000)), 431);
    check(port, "if-none-match", &"\"x\",".repeat(4_000), 200);
    check(port, "if-none-match", &"\"x\",".repeat(1 << 18), 431);
    check(port, "cookie", &"c".repeat(8 * 1024), 200);
    check(port, "if-modified-since", "Thu, 99 Foo 0000 99:99:99 GMT", 200);
    check(&format!("/?{}", "a=1&".repeat(100_000 / 8)), "x", "y", 414);
    check(&format!("/search?q={}", "%41".repeat(5_000)), "x", "y", 414);
    let pairs = "a=1&".repeat(2_000);
    assert_eq!(edition.get(&format!("/search?{pairs}q=dar")).status.as_u16(), 200);
}

#[test]
fn case_076_unknown_queries_share_one_rendering() {
    let edition = Edition::new();
    let first = edition.get("/2026/11/port");
    for number in 0..20_000 {
        let answer = edition.get(&format!("/2026/11/port?fbclid={number}&x={number}"));
        // The same memory, not merely the same bytes.
        assert_eq!(answer.body.as_ptr(), first.body.as_ptr());
    }
    // Numbers of pages that are not there, and spellings of one that is.
    let list = edition.get("/corrections");
    for listed in ["0", "1", "-1", "01", "1e3", "4294967297", "%31", "x", ""] {
        same(&edition.get(&format!("/corrections?page={listed}")), &list, listed);
    }
}

#[test]
fn case_078_metacharacters_are_only_letters() {
    let edition = Edition::new();
    let before = edition.sealer.reader().state().unwrap();
    let nowhere = edition.get("/topic/none");
    let words = [
        "' OR '1'='1",
        "'; DROP TABLE head; --",
        "\" OR \"\"=\"",
        "1) union select leaf from entry--",
        "%' ESCAPE '\\",
        "port' AND 1=CAST((SELECT version()) AS int)--",
        "x') ORDER BY CASE WHEN (SELECT 1) THEN 1 ELSE 2 END--",
        "$1",
        "?1",
        ":name",
        "\\'; SELECT pg_sleep(9); --",
        "_",
        "%",
        "*",
    ];
    let set = percent_encoding::NON_ALPHANUMERIC;
    for word in words {
        let word = percent_encoding::utf8_percent_encode(word, set).to_string();
        let paths = [
            format!("/topic/{word}"),
            format!("/story/{word}"),
            format!("/section/{word}"),
            format!("/policies/{word}"),
            format!("/2026/11/{word}"),
            format!("/2026/11/port/r{word}"),
            format!("/2026/11/port/compare/1-{word}"),
            format!("/archive/2026/{word}"),
            format!("/record/entry/{word}"),
            format!("/record/blob/{word}"),
            format!("/topic/{word}/feed.atom"),
        ];
        for path in &paths {
            same(&edition.get(path), &nowhere, path);
        }
        for name in ["sort", "order", "filter[]", "filter", "limit", "fields", "include", "page"] {
            let plain = edition.get("/section/world");
            same(&edition.get(&format!("/section/world?{name}={word}")), &plain, name);
        }
        assert_eq!(edition.get(&format!("/search?q={word}")).status.as_u16(), 200);
    }
    assert_eq!(edition.sealer.reader().state().unwrap(), before);
}

#[test]
fn case_080_no_header_is_split() {
    let edition = Edition::new();
    let breaks =
        ["%0d%0aset-cookie:a=b", "%0aset-cookie:a", "%0d", "%e5%98%8a%e5%98%8dset-cookie:a"];
    for text in breaks {
        for target in [
            format!("/2026/11/PORT{text}"),
            format!("/2026/11/port/{text}"),
            format!("//{text}"),
            format!("/topic/Trade%20&%20Ports{text}"),
            format!("/Section/World/?{text}"),
            format!("/search?q={text}"),
        ] {
            let answer = edition.get(&target);
            assert!(!answer.status.is_server_error(), "{target}");
            assert_eq!(header(&answer, "set-cookie"), "", "{target}");
            let location = header(&answer, "location");
            assert!(
                location.is_empty() || location.starts_with("/section"),
                "{target}: {location}"
            );
        }
    }
    for address in edition.site.addresses().unwrap() {
        for (name, value) in &edition.get(&address).headers {
            let plain = value.as_bytes().iter().all(|byte| (b' '..0x7f).contains(byte));
            assert!(plain, "{address}: {name}");
        }
    }
}

/// Whatever is sent, the answer is a deliberate one.
#[test]
fn made_up_targets_get_deliberate_answers() {
    let edition = Edition::new();
    let parts = [
        "/",
        "//",
        "..",
        ".",
        "%2e",
        "%2f",
        "%00",
        "%",
        "%zz",
        "%ff",
        ";",
        "?",
        "&",
        "=",
        "q",
        "page",
        "2026",
        "11",
        "port",
        "r1",
        "compare",
        "1-2",
        "ur",
        "record",
        "tile",
        "0",
        "x001",
        "000.p",
        "7",
        "entries",
        ".json",
        ".md",
        "feed.atom",
        "topic",
        "99999999999999999999",
        "-1",
        "é",
        "اردو",
        "\u{202e}",
        "policies",
        "archive",
    ];
    let mut state = 7_u64;
    for _ in 0..4_000 {
        let mut target = String::from("/");
        for _ in 0..6 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            target.push_str(parts[usize::try_from(state >> 33).unwrap() % parts.len()]);
        }
        let Some(request) = Request::get(&target) else { continue };
        let status = edition.site.respond(&request).status.as_u16();
        assert!([200, 308, 404, 410].contains(&status), "{target}: {status}");
    }
}
