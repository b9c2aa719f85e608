//! The archive that an office document is (APPNOTE.TXT 6.3.10), read from memory by its list and opened part by part.
//!
//! Before a byte is unpacked the list is looked at as a whole: what leads elsewhere, stands twice, lies over another part or
//! swells is refused with the document. No name in it is ever used for a path.

use super::kind::Kind;
use flate2::read::DeflateDecoder;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::Read;

/// The most parts.
const PARTS: usize = 10_000;
/// The most bytes that all parts say they have, 512 MiB.
const WHOLE: u64 = 512 << 20;
/// How many times as long as the archive the parts may be together; short ones may swell more.
const RATIO: u64 = 200;
/// The longest archive that may swell as it likes within [`WHOLE`], 32 KiB.
const SHORT: u64 = 32 << 10;
/// The longest part that is opened, and what all of them may come to, in bytes.
const PART: usize = 16 << 20;
const BUDGET: usize = 32 << 20;

const BROKEN: &str = "breaks off or contradicts itself; save it anew";
const SWELLS: &str =
    "swells to many times its length when it is opened, as no document does; it is not opened";
const ASTRAY: &str = "has parts whose names lead elsewhere, stand twice or lie over one another, as no document does; it is not opened";

/// A part of an archive.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    packed: bool,
    size: u64,
    bytes: &'a [u8],
}

/// An archive whose list was found good.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    pub(super) parts: Vec<Part<'a>>,
    left: Cell<usize>,
}

impl<'a> Archive<'a> {
    /// # Errors
    /// In words that follow the file's name.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let (count, start) = list(bytes).ok_or(BROKEN)?;
        if count > PARTS {
            return Err(format!("has {count} parts, and at most {PARTS} are looked at"));
        }
        let (mut at, mut parts, mut names) = (start, Vec::new(), BTreeSet::new());
        let (mut whole, mut places) = (0_u64, Vec::new());
        for _ in 0..count {
            let (one, next) = entry(bytes, at).ok_or(BROKEN)?;
            at = next;
            if one.locked {
                return Err("is locked with a password; save it without".into());
            }
            if one.link || !leads_inside(one.name) || !names.insert(one.name.to_lowercase()) {
                return Err(ASTRAY.into());
            }
            whole = whole.saturating_add(one.size);
            places.push(one.head..one.place.end);
            let bytes = bytes.get(one.place.clone()).ok_or(BROKEN)?;
            let Entry { name, packed, size, .. } = one;
            parts.push(Part { name, packed, size, bytes });
        }
        let long = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if whole > WHOLE || (long > SHORT && whole > long.saturating_mul(RATIO)) {
            return Err(SWELLS.into());
        }
        places.sort_by_key(|place| place.start);
        let over =
            |two: &[std::ops::Range<usize>]| matches!(two, [one, next] if one.end > next.start);
        if places.windows(2).any(over) {
            return Err(ASTRAY.into());
        }
        Ok(Self { parts, left: Cell::new(BUDGET) })
    }

    /// What a part holds; nothing when it is not there.
    ///
    /// # Errors
    /// When it is not what the list says, or all that was opened comes to more than is read.
    pub(super) fn open(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(part) = self.parts.iter().find(|part| part.name == name) else { return Ok(None) };
        let size = usize::try_from(part.size).unwrap_or(usize::MAX);
        if size > PART || size > self.left.get() {
            // Its maker is told by other parts; this one is longer than is looked at.
            return Ok(None);
        }
        self.left.set(self.left.get() - size);
        if !part.packed {
            return if part.bytes.len() == size {
                Ok(Some(part.bytes.to_vec()))
            } else {
                Err(BROKEN.into())
            };
        }
        let mut out = Vec::new();
        let limit = part.size.saturating_add(1);
        let read = DeflateDecoder::new(part.bytes).take(limit).read_to_end(&mut out);
        match read {
            Ok(length) if length > size => Err(SWELLS.into()),
            Ok(length) if length == size => Ok(Some(out)),
            _ => Err(BROKEN.into()),
        }
    }

    /// The parts below a folder.
    pub(super) fn below(&self, folder: &str) -> impl Iterator<Item = &'a str> {
        let names: Vec<&'a str> = self.parts.iter().map(|part| part.name).collect();
        let folder = folder.to_owned();
        names.into_iter().filter(move |name| name.starts_with(&folder) && !name.ends_with('/'))
    }

    /// The office document that it is.
    pub(super) fn document(&self) -> Option<Kind> {
        const ODF: &[u8] = b"application/vnd.oasis.opendocument.";
        let has = |name: &str| self.parts.iter().any(|part| part.name == name);
        if let Some(kind) = self.open("mimetype").ok().flatten() {
            let rest = kind.strip_prefix(ODF)?;
            let kinds: [(&[u8], Kind); 3] =
                [(b"text", Kind::Odt), (b"spreadsheet", Kind::Ods), (b"presentation", Kind::Odp)];
            return kinds.iter().find(|(word, _)| rest.starts_with(word)).map(|(_, kind)| *kind);
        }
        if !has("[Content_Types].xml") {
            return None;
        }
        let kinds = [
            ("word/document.xml", Kind::Docx),
            ("xl/workbook.xml", Kind::Xlsx),
            ("ppt/presentation.xml", Kind::Pptx),
        ];
        kinds.into_iter().find(|(name, _)| has(name)).map(|(_, kind)| kind)
    }
}

