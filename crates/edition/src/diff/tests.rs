//! Differences in rows, that nothing is lost, and that hostile texts take no longer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::{html::sample, model::Block};
use proptest::prelude::*;

/// `[-old-]{+new+}`.
fn show(ops: &[Op]) -> String {
    ops.iter()
        .map(|op| match op.what {
            What::Same => op.text.clone(),
            What::Del => format!("[-{}-]", op.text),
            What::Ins => format!("{{+{}+}}", op.text),
        })
        .collect()
}

fn side(ops: &[Op], without: What) -> String {
    ops.iter().filter(|op| op.what != without).map(|op| op.text.as_str()).collect()
}

#[test]
fn by_words() {
    let check = |old: &str, new: &str, expected: &str| {
        assert_eq!(show(&words(old, new)), expected);
    };
    check("on 24 July", "on 25 July", "on [-24-]{+25+} July");
    check("a b", "a b", "a b");
    check("", "new", "{+new+}");
    check("old", "", "[-old-]");
    check("", "", "");
    check("the old word here", "the new phrase here", "the [-old word-]{+new phrase+} here");
    check("19.5 percent", "19.6 percent", "[-19.5-]{+19.6+} percent");
    check("He said.", "He said!", "He said[-.-]{+!+}");
    check("شرح ۱۹ فیصد ہے۔", "شرح ۲۰ فیصد ہے۔", "شرح [-۱۹-]{+۲۰+} فیصد ہے۔");
    check("خوب\u{200c}صورت وادی", "وادی", "[-خوب\u{200c}صورت -]وادی");
}

#[test]
fn by_blocks() {
    let old = sample::english();
    assert_eq!(articles(&old, &old), []);
    let mut new = old.clone();
    new.headline = "Foreign chiefs speak on trade & security".into();
    new.standfirst = None;
    new.references[0].csl.insert("title".into(), "A report".into());
    new.body.remove(1);
    new.body.insert(0, Block::Rule {});
    let found: Vec<(&str, How)> =
        articles(&old, &new).iter().map(|change| (change.part, change.how)).collect();
    let expected = [
        ("headline", How::Words),
        ("source", How::Words),
        ("standfirst", How::Removed),
        ("rule", How::Added),
        ("heading", How::Removed),
    ];
    assert_eq!(found, expected);
}

#[test]
fn numbers_are_those_of_the_sealed_documents() {
    let old = sample::english();
    let mut new = old.clone();
    new.standfirst = None;
    if let Block::Code { text, .. } = &mut new.body[5] {
        text.push_str("b\n");
    }
    let changes = articles(&old, &new);
    let code = changes.iter().find(|change| change.part == "code").unwrap();
    assert_eq!((code.old, code.new, code.how), (Some(21), Some(20), How::Words));
}

#[test]
fn a_mark_alone_is_form() {
    let old = sample::urdu();
    let mut new = old.clone();
    if let Block::Paragraph { content } = &mut new.body[0] {
        content.remove(1);
    }
    let changes = articles(&old, &new);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].how, How::Form);
}

#[test]
fn archiving_is_no_edit() {
    let old = sample::english();
    let mut new = old.clone();
    new.references[1].set_custom("snapshot", "ef".repeat(32).into());
    new.references[0].set_custom("archived", 5.into());
    if let Block::Image { sha256, .. } = &mut new.body[8] {
        *sha256 = None;
    }
    assert_eq!(articles(&old, &new), []);
    new.references[0].set_custom("kind", "document".into());
    assert_eq!(articles(&old, &new).len(), 1);
    assert_eq!(articles(&old, &new)[0].part, "source");
    new = old.clone();
    new.references[0].csl.remove("custom");
    let bare = new.clone();
    new.references[0].set_custom("snapshot", "ef".repeat(32).into());
    assert_eq!(articles(&bare, &new), []);
    new = old.clone();
    new.events[0].source = None;
    assert_eq!(articles(&old, &new)[0].how, How::Form);
}

#[test]
fn as_html() {
    let old = sample::english();
    let mut new = old.clone();
    new.headline = "Foreign <chiefs> speak again on trade & security".into();
    let changes = articles(&old, &new);
    insta::assert_snapshot!(crate::html::changes(&changes, "en"));
    insta::assert_snapshot!(crate::html::side_by_side(&changes, "ur"));
}

#[test]
fn case_103_hostile_texts_take_no_longer() {
    let size = 300_000;
    let numbers = |step: usize| -> String {
        (0..size / 8).map(|n| format!("{} ", n * step % 999_983)).collect()
    };
    let check = |old: &str, new: &str| {
        let start = std::time::Instant::now();
        let ops = words(old, new);
        assert_eq!(side(&ops, What::Ins), old);
        assert_eq!(side(&ops, What::Del), new);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    };
    check(&numbers(1), &numbers(7919));
    check(&"a b ".repeat(size / 4), &"b a a ".repeat(size / 6));
    check(&"x".repeat(size), &"y".repeat(size));
    check(&". ".repeat(size / 2), &" .".repeat(size / 2));
}

proptest! {
    #[test]
    fn nothing_is_lost(old in "[ab .کا۔\u{200c}]{0,40}", new in "[ab .کا۔\u{200c}]{0,40}") {
        let ops = words(&old, &new);
        prop_assert_eq!(side(&ops, What::Ins), old);
        prop_assert_eq!(side(&ops, What::Del), new);
    }
}
