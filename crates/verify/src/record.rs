//! Is a whole record right? Every entry, every tile, every article's chain and every document.

use crate::{Report, Verdict};
use ovn_edition::{
    commit::Bytes32,
    hex,
    leaf::{Id, Kind, Leaf},
    sealed::{Document, outline},
};
use ovn_tlog::{VerifierKey, audit};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A record to check: tiles, bundles and checkpoint, and the documents that its entries commit to.
pub trait Record: audit::RecordReader {
    /// The bytes at `/record/document/<commit>.json`; `None` when there are none.
    fn document(&self, commit: &Bytes32) -> Option<Vec<u8>>;

    /// SHA-256 of the bytes at `/record/blob/<sha256>`; `None` when there are none.
    fn blob_digest(&self, sha256: &str) -> Option<Bytes32>;
}

/// What a record that was checked holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries.
    pub entries: u64,
    /// Documents that match their entries.
    pub documents: u64,
    /// Entries with each article's identity, in order: number, leaf.
    pub leaves: Vec<(u64, Leaf)>,
    /// The revisions from which an entry discloses that something was removed.
    removals: HashSet<(Id, u32)>,
}

struct Walk<'a> {
    report: Report,
    origin: &'a str,
    last: HashMap<Id, (u32, Bytes32)>,
    at: u64,
    leaves: Vec<(u64, Leaf)>,
}

/// Checks a whole record under the log's `key`.
pub fn record<R: Record + ?Sized>(record: &R, key: &VerifierKey) -> (Report, Summary) {
    let (mut report, mut summary) = entries(record, key);
    let whole = 0..summary.leaves.len();
    let part = documents(record, &summary, whole);
    conclude(&mut report, &mut summary, vec![part]);
    (report, summary)
}

/// The first half of [`record`]: every entry, every tile and every article's chain, without the documents.
pub fn entries<R: Record + ?Sized>(record: &R, key: &VerifierKey) -> (Report, Summary) {
    let mut walk = Walk {
        report: Report::default(),
        origin: key.name(),
        last: HashMap::new(),
        at: 0,
        leaves: Vec::new(),
    };
    let outcome = audit::audit(record, key, |index, bytes| walk.entry(index, bytes));
    let Walk { mut report, leaves, .. } = walk;
    let checked = match outcome {
        Ok(checked) => checked,
        Err(error) => {
            report.fail(
                "tree",
                Verdict::Inconsistent,
                format!("The record does not hold: {error}."),
            );
            return (report, Summary::default());
        }
    };
    let entries = checked.checkpoint.size();
    report.pass(
        "tree",
        format!("All {entries} entries and the tiles over them give the root that the key signed."),
    );
    let removed = leaves.iter().filter(|(_, leaf)| leaf.kind == Kind::Removal);
    let removals = removed.filter_map(|(_, leaf)| Some((leaf.article?.id, leaf.article?.rev)));
    let removals = removals.collect();
    (report, Summary { entries, documents: 0, leaves, removals })
}

/// The second half of [`record`], for some of the entries, by their places in `summary`: whether their documents are
/// those that they commit to. Parts can be looked at in any order and side by side; [`conclude`] takes all of them.
pub fn documents<R: Record + ?Sized>(
    record: &R,
    summary: &Summary,
    part: Range<usize>,
) -> (Report, u64) {
    let (mut report, mut good) = (Report::default(), 0);
    for (index, leaf) in summary.leaves.get(part).unwrap_or_default() {
        let disclosed =
            leaf.article.is_some_and(|step| summary.removals.contains(&(step.id, step.rev)));
        if check_document(&mut report, record, *index, leaf, disclosed) {
            good += 1;
        }
    }
    (report, good)
}

/// Adds what [`documents`] found in all parts, in their order, to what [`entries`] found.
pub fn conclude(report: &mut Report, summary: &mut Summary, parts: Vec<(Report, u64)>) {
    if summary.leaves.is_empty() && !report.verdict.good() {
        return;
    }
    let all_good = parts.iter().all(|(part, _)| part.checks.iter().all(|check| check.passed));
    for (part, good) in parts {
        summary.documents += good;
        report.absorb(part);
    }
    if all_good {
        let good = summary.documents;
        let sentence = format!("All {good} documents are those that their entries commit to.");
        report.pass("documents", sentence);
    }
}

