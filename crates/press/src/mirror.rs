//! Mirror an edition: copy its record, check every byte of the copy, and notice a record that was rewritten.

use crate::copy::{self, Copy, document_path};
use ovn_edition::{
    hex,
    leaf::{Id, Kind, Leaf},
    sealed::Document,
};
use ovn_store::Folder;
use ovn_tlog::{Checkpoint, TileHashes, VerifierKey, audit, tile};
use ovn_verify::{Report, continuity, record};
use std::collections::HashSet;

/// What became of a mirroring.
#[derive(Debug)]
pub struct Mirrored {
    /// What the checks found over the finished copy.
    pub report: Report,
    /// Entries in the copy.
    pub entries: u64,
    /// Files that were fetched.
    pub files: u64,
}

/// Why a mirror was not made. What was copied before stays and the next run goes on from it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Something could not be had from the source.
    #[error(transparent)]
    Copy(#[from] copy::Error),
    /// Something could not be written.
    #[error("the mirror could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The source's record does not hold.
    #[error("the source's record does not hold: {0}")]
    Record(String),
    /// The source lacks a file that its record needs.
    #[error("the source has no {0}, which its record needs")]
    Missing(String),
}

/// Copies the record at `source` into `target` under `key`, telling `progress` how many of how many entries are done.
///
/// A record that does not extend the one in `target` is not copied over it: the report says so, and both checkpoints
/// are kept in `target` as evidence.
///
/// # Errors
/// When the source cannot be reached, lacks something, or the folder cannot be written.
pub fn copy(
    source: &Copy,
    target: &Folder,
    key: &VerifierKey,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Mirrored, Error> {
    let note = need(source, "record/checkpoint")?;
    let checkpoint =
        Checkpoint::open(&note, key).map_err(|error| Error::Record(error.to_string()))?;
    if let Some(report) = broken(source, target, &note, &checkpoint, key)? {
        return Ok(Mirrored { report, entries: 0, files: 0 });
    }
    let mut files = 0;
    let paths = tile::each_tile_for_growth(0, checkpoint.size())
        .map_err(|error| Error::Record(error.to_string()))?;
    for path in paths {
        files += u64::from(bring(source, target, &format!("record/{path}"))?);
    }
    target.replace("record/vkey", format!("{key}\n").as_bytes())?;
    let leaves = leaves(target, &checkpoint)?;
    let removals = leaves.iter().filter(|leaf| leaf.kind == Kind::Removal);
    let shrunk: HashSet<(Id, u32)> =
        removals.filter_map(|leaf| leaf.article).map(|step| (step.id, step.rev)).collect();
    for (done, leaf) in (1..).zip(&leaves) {
        let shrunk = leaf.article.is_some_and(|step| shrunk.contains(&(step.id, step.rev)));
        files += bring_document(source, target, leaf, shrunk)?;
        progress(done, checkpoint.size());
    }
    // The checkpoint goes last, so that what it covers is always there.
    target.replace("record/checkpoint", &note)?;
    let (report, summary) = record(&Copy::Folder(target.clone()), key);
    Ok(Mirrored { report, entries: summary.entries, files })
}

fn broken(
    source: &Copy,
    target: &Folder,
    note: &[u8],
    checkpoint: &Checkpoint,
    key: &VerifierKey,
) -> Result<Option<Report>, Error> {
    let Some(before) = target.read("record/checkpoint")? else { return Ok(None) };
    let seen = Checkpoint::open(&before, key).map_or(0, |seen| seen.size());
    let report = if seen > checkpoint.size() {
        let ours = Copy::Folder(target.clone());
        continuity(&before, note, &TileHashes::new(&ours, seen), key)
    } else {
        continuity(&before, note, &TileHashes::new(source, checkpoint.size()), key)
    };
    if report.verdict.good() {
        return Ok(None);
    }
    target.replace("evidence/checkpoint-before", &before)?;
    target.replace("evidence/checkpoint-now", note)?;
    Ok(Some(report))
}

fn leaves(target: &Folder, checkpoint: &Checkpoint) -> Result<Vec<Leaf>, Error> {
    let copy = Copy::Folder(target.clone());
    let mut leaves = Vec::new();
    let mut wrong = None;
    audit::audit_at(&copy, checkpoint, |_, bytes| match Leaf::read(bytes) {
        Ok(leaf) => leaves.push(leaf),
        Err(error) => wrong = Some(error),
    })
    .map_err(|error| Error::Record(error.to_string()))?;
    wrong.map_or(Ok(leaves), |error| Err(Error::Record(error.to_string())))
}

/// Brings the document of one entry, fresh if parts of it were removed since, and the archived copies that it names.
fn bring_document(source: &Copy, target: &Folder, leaf: &Leaf, shrunk: bool) -> Result<u64, Error> {
    let path = document_path(&leaf.commit);
    let mut files = if shrunk {
        target.replace(&path, &need(source, &path)?)?;
        1
    } else {
        u64::from(bring(source, target, &path)?)
    };
    let bytes = target.read(&path)?.unwrap_or_default();
    let document = Document::read(&bytes).map_err(|error| Error::Record(error.to_string()))?;
    for (_, value) in document.blocks.iter().filter_map(|block| block.open()) {
        for digest in ovn_verify::digests(value).filter_map(hex::decode::<32>) {
            let path = format!("record/blob/{}", hex::encode(&digest));
            files += u64::from(bring(source, target, &path)?);
        }
    }
    Ok(files)
}

fn bring(source: &Copy, target: &Folder, path: &str) -> Result<bool, Error> {
    if target.read(path)?.is_some() {
        return Ok(false);
    }
    target.replace(path, &need(source, path)?)?;
    Ok(true)
}

fn need(source: &Copy, path: &str) -> Result<Vec<u8>, Error> {
    source.get(path)?.ok_or_else(|| Error::Missing(path.to_owned()))
}
