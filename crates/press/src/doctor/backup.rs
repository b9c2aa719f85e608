//! How old the last backup is.

use super::{Line, Patient, span};
use crate::stamp::Stamp;

const PART: &str = "backup";
/// A backup older than this is worth a look: two days, so that a nightly one that failed once is told.
const LOOK: u64 = 48 * 3_600;
/// One older than this is none: two weeks.
const BAD: u64 = 14 * 24 * 3_600;

pub(super) fn line(patient: &Patient<'_>) -> Line {
    let advice = format!("ovn backup {} TO, every night", patient.dir.display());
    let stamp = match Stamp::read(&patient.keys) {
        Err(error) => {
            return Line::look(PART, format!("backup.json can't be read: {error}"), advice);
        }
        Ok(None) => return Line::look(PART, "no backup of this edition is known here", advice),
        Ok(Some(stamp)) => stamp,
    };
    let age = patient.now.saturating_sub(stamp.at) / 1_000;
    let sentence =
        format!("the last backup is {} old, of {} entries, in {}", span(age), stamp.size, stamp.to);
    match age {
        0..LOOK => Line::good(PART, sentence),
        LOOK..BAD => Line::look(PART, sentence, advice),
        _ => Line::bad(PART, sentence, advice),
    }
}
