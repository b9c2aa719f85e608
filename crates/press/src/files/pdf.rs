//! What a PDF tells (ISO 32000): its information dictionary, its XMP, and what else in it says more than its pages show.
//!
//! The file is not read as its viewer would: names that stand for such things are looked for in the bytes, and in what its
//! streams unpack to, within limits. A file that hides them from that can tell more than is listed.

use super::{Told, count, find, note};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// What all streams may come to that are unpacked, and the longest of one, in bytes.
const BUDGET: usize = 24 << 20;
const STREAM: u64 = 4 << 20;
/// The most streams that are tried.
const STREAMS: usize = 3000;
/// The most comments whose authors are looked for.
const POPUPS: usize = 100;
/// The longest text of a field, in bytes.
const TEXT: usize = 4000;

const INFO: [(&[u8], &str); 8] = [
    (b"/Author", "author"),
    (b"/Creator", "program"),
    (b"/Producer", "producer"),
    (b"/Title", "title"),
    (b"/Subject", "subject"),
    (b"/Keywords", "keywords"),
    (b"/CreationDate", "made"),
    (b"/ModDate", "changed"),
];
const MARKS: [(&[u8], &str); 6] = [
    (b"/Encrypt", "locked"),
    (b"/JavaScript", "scripts"),
    (b"/JS", "scripts"),
    (b"/EmbeddedFile", "embedded-files"),
    (b"/AcroForm", "form"),
    (b"/ByteRange", "signed"),
];

pub(super) fn tell(bytes: &[u8], told: &mut Told) {
    let mut authors = Vec::new();
    look(bytes, told, &mut authors);
    let (mut left, mut at) = (BUDGET, 0);
    for _ in 0..STREAMS {
        let Some(found) = find(bytes, b"stream", at) else { break };
        at = found + 6;
        // A photograph's stream says nothing about its maker here.
        let before = bytes.get(found.saturating_sub(200)..found).unwrap_or_default();
        if find(before, b"/DCTDecode", 0).is_some() || left == 0 {
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.first().is_none_or(|byte| byte & 0x0f != 8) {
            continue;
        }
        let mut out = Vec::new();
        let most = STREAM.min(u64::try_from(left).unwrap_or(STREAM));
        // What breaks off has unpacked so far.
        let _ = ZlibDecoder::new(rest).take(most).read_to_end(&mut out);
        left = left.saturating_sub(out.len().max(1024));
        look(&out, told, &mut authors);
    }
    for author in authors {
        told.say("comment-author", &author);
    }
    let ends = count(bytes, b"%%EOF");
    told.count("earlier", ends.saturating_sub(1), &[]);
    if find(bytes, b"/Linearized", 0).is_some() && ends == 2 {
        // Written for the line, a file has two ends from the beginning.
        told.facts.retain(|fact| fact.key != "earlier");
    }
}

/// What stands in these bytes in plain.
fn look(bytes: &[u8], told: &mut Told, authors: &mut Vec<String>) {
    let (mut at, mut popups) = (0, 0);
    while let Some(found) = find(bytes, b"/", at) {
        at = found + 1;
        let rest = bytes.get(found..).unwrap_or_default();
        if let Some((name, key)) = INFO.iter().find(|(name, _)| rest.starts_with(name)) {
            if let Some(text) = string(rest.get(name.len()..).unwrap_or_default()) {
                let date = matches!(*key, "made" | "changed");
                told.say(key, if date { text.trim_start_matches("D:") } else { &text });
            }
        } else if let Some((name, key)) = MARKS.iter().find(|(name, _)| rest.starts_with(name)) {
            if rest.get(name.len()).is_some_and(|byte| !byte.is_ascii_alphabetic()) {
                told.mark(key);
            }
        } else if rest.starts_with(b"/Popup") && popups < POPUPS {
            popups += 1;
            told.mark("comments");
            let near = bytes.get(found.saturating_sub(2000)..(found + 2000).min(bytes.len()));
            commented(near.unwrap_or_default(), authors);
        }
    }
    if let Some(packet) = find(bytes, b"<x:xmpmeta", 0).and_then(|at| bytes.get(at..)) {
        xmp(packet, told);
    }
}

/// Who wrote a comment, which it says in `/T` (12.5.6.2).
fn commented(near: &[u8], authors: &mut Vec<String>) {
    let mut at = 0;
    while let Some(found) = find(near, b"/T", at) {
        at = found + 2;
        if let Some(text) = string(near.get(at..).unwrap_or_default()) {
            note(authors, &text);
        }
    }
}

/// A string that follows a name: `(letters)` or `<hexadecimal digits>`.
fn string(rest: &[u8]) -> Option<String> {
    let start = rest.iter().take(8).position(|byte| !byte.is_ascii_whitespace())?;
    let rest = rest.get(start..)?;
    let bytes = match rest.first()? {
        b'(' => letters(rest.get(1..)?)?,
        b'<' if rest.get(1) != Some(&b'<') => digits(rest.get(1..)?)?,
        _ => return None,
    };
    Some(match bytes.strip_prefix(b"\xfe\xff") {
        Some(wide) => encoding_rs::UTF_16BE.decode(wide).0.into_owned(),
        None => match str::from_utf8(&bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned(),
        },
    })
}

/// Up to the bracket that closes it; `\` takes the next sign as it is, or three digits as a byte.
fn letters(rest: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut depth, mut at) = (Vec::new(), 0, 0);
    while out.len() < TEXT {
        let byte = *rest.get(at)?;
        at += 1;
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(out),
            b')' => depth -= 1,
            b'\\' => {
                let next = *rest.get(at)?;
                at += 1;
                let octal = rest.get(at - 1..at + 2).and_then(|three| str::from_utf8(three).ok());
                match octal.and_then(|three| u8::from_str_radix(three, 8).ok()) {
                    Some(byte) if next.is_ascii_digit() => {
                        at += 2;
                        out.push(byte);
                    }
                    _ => out.push(match next {
                        b'n' | b'r' | b't' | b'\n' | b'\r' => b' ',
                        other => other,
                    }),
                }
                continue;
            }
            _ => {}
        }
        out.push(byte);
    }
    Some(out)
}