impl Walk<'_> {
    fn entry(&mut self, index: u64, bytes: &[u8]) {
        let leaf = match Leaf::read(bytes) {
            Ok(leaf) => leaf,
            Err(error) => {
                let sentence =
                    format!("Entry {index} is no entry of this kind of record: {error}.");
                return self.report.fail("entry", Verdict::Inconsistent, sentence);
            }
        };
        if let Some(why) = self.fault(index, &leaf) {
            self.report.fail("chain", Verdict::Inconsistent, format!("Entry {index} {why}."));
        }
        self.at = self.at.max(leaf.at);
        if let Some(step) = &leaf.article {
            // A removal repeats the number of an earlier revision; the chain's count goes on from the newest.
            let newest = self.last.get(&step.id).map_or(step.rev, |(rev, _)| step.rev.max(*rev));
            self.last.insert(step.id, (newest, Leaf::hash(bytes)));
        }
        self.leaves.push((index, leaf));
    }

    fn fault(&self, index: u64, leaf: &Leaf) -> Option<&'static str> {
        if leaf.log != self.origin {
            return Some("was made for another log");
        }
        if (index == 0) != (leaf.kind == Kind::Genesis) {
            return Some("breaks the rule that genesis comes first and once");
        }
        if leaf.at < self.at {
            return Some("is dated before an entry that precedes it");
        }
        let Some(step) = &leaf.article else { return None };
        let before = self.last.get(&step.id);
        let follows = match (before, leaf.kind) {
            (None, _) => step.rev == 1 && step.prev.is_none(),
            (Some((rev, hash)), Kind::Removal) => step.rev <= *rev && step.prev == Some(*hash),
            (Some((rev, hash)), _) => step.rev == rev + 1 && step.prev == Some(*hash),
        };
        (!follows).then_some("does not follow its article's entry before")
    }
}

fn check_document<R: Record + ?Sized>(
    report: &mut Report,
    record: &R,
    index: u64,
    leaf: &Leaf,
    disclosed: bool,
) -> bool {
    let fault = |report: &mut Report, verdict, why: String| {
        report.fail("document", verdict, format!("The document of entry {index} {why}."));
        false
    };
    let Some(bytes) = record.document(&leaf.commit) else {
        return fault(report, Verdict::Inconsistent, "is missing".into());
    };
    // The quick look is exact where it answers; where it does not, the whole reading says what is wrong.
    let quick = outline(&bytes).filter(|outline| outline.commit == leaf.commit);
    let (removed, named) = match &quick {
        Some(outline) => {
            // Most blocks name no digest, and only those that have such a key are read.
            let may =
                outline.values.iter().filter(|value| KEYS.iter().any(|key| value.contains(key)));
            let values = may.filter_map(|value| serde_json::from_str(value).ok());
            (outline.removed > 0, values.flat_map(|value| owned(&value)).collect())
        }
        None => match slow(&bytes, leaf) {
            Ok(found) => found,
            Err((verdict, why)) => return fault(report, verdict, why),
        },
    };
    if removed && !disclosed {
        let why = "lacks blocks and no entry of the record discloses a removal";
        return fault(report, Verdict::Inconsistent, why.into());
    }
    for digest in named {
        let found = record.blob_digest(&digest);
        if found.as_ref().map(|bytes| hex::encode(bytes)).as_deref() != Some(&digest) {
            let why = format!("names an archived copy, {digest}, that is missing or changed");
            return fault(report, Verdict::Differs, why);
        }
    }
    true
}

/// The keys under which [`digests`] looks, as a canonical document spells them.
const KEYS: [&str; 2] = ["\"sha256\":", "\"snapshot\":"];

fn owned(value: &serde_json::Value) -> Vec<String> {
    digests(value).map(str::to_owned).collect()
}

/// Reads a document whole: whether it lacks blocks, and the digests that it names.
fn slow(bytes: &[u8], leaf: &Leaf) -> Result<(bool, Vec<String>), (Verdict, String)> {
    let document = Document::read(bytes)
        .map_err(|error| (Verdict::Damaged, format!("cannot be read: {error}")))?;
    if document.commit().ok() != Some(leaf.commit) {
        return Err((Verdict::Differs, "is not the one that was sealed".into()));
    }
    let removed = document.blocks.iter().any(|block| block.open().is_none());
    let open = document.blocks.iter().filter_map(|block| block.open());
    Ok((removed, open.flat_map(|(_, value)| owned(value)).collect()))
}

/// The digests of archived bytes that a block names: a snapshot's or picture's `sha256`, those of its renditions, a
/// source's `custom.snapshot`.
pub fn digests(value: &serde_json::Value) -> impl Iterator<Item = &str> {
    let own = value.get("sha256");
    let source = value.get("custom").and_then(|custom| custom.get("snapshot"));
    let renditions = value.get("renditions").and_then(serde_json::Value::as_array);
    let renditions = renditions.into_iter().flatten().filter_map(|one| one.get("sha256"));
    [own, source].into_iter().flatten().chain(renditions).filter_map(serde_json::Value::as_str)
}

/// The entries of `article` after entry number `entry`: what took its place, or took from it.
#[must_use]
pub fn later<'a>(summary: &'a Summary, article: &Id, entry: u64) -> Vec<&'a (u64, Leaf)> {
    let same = |leaf: &Leaf| leaf.article.is_some_and(|step| step.id == *article);
    summary.leaves.iter().filter(|(index, leaf)| *index > entry && same(leaf)).collect()
}
