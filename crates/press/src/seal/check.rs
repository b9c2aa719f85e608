//! The check before signing: what was staged is computed again from the bytes that the database gives back.

use super::Error;
use ovn_edition::leaf::Leaf;
use ovn_edition::sealed::{Document, outline};
use ovn_store::{Batch, Files, StagedEntry, StagedFile};
use ovn_tlog::tile::{FULL, decode_bundle, encode_bundle};
use ovn_tlog::{Frontier, Hash, ReadError, TileError, TileKind, TilePath, leaf_hash};

/// The tree's right edge: hashes, and the entries of the bundle that is not full.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge {
    pub(super) tree: Frontier,
    tail: Vec<Vec<u8>>,
}

impl Edge {
    /// Reads the edge of a tree of `size` entries from the files, and compares it with its signed root.
    pub(super) fn load(files: &Files, size: u64, root: &Hash) -> Result<Self, Error> {
        let damaged =
            |what: String| Error::Refused(format!("the record's files are damaged: {what}"));
        let tree = Frontier::load(files, size).map_err(|error| match error {
            // Where the files are far away, an answer that did not come says nothing about them.
            TileError::Read { error: ReadError::Failed(why), .. } => Error::Store(why),
            other => damaged(other.to_string()),
        })?;
        if tree.root() != *root {
            return Err(damaged("their root is not the signed one".into()));
        }
        let full = u64::from(FULL);
        let mut tail = Vec::new();
        if let Ok(width @ 1..) = u16::try_from(size % full) {
            let path = TilePath::new(TileKind::Entries, size / full, width);
            let path = path.map_err(|error| damaged(error.to_string()))?;
            let bytes = files.read(&path.to_string())?;
            let bytes = bytes.ok_or_else(|| damaged(format!("{path} is missing")))?;
            let entries =
                decode_bundle(&bytes, width).map_err(|error| damaged(error.to_string()))?;
            tail = entries.into_iter().map(<[u8]>::to_vec).collect();
        }
        Ok(Self { tree, tail })
    }

    /// Appends entries and gives every tile and bundle to be written.
    pub(super) fn grow<'e>(
        &mut self,
        entries: impl Iterator<Item = &'e [u8]>,
    ) -> Result<Vec<StagedFile>, Error> {
        let wrong = |error: ovn_tlog::TileError| Error::Draft(error.to_string());
        let full = u64::from(FULL);
        let mut files = Vec::new();
        let mut hashes = Vec::new();
        let mut size = self.tree.size();
        let put = |index: u64, tail: &[Vec<u8>], files: &mut Vec<StagedFile>| {
            let width = u16::try_from(tail.len()).unwrap_or(u16::MAX);
            let path = TilePath::new(TileKind::Entries, index, width).map_err(wrong)?;
            let bytes = encode_bundle(tail).map_err(wrong)?;
            files.push(StagedFile { path: path.to_string(), bytes });
            Ok::<_, Error>(())
        };
        for entry in entries {
            hashes.push(leaf_hash(entry));
            self.tail.push(entry.to_vec());
            size += 1;
            if size.is_multiple_of(full) {
                put(size / full - 1, &self.tail, &mut files)?;
                self.tail.clear();
            }
        }
        if !self.tail.is_empty() && !hashes.is_empty() {
            put(size / full, &self.tail, &mut files)?;
        }
        let tiles = self.tree.append(&hashes).into_iter();
        files.extend(
            tiles.map(|tile| StagedFile { path: tile.path.to_string(), bytes: tile.bytes }),
        );
        Ok(files)
    }
}

/// Threads that check a batch, and how many entries are worth one.
const CHECKERS: usize = 4;
const SHARE: usize = 16;

/// What a document commits to.
fn commitment(bytes: &[u8]) -> Result<[u8; 32], ovn_edition::sealed::Error> {
    match outline(bytes) {
        Some(outline) => Ok(outline.commit),
        None => Document::read(bytes)?.commit(),
    }
}

/// Compares an entry with its place, its log and its document.
fn entry(entry: &StagedEntry, seq: u64, origin: &str) -> Result<(), Error> {
    let wrong = |what: &str| Error::Refused(format!("what was staged is damaged: {what}"));
    let leaf = Leaf::read(&entry.leaf).map_err(|error| wrong(&error.to_string()))?;
    let commit = commitment(&entry.document).map_err(|error| wrong(&error.to_string()))?;
    if entry.seq != seq || leaf.log != origin || leaf.commit != commit {
        return Err(wrong("an entry is not what its leaf says"));
    }
    Ok(())
}

/// Computes the tree that `staged` makes of the one whose size and root are given, from the files and the staged bytes
/// alone, and compares every staged tile with it.
pub(super) fn batch(
    files: &Files,
    staged: &Batch,
    origin: &str,
    size: u64,
    root: &Hash,
) -> Result<Edge, Error> {
    let wrong = |what: &str| Error::Refused(format!("what was staged is damaged: {what}"));
    let share = staged.entries.len().div_ceil(CHECKERS).max(SHARE);
    std::thread::scope(|scope| {
        let part = |(part, first): (usize, &'_ [StagedEntry])| {
            let seq = size + (part * share) as u64;
            first.iter().zip(seq..).try_for_each(|(entry, seq)| self::entry(entry, seq, origin))
        };
        let mut parts = staged.entries.chunks(share).enumerate();
        // This thread takes the first part, which is all of a small batch.
        let own = parts.next();
        let others: Vec<_> = parts.map(|other| scope.spawn(move || part(other))).collect();
        let own = own.map_or(Ok(()), part);
        others.into_iter().fold(own, |all, other| {
            all.and(other.join().unwrap_or_else(|_| Err(wrong("a checker fell"))))
        })
    })?;
    let mut edge = Edge::load(files, size, root)?;
    let tiles = edge.grow(staged.entries.iter().map(|entry| entry.leaf.as_slice()))?;
    let stored: Vec<&StagedFile> =
        staged.files.iter().filter(|file| file.path.starts_with("tile/")).collect();
    if stored.len() != tiles.len() || tiles.iter().any(|tile| !stored.contains(&tile)) {
        return Err(wrong("its tiles are not those of its entries"));
    }
    Ok(edge)
}
