//! Entry bundles: up to 256 entries, each after its length in two bytes, big-endian.

use crate::tile::{FULL, TileError};

/// The bytes of a bundle with these entries, in order.
///
/// # Errors
/// [`TileError::EntryTooLong`] for an entry above 65,535 bytes, [`TileError::Width`] for none or
/// more than 256 entries.
pub fn encode_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, TileError> {
    let width = u16::try_from(entries.len()).unwrap_or(u16::MAX);
    if width == 0 || width > FULL {
        return Err(TileError::Width(width));
    }
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length =
            u16::try_from(entry.len()).map_err(|_| TileError::EntryTooLong(entry.len()))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle that is `width` entries wide.
///
/// # Errors
/// [`TileError::BundleCut`] or [`TileError::BundleLong`] when the bytes hold fewer or more.
pub fn decode_bundle(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, TileError> {
    if width == 0 || width > FULL {
        return Err(TileError::Width(width));
    }
    let mut rest = bytes;
    let mut entries = Vec::new();
    for entry in 0..width {
        let cut = TileError::BundleCut { entry, width };
        let (length, after) = rest.split_first_chunk::<2>().ok_or_else(|| cut.clone())?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (data, after) = after.split_at_checked(length).ok_or(cut)?;
        entries.push(data);
        rest = after;
    }
    if rest.is_empty() {
        Ok(entries)
    } else {
        Err(TileError::BundleLong { extra: rest.len(), width })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_read_exactly() {
        let check = |bytes: &[u8], width: u16, expected: Result<Vec<&[u8]>, TileError>| {
            assert_eq!(decode_bundle(bytes, width), expected);
        };
        check(b"\0\x01a\0\0\0\x02bc", 3, Ok(vec![b"a", b"", b"bc"]));
        check(b"\0\x01a", 2, Err(TileError::BundleCut { entry: 1, width: 2 }));
        check(b"\0\x01a\0", 2, Err(TileError::BundleCut { entry: 1, width: 2 }));
        check(b"\0\x02a", 1, Err(TileError::BundleCut { entry: 0, width: 1 }));
        check(b"\0\x01ab", 1, Err(TileError::BundleLong { extra: 1, width: 1 }));
        check(b"", 0, Err(TileError::Width(0)));
        check(b"", 257, Err(TileError::Width(257)));
    }

    #[test]
    fn entries_have_a_longest_length() {
        let entry = vec![7_u8; 65_535];
        let bytes = encode_bundle(&[&entry]).unwrap();
        assert_eq!(decode_bundle(&bytes, 1).unwrap(), [&entry[..]]);
        assert_eq!(encode_bundle(&[vec![7_u8; 65_536]]), Err(TileError::EntryTooLong(65_536)));
        assert_eq!(encode_bundle::<&[u8]>(&[]), Err(TileError::Width(0)));
        assert_eq!(encode_bundle(&vec![b"x"; 257]), Err(TileError::Width(257)));
    }
}
