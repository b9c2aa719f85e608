//! Tiles and entry bundles as C2SP tlog-tiles lays them out in static files.

mod bundle;
mod path;
mod reader;

pub use bundle::{decode_bundle, encode_bundle};
pub(crate) use path::hashes_at;
pub use path::{TileKind, TilePath, tiles_for_growth};
pub use reader::{ReadError, TileHashes, TileReader, read_tile};

use crate::hash::Hash;

/// Hashes in a full tile, and entries in a full bundle.
pub const FULL: u16 = 256;

/// A tile or a bundle to be written: its path and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Where it is served, under the record's address.
    pub path: TilePath,
    /// What is served there.
    pub bytes: Vec<u8>,
}

/// Why a tile, a bundle or a tile's path is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The path does not follow the grammar of tlog-tiles.
    #[error("{0:?} is not a tile's path; it should look like tile/0/x001/067 or tile/0/067.p/5")]
    Path(String),
    /// A level above 63.
    #[error("level {0} is too high; tiles have levels from 0 to 63")]
    Level(u8),
    /// A width outside 1..=256.
    #[error("a tile cannot be {0} wide; widths go from 1 to 256")]
    Width(u16),
    /// The tree said to be newer is smaller.
    #[error("a tree of {old} entries cannot have grown into one of {new}")]
    Shrunk {
        /// Entries before.
        old: u64,
        /// Entries after.
        new: u64,
    },
    /// A tile's bytes are not its width times 32.
    #[error("{path} should have {expected} bytes and has {found}")]
    Length {
        /// The tile.
        path: TilePath,
        /// 32 bytes for each hash.
        expected: usize,
        /// The bytes there are.
        found: usize,
    },
    /// A bundle ends inside an entry.
    #[error("the bundle ends inside entry {entry} of its {width}")]
    BundleCut {
        /// The entry within the bundle, counted from 0.
        entry: u16,
        /// How many entries the bundle should have.
        width: u16,
    },
    /// A bundle has bytes after its last entry.
    #[error("the bundle has {extra} bytes after the last of its {width} entries")]
    BundleLong {
        /// How many bytes too many.
        extra: usize,
        /// How many entries the bundle should have.
        width: u16,
    },
    /// An entry is too long for its 16-bit length.
    #[error("an entry of {0} bytes does not fit a bundle; an entry has at most 65535")]
    EntryTooLong(usize),
    /// A tile could not be had.
    #[error("{path} {error}")]
    Read {
        /// The tile.
        path: TilePath,
        /// What the store says.
        error: ReadError,
    },
}

/// The bytes of a tile with these hashes, in order.
#[must_use]
pub fn encode_tile(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// The hashes of the tile at `path`.
///
/// # Errors
/// [`TileError::Length`] unless there are exactly 32 bytes for each of the path's width.
pub fn decode_tile(path: TilePath, bytes: &[u8]) -> Result<Vec<Hash>, TileError> {
    let expected = usize::from(path.width()) * Hash::SIZE;
    let (hashes, _) = bytes.as_chunks::<{ Hash::SIZE }>();
    if bytes.len() != expected {
        return Err(TileError::Length { path, expected, found: bytes.len() });
    }
    Ok(hashes.iter().copied().map(Hash).collect())
}
