//! A report on a text that rests on one government's word: what the desk points out, and where it stays silent.
//!
//! The text is of our own, on two countries and persons that were invented for it.

#![allow(clippy::expect_used, clippy::panic)]

use ovn_desk::{again, report};
use ovn_edition::{
    markdown,
    model::Article,
    report::{Finding, House, Report},
};

const TEXT: &str = r#"---
headline: Berg and Lee promise closer Norwegian-Canadian ties on fishing and ports
standfirst: Norway's Foreign Minister Per Olav Berg and Canadian Minister of State Ann Lee talked by video about trade and safety at sea.
lang: en
slug: berg-lee-video-call
parties: [Government of Norway, Government of Canada]
references:
  - id: nfd
    type: speech
    title: Statement on the video call
    custom: {kind: statement, speaks-for: Government of Norway}
---
On 3 March, Norway's Deputy Prime Minister and Foreign Minister, Senator Per Olav Berg, spoke by video with Canadian Minister of State Ann Lee about fishing quotas and ports. The two sides want more trade and safer shipping, according to a statement from Norway's Ministry of Foreign Affairs (NMFA) [@nfd].

The call came after a fruitful visit by Lee to Bergen on 20 February, a milestone in renewing relations. A new agreement lowers Canadian duties on Norwegian fish to 12 percent. Berg stressed that Norway welcomes investment in ports and cold stores.

Safety at sea was a main subject. Lee acknowledged that Norway has lost many boats in storms, adding that it plays a helpful part in rescue. The two also spoke about old nets left in the northern sea.

The NMFA statement said that both will keep in close contact [@nfd]. The ferry between the two ports sails on Mondays and takes nine hours. This momentum points to a new era in the northern sea.
"#;

const RULES: [&str; 4] = ["late-reply", "party-not-heard", "secondhand-voice", "single-voice"];

fn article() -> Article {
    markdown::read(TEXT.as_bytes()).expect("the test's own article")
}

fn house() -> House {
    House { on: RULES.map(str::to_owned).to_vec(), ..House::default() }
}

fn of<'a>(report: &'a Report, rule: &str) -> Vec<&'a Finding> {
    report.findings.iter().filter(|finding| finding.rule == rule).collect()
}

#[test]
fn everything_rests_on_one_government() {
    let report = report(&article(), &house());
    let [one] = of(&report, "one-party-sources")[..] else { panic!("{:?}", report.findings) };
    assert!(one.why.contains("speaks for Government of Norway (2 of 2"), "{}", one.why);
    assert!(one.why.ends_with("none speaks for Government of Canada."), "{}", one.why);
}

#[test]
fn the_other_is_named_and_not_heard() {
    let report = report(&article(), &house());
    let [one] = of(&report, "reply-not-sought")[..] else { panic!("{:?}", report.findings) };
    assert!(one.why.starts_with("Government of Canada is named as a party and not heard"));
    let rows: Vec<(&str, bool, bool, u32, u32)> = (report.parties.iter())
        .map(|row| (row.name.as_str(), row.named > 4, row.sought, row.accused, row.heard.min(1)))
        .collect();
    assert_eq!(
        rows,
        [("Government of Norway", true, false, 0, 1), ("Government of Canada", true, false, 0, 0)]
    );
}

#[test]
fn what_the_other_acknowledged_is_known_from_its_counterpart() {
    let report = report(&article(), &house());
    let [one] = of(&report, "secondhand-voice")[..] else { panic!("{:?}", report.findings) };
    assert!(one.at.iter().any(|spot| spot.words == "Lee acknowledged"), "{one:?}");
    assert!(one.why.starts_with("What Government of Canada is said to have said"));
    assert!(one.why.ends_with("rests on the word of Government of Norway alone."));
}

#[test]
fn plain_facts_raise_nothing() {
    let report = report(&article(), &house());
    for plain in ["ferry", "Mondays", "old nets", "20 February", "3 March"] {
        let raised = |finding: &Finding| finding.at.iter().any(|spot| spot.words.contains(plain));
        assert!(!report.findings.iter().any(raised), "{plain}: {:?}", report.findings);
    }
}

#[test]
fn the_whole_report() {
    let article = article();
    let report = report(&article, &house());
    assert_eq!(again(&article, &report).expect("today's rules"), report);
    let text = serde_json::to_string_pretty(&report).expect("a report is JSON");
    insta::assert_snapshot!(text);
}

/// The names of the two sides changed for one another change nothing but the names.
#[test]
fn sides_are_treated_alike() {
    let swapped = [
        ("Government of Norway", "Government of \u{1}"),
        ("Government of Canada", "Government of Norway"),
        ("Government of \u{1}", "Government of Canada"),
        ("Norwegian", "\u{2}"),
        ("Canadian", "Norwegian"),
        ("\u{2}", "Canadian"),
        ("Norway's", "Canada's"),
        ("that Norway", "that Canada"),
    ];
    let text = swapped.iter().fold(TEXT.to_owned(), |text, (from, to)| text.replace(from, to));
    let other = markdown::read(text.as_bytes()).expect("the swapped article");
    let kinds = |article: &Article| -> Vec<(String, usize)> {
        let findings = report(article, &house()).findings;
        findings.into_iter().map(|one| (one.rule, one.at.len())).collect()
    };
    assert_eq!(kinds(&other), kinds(&article()));
}
