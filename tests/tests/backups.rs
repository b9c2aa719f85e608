//! Backups and copies: what is restored has the same root, and nothing that is older ever signs a second history.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod small;

use ovn_press::backup::{self, Manifest};
use ovn_press::restore::{self, Standing};
use ovn_press::{copy::Copy, mirror, scrub};
use ovn_store::{Folder, Settings, keys_folder};
use ovn_tests::ends::Ends;
use small::{Small, pages, publish, room};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn settings(dir: &Path) -> Settings {
    Settings::read(dir, &|_| None).unwrap()
}

fn back_up(dir: &Path, to: &Path, order: &backup::Order) -> Result<backup::Done, backup::Error> {
    backup::backup(dir, &settings(dir), to, order, 1_800_000_000_000, &mut |_, _| {})
}

fn restore(from: &Path, dir: &Path) -> Result<restore::Restored, String> {
    restore::backup(from, dir, None, &mut |_, _| {}).map_err(|error| error.to_string())
}

fn repair(dir: &Path, from: Option<&Path>, alone: bool) -> Result<scrub::Found, scrub::Error> {
    let mirror = from.map(|from| Copy::Folder(Folder::at(from)));
    let order = scrub::Order { mend: true, mirror, alone, ..scrub::Order::default() };
    scrub::scrub(dir, &settings(dir), &order, &mut |_, _| {})
}

fn standing(dir: &Path, size: u64) -> Standing {
    restore::standing(dir, &settings(dir), size)
}

/// Copies a folder as a person would.
fn clone(from: &Path, to: &Path) {
    for path in Folder::at(from).list("").unwrap() {
        std::fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        std::fs::copy(from.join(&path), to.join(&path)).unwrap();
    }
}

/// The checkpoints that anybody could have seen; sealed in order, each has to continue the one before.
fn sizes(dir: &Path) -> (u64, Vec<u8>) {
    let state = room(dir).unwrap().reader().state().unwrap();
    (state.size, state.checkpoint)
}

#[test]
fn a_restored_backup_has_the_same_root_and_the_same_pages() {
    let edition = Small::new();
    let (to, dir) = (edition.home.path().join("backup"), edition.home.path().join("again"));
    let done = back_up(&edition.dir, &to, &backup::Order::default()).unwrap();
    assert!(!done.manifest.keys && !to.join("keys").exists());
    let restored = restore(&to, &dir).unwrap();
    assert_eq!((restored.size, &restored.root), (done.manifest.size, &done.manifest.root));
    assert!(pages(&dir) == edition.pages());
    // Keys are the operator's to bring; without them it can be read, and nothing sealed.
    assert_eq!(standing(&dir, restored.size), Standing::NoKeys);
    assert!(publish(&dir, "other", "Words.", None).unwrap_err().contains("not sealed"));
    // A folder that is there already is never written over.
    assert!(restore(&to, &dir).unwrap_err().contains("is not empty"));
    assert!(back_up(&edition.dir, &to, &backup::Order::default()).is_err());
    // Nothing is left of what did not come to be.
    let names = std::fs::read_dir(edition.home.path()).unwrap();
    assert!(names.flatten().all(|item| !item.file_name().to_string_lossy().starts_with('.')));
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let edition = Small::new();
    let (to, dir) = (edition.home.path().join("backup"), edition.home.path().join("again"));
    let done = back_up(&edition.dir, &to, &backup::Order::default()).unwrap();
    for path in done.manifest.files.keys() {
        let good = std::fs::read(to.join(path)).unwrap();
        let mut bad = good.clone();
        let middle = bad.len() / 2;
        bad[middle] ^= 1;
        for bad in [Some(bad), None] {
            match bad {
                Some(bad) => std::fs::write(to.join(path), bad).unwrap(),
                None => std::fs::remove_file(to.join(path)).unwrap(),
            }
            let why = restore(&to, &dir).unwrap_err();
            assert!(why.contains(path.as_str()), "{path}: {why}");
            assert!(!dir.exists());
        }
        std::fs::write(to.join(path), good).unwrap();
    }
    // Hashes that agree are not enough: the record has to hold.
    let mut manifest: Manifest = backup::manifest(&Folder::at(&to)).unwrap();
    let path = manifest.files.keys().find(|path| path.contains("/document/")).unwrap().clone();
    let text = std::fs::read_to_string(to.join(&path)).unwrap().replace("\"v\":1", "\"v\":2");
    std::fs::write(to.join(&path), &text).unwrap();
    let digest = Folder::at(&to).digest(&path).unwrap().unwrap();
    let listed = manifest.files.get_mut(&path).unwrap();
    (listed.bytes, listed.sha256) = (digest.0, ovn_edition::hex::encode(&digest.1));
    std::fs::write(to.join("manifest.json"), serde_json::to_string(&manifest).unwrap()).unwrap();
    assert!(restore(&to, &dir).unwrap_err().contains("does not hold"));
    assert!(!dir.exists());
    std::fs::write(to.join("manifest.json"), "{\"format\":9}").unwrap();
    assert!(restore(&to, &dir).unwrap_err().contains("run the newer one"));
    assert!(restore(&edition.dir, &dir).unwrap_err().contains("it is no backup"));
}

