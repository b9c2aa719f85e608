//! `ovn desk` and `ovn balance` as a person, an editor's plug-in, a hook and a stranger call them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

const FILE: &str = "\
---
headline: The bridge opens
lang: en
slug: bridge
---
The council met on Monday.

The *town hall* bridge opened.
";
const HOUSE: &str = "\
[[rules]]
id = \"town\"
version = 3
lang = \"en\"
level = \"fix\"
phrases = [\"town hall\"]
why = \"“{}” is no name.\"
settle = \"Name the office.\"
";

fn ovn(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ovn")).args(arguments).current_dir(dir).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with an article, a rule of the house, and a file that is no article.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("articles")).unwrap();
    fs::write(dir.path().join("articles/bridge.md"), FILE).unwrap();
    fs::write(dir.path().join("articles/notes.md"), "Only notes.\n").unwrap();
    fs::write(dir.path().join("desk.toml"), HOUSE).unwrap();
    dir
}

#[test]
fn words_stand_in_their_sentence_at_their_place() {
    let dir = folder();
    let answer = ovn(dir.path(), &["desk", "articles"]);
    let text = out(&answer);
    assert_eq!(answer.status.code(), Some(1), "{text}");
    assert!(text.contains("articles/bridge.md:8:6 fix house/town\n"), "{text}");
    assert!(text.contains("    The ⟦town hall⟧ bridge opened.\n"), "{text}");
    assert!(text.contains("“town hall” is no name.") && text.contains("→ Name the office."));
    assert!(text.contains("of 1 file") && !text.contains("notes.md") && !text.contains('\u{1b}'));
}

#[test]
fn an_answer_quiets_the_exit_code_and_nothing_else() {
    let dir = folder();
    let answered = FILE.replace(
        "slug: bridge\n",
        "slug: bridge\nanswers:\n  - rule: house/town\n    because: It is its name.\n",
    );
    fs::write(dir.path().join("articles/bridge.md"), answered).unwrap();
    let answer = ovn(dir.path(), &["desk", "articles/bridge.md"]);
    assert_eq!(answer.status.code(), Some(0));
    assert!(out(&answer).contains("answered: kept, because It is its name."));
    let log: Value = serde_json::from_str(&out(&ovn(
        dir.path(),
        &["desk", "articles/bridge.md", "--format", "sarif"],
    )))
    .unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["justification"], "It is its name.");
}

#[test]
fn exit_codes_follow_the_level() {
    let dir = folder();
    let code = |arguments: &[&str]| ovn(dir.path(), arguments).status.code();
    let path = "articles/bridge.md";
    assert_eq!(code(&["desk", path, "--fail", "never"]), Some(0));
    fs::write(dir.path().join("desk.toml"), HOUSE.replace("fix", "look")).unwrap();
    assert_eq!(code(&["desk", path]), Some(0));
    assert_eq!(code(&["desk", path, "--fail", "look"]), Some(1));
    assert_eq!(code(&["desk", "nowhere.md"]), Some(2));
    assert_eq!(code(&["desk", "articles/notes.md"]), Some(2));
    assert_eq!(code(&["desk", path, "--on", "nonsense"]), Some(2));
    fs::write(dir.path().join("desk.toml"), "colour = 1").unwrap();
    let answer = ovn(dir.path(), &["desk", path]);
    assert_eq!(answer.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&answer.stderr).contains("line 1, column 1"));
}

#[test]
fn programs_get_places_and_editors_get_sarif() {
    let dir = folder();
    let json = out(&ovn(dir.path(), &["desk", "articles", "--format", "json"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    let file = &json["files"][0];
    let at = &file["places"][0]["places"][0];
    assert_eq!((at["line"].as_u64(), at["column"].as_u64()), (Some(8), Some(6)));
    assert_eq!(file["report"]["house"]["rules"][0]["version"], 3);
    let log = out(&ovn(dir.path(), &["desk", "articles", "--format", "sarif"]));
    let log: Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "articles/bridge.md");
    assert_eq!(place["region"]["endColumn"], 15);
    assert_eq!(result["level"], "error");
}

#[test]
fn standard_input_and_explanations() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ovn"))
        .args(["desk", "-"])
        .current_dir(dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(FILE.as_bytes()).unwrap();
    let answer = child.wait_with_output().unwrap();
    assert!(out(&answer).contains("1 file"), "{}", out(&answer));
    let all = out(&ovn(dir.path(), &["desk", "--explain", "all"]));
    assert!(ovn_desk::all().iter().all(|rule| all.contains(rule.id)), "{all}");
    let one = out(&ovn(dir.path(), &["desk", "--explain", "claim-unsourced"]));
    assert!(one.contains("It states a fact of the article's own file, and is on."), "{one}");
    assert_eq!(ovn(dir.path(), &["desk", "--explain", "nonsense"]).status.code(), Some(2));
}

#[test]
fn a_sealed_report_and_the_balance_are_made_again() {
    let dir = folder();
    let run = |arguments: &[&str]| {
        let answer = ovn(dir.path(), arguments);
        assert_eq!(answer.status.code(), Some(0), "{arguments:?}: {answer:?}");
        out(&answer)
    };
    run(&["init", "edition"]);
    fs::copy(dir.path().join("desk.toml"), dir.path().join("edition/desk.toml")).unwrap();
    let said = run(&["publish", "articles/bridge.md", "--dir", "edition"]);
    assert!(said.contains("the desk asks"), "{said}");
    run(&["export", "site", "copy", "--dir", "edition"]);
    let sealed = fs::read_dir(dir.path().join("copy/record/document"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| fs::read_to_string(path).unwrap().contains("The bridge opens"))
        .unwrap();
    // The bytes that the command line gives are those that stand in the sealed document and in the site's copy of it.
    let report = ovn(dir.path(), &["desk", "articles/bridge.md", "--format", "report"]);
    let report = out(&report);
    assert!(fs::read_to_string(&sealed).unwrap().contains(report.trim()), "{report}");
    let path = sealed.to_str().unwrap();
    assert!(run(&["desk", "--verify", path]).contains("byte for byte"));
    let turned = fs::read_to_string(&sealed)
        .unwrap()
        .replace("“town hall” is no name", "“town hall” is a name");
    let other = dir.path().join("other.json");
    fs::write(&other, turned).unwrap();
    let answer = ovn(dir.path(), &["desk", "--verify", other.to_str().unwrap()]);
    assert_eq!(answer.status.code(), Some(1), "{answer:?}");
    let counted = run(&["balance", "copy"]);
    assert!(counted.contains("en, 30 days: articles 1, with a report 1"), "{counted}");
    assert!(run(&["balance", "copy", "--rows"]).starts_with("path,lang,reported"));
    let numbers = dir.path().join("copy/balance.json");
    let wrong = fs::read_to_string(&numbers).unwrap().replace("\"reported\":1", "\"reported\":2");
    fs::write(&numbers, wrong).unwrap();
    assert_eq!(ovn(dir.path(), &["balance", "copy"]).status.code(), Some(1));
}
