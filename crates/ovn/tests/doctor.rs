//! `ovn doctor` as an operator and a monitor call it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output, Stdio},
};

fn ovn(dir: &Path, arguments: &[&str], port: u16) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
    command.args(arguments).current_dir(dir).env("OVN_PORT", port.to_string()).output().unwrap()
}

fn parts(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn readers(output: &Output) -> (String, String) {
    let value = parts(output);
    let line = value["parts"].as_array().unwrap().iter().find(|line| line["part"] == "readers");
    let line = line.unwrap();
    (line["level"].as_str().unwrap().into(), line["finding"].as_str().unwrap().into())
}

#[test]
fn the_answer_is_in_words_in_json_and_in_the_exit_code() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(ovn(home.path(), &["init", "edition"], 0).status.code(), Some(0));
    let well = ovn(home.path(), &["doctor", "edition"], 0);
    let text = String::from_utf8(well.stdout.clone()).unwrap();
    assert_eq!(well.status.code(), Some(0), "{text}");
    assert!(text.contains("look  keys      recovery.key is still in"), "{text}");
    assert!(text.contains("\n                → keep it on paper"), "{text}");
    let key = home.path().join("edition.keys/log.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let ill = ovn(home.path(), &["doctor", "edition", "--json"], 0);
    assert_eq!(ill.status.code(), Some(1));
    assert_eq!(parts(&ill)["level"], "bad");
    let nothing = ovn(home.path(), &["doctor", "elsewhere"], 0);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(nothing.stdout.is_empty() && !nothing.stderr.is_empty());
}

#[test]
fn readers_are_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let run = |port| ovn(home.path(), &["doctor", "edition", "--json"], port);
    ovn(home.path(), &["init", "edition"], 0);
    assert_eq!(readers(&run(0)).0, "look");
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    // Whoever connects is hung up on.
    let serve = std::thread::spawn(move || drop(other.accept()));
    let (level, words) = readers(&run(port));
    assert_eq!(level, "bad", "{words}");
    assert!(words.contains("is not this edition"), "{words}");
    serve.join().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_ovn"))
        .args(["serve", "edition", "--port", "0"])
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let port = address.trim().rsplit(':').next().unwrap().parse().unwrap();
    let answer = run(port);
    server.kill().unwrap();
    server.wait().unwrap();
    let (level, words) = readers(&answer);
    assert_eq!(level, "good", "{words}");
}