#[test]
fn a_backup_made_while_publishing_goes_on_is_one_moment() {
    let edition = Small::new();
    let (ended, allowed) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        // No more than a few in a round: where the disk is slow, what is published in a round makes the next one longer.
        let _ends = Ends(&ended);
        scope.spawn(|| {
            for number in 0.. {
                while number >= allowed.load(Ordering::Relaxed) && !ended.load(Ordering::Relaxed) {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                edition.publish(&format!("more{number}"), "More and more words.", None).unwrap();
            }
        });
        let mut before: Option<PathBuf> = None;
        for number in 0..6 {
            allowed.fetch_add(10, Ordering::Relaxed);
            let to = edition.home.path().join(format!("backup{number}"));
            let order = backup::Order { since: before.clone(), ..backup::Order::default() };
            let done = back_up(&edition.dir, &to, &order).unwrap();
            assert_eq!(done.linked > 0, before.is_some(), "{done:#?}");
            let dir = edition.home.path().join(format!("again{number}"));
            let restored = restore(&to, &dir).unwrap();
            assert_eq!(restored.size, done.manifest.size);
            let found =
                scrub::scrub(&dir, &settings(&dir), &scrub::Order::default(), &mut |_, _| {});
            assert_eq!(found.unwrap().faults, []);
            before = Some(to);
        }
    });
}

#[test]
fn an_older_backup_signs_nothing_before_it_has_caught_up() {
    let edition = Small::new();
    let backup = edition.home.path().join("backup");
    let old = back_up(&edition.dir, &backup, &backup::Order::default()).unwrap().manifest;
    edition.publish("later", "Published after the backup.", None).unwrap();
    let newer = edition.home.path().join("newer");
    std::fs::rename(&edition.dir, &newer).unwrap();
    // The key folder with its lock outlived the edition.
    restore(&backup, &edition.dir).unwrap();
    assert!(matches!(standing(&edition.dir, old.size), Standing::Behind(_)));
    let why = publish(&edition.dir, "fork", "A second history.", None).unwrap_err();
    assert!(why.contains("ovn repair"), "{why}");
    let found = scrub::scrub(
        &edition.dir,
        &settings(&edition.dir),
        &scrub::Order::default(),
        &mut |_, _| {},
    );
    assert!(found.unwrap().faults[0].sentence.contains("older backup"));
    // Without anything newer it can't be caught up, and says so.
    assert!(repair(&edition.dir, None, true).is_err());
    assert!(repair(&edition.dir, Some(&backup), false).is_err());
    let found = repair(&edition.dir, Some(&newer), false).unwrap();
    assert!(found.well(), "{found:#?}");
    assert_eq!(sizes(&edition.dir), {
        let keys = keys_folder(&newer);
        clone(&keys_folder(&edition.dir), &keys);
        sizes(&newer)
    });
    edition.publish("after", "Goes on.", None).unwrap();
    edition.check();
}

#[test]
fn an_older_lock_is_brought_up_by_a_mirror_or_by_the_folder() {
    let edition = Small::new();
    let keys = keys_folder(&edition.dir);
    let older = std::fs::read(keys.join("lock")).unwrap();
    edition.publish("later", "Published after the lock was copied.", None).unwrap();
    let target = Folder::at(edition.home.path().join("mirror"));
    let key = edition.room().keys().verifier().clone();
    mirror::copy(&edition.copy(), &target, &key, &mut |_, _| {}).unwrap();
    std::fs::write(keys.join("lock"), &older).unwrap();
    assert!(publish(&edition.dir, "x", "Y.", None).unwrap_err().contains("older than the edition"));
    // Alone, it can't know whether anybody has more.
    assert!(!repair(&edition.dir, None, false).unwrap().well());
    assert!(repair(&edition.dir, Some(target.root()), false).unwrap().well());
    edition.publish("x", "Y.", None).unwrap();
    edition.check();
}

#[test]
fn an_older_backup_with_its_older_lock_meets_a_longer_mirror() {
    let edition = Small::new();
    let (backup, safe) = (edition.home.path().join("backup"), edition.home.path().join("safe"));
    back_up(&edition.dir, &backup, &backup::Order::default()).unwrap();
    let keys = keys_folder(&edition.dir);
    clone(&keys, &safe);
    edition.publish("later", "Published after both were copied.", None).unwrap();
    let target = Folder::at(edition.home.path().join("mirror"));
    let key = edition.room().keys().verifier().clone();
    mirror::copy(&edition.copy(), &target, &key, &mut |_, _| {}).unwrap();
    let newest = sizes(&edition.dir);
    std::fs::remove_dir_all(&edition.dir).unwrap();
    std::fs::remove_dir_all(&keys).unwrap();
    restore(&backup, &edition.dir).unwrap();
    clone(&safe, &keys);
    let found = repair(&edition.dir, Some(target.root()), false).unwrap();
    assert!(found.well(), "{found:#?}");
    assert_eq!(sizes(&edition.dir), newest);
    edition.publish("after", "Goes on.", None).unwrap();
    // The mirror goes on from where it was: nothing that it has seen was contradicted.
    let report = mirror::copy(&edition.copy(), &target, &key, &mut |_, _| {}).unwrap().report;
    assert!(report.verdict.good(), "{report:#?}");
}

