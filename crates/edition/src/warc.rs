//! The archive of what was fetched, WARC 1.1 (ISO 28500:2017): each request and its answer as they went over the line.
//!
//! <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>. Digests are SHA-256 in hexadecimal. A
//! record's id is told from what it holds, as a UUID of version 8 (RFC 9562), so that the same exchanges give the same bytes.

mod read;

pub use read::{Answer, Error, Record, answer, read};

use crate::commit::{Bytes32, sha256};
use crate::hex;

/// A request and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The address that was asked for.
    pub url: &'a str,
    /// The internet address that answered.
    pub address: &'a str,
    /// When it was asked, ms since 1970 UTC.
    pub at: u64,
    /// The request's bytes: line, headers, empty line.
    pub request: &'a [u8],
    /// The answer's bytes, head and body as the transfer carried them.
    pub response: &'a [u8],
    /// SHA-256 of the body, without the transfer's own coding.
    pub payload: &'a Bytes32,
}

/// The archive of some exchanges, in their order, made by `software` (`ovn/0.1.0`). Line breaks in an address are left out.
#[must_use]
pub fn write(software: &str, exchanges: &[Exchange<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    let about = format!(
        "software: {}\r\nformat: WARC File Format 1.1\r\nconformsTo: \
         http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
        line(software)
    );
    let at = exchanges.first().map_or(0, |first| first.at);
    let info = id("warcinfo", at, &[about.as_bytes()]);
    let kind = "application/warc-fields";
    put(&mut out, "warcinfo", &info, at, kind, &[], about.as_bytes());
    for one in exchanges {
        let response = id("response", one.at, &[one.url.as_bytes(), one.response]);
        let request = id("request", one.at, &[response.as_bytes(), one.request]);
        let about = [("WARC-Target-URI", line(one.url)), ("WARC-IP-Address", line(one.address))];
        let mut fields = about.to_vec();
        fields.push(("WARC-Warcinfo-ID", info.clone()));
        fields.push(("WARC-Payload-Digest", format!("sha256:{}", hex::encode(one.payload))));
        let kind = "application/http;msgtype=response";
        put(&mut out, "response", &response, one.at, kind, &fields, one.response);
        let mut fields = about.to_vec();
        fields.push(("WARC-Warcinfo-ID", info.clone()));
        fields.push(("WARC-Concurrent-To", response));
        let kind = "application/http;msgtype=request";
        put(&mut out, "request", &request, one.at, kind, &fields, one.request);
    }
    out
}

fn put(
    out: &mut Vec<u8>,
    what: &str,
    id: &str,
    at: u64,
    kind: &str,
    fields: &[(&str, String)],
    block: &[u8],
) {
    let mut head = format!(
        "WARC/1.1\r\nWARC-Type: {what}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {}\r\n",
        date(at)
    );
    for (name, value) in fields {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("WARC-Block-Digest: sha256:{}\r\n", hex::encode(&sha256(block)));
    head += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n", block.len());
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
}

/// What can stand in a line of a head.
fn line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

fn id(what: &str, at: u64, parts: &[&[u8]]) -> String {
    let mut all = format!("ovn/warc/1\0{what}\0{at}\0").into_bytes();
    for part in parts {
        all.extend_from_slice(&sha256(part));
    }
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = sha256(&all);
    let (g, i) = (g & 0x0f | 0x80, i & 0x3f | 0x80);
    let hex = |bytes: &[u8]| hex::encode(bytes);
    let [one, two, three, four, five] =
        [hex(&[a, b, c, d]), hex(&[e, f]), hex(&[g, h]), hex(&[i, j]), hex(&[k, l, m, n, o, p])];
    format!("<urn:uuid:{one}-{two}-{three}-{four}-{five}>")
}

/// `2026-11-25T11:00:00.123Z`; days as in the proleptic Gregorian calendar, by eras of 400 years from 1 March.
fn date(at: u64) -> String {
    let (days, rest) = (at / 86_400_000, at % 86_400_000);
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, late) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = era * 400 + year + late;
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", rest % 1000)
}

#[cfg(test)]
mod tests;