/// A line of the list.
struct Entry<'a> {
    name: &'a str,
    packed: bool,
    locked: bool,
    link: bool,
    size: u64,
    /// Where its own head begins.
    head: usize,
    /// Where its bytes lie.
    place: std::ops::Range<usize>,
}

/// How many parts there are, and where their list begins (4.3.16).
fn list(bytes: &[u8]) -> Option<(usize, usize)> {
    let earliest = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let mut at = bytes.len().checked_sub(22)?;
    loop {
        let fits = bytes.get(at..at + 4)? == b"PK\x05\x06"
            && at + 22 + usize::from(le16(bytes, at + 20)?) == bytes.len();
        if fits {
            let (count, all) = (le16(bytes, at + 8)?, le16(bytes, at + 10)?);
            let start = usize::try_from(le32(bytes, at + 16)?).ok()?;
            let long = usize::try_from(le32(bytes, at + 12)?).ok()?;
            // One disk, and the list lies right before its end.
            let whole = count == all && start.checked_add(long)? == at;
            return whole.then_some((usize::from(count), start));
        }
        at = at.checked_sub(1).filter(|at| *at >= earliest)?;
    }
}

/// A line of the list (4.3.12) with the part's own head (4.3.7), and where the next line begins.
fn entry(bytes: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    if bytes.get(at..at + 4)? != b"PK\x01\x02" {
        return None;
    }
    let flags = le16(bytes, at + 8)?;
    let packed = match le16(bytes, at + 10)? {
        0 => false,
        8 => true,
        _ => return None,
    };
    let length = |place| Some(usize::from(le16(bytes, place)?));
    let (named, extra, words) = (length(at + 28)?, length(at + 30)?, length(at + 32)?);
    let long = usize::try_from(le32(bytes, at + 20)?).ok()?;
    let size = u64::from(le32(bytes, at + 24)?);
    let unix = bytes.get(at + 5) == Some(&3);
    let link = unix && le32(bytes, at + 38)? >> 28 == 0o12;
    let head = usize::try_from(le32(bytes, at + 42)?).ok()?;
    let name = bytes.get(at + 46..at + 46 + named)?;
    if bytes.get(head..head + 4)? != b"PK\x03\x04" || length(head + 26)? != named {
        return None;
    }
    if bytes.get(head + 30..head + 30 + named)? != name {
        return None;
    }
    let start = head + 30 + named + length(head + 28)?;
    let place = start..start.checked_add(long)?;
    let name = str::from_utf8(name).ok()?;
    let one = Entry { name, packed, locked: flags & 1 == 1, link, size, head, place };
    Some((one, at + 46 + named + extra + words))
}

/// Whether a name would stay within a folder, on any system.
fn leads_inside(name: &str) -> bool {
    let plain = !name.is_empty() && name.len() <= 1024;
    let odd = name.chars().any(|sign| sign.is_control() || matches!(sign, '\\' | ':'));
    plain && !odd && !name.starts_with('/') && !name.split('/').any(|part| part == "..")
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}
