//! A handful of rounds of each torture, as `cargo xtask torture` does them by the thousand.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use xtask::torture::{self, Programs};

/// The newsroom that is tortured: this test program again, with an order in its environment.
#[test]
fn the_newsroom() {
    torture::write().unwrap();
}

#[track_caller]
fn check(words: &str) {
    assert_eq!(torture(words), Ok(true), "{words:?}");
}

/// The same where this machine can; why it can't is said.
#[track_caller]
fn check_if_possible(words: &str) {
    match torture(words) {
        Err(why) if why.contains("This ") => eprintln!("skipped {words}: {why}"),
        done => assert_eq!(done, Ok(true), "{words:?}"),
    }
}

fn torture(words: &str) -> Result<bool, String> {
    let own = std::env::current_exe().unwrap().into_os_string();
    let writer = vec![own, "--exact".into(), "the_newsroom".into(), "--nocapture".into()];
    let programs = Programs { ovn: PathBuf::from(env!("CARGO_BIN_EXE_ovn")), writer };
    let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    torture::run_with(&programs, &words)
}

#[test]
fn kills() {
    check("kills --seed 1 --count 8");
}

#[test]
fn kills_on_postgres() {
    if std::env::var("OVN_TEST_POSTGRES").is_ok_and(|value| value == "skip") {
        return;
    }
    check("kills --seed 2 --count 5 --database postgres");
}

#[test]
fn system_calls() {
    check_if_possible("calls --seed 3 --count 4");
}

#[test]
fn a_full_disk() {
    check_if_possible("full --seed 4 --count 1");
}

#[test]
fn a_clock_that_jumps() {
    check("clock --seed 5 --count 4");
}
