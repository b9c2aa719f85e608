//! The record's static files: checkpoint, key, tiles, sealed documents, archived copies.

use hyper::header::CONTENT_DISPOSITION;
use ovn_press::files::Kind;
use ovn_store::{Reader, Settings};

use crate::headers::{Keep, Trust};
use crate::respond::Page;
use crate::{Error, checked};

/// A file by its path under `/record/`: `checkpoint`, `vkey`, `tile/…` (C2SP tlog-tiles).
pub(crate) fn file(
    reader: &Reader,
    settings: &Settings,
    path: &str,
) -> Result<Option<Page>, Error> {
    let Some(bytes) = reader.record_file(path)? else { return Ok(None) };
    match path {
        "checkpoint" => drop(checked::checkpoint(reader, settings, &bytes)?),
        "vkey" => drop(checked::key(settings, &bytes)?),
        _ => checked::tile(reader, path, &bytes)?,
    }
    let page = match path {
        "checkpoint" => Page::data("text/plain; charset=utf-8", bytes).keep(Keep::Ask),
        "vkey" => Page::data("text/plain; charset=utf-8", bytes),
        _ => {
            // A partial tile may be dropped once the full one is there; a full one stays as it is.
            let keep = if path.contains(".p/") { Keep::Short } else { Keep::Forever };
            Page::data("application/octet-stream", bytes).keep(keep)
        }
    };
    let keys = format!("record {}", settings.origin);
    Ok(Some(page.keys(keys)))
}

/// The sealed document with this commitment, its exact bytes. Not for ever: a removal takes blocks out of it.
pub(crate) fn document(reader: &Reader, commit: &str) -> Result<Option<Page>, Error> {
    let bytes = reader.record_file(&format!("document/{commit}.json"))?;
    let Some(bytes) = bytes else { return Ok(None) };
    checked::document_file(commit, &bytes)?;
    Ok(Some(Page::data("application/json", bytes).keys("record documents")))
}

/// Archived bytes with this SHA-256. Somebody else made them, so nothing but a picture or plain text is shown in the
/// browser, and nothing runs.
pub(crate) fn blob(reader: &Reader, hash: &str) -> Result<Option<Page>, Error> {
    let Some(bytes) = reader.record_file(&format!("blob/{hash}"))? else { return Ok(None) };
    checked::blob(hash, &bytes)?;
    let (media, ending, shown) = kind(&bytes);
    let page = Page { trust: Trust::Foreign, ..Page::data(media, bytes) };
    let place = if shown { "inline" } else { "attachment" };
    let page = page.keep(Keep::Forever).keys("record blobs");
    Ok(Some(page.header(CONTENT_DISPOSITION, &format!("{place}; filename=\"{hash}{ending}\""))))
}

/// The media type of the bytes, the ending that a reader's machine knows them by, and whether a browser may show them.
/// Messages are given as text, because some browsers draw the page that one may hold.
fn kind(bytes: &[u8]) -> (&'static str, &'static str, bool) {
    const TEXT: &str = "text/plain; charset=utf-8";
    let text = str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'));
    match Kind::of(bytes) {
        Some(Kind::Png) => ("image/png", ".png", true),
        Some(Kind::Jpeg) => ("image/jpeg", ".jpg", true),
        Some(Kind::Gif) => ("image/gif", ".gif", true),
        Some(Kind::Webp) => ("image/webp", ".webp", true),
        Some(Kind::Mail) => (TEXT, ".eml", false),
        None if bytes.starts_with(b"PK\x03\x04") => ("application/zip", ".zip", false),
        Some(Kind::Text | Kind::Csv) | None if text => (TEXT, "", true),
        Some(Kind::Text | Kind::Csv) | None => ("application/octet-stream", "", false),
        Some(Kind::Pdf) => ("application/pdf", ".pdf", false),
        Some(Kind::Docx) => (Kind::Docx.media(), ".docx", false),
        Some(Kind::Xlsx) => (Kind::Xlsx.media(), ".xlsx", false),
        Some(Kind::Pptx) => (Kind::Pptx.media(), ".pptx", false),
        Some(Kind::Odt) => (Kind::Odt.media(), ".odt", false),
        Some(Kind::Ods) => (Kind::Ods.media(), ".ods", false),
        Some(Kind::Odp) => (Kind::Odp.media(), ".odp", false),
        Some(Kind::Tiff) => ("image/tiff", ".tiff", false),
        Some(Kind::Heif) => ("image/heic", ".heic", false),
        Some(Kind::Ole) => ("application/octet-stream", ".ole", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_024_only_pictures_and_plain_text_are_shown() {
        let check = |bytes: &[u8], media: &str, shown| {
            let (found, _, inline) = kind(bytes);
            assert_eq!((found, inline), (media, shown), "{bytes:?}");
        };
        let mail = b"From: a@b.example\r\nTo: c@d.example\r\n\r\n<script>x()</script>";
        check(mail, "text/plain; charset=utf-8", false);
        check(b"PK\x03\x04 cut", "application/zip", false);
        check(b"GIF89a", "image/gif", true);
        check(b"<html><script>alert(1)</script>", "text/plain; charset=utf-8", true);
        check(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "text/plain; charset=utf-8", true);
        check(b"%PDF-1.7", "application/pdf", false);
        check(b"\x89PNG\r\n\x1a\n...", "image/png", true);
        check(b"RIFF....WEBPVP8", "image/webp", true);
        check(b"MZ\x00\xff", "application/octet-stream", false);
        check(b"", "text/plain; charset=utf-8", true);
    }
}
