//! Checking a whole record: every tile and the root recomputed from the entries themselves.

mod error;

pub use error::AuditError;

use crate::checkpoint::Checkpoint;
use crate::frontier::Frontier;
use crate::hash::{Hash, leaf_hash};
use crate::key::VerifierKey;
use crate::tile::{
    FULL, ReadError, Tile, TileError, TileKind, TilePath, TileReader, decode_bundle, decode_tile,
    read_tile,
};

/// Gives a record's files. None of them is trusted.
pub trait RecordReader: TileReader {
    /// The bytes of the signed checkpoint.
    ///
    /// # Errors
    /// [`ReadError`] when it cannot be had.
    fn checkpoint(&self) -> Result<Vec<u8>, ReadError>;

    /// The bytes of the entry bundle at this index with this width (256 for a full one).
    ///
    /// # Errors
    /// [`ReadError::Missing`] when there is no such bundle in this very width.
    fn bundle(&self, index: u64, width: u16) -> Result<Vec<u8>, ReadError>;
}

/// What an audit found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditReport {
    /// The log's signed state, which the entries reproduce.
    pub checkpoint: Checkpoint,
    /// Bundles whose entries were hashed.
    pub bundles: u64,
    /// Hash tiles that are equal to what the entries give.
    pub tiles: u64,
}

/// The root of the first `size` entries, from the bundles alone; O(size) hashes, one bundle in
/// memory at a time.
///
/// # Errors
/// [`AuditError::Bundle`].
pub fn root_from_bundles<R: RecordReader + ?Sized>(
    reader: &R,
    size: u64,
) -> Result<Hash, AuditError> {
    let mut frontier = Frontier::new();
    each_bundle(reader, size, |_, entries| {
        frontier.complete(&entries.iter().map(|entry| leaf_hash(entry)).collect::<Vec<_>>());
        Ok(())
    })?;
    Ok(frontier.root())
}

/// Opens the record's checkpoint with the log's key and checks everything below it; see
/// [`audit_at`].
///
/// # Errors
/// An [`AuditError`] that names the first file that is wrong.
pub fn audit<R: RecordReader + ?Sized>(
    reader: &R,
    key: &VerifierKey,
    each: impl FnMut(u64, &[u8]),
) -> Result<AuditReport, AuditError> {
    let bytes = reader.checkpoint().map_err(AuditError::NoCheckpoint)?;
    audit_at(reader, &Checkpoint::open(&bytes, key)?, each)
}

/// Checks that the record holds every bundle and every tile of this checkpoint's tree, that each
/// tile has the hashes that the entries give, and that they give its root. `each` is called with
/// every entry's index and bytes, in order, before the record is known to hold.
///
/// # Errors
/// An [`AuditError`] that names the first file that is wrong.
pub fn audit_at<R: RecordReader + ?Sized>(
    reader: &R,
    checkpoint: &Checkpoint,
    mut each: impl FnMut(u64, &[u8]),
) -> Result<AuditReport, AuditError> {
    let mut frontier = Frontier::new();
    let (mut bundles, mut tiles) = (0, 0);
    each_bundle(reader, checkpoint.size(), |first, entries| {
        let mut leaves = Vec::with_capacity(entries.len());
        for (entry, index) in entries.iter().zip(first..) {
            each(index, entry);
            leaves.push(leaf_hash(entry));
        }
        bundles += 1;
        for tile in frontier.complete(&leaves) {
            same_tile(reader, &tile)?;
            tiles += 1;
        }
        Ok(())
    })?;
    for tile in frontier.partial_tiles(0) {
        same_tile(reader, &tile)?;
        tiles += 1;
    }
    let (computed, signed) = (frontier.root(), *checkpoint.root());
    if computed == signed {
        Ok(AuditReport { checkpoint: checkpoint.clone(), bundles, tiles })
    } else {
        Err(AuditError::RootDiffers { computed, signed })
    }
}

/// Reads the bundles of a tree in order and gives each one's first index and entries.
fn each_bundle<R: RecordReader + ?Sized>(
    reader: &R,
    size: u64,
    mut use_entries: impl FnMut(u64, &[&[u8]]) -> Result<(), AuditError>,
) -> Result<(), AuditError> {
    let full = u64::from(FULL);
    for index in 0..size.div_ceil(full) {
        let first = index * full;
        let width = u16::try_from((size - first).min(full)).unwrap_or(FULL);
        let path = TilePath::new(TileKind::Entries, index, width)?;
        let refused = |error| AuditError::Bundle { path, error };
        let bytes = read_bundle(reader, path).map_err(refused)?;
        // A partial bundle that was replaced by the full one is the beginning of it.
        let stored = bytes.1;
        let entries = decode_bundle(&bytes.0, stored).map_err(refused)?;
        use_entries(first, entries.get(..usize::from(width)).unwrap_or(&entries))?;
    }
    Ok(())
}

/// The bytes of a bundle and how wide the stored one is.
fn read_bundle<R: RecordReader + ?Sized>(
    reader: &R,
    path: TilePath,
) -> Result<(Vec<u8>, u16), TileError> {
    let failed = |error| TileError::Read { path, error };
    match reader.bundle(path.index(), path.width()) {
        Err(ReadError::Missing) if path.is_partial() => {
            let bytes = reader.bundle(path.index(), FULL).map_err(failed)?;
            Ok((bytes, FULL))
        }
        other => Ok((other.map_err(failed)?, path.width())),
    }
}

/// Compares one tile with what the entries give.
fn same_tile<R: RecordReader + ?Sized>(reader: &R, tile: &Tile) -> Result<(), AuditError> {
    let path = tile.path;
    let TileKind::Level(level) = path.kind() else { return Ok(()) };
    let stored = read_tile(reader, level, path.index(), path.width())?;
    let expected = decode_tile(path, &tile.bytes)?;
    match stored.iter().zip(&expected).position(|(one, other)| one != other) {
        Some(position) => Err(AuditError::TileDiffers { path, position }),
        None => Ok(()),
    }
}
