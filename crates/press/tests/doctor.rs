//! The doctor at an edition that is well, and at each thing that may be wrong with one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod newsroom;

use newsroom::*;
use ovn_press::doctor::{self, Level, Line};
use ovn_press::seal::{Draft, NoFaults};
use ovn_press::stamp::Stamp;
use ovn_store::keys_folder;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// An edition with an article, and settings that the doctor can read.
fn edition() -> Newsroom {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    sealer.seal(vec![Draft::genesis("Test", sealer.keys())]).unwrap();
    sealer.seal(vec![new_article("port")]).unwrap();
    drop(sealer);
    let toml = ovn_press::init::settings("Test", ORIGIN, "https://news.example");
    fs::write(room.dir().join("ovn.toml"), toml).unwrap();
    fs::set_permissions(room.dir().join("ovn.toml"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(keys_folder(&room.dir()).join("recovery.key")).unwrap();
    room
}

fn lines(room: &Newsroom) -> Vec<Line> {
    lines_in(room, &room.dir(), room.address())
}

fn lines_in(room: &Newsroom, dir: &Path, database: Option<String>) -> Vec<Line> {
    // Port 0 is free on every machine.
    let env = move |name: &str| match name {
        "OVN_DATABASE" => database.clone(),
        "OVN_PORT" => Some("0".to_owned()),
        _ => None,
    };
    doctor::examine(dir, &env, &room.clock()).unwrap()
}

/// The worst level of a part, and its sentences.
fn part(lines: &[Line], part: &str) -> (Level, String) {
    let own: Vec<&Line> = lines.iter().filter(|line| line.part == part).collect();
    assert!(!own.is_empty(), "nothing is said of {part}: {lines:?}");
    for line in &own {
        let advised = !line.advice.is_empty() || line.sentence.contains(';');
        assert_eq!(advised, line.level != Level::Good, "{line:?}");
    }
    let level = own.iter().map(|line| line.level).max().unwrap();
    let words: Vec<&str> = own.iter().map(|line| line.sentence.as_str()).collect();
    (level, words.join("\n"))
}

#[test]
fn an_edition_that_is_well() {
    let room = edition();
    let stamp = Stamp { at: NOW - 3_600_000, size: 2, to: "/backups/1".into() };
    stamp.write(&keys_folder(&room.dir())).unwrap();
    let before = kept(&room);
    let found = lines(&room);
    assert_eq!(kept(&room), before, "the doctor changed a file");
    for name in ["settings", "rights", "keys", "clock", "database", "lock", "record", "backup"] {
        let (level, words) = part(&found, name);
        assert_eq!(level, Level::Good, "{words}");
    }
    let engine = if room.database.is_some() { "PostgreSQL" } else { "SQLite" };
    assert!(part(&found, "database").1.starts_with(engine));
    assert!(part(&found, "record").1.contains("over 2 entries"));
    assert_eq!(part(&found, "readers").0, Level::Look);
}

/// The files of the edition and its keys; SQLite's own working files come and go with whoever reads.
fn kept(room: &Newsroom) -> BTreeMap<String, Vec<u8>> {
    let all = files(room.home.path()).into_iter();
    let all = all.map(|(path, bytes)| (path.display().to_string(), bytes));
    all.filter(|(path, _)| !path.ends_with("-shm") && !path.ends_with("-wal")).collect()
}

#[test]
fn each_thing_that_may_be_wrong() {
    type Harm = fn(&Newsroom);
    let check = |name: &str, level: Level, words: &str, harm: Harm| {
        let room = edition();
        harm(&room);
        let found = lines(&room);
        let (is, said) = part(&found, name);
        assert_eq!(is, level, "{name}: {found:#?}");
        assert!(said.contains(words), "{name}: {said}");
    };
    check("keys", Level::Bad, "is open to other users (mode 644)", |room| {
        mode(&keys_folder(&room.dir()).join("log.key"), 0o644);
    });
    check("keys", Level::Bad, "can be written by others", |room| {
        mode(&keys_folder(&room.dir()), 0o777);
    });
    check("keys", Level::Bad, "log.key is missing", |room| {
        fs::remove_file(keys_folder(&room.dir()).join("log.key")).unwrap();
    });
    check("keys", Level::Look, "recovery.key is still", |room| {
        fs::write(keys_folder(&room.dir()).join("recovery.key"), "").unwrap();
        mode(&keys_folder(&room.dir()).join("recovery.key"), 0o600);
    });
    check("rights", Level::Bad, "can be written by other users", |room| mode(&room.dir(), 0o777));
    check("rights", Level::Bad, "holds the database's password", |room| {
        let toml = ovn_press::init::settings("Test", ORIGIN, "https://news.example");
        let toml = format!("database = \"postgres://desk:secret@/news\"\n{toml}");
        fs::write(room.dir().join("ovn.toml"), toml).unwrap();
        mode(&room.dir().join("ovn.toml"), 0o644);
    });
    check("settings", Level::Bad, "desk.toml", |room| {
        fs::write(room.dir().join("desk.toml"), "colour = 1").unwrap();
    });
    check("clock", Level::Bad, "3 days behind", |room| {
        room.time.store(NOW - 3 * 86_400_000, Ordering::SeqCst);
    });
    check("backup", Level::Look, "no backup", |_| {});
    check("backup", Level::Bad, "20 days old, of 1 entries, in /b", |room| {
        let stamp = Stamp { at: NOW - 20 * 86_400_000, size: 1, to: "/b".into() };
        stamp.write(&keys_folder(&room.dir())).unwrap();
    });
    check("lock", Level::Bad, "the key folder has no lock", |room| {
        fs::remove_file(keys_folder(&room.dir()).join("lock")).unwrap();
    });
    check("lock", Level::Bad, "the lock is not signed with this key", |room| {
        fs::write(keys_folder(&room.dir()).join("lock"), "news.example\n9\nAAAA\n").unwrap();
    });
    check("record", Level::Bad, "the last tiles", |room| {
        fs::remove_dir_all(room.dir().join("record/tile/0")).unwrap();
    });
    check("record", Level::Bad, "not those that were signed", |room| {
        fs::write(room.dir().join("record/tile/0/000.p/2"), [7; 64]).unwrap();
    });
    check("record", Level::Look, "record/checkpoint is not", |room| {
        fs::write(room.dir().join("record/checkpoint"), "old").unwrap();
    });
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn an_older_copy_beside_the_same_lock() {
    let room = edition();
    let copy = room.home.path().join("copy");
    let database = room.copy_to(&copy);
    let sealer = room.open_with(Arc::new(NoFaults)).unwrap();
    sealer.seal(vec![new_article("second")]).unwrap();
    drop(sealer);
    fs::rename(keys_folder(&room.dir()), keys_folder(&copy)).unwrap();
    let address = database.as_ref().map(ovn_tests::postgres::Database::address);
    let (level, words) = part(&lines_in(&room, &copy, address), "lock");
    assert_eq!(level, Level::Bad);
    assert!(words.contains("3 entries were signed and 2 are here"), "{words}");
}

#[test]
fn no_database() {
    let room = edition();
    let address = room.address().map(|_| "postgres://nobody@127.0.0.1:1/none".to_owned());
    if address.is_none() {
        fs::remove_file(room.dir().join("edition.sqlite")).unwrap();
    }
    let found = lines_in(&room, &room.dir(), address);
    assert_eq!(part(&found, "database").0, Level::Bad);
    assert_eq!(part(&found, "keys").0, Level::Good);
}

#[test]
fn no_edition() {
    let home = tempfile::tempdir().unwrap();
    let room = Newsroom::new();
    let error = doctor::examine(home.path(), &|_| None, &room.clock()).unwrap_err();
    assert!(error.to_string().contains("there is no edition here"), "{error}");
}
