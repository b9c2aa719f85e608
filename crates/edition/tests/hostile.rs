//! Files, JSON and texts that mean harm, by their numbers in `docs/hostile-input.md`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    missing_docs
)]

use ovn_edition::model::{Article, Block, Event, Inline};
use ovn_edition::{canon, check, markdown, sealed};
use serde_json::{Value, json};

fn plain() -> Article {
    let text = Inline::Text { text: "Words.".into(), marks: Vec::new() };
    Article {
        lang: "en".into(),
        headline: "A".into(),
        body: vec![Block::Paragraph { content: vec![text] }],
        ..Article::default()
    }
}

fn problems(file: &[u8]) -> Vec<markdown::Problem> {
    markdown::read(file).expect_err("the file was read")
}

#[test]
fn case_008_direction_marks_balance_or_are_refused() {
    let check = |text: &str, good: bool| {
        let mut article = plain();
        article.headline = text.into();
        article.byline = vec![text.into()];
        article.topics = vec![text.into()];
        assert_eq!(check::article(&article).is_empty(), good, "{text:?}");
        let mut article = plain();
        article.body = vec![Block::Paragraph {
            content: vec![Inline::Text { text: text.into(), marks: Vec::new() }],
        }];
        assert_eq!(check::article(&article).is_empty(), good, "{text:?}");
    };
    check("a \u{2066}b\u{2069} c", true);
    check("a \u{202b}b\u{202c} c", true);
    check("a \u{2067}b \u{2066}c\u{2069}\u{2069}", true);
    check("\u{200f}a\u{200e}", true);
    for alone in [
        '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}',
    ] {
        check(&format!("a {alone}b"), false);
    }
    check("a \u{202e}b\u{202c} c", false);
    check("a \u{2066}b\u{202c} c\u{2069}", false);
    check(&"\u{2066}".repeat(100), false);
    // The address of a source and of a link too.
    let mut article = plain();
    let source = json!({"id": "s", "type": "speech", "URL": "https://example.org/\u{202e}gpj"});
    article.references = vec![serde_json::from_value(source).unwrap()];
    assert!(!check::article(&article).is_empty());
}

#[test]
fn case_012_bytes_that_are_no_text_are_refused_with_their_place() {
    let check = |bad: &[u8], line: usize, column: usize| {
        let file = [b"---\nheadline: A\nlang: en\n---\nab ", bad, b" c\n"].concat();
        let first = &problems(&file)[0];
        assert_eq!((first.line, first.column), (line, column), "{bad:?}: {first}");
        let meta = [b"---\nheadline: ", bad, b"\nlang: en\n---\nab\n"].concat();
        assert_eq!(problems(&meta)[0].line, 2, "{bad:?}");
        let json = [b"{\"a\":\"", bad, b"\"}"].concat();
        assert!(canon::read(&json).is_err(), "{bad:?}");
    };
    check(b"\0", 5, 4);
    // Cut, overlong, a lone surrogate, beyond Unicode, a continuation alone.
    check(b"\xc3", 5, 4);
    check(b"\xc0\xaf", 5, 4);
    check(b"\xe0\x80\xaf", 5, 4);
    check(b"\xed\xa0\x80", 5, 4);
    check(b"\xf4\x90\x80\x80", 5, 4);
    check(b"\x80", 5, 4);
    check(b"\xfe\xff", 5, 4);
    for text in [r#""\ud800""#, r#""\udc00\ud800""#, r#""\ud83d""#, r#""\u0000x\ud800""#] {
        assert!(canon::read(text.as_bytes()).is_err(), "{text}");
    }
    // In the metadata an escape may spell what no byte could.
    for escape in [r"\ud800", r"\0", r"\x00", r"\u0000", r"\e", r"\x1b", r"\x9b", r"\U0010ffff\x07"]
    {
        let file = format!("---\nheadline: \"a{escape}b\"\nlang: en\n---\nab\n");
        assert!(problems(file.as_bytes())[0].line <= 2, "{escape}");
    }
}

