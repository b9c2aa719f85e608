//! Give an edition's content out: the public site, the articles, the record, as files that need none of our software.

use crate::copy::{self, Copy};
use crate::many;
use ovn_edition::{markdown, sealed};
use ovn_store::{Folder, Reader, rows::HeadKind};
use percent_encoding::percent_decode_str;

/// Why an export stopped. What was written stays.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The edition could not be read.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// The record could not be read.
    #[error(transparent)]
    Record(#[from] copy::Error),
    /// A file could not be written.
    #[error("{path} could not be written: {error}")]
    Write {
        /// Path in the folder.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// A sealed document could not be read.
    #[error("the sealed document of {path}: {error}")]
    Document {
        /// The article's address.
        path: String,
        /// What is wrong.
        error: sealed::Error,
    },
}

/// The longest name that a file may have, in bytes, on the file systems in use (`NAME_MAX`).
const NAME: usize = 255;

/// Where the page at `address` goes in a static copy, so that any web server finds it: HTML pages become folders with an
/// `index.html`, everything else keeps its name. Names are what the address means, not how it is spelled in a link,
/// because that is what servers look for. `None` where no file can have such a name.
#[must_use]
pub fn file_of(address: &str, media_type: &str) -> Option<String> {
    let path = percent_decode_str(address.trim_matches('/')).decode_utf8().ok()?;
    if path.split('/').any(|name| name.len() > NAME) {
        return None;
    }
    Some(if !media_type.starts_with("text/html") {
        path.into_owned()
    } else if path.is_empty() {
        "index.html".to_owned()
    } else {
        format!("{path}/index.html")
    })
}

/// Writes one file, if it is not there with the same bytes already; tells whether it wrote. Nothing is synced: an export
/// that a power cut came upon is made again.
///
/// # Errors
/// [`Error::Write`].
pub fn put(out: &Folder, path: &str, bytes: &[u8]) -> Result<bool, Error> {
    let failed = |error| Error::Write { path: path.to_owned(), error };
    if out.read(path).map_err(failed)?.as_deref() == Some(bytes) {
        return Ok(false);
    }
    out.copy_in(path, bytes).map_err(failed)?;
    Ok(true)
}

/// Takes a file of an export: its path and its bytes.
pub type Put<'a> = &'a mut dyn FnMut(&str, &[u8]) -> std::io::Result<()>;

/// Writes the newest revision of every article as `YYYY/MM/slug.md`, and the archived sources as `record/blob/<sha256>`.
/// Withdrawn articles are left out. Gives the number of articles.
///
/// # Errors
/// When something cannot be read or written.
pub fn markdown(reader: &Reader, record: &Copy, out: &Folder) -> Result<usize, Error> {
    each_markdown(reader, record, &mut |path: &str, bytes: &[u8]| into(out, path, bytes))
}

/// The same, file by file, each of which is in memory alone.
///
/// # Errors
/// As [`markdown`].
pub fn each_markdown(reader: &Reader, record: &Copy, put: Put<'_>) -> Result<usize, Error> {
    let mut count = 0;
    for path in reader.paths(HeadKind::Article)? {
        let Some(head) = reader.head(&path)?.filter(|head| !head.withdrawn) else { continue };
        let Some(newest) = reader.revisions(&head.id)?.pop() else { continue };
        let failed = |error| Error::Document { path: path.clone(), error };
        let document = sealed::Document::read(&newest.document).map_err(failed)?;
        let (article, _) = sealed::article(&document).map_err(failed)?;
        let file = format!("{}.md", path.trim_matches('/'));
        give(put, &file, markdown::write(&article).as_bytes())?;
        count += 1;
    }
    for path in record.list()?.iter().filter(|path| path.starts_with("record/blob/")) {
        copy(record, put, path)?;
    }
    Ok(count)
}

/// Copies the record's files, the checkpoint last; gives their number.
///
/// # Errors
/// When something cannot be read or written.
pub fn record(edition: &Copy, out: &Folder) -> Result<usize, Error> {
    let (paths, last) = in_order(edition)?;
    let one =
        |path: &String| copy(edition, &mut |path: &str, bytes: &[u8]| into(out, path, bytes), path);
    for done in many::each(&paths, one) {
        done?;
    }
    one(&last)?;
    Ok(paths.len() + 1)
}

/// The same, file by file, each of which is in memory alone.
///
/// # Errors
/// As [`record`].
pub fn each_record(edition: &Copy, put: Put<'_>) -> Result<usize, Error> {
    let (paths, last) = in_order(edition)?;
    for path in paths.iter().chain([&last]) {
        copy(edition, put, path)?;
    }
    Ok(paths.len() + 1)
}

/// The record's files, and the one that comes last.
fn in_order(edition: &Copy) -> Result<(Vec<String>, String), Error> {
    let mut paths = edition.list()?;
    paths.retain(|path| path != "record/checkpoint");
    Ok((paths, "record/checkpoint".to_owned()))
}

fn into(out: &Folder, path: &str, bytes: &[u8]) -> std::io::Result<()> {
    if out.read(path)?.as_deref() == Some(bytes) { Ok(()) } else { out.copy_in(path, bytes) }
}

fn give(put: Put<'_>, path: &str, bytes: &[u8]) -> Result<(), Error> {
    put(path, bytes).map_err(|error| Error::Write { path: path.to_owned(), error })
}

fn copy(from: &Copy, put: Put<'_>, path: &str) -> Result<(), Error> {
    match from.get(path)? {
        Some(bytes) => give(put, path, &bytes),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_folders_and_files_stay() {
        let check = |path: &str, media: &str, expected: &str| {
            assert_eq!(file_of(path, media).as_deref(), Some(expected), "{path}");
        };
        check("/", "text/html; charset=utf-8", "index.html");
        check("/2026/11/a", "text/html; charset=utf-8", "2026/11/a/index.html");
        check("/2026/11/a.json", "application/json", "2026/11/a.json");
        check("/record/checkpoint", "text/plain", "record/checkpoint");
        check("/topic/%D8%A7%20b", "text/html", "topic/ا b/index.html");
        check(&format!("/topic/{}", "a".repeat(255)), "x", &format!("topic/{}", "a".repeat(255)));
        assert_eq!(file_of(&format!("/topic/{}", "%D8%A7".repeat(128)), "text/html"), None);
    }
}
