//! What the newsroom keeps for itself, in a backup when it is asked for and never otherwise, from either engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_press::people::{People, Role};
use ovn_press::{backup, restore};
use ovn_store::{Settings, cabinet::Saved};
use ovn_tests::postgres::{self, Server};
use room::{PASSPHRASE, Room, TEXT, room, room_in};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

fn back_up(
    room: &Room,
    database: Option<&str>,
    to: &Path,
    order: &backup::Order,
) -> backup::Manifest {
    let env = |name: &str| database.map(str::to_owned).filter(|_| name == "OVN_DATABASE");
    let settings = Settings::read(&room.dir, &env).unwrap();
    let done = backup::backup(&room.dir, &settings, to, order, 1_800_000_000_000, &mut |_, _| {});
    done.unwrap().manifest
}

/// People, drafts and their files come back, and a published one goes on.
fn check(room: &Room, database: Option<&str>) {
    let amina = room.first();
    let bilal = room.member(&amina, Role::Reporter, "Bilal");
    let draft = room.people.start(&bilal, &TEXT.replace("Monday", "a canary Monday")).unwrap();
    std::fs::create_dir_all(room.dir.join("cabinet")).unwrap();
    std::fs::write(room.dir.join("cabinet/copy.warc"), b"an archived page").unwrap();
    let home = tempfile::tempdir().unwrap();

    let plain = home.path().join("plain");
    assert!(!back_up(room, database, &plain, &backup::Order::default()).newsroom);
    for path in ["cabinet.sqlite", "letterbox.sqlite", "cabinet"] {
        assert!(!plain.join(path).exists(), "{path}");
    }
    let to = home.path().join("whole");
    let order = backup::Order { newsroom: true, ..backup::Order::default() };
    let manifest = back_up(room, database, &to, &order);
    assert!(manifest.newsroom && manifest.files.contains_key("cabinet.sqlite"));
    assert!(!manifest.files.keys().any(|path| path.contains("-wal") || path.contains("-shm")));
    let again = home.path().join("again");
    restore::backup(&to, &again, None, &mut |_, _| {}).unwrap();
    for dir in [&to, &again] {
        let mode =
            |path: &str| std::fs::metadata(dir.join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("cabinet.sqlite"), mode("cabinet")), (0o600, 0o700), "{}", dir.display());
        assert_eq!(mode("cabinet/copy.warc"), 0o600);
    }
    let people = People::open(&again, Arc::new(|_| None)).unwrap();
    // The session goes on, as on the machine that was lost, and so does the writing.
    let caller = people.caller(&bilal.token).unwrap().unwrap();
    let kept = people.draft(&caller, &draft.id).unwrap();
    assert!(kept.text.contains("a canary Monday"));
    assert_eq!(people.save(&caller, &draft.id, 1, TEXT).unwrap(), Saved::Kept(2));
    assert_eq!(std::fs::read(again.join("cabinet/copy.warc")).unwrap(), b"an archived page");
    let browser = ovn_press::people::entry::Browser { device: None, agent: room::AGENT };
    let attempt = ovn_press::people::entry::Attempt {
        name: "Bilal",
        passphrase: PASSPHRASE,
        address: [192, 0, 2, 1].into(),
        browser,
    };
    assert!(people.sign_in(&attempt).is_ok());
}

#[test]
fn a_newsroom_comes_back_from_a_backup() {
    check(&room(false), None);
}

#[test]
fn a_newsroom_on_postgresql_comes_back_from_a_backup() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    let address = database.address();
    check(&room_in(false, Some(address.clone())), Some(&address));
}

#[test]
fn a_newsroom_that_nobody_joined_is_no_fault() {
    let room = room(false);
    let home = tempfile::tempdir().unwrap();
    let order = backup::Order { newsroom: true, ..backup::Order::default() };
    let manifest = back_up(&room, None, &home.path().join("to"), &order);
    assert!(!manifest.newsroom);
}
