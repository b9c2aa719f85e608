//! A fault at every durable step, on either side of it or by a real death of the process: nothing acknowledged is lost,
//! no size ever has two roots, and a new start goes on by itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod newsroom;

use newsroom::*;
use ovn_edition::hex;
use ovn_press::seal::{Draft, Error, Faults, Sealer, Step, Take, When};
use ovn_tlog::{Checkpoint, VerifierKey, leaf_hash};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// What happens at the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It fails and nothing of it happened.
    Lost,
    /// It happened and is reported to have failed.
    Denied,
    /// The process dies before it.
    KilledBefore,
    /// The process dies after it.
    KilledAfter,
}

const FAULTS: [Fault; 4] = [Fault::Lost, Fault::Denied, Fault::KilledBefore, Fault::KilledAfter];

struct One {
    step: Step,
    fault: Fault,
    armed: AtomicBool,
}

impl Faults for One {
    fn at(&self, step: Step, when: When) -> Result<(), String> {
        let side = match self.fault {
            Fault::Lost | Fault::KilledBefore => When::Before,
            Fault::Denied | Fault::KilledAfter => When::After,
        };
        if step != self.step || when != side || !self.armed.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        match self.fault {
            Fault::Lost | Fault::Denied => Err(format!("{step:?}, {when:?}")),
            Fault::KilledBefore | Fault::KilledAfter => std::process::abort(),
        }
    }
}

/// Every root that ever stood in the lock or in the checkpoint file, by size.
#[derive(Default)]
struct Roots(BTreeMap<u64, String>);

impl Roots {
    fn see(&mut self, dir: &Path) {
        let keys = ovn_store::keys_folder(dir);
        for path in [keys.join("lock"), dir.join("record/checkpoint")] {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let vkey = std::fs::read_to_string(dir.join("record/vkey")).unwrap();
            let key: VerifierKey = vkey.trim().parse().unwrap();
            let seen = Checkpoint::open(&bytes, &key).unwrap();
            let root = seen.root().to_base64();
            let before = self.0.insert(seen.size(), root.clone()).unwrap_or(root.clone());
            assert_eq!(before, root, "two roots of size {}", seen.size());
        }
    }
}

fn with_blob(slug: &str) -> Draft {
    Draft { blobs: vec![format!("blob of {slug}").into_bytes()], ..new_article(slug) }
}

/// The draft that meets the fault: a removal where erasing is at stake.
fn victim(step: Step, sealer: &Sealer) -> Draft {
    if step != Step::Erase {
        return with_blob("victim");
    }
    let id = sealer.reader().head("/2026/11/before").unwrap().unwrap().id;
    let take = Take { rev: 1, blocks: Some(vec![5]), ground: "privacy".into(), ..Take::default() };
    Draft::removal(id, take)
}

/// The whole name of a test of this file, as the test program knows it.
fn here(test: &str) -> String {
    match module_path!().split_once("::") {
        Some((_, module)) => format!("{module}::{test}"),
        None => test.to_owned(),
    }
}

/// Seals with a fault in a process of its own, which dies of it.
fn die(room: &Newsroom, step: Step, fault: Fault) {
    let place = Step::ALL.iter().position(|one| *one == step).unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &here("child_of_the_fault_table"), "--nocapture"])
        .env("OVN_TEST_DIR", room.dir())
        .env("OVN_TEST_DATABASE", room.address().unwrap_or_default())
        .env("OVN_TEST_STEP", place.to_string())
        .env("OVN_TEST_AFTER", if fault == Fault::KilledAfter { "1" } else { "0" })
        .output()
        .unwrap()
        .status;
    assert!(!status.success(), "the child lived through {step:?}");
}

#[test]
fn child_of_the_fault_table() {
    let Some(dir) = std::env::var_os("OVN_TEST_DIR") else { return };
    let step = Step::ALL[std::env::var("OVN_TEST_STEP").unwrap().parse::<usize>().unwrap()];
    let after = std::env::var("OVN_TEST_AFTER").unwrap() == "1";
    let fault = if after { Fault::KilledAfter } else { Fault::KilledBefore };
    let database = std::env::var("OVN_TEST_DATABASE").ok().filter(|address| !address.is_empty());
    let faults = Arc::new(One { step, fault, armed: AtomicBool::new(true) });
    let sealer = open(Path::new(&dir), database.as_deref(), Arc::new(|| NOW), faults).unwrap();
    let draft = victim(step, &sealer);
    let _ = sealer.seal(vec![draft]);
    std::process::exit(0);
}

