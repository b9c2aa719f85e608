//! An edition's balance counted again from a copy of its record, and compared with what the copy says of itself.

use crate::{
    check::Error,
    copy::{Copy, document_path},
};
use ovn_desk::balance::{self, Balance, Piece, Step};
use ovn_edition::{canon, commit::Bytes32, sealed::Document};
use ovn_tlog::VerifierKey;
use ovn_verify::{Report, Verdict, record};
use std::collections::BTreeMap;

/// A balance that was counted from a checked record.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What the check of the record said, and whether the copy's own numbers are these.
    pub report: Report,
    /// The numbers.
    pub balance: Balance,
    /// Their canonical bytes.
    pub bytes: Vec<u8>,
    /// The rows behind them, CSV.
    pub rows: String,
}

/// Checks the record at `copy` under `key`, counts its balance, and compares it byte for byte with the copy's own
/// `balance.json`, where it has one.
///
/// # Errors
/// When the record could not be read, so that there is nothing to count.
pub fn again(copy: &Copy, key: &VerifierKey) -> Result<Counted, Error> {
    let (mut report, summary) = record(copy, key);
    let end = summary.leaves.iter().map(|(_, leaf)| leaf.at).max().unwrap_or(0);
    let steps: Vec<Step> = summary.leaves.iter().filter_map(|(_, leaf)| Step::of(leaf)).collect();
    let mut pieces = BTreeMap::new();
    for commit in balance::needed(&steps, end) {
        if let Some(piece) = piece(copy, &commit)? {
            pieces.insert(commit, piece);
        }
    }
    let balance = balance::of(&steps, &pieces, end);
    let bytes = canon::of(&balance).map_err(|error| Error::Missing(error.to_string()))?;
    compare(&mut report, copy.get("balance.json")?.as_deref(), &bytes);
    let rows = balance::rows(&steps, &pieces, &balance);
    Ok(Counted { report, balance, bytes, rows })
}

/// What the document with this commitment adds; the record's check has compared it with its entry.
fn piece(copy: &Copy, commit: &Bytes32) -> Result<Option<Piece>, Error> {
    let Some(bytes) = copy.get(&document_path(commit))? else { return Ok(None) };
    let document = Document::read(&bytes).map_err(|error| Error::Missing(error.to_string()))?;
    Ok(Piece::of(&document))
}

fn compare(report: &mut Report, stated: Option<&[u8]>, counted: &[u8]) {
    match stated {
        Some(stated) if stated == counted => {
            report.pass("balance", "The numbers that it states are those that its record gives.");
        }
        Some(_) => {
            report.fail(
                "balance",
                Verdict::Differs,
                "The numbers that it states are not those that its record gives.".to_owned(),
            );
        }
        None => report.pass(
            "balance",
            "The copy states no numbers of its own; these are counted from its record.",
        ),
    }
}
