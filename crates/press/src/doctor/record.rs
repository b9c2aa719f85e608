//! Lock, tree and clock: what is signed, what is here, and whether the next entry can follow.

use super::{Line, Patient, span};
use crate::keys::{self, Keys};
use crate::seal::{agree, refused};
use ovn_store::{Files, Lock, Reader, State};
use ovn_tlog::{Checkpoint, Frontier, VerifierKey, empty_root};
use std::time::Duration;

/// How often lock and database are read, while an edition at work is between the two.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

pub(super) fn lines(patient: &Patient<'_>, reader: &Reader) -> Vec<Line> {
    let seen = match look(patient, reader) {
        Ok(seen) => seen,
        Err(error) => {
            return vec![Line::bad(
                "record",
                error,
                "restore the edition, or catch up from a mirror",
            )];
        }
    };
    let key = match key(patient, reader) {
        Ok(key) => key,
        Err(sentence) => {
            return vec![Line::bad("record", sentence, "bring back record/vkey from a mirror")];
        }
    };
    let right = patient.settings.clock_right_on.as_deref();
    let mut found = vec![clock(patient.now, seen.state.at, right), lock(&seen, &key)];
    found.push(record(patient, &seen, &key));
    found
}

/// What lock and database say of the same moment.
struct Seen {
    state: State,
    held: Option<Vec<u8>>,
    staged: u64,
}

/// Reads both, again while a seal is between the two.
fn look(patient: &Patient<'_>, reader: &Reader) -> Result<Seen, String> {
    let mut tries = 0;
    loop {
        let state = reader.state().map_err(|error| error.to_string())?;
        let held =
            Lock::seen(&patient.keys, patient.settings).map_err(|error| error.to_string())?;
        let staged = reader.staged().map_err(|error| error.to_string())?;
        tries += 1;
        if held.as_deref().unwrap_or_default() == state.checkpoint || tries == TRIES {
            return Ok(Seen { state, held, staged });
        }
        std::thread::sleep(PAUSE);
    }
}

/// The key that signs here, or the one that the record states where there is none.
fn key(patient: &Patient<'_>, reader: &Reader) -> Result<VerifierKey, String> {
    if let Ok(keys) = Keys::read(&patient.keys, &patient.settings.origin) {
        return Ok(keys.verifier().clone());
    }
    let bytes = reader.record_file("vkey").map_err(|error| error.to_string())?;
    keys::stated(bytes.as_deref())
}

/// What `now` is to the `last` entry, ms, when the operator says that the clock was right on the day `right`.
pub(super) fn clock(now: u64, last: u64, right: Option<&str>) -> Line {
    let (age, side) = (now.abs_diff(last) / 1_000, if now < last { "behind" } else { "after" });
    let sentence = format!("the clock is {} {side} the last sealed entry", span(age));
    let advice = "set the clock, and let chrony or systemd-timesyncd keep it";
    if refused(now, last, right) {
        let sentence = format!("{sentence}, and sealing is refused");
        Line::bad("clock", sentence, format!("{advice}; if it is right, set OVN_CLOCK_RIGHT_ON"))
    } else if now < last {
        Line::look("clock", sentence, advice)
    } else {
        Line::good("clock", sentence)
    }
}

fn lock(seen: &Seen, key: &VerifierKey) -> Line {
    let root = match opened(&seen.state.checkpoint, key, "the published checkpoint") {
        Ok(published) => published.map_or(empty_root(), |published| *published.root()),
        Err(sentence) => return Line::bad("lock", sentence, KEY),
    };
    let held = seen.held.as_deref().unwrap_or_default();
    let size = seen.state.size;
    match opened(held, key, "the lock") {
        Err(sentence) => Line::bad("lock", sentence, KEY),
        Ok(None) if size == 0 => Line::good("lock", "nothing was signed yet"),
        Ok(None) => Line::bad(
            "lock",
            format!("{size} entries are published and the key folder has no lock"),
            "bring back the folder that the keys were in; a copy without it must not sign",
        ),
        Ok(Some(locked)) if seen.staged > 0 && locked.size() == size + seen.staged => {
            let sentence = format!("{} entries are signed and not shown yet", seen.staged);
            let advice = "start the newsroom again, or publish anything: it finishes them first";
            Line::look("lock", sentence, advice)
        }
        Ok(Some(locked)) => match agree(&locked, size, &root) {
            Ok(()) => Line::good("lock", format!("lock and database agree on {size} entries")),
            Err(sentence) => Line::bad("lock", format!("sealing is refused: {sentence}"), ""),
        },
    }
}

const KEY: &str = "bring back the key that it was signed with, or set `origin` to what it was";

fn opened(bytes: &[u8], key: &VerifierKey, what: &str) -> Result<Option<Checkpoint>, String> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let opened = Checkpoint::open(bytes, key);
    opened.map(Some).map_err(|error| format!("{what} is not signed with this key: {error}"))
}

/// The published checkpoint against the tiles at the tree's edge and the checkpoint's own file.
fn record(patient: &Patient<'_>, seen: &Seen, key: &VerifierKey) -> Line {
    let damaged = |sentence: String| {
        let advice = "`ovn doctor --deep` finds every damaged file; bring them back from a mirror or a backup";
        Line::bad("record", sentence, advice)
    };
    let files = match Files::at(patient.dir, patient.settings) {
        Ok(files) => files,
        Err(error) => return damaged(error.to_string()),
    };
    let published = match opened(&seen.state.checkpoint, key, "the published checkpoint") {
        Err(sentence) => return Line::bad("record", sentence, KEY),
        Ok(None) => {
            return Line::look("record", "it has no entry yet", "publish the first article");
        }
        Ok(Some(published)) => published,
    };
    if published.size() != seen.state.size {
        return damaged(format!(
            "the database has {} entries and its checkpoint {}",
            seen.state.size,
            published.size()
        ));
    }
    match Frontier::load(&files, published.size()) {
        Err(error) => return damaged(format!("the last tiles can't be read: {error}")),
        Ok(edge) if edge.root() != *published.root() => {
            return damaged("the last tiles are not those that were signed".into());
        }
        Ok(_) => {}
    }
    match files.read("checkpoint") {
        Ok(Some(bytes)) if bytes == seen.state.checkpoint => Line::good(
            "record",
            format!(
                "the signature over {} entries is good, and the last tiles give its root",
                published.size()
            ),
        ),
        // A seal may have gone on since; the next start writes it again in any case.
        Ok(_) => Line::look(
            "record",
            "record/checkpoint is not the published one",
            "run the doctor again; if it stays so, publish anything, which writes it again",
        ),
        Err(error) => damaged(error.to_string()),
    }
}
