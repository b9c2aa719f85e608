//! The house is tidy, its licences are allowed, and its walks are as short as they say.
#![allow(clippy::unwrap_used, missing_docs)]

use xtask::tree::{Tree, Violation};
use xtask::{cargo, licences, measure, tidy, walks};

#[track_caller]
fn check(found: &[Violation]) {
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} to put right:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn every_rule_holds() {
    check(&tidy::check(&Tree::load(&cargo::root()).unwrap()));
}

#[test]
fn every_licence_is_allowed() {
    check(&licences::check(&cargo::metadata(&cargo::root()).unwrap()).unwrap());
}

#[test]
fn every_walk_is_short() {
    check(&walks::check(&Tree::load(&cargo::root()).unwrap()));
}

#[test]
fn packages_to_trust_are_few() {
    let counts = cargo::counts(&cargo::root()).unwrap();
    assert!(counts.linux <= measure::LINUX, "{} packages on Linux", counts.linux);
    assert!(counts.verify <= measure::VERIFY, "{} packages to verify", counts.verify);
}
