//! Check anything of an edition: an address, a folder, a saved page.
//!
//! Fetches what is needed, then asks [`ovn_verify`]; nothing is believed because the server says it.

use crate::copy::{self, Copy, split_url};
use crate::many;
use ovn_edition::leaf::Kind;
use ovn_store::Folder;
use ovn_tlog::{Checkpoint, TileHashes, VerifierKey, audit::RecordReader};
use ovn_verify::{
    Report, Sealed, Summary, Verdict, article, conclude, continuity, documents, entries, later,
    record, shown,
};

/// How to check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The log's key, known from elsewhere; otherwise the copy's own statement is used and the report says so.
    pub key: Option<VerifierKey>,
    /// Where the checkpoints seen before are kept, one folder a log; `None` remembers nothing.
    pub memory: Option<Folder>,
}

/// Why no answer was possible.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The copy could not be read.
    #[error(transparent)]
    Copy(#[from] copy::Error),
    /// What was seen could not be remembered.
    #[error("the memory of checkpoints could not be used: {0}")]
    Memory(#[from] std::io::Error),
    /// Something that the check needs is not there.
    #[error("{0}")]
    Missing(String),
}

/// A saved page with the two files that prove it.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The page.
    pub html: Option<Vec<u8>>,
    /// The sealed document.
    pub document: Vec<u8>,
    /// Its `.tlog-proof`.
    pub proof: Vec<u8>,
}

/// Checks what is at `address`: an article's page with its seal and its place in the record, or, for any other page of
/// the site, the whole record.
///
/// # Errors
/// When something could not be fetched, so that there is no answer.
pub fn address(address: &str, options: &Options) -> Result<Report, Error> {
    let copy = Copy::at(address);
    let (_, path) = split_url(address).unwrap_or_default();
    let path = path.trim_matches('/');
    let Some(saved) = companion(&copy, path)? else { return whole(&copy, options) };
    let (mut report, key) = choose_key(&copy, options)?;
    let (found, sealed) = one(&saved, &key);
    report.absorb(found);
    let (in_record, summary) = record_and_memory(&copy, &key, options)?;
    report.absorb(in_record);
    if let Some(sealed) = sealed {
        place(&mut report, &sealed, path, &summary);
    }
    Ok(report)
}

/// Checks a whole record, on the web or in a folder.
///
/// # Errors
/// When it could not be read, so that there is no answer.
pub fn whole(copy: &Copy, options: &Options) -> Result<Report, Error> {
    let (mut report, key) = choose_key(copy, options)?;
    let (found, _) = record_and_memory(copy, &key, options)?;
    report.absorb(found);
    Ok(report)
}

/// Checks a page saved to disk, with its document and proof, without any network.
#[must_use]
pub fn saved(saved: &Saved, key: &VerifierKey) -> Report {
    let (mut report, _) = one(saved, key);
    report.pass(
        "later revisions",
        "Whether a later revision exists can't be told without the record; check the address for that.",
    );
    report
}

pub(crate) fn one(saved: &Saved, key: &VerifierKey) -> (Report, Option<Sealed>) {
    match &saved.html {
        Some(html) => shown(html, &saved.document, &saved.proof, key),
        None => article(&saved.document, &saved.proof, key),
    }
}

pub(crate) fn companion(copy: &Copy, path: &str) -> Result<Option<Saved>, Error> {
    if path.is_empty() {
        return Ok(None);
    }
    let (Some(document), Some(proof)) =
        (copy.get(&format!("{path}.json"))?, copy.get(&format!("{path}.tlog-proof"))?)
    else {
        if path.starts_with("record") {
            return Ok(None);
        }
        return Err(Error::Missing(format!(
            "/{path} has no sealed document and proof beside it (/{path}.json, /{path}.tlog-proof); \
             give the address of an article, or of the site to check its whole record"
        )));
    };
    Ok(Some(Saved { html: copy.get(path)?, document, proof }))
}

fn choose_key(copy: &Copy, options: &Options) -> Result<(Report, VerifierKey), Error> {
    let mut report = Report::default();
    if let Some(key) = &options.key {
        report.pass("key", format!("The key of {} is the one that you gave.", key.name()));
        return Ok((report, key.clone()));
    }
    let key = copy.key()?;
    let sentence = format!(
        "The key of {} was taken from the copy itself; to trust nothing that it says, give the key with --key.",
        key.name()
    );
    report.pass("key", sentence);
    Ok((report, key))
}

/// Entries that are worth a part of their own.
const PART: usize = 512;

/// As [`ovn_verify::record`], the documents of a copy on a disk on all cores.
fn side_by_side(copy: &Copy, key: &VerifierKey) -> (Report, Summary) {
    if matches!(copy, Copy::Web { .. }) {
        return record(copy, key);
    }
    let (mut report, mut summary) = entries(copy, key);
    let count = summary.leaves.len();
    let places: Vec<usize> = (0..count).step_by(PART).collect();
    let parts =
        many::each(&places, |first| documents(copy, &summary, *first..count.min(first + PART)));
    conclude(&mut report, &mut summary, parts);
    (report, summary)
}

fn record_and_memory(
    copy: &Copy,
    key: &VerifierKey,
    options: &Options,
) -> Result<(Report, Summary), Error> {
    let (mut report, summary) = side_by_side(copy, key);
    let Some(memory) = &options.memory else { return Ok((report, summary)) };
    let Ok(note) = copy.checkpoint() else { return Ok((report, summary)) };
    let Ok(now) = Checkpoint::open(&note, key) else { return Ok((report, summary)) };
    let name = key.to_string().replace(['/', '+'], "_");
    let seen = memory.read(&format!("{name}/checkpoint"))?;
    if let Some(seen) = seen {
        let size = Checkpoint::open(&seen, key).map_or(0, |seen| seen.size());
        let found = continuity(&seen, &note, &TileHashes::new(copy, now.size().max(size)), key);
        if !found.verdict.good() {
            memory.replace(&format!("{name}/evidence-before"), &seen)?;
            memory.replace(&format!("{name}/evidence-now"), &note)?;
            let kept = memory.root().join(&name);
            report
                .difference
                .push(format!("both signed checkpoints are kept in {}", kept.display()));
        }
        report.absorb(found);
    }
    if report.verdict.good() {
        memory.replace(&format!("{name}/checkpoint"), &note)?;
    }
    Ok((report, summary))
}

/// Whether the article is read at the address that was sealed, and whether the record knows something later of it.
fn place(report: &mut Report, sealed: &Sealed, path: &str, summary: &Summary) {
    let own = sealed.place.path.trim_matches('/');
    if path == own || path.strip_prefix(own).is_some_and(|rest| rest.starts_with("/r")) {
        report.pass("address", "It stands at the address that was sealed.");
    } else {
        let sentence = format!("It was sealed for the address /{own}, not for this one.");
        report.fail("address", Verdict::Differs, sentence);
    }
    let Some(step) = sealed.leaf.article else { return };
    let later = later(summary, &step.id, sealed.entry);
    if let Some((entry, leaf)) = later.iter().rev().find(|(_, leaf)| leaf.kind != Kind::Removal) {
        let rev = leaf.article.map_or(0, |step| step.rev);
        report.note(
            "later revisions",
            Verdict::Superseded,
            format!("Entry {entry} is revision {rev} of this article, a {}.", leaf.kind.word()),
        );
    } else {
        report.pass("later revisions", "The record has no later revision of this article.");
    }
}
