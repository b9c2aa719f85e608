//! Planning a batch: each draft's place in the record, in its article's chain and among the addresses.

use super::draft::{Prepared, Receipt, Subject};
use super::{Error, Job, redact};
use ovn_edition::leaf::{Id, Leaf, Step as Place};
use ovn_edition::{commit, hex};
use ovn_store::rows::Head;
use ovn_store::{Facts, StagedEntry, StagedFile, Writer};
use std::collections::HashMap;

/// An article's chain as the batch leaves it.
#[derive(Clone)]
struct Tip {
    rev: u32,
    leaf: [u8; 32],
    head: Option<Head>,
}

/// Entries that have their place, and what they mean for articles that come again in the same batch.
pub(super) struct Plan<'a> {
    writer: &'a Writer,
    origin: &'a str,
    at: u64,
    size: u64,
    tips: HashMap<Id, Tip>,
    /// Addresses that this batch gives, and to which article.
    paths: HashMap<String, Id>,
    /// What the job at hand has changed in `tips`, with what was there before.
    undo: Vec<(Id, Option<Tip>)>,
    pub(super) entries: Vec<StagedEntry>,
    pub(super) files: Vec<StagedFile>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(writer: &'a Writer, origin: &'a str, at: u64, size: u64) -> Self {
        let (tips, paths, undo) = (HashMap::new(), HashMap::new(), Vec::new());
        let (entries, files) = (Vec::new(), Vec::new());
        Self { writer, origin, at, size, tips, paths, undo, entries, files }
    }

    /// The time of the entries that follow, ms.
    pub(super) fn dated(&mut self, at: u64) {
        self.at = at;
    }

    /// Adds all of a job's drafts, or none when one cannot be sealed.
    pub(super) fn add(&mut self, job: &mut Job) -> Result<Vec<Receipt>, Error> {
        let (entries, files) = (self.entries.len(), self.files.len());
        self.undo.clear();
        let receipts: Result<Vec<_>, _> =
            job.drafts.iter_mut().map(|draft| self.add_one(draft)).collect();
        if receipts.is_err() {
            self.entries.truncate(entries);
            self.files.truncate(files);
            for (id, before) in std::mem::take(&mut self.undo).into_iter().rev() {
                match before {
                    Some(tip) => self.tips.insert(id, tip),
                    None => self.tips.remove(&id),
                };
            }
        }
        receipts
    }

    fn add_one(&mut self, draft: &mut Prepared) -> Result<Receipt, Error> {
        let seq = self.size + self.entries.len() as u64;
        let mut facts = std::mem::take(&mut draft.facts);
        let mut article = None;
        let mut earlier = None;
        if let Subject::Of(id) = draft.subject {
            earlier = self.tip(&id)?;
            let before = earlier.as_ref().map_or(0, |tip| tip.rev);
            if draft.expect.is_none() && before == 0 {
                return Err(Error::Draft("there is no article with this id".into()));
            }
            if draft.expect.is_some_and(|expected| expected != before) {
                let sentence =
                    format!("the article has moved on: its revision {before} is published");
                return Err(Error::Draft(sentence + "; look at it and correct that one"));
            }
            let rev = match &draft.takes {
                Some(take) => {
                    facts = redact::facts(self.writer, &id, take)?;
                    take.rev
                }
                None => before + 1,
            };
            if draft.takes.is_none() {
                self.place_head(&mut facts, id, rev, earlier.as_ref())?;
            }
            article = Some(Place { id, rev, prev: earlier.as_ref().map(|tip| tip.leaf) });
        }
        let log = self.origin.to_owned();
        let leaf = Leaf { log, kind: draft.kind, article, at: self.at, commit: draft.commit };
        let bytes = leaf.bytes().map_err(|error| Error::Draft(error.to_string()))?;
        let hash = Leaf::hash(&bytes);
        if let Some(place) = &article {
            let before = earlier.as_ref().map_or(0, |tip| tip.rev);
            let head = facts.head.clone().or(earlier.and_then(|tip| tip.head));
            if let Some(head) = &head {
                self.paths.insert(head.path.clone(), place.id);
            }
            let tip = Tip { rev: place.rev.max(before), leaf: hash, head };
            self.undo.push((place.id, self.tips.insert(place.id, tip)));
        }
        let document = std::mem::take(&mut draft.document);
        for bytes in std::mem::take(&mut draft.blobs) {
            let path = format!("blob/{}", hex::encode(&commit::sha256(&bytes)));
            self.files.push(StagedFile { path, bytes });
        }
        self.entries.push(StagedEntry { seq, leaf: bytes, document, facts });
        let (id, rev) = (article.map(|place| place.id), article.map(|place| place.rev));
        Ok(Receipt { seq, id, rev, at: self.at, commit: draft.commit, leaf: hash })
    }

    /// Where the article's chain ends, in this batch or in what is published.
    fn tip(&self, id: &Id) -> Result<Option<Tip>, Error> {
        if let Some(tip) = self.tips.get(id) {
            return Ok(Some(tip.clone()));
        }
        let Some(tip) = self.writer.tip(id)? else { return Ok(None) };
        let head = self.writer.head_of(id)?;
        Ok(Some(Tip { rev: tip.rev, leaf: Leaf::hash(&tip.leaf), head }))
    }

    /// Completes the head and refuses an address that another article has.
    fn place_head(
        &self,
        facts: &mut Facts,
        id: Id,
        rev: u32,
        earlier: Option<&Tip>,
    ) -> Result<(), Error> {
        let Some(head) = &mut facts.head else { return Ok(()) };
        let before = earlier.and_then(|tip| tip.head.as_ref());
        (head.id, head.rev) = (id, rev);
        if head.at == 0 {
            head.at = self.at;
        }
        (head.first_at, head.first_local) = match before {
            Some(first) => (first.first_at, first.first_local.clone()),
            None => (head.at, head.local.clone()),
        };
        head.corrected = if head.class.corrects() {
            Some(head.at)
        } else {
            before.and_then(|head| head.corrected)
        };
        // An address that a refused job wanted stays taken for the rest of this batch, which costs nobody much.
        let given = self.paths.get(&head.path).is_some_and(|other| *other != id);
        if given || self.writer.head(&head.path)?.is_some_and(|other| other.id != id) {
            let path = &head.path;
            return Err(Error::Draft(format!(
                "{path} is another article's address; choose a slug"
            )));
        }
        Ok(())
    }
}
