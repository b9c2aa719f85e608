//! What an article's picture may be, by its bytes alone: four formats, a size that browsers bear, nothing that tells where
//! or by whom it was taken, and nothing behind its end.
//!
//! Only headers and frames are walked; nothing is decoded, so that no size that a file declares is ever allocated. JPEG:
//! ITU-T T.81; PNG, third edition; GIF89a; WebP container specification.

/// The most pixels, 100 million.
pub const MAX_PIXELS: u64 = 100_000_000;
/// The most frames of a moving picture.
pub const MAX_FRAMES: u32 = 1000;

/// What was seen of a picture.
#[derive(Debug, Default)]
struct Seen {
    width: u64,
    height: u64,
    frames: u32,
    /// The kinds of metadata that it carries.
    carries: Vec<&'static str>,
    /// Where it ends.
    end: usize,
}

/// Why the bytes are no picture for an article, in words that follow its name; `None` when they are one.
#[must_use]
pub fn fault(bytes: &[u8]) -> Option<String> {
    let Some(walk) = walk(bytes) else {
        return Some("is no JPEG, PNG, GIF or WebP by its bytes; save it as one of them".into());
    };
    let mut seen = Seen::default();
    if walk(bytes, &mut seen).is_none() || seen.width == 0 || seen.height == 0 {
        return Some("breaks off or contradicts itself; save it anew".into());
    }
    let Seen { width, height, frames, carries, end } = seen;
    if width.saturating_mul(height) > MAX_PIXELS {
        return Some(format!(
            "has {width} by {height} pixels, and at most 100 million may be; make it smaller"
        ));
    }
    if frames > MAX_FRAMES {
        return Some(format!("has {frames} frames, and at most {MAX_FRAMES} may be; shorten it"));
    }
    if !carries.is_empty() {
        let what = carries.join(", ");
        return Some(format!(
            "carries {what}, which can tell who took it, where and with what; take it out, for example with \
             `exiftool -all= FILE`, and look at the picture again"
        ));
    }
    let rest = bytes.len().saturating_sub(end);
    (rest > 0).then(|| format!("goes on for {rest} bytes behind its end; save it anew"))
}

/// How many frames a picture has by its frames' heads; `None` for what is no picture or breaks off.
pub(crate) fn frames(bytes: &[u8]) -> Option<u32> {
    let mut seen = Seen::default();
    walk(bytes)?(bytes, &mut seen)?;
    // A JPEG file has one picture; its parts each have a head.
    Some(if bytes.starts_with(&[0xff, 0xd8]) { 1 } else { seen.frames.max(1) })
}

/// The kinds of metadata that a picture carries, as far as it can be walked.
pub(crate) fn carried(bytes: &[u8]) -> Vec<&'static str> {
    let mut seen = Seen::default();
    if let Some(walk) = walk(bytes) {
        let _ = walk(bytes, &mut seen);
    }
    seen.carries
}

/// Walks through a file and notes what it sees; `None` where it breaks off.
type Walk = fn(&[u8], &mut Seen) -> Option<()>;

/// Who walks through the bytes, by how they begin.
fn walk(bytes: &[u8]) -> Option<Walk> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(webp),
        _ => None,
    }
}

impl Seen {
    fn carry(&mut self, what: &'static str) {
        if !self.carries.contains(&what) {
            self.carries.push(what);
        }
    }

    fn size(&mut self, width: u64, height: u64) {
        (self.width, self.height) = (self.width.max(width), self.height.max(height));
    }
}

fn jpeg(bytes: &[u8], seen: &mut Seen) -> Option<()> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        match marker {
            0xd9 => {
                seen.end = at;
                return Some(());
            }
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(be16(bytes, at)?);
        let part = bytes.get(at + 2..at.checked_add(length)?)?;
        at += length;
        match marker {
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => {
                seen.frames += 1;
                seen.size(be16(part, 3)?.into(), be16(part, 1)?.into());
            }
            0xda => at = after_scan(bytes, at)?,
            0xe1 if part.starts_with(b"Exif") => seen.carry("Exif"),
            0xe1 => seen.carry("XMP"),
            0xe2 if !part.starts_with(b"ICC_PROFILE") => seen.carry("further pictures"),
            0xed => seen.carry("IPTC"),
            0xe3..=0xec | 0xef => seen.carry("a camera's own data"),
            0xfe => seen.carry("a comment"),
            _ => {}
        }
    }
}

