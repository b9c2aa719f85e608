//! The editor's documents: nothing is lost on the way to the browser and back, and nothing unknown is let in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod articles;

use articles::article;
use ovn_edition::{check, editor, markdown, model::*};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// Runs `property` over `cases` articles that may be published.
fn over(cases: u32, property: impl Fn(Article)) {
    let config = ProptestConfig {
        cases,
        max_shrink_iters: 4000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let good = article().prop_filter("a finding", |article| check::article(article).is_empty());
    TestRunner::new(config)
        .run(&good, |article| {
            property(article);
            Ok(())
        })
        .unwrap();
}

/// Every article comes back from its document as it was; so does its file; so do the document's bytes.
fn there_and_back(article: Article) {
    let document = editor::write(&article);
    let sheet = editor::read(document.as_bytes()).unwrap();
    assert_eq!(sheet.write(), document);
    let again = sheet.onto(&article);
    assert_eq!(again, article);
    let file = markdown::write(&article);
    let read = markdown::read(file.as_bytes()).unwrap();
    let through = editor::read(editor::write(&read).as_bytes()).unwrap().onto(&read);
    assert_eq!(markdown::write(&through), file);
}

/// Without the article that it was made from a document gives one that can be published and that says the same.
fn anew(article: Article) {
    let bare = Article { body: Vec::new(), ..article.clone() };
    let document = editor::write(&article);
    let fresh = editor::read(document.as_bytes()).unwrap().onto(&bare);
    if fresh.body.is_empty() {
        return;
    }
    let found = check::article(&fresh);
    assert!(found.is_empty(), "{found:?}\n{document}");
    let file = markdown::write(&fresh);
    assert_eq!(markdown::read(file.as_bytes()).unwrap(), fresh, "{file}");
    let once = editor::read(editor::write(&fresh).as_bytes()).unwrap();
    assert_eq!(once.onto(&bare), fresh, "settling twice changes nothing");
    assert_eq!(said(&fresh.body), said(&article.body), "{document}");
}

/// The words of a body with the marks on each letter, in no order, white space aside.
fn said(body: &[Block]) -> Vec<(char, Vec<String>)> {
    let mut out = Vec::new();
    let mut visit = |run: &[Inline]| {
        for inline in run {
            if let Inline::Text { text, marks } = inline {
                let mut marks: Vec<String> = marks.iter().map(|mark| format!("{mark:?}")).collect();
                marks.sort();
                // Two pieces that become one may compose at their seam.
                let letters = text.nfd().filter(|letter| *letter != ' ');
                out.extend(letters.map(|letter| (letter, marks.clone())));
            }
        }
    };
    body.iter().for_each(|block| block.each_run(&mut visit));
    out
}

#[test]
fn nothing_is_lost_there_and_back() {
    over(300, there_and_back);
}

#[test]
#[ignore = "10,000 articles"]
fn nothing_is_lost_there_and_back_in_ten_thousand() {
    over(10_000, there_and_back);
}

#[test]
fn a_document_alone_says_the_same() {
    over(300, anew);
}

#[test]
#[ignore = "10,000 articles"]
fn a_document_alone_says_the_same_in_ten_thousand() {
    over(10_000, anew);
}

/// Where `at` leads in a value, counted over all its parts, something is taken out, doubled or spelled otherwise.
fn spoil(value: &mut Value, at: &mut usize, how: u8) {
    if *at == 0 {
        *at = usize::MAX;
        match (how % 4, &mut *value) {
            (0, Value::Array(list)) => drop(list.pop()),
            (1, Value::Array(list)) if !list.is_empty() => list.push(list[0].clone()),
            (2, Value::String(text)) => *text = format!(" {text}\u{301}\n "),
            (3, Value::Object(map)) => drop(map.remove("content")),
            (_, other) => *other = Value::Null,
        }
        return;
    }
    *at -= 1;
    match value {
        Value::Array(list) => list.iter_mut().for_each(|part| spoil(part, at, how)),
        Value::Object(map) => map.values_mut().for_each(|part| spoil(part, at, how)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_document_is_refused_or_becomes_an_article(
        article in article(),
        spots in prop::collection::vec((0_usize..400, any::<u8>()), 1..4),
    ) {
        let mut document = editor::value(&article);
        for (at, how) in spots {
            spoil(&mut document, &mut at.clone(), how);
        }
        if let Ok(sheet) = editor::read(document.to_string().as_bytes()) {
            prop_assert_eq!(sheet.write(), document.to_string());
            let made = sheet.onto(&Article { body: Vec::new(), ..article });
            if check::article(&made).is_empty() {
                let file = markdown::write(&made);
                prop_assert_eq!(markdown::read(file.as_bytes()).unwrap(), made, "{}", file);
            }
        }
    }

    #[test]
    fn no_bytes_make_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = editor::read(&bytes);
    }
}

#[test]
fn depth_and_size_have_ends() {
    let nested = |levels: usize| {
        let open = r#"{"type":"quote","content":["#.repeat(levels - 1);
        let close = "]}".repeat(levels - 1);
        let inner = format!(r#"{open}{{"type":"paragraph"}}{close}"#);
        format!(
            r#"{{"attrs":{{"lang":"en"}},"type":"doc","content":[{{"type":"headline"}},{{"type":"standfirst"}},{inner}]}}"#
        )
    };
    let lists = |levels: usize| {
        let open =
            r#"{"attrs":{"tight":true},"type":"bullets","content":[{"type":"item","content":["#;
        nested(1).replace(
            r#"{"type":"paragraph"}"#,
            &format!(
                r#"{}{{"type":"paragraph"}}{}"#,
                open.repeat(levels - 1),
                "]}]}".repeat(levels - 1)
            ),
        )
    };
    let check = |text: String, expected: Option<&str>| {
        let found = editor::read(text.as_bytes()).err().map(|problem| problem.message);
        assert_eq!(found.is_some(), expected.is_some(), "{found:?}");
        assert!(found.unwrap_or_default().contains(expected.unwrap_or_default()));
    };
    check(nested(check::MAX_LEVELS), None);
    check(nested(check::MAX_LEVELS + 1), Some("deeper than 25"));
    check(nested(20_000), Some("not JSON"));
    check(lists(check::MAX_LEVELS), None);
    check(lists(check::MAX_LEVELS + 1), Some("deeper than 25"));
    check("[".repeat(editor::MAX_BYTES + 1), Some("bytes"));
}

#[test]
fn a_new_block_is_settled_and_an_old_one_left_alone() {
    let base =
        markdown::read("---\nheadline: A\nlang: en\n---\n**[kept](/x)** ***as*** is\n".as_bytes())
            .unwrap();
    let mut document = editor::value(&base);
    let list = document["content"].as_array_mut().unwrap();
    list.push(json!({"type": "paragraph"}));
    list.push(json!({"type": "paragraph", "content": [{"type": "break"}, {"type": "text", "text": "  e\u{301}\tnew "}, {"type": "break"}]}));
    list.push(json!({"type": "quote", "content": [{"type": "bullets", "attrs": {"tight": true}, "content": [{"type": "item", "content": [{"type": "paragraph"}]}]}]}));
    let made = editor::from_value(&document).unwrap().onto(&base);
    assert_eq!(made.body[0], base.body[0]);
    let new =
        Block::Paragraph { content: vec![Inline::Text { text: "é new".into(), marks: vec![] }] };
    assert_eq!(made.body[1..], [new]);
}

#[test]
fn spaces_at_the_edge_of_a_mark_stand_outside_of_it() {
    let check = |pieces: Value, expected: &str| {
        let paragraph = json!({"type": "paragraph", "content": pieces});
        let document = json!({"type": "doc", "attrs": {"lang": "en"}, "content": [{"type": "headline"}, {"type": "standfirst"}, paragraph]});
        let made = editor::from_value(&document)
            .unwrap()
            .onto(&Article { headline: "A".into(), ..Article::default() });
        let file = markdown::write(&made);
        assert_eq!(file.rsplit_once("---\n").unwrap().1.trim_end(), expected);
    };
    let (em, strong) = (json!([{"type": "em"}]), json!([{"type": "strong"}]));
    check(
        json!([{"type": "text", "text": "a "}, {"type": "text", "text": " b ", "marks": strong}, {"type": "text", "text": "c"}]),
        "a  **b** c",
    );
    check(
        json!([{"type": "text", "text": "a ", "marks": strong}, {"type": "text", "text": "b", "marks": [{"type": "em"}, {"type": "strong"}]}]),
        "**a _b_**",
    );
    check(
        json!([{"type": "text", "text": "a", "marks": em}, {"type": "text", "text": " "}, {"type": "text", "text": "b", "marks": em}]),
        "*a* *b*",
    );
    check(
        json!([{"type": "text", "text": "x "}, {"type": "text", "text": " a ", "marks": [{"type": "code"}]}]),
        "x ` a`",
    );
}

const HEAD: &str = "---\nheadline: A\nlang: en\nreferences:\n  - {id: a}\n  - {id: b.2}\n---\n";

/// What a file's text becomes through a document that knows nothing of the article it was made from.
fn through(text: &str) -> (String, String) {
    let base = markdown::read(format!("{HEAD}{text}\n").as_bytes()).unwrap();
    let sheet = editor::read(editor::write(&base).as_bytes()).unwrap();
    let made = sheet.onto(&Article { body: Vec::new(), ..base.clone() });
    (markdown::write(&base), markdown::write(&made))
}

#[test]
fn blocks_that_say_the_same_stay_each_what_it_was() {
    let file = format!("{HEAD}**[a](/x)**\n\n[**a**](/x)\n\n**[a](/x)**\n");
    let base = markdown::read(file.as_bytes()).unwrap();
    assert_ne!(base.body[0], base.body[1]);
    let mut document = editor::value(&base);
    assert_eq!(editor::from_value(&document).unwrap().onto(&base), base);
    let list = document["content"].as_array_mut().unwrap();
    list.push(list[2].clone());
    assert_eq!(editor::from_value(&document).unwrap().onto(&base).body.len(), 4);
}

#[test]
fn marks_nest_by_how_far_they_reach() {
    let check = |text: &str, expected: &str| {
        let (_, made) = through(text);
        let (wanted, _) = through(expected);
        assert_eq!(made, wanted);
    };
    check("**[a](/x)**", "[**a**](/x)");
    check("***a***", "***a***");
    check("***a** b*", "***a** b*");
    check("***a* b**", "***a* b**");
    check("**a *b*** *c*", "**a *b*** *c*");
}

/// The constructs of CommonMark, chapter by chapter, as far as the article format has them.
#[test]
fn the_constructs_of_commonmark_come_through() {
    let rows = [
        "a\nb\tc",
        "\\*a\\* \\[b\\] \\# \\\\",
        "&amp; &copy; &#35; &nbsp;x",
        "a  b",
        "* * *",
        "## a\n\n###### b *c*",
        "a\n---",
        "    code\n\n      more",
        "```text\n<b>\n\n```",
        "~~~\n~~~",
        "> a\n> b\n>\n> > c",
        "> - a\n>\n> b",
        "- a\n- b",
        "- a\n\n- b",
        "- a\n\n  b\n- c",
        "1. a\n2. b",
        "7) a",
        "0. a",
        "- a\n  - b\n    - c",
        "- ```\n  x\n  ```",
        "- ## a",
        "1. > a",
        "`a` `` b`c ``",
        "` `` `",
        "*a* _b_ **c** __d__",
        "*a **b** c*",
        "***a***",
        "**a*b*c**",
        "*a*b",
        "a*b*",
        "[a](/b)",
        "[a](</b> \"c\")",
        "[a *b* `c`](#d)",
        "[a][b]\n\n[b]: /c 'd'",
        "[b]\n\n[b]: https://x.y",
        "<https://a.b/c?d=e&f>",
        "<a@b.c>",
        "![a b](c.png)",
        "![a](c.png \"d\")",
        "a\\\nb",
        "a  \nb",
        "| a | b |\n| :- | -: |\n| c | |",
        "| a |\n| :-: |\n| `b` [c](/d) [@a] |",
        "a [@a]",
        "[see @a, p. 3; @b.2] b",
        "اردو **متن** and English",
        "می‌خواهم [@a]۔",
    ];
    for row in rows {
        let (file, made) = through(row);
        assert_eq!(made, file, "{row}");
    }
}

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/editor/");

#[test]
fn the_fixtures_have_the_same_bytes_here_as_in_the_browser() {
    for name in ["english", "urdu", "everything"] {
        let path = |kind: &str| format!("{FIXTURES}{name}.{kind}");
        let article = markdown::read(&std::fs::read(path("md")).unwrap()).unwrap();
        let document = format!("{}\n", editor::write(&article));
        if std::env::var_os("OVN_WRITE_FIXTURES").is_some() {
            std::fs::write(path("json"), &document).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path("json")).unwrap(), document, "{name}");
        let sheet = editor::read(document.as_bytes()).unwrap();
        assert_eq!(sheet.onto(&article), article, "{name}");
    }
}

#[test]
fn the_bad_documents_are_refused_here_as_in_the_browser() {
    let text = std::fs::read_to_string(format!("{FIXTURES}refused.json")).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(rows.len() > 40);
    for row in rows {
        let problem = editor::from_value(&row["document"]).expect_err(&row["why"].to_string());
        assert_eq!(row["path"], problem.path, "{problem}");
    }
}

/// What Chromium saved in `tests/pages/editor.test.mjs`.
#[test]
fn what_the_browser_saves_becomes_an_article() {
    let head = "---\nheadline: A\nlang: en\nreferences:\n  - {id: survey}\n---\nx\n";
    let base = markdown::read(head.as_bytes()).unwrap();
    for name in ["typed", "docs", "word"] {
        let document = std::fs::read_to_string(format!("{FIXTURES}{name}.json")).unwrap();
        let sheet = editor::read(document.as_bytes()).unwrap();
        assert_eq!(format!("{}\n", sheet.write()), document, "{name}");
        let mut article = sheet.onto(&base);
        if article.headline.is_empty() {
            article.headline = "Pasted".into();
        }
        assert_eq!(check::article(&article), [], "{name}");
        let file = markdown::write(&article);
        assert_eq!(markdown::read(file.as_bytes()).unwrap(), article, "{file}");
        insta::assert_snapshot!(format!("browser-{name}"), file);
    }
}
