//! Texts that no newsroom writes: the desk answers, and its places stay inside the text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use ovn_desk::{again, report};
use ovn_edition::{
    model::{Article, Block, Inline, Mark},
    report::{House, Report},
};

fn paragraph(words: &str) -> Block {
    Block::Paragraph { content: vec![Inline::Text { text: words.to_owned(), marks: Vec::new() }] }
}

fn house() -> House {
    let on = ovn_desk::all().iter().map(|rule| rule.id.to_owned()).collect();
    House { on, ..House::default() }
}

/// The report in both languages and in one that the desk does not read; every place holds the words that it names.
fn check(headline: &str, body: &[Block]) -> [Report; 3] {
    ["en", "ur", "xx"].map(|lang| {
        let article = Article {
            lang: lang.to_owned(),
            headline: headline.to_owned(),
            body: body.to_vec(),
            ..Article::default()
        };
        let made = report(&article, &house());
        let reading = ovn_desk::reading::Reading::of(&article);
        for spot in made.findings.iter().flat_map(|found| &found.at) {
            let run =
                reading.runs.iter().find(|run| (run.block, run.number) == (spot.block, spot.run));
            let words = run.and_then(|run| run.text.get(spot.from as usize..spot.to as usize));
            assert_eq!(words, Some(spot.words.as_str()), "{lang}");
        }
        assert_eq!(again(&article, &made).as_ref(), Ok(&made), "{lang}");
        made
    })
}

fn text(words: &str) -> [Report; 3] {
    check("", &[paragraph(words)])
}

#[test]
fn nothing_to_read() {
    for [english, ..] in [check("", &[]), text(""), text(" \n\t "), check("", &[Block::Rule {}])] {
        assert_eq!((english.counts.words, english.counts.sentences), (0, 0));
        assert!(english.findings.iter().all(|found| found.at.is_empty()));
    }
    for marks in ["…—!?", "؟؟؟۔۔۔", "“”„«»\"''", "🙂🙂 ✓", "\u{200b}\u{200c}\u{200d}\u{feff}"]
    {
        let [english, ..] = text(&marks.repeat(500));
        assert_eq!(english.counts.words, 0, "{marks}");
    }
}

#[test]
fn marks_that_never_close() {
    let kinds = ["“", "”", "\"", "‘", "’", "'", "«", "»", "„", "‚", "‹", "``", "''"];
    for kind in kinds {
        text(&format!("{kind}The road is open, the mayor said. ").repeat(300));
        text(&format!("The road {kind} is open. ").repeat(301));
        text(&kind.repeat(4000));
        text(&format!("{kind} word ").repeat(2000));
    }
    let mixed: String = kinds.iter().cycle().take(6000).flat_map(|kind| [*kind, "so "]).collect();
    text(&mixed);
    let mut paragraphs = Vec::new();
    for kind in kinds.iter().cycle().take(1000) {
        paragraphs
            .push(paragraph(&format!("{kind}Nobody asked us. The mayor said that {kind} again")));
    }
    check("“Unclosed: the mayor", &paragraphs);
}

#[test]
fn directions_and_marks_that_are_not_seen() {
    let mixed =
        "The mayor نے کہا کہ \u{202b}the road\u{202c} بند ہے، \u{2067}critics\u{2069} say. ";
    text(&mixed.repeat(500));
    let hidden = "cri\u{200d}tics sa\u{ad}y th\u{200b}at \u{feff}some\u{200c} say\u{200e}. ";
    text(&hidden.repeat(500));
    let marked: String =
        "critics say so. ".chars().flat_map(|letter| [letter, '\u{301}', '\u{64b}']).collect();
    text(&marked.repeat(100));
    text(&format!("a{}", "\u{301}".repeat(20_000)));
    text(&"\u{202e}\u{202d}\u{2066}".repeat(5000));
}

#[test]
fn controls_and_numbers() {
    let controls: String = (0..32_u8).chain([127]).map(char::from).collect();
    text(&format!("The{controls}mayor{controls}said{controls}so. ").repeat(100));
    text("\0\0\0 said \0 that \0");
    text(&format!("Fares rose by {} percent. ", "9".repeat(5000)));
    text(&format!("Fares rose by {} percent.", "9,999.".repeat(2000)));
    text(&"as many as 18446744073709551616 people, 99999999999999999999 percent more ".repeat(200));
    text(&"۱٬۰۰۰٬۰۰۰ فیصد اضافہ ".repeat(500));
    text(&"%".repeat(3000));
    text(&"percent ".repeat(3000));
}

#[test]
fn words_without_end() {
    text(&"a".repeat(1_000_000));
    text(&"کہا".repeat(200_000));
    text(&"said ".repeat(20_000));
    text(&"according to ".repeat(10_000));
    text(&"some say ".repeat(10_000));
    text(&"کے مطابق ".repeat(10_000));
    text(&"the the the who who who that that ".repeat(2_000));
    text(&"Aa ".repeat(20_000));
    text(&"A. B. C. ".repeat(5_000));
    text(&"—".repeat(10_000));
    text(&"far-".repeat(10_000));
    text(&"(((".repeat(5_000));
}

#[test]
fn many_short_sentences() {
    let [english, ..] = text(&"He said so. ".repeat(100_000));
    assert_eq!(english.counts.words, 300_000);
    text(&"اس نے کہا۔ ".repeat(50_000));
    text(&"So. ".repeat(100_000));
}

#[test]
fn a_paragraph_of_five_megabytes() {
    let sentence =
        "The mayor said on Monday that the road, “the longest ever”, rose by 12 percent. ";
    let [english, ..] = text(&sentence.repeat(5_000_000 / sentence.len()));
    assert!(english.counts.words > 500_000);
}

#[test]
fn lists_and_nesting() {
    let run =
        |words: &str| vec![Inline::Text { text: words.to_owned(), marks: vec![Mark::Strong {}] }];
    let items = (0..5000)
        .map(|at| vec![Block::Paragraph { content: run(&format!("Item {at}, critics say")) }]);
    let list = Block::List { start: Some(u32::MAX), tight: true, items: items.collect() };
    let mut deep = paragraph("Some say so.");
    for _ in 0..200 {
        deep = Block::Quote {
            content: vec![Block::List { start: None, tight: false, items: vec![vec![deep]] }],
        };
    }
    let [english, ..] = check("A list", &[list, deep]);
    assert!(english.counts.words > 15_000);
    let pieces = (0..20_000).map(|at| Inline::Text {
        text: if at % 2 == 0 { "said".to_owned() } else { " ".to_owned() },
        marks: Vec::new(),
    });
    check("Pieces", &[Block::Paragraph { content: pieces.collect() }]);
    check(&"Will the road open? ".repeat(5_000), &[]);
    check("", &(0..20_000).map(|_| paragraph("")).collect::<Vec<_>>());
}
