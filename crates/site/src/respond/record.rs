//! A page in its encodings as one run of bytes, and the answer from such bytes, without a page in between.
//!
//! Numbers are 32-bit little-endian. The CRC-32 of all that follows, so that a bit that fell on the disk shows; address;
//! SHA-256 of the words; then for each coding its number in [`Encoding::ALL`], its header lines and its body, each with
//! its length before it.

use flate2::Crc;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use ovn_edition::commit::Bytes32;

use super::{Entry, Response, etag, fresh};
use crate::encode::{Effort, Encoding};
use crate::request::Request;

/// A coding in a record.
struct Part {
    coding: Encoding,
    headers: HeaderMap,
    body: Bytes,
}

impl Entry {
    /// The record of a page for `key`; `None` where it is no whole page that everybody gets alike.
    pub(crate) fn record(&self, key: &str) -> Option<Vec<u8>> {
        let page = &self.page;
        if page.status != StatusCode::OK || !page.compressible() || page.listens {
            return None;
        }
        let mut out = Vec::with_capacity(page.body.len());
        out.extend([0; 4]);
        put(&mut out, key.as_bytes())?;
        out.extend(self.hash);
        for (place, coding) in (0_u8..).zip(Encoding::ALL) {
            let needed = matches!(coding, Encoding::Gzip | Encoding::Zstd);
            let variant = match self.variants.get(usize::from(place))?.get() {
                Some(variant) if coding != Encoding::Identity => variant,
                None if needed => self.ready(coding)?,
                _ => continue,
            };
            out.push(place);
            let mut lines = Vec::with_capacity(1024);
            for (name, value) in &variant.headers {
                put(&mut lines, name.as_str().as_bytes())?;
                put(&mut lines, value.as_bytes())?;
            }
            put(&mut out, &lines)?;
            put(&mut out, &variant.body)?;
        }
        let (sum, rest) = out.split_at_mut_checked(4)?;
        sum.copy_from_slice(&checksum(rest).to_le_bytes());
        Some(out)
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(bytes);
    sum.sum()
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) -> Option<()> {
    out.extend(u32::try_from(bytes.len()).ok()?.to_le_bytes());
    out.extend(bytes);
    Some(())
}

/// The answer to `request` from the record of its page; `None` where the record is damaged or of another page, or has no
/// coding that the request likes best.
pub(crate) fn from_record(record: &Bytes, request: &Request) -> Option<Response> {
    let mut rest = record.clone();
    let sum = cut(&mut rest, 4)?;
    if sum.as_ref() != checksum(&rest).to_le_bytes()
        || take(&mut rest)? != request.path().as_bytes()
    {
        return None;
    }
    let hash: Bytes32 = cut(&mut rest, 32)?.as_ref().try_into().ok()?;
    let mut parts = Vec::with_capacity(3);
    while let Some(place) = cut(&mut rest, 1) {
        let coding = Encoding::ALL.get(usize::from(*place.first()?))?;
        parts.push((*coding, take(&mut rest)?, take(&mut rest)?));
    }
    let best = parts.iter().any(|(coding, ..)| *coding == Encoding::Brotli);
    let accept = request.headers.get(header::ACCEPT_ENCODING);
    let wanted = Encoding::choose(accept, if best { Effort::Best } else { Effort::Quick });
    let find = |wanted| parts.iter().find(|(coding, ..)| *coding == wanted);
    let part = match find(wanted) {
        Some((coding, lines, body)) => {
            Part { coding: *coding, headers: headers(lines)?, body: body.clone() }
        }
        None if wanted == Encoding::Identity => {
            let (_, lines, body) = find(Encoding::Gzip)?;
            as_it_is(headers(lines)?, body, &hash)?
        }
        None => return None,
    };
    Some(answer(part, &hash, request, accept))
}

fn answer(
    mut part: Part,
    hash: &Bytes32,
    request: &Request,
    accept: Option<&HeaderValue>,
) -> Response {
    let modified = part.headers.get(header::LAST_MODIFIED);
    if let Some(tag) = fresh(request, hash, part.coding, modified, accept) {
        part.headers.insert(header::ETAG, tag);
        return Response::unchanged(part.headers);
    }
    let body = if request.method == Method::HEAD { Bytes::new() } else { part.body };
    Response { status: StatusCode::OK, headers: part.headers, body }
}

/// The words themselves, unpacked for a reader who takes nothing else.
fn as_it_is(mut headers: HeaderMap, packed: &[u8], hash: &Bytes32) -> Option<Part> {
    use std::io::Read;
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut plain).ok()?;
    headers.remove(header::CONTENT_ENCODING);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(plain.len()));
    headers.insert(header::ETAG, etag(hash, Encoding::Identity));
    Some(Part { coding: Encoding::Identity, headers, body: Bytes::from(plain) })
}

fn headers(lines: &Bytes) -> Option<HeaderMap> {
    let (mut rest, mut map) = (lines.clone(), HeaderMap::with_capacity(24));
    while !rest.is_empty() {
        let name = HeaderName::from_bytes(&take(&mut rest)?).ok()?;
        map.append(name, HeaderValue::from_maybe_shared(take(&mut rest)?).ok()?);
    }
    Some(map)
}

fn take(rest: &mut Bytes) -> Option<Bytes> {
    let length = u32::from_le_bytes(cut(rest, 4)?.as_ref().try_into().ok()?);
    cut(rest, usize::try_from(length).ok()?)
}

fn cut(rest: &mut Bytes, length: usize) -> Option<Bytes> {
    (length <= rest.len()).then(|| rest.split_to(length))
}
