//! Reading tiles from a store that is not trusted, and subtree hashes out of tiles.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::hash::Hash;
use crate::merkle::{self, HashReader};
use crate::tile::path::hashes_at;
use crate::tile::{FULL, TileError, TileKind, TilePath, decode_tile};

/// Why a store did not give a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("is missing")]
    Missing,
    /// There may be one, and it could not be read.
    #[error("could not be read: {0}")]
    Failed(String),
}

/// Gives the bytes of tiles. What it gives is not trusted: a wrong tile makes a wrong root.
pub trait TileReader {
    /// The bytes of the tile at this level and index with this width (256 for a full one).
    ///
    /// # Errors
    /// [`ReadError::Missing`] when there is no such tile in this very width.
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Vec<u8>, ReadError>;
}

/// The hashes of one tile, in the width asked for. A partial tile that is gone is taken from the
/// full one, as tlog-tiles allows logs to replace it.
///
/// # Errors
/// [`TileError::Read`] when neither can be had, [`TileError::Length`] when it is cut or too long.
pub fn read_tile<R: TileReader + ?Sized>(
    reader: &R,
    level: u8,
    index: u64,
    width: u16,
) -> Result<Vec<Hash>, TileError> {
    let path = TilePath::new(TileKind::Level(level), index, width)?;
    let failed = |error| TileError::Read { path, error };
    match reader.tile(level, index, width) {
        Ok(bytes) => decode_tile(path, &bytes),
        Err(ReadError::Missing) if path.is_partial() => {
            let bytes = reader.tile(level, index, FULL).map_err(failed)?;
            let mut hashes = decode_tile(path.to_full(), &bytes)?;
            hashes.truncate(usize::from(width));
            Ok(hashes)
        }
        Err(error) => Err(failed(error)),
    }
}

/// The stored subtree hashes of a tree of a given size, read from its tiles, each tile once.
///
/// Nothing is checked here: compare what is made from it (a root, a proof) with a signed root.
#[derive(Debug)]
pub struct TileHashes<'a, R: ?Sized> {
    reader: &'a R,
    size: u64,
    tiles: RefCell<BTreeMap<(u8, u64), Vec<Hash>>>,
    failure: RefCell<Option<TileError>>,
}

impl<'a, R: TileReader + ?Sized> TileHashes<'a, R> {
    /// The hashes of the tree of `size` entries that these tiles hold.
    pub fn new(reader: &'a R, size: u64) -> Self {
        Self { reader, size, tiles: RefCell::default(), failure: RefCell::default() }
    }

    /// Why the last hash that was not found was not: [`HashReader::read`] has no room to say it.
    pub fn failure(&self) -> Option<TileError> {
        self.failure.borrow().clone()
    }

    /// Runs `use_hashes` on the tile's hashes, reading it if it is met for the first time.
    fn with_tile<T>(
        &self,
        level: u8,
        index: u64,
        use_hashes: impl FnOnce(&[Hash]) -> Option<T>,
    ) -> Option<T> {
        if let Some(hashes) = self.tiles.borrow().get(&(level, index)) {
            return use_hashes(hashes);
        }
        let stored =
            hashes_at(level, self.size).checked_sub(index.checked_mul(u64::from(FULL))?)?;
        let width = u16::try_from(stored.min(u64::from(FULL))).ok().filter(|width| *width > 0)?;
        match read_tile(self.reader, level, index, width) {
            Ok(hashes) => {
                let found = use_hashes(&hashes);
                self.tiles.borrow_mut().insert((level, index), hashes);
                found
            }
            Err(error) => {
                *self.failure.borrow_mut() = Some(error);
                None
            }
        }
    }
}

impl<R: TileReader + ?Sized> HashReader for TileHashes<'_, R> {
    fn read(&self, level: u8, index: u64) -> Option<Hash> {
        // A tile holds the subtrees of eight levels, the lowest as its hashes.
        let height = level % 8;
        let first = index.checked_mul(1 << height)?;
        let tile = first / u64::from(FULL);
        let start = usize::try_from(first % u64::from(FULL)).ok()?;
        self.with_tile(level / 8, tile, |hashes| {
            hashes.get(start..start + (1 << height)).map(merkle::root)
        })
    }
}
