//! The tree: every leaf from its best copy, every tile and bundle compared with what the leaves give.

use super::{Error, Look, Target};
use ovn_tlog::tile::{FULL, decode_bundle, decode_tile, encode_bundle, tiles_for_growth};
use ovn_tlog::{
    Frontier, Hash, ReadError, RecordReader, TileKind, TilePath, TileReader, leaf_hash,
};
use std::collections::BTreeMap;

/// Every hash of the tree that a tile holds, level by level, each 32 bytes.
struct Levels(Vec<Vec<u8>>);

impl Look<'_> {
    /// The leaves of the tree, from wherever they are whole; tiles and bundles that are not as these demand are faults.
    pub(super) fn tree(&mut self, target: &Target) -> Result<Vec<Vec<u8>>, Error> {
        let size = target.checkpoint.size();
        let full = u64::from(FULL);
        let mut leaves: Vec<Vec<u8>> = Vec::new();
        for index in 0..size.div_ceil(full) {
            let width = u16::try_from((size - index * full).min(full)).unwrap_or(FULL);
            let part = self.part(index, width)?;
            leaves.extend(part);
            (self.progress)(leaves.len() as u64, size);
        }
        let (levels, tree) = levels(&leaves);
        if tree.size() != size || tree.root() != *target.checkpoint.root() {
            return Err(Error::Nothing(format!(
                "the entries do not give the root that was signed for {size} entries, and no copy here is better: repair it \
                 from a mirror that is whole"
            )));
        }
        for (place, other) in &target.others {
            let beginning = leaves.get(..usize::try_from(other.size()).unwrap_or(usize::MAX));
            let root = beginning.map(|leaves| self::levels(leaves).1.root());
            if other.size() < size && root != Some(*other.root()) {
                let sentence = format!(
                    "{place} holds a tree of {} entries, and the one of {size} entries does not continue it",
                    other.size()
                );
                return Err(Error::Fork(sentence));
            }
        }
        self.tiles(size, &leaves, &levels)?;
        Ok(leaves)
    }

    /// The leaves of one bundle. Of three copies, two that agree are taken; the root decides in the end.
    fn part(&mut self, index: u64, width: u16) -> Result<Vec<Vec<u8>>, Error> {
        let own = self.files.bundle(index, width).ok();
        let own = own.and_then(|bytes| split(&bytes, width, width));
        let rows = self.leaves_of_rows(index, width);
        let tile = self.files.tile(0, index, width).ok();
        let tile = tile.and_then(|bytes| hashes_of(index, width, &bytes));
        let agrees = |leaves: &Option<Vec<Vec<u8>>>| {
            leaves.as_ref().is_some_and(|leaves| tile == Some(hashes(leaves)))
        };
        if agrees(&own) || own.is_some() && own == rows {
            return Ok(own.unwrap_or_default());
        }
        if agrees(&rows) {
            return Ok(rows.unwrap_or_default());
        }
        if let Some(theirs) = self.leaves_of_mirror(index, width)? {
            return Ok(theirs);
        }
        let place = format!("{index}, with {width} entries");
        own.or(rows).ok_or_else(|| {
            let sentence = "is missing or damaged here in every copy: repair it from a mirror";
            Error::Nothing(format!("bundle {place}, {sentence}"))
        })
    }

    fn leaves_of_rows(&self, index: u64, width: u16) -> Option<Vec<Vec<u8>>> {
        let reader = self.reader.as_ref()?;
        let from = index * u64::from(FULL);
        let entries = reader.entries(from, usize::from(width)).ok()?;
        let follow = entries.iter().zip(from..).all(|(entry, seq)| entry.seq == seq);
        (follow && entries.len() == usize::from(width))
            .then(|| entries.into_iter().map(|entry| entry.leaf).collect())
    }

    /// The mirror may have the bundle in another width, as its record was longer or shorter when it was made.
    fn leaves_of_mirror(&self, index: u64, width: u16) -> Result<Option<Vec<Vec<u8>>>, Error> {
        let Some(mirror) = self.mirror else { return Ok(None) };
        let note = mirror.checkpoint().ok();
        let known = note.and_then(|note| ovn_tlog::Checkpoint::open(&note, &self.key).ok());
        let size = known.map_or(0, |known| known.size());
        let there = size.saturating_sub(index * u64::from(FULL)).min(u64::from(FULL));
        for stored in [u16::try_from(there).unwrap_or(FULL), width] {
            if stored < width || stored == 0 {
                continue;
            }
            match mirror.bundle(index, stored) {
                Ok(bytes) => {
                    if let Some(leaves) = split(&bytes, stored, width) {
                        return Ok(Some(leaves));
                    }
                }
                Err(ReadError::Missing) => {}
                Err(error) => return Err(Error::Nothing(format!("the mirror: {error}"))),
            }
        }
        Ok(None)
    }

    /// Compares every tile and bundle of the record with the leaves; narrower ones of before are still served and count.
    fn tiles(&mut self, size: u64, leaves: &[Vec<u8>], levels: &Levels) -> Result<(), Error> {
        let needed =
            tiles_for_growth(0, size).map_err(|error| Error::Nothing(error.to_string()))?;
        let mut paths: BTreeMap<String, TilePath> =
            needed.into_iter().map(|path| (path.to_string(), path)).collect();
        for path in self.files.list()? {
            if path.starts_with("tile/")
                && let Ok(tile) = path.parse::<TilePath>()
            {
                paths.insert(path, tile);
            }
        }
        for (name, path) in paths {
            let Some(expected) = expected(path, leaves, levels) else {
                // A seal that is under way, or one that was given up.
                self.found.notes.push(format!("record/{name} is beyond the published tree"));
                continue;
            };
            self.found.tiles += 1;
            match self.files.read(&name)? {
                Some(bytes) if bytes == expected => {}
                Some(_) => {
                    self.put_right(&name, Some(&expected), "is not what the entries give")?
                }
                None => self.put_right(&name, Some(&expected), "was missing")?,
            }
        }
        Ok(())
    }
}