/// One row of the table: what happened to the batch, and what the new start found.
fn row(step: Step, fault: Fault) -> String {
    let room = Newsroom::new();
    let mut roots = Roots::default();
    let mut acknowledged = Vec::new();
    let sealer = room.open().unwrap();
    acknowledged.extend(sealer.seal(vec![Draft::genesis("Test", sealer.keys())]).unwrap());
    acknowledged.extend(sealer.seal(vec![with_blob("before")]).unwrap());
    drop(sealer);
    roots.see(&room.dir());
    let told = match fault {
        Fault::KilledBefore | Fault::KilledAfter => {
            die(&room, step, fault);
            "died".to_owned()
        }
        Fault::Lost | Fault::Denied => {
            let faults = Arc::new(One { step, fault, armed: AtomicBool::new(true) });
            let sealer = room.open_with(faults).unwrap();
            let draft = victim(step, &sealer);
            let refused = sealer.seal(vec![draft]).unwrap_err();
            roots.see(&room.dir());
            // Reading goes on, and sealing only where nothing is in doubt.
            assert!(sealer.reader().head("/2026/11/before").unwrap().is_some());
            let next = sealer.seal(vec![new_article("next")]);
            assert_eq!(next.is_err(), sealer.stopped().is_some());
            assert_eq!(next.is_ok(), matches!(step, Step::Stage | Step::Erase));
            acknowledged.extend(next.unwrap_or_default());
            let stopped = matches!(refused, Error::Stopped(_));
            if stopped { "stopped".to_owned() } else { "refused, went on".to_owned() }
        }
    };
    roots.see(&room.dir());
    let sealer = room.open().unwrap();
    roots.see(&room.dir());
    let found = sealer.reader().size().unwrap();
    let kept =
        if sealer.reader().head("/2026/11/victim").unwrap().is_some() { "kept" } else { "-" };
    for number in 0..3 {
        let slug = format!("after-{number}");
        acknowledged.extend(sealer.seal(vec![with_blob(&slug)]).unwrap());
        roots.see(&room.dir());
    }
    for receipt in &acknowledged {
        let entry = sealer.reader().entry(receipt.seq).unwrap().unwrap();
        assert_eq!(leaf_hash(&entry.leaf).0, receipt.leaf);
        let document = format!("document/{}.json", hex::encode(&receipt.commit));
        assert_eq!(sealer.reader().record_file(&document).unwrap(), entry.document);
    }
    let report = check_record(&room.dir());
    assert_eq!(report.checkpoint.size(), found + 3);
    if step == Step::Erase {
        let id = acknowledged[1].id.unwrap();
        let left = sealer.reader().revisions(&id).unwrap();
        assert!(!String::from_utf8_lossy(&left[0].document).contains("In short"));
        let file = room
            .dir()
            .join(format!("record/document/{}.json", hex::encode(&acknowledged[1].commit)));
        assert_eq!(std::fs::read(file).unwrap(), left[0].document);
    }
    let (step, fault) = (format!("{step:?}"), format!("{fault:?}"));
    format!("{step:<12}{fault:<14}{told:<18}{found:>3} entries after the new start  {kept}")
}

#[test]
fn case_087_no_fault_loses_or_forks() {
    let mut table = Vec::new();
    for step in Step::ALL {
        for fault in FAULTS {
            table.push(row(step, fault));
        }
    }
    println!("{}", table.join("\n"));
    // From the lock on, and never before it, the new start finishes the batch.
    let kept: Vec<bool> = table.iter().map(|row| row.ends_with("kept")).collect();
    let lock = Step::ALL.iter().position(|step| *step == Step::Lock).unwrap() * FAULTS.len();
    assert!(kept[..lock].iter().all(|kept| !kept));
    assert_eq!(kept[lock..lock + 4], [false, true, false, true]);
    let erase = Step::ALL.iter().position(|step| *step == Step::Erase).unwrap() * FAULTS.len();
    assert!(kept[lock + 4..erase].iter().all(|kept| *kept));
}

#[test]
fn a_start_that_fails_is_started_again() {
    for step in [Step::Files, Step::Checkpoint, Step::Publish] {
        for fault in [Fault::Lost, Fault::Denied] {
            let room = Newsroom::new();
            room.open().unwrap().seal(vec![new_article("before")]).unwrap();
            die(&room, Step::Lock, Fault::KilledAfter);
            let faults = Arc::new(One { step, fault, armed: AtomicBool::new(true) });
            assert!(room.open_with(faults).is_err());
            let sealer = room.open().unwrap();
            assert_eq!(sealer.reader().size().unwrap(), 2);
            check_record(&room.dir());
        }
    }
}

/// Writers, faults and restarts mixed: what is acknowledged stays, whatever came between.
#[test]
fn many_faults_in_a_row() {
    let room = Newsroom::new();
    let kept: Mutex<HashMap<u64, [u8; 32]>> = Mutex::default();
    let mut roots = Roots::default();
    for round in 0..Step::ALL.len() * 2 {
        let (step, fault) = (Step::ALL[round / 2], FAULTS[round % 2]);
        let faults = Arc::new(One { step, fault, armed: AtomicBool::new(false) });
        let sealer = room.open_with(faults.clone()).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (sealer, kept, faults) = (&sealer, &kept, &faults);
                scope.spawn(move || {
                    for number in 0..3 {
                        faults.armed.store(number == 1, Ordering::SeqCst);
                        let draft = new_article(&format!("r{round}-{thread}-{number}"));
                        for receipt in sealer.seal(vec![draft]).unwrap_or_default() {
                            assert!(
                                kept.lock().unwrap().insert(receipt.seq, receipt.leaf).is_none()
                            );
                        }
                    }
                });
            }
        });
        roots.see(&room.dir());
    }
    let sealer = room.open().unwrap();
    roots.see(&room.dir());
    for (seq, leaf) in kept.lock().unwrap().iter() {
        assert_eq!(leaf_hash(&sealer.reader().entry(*seq).unwrap().unwrap().leaf).0, *leaf);
    }
    check_record(&room.dir());
}
