//! Telling an edition's rows again from its record alone: each entry goes through the plan that sealed it, and has to
//! come out with the very same leaf.
//!
//! Lists, search, corrections and removals follow from the sealed documents. What a removal took away is not told any
//! more: an article that was withdrawn as a whole has no address then, and dates from before may be missing.

use super::draft::{Prepared, Subject, Take};
use super::plan::Plan;
use super::{Error, Job};
use crate::{publish, remove};
use ovn_edition::leaf::{Id, Kind, Leaf};
use ovn_edition::sealed::{self, Document};
use ovn_store::rows::HeadKind;
use ovn_store::{Batch, Facts, Settings, Writer};
use std::collections::{BTreeMap, BTreeSet};

/// Entries that are written at a time.
const PORTION: usize = 1024;

/// A record whose bytes were checked already: leaves in order, and the document of each.
pub(crate) struct Told<'a> {
    /// The leaves' bytes.
    pub(crate) leaves: &'a [Vec<u8>],
    /// The sealed document of an entry, by its number.
    pub(crate) document: &'a dyn Fn(u64) -> Result<Vec<u8>, String>,
    /// The signed checkpoint over the leaves.
    pub(crate) checkpoint: &'a [u8],
}

/// What was learned on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Learned {
    /// Articles from which something was removed, so that not all about them can be told.
    pub(crate) partly: BTreeSet<Id>,
    /// Those of them whose address is not in the record any more.
    pub(crate) nameless: BTreeSet<Id>,
}

