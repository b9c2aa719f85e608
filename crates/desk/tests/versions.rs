//! The same bytes every time, on every thread, and again from a sealed report; what changed since says so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use ovn_desk::{Other, again, all, find, report};
use ovn_edition::{
    model::{Article, Block, Inline},
    report::{FORMAT, House, Report},
    sealed::{self, Document},
};

fn article(lang: &str) -> Article {
    let (headline, lines): (&str, &[&str]) = if lang == "ur" {
        (
            "کیا سڑک کھلے گی؟",
            &[
                "میئر نے کہا کہ سڑک بند ہے۔",
                "یہ تاریخ کا سب سے بڑا منصوبہ ہے۔",
                "ذرائع کے مطابق پل تیار نہیں۔",
            ],
        )
    } else {
        (
            "Will the harbour road open in spring?",
            &[
                "“We will open it,” said a speaker for the transport office. Critics say it will never work.",
                "It is widely believed that the road is the largest project in the history of the town.",
                "Fares rose by 12 percent. They called the report “a farce”.",
            ],
        )
    };
    let paragraph = |words: &&str| Block::Paragraph {
        content: vec![Inline::Text { text: (*words).to_owned(), marks: Vec::new() }],
    };
    Article {
        lang: lang.to_owned(),
        headline: headline.to_owned(),
        body: lines.iter().map(paragraph).collect(),
        ..Article::default()
    }
}

fn house() -> House {
    let on = all().iter().map(|rule| rule.id.to_owned()).collect();
    House { on, ..House::default() }
}

fn bytes(report: &Report) -> Vec<u8> {
    serde_json::to_vec(report).unwrap()
}

#[test]
fn the_same_bytes_twice_and_on_every_thread() {
    for lang in ["en", "ur", "fr"] {
        let first = bytes(&report(&article(lang), &house()));
        let others: Vec<_> = (0..8)
            .map(|_| std::thread::spawn(move || bytes(&report(&article(lang), &house()))))
            .collect();
        for other in others {
            assert_eq!(first, other.join().unwrap(), "{lang}");
        }
    }
    let found = report(&article("en"), &house()).findings.len();
    assert!(found > 0, "the text raises nothing, so its report shows little");
}

#[test]
fn a_sealed_report_is_made_again() {
    for lang in ["en", "ur", "fr"] {
        for house in [House::default(), house()] {
            let sealed = report(&article(lang), &house);
            let read: Report = serde_json::from_slice(&bytes(&sealed)).unwrap();
            assert_eq!(bytes(&again(&article(lang), &read).unwrap()), bytes(&sealed), "{lang}");
        }
    }
}

#[test]
fn another_text_or_another_report_shows() {
    let sealed = report(&article("en"), &house());
    let mut text = article("en");
    text.body.pop();
    assert_ne!(again(&text, &sealed).unwrap(), sealed);
    let mut dropped = sealed.clone();
    dropped.findings.pop();
    assert_ne!(again(&article("en"), &dropped).unwrap(), dropped);
    let mut praised = sealed;
    let ran = praised.rules.first_mut().unwrap();
    (ran.right, ran.of) = (Some(9_999), Some(9_999));
    assert_ne!(again(&article("en"), &praised).unwrap(), praised);
}

#[test]
fn what_is_not_here_is_named() {
    let sealed = report(&article("en"), &house());
    let changed = |change: &dyn Fn(&mut Report)| {
        let mut other = sealed.clone();
        change(&mut other);
        again(&article("en"), &other).unwrap_err()
    };
    assert_eq!(changed(&|one| one.v = FORMAT + 1), Other::Form(FORMAT + 1));
    assert_eq!(changed(&|one| one.reading += 1), Other::Reading(sealed.reading + 1));
    let first = sealed.rules[0].clone();
    let missing = changed(&|one| one.rules[0].version += 1000);
    assert_eq!(missing, Other::Rule { id: first.id.clone(), version: first.version + 1000 });
    assert!(missing.to_string().contains(&first.id), "{missing}");
    let unknown = changed(&|one| one.rules[0].id = "of-tomorrow".to_owned());
    assert_eq!(unknown, Other::Rule { id: "of-tomorrow".to_owned(), version: first.version });
}

#[test]
fn every_rule_is_found_by_its_version_alone() {
    for rule in all() {
        let same = find(rule.id, rule.version).unwrap();
        assert_eq!((same.id, same.version), (rule.id, rule.version));
        assert!(find(rule.id, rule.version + 1).is_none(), "{}", rule.id);
        let before = (0..rule.version).map(|version| find(rule.id, version).is_some());
        let kept: Vec<bool> = (0..rule.version).map(|version| version > 0).collect();
        assert_eq!(before.collect::<Vec<_>>(), kept, "{}: every version is kept", rule.id);
        assert_eq!(all().iter().filter(|other| other.id == rule.id).count(), 1, "{}", rule.id);
        let small = rule.id.chars().all(|one| one.is_ascii_lowercase() || one == '-');
        assert!(small && rule.version > 0 && !rule.langs.is_empty(), "{}", rule.id);
    }
}

/// Reports sealed by each version of the reading and its rules. They stay here for ever, and every one is made again to the
/// byte: what comes later asks for the version, and an older rule goes to `rules::older`.
#[test]
fn reports_sealed_before_are_made_again() {
    let sealed: [(u32, &[u8]); 4] = [
        (1, include_bytes!("../fixtures/sealed/english.json")),
        (1, include_bytes!("../fixtures/sealed/urdu.json")),
        (2, include_bytes!("../fixtures/sealed/english-2.json")),
        (2, include_bytes!("../fixtures/sealed/urdu-2.json")),
    ];
    for (reading, bytes) in sealed {
        let document = Document::read(bytes).unwrap();
        let (article, _) = sealed::article(&document).unwrap();
        let said = sealed::report(&document).unwrap().unwrap();
        assert!(!said.findings.is_empty());
        assert_eq!(said.reading, reading);
        assert_eq!(again(&article, &said).unwrap(), said);
    }
}
