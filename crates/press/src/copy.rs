//! A copy of an edition's record, wherever it is: on a web server or in a folder.
//!
//! Nothing that comes from a copy is trusted: it is bytes to be checked.

use crate::fetch::{self, Fetcher};
use ovn_edition::{
    commit::{Bytes32, sha256},
    hex,
};
use ovn_store::{Files, Folder, Settings};
use ovn_tlog::{ReadError, TileKind, TilePath, TileReader, VerifierKey, audit::RecordReader};
use ovn_verify::Record;

/// The most bytes of an archived copy that are read: 64 MiB.
const BLOB_LIMIT: u64 = 64 << 20;
/// The most bytes of anything else: 8 MiB.
const LIMIT: u64 = 8 << 20;

/// Where a copy is.
#[derive(Debug, Clone)]
pub enum Copy {
    /// On a web server: scheme and authority, without a slash at the end.
    Web {
        /// `https://news.example`.
        base: String,
        /// Who asks.
        fetcher: Fetcher,
    },
    /// In a folder that has `record/`.
    Folder(Folder),
    /// Where an edition has its record's files.
    Edition(Box<Files>),
}

/// Why something of a copy could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The web server did not give it.
    #[error(transparent)]
    Fetch(#[from] fetch::Error),
    /// The folder did not.
    #[error("{path} could not be read: {why}")]
    File {
        /// Path in the folder.
        path: String,
        /// What went wrong.
        why: String,
    },
    /// The log's key is not one.
    #[error("the log's key cannot be used: {0}")]
    Key(String),
}

impl Copy {
    /// The copy on the web server that serves `url`, or in the folder `url` if it has no scheme.
    #[must_use]
    pub fn at(place: &str) -> Self {
        match split_url(place) {
            Some((base, _)) => Self::Web { base: base.to_owned(), fetcher: Fetcher::default() },
            None => Self::Folder(Folder::at(place)),
        }
    }

    /// As [`Copy::at`]; where the folder is an edition's whose record is in an object store, the files there.
    ///
    /// # Errors
    /// When the edition's settings can't be read or used.
    pub fn of(place: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, ovn_store::Error> {
        let dir = std::path::Path::new(place);
        if split_url(place).is_some() || !dir.join("ovn.toml").is_file() {
            return Ok(Self::at(place));
        }
        let settings = Settings::read(dir, env)?;
        match settings.record {
            Some(_) => Ok(Self::Edition(Box::new(Files::at(dir, &settings)?))),
            None => Ok(Self::at(place)),
        }
    }

    /// The paths of all files of the record, `record/checkpoint` and so on, in order; none of a web server, which can't
    /// be asked.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn list(&self) -> Result<Vec<String>, Error> {
        let failed = |why: String| Error::File { path: "record".into(), why };
        match self {
            Self::Web { .. } => Ok(Vec::new()),
            Self::Folder(folder) => match folder.list("record") {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
                found => found.map_err(|error| failed(error.to_string())),
            },
            Self::Edition(files) => {
                let names = files.list().map_err(|error| failed(error.to_string()))?;
                Ok(names.into_iter().map(|name| format!("record/{name}")).collect())
            }
        }
    }

    /// The bytes at `path` (`record/checkpoint`); `None` when there is nothing.
    ///
    /// # Errors
    /// When it is not known whether there is something: an unreachable server, a disk that fails.
    pub fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let limit = if path.starts_with("record/blob/") { BLOB_LIMIT } else { LIMIT };
        match self {
            Self::Web { base, fetcher } => match fetcher.get(&format!("{base}/{path}"), limit) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(fetch::Error::Missing(_)) => Ok(None),
                Err(error) => Err(error.into()),
            },
            Self::Folder(folder) => folder
                .read_within(path, limit)
                .map_err(|error| Error::File { path: path.to_owned(), why: error.to_string() }),
            Self::Edition(files) => files
                .read(path.strip_prefix("record/").unwrap_or(path))
                .map_err(|error| Error::File { path: path.to_owned(), why: error.to_string() }),
        }
    }

    /// The log's key as this copy states it. Trust on first use at best: pin it where it matters.
    ///
    /// # Errors
    /// When there is none or it is malformed.
    pub fn key(&self) -> Result<VerifierKey, Error> {
        let bytes =
            self.get("record/vkey")?.ok_or_else(|| Error::Key("there is no record/vkey".into()))?;
        let text = String::from_utf8_lossy(&bytes);
        text.trim().parse().map_err(|error| Error::Key(format!("{error}")))
    }

    fn tile_at(&self, path: TilePath) -> Result<Vec<u8>, ReadError> {
        match self.get(&format!("record/{path}")) {
            Ok(Some(bytes)) => Ok(bytes),
            // Partial tiles may be pruned once the full one exists.
            Ok(None) if path.is_partial() => {
                match self.get(&format!("record/{}", path.to_full())) {
                    Ok(Some(bytes)) => Ok(bytes),
                    Ok(None) => Err(ReadError::Missing),
                    Err(error) => Err(ReadError::Failed(error.to_string())),
                }
            }
            Ok(None) => Err(ReadError::Missing),
            Err(error) => Err(ReadError::Failed(error.to_string())),
        }
    }
}

impl TileReader for Copy {
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        let path = TilePath::new(TileKind::Level(level), index, width);
        self.tile_at(path.map_err(|error| ReadError::Failed(error.to_string()))?)
    }
}

impl RecordReader for Copy {
    fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        match self.get("record/checkpoint") {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(ReadError::Missing),
            Err(error) => Err(ReadError::Failed(error.to_string())),
        }
    }

    fn bundle(&self, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        let path = TilePath::new(TileKind::Entries, index, width);
        self.tile_at(path.map_err(|error| ReadError::Failed(error.to_string()))?)
    }
}

impl Record for Copy {
    fn document(&self, commit: &Bytes32) -> Option<Vec<u8>> {
        self.get(&document_path(commit)).ok().flatten()
    }

    fn blob_digest(&self, digest: &str) -> Option<Bytes32> {
        // The digest comes from a document and must not become a path of its own making.
        let known: Bytes32 = hex::decode(digest)?;
        let bytes = self.get(&format!("record/blob/{}", hex::encode(&known))).ok().flatten()?;
        Some(sha256(&bytes))
    }
}

/// Where the document that an entry commits to is kept.
#[must_use]
pub fn document_path(commit: &Bytes32) -> String {
    format!("record/{}", ovn_store::document_file(commit))
}

/// `https://host:port` and the path of an address; `None` for anything else.
#[must_use]
pub fn split_url(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let base = url.get(..scheme.len() + 3 + end)?;
    let path = rest.get(end..)?.split(['?', '#']).next()?;
    Some((base, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_splits_into_server_and_path() {
        let check =
            |url: &str, expected: Option<(&str, &str)>| assert_eq!(split_url(url), expected);
        check("https://a.example/2026/11/x?y#z", Some(("https://a.example", "/2026/11/x")));
        check("http://127.0.0.1:8080", Some(("http://127.0.0.1:8080", "")));
        check("http://a?x", Some(("http://a", "")));
        check("ftp://a/b", None);
        check("/folder/x", None);
    }
}
