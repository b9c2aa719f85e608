//! Reading an archive back, and the answer in one of its records.

use crate::commit::sha256;
use crate::hex;

/// The most lines of a head that are read.
const LINES: usize = 200;

/// A record of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    head: &'a str,
    /// What it holds.
    pub block: &'a [u8],
}

/// Why bytes are not an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the archive is damaged at byte {at}: {why}")]
pub struct Error {
    /// Where the record begins.
    pub at: usize,
    /// What is wrong.
    pub why: &'static str,
}

impl<'a> Record<'a> {
    /// The value of a field of its head, without the spaces around it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'a str> {
        field(self.head, name)
    }

    /// `response`, `request`, `warcinfo` …
    #[must_use]
    pub fn kind(&self) -> &'a str {
        self.field("WARC-Type").unwrap_or_default()
    }
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The records of an archive that is not compressed; each block is compared with its digest.
///
/// # Errors
/// [`Error`] at the first record that breaks off, has no length, or is not what its digest says.
pub fn read(bytes: &[u8]) -> Result<Vec<Record<'_>>, Error> {
    let mut records = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let broken = |why| Error { at, why };
        let rest = bytes.get(at..).unwrap_or_default();
        let (head, after) = head(rest).ok_or(broken("a record has no head"))?;
        let version = head.starts_with("WARC/1.1\r\n") || head.starts_with("WARC/1.0\r\n");
        if !version {
            return Err(broken("a record does not begin with WARC/1.1"));
        }
        let length = field(head, "Content-Length").and_then(|text| text.parse::<usize>().ok());
        let length = length.ok_or(broken("a record has no length"))?;
        let end = after.checked_add(length).ok_or(broken("a record is longer than the archive"))?;
        let block = rest.get(after..end).ok_or(broken("a record is longer than the archive"))?;
        if rest.get(end..end + 4) != Some(b"\r\n\r\n") {
            return Err(broken("a record does not end where it says"));
        }
        let digest = field(head, "WARC-Block-Digest").and_then(|text| text.strip_prefix("sha256:"));
        if digest.is_some_and(|digest| digest != hex::encode(&sha256(block))) {
            return Err(broken("a record is not what its digest says"));
        }
        records.push(Record { head, block });
        at += end + 4;
    }
    Ok(records)
}

/// A head up to its empty line, and the offset behind that.
fn head(bytes: &[u8]) -> Option<(&str, usize)> {
    let mut at = 0;
    for _ in 0..LINES {
        let length = bytes.get(at..)?.windows(2).position(|two| two == b"\r\n")?;
        if length == 0 {
            return Some((str::from_utf8(bytes.get(..at)?).ok()?, at + 2));
        }
        at += length + 2;
    }
    None
}

/// An HTTP answer that was archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status: 200.
    pub status: u16,
    /// `content-type`, empty when there is none.
    pub media: String,
    /// `content-encoding`, empty when there is none.
    pub coding: String,
    /// The body, its pieces put together.
    pub body: Vec<u8>,
}

/// The answer in the block of a `response` record; `None` when it is none.
#[must_use]
pub fn answer(block: &[u8]) -> Option<Answer> {
    let mut at = 0;
    let mut text = String::new();
    // Heads may hold bytes that are not UTF-8.
    for number in 0..LINES {
        let length = block.get(at..)?.windows(2).position(|two| two == b"\r\n")?;
        if length == 0 {
            break;
        }
        text += &String::from_utf8_lossy(block.get(at..at + length)?);
        text += "\r\n";
        at += length + 2;
        if number + 1 == LINES {
            return None;
        }
    }
    let mut first = text.split("\r\n").next()?.split(' ');
    if !first.next()?.starts_with("HTTP/1.") {
        return None;
    }
    let status = first.next()?.parse().ok()?;
    let own = |name| field(&text, name).unwrap_or_default().to_ascii_lowercase();
    let rest = block.get(at + 2..)?;
    let chunked = own("transfer-encoding").ends_with("chunked");
    let body = if chunked { whole(rest)? } else { rest.to_vec() };
    Some(Answer { status, media: own("content-type"), coding: own("content-encoding"), body })
}

/// A body whose pieces are put together (RFC 9112 section 7.1).
fn whole(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let length = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = str::from_utf8(rest.get(..length)?).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(length + 2..)?;
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        if rest.get(size..size.checked_add(2)?)? != b"\r\n" {
            return None;
        }
        rest = rest.get(size + 2..)?;
    }
}
