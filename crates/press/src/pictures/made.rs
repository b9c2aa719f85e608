//! Renditions that are made when a picture is taken in, and lie packed beside it, so that publishing only seals them.
//!
//! The file `<sha256 of the picture>.renditions` has one line of JSON, which names each rendition with its length, and their
//! bytes one after the other. It can be made again from the picture at any time: what is missing or damaged is not believed.

use super::Encoded;
use ovn_edition::model::Format;
use ovn_edition::{commit::sha256, hex};
use ovn_store::Folder;
use serde::{Deserialize, Serialize};

/// The longest such file that is read: 64 MiB, as for any archived file.
const LONGEST: u64 = 64 << 20;

#[derive(Serialize, Deserialize)]
struct Piece {
    format: Format,
    height: u32,
    width: u32,
    length: usize,
    sha256: String,
}

impl Piece {
    fn of(one: &Encoded) -> Self {
        let Encoded { format, height, width, .. } = *one;
        let sha256 = hex::encode(&sha256(&one.bytes));
        Self { format, height, width, length: one.bytes.len(), sha256 }
    }
}

/// A picture's measures and its renditions, as [`super::renditions`] gives them.
pub(crate) type Made = (Encoded, Vec<Encoded>);

/// The name of the file that has the renditions of the picture with this digest.
pub(crate) fn name(digest: &[u8; 32]) -> String {
    format!("{}.renditions", hex::encode(digest))
}

/// The bytes of that file.
pub(super) fn pack((whole, smaller): &Made) -> Result<Vec<u8>, serde_json::Error> {
    let pieces: Vec<Piece> = std::iter::once(whole).chain(smaller).map(Piece::of).collect();
    let mut out = serde_json::to_vec(&pieces)?;
    out.push(b'\n');
    smaller.iter().for_each(|one| out.extend(&one.bytes));
    Ok(out)
}

/// What was made of `picture` and lies in `folder`; none where nothing does, or where a byte of it is not as it was.
pub(crate) fn read(folder: &Folder, picture: &[u8]) -> Option<Made> {
    let packed = folder.read_within(&name(&sha256(picture)), LONGEST).ok()??;
    unpack(&packed, picture)
}

fn unpack(packed: &[u8], picture: &[u8]) -> Option<Made> {
    let end = packed.iter().position(|byte| *byte == b'\n')?;
    let (head, mut rest) = packed.split_at_checked(end)?;
    rest = rest.get(1..)?;
    let pieces: Vec<Piece> = serde_json::from_slice(head).ok()?;
    let (first, smaller) = pieces.split_first()?;
    let whole = encoded(first, picture)?;
    let mut out = Vec::new();
    for piece in smaller {
        let (bytes, after) = rest.split_at_checked(piece.length)?;
        out.push(encoded(piece, bytes)?);
        rest = after;
    }
    rest.is_empty().then_some((whole, out))
}

/// The rendition with these bytes, if they are those that its name stands for.
fn encoded(piece: &Piece, bytes: &[u8]) -> Option<Encoded> {
    let Piece { format, height, width, .. } = *piece;
    let same = piece.sha256 == hex::encode(&sha256(bytes));
    same.then(|| Encoded { bytes: bytes.to_vec(), format, width, height })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn made() -> Made {
        let one = |bytes: &[u8], format, width| {
            let bytes = bytes.to_vec();
            Encoded { bytes, format, width, height: 20 }
        };
        let smaller = vec![one(b"\nsmall", Format::Webp, 480), one(b"wide", Format::Jpeg, 960)];
        (one(b"the picture", Format::Jpeg, 1200), smaller)
    }

    #[test]
    fn what_was_packed_comes_out_again() {
        let packed = pack(&made()).unwrap();
        assert_eq!(unpack(&packed, b"the picture"), Some(made()));
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        assert_eq!(read(&folder, b"the picture"), None);
        folder.replace(&name(&sha256(b"the picture")), &packed).unwrap();
        assert_eq!(read(&folder, b"the picture"), Some(made()));
        assert_eq!(read(&folder, b"another"), None);
    }

    #[test]
    fn no_changed_byte_is_believed() {
        let packed = pack(&made()).unwrap();
        assert_eq!(unpack(&packed, b"another picture"), None);
        assert_eq!(unpack(&packed[..packed.len() - 1], b"the picture"), None);
        assert_eq!(unpack(&[packed.as_slice(), b"more"].concat(), b"the picture"), None);
        for junk in [b"".as_slice(), b"\n", b"[]\n", b"[{}]\n", b"no json\nat all"] {
            assert_eq!(unpack(junk, b"the picture"), None);
        }
        // Of the first line alone its measures are not covered by a hash, and nobody but the newsroom writes it.
        let body = packed.iter().position(|byte| *byte == b'\n').unwrap();
        for at in body..packed.len() {
            let mut changed = packed.clone();
            changed[at] ^= 1;
            assert_eq!(unpack(&changed, b"the picture"), None, "{at}");
        }
    }
}
