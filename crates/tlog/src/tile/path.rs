//! Where tiles and bundles lie, and which of them a growing tree writes.

use std::fmt;
use std::str::FromStr;

use crate::encoding::from_decimal;
use crate::tile::{FULL, TileError};

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileKind {
    /// Hashes: leaf hashes at level 0, and above it the roots of the full tiles one level below.
    Level(u8),
    /// The entries themselves.
    Entries,
}

/// The place of one tile or bundle; shown and read as its path under the record's address, such as
/// `tile/0/x001/x234/067` or `tile/entries/000.p/5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TilePath {
    kind: TileKind,
    index: u64,
    width: u16,
}

impl TilePath {
    /// A place: `index` counts tiles of this kind from 0; `width` is 256, or less if partial.
    ///
    /// # Errors
    /// [`TileError::Level`] above 63, [`TileError::Width`] outside 1..=256.
    pub fn new(kind: TileKind, index: u64, width: u16) -> Result<Self, TileError> {
        match kind {
            TileKind::Level(level @ 64..) => Err(TileError::Level(level)),
            _ if width == 0 || width > FULL => Err(TileError::Width(width)),
            _ => Ok(Self { kind, index, width }),
        }
    }

    /// What the tile holds.
    #[must_use]
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Position among tiles of this kind, counted from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Hashes or entries in the tile, 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether the tile is narrower than 256.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.width != FULL
    }

    /// The full tile at the same place.
    #[must_use]
    pub fn to_full(self) -> Self {
        Self { width: FULL, ..self }
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Level(level) => write!(f, "tile/{level}/")?,
            TileKind::Entries => f.write_str("tile/entries/")?,
        }
        let mut power = 1_u64;
        while let Some(next) = power.checked_mul(1000).filter(|next| *next <= self.index) {
            power = next;
        }
        while power > 1 {
            write!(f, "x{:03}/", self.index / power % 1000)?;
            power /= 1000;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.is_partial() { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for TilePath {
    type Err = TileError;

    fn from_str(text: &str) -> Result<Self, TileError> {
        let refuse = || TileError::Path(text.chars().take(80).collect());
        let path = read(text).ok_or_else(refuse)?;
        // One tile has one path: superfluous zeros would be a second one.
        if path.to_string() == text { Ok(path) } else { Err(refuse()) }
    }
}

/// Reads a path; laxer than the grammar, since the caller compares with what it should have been.
fn read(text: &str) -> Option<TilePath> {
    let (kind, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let kind = match kind {
        "entries" => TileKind::Entries,
        level => TileKind::Level(u8::try_from(from_decimal(level)?).ok()?),
    };
    let (elements, width) = match rest.split_once(".p/") {
        Some((elements, width)) => (elements, u16::try_from(from_decimal(width)?).ok()?),
        None => (rest, FULL),
    };
    let mut index = 0_u64;
    for element in elements.split('/') {
        let digits = element.strip_prefix('x').unwrap_or(element);
        let value = digits.parse::<u16>().ok().filter(|value| *value < 1000)?;
        index = index.checked_mul(1000)?.checked_add(u64::from(value))?;
    }
    TilePath::new(kind, index, width).ok()
}

/// Hashes at a level of tiles in a tree of `size` entries: floor(size / 256^level).
pub(crate) fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(8 * u32::from(level)).unwrap_or(0)
}

/// The tiles and bundles that a tree grown from `old` to `new` entries adds: first the bundles,
/// then each level's full tiles and, last at each level, its partial one. What the old tree
/// already has in the same width is not named again.
///
/// # Errors
/// [`TileError::Shrunk`] when `new` is smaller than `old`.
pub fn tiles_for_growth(old: u64, new: u64) -> Result<Vec<TilePath>, TileError> {
    Ok(each_tile_for_growth(old, new)?.collect())
}

/// The same one after the other, for a size that a stranger signed: none is named before it is asked for.
///
/// # Errors
/// As [`tiles_for_growth`].
pub fn each_tile_for_growth(
    old: u64,
    new: u64,
) -> Result<impl Iterator<Item = TilePath>, TileError> {
    if new < old {
        return Err(TileError::Shrunk { old, new });
    }
    let levels = (0..8).map(TileKind::Level);
    let kinds = std::iter::once(TileKind::Entries).chain(levels);
    Ok(kinds.flat_map(move |kind| match kind {
        TileKind::Level(level) => added(kind, hashes_at(level, old), hashes_at(level, new)),
        TileKind::Entries => added(kind, old, new),
    }))
}

fn added(kind: TileKind, old: u64, new: u64) -> impl Iterator<Item = TilePath> {
    let full = u64::from(FULL);
    let whole = (old / full..new / full).map(move |index| TilePath { kind, index, width: FULL });
    let width = u16::try_from(new % full).ok().filter(|width| *width > 0 && old != new);
    whole.chain(width.map(|width| TilePath { kind, index: new / full, width }))
}
