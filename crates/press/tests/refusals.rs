//! When sealing refuses: two writers, copies, old backups, wrong keys, damaged tiles, clocks that jump, a full disk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod newsroom;

use newsroom::*;
use ovn_press::keys::{Keys, KeysError};
use ovn_press::seal::{Draft, Error, system_chance};
use ovn_store::Files;
use ovn_tlog::RecordReader;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;

#[test]
fn case_085_a_second_writer_is_told_who_holds_it() {
    let room = Newsroom::new();
    let first = room.open().unwrap();
    let told = room.open().err().unwrap().to_string();
    assert!(told.contains(&format!("process {}", std::process::id())), "{told}");
    drop(first);
    room.open().unwrap();
}

#[test]
fn case_085_a_copy_without_its_keys_does_not_sign() {
    let room = Newsroom::new();
    room.open().unwrap().seal(vec![new_article("one")]).unwrap();
    let clone = room.home.path().join("clone");
    let database = room.copy_to(&clone).map(|database| database.address());
    let open = || {
        let faults = Arc::new(ovn_press::seal::NoFaults);
        newsroom::open(&clone, database.as_deref(), room.clock(), faults)
    };
    let refused = open();
    assert!(matches!(refused.err().unwrap(), Error::Keys(_)));
    // With the key and without the lock it does not either.
    let keys = ovn_store::keys_folder(&clone);
    copy(&ovn_store::keys_folder(&room.dir()), &keys);
    std::fs::remove_file(keys.join("lock")).unwrap();
    let refused = open();
    let Error::Refused(sentence) = refused.err().unwrap() else { panic!("it opened") };
    assert!(sentence.contains("no lock"), "{sentence}");
    // It can be read.
    assert_eq!(ovn_store::Reader::open(&clone, database.as_deref()).unwrap().size().unwrap(), 1);
}

#[test]
fn case_085_an_older_backup_does_not_fork() {
    let mut room = Newsroom::new();
    let backup = room.home.path().join("backup");
    room.open().unwrap().seal(vec![new_article("one")]).unwrap();
    let database = room.copy_to(&backup);
    room.open().unwrap().seal(vec![new_article("two")]).unwrap();
    std::fs::remove_dir_all(room.dir()).unwrap();
    copy(&backup, &room.dir());
    room.database = database;
    let Error::Refused(sentence) = room.open().err().unwrap() else { panic!("it opened") };
    assert!(sentence.contains("restored backup or a clone"), "{sentence}");
}

#[test]
fn case_085_an_older_lock_and_another_key_are_refused() {
    let room = Newsroom::new();
    let keys = ovn_store::keys_folder(&room.dir());
    room.open().unwrap().seal(vec![new_article("one")]).unwrap();
    let older = std::fs::read(keys.join("lock")).unwrap();
    room.open().unwrap().seal(vec![new_article("two")]).unwrap();
    let current = std::fs::read(keys.join("lock")).unwrap();
    std::fs::write(keys.join("lock"), older).unwrap();
    assert!(room.open().err().unwrap().to_string().contains("older than the edition"));
    std::fs::write(keys.join("lock"), current).unwrap();
    room.open().unwrap();
    std::fs::write(keys.join("log.key"), format!("{}\n", "07".repeat(32))).unwrap();
    assert!(room.open().err().unwrap().to_string().contains("not signed with this key"));
}

#[test]
fn a_lock_changed_underneath_stops_the_signing() {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    sealer.seal(vec![new_article("one")]).unwrap();
    std::fs::write(ovn_store::keys_folder(&room.dir()).join("lock"), "other").unwrap();
    assert!(matches!(sealer.seal(vec![new_article("two")]), Err(Error::Stopped(_))));
    assert!(sealer.stopped().is_some());
    assert_eq!(sealer.reader().size().unwrap(), 1);
}

#[test]
fn case_092_a_damaged_tile_is_found_before_signing() {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    sealer.seal(vec![new_article("one")]).unwrap();
    std::fs::write(room.dir().join("record/tile/0/000.p/1"), [7; 32]).unwrap();
    assert!(matches!(sealer.seal(vec![new_article("two")]), Err(Error::Stopped(_))));
    drop(sealer);
    assert!(matches!(room.open(), Err(Error::Refused(_))));
}

