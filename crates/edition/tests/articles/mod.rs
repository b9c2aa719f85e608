//! Arbitrary articles, rich in everything that needs an escape.
#![allow(dead_code, clippy::too_many_lines, unreachable_pub, clippy::unwrap_used, missing_docs)]

use ovn_edition::{check, model::*, report::Verdict};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

pub fn words() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "a",
        "b",
        "19",
        " ",
        " ",
        "  ",
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "<b>",
        "&",
        "&amp;",
        "#",
        "-",
        "+",
        "1.",
        "2)",
        "=",
        "~~~",
        "|",
        "\\",
        "!",
        "@",
        "@a",
        "[@a]",
        ":",
        ";",
        "\"",
        "'",
        "“",
        "—",
        "اسلام",
        "می‌خواهم",
        "؟",
        "\u{a0}",
        "é",
        "\u{301}",
        "{",
        "}",
        "$",
        "^",
        "http://x.y",
        "...",
        "---",
        "no",
        ",",
        "€",
        "\u{338}",
        "😀",
        "%",
        "٪",
    ]);
    prop::collection::vec(nasty, 1..7).prop_map(|parts| parts.concat().nfc().collect())
}

fn line() -> impl Strategy<Value = String> {
    words().prop_filter("blank", |text| !text.trim().is_empty())
}

fn trimmed() -> impl Strategy<Value = String> {
    words().prop_map(|text| text.trim().trim_end_matches('-').trim().to_owned())
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let hrefs = ["https://a.b/c_(d)*e?x=1&copy;=2", "/2026/11/x", "#n", "mailto:a@b.c"];
    let link = (prop::sample::select(hrefs.to_vec()), trimmed())
        .prop_map(|(href, title)| Mark::Link { href: href.into(), title });
    let mark = prop_oneof![Just(Mark::Em {}), Just(Mark::Strong {}), Just(Mark::Code {}), link];
    prop::collection::vec(mark, 0..4).prop_map(|list| {
        let mut out: Vec<Mark> = Vec::new();
        for mark in list {
            let linked = out.iter().any(|other| matches!(other, Mark::Link { .. }));
            if !(linked && matches!(mark, Mark::Link { .. }) || out.contains(&mark)) {
                out.push(mark);
            }
        }
        out.sort_by_key(|mark| matches!(mark, Mark::Code {}));
        out
    })
}

fn run(paragraph: bool) -> impl Strategy<Value = Vec<Inline>> {
    let ids = prop::sample::select(vec!["a", "b-2", "ref:x_y", "حوالہ"]);
    let citation = (ids, trimmed(), trimmed()).prop_map(|(id, prefix, locator)| Citation {
        id: id.into(),
        prefix,
        locator,
    });
    let inline = prop_oneof![
        5 => (words(), marks()).prop_map(|(text, marks)| Inline::Text { text, marks }),
        1 => prop::collection::vec(citation, 1..3).prop_map(|items| Inline::Cite { items }),
        1 => Just(Inline::Break {}),
    ];
    prop::collection::vec(inline, 1..7).prop_map(move |list| joined(list, paragraph))
}

/// Neighbours with equal marks made one, no line break where none may be.
fn joined(list: Vec<Inline>, paragraph: bool) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in list {
        match (out.last_mut(), inline) {
            (_, Inline::Break {}) if !paragraph => {}
            (Some(Inline::Text { text, marks }), Inline::Text { text: more, marks: other })
                if *marks == other =>
            {
                *text = format!("{text}{more}").nfc().collect();
            }
            (_, inline) => out.push(inline),
        }
    }
    while out.last() == Some(&Inline::Break {}) {
        out.pop();
    }
    while out.first() == Some(&Inline::Break {}) {
        out.remove(0);
    }
    if out.is_empty() {
        out.push(Inline::Text { text: "x".into(), marks: Vec::new() });
    }
    out
}

