//! The counting of a made-up record.
#![allow(clippy::unwrap_used)]

use super::*;
use ovn_edition::model::Class;

fn step(article: u8, rev: u32, kind: Kind, days: u64) -> Step {
    let commit = [article * 10 + u8::try_from(rev).unwrap(); 32];
    Step { article: [article; 16], rev, kind, at: days * DAY, commit }
}

fn piece(path: &str, voices: u32, unnamed: u32) -> Piece {
    Piece {
        path: path.to_owned(),
        place: Place::Article,
        lang: "en".to_owned(),
        class: Class::Publication,
        reported: true,
        sources: 1,
        voices,
        unnamed_voices: unnamed,
        official_voices: 1,
        words: 100,
        spoken_words: 40,
        unnamed_words: unnamed * 10,
        sides: vec![Side { name: "A".to_owned(), heard: voices > 1, sought: true, words: 7 }],
        findings: vec![("weasel".to_owned(), Level::Look, Answered::Kept)],
    }
}

#[test]
fn windows_hold_what_was_first_published_in_them() {
    let steps = [
        step(1, 1, Kind::Revision, 5),
        step(2, 1, Kind::Revision, 50),
        step(3, 1, Kind::Revision, 99),
        step(2, 2, Kind::Correction, 100),
    ];
    let end = 100 * DAY;
    let needed = needed(&steps, end);
    assert_eq!(needed, [[22; 32], [31; 32]]);
    let corrected = Piece { class: Class::Correction, ..piece("/b", 2, 1) };
    let pieces = BTreeMap::from([([22; 32], corrected), ([31; 32], piece("/c", 1, 0))]);
    let balance = of(&steps, &pieces, end);
    let [month, quarter] = balance.windows.as_slice() else { panic!("two windows") };
    assert_eq!((month.days, month.articles, quarter.days, quarter.articles), (30, 1, 90, 2));
    assert_eq!((month.official_only, quarter.official_only), (1, 1));
    assert_eq!((quarter.single_voice, quarter.unnamed_voice, quarter.unnamed_words), (1, 1, 10));
    let party = Party { name: "A".into(), articles: 2, heard: 1, sought: 2, words: 14 };
    assert_eq!(quarter.parties, [party]);
    let weasel =
        RuleCount { rule: "weasel".into(), level: Level::Look, found: 2, kept: 2, wrong: 0 };
    assert_eq!(quarter.rules, [weasel]);
    // Fifty days from the revision that was wrong to the correction, in both windows.
    let correction = Correction {
        path: "/b".into(),
        class: "correction".into(),
        at: end,
        minutes: Some(50 * 24 * 60),
    };
    assert_eq!(month.corrections, std::slice::from_ref(&correction));
    assert_eq!(quarter.corrections, [correction]);
}

#[test]
fn what_is_removed_or_a_policy_is_not_counted() {
    let steps = [step(1, 1, Kind::Revision, 9), step(2, 1, Kind::Revision, 9)];
    let policy = Piece { place: Place::Policy, ..piece("/policies/corrections", 0, 0) };
    let balance = of(&steps, &BTreeMap::from([([21; 32], policy)]), 10 * DAY);
    assert!(balance.windows.iter().all(|window| window.articles == 0));
    assert_eq!(of(&[], &BTreeMap::new(), 0).windows, []);
}

#[test]
fn an_article_without_a_report_is_in_no_denominator() {
    let steps = [step(1, 1, Kind::Revision, 9)];
    let old = Piece { reported: false, ..piece("/a", 0, 0) };
    let balance = of(&steps, &BTreeMap::from([([11; 32], old)]), 10 * DAY);
    let window = balance.windows.first().unwrap();
    assert_eq!((window.articles, window.reported, window.sourced), (1, 0, 0));
}

#[test]
fn the_order_of_steps_does_not_matter() {
    let steps = [step(1, 1, Kind::Revision, 9), step(1, 2, Kind::Correction, 10)];
    let mut turned = steps;
    turned.reverse();
    let pieces = BTreeMap::from([([12; 32], piece("/a", 1, 0))]);
    assert_eq!(of(&steps, &pieces, 10 * DAY), of(&turned, &pieces, 10 * DAY));
}

#[test]
fn medians() {
    let check = |numbers: &[u64], expected| assert_eq!(median(numbers.to_vec()), expected);
    check(&[], None);
    check(&[3, 1, 2], Some(2));
    check(&[4, 1], Some(1));
}
