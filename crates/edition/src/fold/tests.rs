//! The published test set of everyday variants, and rows beside it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use proptest::prelude::*;

const VARIANTS: &str = include_str!("../../fixtures/urdu-search/variants.tsv");

fn found(document: &str, asked: &str) -> bool {
    matches(&words(document), &query(asked))
}

#[test]
fn the_published_set_holds() {
    let mut yes = 0;
    for line in VARIANTS.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, case, document, asked, should] = cells[..] else { unreachable!("{line}") };
        assert_eq!(found(document, asked), should == "yes", "{id} {case}");
        assert!(should == "yes" || should == "no", "{id}");
        yes += usize::from(should == "yes");
    }
    assert!(yes >= 15);
}

#[test]
fn english_is_folded_with_restraint() {
    let check = |given: &str, expected: &str| assert_eq!(text(given), expected, "{given}");
    check("Tariffs, policies and news", "tariff policy and news");
    check("Pakistan’s 1,204.5 rupees", "pakistan 1204.5 rupee");
    check("Café ÉCOLE", "cafe ecole");
    check("don't", "dont");
    check("US gas, its bus", "us gas its bus");
    check("state-owned", "state owned");
    check("ﬁnance", "finance");
    check("", "");
}

#[test]
fn spellings_keep_their_endings() {
    assert_eq!(spelling("كتابيں"), ["کتابیں"]);
    assert_ne!(spelling("کتابیں"), spelling("کتاب"));
    assert_eq!(spelling("حکومتِ پاکستان"), spelling("حکومت پاکستان"));
}

#[test]
fn what_is_asked() {
    let word = |text: &str| Term::Word(text.to_owned());
    let check = |asked: &str, expected: Vec<Term>| assert_eq!(query(asked), expected, "{asked}");
    check("trade talks", vec![word("trade"), word("talk")]);
    let phrase = Term::Phrase(vec!["trade".into(), "talk".into()]);
    check("\"trade talks\" 2026", vec![phrase.clone(), word("2026")]);
    check("“trade talks”", vec![phrase]);
    check("\"trade talks", vec![word("trade"), word("talk")]);
    check("\"one\"", vec![word("one")]);
    check("؟ ،", vec![]);
    assert!(found("the trade talks began", "\"trade talk\""));
    assert!(!found("talks on trade", "\"trade talks\""));
}

proptest! {
    #[test]
    fn folding_twice_changes_no_spelling(given in "\\PC{0,40}") {
        let once = spelling(&given).join(" ");
        prop_assert_eq!(spelling(&once).join(" "), once);
    }
}