fn leaf() -> impl Strategy<Value = Block> {
    let lines = vec!["", "x", "  y", "```", "\tz", "> ", "- a", "  ", "````"];
    let code = prop::collection::vec(prop::sample::select(lines), 0..4);
    let aligned = vec![Column::Auto, Column::Start, Column::Center, Column::End];
    prop_oneof![
        4 => run(true).prop_map(|content| Block::Paragraph { content }),
        1 => (2_u8..=6, run(false)).prop_map(|(level, content)| Block::Heading { level, content }),
        1 => (prop::sample::select(vec!["", "rust"]), code).prop_map(|(info, lines)| Block::Code {
            info: info.into(),
            text: lines.iter().map(|line| format!("{line}\n")).collect(),
        }),
        1 => Just(Block::Rule {}),
        1 => (prop::collection::vec(prop::sample::select(aligned), 1..4), 1_usize..3)
            .prop_flat_map(|(columns, rows)| {
                let cell = prop_oneof![run(false), Just(Vec::new())];
                let cells = prop::collection::vec(cell, columns.len());
                (Just(columns), prop::collection::vec(cells, rows))
            })
            .prop_map(|(columns, rows)| Block::Table { columns, rows }),
        1 => (trimmed(), trimmed(), trimmed(), any::<bool>()).prop_map(|(alt, caption, credit, archived)| Block::Image {
            src: "media/a_b.png".into(),
            alt: if alt.is_empty() { "x".into() } else { alt },
            caption,
            credit,
            sha256: archived.then(|| "0a".repeat(32)),
            renditions: Vec::new(),
        }),
    ]
}

fn block() -> impl Strategy<Value = Block> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let items = prop::collection::vec(prop::collection::vec(inner.clone(), 1..3), 1..4);
        let start = prop::option::of(prop::sample::select(vec![0, 1, 9, 999_999_999]));
        prop_oneof![
            prop::collection::vec(inner, 1..3).prop_map(|content| Block::Quote { content }),
            (start, any::<bool>(), items).prop_map(|(start, wish, items)| Block::List {
                start,
                tight: check::tight(&items, wish),
                items
            }),
        ]
    })
}

fn source(id: &str, text: &str) -> Source {
    let json = serde_json::json!({"id": id, "type": "speech", "title": text,
        "issued": {"date-parts": [[2025, 8, 4]]}, "author": [{"literal": text}, {"family": "No"}],
        "volume": "12", "number": 7, "note": "", "open": true, "keywords": [],
        "custom": {"kind": "statement", "speaks-for": "no"}});
    serde_json::from_value(json).unwrap()
}

pub fn article() -> impl Strategy<Value = Article> {
    let names = || {
        prop::collection::btree_set(line(), 0..3)
            .prop_map(|set| set.into_iter().collect::<Vec<_>>())
    };
    let class = prop::sample::select(Class::ALL.map(|(class, _)| class).to_vec());
    let first =
        (line(), prop::option::of(line()), names(), names(), names(), prop::option::of(line()));
    let change = (class, prop::option::of(line()));
    let rest = (line(), any::<bool>(), prop::collection::vec(block(), 1..5));
    (first, change, rest).prop_map(|(first, (class, note), (text, full, body))| {
        let (headline, standfirst, byline, topics, parties, story) = first;
        let place = Some(text.clone());
        Article {
            change: Change { class, note, asked_by: full.then(|| text.clone()) },
            lang: "en".into(),
            slug: full.then(|| "a-call".into()),
            translation_of: full.then(|| "/2026/11/x".into()),
            headline,
            standfirst,
            byline,
            dateline: full.then(|| Dateline { date: Some("2025-08-05".into()), place }),
            sections: vec!["Politics & Government".into()],
            topics,
            parties,
            story,
            events: vec![Event {
                date: "2025-08".into(),
                text: text.clone(),
                source: Some("a".into()),
            }],
            replies: vec![Reply {
                party: text.clone(),
                asked: full.then(|| "2025-08-04".into()),
                outcome: if full { Outcome::Declined } else { Outcome::NoAnswer },
            }],
            answers: vec![Answer {
                rule: "single-voice".into(),
                words: full.then(|| text.clone()),
                verdict: if full { Verdict::WrongFlag } else { Verdict::Kept },
                because: text.clone(),
            }],
            references: ["a", "b-2", "ref:x_y", "حوالہ"].map(|id| source(id, &text)).to_vec(),
            body,
        }
    })
}
