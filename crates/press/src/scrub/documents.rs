//! Sealed documents and archived copies: each compared with the commitment or the hash that names it.

use super::{Error, Look};
use crate::copy::document_path;
use ovn_edition::commit::{Bytes32, sha256};
use ovn_edition::hex;
use ovn_edition::leaf::{Id, Kind, Leaf};
use ovn_edition::sealed::{Block, Document};
use ovn_store::document_file;
use std::collections::{BTreeMap, BTreeSet};

/// Entries whose rows are read at a time.
const PORTION: usize = 256;

/// Which blocks were removed from a revision; `None` for all.
type Removed = BTreeMap<(Id, u32), Option<BTreeSet<usize>>>;

/// A document that is whole, and its bytes if they are not those of its file.
type Whole = (Document, Option<Vec<u8>>);

/// Documents that are whole in some other place than their file.
#[derive(Default)]
pub(super) struct Elsewhere(BTreeMap<u64, Vec<u8>>);

impl Elsewhere {
    pub(super) fn get(&self, seq: u64) -> Option<&Vec<u8>> {
        self.0.get(&seq)
    }
}

impl Look<'_> {
    /// Compares each entry's document, in its file and its row, with the entry, and the archived copies that it names
    /// with their names. `None` when one is nowhere whole, so that no rows can be told.
    pub(super) fn documents(&mut self, leaves: &[Vec<u8>]) -> Result<Option<Elsewhere>, Error> {
        let parsed = leaves.iter().map(|leaf| Leaf::read(leaf));
        let parsed: Vec<Leaf> = parsed.collect::<Result<_, _>>().map_err(|error| {
            Error::Nothing(format!("the record has an entry that is none of ours: {error}"))
        })?;
        let removed = self.removed(&parsed)?;
        let (mut elsewhere, mut whole) = (Elsewhere::default(), true);
        let mut blobs = BTreeSet::new();
        for (part, from) in parsed.chunks(PORTION).zip((0..).step_by(PORTION)) {
            let rows = self.documents_of_rows(from, part.len());
            for (leaf, seq) in part.iter().zip(from..) {
                let row = rows.get(&seq).map(Vec::as_slice);
                match self.document(seq, leaf, row, &removed)? {
                    Some((document, other)) => {
                        blobs.extend(named(&document));
                        elsewhere.0.extend(other.map(|bytes| (seq, bytes)));
                    }
                    None => whole = false,
                }
                self.found.documents += 1;
            }
            (self.progress)(from + part.len() as u64, parsed.len() as u64);
        }
        blobs.iter().try_for_each(|digest| self.blob(digest))?;
        self.unnamed(&blobs)?;
        Ok(whole.then_some(elsewhere))
    }

    fn documents_of_rows(&self, from: u64, count: usize) -> BTreeMap<u64, Vec<u8>> {
        let entries = self.reader.as_ref().and_then(|reader| reader.entries(from, count).ok());
        let entries = entries.unwrap_or_default().into_iter();
        entries.filter_map(|entry| Some((entry.seq, entry.document?))).collect()
    }

    /// The document of one entry, and its bytes if they are not those of its file.
    fn document(
        &mut self,
        seq: u64,
        leaf: &Leaf,
        row: Option<&[u8]>,
        removed: &Removed,
    ) -> Result<Option<Whole>, Error> {
        let path = document_file(&leaf.commit);
        let file = self.files.read(&path)?;
        let own = file.as_deref().and_then(|bytes| check(bytes, leaf, removed));
        if let Some((document, bytes)) = own {
            if file.as_deref() == Some(&bytes) {
                return Ok(Some((document, None)));
            }
            self.put_right(&path, Some(&bytes), "still held what was removed")?;
            return Ok(Some((document, Some(bytes))));
        }
        let what =
            if file.is_some() { "is not the document that was sealed" } else { "was missing" };
        let mut good = row.and_then(|bytes| check(bytes, leaf, removed));
        if good.is_none()
            && self.held.is_some()
            && let Some(mirror) = self.mirror
        {
            let theirs = mirror.get(&document_path(&leaf.commit))?;
            good = theirs.and_then(|bytes| check(&bytes, leaf, removed));
        }
        self.put_right(&path, good.as_ref().map(|(_, bytes)| bytes.as_slice()), what)?;
        if good.is_none() {
            self.found.notes.push(format!("entry {seq} has no document that is whole here"));
        }
        Ok(good.map(|(document, bytes)| (document, Some(bytes))))
    }

    /// What the record's removals took, as their documents say.
    fn removed(&mut self, leaves: &[Leaf]) -> Result<Removed, Error> {
        let mut removed = Removed::new();
        for (leaf, seq) in leaves.iter().zip(0..) {
            let Some(step) = leaf.article.filter(|_| leaf.kind == Kind::Removal) else { continue };
            let row = self.documents_of_rows(seq, 1).remove(&seq);
            let file = self.files.read(&document_file(&leaf.commit))?;
            let theirs = match self.mirror.filter(|_| self.held.is_some()) {
                Some(mirror) => mirror.get(&document_path(&leaf.commit))?,
                None => None,
            };
            let copies = [file, row, theirs].into_iter().flatten();
            let mut good = copies.filter_map(|bytes| check(&bytes, leaf, &Removed::new()));
            let said = good.next().and_then(|(document, _)| document.first("removal").cloned());
            let blocks = said.map(|said| said.get("blocks").cloned());
            let entry = removed.entry((step.id, step.rev)).or_insert_with(|| Some(BTreeSet::new()));
            match blocks {
                Some(Some(list)) => {
                    let list: Vec<usize> = serde_json::from_value(list).unwrap_or_default();
                    if let Some(known) = entry {
                        known.extend(list);
                    }
                }
                Some(None) => *entry = None,
                // The removal's own document is a fault of its own, and met later.
                None => {}
            }
        }
        Ok(removed)
    }

    fn blob(&mut self, digest: &str) -> Result<(), Error> {
        let path = format!("blob/{digest}");
        let own = self.files.read(&path)?;
        let is_whole = |bytes: &Vec<u8>| hex::encode(&sha256(bytes)) == digest;
        self.found.blobs += 1;
        if own.as_ref().is_some_and(is_whole) {
            return Ok(());
        }
        let theirs = match self.mirror.filter(|_| self.held.is_some()) {
            Some(mirror) => mirror.get(&format!("record/{path}"))?.filter(is_whole),
            None => None,
        };
        let what = if own.is_some() { "is not what its name says" } else { "was missing" };
        self.put_right(&path, theirs.as_deref(), what)
    }

    /// Archived copies that no document names, as `named` ones were looked at: those of a seal that was given up, or of
    /// one that is under way.
    fn unnamed(&mut self, named: &BTreeSet<String>) -> Result<(), Error> {
        for path in self.files.list()? {
            let Some(digest) = path.strip_prefix("blob/") else { continue };
            if named.contains(digest) {
                continue;
            }
            let bytes = self.files.read(&path)?.unwrap_or_default();
            if hex::encode(&sha256(&bytes)) != digest {
                let sentence = "is not what its name says, and no document names it: delete it";
                self.fault(format!("record/{path}"), sentence);
            }
        }
        Ok(())
    }
}

