//! What a message tells (RFC 5322, MIME): from whom, by which way, with what program; and its words.

use super::{Told, find};
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use encoding_rs::Encoding;

/// The most lines of a head that are read, and its longest length in bytes.
const LINES: usize = 500;
const HEAD: usize = 256 << 10;
/// The most parts of a message that are looked at.
const PARTS: usize = 100;
/// The most bytes of a part of text that are read.
const TEXT: usize = 1 << 20;

/// Fields that every message has some of.
const MARKS: [&str; 8] =
    ["from", "date", "received", "message-id", "subject", "to", "return-path", "mime-version"];
const KEYS: [(&str, &str); 15] = [
    ("from", "from"),
    ("sender", "sender"),
    ("reply-to", "reply-to"),
    ("return-path", "sender"),
    ("to", "to"),
    ("cc", "cc"),
    ("bcc", "bcc"),
    ("delivered-to", "delivered"),
    ("date", "date"),
    ("subject", "subject"),
    ("message-id", "message-id"),
    ("x-originating-ip", "origin"),
    ("x-mailer", "program"),
    ("user-agent", "program"),
    ("received", "received"),
];

/// Base64 as mail programs write it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Whether the bytes begin as a message does: with fields, of which two are a message's.
pub(super) fn is(bytes: &[u8]) -> bool {
    let (fields, _) = head(bytes);
    let marks = MARKS.iter().filter(|mark| fields.iter().any(|(name, _)| name == *mark));
    marks.count() >= 2
}

pub(super) fn tell(bytes: &[u8], told: &mut Told) {
    let (fields, body) = head(bytes);
    for (wanted, key) in KEYS {
        for (_, value) in fields.iter().filter(|(name, _)| name == wanted).take(20) {
            told.say(key, &decoded(value));
        }
    }
    if fields.iter().any(|(name, _)| name == "dkim-signature") {
        told.mark("dkim");
    }
    let subject = fields.iter().find(|(name, _)| name == "subject");
    told.words(&decoded(subject.map_or("", |(_, value)| value)));
    told.words("\n");
    let mut left = PARTS;
    part(&fields, body, told, &mut left, 0);
}

/// The fields of a head, unfolded, and what follows it. What is no field ends it.
fn head(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for _ in 0..LINES {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let line = rest.get(..length).unwrap_or_default();
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() || at > HEAD {
            at += length;
            break;
        }
        match (text.starts_with([' ', '\t']), fields.last_mut()) {
            (true, Some((_, value))) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            _ => {
                let Some((name, value)) = text.split_once(':').filter(|(name, _)| is_name(name))
                else {
                    break;
                };
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        at += length;
    }
    (fields, bytes.get(at..).unwrap_or_default())
}

fn is_name(name: &str) -> bool {
    let name = name.trim_end();
    !name.is_empty() && name.len() <= 76 && name.bytes().all(|byte| matches!(byte, 33..=126))
}

/// The words and the files of a part, and of the parts within it.
fn part(fields: &[(String, String)], body: &[u8], told: &mut Told, left: &mut usize, depth: u8) {
    if *left == 0 || depth > 8 {
        return;
    }
    *left -= 1;
    let field = |name: &str| {
        fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    };
    let (media, place) = (field("content-type"), field("content-disposition"));
    let name = parameter(place, "filename").or_else(|| parameter(media, "name"));
    if let Some(name) = name {
        told.say("attached", &decoded(&name));
        return;
    }
    let kind = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        let Some(cut) = parameter(media, "boundary").filter(|cut| !cut.is_empty()) else { return };
        let cut = format!("--{cut}");
        let mut at = find(body, cut.as_bytes(), 0);
        while let Some(start) = at {
            let start = start + cut.len();
            let next = find(body, cut.as_bytes(), start);
            let inner = body.get(start..next.unwrap_or(body.len())).unwrap_or_default();
            if inner.starts_with(b"--") || *left == 0 {
                return;
            }
            let line =
                inner.iter().position(|byte| *byte == b'\n').map_or(inner.len(), |at| at + 1);
            let (fields, body) = head(inner.get(line..).unwrap_or_default());
            part(&fields, body, told, left, depth + 1);
            at = next;
        }
        return;
    }
    if kind.is_empty() || kind == "text/plain" {
        let body = body.get(..TEXT).unwrap_or(body);
        let bytes = match field("content-transfer-encoding").to_ascii_lowercase().as_str() {
            "base64" => base64(body),
            "quoted-printable" => quoted(body, b'='),
            _ => body.to_vec(),
        };
        told.words(&in_charset(&bytes, &parameter(media, "charset").unwrap_or_default()));
        told.words("\n");
    }
}

/// The value of a parameter of a field.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut parts = value.split(';').skip(1).filter_map(|part| part.split_once('='));
    let own = |key: &str| {
        let key = key.trim().trim_end_matches('*');
        key.eq_ignore_ascii_case(name)
    };
    let (_, value) = parts.find(|(key, _)| own(key))?;
    Some(value.trim().trim_matches('"').to_owned())
}

/// A field's value with its encoded words (RFC 2047) as letters.
fn decoded(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut parts = after.splitn(3, '?');
        let word = match (parts.next(), parts.next(), parts.next()) {
            (Some(charset), Some(how), Some(text)) => {
                text.split_once("?=").and_then(|(word, rest)| {
                    let bytes = match how {
                        "B" | "b" => base64(word.as_bytes()),
                        "Q" | "q" => quoted(word.replace('_', " ").as_bytes(), b'='),
                        _ => return None,
                    };
                    Some((in_charset(&bytes, charset), rest))
                })
            }
            _ => None,
        };
        // White space between two encoded words is none.
        if !(before.trim().is_empty() && !out.is_empty() && word.is_some()) {
            out.push_str(before);
        }
        if let Some((word, after)) = word {
            out.push_str(&word);
            rest = after;
        } else {
            out.push_str("=?");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn in_charset(bytes: &[u8], charset: &str) -> String {
    let label = charset.split('*').next().unwrap_or_default();
    match Encoding::for_label(label.trim().as_bytes()) {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn base64(text: &[u8]) -> Vec<u8> {
    let plain: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte))
        .collect();
    BASE64.decode(&plain).unwrap_or_default()
}

/// Quoted-printable: a mark and two digits stand for a byte, a mark at the end of a line for nothing.
fn quoted(text: &[u8], mark: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != mark {
            out.push(*first);
            continue;
        }
        if let Some(line) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = line;
            continue;
        }
        let digits = after.get(..2).and_then(|two| str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => out.push(*first),
        }
    }
    out
}
