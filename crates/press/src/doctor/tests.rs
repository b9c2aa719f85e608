//! Judgements that need no edition.
#![allow(clippy::unwrap_used)]

use super::*;
use ovn_store::survey::{About, Room};

#[test]
fn room_is_judged() {
    let check = |free: u64, files: Option<u64>, expected: Level| {
        let room = Room { free: free << 20, whole: 100 << 30, files };
        let line = disk::judge(Path::new("/srv/edition"), room);
        assert_eq!(line.level, expected, "{line:?}");
        assert_eq!(line.advice.is_empty(), expected == Level::Good);
    };
    check(50_000, Some(9_000_000), Level::Good);
    check(50_000, None, Level::Good);
    check(900, None, Level::Look);
    check(63, None, Level::Bad);
    check(50_000, Some(12), Level::Bad);
}

#[test]
fn versions_are_judged() {
    let check = |engine, version: &str, expected: Level| {
        let line = database::judge(&About { engine, version: version.into(), migrations: 1 });
        assert_eq!(line.level, expected, "{line:?}");
    };
    check("SQLite", "3.51.0", Level::Good);
    check("PostgreSQL", "15.14 (Debian 15.14-0+deb12u1)", Level::Good);
    check("PostgreSQL", "12.9", Level::Bad);
    check("PostgreSQL", "18beta1", Level::Good);
}

#[test]
fn the_clock_is_judged_by_the_last_entry() {
    let check = |now: u64, last: u64, right: Option<&str>, expected: Level, words: &str| {
        let line = record::clock(now * 1_000, last * 1_000, right);
        assert_eq!(line.level, expected, "{line:?}");
        assert!(line.sentence.contains(words), "{line:?}");
    };
    check(100, 100, None, Level::Good, "0 seconds after");
    check(10_000, 100, None, Level::Good, "2 hours after");
    check(100, 500, None, Level::Look, "6 minutes behind");
    check(100, 900_000, None, Level::Bad, "10 days behind");
    check(9_000_000, 100, None, Level::Bad, "104 days after the last sealed entry, and sealing is");
    check(9_000_000, 100, Some("1970-04-10"), Level::Good, "104 days after");
    check(9_000_000, 100, Some("yesterday"), Level::Bad, "refused");
}

#[test]
fn the_worst_line_counts() {
    let (good, look, bad) = (Line::good("a", ""), Line::look("b", "", ""), Line::bad("c", "", ""));
    assert_eq!(worst(&[]), Level::Good);
    assert_eq!(worst(&[good.clone(), look.clone()]), Level::Look);
    assert_eq!(worst(&[bad, look, good]), Level::Bad);
}