fn digits(rest: &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().take(2 * TEXT).position(|byte| *byte == b'>')?;
    let plain: Vec<u8> = rest.get(..end)?.iter().copied().filter(u8::is_ascii_hexdigit).collect();
    let pairs = plain.chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
    pairs.collect()
}

/// What a packet of XMP says (ISO 16684-1), as elements or as attributes.
pub(super) fn xmp(packet: &[u8], told: &mut Told) {
    const KEYS: [(&str, &str); 6] = [
        ("CreatorTool", "program"),
        ("CreateDate", "made"),
        ("ModifyDate", "changed"),
        ("DocumentID", "document-id"),
        ("AuthorsPosition", "author"),
        ("SerialNumber", "serial"),
    ];
    told.mark("xmp");
    let end = find(packet, b"</x:xmpmeta>", 0).unwrap_or(packet.len()).min(256 << 10);
    let packet = packet.get(..end).unwrap_or_default();
    let (mut inside, mut events) = (None, 0);
    super::xml::walk(packet, |met| match met {
        super::xml::Met::Start(name, start) => {
            inside = match name {
                "creator" => Some("author"),
                "title" => Some("title"),
                "li" => inside,
                _ => KEYS.iter().find(|(known, _)| *known == name).map(|(_, key)| *key).or(inside),
            };
            events += usize::from(name == "li" && super::xml::attribute(start, "action").is_some());
            for (name, key) in KEYS {
                if let Some(value) = super::xml::attribute(start, name) {
                    told.say(key, &value);
                }
            }
        }
        super::xml::Met::Text(_, words) => {
            if let Some(key) = inside {
                told.say(key, words);
            }
        }
        super::xml::Met::End(name) => {
            let ends = name == "creator"
                || name == "title"
                || KEYS.iter().any(|(known, _)| *known == name);
            if ends {
                inside = None;
            }
        }
    });
    told.count("history", events, &[]);
}