/// Where the next marker stands behind the coded data that begins at `at`.
fn after_scan(bytes: &[u8], at: usize) -> Option<usize> {
    let pairs = bytes.get(at..)?.windows(2);
    let length = pairs
        .clone()
        .position(|pair| matches!(pair, [0xff, next] if !matches!(next, 0 | 0xd0..=0xd7)))?;
    Some(at + length)
}

fn png(bytes: &[u8], seen: &mut Seen) -> Option<()> {
    let mut at = 8;
    loop {
        let length = usize::try_from(be32(bytes, at)?).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        let start = at + 8;
        let part = bytes.get(start..start.checked_add(length)?)?;
        at = start + length + 4;
        match kind {
            b"IHDR" => seen.size(be32(part, 0)?.into(), be32(part, 4)?.into()),
            b"acTL" => seen.frames = be32(part, 0)?,
            b"eXIf" => seen.carry("Exif"),
            b"tEXt" | b"zTXt" | b"iTXt" => seen.carry("text"),
            b"IEND" if bytes.len() >= at => {
                seen.end = at;
                return Some(());
            }
            b"IEND" => return None,
            _ => {}
        }
    }
}

fn gif(bytes: &[u8], seen: &mut Seen) -> Option<()> {
    seen.size(le16(bytes, 6)?.into(), le16(bytes, 8)?.into());
    let mut at = 13 + palette(*bytes.get(10)?);
    loop {
        let kind = *bytes.get(at)?;
        at += 1;
        match kind {
            0x3b => {
                seen.end = at;
                return Some(());
            }
            0x2c => {
                seen.frames += 1;
                at = blocks(bytes, at + 9 + palette(*bytes.get(at + 8)?) + 1)?;
            }
            0x21 => {
                let label = *bytes.get(at)?;
                if label == 0xfe {
                    seen.carry("a comment");
                }
                if label == 0xff && bytes.get(at + 2..)?.starts_with(b"XMP Data") {
                    seen.carry("XMP");
                }
                at = blocks(bytes, at + 1)?;
            }
            _ => return None,
        }
    }
}

/// Bytes of the colour table that the flags announce.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where a run of GIF's data blocks that begins at `at` ends.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = *bytes.get(at)?;
        at += usize::from(length) + 1;
        if length == 0 {
            return Some(at);
        }
    }
}

fn webp(bytes: &[u8], seen: &mut Seen) -> Option<()> {
    let end = usize::try_from(le32(bytes, 4)?).ok()?.checked_add(8)?;
    let whole = bytes.get(..end)?;
    let mut at = 12;
    while at < end {
        let kind = whole.get(at..at + 4)?;
        let length = usize::try_from(le32(whole, at + 4)?).ok()?;
        let start = at + 8;
        let part = whole.get(start..start.checked_add(length)?)?;
        at = start + length + length % 2;
        match kind {
            b"VP8X" => seen.size(le24(part, 4)? + 1, le24(part, 7)? + 1),
            b"VP8 " => {
                seen.size((le16(part, 6)? & 0x3fff).into(), (le16(part, 8)? & 0x3fff).into());
            }
            b"VP8L" => {
                let bits = u64::from(le32(part, 1)?);
                seen.size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
            }
            b"ANMF" => seen.frames += 1,
            b"EXIF" => seen.carry("Exif"),
            b"XMP " => seen.carry("XMP"),
            _ => {}
        }
    }
    seen.end = end;
    Some(())
}

fn four(bytes: &[u8], at: usize) -> Option<[u8; 4]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn two(bytes: &[u8], at: usize) -> Option<[u8; 2]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    two(bytes, at).map(u16::from_be_bytes)
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    two(bytes, at).map(u16::from_le_bytes)
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    four(bytes, at).map(u32::from_be_bytes)
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    four(bytes, at).map(u32::from_le_bytes)
}

fn le24(bytes: &[u8], at: usize) -> Option<u64> {
    let low = u64::from(le16(bytes, at)?);
    Some(low | u64::from(*bytes.get(at + 2)?) << 16)
}

#[cfg(test)]
#[path = "picture/tests.rs"]
mod tests;
