//! Every system call of the sealing path that concerns the edition's files fails once, on the real `ovn` commands.
//!
//! A first run without a fault lists the calls. Then each is made to fail with each error that such a call can give, and
//! the process is killed right before it, each time on a fresh copy of the same edition.

mod scene;

use super::Programs;
use super::chance::Chance;
use super::options::Options;
use super::trace::{Call, Fault, Kind};
use scene::{Came, Scene};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Memory that looks like a disk, where there is one: what is durable is not asked here.
const MEMORY: &str = "/dev/shm";

/// What can become of a call.
fn kinds(name: &str) -> &'static [Kind] {
    use Kind::{Eintr, Eio, Enospc, Kill, Short};
    match name {
        "write" | "writev" | "pwrite64" | "pwritev" => &[Eio, Enospc, Eintr, Short, Kill],
        "read" | "pread64" => &[Eio, Eintr, Short],
        "fsync" | "fdatasync" | "syncfs" | "sync_file_range" => &[Eio, Enospc, Eintr, Kill],
        "open" | "openat" => &[Eio, Enospc, Eintr, Kill],
        "rename" | "renameat" | "renameat2" | "link" | "linkat" | "mkdir" | "ftruncate"
        | "fallocate" => &[Eio, Enospc, Kill],
        "unlink" | "unlinkat" | "rmdir" => &[Eio, Kill],
        "flock" | "fcntl" => &[Eio, Eintr],
        _ => &[Eio],
    }
}

/// What came of all cases of one call with one fault.
#[derive(Debug, Default)]
struct Row {
    cases: u64,
    sealed: u64,
    refused: u64,
    died: u64,
    /// Acknowledged although a sync failed: allowed only where nothing acknowledged depends on it.
    unsynced: u64,
    wrong: u64,
}

pub(super) fn run(programs: &Programs, options: &Options) -> Result<bool, String> {
    let seed = options.seed();
    let memory = Path::new(MEMORY).is_dir() && options.one("--dir").is_none();
    let home = options.home("calls");
    let home = match home.file_name().filter(|_| memory) {
        Some(name) => PathBuf::from(MEMORY).join(name),
        None => home,
    };
    println!("torture calls --seed {seed}");
    let done = all(programs, options, &home);
    if done.as_ref().is_ok_and(|good| *good) {
        let _ = std::fs::remove_dir_all(&home);
    }
    done
}

fn all(programs: &Programs, options: &Options, home: &Path) -> Result<bool, String> {
    let mut rows: BTreeMap<(String, Kind), Row> = BTreeMap::new();
    let (mut missed, mut findings, mut unsynced) = (0, Vec::new(), BTreeMap::new());
    for scene in scene::all(programs, home)? {
        if options.one("--scene").is_some_and(|name| name != scene.name) {
            continue;
        }
        let calls = scene.list(programs)?;
        let faults = choose(options, &scene, &calls)?;
        println!("{}: {} calls, {} cases", scene.name, calls.len(), faults.len());
        for (number, fault) in faults {
            let came = scene.play(programs, &fault)?;
            let row = rows.entry((fault.call.name.clone(), fault.kind)).or_default();
            if came == Came::Missed {
                missed += 1;
                continue;
            }
            row.cases += 1;
            match &came {
                Came::Sealed => row.sealed += 1,
                Came::Refused(_) => row.refused += 1,
                _ => row.died += 1,
            }
            let sync = ["fsync", "fdatasync", "syncfs"].contains(&fault.call.name.as_str());
            if came == Came::Sealed && sync && matches!(fault.kind, Kind::Eio | Kind::Enospc) {
                row.unsynced += 1;
                let place = format!("{}: {} {}", scene.name, fault.call.name, fault.call.file);
                *unsynced.entry(place).or_insert(0_u64) += 1;
            }
            for wrong in scene.judge(programs, &came) {
                row.wrong += 1;
                let Call { name, file, nth } = &fault.call;
                findings.push(format!(
                    "--scene {} --round {number}: {name} {nth} of {file}, {:?}: {wrong}",
                    scene.name, fault.kind
                ));
            }
        }
    }
    Ok(print(&rows, missed, &findings, &unsynced))
}

/// The cases of a scene, numbered; some of them by chance when there is a count.
fn choose(options: &Options, scene: &Scene, calls: &[Call]) -> Result<Vec<(usize, Fault)>, String> {
    let each = |call: &Call| kinds(&call.name).iter().map(|kind| (call.clone(), *kind)).collect();
    let pairs = calls.iter().flat_map(|call| -> Vec<(Call, Kind)> { each(call) });
    let mut cases: Vec<(usize, Fault)> =
        pairs.map(|(call, kind)| Fault { call, kind }).enumerate().collect();
    let word = |kind: Kind| format!("{kind:?}").to_lowercase();
    if let Some(name) = options.one("--call") {
        cases.retain(|(_, fault)| fault.call.name == name);
    }
    if let Some(name) = options.one("--error") {
        cases.retain(|(_, fault)| word(fault.kind) == name.to_lowercase());
    }
    if options.one("--round").is_some() {
        let wanted = options.number("--round", 0)?;
        cases.retain(|(number, _)| *number as u64 == wanted);
    } else if options.one("--count").is_some() {
        let count = usize::try_from(options.number("--count", 0)?).unwrap_or(usize::MAX);
        let mut chance = Chance::of(options.seed(), scene.name.len() as u64, 7);
        while cases.len() > count {
            let out = chance.below(cases.len() as u64);
            cases.swap_remove(usize::try_from(out).unwrap_or(0));
        }
    }
    Ok(cases)
}

fn print(
    rows: &BTreeMap<(String, Kind), Row>,
    missed: u64,
    findings: &[String],
    unsynced: &BTreeMap<String, u64>,
) -> bool {
    println!("call             fault   cases  sealed  refused  died  not held");
    let mut cases = 0;
    for ((name, kind), row) in rows {
        let (kind, Row { sealed, refused, died, wrong, .. }) = (format!("{kind:?}"), row);
        cases += row.cases;
        println!(
            "{name:<16} {kind:<7}{:>6} {sealed:>7} {refused:>8} {died:>5} {wrong:>9}",
            row.cases
        );
    }
    println!("{cases} cases; {missed} more whose call did not come again");
    for (place, count) in unsynced {
        println!("acknowledged though a sync failed, {count} times: {place}");
    }
    for finding in findings {
        println!("WRONG: {finding}");
    }
    println!("did not hold: {}", findings.len());
    findings.is_empty()
}
