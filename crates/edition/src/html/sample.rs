//! Two articles for the tests: one English, one Urdu.
#![allow(clippy::unwrap_used)]

use crate::{model::Article, sealed::Place};
use serde_json::json;

/// A call of two foreign ministers, told by one side.
pub(crate) fn english() -> Article {
    let cite = |id: &str| json!({"type": "cite", "items": [{"id": id}]});
    let words = |text: &str| json!({"type": "text", "text": text});
    serde_json::from_value(json!({
        "lang": "en", "slug": "a-call",
        "headline": "Foreign chiefs speak again on trade & security",
        "standfirst": "Their second call in a week follows a July meeting.",
        "byline": ["Islamabad desk", "A. Khan"],
        "dateline": {"date": "2025-08-05", "place": "Islamabad"},
        "sections": ["Politics & Government"],
        "topics": ["Ishaq Dar"],
        "parties": ["Government of Pakistan", "Government of the United States"],
        "story": "The talks",
        "events": [{"date": "2025-07-25", "text": "Meeting in Washington", "source": "mofa"}],
        "references": [
            {"id": "outlet", "title": "Report of the call", "URL": "https://news.example/a?b=1&c=2", "publisher": "Another Paper",
             "issued": "2025-08-05", "custom": {"kind": "other outlet"}},
            {"id": "mofa", "title": "Readout of the telephone call", "URL": "https://mofa.example/readout",
             "author": [{"literal": "Ministry of Foreign Affairs"}], "issued": "2025-08-04",
             "custom": {"kind": "statement", "speaks-for": "Government of Pakistan", "archived": 1_754_352_000_000_u64,
                        "snapshot": "ab".repeat(32)}},
            {"id": "unused", "title": "دفتر خارجہ کا بیان", "URL": "javascript:alert(1)",
             "custom": {"kind": "statement", "speaks-for": "Chamber of Commerce"}},
        ],
        "body": [
            {"type": "paragraph", "content": [words("Dar and Rubio spoke on 4 August, the ministry said "), cite("mofa"),
                words(". It named trade "), json!({"type": "cite", "items": [{"id": "mofa", "locator": "p. 3"}, {"id": "outlet", "prefix": "see"}]}), words(".")]},
            {"type": "heading", "level": 2, "content": [words("The meeting")]},
            {"type": "paragraph", "content": [words("They met on 25 July."), cite("mofa"), words(" Nothing <b>more</b>, see "),
                {"type": "text", "text": "the ", "marks": [{"type": "link", "href": "/2025/07/talks"}]},
                {"type": "text", "text": "report", "marks": [{"type": "link", "href": "/2025/07/talks"}, {"type": "em"}]},
                {"type": "text", "text": " or", "marks": [{"type": "link", "href": "javascript:x"}]}, words(".")]},
            {"type": "list", "start": 3, "tight": true, "items": [[{"type": "paragraph", "content": [words("One")]}]]},
            {"type": "quote", "content": [{"type": "paragraph", "content": [words("«دونوں نے بات کی»")]}]},
            {"type": "code", "info": "", "text": "a < b\n"},
            {"type": "rule"},
            {"type": "table", "columns": ["auto", "end"], "rows": [[[words("Good")], [words("Tariff")]], [[words("Rice")], [words("19 %"), cite("outlet")]]]},
            {"type": "image", "src": "hill.jpg", "alt": "A \"hill\"", "caption": "Photo: desk", "sha256": "cd".repeat(32)},
            {"type": "image", "src": "https://tracker.example/x.png", "alt": "A map", "caption": ""},
        ],
    }))
    .unwrap()
}

/// A correction of the same, in Urdu.
pub(crate) fn urdu() -> Article {
    serde_json::from_value(json!({
        "lang": "ur", "headline": "وزرائے خارجہ کی پھر گفتگو",
        "change": {"class": "correction", "note": "ملاقات ۲۵ جولائی کو ہوئی تھی، ۲۴ کو نہیں۔", "asked-by": "ایک قاری"},
        "translation-of": "/2025/08/a-call",
        "byline": ["اسلام آباد ڈیسک"],
        "parties": ["حکومتِ پاکستان"],
        "references": [{"id": "mofa", "title": "Readout of the call", "URL": "https://mofa.example/readout",
            "issued": {"date-parts": [[2025, 8, 4]]}, "custom": {"kind": "statement", "speaks-for": "حکومت پاکستان"}}],
        "body": [
            {"type": "paragraph", "content": [{"type": "text", "text": "IMF نے کہا کہ شرح ۱۹ فیصد ہے"},
                {"type": "cite", "items": [{"id": "mofa"}]}, {"type": "text", "text": "۔"}]},
            {"type": "paragraph", "content": [{"type": "text", "text": "An English sentence."}]},
        ],
    }))
    .unwrap()
}

pub(crate) fn place() -> Place {
    let local = "2025-08-05T14:20+05:00".into();
    Place { path: "/2025/08/a-call".into(), at: 1_754_385_600_000, local }
}

/// The English article with who was asked for a reply, and an answer to the desk.
pub(crate) fn asked() -> Article {
    use crate::{model::Reply, report::Answer};
    let mut article = english();
    let party = article.parties.last().cloned().unwrap_or_default();
    article.replies = vec![Reply {
        party,
        asked: Some("2025-08-04".to_owned()),
        outcome: crate::model::Outcome::NoAnswer,
    }];
    article.answers = vec![Answer {
        rule: "party-not-heard".to_owned(),
        words: None,
        verdict: crate::report::Verdict::Kept,
        because: "The ministry was asked twice.".to_owned(),
    }];
    article
}

/// A report with a finding that is answered and one that is not.
pub(crate) fn desk_report() -> crate::report::Report {
    serde_json::from_value(serde_json::json!({
        "v": 1, "lang": "en", "reading": 1,
        "rules": [
            {"id": "party-not-heard", "version": 1, "level": "look"},
            {"id": "own-voice", "version": 1, "level": "fix", "right": 188, "of": 200},
        ],
        "off": [{"id": "quiet", "version": 1, "why": "unmeasured"}],
        "findings": [
            {"rule": "party-not-heard", "level": "look", "why": "One party is named and not heard.",
             "settle": "Ask it, or say that it was asked."},
            {"rule": "own-voice", "level": "fix", "why": "Nobody is credited with this word.",
             "settle": "Say who says so.",
             "at": [{"block": 4, "run": 0, "from": 0, "to": 3, "words": "<b>"}]},
        ],
        "counts": {"words": 9, "sentences": 1, "attributed": 0, "spoken-words": 0,
                   "quoted-words": 0, "unnamed-words": 0, "undecided": 0, "claims": 0},
    }))
    .unwrap()
}
