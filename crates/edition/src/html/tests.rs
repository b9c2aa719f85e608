//! What the article element looks like, and that removal and hostile text do not break it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{sample::*, *};
use crate::sealed::Document;
use proptest::prelude::*;

fn sealed(article: &Article) -> Document {
    let salts = (0_u8..).map(|n| [n; 32]);
    Document::seal(sealed::blocks(article, &place()).unwrap(), salts).unwrap()
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
        &View { base: "https://pk.example", ..View::default() }
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
    fn case_001_no_text_becomes_markup(text in "[<>&\"'a-z/:ا ]{0,30}") {
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

/// The sample with answers, a request for reply and a report.
fn reported() -> Document {
    use crate::{
        model::{Outcome, Reply},
        report::{Answer, Counts, Finding, Level, Ran, Report, Spot, Verdict},
    };
    let spot = |from: u32, words: &str| Spot {
        block: 4,
        run: 0,
        from,
        to: from + u32::try_from(words.len()).unwrap(),
        words: words.to_owned(),
    };
    let finding = |rule: &str, at: Vec<Spot>, why: &str| Finding {
        rule: rule.to_owned(),
        level: Level::Look,
        at,
        why: why.to_owned(),
        settle: "Hear <others>.".to_owned(),
    };
    let ran = |id: &str, right| Ran {
        id: id.to_owned(),
        version: 1,
        level: Level::Look,
        right,
        of: right.map(|_| 200),
    };
    let report = Report {
        v: 1,
        lang: "en".to_owned(),
        reading: 1,
        rules: vec![ran("single-voice", None), ran("loaded-word", Some(181))],
        findings: vec![
            finding("single-voice", Vec::new(), "One voice speaks."),
            finding("loaded-word", vec![spot(0, "چھوڑنا")], "A word judges."),
        ],
        counts: Counts { words: 12, ..Counts::default() },
        ..Report::default()
    };
    let mut one = english();
    one.replies = vec![Reply {
        party: one.parties.last().unwrap().clone(),
        asked: Some("2025-08-04".to_owned()),
        outcome: Outcome::Declined,
    }];
    one.answers = vec![Answer {
        rule: "single-voice".to_owned(),
        words: None,
        verdict: Verdict::Kept,
        because: "The ministry alone spoke & was asked again.".to_owned(),
    }];
    let mut blocks = sealed::blocks(&one, &place()).unwrap();
    blocks.push(sealed::desk(&report).unwrap());
    Document::seal(blocks, (0_u8..).map(|n| [n; 32])).unwrap()
}

#[test]
fn a_report_with_its_answers() {
    let html = document(&reported(), &View::default()).unwrap();
    let (_, desk) = html.split_once("<section id=\"desk\">").unwrap();
    insta::assert_snapshot!(lines(desk));
    let (_, heard) = html.split_once("<section id=\"heard\">").unwrap();
    assert!(heard.contains("Asked on <time datetime=\"2025-08-04\">"), "{heard}");
}

#[test]
fn a_removed_report_leaves_a_placeholder() {
    let whole = reported();
    let last = whole.blocks.len() - 1;
    for number in [last - 1, last] {
        let html = document(&whole.without(&[number]).unwrap(), &View::default()).unwrap();
        assert!(html.contains(&format!(" class=\"w\" data-b=\"{number}\"")), "{html}");
    }
    let html = document(&whole.without(&[last]).unwrap(), &View::default()).unwrap();
    assert!(!html.contains("id=\"desk\""));
}