/// The document if it is the one that the leaf commits to, without the blocks that were removed, and its bytes.
fn check(bytes: &[u8], leaf: &Leaf, removed: &Removed) -> Option<(Document, Vec<u8>)> {
    let document = Document::read(bytes).ok()?;
    let commit: Bytes32 = document.commit().ok()?;
    if commit != leaf.commit {
        return None;
    }
    let taken = leaf.article.filter(|_| leaf.kind != Kind::Removal);
    let taken = taken.and_then(|step| removed.get(&(step.id, step.rev)));
    let numbers: Vec<usize> = match taken {
        None => Vec::new(),
        Some(None) => (0..document.blocks.len()).collect(),
        Some(Some(numbers)) => numbers.iter().copied().collect(),
    };
    let lacks = |(number, block): (usize, &Block)| {
        matches!(block, Block::Removed { .. }) && !numbers.contains(&number)
    };
    if document.blocks.iter().enumerate().any(lacks) {
        return None;
    }
    let rest = document.without(&numbers).ok()?;
    let bytes = rest.bytes().ok()?;
    Some((rest, bytes))
}

fn named(document: &Document) -> Vec<String> {
    let open = document.blocks.iter().filter_map(Block::open);
    let digests = open.flat_map(|(_, value)| ovn_verify::digests(value).map(str::to_owned));
    digests.filter(|digest| hex::decode::<32>(digest).is_some()).collect()
}