#[test]
fn two_copies_side_by_side_never_both_sign() {
    let edition = Small::new();
    let second = edition.home.path().join("second");
    clone(&edition.dir, &second);
    assert!(room(&second).err().unwrap().contains("copy without its keys"));
    // Keys and lock copied too, as nobody should: each alone can't know, and the first mirror that sees both does.
    clone(&keys_folder(&edition.dir), &keys_folder(&second));
    edition.publish("first", "In the first copy.", None).unwrap();
    publish(&second, "second", "In the second copy.", None).unwrap();
    for (own, other) in [(&edition.dir, &second), (&second, &edition.dir)] {
        let why = repair(own, Some(other), false).unwrap_err();
        assert!(matches!(why, scrub::Error::Fork(_)), "{why}");
    }
    // A copy that shares the first one's key folder is refused by the lock.
    let third = edition.home.path().join("third");
    clone(&edition.dir, &third);
    edition.publish("more", "Only one goes on.", None).unwrap();
    let settings = Settings { keys: Some(keys_folder(&edition.dir)), ..settings(&third) };
    let (clock, chance) = (ovn_press::seal::system_clock(), ovn_press::seal::system_chance());
    let refused = ovn_press::seal::Sealer::open(&third, &settings, clock, chance).err().unwrap();
    assert!(refused.to_string().contains("ovn repair"), "{refused}");
}

#[test]
fn nothing_but_a_mirror_is_enough() {
    let edition = Small::new();
    let target = Folder::at(edition.home.path().join("mirror"));
    let key = edition.room().keys().verifier().clone();
    mirror::copy(&edition.copy(), &target, &key, &mut |_, _| {}).unwrap();
    let toml = std::fs::read_to_string(edition.dir.join("ovn.toml")).unwrap();
    let source = Copy::Folder(target.clone());
    let before = edition.pages();
    for kept in [true, false] {
        let dir = edition.home.path().join(format!("again-{kept}"));
        let toml = kept.then_some(toml.as_str());
        let done = restore::mirror(&source, &dir, Some(&key), toml, &mut |_, _| {}).unwrap();
        assert_eq!(done.size, sizes(&edition.dir).0);
        assert_eq!(done.lost.len(), if kept { 1 } else { 2 }, "{done:#?}");
        // Where settings were lost, what is sealed is the same, and pages may name another address.
        let sealed = |path: &str| path.starts_with("/20") && path.ends_with(".json");
        let same = |path: &str| kept || sealed(path) || path.ends_with(".tlog-proof");
        let after = pages(&dir);
        for (path, (status, body)) in &before {
            if same(path)
                && !path.contains("gone")
                && !String::from_utf8_lossy(body).contains("/gone")
            {
                assert!(after.get(path) == Some(&(*status, body.clone())), "{path}");
            }
        }
        // With the keys, and once it is shown that nobody has more, it goes on.
        restore::bring(&keys_folder(&edition.dir), &dir, &settings(&dir), &key).unwrap();
        assert_eq!(standing(&dir, done.size), Standing::Ready);
        std::fs::remove_file(keys_folder(&dir).join("lock")).unwrap();
        assert_eq!(standing(&dir, done.size), Standing::NoLock);
        assert!(publish(&dir, "x", "Y.", None).is_err());
        assert!(repair(&dir, Some(target.root()), false).unwrap().well());
        publish(&dir, "after", "Goes on.", None).unwrap();
    }
    // A mirror that was tampered with gives nothing.
    let path = target.list("record/document").unwrap().remove(0);
    let bytes = target.read(&path).unwrap().unwrap();
    target.replace(&path, &bytes[1..]).unwrap();
    let dir = edition.home.path().join("never");
    assert!(restore::mirror(&source, &dir, Some(&key), None, &mut |_, _| {}).is_err());
    assert!(!dir.exists());
}

#[test]
fn keys_are_in_a_backup_only_when_asked_and_the_lock_never() {
    use std::os::unix::fs::PermissionsExt as _;
    let edition = Small::new();
    let (to, dir) = (edition.home.path().join("backup"), edition.home.path().join("again"));
    back_up(&edition.dir, &to, &backup::Order { keys: true, ..backup::Order::default() }).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&to.join("keys")), mode(&to.join("keys/log.key"))), (0o700, 0o600));
    assert!(!to.join("keys/lock").exists());
    let restored = restore(&to, &dir).unwrap();
    assert!(!dir.join("keys").exists());
    restore::bring(&to.join("keys"), &dir, &settings(&dir), &restored.key).unwrap();
    assert_eq!(mode(&keys_folder(&dir).join("log.key")), 0o600);
    assert_eq!(standing(&dir, restored.size), Standing::NoLock);
    // The operator says that there is nothing newer.
    assert!(!repair(&dir, None, false).unwrap().well());
    assert!(repair(&dir, None, true).unwrap().well());
    publish(&dir, "after", "Goes on.", None).unwrap();
}
