//! Tiles and entry bundles as C2SP tlog-tiles lays them out in static files.

mod bundle;
mod error;
mod path;
mod reader;

pub use bundle::{decode_bundle, encode_bundle};
pub use error::TileError;
pub(crate) use path::hashes_at;
pub use path::{TileKind, TilePath, each_tile_for_growth, tiles_for_growth};
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
