//! Archive the sources that lie beside an article file: hash them, keep the bytes, and note both in the source.

use crate::files::Kind as Form;
use ovn_edition::{
    commit::sha256,
    hex,
    leaf::Kind,
    model::{Article, Block},
};
use ovn_store::Folder;
use serde_json::{Value, json};

/// The most bytes that one archived file may have: 64 MiB.
pub const LIMIT: u64 = 64 << 20;

/// A file that was archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// The bytes, to be kept at `record/blob/<sha256>`.
    pub bytes: Vec<u8>,
    /// The file's own name, without its folder.
    pub name: String,
    /// By the name's ending.
    pub media_type: &'static str,
}

/// Why a source could not be archived.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not there or cannot be read.
    #[error(
        "the source {id:?} names the file {file:?}, which can't be read: {why}; put it beside the article"
    )]
    File {
        /// The source.
        id: String,
        /// As the article names it.
        file: String,
        /// What the system said.
        why: String,
    },
    /// A picture that an article can't show.
    #[error("the picture {file:?} {why}")]
    Picture {
        /// As the article names it.
        file: String,
        /// What is wrong with it, and what to do.
        why: String,
    },
    /// Longer than [`LIMIT`].
    #[error("the file {0:?} is longer than 64 MiB; archive a smaller copy")]
    Long(String),
}

impl Archived {
    /// The blocks of the `snapshot` entry that commits to the file.
    #[must_use]
    pub fn blocks(&self) -> Vec<(&'static str, Value)> {
        let value = json!({
            "bytes": self.bytes.len(),
            "media-type": self.media_type,
            "name": self.name,
            "sha256": hex::encode(&self.digest),
        });
        vec![(Kind::Snapshot.word(), value)]
    }
}

/// Archives every local file that the article's sources and pictures name, replacing in the article the file's name by
/// its digest. `beside` is the folder that the article file lies in.
///
/// # Errors
/// When a file cannot be read; the article is then half changed and must not be used.
pub fn archive(article: &mut Article, beside: &Folder, at: u64) -> Result<Vec<Archived>, Error> {
    let mut out: Vec<Archived> = Vec::new();
    for source in &mut article.references {
        let Some(file) = source.custom("file").map(str::to_owned) else { continue };
        let one = read(source.id(), &file, beside)?;
        if let Some(Value::Object(custom)) = source.csl.get_mut("custom") {
            custom.remove("file");
        }
        source.set_custom("snapshot", json!(hex::encode(&one.digest)));
        source.set_custom("archived", json!(at));
        keep(&mut out, one);
    }
    for block in &mut article.body {
        if let Block::Image { src, sha256: digest, .. } = block
            && digest.is_none()
            && !src.contains("://")
        {
            let one = read("picture", src, beside)?;
            if let Some(why) = super::picture::fault(&one.bytes) {
                return Err(Error::Picture { file: src.clone(), why });
            }
            *digest = Some(hex::encode(&one.digest));
            keep(&mut out, one);
        }
    }
    Ok(out)
}

/// A copy that an earlier revision archived already keeps the date on which that was done.
pub(super) fn keep_dates(article: &mut Article, earlier: &Article) {
    for source in &mut article.references {
        let Some(digest) = source.snapshot().map(str::to_owned) else { continue };
        let same = earlier.references.iter().find(|one| one.snapshot() == Some(&digest));
        let date = same.and_then(|one| one.csl.get("custom")?.get("archived").cloned());
        if let Some(date) = date {
            source.set_custom("archived", date);
        }
    }
}

fn keep(out: &mut Vec<Archived>, one: Archived) {
    if !out.iter().any(|known| known.digest == one.digest) {
        out.push(one);
    }
}

fn read(id: &str, file: &str, beside: &Folder) -> Result<Archived, Error> {
    let failed = |why: String| Error::File { id: id.to_owned(), file: file.to_owned(), why };
    let bytes = beside.read_within(file, LIMIT).map_err(|error| match error.kind() {
        std::io::ErrorKind::FileTooLarge => Error::Long(file.to_owned()),
        _ => failed(error.to_string()),
    })?;
    let bytes = bytes.ok_or_else(|| failed("there is no such file".into()))?;
    let name = file.rsplit('/').next().unwrap_or(file).to_owned();
    Ok(Archived { digest: sha256(&bytes), media_type: media_type(&name), name, bytes })
}

/// The media type that a file name's ending stands for.
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("md") => "text/plain; charset=utf-8",
        Some("html" | "htm") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("jpeg") => "image/jpeg",
        Some("warc") => "application/warc",
        Some(ending) => Form::of_ending(ending).map_or(OTHER, Form::media),
        None => OTHER,
    }
}

/// The media type of what is not known.
const OTHER: &str = "application/octet-stream";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn article(file: &str) -> Article {
        let source = json!({"id": "a", "custom": {"file": file, "kind": "document"}});
        let references = vec![serde_json::from_value(source).unwrap()];
        Article { references, ..Article::default() }
    }

    #[test]
    fn a_local_file_becomes_its_digest() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        folder.replace("sources/a.txt", b"words").unwrap();
        let mut article = article("sources/a.txt");
        let archived = archive(&mut article, &folder, 5).unwrap();
        assert_eq!(archived.len(), 1);
        assert_eq!(archived[0].media_type, "text/plain; charset=utf-8");
        let source = &article.references[0];
        assert_eq!(source.custom("file"), None);
        assert_eq!(source.snapshot(), Some(hex::encode(&sha256(b"words")).as_str()));
        assert_eq!(source.custom("kind"), Some("document"));
    }

    #[test]
    fn a_copy_keeps_the_date_of_its_archiving() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        folder.replace("a.txt", b"words").unwrap();
        let (mut first, mut second) = (article("a.txt"), article("a.txt"));
        archive(&mut first, &folder, 5).unwrap();
        archive(&mut second, &folder, 9).unwrap();
        assert_ne!(first, second);
        keep_dates(&mut second, &first);
        assert_eq!(first, second);
        folder.replace("a.txt", b"other words").unwrap();
        let mut third = article("a.txt");
        archive(&mut third, &folder, 9).unwrap();
        keep_dates(&mut third, &first);
        assert_eq!(third.references[0].csl["custom"]["archived"], json!(9));
    }

    #[test]
    fn a_missing_file_is_named() {
        let home = tempfile::tempdir().unwrap();
        for file in ["none.txt", "../secret", "/etc/passwd"] {
            let error = archive(&mut article(file), &Folder::at(home.path()), 5).unwrap_err();
            assert!(error.to_string().contains(file), "{error}");
        }
    }
}
