//! A form with a file (RFC 7578), read strictly: the offered fields, each once, and one file.

use super::ask::{Ask, Form};
use futures_util::FutureExt;
use futures_util::stream::once;
use hyper::body::Bytes;
use hyper::header::CONTENT_TYPE;
use multer::{Constraints, Multipart, SizeLimit};
use ovn_press::pictures;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// The field that has the file.
const FIELD: &str = "file";
/// The longest other field, in bytes.
const WORDS: u64 = 64 << 10;
/// The longest body with a file: a picture of 25 MiB and what stands around it.
pub(super) const LONGEST: usize = pictures::LONGEST + (1 << 20);

/// A file as it was sent.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    /// As the sender's machine calls it: to be shown, never a path.
    pub(super) name: String,
    pub(super) bytes: Bytes,
}

/// Reads the fields `known` and the file; `None` for a form that has any other field, one twice, a field that is no text, or
/// no file.
pub(super) fn read(ask: &Ask, known: &[&str]) -> Option<(Form, Upload)> {
    parse(ask.header(&CONTENT_TYPE)?, ask.body.clone(), known)
}

/// The fields of a form with a file, sent as `media`; the file's own name, and its bytes. As the newsroom reads one; public for
/// those who try what it makes of a stranger's bytes.
#[must_use]
pub fn form_with_file(
    media: &str,
    body: &[u8],
    known: &[&str],
) -> Option<(BTreeMap<String, String>, String, Bytes)> {
    let (form, upload) = parse(media, Bytes::copy_from_slice(body), known)?;
    Some((form.0, upload.name, upload.bytes))
}

fn parse(media: &str, body: Bytes, known: &[&str]) -> Option<(Form, Upload)> {
    let boundary = multer::parse_boundary(media).ok()?;
    let body = once(std::future::ready(Ok::<Bytes, Infallible>(body)));
    let whole = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    let limits = known
        .iter()
        .fold(SizeLimit::new().whole_stream(whole), |limits, name| limits.for_field(*name, WORDS));
    let allowed: Vec<&str> = known.iter().copied().chain([FIELD]).collect();
    let constraints = Constraints::new().allowed_fields(allowed).size_limit(limits);
    let mut form = Multipart::with_constraints(body, boundary, constraints);
    let (mut fields, mut file) = (BTreeMap::new(), None);
    // The whole body is here: nothing has to be waited for.
    while let Some(field) = form.next_field().now_or_never()?.ok()? {
        let name = field.name()?.to_owned();
        let given = field.file_name().map(str::to_owned);
        let bytes = field.bytes().now_or_never()?.ok()?;
        if name == FIELD {
            let upload = Upload { name: given?, bytes };
            if file.replace(upload).is_some() {
                return None;
            }
        } else if fields.insert(name, String::from_utf8(bytes.to_vec()).ok()?).is_some() {
            return None;
        }
    }
    Some((Form(fields), file?))
}

#[cfg(test)]
#[path = "upload/tests.rs"]
mod tests;