/// Writes the rows that `record` tells into `writer`, whose database is empty.
///
/// # Errors
/// [`Error::Refused`] when the record's entries don't follow from each other or a document can't be had;
/// [`Error::Store`] when the rows can't be written.
pub(crate) fn replay(
    record: &Told<'_>,
    settings: &Settings,
    writer: &mut Writer,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Learned, Error> {
    let leaves = record
        .leaves
        .iter()
        .zip(0..)
        .map(|(bytes, seq)| Leaf::read(bytes).map_err(|error| refuse(seq, &error.to_string())));
    let leaves: Vec<Leaf> = leaves.collect::<Result<_, _>>()?;
    let (learned, known) = look_ahead(record, &leaves)?;
    let size = leaves.len() as u64;
    let mut done = 0;
    while done < size {
        let entries = portion(record, &leaves, settings, writer, done, &known)?;
        let batch = Batch { entries, files: Vec::new() };
        done += batch.entries.len() as u64;
        writer.stage(&batch)?;
        // Readers see nothing of this database before it is whole, so an earlier portion needs no signature.
        writer.mark_published(if done == size { record.checkpoint } else { b"" })?;
        progress(done, size);
    }
    Ok(learned)
}

/// What any revision may still tell of the articles that something was removed from.
#[derive(Default)]
struct Known {
    paths: BTreeMap<Id, String>,
    /// Entry numbers of their revisions.
    revisions: BTreeMap<(Id, u32), u64>,
}

fn look_ahead(record: &Told<'_>, leaves: &[Leaf]) -> Result<(Learned, Known), Error> {
    let removals = leaves.iter().filter(|leaf| leaf.kind == Kind::Removal);
    let partly: BTreeSet<Id> = removals.filter_map(|leaf| Some(leaf.article?.id)).collect();
    let mut known = Known::default();
    for (leaf, seq) in leaves.iter().zip(0..) {
        let Some(step) = leaf.article.filter(|step| partly.contains(&step.id)) else { continue };
        if leaf.kind != Kind::Removal {
            known.revisions.insert((step.id, step.rev), seq);
            let document = document(record, seq)?;
            let (_, place) =
                sealed::article(&document).map_err(|error| refuse(seq, &error.to_string()))?;
            if !place.path.is_empty() {
                known.paths.insert(step.id, place.path);
            }
        }
    }
    let nameless = partly.iter().filter(|id| !known.paths.contains_key(*id)).copied().collect();
    Ok((Learned { partly, nameless }, known))
}

/// The next entries, up to a removal, which needs those before it in the database.
fn portion(
    record: &Told<'_>,
    leaves: &[Leaf],
    settings: &Settings,
    writer: &Writer,
    from: u64,
    known: &Known,
) -> Result<Vec<ovn_store::StagedEntry>, Error> {
    let mut plan = Plan::new(writer, &settings.origin, 0, from);
    let first = usize::try_from(from).unwrap_or(usize::MAX);
    for ((leaf, bytes), seq) in
        leaves.iter().zip(record.leaves).skip(first).zip(from..).take(PORTION)
    {
        let removal = leaf.kind == Kind::Removal;
        if removal && seq > from {
            break;
        }
        let prepared = prepare(record, settings, seq, leaf, known)?;
        plan.dated(leaf.at);
        plan.add(&mut Job { drafts: vec![prepared], outcome: std::sync::Arc::default() })
            .map_err(|error| refuse(seq, &error.to_string()))?;
        plan.files.clear();
        if plan.entries.last().map(|entry| &entry.leaf) != Some(bytes) {
            return Err(refuse(
                seq,
                "its leaf is not the one that follows from the entries before",
            ));
        }
        if removal {
            break;
        }
    }
    Ok(plan.entries)
}

fn prepare(
    record: &Told<'_>,
    settings: &Settings,
    seq: u64,
    leaf: &Leaf,
    known: &Known,
) -> Result<Prepared, Error> {
    let bytes = (record.document)(seq).map_err(|why| refuse(seq, &why))?;
    let document = Document::read(&bytes).map_err(|error| refuse(seq, &error.to_string()))?;
    let mut facts = Facts::default();
    let mut takes = None;
    match (leaf.kind, leaf.article) {
        (Kind::Removal, Some(step)) => {
            let mut said = take(&document, step.rev, seq)?;
            if let Some(from) = known.revisions.get(&(step.id, step.rev)) {
                let rest = (record.document)(*from).map_err(|why| refuse(seq, &why))?;
                said.search = remove::rest(&rest, said.blocks.as_deref());
            }
            takes = Some(said);
        }
        (Kind::Revision | Kind::Correction | Kind::Policy, Some(step)) => {
            let (article, mut place) =
                sealed::article(&document).map_err(|error| refuse(seq, &error.to_string()))?;
            if let Some(path) = known.paths.get(&step.id) {
                place.path.clone_from(path);
            }
            if place.at == 0 {
                place.at = leaf.at;
            }
            if !place.path.is_empty() {
                let kind = match leaf.kind {
                    Kind::Policy => HeadKind::Policy,
                    _ => HeadKind::Article,
                };
                facts = publish::facts(&article, &place, kind, settings);
            }
        }
        _ => {}
    }
    Ok(Prepared {
        kind: leaf.kind,
        subject: leaf.article.map_or(Subject::None, |step| Subject::Of(step.id)),
        // A first revision follows none; any other has to follow what is there, and its leaf says what that was.
        expect: leaf.article.filter(|step| step.prev.is_none()).map(|_| 0),
        document: bytes,
        commit: leaf.commit,
        facts,
        blobs: Vec::new(),
        takes,
    })
}

/// What a removal's own document says that it took.
fn take(document: &Document, rev: u32, seq: u64) -> Result<Take, Error> {
    let wrong = || refuse(seq, "the removal does not say what it took");
    let said = document.first("removal").ok_or_else(wrong)?;
    let text = |key: &str| said.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    let blocks = match said.get("blocks") {
        None => None,
        Some(list) => Some(serde_json::from_value(list.clone()).map_err(|_| wrong())?),
    };
    Ok(Take {
        rev,
        blocks,
        ground: text("ground").ok_or_else(wrong)?,
        note: text("note"),
        jurisdiction: text("jurisdiction"),
        ..Take::default()
    })
}

fn document(record: &Told<'_>, seq: u64) -> Result<Document, Error> {
    let bytes = (record.document)(seq).map_err(|why| refuse(seq, &why))?;
    Document::read(&bytes).map_err(|error| refuse(seq, &error.to_string()))
}

fn refuse(seq: u64, why: &str) -> Error {
    Error::Refused(format!("the rows can't be told from the record: entry {seq}: {why}"))
}