/// What the tree has at this path; `None` beyond its end.
fn expected(path: TilePath, leaves: &[Vec<u8>], levels: &Levels) -> Option<Vec<u8>> {
    let from = usize::try_from(path.index()).ok()?.checked_mul(usize::from(FULL))?;
    let to = from.checked_add(usize::from(path.width()))?;
    match path.kind() {
        TileKind::Entries => encode_bundle(leaves.get(from..to)?).ok(),
        TileKind::Level(level) => {
            levels.0.get(usize::from(level))?.get(from * 32..to * 32).map(<[u8]>::to_vec)
        }
    }
}

fn levels(leaves: &[Vec<u8>]) -> (Levels, Frontier) {
    let (mut levels, mut tree) = (Vec::<Vec<u8>>::new(), Frontier::new());
    let mut put = |tile: &ovn_tlog::Tile| {
        let TileKind::Level(level) = tile.path.kind() else { return };
        let level = usize::from(level);
        if levels.len() <= level {
            levels.resize(level + 1, Vec::new());
        }
        if let Some(hashes) = levels.get_mut(level) {
            hashes.extend_from_slice(&tile.bytes);
        }
    };
    for part in leaves.chunks(usize::from(FULL)) {
        let hashes: Vec<Hash> = part.iter().map(|leaf| leaf_hash(leaf)).collect();
        tree.complete(&hashes).iter().for_each(&mut put);
    }
    tree.partial_tiles(0).iter().for_each(&mut put);
    (Levels(levels), tree)
}

fn split(bytes: &[u8], stored: u16, width: u16) -> Option<Vec<Vec<u8>>> {
    let entries = decode_bundle(bytes, stored).ok()?;
    Some(entries.get(..usize::from(width))?.iter().map(|entry| entry.to_vec()).collect())
}

fn hashes(leaves: &[Vec<u8>]) -> Vec<Hash> {
    leaves.iter().map(|leaf| leaf_hash(leaf)).collect()
}

fn hashes_of(index: u64, width: u16, bytes: &[u8]) -> Option<Vec<Hash>> {
    decode_tile(TilePath::new(TileKind::Level(0), index, width).ok()?, bytes).ok()
}