#[test]
fn case_101_time_never_runs_backwards() {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    let at = |slug: &str| sealer.seal(vec![new_article(slug)]).map(|receipts| receipts[0].at);
    assert_eq!(at("a"), Ok(NOW));
    room.time.store(NOW - 3_600_000, Ordering::SeqCst);
    assert_eq!(at("b"), Ok(NOW));
    room.time.store(NOW - 2 * 86_400_000, Ordering::SeqCst);
    let behind = Error::Clock { now: NOW - 2 * 86_400_000, last: NOW };
    assert_eq!(at("c"), Err(behind.clone()));
    drop(sealer);
    let again = room.open().unwrap();
    assert_eq!(again.seal(vec![new_article("d")]), Err(behind));
    room.time.store(NOW + 5, Ordering::SeqCst);
    assert_eq!(again.seal(vec![new_article("c")]).unwrap()[0].at, NOW + 5);
}

#[test]
fn partial_tiles_become_full_ones() {
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    let drafts =
        |from: usize, to: usize| (from..to).map(|n| new_article(&format!("n{n}"))).collect();
    for (from, to) in [(0, 255), (255, 256), (256, 257), (257, 600)] {
        sealer.seal(drafts(from, to)).unwrap();
        assert_eq!(check_record(&room.dir()).checkpoint.size(), to as u64);
    }
    drop(sealer);
    room.open().unwrap().seal(drafts(600, 601)).unwrap();
    let files = Files::of(&room.dir());
    assert!(files.bundle(0, 256).is_ok() && files.bundle(2, 89).is_ok());
}

/// Seals until the disk has no room; run in a process whose files may not grow.
#[test]
fn child_that_fills_the_disk() {
    let Some(dir) = std::env::var_os("OVN_TEST_FULL") else { return };
    let room = Newsroom::new();
    let sealer =
        newsroom::open(Path::new(&dir), None, room.clock(), Arc::new(ovn_press::seal::NoFaults))
            .unwrap();
    for number in 0..200 {
        let blob = vec![u8::try_from(number).unwrap(); 20_000];
        let draft = Draft { blobs: vec![blob], ..new_article(&format!("full-{number}")) };
        match sealer.seal(vec![draft]) {
            Ok(_) => println!("sealed {number}"),
            Err(error) => {
                println!("refused: {error}");
                assert!(sealer.reader().head("/2026/11/full-0").unwrap().is_some());
                return;
            }
        }
    }
    panic!("the disk was never full");
}

/// The limit on file sizes reaches this process alone, so a server's full disk is not to be had this way.
#[test]
fn case_087_a_full_disk_loses_nothing() {
    if Newsroom::new().database.is_some() {
        return;
    }
    let room = Newsroom::new();
    room.open().unwrap().seal(vec![new_article("before")]).unwrap();
    let run = "trap '' XFSZ; ulimit -f 1024; exec \"$0\" \"$@\"";
    let child = Command::new("sh")
        .args(["-c", run])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_fills_the_disk", "--nocapture"])
        .env("OVN_TEST_FULL", room.dir())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success() && said.contains("refused: "), "{said}");
    let sealed = said.matches("sealed ").count() - usize::from(said.contains("sealed:"));
    let sealer = room.open().unwrap();
    for number in 0..sealed {
        let path = format!("/2026/11/full-{number}");
        assert!(sealer.reader().head(&path).unwrap().is_some(), "{path} was lost: {said}");
    }
    sealer.seal(vec![new_article("after")]).unwrap();
    check_record(&room.dir());
}

#[test]
fn keys_are_made_once_and_read_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let keys = home.path().join("keys");
    assert!(matches!(Keys::read(&keys, ORIGIN), Err(KeysError::Missing(_))));
    let made = Keys::generate(&keys, ORIGIN, &system_chance()).unwrap();
    assert!(matches!(Keys::generate(&keys, ORIGIN, &system_chance()), Err(KeysError::Exists(_))));
    assert_ne!(made.next, made.recovery);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&keys), mode(&keys.join("log.key"))), (0o700, 0o600));
    // The other two may be taken off the machine.
    std::fs::remove_file(keys.join("recovery.key")).unwrap();
    std::fs::remove_file(keys.join("next.key")).unwrap();
    let read = Keys::read(&keys, ORIGIN).unwrap();
    assert_eq!(read.verifier(), made.verifier());
    assert_eq!((read.next, read.recovery), (made.next, made.recovery));
    let mut open = std::fs::metadata(keys.join("log.key")).unwrap().permissions();
    open.set_mode(0o644);
    std::fs::set_permissions(keys.join("log.key"), open.clone()).unwrap();
    assert!(matches!(Keys::read(&keys, ORIGIN), Err(KeysError::Open { mode: 0o644, .. })));
    open.set_mode(0o600);
    for text in ["", "xyz", &"A".repeat(64), &"ab".repeat(33)] {
        std::fs::write(keys.join("log.key"), text).unwrap();
        std::fs::set_permissions(keys.join("log.key"), open.clone()).unwrap();
        assert!(matches!(Keys::read(&keys, ORIGIN), Err(KeysError::Form(_))), "{text:?}");
    }
}