#[test]
fn case_019_each_limit_is_told_with_its_number() {
    let check = |change: &dyn Fn(&mut Article), words: &[&str]| {
        let mut article = plain();
        change(&mut article);
        let found = check::article(&article);
        let all = found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(words.iter().all(|word| all.contains(word)), "{words:?}: {all:.300}");
        // And as a file, unless no file can say it.
        let file = markdown::write(&article);
        assert!(markdown::read(file.as_bytes()).is_err(), "{words:?}");
    };
    let names = |count: usize| (0..count).map(|n| format!("name {n}")).collect::<Vec<_>>();
    let event = |n: usize| Event { date: "2026".into(), text: format!("event {n}"), source: None };
    let source = |n: usize| {
        serde_json::from_value(json!({"id": format!("s{n}"), "type": "speech"})).unwrap()
    };
    check(&|a| a.headline = "x".repeat(100_000), &["100000 characters", "at most 300"]);
    check(&|a| a.headline = "ا".repeat(301), &["301 characters", "at most 300"]);
    check(&|a| a.standfirst = Some("x".repeat(2_001)), &["2001 characters", "at most 2000"]);
    check(&|a| a.slug = Some("x".repeat(10_000)), &["1 to 80 characters"]);
    check(&|a| a.sections = names(21), &["21 sections", "at most 20"]);
    check(&|a| a.byline = names(5_000), &["5000 byline", "at most 50"]);
    check(&|a| a.topics = names(10_000), &["10000 topics", "at most 100"]);
    check(&|a| a.parties = names(101), &["101 parties", "at most 100"]);
    check(&|a| a.topics = vec!["x".repeat(201)], &["201 characters", "at most 200"]);
    check(&|a| a.story = Some("x".repeat(201)), &["201 characters", "at most 200"]);
    check(&|a| a.events = (0..101).map(event).collect(), &["101 events", "at most 100"]);
    check(&|a| a.references = (0..501).map(source).collect(), &["501 references", "at most 500"]);
    check(&|a| a.change.note = Some("x".repeat(2_001)), &["2001 characters", "at most 2000"]);
    // A hundred thousand sources are more than a file may hold.
    let many: String = (0..100_000).map(|n| format!("  - {{id: s{n}, type: speech}}\n")).collect();
    let file = format!("---\nheadline: A\nlang: en\nreferences:\n{many}---\nab\n");
    assert!(problems(file.as_bytes())[0].to_string().contains("2 MiB"));
    let file = format!("---\nheadline: A\nlang: en\n---\n{}\n", "[".repeat(markdown::MAX_BYTES));
    assert!(problems(file.as_bytes())[0].to_string().contains("2 MiB"));
}

