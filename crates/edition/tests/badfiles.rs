//! Files that are refused, each with its line, its column and what to do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use ovn_edition::markdown;

const EXAMPLE: &str = "---\nheadline: Pakistan and US foreign chiefs speak again
standfirst: The second call in a week follows a July meeting in Washington.
lang: en
sections: [Politics & Government]
byline: [Islamabad desk]
dateline: {place: Islamabad, date: 2025-08-05}
topics: [Ishaq Dar, Marco Rubio, Pakistan–United States relations]
parties: [Government of Pakistan, Government of the United States]
references:
  - id: mofa-call
    type: speech
    title: Readout of the telephone call
    author: [{literal: \"Ministry of Foreign Affairs, Pakistan\"}]
    issued: 2025-08-04
    URL: https://example.org/readout
    custom: {kind: statement, speaks-for: Government of Pakistan}
---
The two spoke by telephone on 4 August, the ministry said [@mofa-call].
";

#[test]
fn the_example_is_read_and_stays() {
    let article = markdown::read(EXAMPLE.as_bytes()).unwrap();
    insta::assert_snapshot!("example", serde_json::to_string_pretty(&article).unwrap());
    let once = markdown::write(&article);
    insta::assert_snapshot!("example-written", once);
    assert_eq!(markdown::write(&markdown::read(once.as_bytes()).unwrap()), once);
    let windows = format!("\u{feff}{}", EXAMPLE.replace('\n', "\r\n"));
    assert_eq!(markdown::read(windows.as_bytes()).unwrap(), article);
}

fn check(file: &[u8], line: usize, column: usize, words: &str) {
    let problems = markdown::read(file).unwrap_err();
    let first = &problems[0];
    assert!(first.to_string().contains(words), "{words}: {first}");
    assert_eq!((first.line, first.column), (line, column), "{first}");
}

fn body(text: &str, line: usize, column: usize, words: &str) {
    let head = "---\nheadline: A\nlang: en\nreferences:\n  - {id: a, type: speech}\n---\n";
    check(format!("{head}{text}\n").as_bytes(), line + 6, column, words);
}

#[test]
fn metadata_that_is_refused() {
    let meta = |text: &str, line, column, words: &str| {
        check(format!("---\n{text}\n---\nx\n").as_bytes(), line, column, words);
    };
    check(b"", 1, 1, "metadata block");
    check(b"---\nheadline: A\n", 1, 1, "no end");
    check(b"---\nheadline: \xff\n---\n", 2, 11, "0xff is not valid UTF-8");
    check(b"---\nlang: en\n\nx\0", 4, 2, "NUL");
    meta("headline: A\nlang: en\nheadlin: B", 4, 1, "perhaps you mean headline");
    meta("headline: A\nlang: en\nlang: ur", 4, 1, "is there already, on line 3");
    meta("headline: A\nlang: en\ntopics: {a: b}", 4, 9, "text is expected");
    meta("headline: A: B\nlang: en", 2, 12, "not valid YAML");
    meta("headline: &a A\nlang: en", 2, 11, "anchor");
    meta("lang: en", 2, 1, "no headline");
    meta("headline: A\nlang: en\nslug: search", 4, 1, "address of the edition");
    meta("headline: A\nlang: en\nchange: {class: oops}", 4, 17, "not a class");
    meta("headline: A\nlang: en\nreferences: [{id: a}, {id: a}]", 4, 23, "two references");
    meta("headline: A\nlang: en\nreferences: [{title: a}]", 4, 14, "no id");
    let deep = format!("headline: A\nlang: en\nreferences: {}", "[".repeat(10_000));
    meta(&deep, 4, 268, "nested deeper");
    meta(&format!("headline: {}\nlang: en", "x".repeat(301)), 2, 1, "301 characters");
}

#[test]
fn text_that_is_refused() {
    body("It said [@b].", 1, 10, "no reference has the id b; the references have the ids a");
    body("x\n\nIt said [see @a; b].", 3, 17, "names no source");
    body("It [-@a]", 1, 6, "no meaning");
    body("x [see *that* @a]", 1, 3, "more than plain words");
    body(&format!("{}x", "> ".repeat(40)), 1, 1, "nested deeper than 25 levels");
    body("a <b>c</b>", 1, 3, "HTML is not allowed");
    body("<!-- x -->", 1, 1, "delete the comment");
    body("# A", 1, 1, "level 1");
    body("اب ![a](b.png) c", 1, 4, "picture stands inside");
    body("a [b](javascript:x) c", 1, 3, "leads nowhere");
    body("a [b](//evil.example) c", 1, 3, "leads nowhere");
    body("a \u{202e}b", 1, 1, "U+202E");
    body("x\n\na \u{2066}b", 3, 1, "does not close");
    body("![](b.png)", 1, 1, "no description");
}

#[test]
fn case_006_depth_and_size_are_refused_without_falling() {
    let deep = |text: &str| {
        let file = format!("---\nheadline: A\nlang: en\n---\n{text}");
        let problems = markdown::read(file.as_bytes()).unwrap_err();
        assert!(problems[0].message.contains("nested deeper"), "{}", problems[0]);
    };
    deep(&format!("{}x", ">".repeat(10_000)));
    deep(&format!("{}x", "- ".repeat(10_000)));
    deep(&format!("{}x", "> - ".repeat(5_000)));
    let long = format!("---\nheadline: A\nlang: en\n---\n{}", "word ".repeat(1_000_000));
    check(long.as_bytes(), 1, 1, "2 MiB");
    for odd in ["[", "*", "`", "![", "[@", "&", "\\", "<", "_a", "|", "[a](", "> [", "**a"] {
        let text = odd.repeat(100_000 / odd.len());
        let start = std::time::Instant::now();
        let _ = markdown::read(format!("---\nheadline: A\nlang: en\n---\n{text}").as_bytes());
        assert!(start.elapsed().as_secs() < 5, "{odd}");
    }
}
