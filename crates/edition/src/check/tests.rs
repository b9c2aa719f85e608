//! Each rule, broken once.
#![allow(clippy::unwrap_used)]

use super::*;
use serde_json::{Value, json};

fn check(change: impl Fn(&mut Value), expected: &str) {
    let mut value = json!({"lang": "en", "headline": "A", "body": [{"type": "paragraph", "content": [{"type": "text", "text": "b"}]}]});
    change(&mut value);
    let found = article(&serde_json::from_value(value).unwrap());
    let all: Vec<String> = found.iter().map(ToString::to_string).collect();
    if expected.is_empty() {
        assert!(all.is_empty(), "{all:?}");
    } else {
        assert!(all.iter().any(|text| text.contains(expected)), "{expected}: {all:?}");
    }
}

#[test]
fn metadata_is_checked() {
    check(|_| {}, "");
    check(|v| v["headline"] = json!(""), "empty");
    check(|v| v["headline"] = json!("x".repeat(301)), "301 characters");
    check(|v| v["headline"] = json!("e\u{301}"), "NFC");
    check(|v| v["headline"] = json!("a\u{202e}b"), "U+202E");
    check(|v| v["headline"] = json!("a\u{2067}b"), "does not close");
    check(|v| v["headline"] = json!("a\u{2067}b\u{2069}"), "");
    check(|v| v["headline"] = json!("a\u{200c}b"), "");
    check(|v| v["headline"] = json!("a\u{1}b"), "U+0001");
    check(|v| v["lang"] = json!("English"), "language tag");
    check(|v| v["slug"] = json!("search"), "address of the edition");
    check(|v| v["translation-of"] = json!("x"), "/2026/11/slug");
    check(|v| v["dateline"] = json!({"date": "2026-02-30"}), "not a day");
    check(|v| v["byline"] = json!(vec!["a"; 51]), "at most 50");
    check(|v| v["topics"] = json!(["a", "a"]), "twice");
    check(|v| v["events"] = json!([{"date": "x", "text": "y", "source": "z"}]), "no reference has");
}

#[test]
fn references_are_checked() {
    check(|v| v["references"] = json!([{"id": "a"}, {"id": "a"}]), "two references");
    check(|v| v["references"] = json!([{"id": "a b"}]), "letters and digits");
    check(|v| v["references"] = json!([{"id": "a", "volume": 1.5}]), "1.5");
    check(
        |v| v["references"] = json!([{"id": "a", "custom": {"kind": "x"}}]),
        "kind that does not exist",
    );
    check(|v| v["references"] = json!([{"id": "a", "URL": "ftp://x"}]), "https://");
}

#[test]
fn the_body_is_checked() {
    let body =
        |block: Value, expected: &str| check(|v| v["body"] = json!([block.clone()]), expected);
    check(|v| v["body"] = json!([]), "no text");
    body(
        json!({"type": "heading", "level": 1, "content": [{"type": "text", "text": "b"}]}),
        "level 1",
    );
    body(json!({"type": "paragraph", "content": []}), "empty");
    body(json!({"type": "paragraph", "content": [{"type": "break"}]}), "edge");
    body(
        json!({"type": "paragraph", "content": [{"type": "cite", "items": [{"id": "z"}]}]}),
        "id z",
    );
    body(json!({"type": "list", "tight": false, "items": [[]]}), "spacing");
    body(json!({"type": "table", "columns": ["auto"], "rows": [[]]}), "differ");
    body(json!({"type": "code", "info": "a b", "text": "x"}), "line feed");
    body(json!({"type": "image", "src": "javascript:x", "alt": "", "caption": ""}), "address");
    let link = json!({"type": "paragraph", "content": [{"type": "text", "text": "b", "marks": [{"type": "link", "href": "javascript:x"}]}]});
    body(link, "leads nowhere");
}