/// The sorts of text that JSON parsers disagree on, each of which has one answer here.
#[test]
fn case_079_json_is_read_strictly_or_not_at_all() {
    let deep = |open: &str, close: &str, levels: usize| {
        format!("{}1{}", open.repeat(levels), close.repeat(levels))
    };
    let refused = [
        "",
        " ",
        "nul",
        "null",
        "tru",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "nan",
        "undefined",
        "[1,]",
        "[,1]",
        "[1,,2]",
        "[1 2]",
        "[",
        "]",
        "{",
        "}",
        "{]",
        "[}",
        "{\"a\"}",
        "{\"a\":}",
        "{:1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{1:1}",
        "[1]]",
        "[1]x",
        "1 2",
        "{}{}",
        "[1]\n",
        " [1]",
        "[1 ]",
        "\u{feff}[1]",
        "[1]\0",
        "[01]",
        "[-01]",
        "[+1]",
        "[.5]",
        "[1.]",
        "[1.0]",
        "[0.5]",
        "[-]",
        "[--1]",
        "[1e]",
        "[1e5]",
        "[1E400]",
        "[1e400]",
        "[-1e400]",
        "[1e-400]",
        "[0e0]",
        "[-0]",
        "[-0.0]",
        "[0x1]",
        "[0b1]",
        "[1_000]",
        "[1,000]",
        "[١]",
        "[１]",
        "[9007199254740992]",
        "[9007199254740993]",
        "[-9007199254740992]",
        "[18446744073709551616]",
        "[123456789012345678901234567890]",
        "\"",
        "\"a",
        "'a'",
        "\"\t\"",
        "\"\n\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u{41}\"",
        "\"\\uD800\"",
        "\"\\uDFFF\\uD800\"",
        "\"\\ud83d\\ude00\"",
        "\"\\u0041\"",
        "\"\\/\"",
        "\"\\a\"",
        "\"\\\"",
        "\"\\u001F\"",
        "\"\\u000a\"",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\" :1}",
        "{\"a\": 1}",
        "{ }",
        "[ ]",
        "// x\n[]",
        "/* x */[]",
        "#x\n[]",
        "[1]/**/",
        "{\"a\":null}",
        "[null]",
        "{\"é\":1}",
        "(1)",
        "<x/>",
        "&",
        "\\",
        "`1`",
    ];
    for text in refused {
        assert!(canon::read(text.as_bytes()).is_err(), "{text}");
        assert!(sealed::Document::read(text.as_bytes()).is_err(), "{text}");
        assert!(ovn_edition::leaf::Leaf::read(text.as_bytes()).is_err(), "{text}");
    }
    for levels in [200, 1_000, 100_000] {
        for (open, close) in
            [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]"), ("[", ""), ("{\"a\":", "")]
        {
            assert!(canon::read(deep(open, close, levels).as_bytes()).is_err(), "{open} {levels}");
        }
    }
    let good = [
        "true",
        "[]",
        "{}",
        "\"\"",
        "[[]]",
        "{\"\":1}",
        "[0,-1,9007199254740991,-9007199254740991]",
        "\"\\u0000\\u001f\\\"\\\\\\b\\f\\n\\r\\t/\u{7f}é\u{2028}😀\"",
    ];
    for text in good {
        let value = canon::read(text.as_bytes()).expect(text);
        assert_eq!(canon::write(&value).unwrap(), text.as_bytes());
    }
    // What the signer writes is what the verifier reads, and nothing else is read.
    let value = json!({"z": [1, {"b": true, "a": "\u{1}"}], "A": "é", "a": -3});
    assert_eq!(
        canon::write(&value).unwrap(),
        "{\"A\":\"é\",\"a\":-3,\"z\":[1,{\"a\":\"\\u0001\",\"b\":true}]}".as_bytes()
    );
}

/// RFC 8785: the examples of its text as far as they fall into our part of it, and what falls outside is refused.
#[test]
fn case_084_the_scheme_s_own_examples() {
    let check = |text: &str, expected: Option<&str>| {
        let value: Value = serde_json::from_str(text).unwrap();
        let made = canon::write(&value).ok().map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(made.as_deref(), expected, "{text}");
    };
    // Section 3.2.2, without its fractions and its null.
    let strings =
        r#"{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [true, false]}"#;
    check(
        strings,
        Some("{\"literals\":[true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"),
    );
    check(
        r#"{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]}"#,
        None,
    );
    check(r#"{"literals": [null, true, false]}"#, None);
    // Section 3.2.3: with keys in ASCII alone, the order of UTF-16 is the order of bytes.
    check(
        r#"{"1": {"f": {"f": "hi", "F": 5}, "\n": 56}, "10": {}, "": "empty", "a": {}, "111": [{"e": "yes", "E": "no"}], "A": {}}"#,
        Some(
            "{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}",
        ),
    );
    check(r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return"}"#, None);
    // Appendix B: of its doubles, the whole ones that JSON's own integers can say.
    check("0", Some("0"));
    check("9007199254740991", Some("9007199254740991"));
    check("-9007199254740991", Some("-9007199254740991"));
    for outside in [
        "9007199254740992",
        "9007199254740994",
        "295147905179352830000",
        "1e21",
        "9.999999999999997e22",
        "5e-324",
        "1.7976931348623157e308",
    ] {
        check(outside, None);
    }
}

/// A million numbers, whole ones as they are written by any program and all others refused.
#[test]
fn case_084_numbers_by_the_hundred_thousand() {
    let mut state = 1_u64;
    let mut refused = 0;
    for _ in 0..200_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let whole = i64::from_ne_bytes(state.to_ne_bytes()) >> (state % 60);
        let written = canon::write(&json!(whole)).ok();
        let inside = whole.unsigned_abs() < 1 << 53;
        assert_eq!(written, inside.then(|| whole.to_string().into_bytes()), "{whole}");
        let double = f64::from_bits(state);
        if double.is_finite() {
            assert!(canon::write(&json!(double)).is_err(), "{double}");
            refused += 1;
        }
    }
    assert!(refused > 190_000);
}
