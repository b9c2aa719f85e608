//! The balance of the edition, counted from the record's own files and kept until the record grows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use ovn_desk::balance::{self, Balance, Piece, Step, Window};
use ovn_edition::commit::Bytes32;
use ovn_edition::leaf::{Id, Kind, Leaf};
use ovn_edition::sealed::Document;
use ovn_edition::{canon, hex};
use ovn_store::Reader;

use super::Inner;
use crate::{Error, checked};

/// Entries read at once.
const BATCH: u64 = 4096;

/// A balance with what it was counted from.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Entries of the record when it was counted.
    size: u64,
    /// The steps of the longest window.
    window: Vec<Step>,
    /// Articles of which something was removed in it: their documents may be replaced a moment after the entry.
    removed: BTreeSet<Id>,
    /// The window's steps and those that its corrections follow.
    steps: Vec<Step>,
    pieces: BTreeMap<Bytes32, Piece>,
    pub(super) balance: Balance,
}

impl Default for Tally {
    fn default() -> Self {
        let balance = balance::of(&[], &BTreeMap::new(), 0);
        let (window, removed, steps, pieces) = Default::default();
        Self { size: 0, window, removed, steps, pieces, balance }
    }
}

impl Tally {
    /// The windows of a language, the shortest first.
    pub(super) fn windows(&self, lang: &str) -> Vec<&Window> {
        self.balance.windows.iter().filter(|window| window.lang == lang).collect()
    }

    /// The numbers, in the one spelling that everybody's count has.
    pub(super) fn numbers(&self) -> Result<Vec<u8>, Error> {
        canon::of(&self.balance).map_err(|error| Error::Writing(error.to_string()))
    }

    /// The rows behind them.
    pub(super) fn rows(&self) -> String {
        balance::rows(&self.steps, &self.pieces, &self.balance)
    }
}

/// The balance as the published record gives it.
pub(super) fn of(inner: &Inner) -> Result<Arc<Tally>, Error> {
    let size = inner.reader.size()?;
    let known = Arc::clone(&inner.tally.lock().unwrap_or_else(PoisonError::into_inner));
    if known.size == size {
        return Ok(known);
    }
    let fresh = Arc::new(count(&inner.reader, size, &known)?);
    *inner.tally.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
    Ok(fresh)
}

/// Counts again; of what is known, only what the entries since then changed is read.
fn count(reader: &Reader, size: u64, known: &Tally) -> Result<Tally, Error> {
    let (mut window, mut removed, end) = fresh(reader, known.size, size, known.balance.end)?;
    let from = balance::before_all(end);
    removed.extend(&known.removed);
    window.extend(known.window.iter().filter(|step| step.at > from));
    let mut steps = window.clone();
    before(reader, &mut steps)?;
    let mut pieces = BTreeMap::new();
    let articles: BTreeMap<Bytes32, Id> =
        steps.iter().map(|step| (step.commit, step.article)).collect();
    for commit in balance::needed(&steps, end) {
        // A removal changes a document that was read before.
        let touched = articles.get(&commit).is_none_or(|article| removed.contains(article));
        let piece = match known.pieces.get(&commit).filter(|_| !touched) {
            Some(piece) => Some(piece.clone()),
            None => read(reader, &commit)?,
        };
        if let Some(piece) = piece {
            pieces.insert(commit, piece);
        }
    }
    let balance = balance::of(&steps, &pieces, end);
    Ok(Tally { size, window, removed, steps, pieces, balance })
}

fn read(reader: &Reader, commit: &Bytes32) -> Result<Option<Piece>, Error> {
    let path = ovn_store::document_file(commit);
    match reader.record_file(&path)? {
        Some(bytes) => {
            checked::document_file(&hex::encode(commit), &bytes)?;
            Ok(Piece::of(&Document::read(&bytes)?))
        }
        None => Ok(None),
    }
}

/// The steps of the entries after the first `known` that lie in the longest window, the articles with removals among
/// them, and the time of the last entry, which is not before `end`.
fn fresh(
    reader: &Reader,
    known: u64,
    size: u64,
    mut end: u64,
) -> Result<(Vec<Step>, BTreeSet<Id>, u64), Error> {
    let mut steps = Vec::new();
    let mut removed = BTreeSet::new();
    let mut from = size;
    'record: while from > known {
        let to = from;
        from = from.saturating_sub(BATCH).max(known);
        let count = usize::try_from(to - from).unwrap_or_default();
        for leaf in reader.leaves(from, count)?.iter().rev() {
            let leaf = Leaf::read(leaf)?;
            end = end.max(leaf.at);
            if leaf.at <= balance::before_all(end) {
                break 'record;
            }
            if let (Kind::Removal, Some(step)) = (leaf.kind, &leaf.article) {
                removed.insert(step.id);
            }
            steps.extend(Step::of(&leaf));
        }
    }
    Ok((steps, removed, end))
}

/// Adds the revisions that corrections follow and that lie before the window.
fn before(reader: &Reader, steps: &mut Vec<Step>) -> Result<(), Error> {
    let known: BTreeSet<(Id, u32)> = steps.iter().map(|step| (step.article, step.rev)).collect();
    let lost = steps.iter().filter(|step| {
        step.kind == Kind::Correction
            && !known.contains(&(step.article, step.rev.saturating_sub(1)))
    });
    let articles: BTreeSet<Id> = lost.map(|step| step.article).collect();
    for article in articles {
        for revision in reader.revisions(&article)? {
            if !known.contains(&(article, revision.rev)) {
                steps.extend(Step::of(&Leaf::read(&revision.leaf)?));
            }
        }
    }
    Ok(())
}
