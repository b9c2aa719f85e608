//! What sealing keeps, refuses and lets go of.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::model;

fn salts() -> impl Iterator<Item = Bytes32> {
    (0_u8..).map(|n| [n; 32])
}

fn example() -> (model::Article, Place) {
    let article = model::Article {
        lang: "en".into(),
        slug: Some("a-call".into()),
        headline: "A call".into(),
        standfirst: Some("It was short.".into()),
        byline: vec!["Islamabad desk".into()],
        dateline: Some(model::Dateline { date: Some("2025-08-05".into()), place: None }),
        parties: vec!["Government of Pakistan".into()],
        references: vec![serde_json::from_str(r#"{"id":"mofa","type":"speech"}"#).unwrap()],
        body: vec![
            serde_json::from_str(
                r#"{"type":"paragraph","content":[{"type":"text","text":"They spoke","marks":[{"type":"em"}]},
                {"type":"cite","items":[{"id":"mofa","locator":"p. 3"}]}]}"#,
            )
            .unwrap(),
            model::Block::Rule {},
        ],
        ..model::Article::default()
    };
    let local = "2026-11-24T14:20+05:00".into();
    (article, Place { path: "/2026/11/a-call".into(), at: 1_764_000_000_000, local })
}

fn sealed() -> Document {
    let (article, place) = example();
    Document::seal(blocks(&article, &place).unwrap(), salts()).unwrap()
}

#[test]
fn an_article_comes_back_from_its_document() {
    let bytes = sealed().bytes().unwrap();
    let again = Document::read(&bytes).unwrap();
    assert_eq!(again, sealed());
    assert_eq!(article(&again).unwrap(), example());
}

#[test]
fn removal_keeps_the_commitment_and_takes_the_words() {
    let whole = sealed();
    for number in 0..whole.blocks.len() {
        let rest = whole.without(&[number]).unwrap();
        assert_eq!(rest.commit().unwrap(), whole.commit().unwrap());
        let bytes = rest.bytes().unwrap();
        assert_eq!(Document::read(&bytes).unwrap(), rest);
        let Block::Open { salt, .. } = &whole.blocks[number] else { panic!() };
        assert!(!String::from_utf8(bytes).unwrap().contains(&hex::encode(salt)));
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let whole = sealed();
    let (bytes, commit) = (whole.bytes().unwrap(), whole.commit().unwrap());
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let noticed = Document::read(&bad).is_err_and(|_| true)
            || Document::read(&bad).unwrap().commit().unwrap() != commit;
        assert!(noticed, "bit {bit}");
    }
}

#[test]
fn other_forms_are_refused() {
    let check = |text: &str| assert!(Document::read(text.as_bytes()).is_err(), "{text}");
    check("{}");
    check("[]");
    check(r#"{"blocks":[],"v":2}"#);
    check(r#"{"blocks":[],"v":1,"x":1}"#);
    check(r#"{"blocks":[{"commitment":"00"}],"v":1}"#);
    check(r#"{"blocks":[{"salt":"00","type":"headline","value":"x"}],"v":1}"#);
    check(r#"{"v":1,"blocks":[]}"#);
    let typed = |length: usize| {
        let (salt, kind) = ("00".repeat(32), "a".repeat(length));
        format!(r#"{{"blocks":[{{"salt":"{salt}","type":"{kind}","value":1}}],"v":1}}"#)
    };
    check(&typed(256));
    let longest = typed(255);
    let read = Document::read(longest.as_bytes()).unwrap();
    assert_eq!(read.bytes().unwrap(), longest.as_bytes());
    assert!(Document::read(br#"{"blocks":[],"v":1}"#).is_ok());
}

#[test]
fn a_block_must_hold_what_its_type_says() {
    let check = |kind: &'static str, value: Value| {
        let document = Document::seal(vec![(kind, value)], salts()).unwrap();
        assert!(article(&document).is_err(), "{kind}");
    };
    check("headline", json!(["x"]));
    check("paragraph", json!({"type": "rule"}));
    check("paragraph", json!({"type": "paragraph", "content": [{"type": "script"}]}));
    check("advert", json!("x"));
    check("time", json!({"at": 1}));
}
