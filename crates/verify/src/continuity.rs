//! Does the record that is shown now extend the one that was seen before?

use crate::{Report, Verdict};
use ovn_tlog::{Checkpoint, HashReader, MerkleError, VerifierKey, merkle};

/// Compares a checkpoint seen `before` with the one seen `now`, both as signed notes. `tiles` must answer for the tree
/// of the larger one; their hashes are checked against the signed roots and need not be trusted.
///
/// When the verdict is [`Verdict::Inconsistent`], the two notes together are portable evidence: one key signed both.
#[must_use]
pub fn continuity<R: HashReader + ?Sized>(
    before: &[u8],
    now: &[u8],
    tiles: &R,
    key: &VerifierKey,
) -> Report {
    let (before, now) = match (Checkpoint::open(before, key), Checkpoint::open(now, key)) {
        (Ok(before), Ok(now)) => (before, now),
        (before, now) => {
            let kept = before.err().map(|error| ("checkpoint kept from before", error));
            let why = kept.or_else(|| now.err().map(|error| ("record's checkpoint", error)));
            let said = why.map(|(which, error)| format!("The {which} cannot be used: {error}."));
            return failed(Verdict::Damaged, said.unwrap_or_default());
        }
    };
    let mut report = Report::default();
    let (small, large) =
        if before.size() <= now.size() { (&before, &now) } else { (&now, &before) };
    let fork = |sentence: String| failed(Verdict::Inconsistent, sentence);
    if small.size() == large.size() {
        if small.root() != large.root() {
            return fork(format!("Two different records of size {} were signed.", small.size()));
        }
        report.pass("continuity", "The record is the one that was seen before.");
        return report;
    }
    let extends = merkle::consistency_proof(tiles, small.size(), large.size()).and_then(|proof| {
        merkle::verify_consistency(small.size(), large.size(), small.root(), large.root(), &proof)
    });
    match extends {
        // A copy of the smaller tree has no tiles of the larger one, so it can't show that it grows into that.
        Err(MerkleError::MissingHash { .. }) if now.size() < before.size() => {
            failed(Verdict::Behind, behind(&before, &now, "can't be told from this copy"))
        }
        Err(error) => fork(format!(
            "The record of size {} does not extend the one of size {} that was seen: {error}.",
            large.size(),
            small.size()
        )),
        Ok(()) if now.size() < before.size() => {
            failed(Verdict::Behind, behind(&before, &now, "was checked: they are"))
        }
        Ok(()) => {
            let grown = now.size() - before.size();
            let sentence = format!("The record extends the one seen before by {grown} entries.");
            report.pass("continuity", sentence);
            report
        }
    }
}

fn failed(verdict: Verdict, sentence: String) -> Report {
    let mut report = Report::default();
    report.fail("continuity", verdict, sentence);
    report
}

fn behind(before: &Checkpoint, now: &Checkpoint, told: &str) -> String {
    let (now, before) = (now.size(), before.size());
    format!(
        "The record shown now has {now} entries, and {before} were seen before: this copy is not up to date, or entries \
         were taken back. Whether its entries are the first {now} of those {told}."
    )
}
