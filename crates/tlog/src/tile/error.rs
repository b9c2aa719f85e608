//! What can be wrong with a tile, a bundle, or a tile's path.

use crate::tile::{ReadError, TilePath};

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
