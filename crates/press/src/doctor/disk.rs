//! Free room where the edition and its lock are written.

use super::{Line, Patient};
use ovn_store::survey::{self, Room};
use std::path::Path;

const PART: &str = "disk";
const MIB: u64 = 1 << 20;
/// Below this nothing big can be sealed any more.
const BAD: u64 = 64 * MIB;
/// Below this it is time to make room.
const LOOK: u64 = 1024 * MIB;
const ADVICE: &str = "make room: a full disk stops sealing, and reading goes on";

pub(super) fn lines(patient: &Patient<'_>) -> Vec<Line> {
    let own = line(patient.dir);
    let keys = patient.keys.exists().then(|| line(&patient.keys));
    let same = keys.as_ref().is_none_or(|keys| keys.level == own.level);
    if same { vec![own] } else { [Some(own), keys].into_iter().flatten().collect() }
}

fn line(path: &Path) -> Line {
    match survey::room(path) {
        Ok(room) => judge(path, room),
        Err(error) => Line::bad(PART, error.to_string(), "look whether the disk is there"),
    }
}

pub(super) fn judge(path: &Path, room: Room) -> Line {
    let percent = room.free.saturating_mul(100) / room.whole.max(1);
    let sentence = format!("{} MiB ({percent} %) are free at {}", room.free / MIB, path.display());
    match room.files {
        Some(files @ 0..1_000) => {
            let sentence = format!("only {files} more files can be made at {}", path.display());
            Line::bad(PART, sentence, ADVICE)
        }
        _ if room.free < BAD => Line::bad(PART, sentence, ADVICE),
        _ if room.free < LOOK => Line::look(PART, sentence, ADVICE),
        _ => Line::good(PART, sentence),
    }
}
