//! What a photograph tells (Exif 3.0, TIFF 6.0): by whom, with what, when and where it was taken.

use super::{Told, find};
use crate::publish::picture;

/// The most fields of a picture that are looked at.
const FIELDS: usize = 2000;
/// How far into a picture its fields are looked for, and how far before its end, in bytes.
const FAR: usize = 1 << 20;

/// Bytes with the order in which numbers stand in them.
struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
    left: usize,
}

/// A field: its number, its type and where its value stands.
struct Field {
    tag: u16,
    kind: u16,
    count: usize,
    at: usize,
}

pub(super) fn tell(bytes: &[u8], told: &mut Told) {
    let carries = picture::carried(bytes);
    if !carries.is_empty() {
        told.say("carries", &carries.join(", "));
    }
    if let Some(mut tiff) = Tiff::of(bytes) {
        let first = tiff.long(4).and_then(|at| usize::try_from(at).ok());
        let mut place = Place::default();
        if let Some(at) = first {
            tiff.list(at, told, &mut place, 0);
        }
        if let Some(place) = place.shown() {
            told.say("place", &place);
        }
    }
    let xmp = find(bytes, b"<x:xmpmeta", 0);
    if let Some(xmp) = xmp.and_then(|at| bytes.get(at..)) {
        super::pdf::xmp(xmp, told);
    }
}

/// Where it was taken.
#[derive(Default)]
struct Place {
    north: Option<f64>,
    south: bool,
    east: Option<f64>,
    west: bool,
}

impl Place {
    fn shown(&self) -> Option<String> {
        let (mut north, mut east) = (self.north?, self.east?);
        if self.south {
            north = -north;
        }
        if self.west {
            east = -east;
        }
        Some(format!("{north:.5}, {east:.5}"))
    }
}

impl<'a> Tiff<'a> {
    /// The fields of a picture, wherever its format keeps them.
    fn of(bytes: &'a [u8]) -> Option<Self> {
        if let Some(own) = Self::at(bytes, 0) {
            return Some(own);
        }
        let tail = bytes.len().saturating_sub(FAR);
        let parts = [(0, bytes.get(..FAR).unwrap_or(bytes)), (tail, bytes.get(tail..)?)];
        let marks: [(&[u8], usize); 3] = [(b"Exif\0\0", 6), (b"eXIf", 4), (b"EXIF", 8)];
        parts.iter().find_map(|(start, part)| {
            marks.iter().find_map(|(mark, skip)| {
                let at = find(part, mark, 0)?;
                Self::at(bytes, start + at + skip)
            })
        })
    }

    fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let bytes = bytes.get(at..)?;
        let little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, little, left: FIELDS })
    }

    fn short(&self, at: usize) -> Option<u16> {
        let two: [u8; 2] = self.bytes.get(at..)?.first_chunk().copied()?;
        Some(if self.little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let four: [u8; 4] = self.bytes.get(at..)?.first_chunk().copied()?;
        Some(if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }

    /// A list of fields, with those that it leads to.
    fn list(&mut self, at: usize, told: &mut Told, place: &mut Place, depth: u8) {
        let Some(count) = self.short(at) else { return };
        for number in 0..usize::from(count) {
            if self.left == 0 || depth > 3 {
                return;
            }
            self.left -= 1;
            let Some(field) = self.field(at + 2 + 12 * number) else { return };
            match field.tag {
                0x8769 | 0x8825 => {
                    if let Some(inner) = self.long(field.at).and_then(|at| usize::try_from(at).ok())
                    {
                        self.list(inner, told, place, depth + 1);
                    }
                }
                1..=4 if depth > 0 => self.place(&field, place),
                _ => self.say(&field, told),
            }
        }
        if depth == 0 && self.long(at + 2 + 12 * usize::from(count)).is_some_and(|next| next > 0) {
            told.mark("thumbnail");
        }
    }

    fn field(&self, at: usize) -> Option<Field> {
        let (tag, kind) = (self.short(at)?, self.short(at + 2)?);
        let count = usize::try_from(self.long(at + 4)?).ok()?;
        let width = match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            5 | 10 | 12 => 8,
            _ => 4,
        };
        let inside = count.checked_mul(width)? <= 4;
        let at = if inside { at + 8 } else { usize::try_from(self.long(at + 8)?).ok()? };
        Some(Field { tag, kind, count, at })
    }

    fn text(&self, field: &Field) -> Option<String> {
        let end = field.at.checked_add(field.count.min(2000))?;
        let bytes = self.bytes.get(field.at..end.min(self.bytes.len()))?;
        let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        (field.kind == 2).then(|| String::from_utf8_lossy(text).into_owned())
    }

    fn say(&self, field: &Field, told: &mut Told) {
        let key = match field.tag {
            0x010e => "note",
            0x010f | 0x0110 => "camera",
            0x0131 => "program",
            0x0132 => "changed",
            0x013b | 0xa430 => "author",
            0x8298 => "copyright",
            0x9003 => "taken",
            0xa431 | 0xa435 => "serial",
            0xa434 => "lens",
            _ => return,
        };
        told.say(key, &self.text(field).unwrap_or_default());
    }

    /// A field of the list of places.
    fn place(&self, field: &Field, place: &mut Place) {
        let letter = || self.bytes.get(field.at).copied();
        match field.tag {
            1 => place.south = letter() == Some(b'S'),
            2 => place.north = self.degrees(field.at),
            3 => place.west = letter() == Some(b'W'),
            4 => place.east = self.degrees(field.at),
            _ => {}
        }
    }

    /// Degrees, minutes and seconds, each a fraction.
    fn degrees(&self, at: usize) -> Option<f64> {
        let part = |number: usize| {
            let (over, under) = (self.long(at + 8 * number)?, self.long(at + 8 * number + 4)?);
            (under != 0).then(|| f64::from(over) / f64::from(under))
        };
        Some(part(0)? + part(1)? / 60.0 + part(2).unwrap_or(0.0) / 3600.0)
    }
}
