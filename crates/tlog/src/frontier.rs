//! The right edge of a tree, held so that appending n entries costs n hashes and no rereading.

use crate::hash::{Hash, empty_root};
use crate::merkle::{fold_peaks, root};
use crate::tile::{
    FULL, Tile, TileError, TileKind, TilePath, TileReader, encode_tile, hashes_at, read_tile,
};

/// The partial tile of each level of a tree of `size` entries: all that a sealer needs in order to
/// append. At most 255 hashes at each of at most 8 levels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Frontier {
    /// The empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the right edge of a tree of `size` entries: at most 8 tiles.
    ///
    /// The store is not trusted: compare [`Frontier::root`] with the signed checkpoint's before
    /// appending.
    ///
    /// # Errors
    /// [`TileError`] when a tile of the edge is missing or has the wrong length.
    pub fn load<R: TileReader + ?Sized>(reader: &R, size: u64) -> Result<Self, TileError> {
        let mut levels = Vec::new();
        let mut hashes = size;
        let mut level = 0;
        while hashes > 0 {
            let index = hashes / u64::from(FULL);
            let tile = match u16::try_from(hashes % u64::from(FULL)) {
                Ok(width @ 1..) => read_tile(reader, level, index, width)?,
                _ => Vec::new(),
            };
            levels.push(tile);
            hashes = index;
            level += 1;
        }
        Ok(Self { size, levels })
    }

    /// Entries in the tree.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let peaks: Vec<Hash> = self.levels.iter().rev().flat_map(|tile| tile_peaks(tile)).collect();
        fold_peaks(&peaks).unwrap_or_else(empty_root)
    }

    /// Appends leaf hashes and returns every hash tile to be written, partial ones of the new size
    /// included: the tiles of [`crate::tile::tiles_for_growth`] without the bundles. Full tiles
    /// come first, in the order in which they were completed.
    pub fn append(&mut self, leaves: &[Hash]) -> Vec<Tile> {
        let old = self.size;
        let mut written = self.complete(leaves);
        written.extend(self.partial_tiles(old));
        written
    }

    /// Appends leaf hashes and returns only the tiles that became full.
    pub fn complete(&mut self, leaves: &[Hash]) -> Vec<Tile> {
        let mut written = Vec::new();
        leaves.iter().for_each(|leaf| self.push(*leaf, &mut written));
        written
    }

    /// The partial tiles of the tree, those left out that a tree of `old` entries had already; all
    /// of them for 0.
    #[must_use]
    pub fn partial_tiles(&self, old: u64) -> Vec<Tile> {
        let mut tiles = Vec::new();
        for (level, tile) in (0_u8..).zip(&self.levels) {
            let hashes = hashes_at(level, self.size);
            if hashes != hashes_at(level, old) && !tile.is_empty() {
                tiles.extend(make_tile(level, hashes / u64::from(FULL), tile));
            }
        }
        tiles
    }

    fn push(&mut self, leaf: Hash, written: &mut Vec<Tile>) {
        self.size += 1;
        let mut next = Some(leaf);
        let mut level = 0_u8;
        while let Some(hash) = next.take() {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::new());
            }
            if let Some(tile) = self.levels.get_mut(usize::from(level)) {
                tile.push(hash);
                if tile.len() == usize::from(FULL) {
                    let last = hashes_at(level, self.size) / u64::from(FULL);
                    written.extend(make_tile(level, last.saturating_sub(1), tile));
                    next = Some(root(tile));
                    tile.clear();
                }
            }
            level += 1;
        }
    }
}

fn make_tile(level: u8, index: u64, hashes: &[Hash]) -> Option<Tile> {
    let width = u16::try_from(hashes.len()).ok()?;
    let path = TilePath::new(TileKind::Level(level), index, width).ok()?;
    Some(Tile { path, bytes: encode_tile(hashes) })
}

/// The complete subtrees of a partial tile, the largest first.
fn tile_peaks(tile: &[Hash]) -> Vec<Hash> {
    let mut peaks = Vec::new();
    let mut rest = tile;
    while let Some(height) = rest.len().checked_ilog2() {
        let (subtree, after) = rest.split_at(1 << height);
        peaks.push(root(subtree));
        rest = after;
    }
    peaks
}
