//! What the article element looks like, and that removal and hostile text do not break it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{sample::*, *};
use crate::sealed::Document;
use proptest::prelude::*;

fn sealed(article: &Article) -> Document {
    let salts = (0_u8..).map(|n| [n; 32]);
    Document::seal(sealed::blocks(article, &place(), None).unwrap(), salts).unwrap()
}

/// One tag or text a line, for people to read.
fn lines(html: &str) -> String {
    html.replace("><", ">\n<")
}

#[test]
fn an_english_article() {
    insta::assert_snapshot!(lines(&article(&english(), &place(), &View::default())));
}

#[test]
fn an_urdu_correction() {
    insta::assert_snapshot!(lines(&article(
        &urdu(),
        &place(),
        &View { base: "https://pk.example" }
    )));
}

#[test]
fn a_feed_has_no_ids() {
    let html = feed(&english(), &View::default());
    assert!(!html.contains("id=") && !html.contains("data-b") && !html.contains("href=\"#"));
    insta::assert_snapshot!(lines(&html));
}

#[test]
fn a_document_gives_the_same_page_as_its_article() {
    for one in [english(), urdu(), Article::default()] {
        let (again, place) = sealed::article(&sealed(&one)).unwrap();
        let from_document = document(&sealed(&one), &View::default()).unwrap();
        assert_eq!(from_document, article(&one, &place, &View::default()));
        assert_eq!(from_document, article(&again, &place, &View::default()));
    }
}

#[test]
fn each_removed_block_leaves_a_placeholder() {
    let whole = sealed(&english());
    for number in 4..whole.blocks.len() {
        let html = document(&whole.without(&[number]).unwrap(), &View::default()).unwrap();
        let shown = html.contains(&format!(" class=\"w\" data-b=\"{number}\""));
        assert!(shown, "{number}: {html}");
    }
    let none: Vec<usize> = (0..whole.blocks.len()).collect();
    let html = document(&whole.without(&none).unwrap(), &View::default()).unwrap();
    assert!(html.starts_with("<article") && html.contains("data-b=\"4\""));
}

#[test]
fn a_removed_source_keeps_its_number() {
    let whole = sealed(&english());
    let number = whole
        .blocks
        .iter()
        .position(|block| block.open().is_some_and(|(_, value)| value["id"] == "mofa"))
        .unwrap();
    let html = document(&whole.without(&[number]).unwrap(), &View::default()).unwrap();
    assert!(html.contains(&format!("<li class=\"w\" data-b=\"{number}\" id=\"s1\">")), "{html}");
    assert!(!html.contains("mofa.example"));
}

#[test]
fn every_visible_block_has_its_number() {
    let document = sealed(&english());
    let html = self::document(&document, &View::default()).unwrap();
    for (number, block) in document.blocks.iter().enumerate() {
        let (kind, _) = block.open().unwrap();
        let hidden = ["article", "language", "address", "topics", "story"].contains(&kind);
        assert_eq!(html.contains(&format!("data-b=\"{number}\"")), !hidden, "{kind}");
    }
}

proptest! {
    #[test]
    fn no_text_becomes_markup(text in "[<>&\"'a-z/:ا ]{0,30}") {
        let mut one = english();
        one.headline.clone_from(&text);
        one.byline = vec![text.clone()];
        one.parties = vec![text.clone()];
        one.lang.clone_from(&text);
        one.change.note = Some(text.clone());
        one.references[0].csl.insert("title".into(), text.clone().into());
        one.references[0].csl.insert("URL".into(), text.clone().into());
        one.references[0].csl.insert("issued".into(), text.into());
        let tags = |html: &str| html.matches('<').count() - html.matches("<bdi").count() * 2;
        let plain = tags(&article(&one, &place(), &View::default()));
        prop_assert!(plain < 400);
        let html = article(&one, &place(), &View::default());
        for piece in html.split('<').skip(1) {
            prop_assert!(piece.starts_with(|c: char| c.is_ascii_lowercase() || c == '/'));
            prop_assert!(!piece.starts_with("script") && piece.matches('>').count() == 1, "{}", piece);
        }
    }
}

#[test]
fn documents_sealed_before_the_desk_stay_what_they_were() {
    let check = |bytes: &[u8], html: &str, commit: &str| {
        let old = Document::read(bytes).unwrap();
        assert_eq!(crate::hex::encode(&old.commit().unwrap()), commit);
        assert_eq!(old.bytes().unwrap(), bytes);
        assert_eq!(document(&old, &View::default()).unwrap(), html);
        assert_eq!(sealed::report(&old).unwrap(), None);
    };
    check(
        include_bytes!("old/english.json"),
        include_str!("old/english.html"),
        "7aefbdbf1bf4d1f7a1aba7cfccec167168df7948b48e24e27d01cd9c63539799",
    );
    check(
        include_bytes!("old/urdu.json"),
        include_str!("old/urdu.html"),
        "7b780be960160cd5262f6c3b0c2295db3b631236510a6f9fe1e2280e22946097",
    );
}

fn reported() -> Document {
    let report = desk_report();
    let blocks = sealed::blocks(&asked(), &place(), Some(&report)).unwrap();
    Document::seal(blocks, (0_u8..).map(|n| [n; 32])).unwrap()
}

#[test]
fn the_desk_and_the_answers_are_shown() {
    let sealed = reported();
    assert_eq!(sealed::report(&sealed).unwrap(), Some(desk_report()));
    assert_eq!(sealed::article(&sealed).unwrap().0, asked());
    insta::assert_snapshot!(lines(&document(&sealed, &View::default()).unwrap()));
}

#[test]
fn a_removed_answer_or_report_leaves_the_rest() {
    let whole = reported();
    let count = whole.blocks.len();
    for number in 4..count {
        let html = document(&whole.without(&[number]).unwrap(), &View::default()).unwrap();
        let shown = html.contains(&format!(" class=\"w\" data-b=\"{number}\""));
        assert!(shown, "{number}: {html}");
    }
    let html = document(&whole.without(&[count - 1]).unwrap(), &View::default()).unwrap();
    assert!(html.contains("<section id=\"desk\">") && !html.contains("class=\"q\""));
    let html = document(&whole.without(&[count - 2]).unwrap(), &View::default()).unwrap();
    assert!(html.contains("class=\"q\"") && html.contains("The newsroom gave no answer."));
}

#[test]
fn a_report_of_another_form_is_refused() {
    let blocks = vec![("desk", serde_json::json!({"v": 1}))];
    let odd = Document::seal(blocks, (0_u8..).map(|n| [n; 32])).unwrap();
    assert!(document(&odd, &View::default()).is_err());
    assert!(sealed::report(&odd).is_err());
}
