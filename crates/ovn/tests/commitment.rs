//! `ovn verify --commitment`: whether what a newsroom gave out is what an article committed to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use ovn_verify::Opening;
use std::path::Path;
use std::process::Command;

fn asked(file: &Path, commitment: &str) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
    let done = command.arg("verify").arg(file).args(["--commitment", commitment]).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn an_opening_is_right_wrong_or_none() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("source.json");
    let salt = "0a".repeat(32);
    let one = Opening {
        at: 1_764_000_000_000,
        details: "The clerk who keeps the keys".into(),
        file: None,
        salt,
        title: "Somebody who works on the bridge".into(),
    };
    std::fs::write(&file, serde_json::to_string_pretty(&one).unwrap()).unwrap();
    let right = ovn_edition::hex::encode(&one.commitment().unwrap());
    let check = |commitment: &str, expected: (i32, &str)| {
        let (code, said) = asked(&file, commitment);
        assert!(code == expected.0 && said.contains(expected.1), "{code}: {said}");
    };
    check(&right, (0, "OPENED"));
    check(&"ab".repeat(32), (1, "NOT OPENED"));
    check("nothing.json", (2, "nothing.json"));
    // A sealed document that has no such source is no answer to which it was: nobody of it is opened.
    std::fs::write(&file, "{\"title\": \"Somebody\"}").unwrap();
    check(&right, (2, "does not open"));
}
