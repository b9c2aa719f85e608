//! Suggestions and comments in the editor's documents: kept to the byte there, and never part of the article.
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

const FIXTURE: &str = include_str!("../../../fixtures/editor/suggested.json");

#[test]
fn a_text_with_suggestions_is_the_text_without_them() {
    let sheet = editor::read(FIXTURE.as_bytes()).unwrap();
    assert_eq!(format!("{}\n", sheet.write()), FIXTURE);
    assert_eq!(sheet.suggestions, 6);
    let head = "---\nheadline: A\nlang: en\nreferences:\n  - {id: council}\n---\nx\n";
    let article = sheet.onto(&markdown::read(head.as_bytes()).unwrap());
    assert_eq!(check::article(&article), []);
    insta::assert_snapshot!(markdown::write(&article));
}

#[test]
fn a_text_with_suggestions_takes_another_language() {
    let mut sheet = editor::read(FIXTURE.as_bytes()).unwrap();
    sheet.lang = "ur".to_owned();
    assert_eq!(format!("{}\n", sheet.write()), FIXTURE.replace(r#""lang":"en""#, r#""lang":"ur""#));
}

#[test]
fn nothing_of_a_draft_is_left_in_an_article() {
    let sheet = editor::read(FIXTURE.as_bytes()).unwrap();
    let again = editor::write(&sheet.onto(&Article::default()));
    for word in ["comment", "added", "struck", "split", "p7", "p2", "c-1", "Tuesday", "Nobody"] {
        assert!(!again.contains(word), "{word}: {again}");
    }
    assert_eq!(editor::read(again.as_bytes()).unwrap().suggestions, 0);
}

#[test]
fn an_id_says_nothing_and_is_short() {
    let check = |id: &str, expected: bool| assert_eq!(editor::is_opaque(id), expected, "{id:?}");
    check("p7", true);
    check("A-_z0", true);
    check(&"a".repeat(64), true);
    check(&"a".repeat(65), false);
    check("", false);
    check("a b", false);
    check("é", false);
    check("a/b", false);
}

/// A source of numbers for where marks go.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Puts suggestions and comments all over a document, each at a moment of its own; gives how many suggestions.
fn sprinkle(node: &mut Value, dice: &mut Dice, moment: &mut u64) -> usize {
    let holds_lines = node["type"] == "paragraph";
    let Some(list) = node.get_mut("content").and_then(Value::as_array_mut) else { return 0 };
    let mut count = 0;
    let mut out: Vec<Value> = Vec::new();
    for mut piece in std::mem::take(list) {
        let is_line = ["text", "cite", "break"].iter().any(|name| piece["type"] == *name);
        if !is_line {
            count += sprinkle(&mut piece, dice, moment);
            out.push(piece);
            continue;
        }
        *moment += 1;
        let by = json!({"by": "p1", "at": *moment});
        if let Some(text) = piece["text"].as_str().filter(|_| dice.next(2) == 0) {
            // Within the text, something that is only suggested.
            let (head, tail) = text.split_at(text.char_indices().nth(1).map_or(0, |(at, _)| at));
            let kind = if holds_lines && dice.next(3) == 0 {
                json!({"type": "split", "marks": [{"type": "added", "attrs": by}]})
            } else {
                json!({"type": "text", "text": "new", "marks": [{"type": "added", "attrs": by}]})
            };
            let part = |text: &str| {
                let mut part = piece.clone();
                part["text"] = text.into();
                part
            };
            out.extend(Some(head).filter(|head| !head.is_empty()).map(part));
            out.push(kind);
            out.extend(Some(tail).filter(|tail| !tail.is_empty()).map(part));
            count += 1;
            continue;
        }
        let mut marks = Vec::new();
        if dice.next(2) == 0 {
            marks.push(json!({"type": "comment", "attrs": {"id": format!("c{moment}")}}));
        }
        if dice.next(2) == 0 {
            marks.push(json!({"type": "struck", "attrs": by}));
            count += 1;
        }
        marks.extend(piece["marks"].as_array().cloned().unwrap_or_default());
        if !marks.is_empty() {
            piece["marks"] = marks.into();
        }
        out.push(piece);
    }
    *list = out;
    count
}

#[test]
fn whatever_is_suggested_the_article_stays_until_it_is_accepted() {
    let config =
        ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    let good = article().prop_filter("a finding", |article| check::article(article).is_empty());
    TestRunner::new(config)
        .run(&(good, any::<u64>()), |(article, seed)| {
            let mut document = editor::value(&article);
            let count = sprinkle(&mut document, &mut Dice(seed), &mut 0);
            let spelled = document.to_string();
            let sheet = editor::read(spelled.as_bytes()).unwrap();
            assert_eq!(sheet.write(), spelled);
            assert_eq!(sheet.suggestions, count, "{spelled}");
            assert_eq!(sheet.onto(&article), article, "{spelled}");
            assert_eq!(sheet.listed().len(), count);
            let rejected = sheet.all_settled(false).unwrap();
            assert_eq!((rejected.suggestions, rejected.onto(&article)), (0, article.clone()));
            assert_eq!(sheet.all_settled(true).unwrap().suggestions, 0);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_is_decided_here_is_what_the_editor_makes_of_it() {
    let rows: Vec<Value> =
        serde_json::from_str(include_str!("../../../fixtures/editor/settled.json")).unwrap();
    assert!(rows.len() > 20);
    for row in rows {
        let sheet = editor::from_value(&row["document"]).unwrap();
        let listed = sheet.listed();
        let said: Vec<Value> =
            listed.iter().map(|one| json!([one.by, one.at, one.struck, one.added])).collect();
        assert_eq!(Value::from(said), row["suggestions"]);
        assert_eq!(listed.len(), sheet.suggestions);
        let number = usize::try_from(row["number"].as_u64().unwrap()).unwrap();
        let check = |settled: &editor::Sheet, expected: &str| {
            assert_eq!(settled.write(), row[expected].to_string(), "{expected}");
        };
        check(&sheet.settled(number, true).unwrap().unwrap(), "accepted");
        check(&sheet.settled(number, false).unwrap().unwrap(), "rejected");
        check(&sheet.all_settled(true).unwrap(), "allAccepted");
        check(&sheet.all_settled(false).unwrap(), "allRejected");
        assert!(sheet.settled(listed.len(), true).unwrap().is_none(), "there is no such one");
    }
}

#[test]
fn a_suggestion_is_listed_with_the_words_around_it() {
    let text = |words: &str, marks: Value| json!({"type": "text", "text": words, "marks": marks});
    let mark = |kind: &str| json!([{"type": kind, "attrs": {"at": 7, "by": "p2"}}]);
    let doc = json!({"type": "doc", "attrs": {"lang": "en"}, "content": [
        {"type": "headline"}, {"type": "standfirst"},
        {"type": "paragraph", "content": [
            {"type": "text", "text": "The bridge opens on "},
            text("Monday", mark("struck")), text("Tuesday", mark("added")),
            {"type": "text", "text": ", the council said."}]}]});
    let sheet = editor::from_value(&doc).unwrap();
    let listed = sheet.listed();
    let one = listed.first().unwrap();
    assert_eq!(
        (one.before.as_str(), one.after.as_str()),
        ("The bridge opens on ", ", the council said.")
    );
    assert_eq!((one.struck.as_str(), one.added.as_str()), ("Monday", "Tuesday"));
    assert_eq!(sheet.authors().into_iter().collect::<Vec<_>>(), [("p2".to_owned(), 7)]);
}
