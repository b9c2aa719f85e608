//! Rows of edits, English and Urdu, with what weighs in them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{What::*, *};
use crate::html::sample;
use proptest::prelude::*;

#[track_caller]
fn check(old: &str, new: &str, expected: &[What]) {
    for (old, new) in [(old, new), (new, old)] {
        let mut found: Vec<What> = plain(old, new).into_iter().map(|(what, ..)| what).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, expected, "{old} / {new}");
    }
}

#[test]
fn typos_pass() {
    check("The minstry said so.", "The ministry said so.", &[]);
    check("They recieved it.", "They received it.", &[]);
    check("the talks  began", "the talks began", &[]);
    check("He left , then.", "He left, then.", &[]);
    check("a break through came", "a breakthrough came", &[]);
    check("He said “yes”.", "He said \"yes\".", &[]);
    check("nineteen percent", "19 percent", &[]);
    check("۱۹ فیصد", "19 فیصد", &[]);
    check("don't go", "don’t go", &[]);
    check("It is hte end.", "It is the end.", &[]);
}

#[test]
fn numbers() {
    check("19 percent", "20 percent", &[Number]);
    check("nineteen percent", "ninety percent", &[Number]);
    check("19.5", "195", &[Number]);
    check("1,204 people", "1204 people", &[]);
    check("-5 degrees", "5 degrees", &[Number]);
    check("paid $5", "paid 5", &[Number]);
    check("5 million", "5 billion", &[Number]);
    check("19 of 24 members", "24 of 19 members", &[Number]);
    check("from 2 to 3", "from 3 to 2", &[Number]);
    check("the second call", "the third call", &[Number]);
    check("۱۹ فیصد", "۲۰ فیصد", &[Number]);
    check("انیس فیصد", "بیس فیصد", &[Number]);
    check("پانچ ہزار", "پانچ لاکھ", &[Number]);
    check("19% rise", "19 rise", &[Number]);
}

#[test]
fn names() {
    check("the minister Dar spoke", "the minister Dra spoke", &[Name]);
    check("with Pakistan and India", "with India and Pakistan", &[Name]);
    check("Dar spoke.", "Rubio spoke.", &[Name]);
    check("on 4 August", "on 4 July", &[Name]);
    check("the bank said", "the Bank said", &[Name]);
    check("So. Khan came.", "So. Khar came.", &[Name]);
}

#[test]
fn quotations() {
    check("He said “we came”.", "He said “we come”.", &[Quotation]);
    check("He said “we came”.", "He said we came.", &[Quotation]);
    check("He said \"a\" and \"b\".", "He said \"b\" and \"a\".", &[Quotation, Word]);
    check("اس نے کہا ”ہم آئے“۔", "اس نے کہا ”ہم گئے“۔", &[Quotation, Word]);
    check("He said ‘we don’t’.", "He said ‘we do’.", &[Quotation, Negation]);
    check("the ministers’ talks", "the minister’s talks", &[]);
    check("He said “we came", "He said “we come", &[Quotation]);
}

#[test]
fn negations() {
    check("He did go.", "He did not go.", &[Negation]);
    check("He can go.", "He can't go.", &[Negation]);
    check("with a deal", "without a deal", &[Negation]);
    check("He said he would not go.", "He did not say he would go.", &[Negation]);
    check("وہ آیا۔", "وہ نہیں آیا۔", &[Negation]);
    check("وہ نہ آیا۔", "وہ آیا۔", &[Negation]);
    check("اجازت کے بغیر", "اجازت کے ساتھ", &[Negation]);
    check("no deal", "a deal", &[Negation]);
}

#[test]
fn other_words() {
    check("he accepted it", "he rejected it", &[Word]);
    check("it was legal", "it was illegal", &[Word]);
    check("they hired him", "they fired him", &[Word]);
    check("they won", "they win", &[Word]);
    check("his house", "her house", &[Word]);
    check("the talks", "the long talks", &[Word]);
    check("وزیر نے کہا", "وزیر نے بتایا", &[Word]);
    check("حکومتِ پاکستان", "حکومت پاکستان", &[]);
    check("كتاب", "کتاب", &[]);
    check("خوب\u{200c}صورت وادی", "خوبصورت وادی", &[]);
    check("کتاب", "کتابیں", &[Word]);
}

#[test]
fn whole_articles() {
    let old = sample::english();
    assert_eq!(typo_allowed(&old, &old), Ok(()));
    let reasons = |edit: &dyn Fn(&mut Article)| {
        let mut new = old.clone();
        edit(&mut new);
        let mut kinds: Vec<What> = typo(&old, &new).into_iter().map(|one| one.what).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    };
    let words = |article: &mut Article, at: usize, text: &str| {
        let Block::Paragraph { content } = &mut article.body[at] else { unreachable!() };
        let Inline::Text { text: old, .. } = &mut content[0] else { unreachable!() };
        *old = text.into();
    };
    assert_eq!(reasons(&|new| new.headline.push('!')), []);
    assert_eq!(reasons(&|new| words(new, 2, "They mett on 25 July.")), []);
    assert_eq!(reasons(&|new| words(new, 2, "They met on 24 July.")), [Number]);
    assert_eq!(reasons(&|new| new.parties[0] = "Government of India".into()), [Name]);
    let title = |new: &mut Article| {
        new.references[0].csl.insert("title".into(), "X".into());
    };
    assert_eq!(reasons(&title), [Source]);
    let uncite = |new: &mut Article| {
        let Block::Paragraph { content } = &mut new.body[0] else { unreachable!() };
        content.remove(1);
    };
    assert_eq!(reasons(&uncite), [Source]);
    let quoted = |new: &mut Article| {
        let Block::Quote { content } = &mut new.body[4] else { unreachable!() };
        *content = vec![Block::Paragraph {
            content: vec![Inline::Text {
                text: "«دونوں نے بات کی!»".into(), marks: vec![]
            }],
        }];
    };
    assert_eq!(reasons(&quoted), [Quotation]);
    assert_eq!(reasons(&|new| new.body.swap(1, 6)), [Word]);
}

#[test]
fn a_reason_says_where() {
    let old = sample::english();
    let mut new = old.clone();
    new.headline = "Foreign chiefs speak 3 times on trade & security".into();
    let found = typo(&old, &new);
    assert_eq!(found[0].block, 4);
    assert_eq!((found[0].old.as_str(), found[0].new.as_str()), ("again", "3 times"));
}

proptest! {
    #[test]
    fn the_same_text_weighs_nothing(text in "\\PC{0,60}") {
        prop_assert_eq!(plain(&text, &text), vec![]);
    }

    #[test]
    fn a_changed_number_is_always_seen(before in "[a-z .,]{0,20}", one in 0_u32..9999, two in 0_u32..9999, after in "[a-z ]{0,20}") {
        prop_assume!(one != two);
        let (old, new) = (format!("{before} {one} {after}"), format!("{before} {two} {after}"));
        prop_assert!(plain(&old, &new).iter().any(|(what, ..)| *what == Number));
    }
}
