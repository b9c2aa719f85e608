//! Back an edition up while publishing goes on: one consistent cut of rows and record, with the hash of every file.

use crate::copy::{self, Copy};
use crate::keys;
use ovn_edition::commit::sha256;
use ovn_edition::hex;
use ovn_edition::leaf::Leaf;
use ovn_edition::sealed::{Block, Document};
use ovn_store::{Files, Folder, Fresh, Reader, Settings};
use ovn_tlog::{Checkpoint, VerifierKey, audit, tile};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The file that says what a backup has.
pub const MANIFEST: &str = "manifest.json";
/// Version of the backup's form.
pub const FORMAT: u32 = 1;
/// Entries that are read at a time.
const PORTION: usize = 256;

/// What a backup has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The program that wrote it.
    pub program: String,
    /// Name of the record.
    pub origin: String,
    /// The log's key.
    pub vkey: String,
    /// Entries.
    pub size: u64,
    /// Root of the tree over them, in base64.
    pub root: String,
    /// When the last of them was sealed, milliseconds since 1970 UTC.
    pub sealed_at: u64,
    /// When the backup was made, milliseconds since 1970 UTC.
    pub made_at: u64,
    /// Whether the edition's keys are in it.
    pub keys: bool,
    /// Whether what the newsroom keeps for itself is in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub newsroom: bool,
    /// Every other file, by its path.
    pub files: BTreeMap<String, Listed>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its length.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What the backup has.
    pub manifest: Manifest,
    /// Files that are the same as in the backup before and were linked instead of written.
    pub linked: u64,
}

/// Why no backup was made. Nothing is left of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The edition or the backup's folder.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// The copy could not be checked.
    #[error(transparent)]
    Copy(#[from] copy::Error),
    /// A file could not be read.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// What is there is not whole, so that a copy of it would be worth nothing.
    #[error("{0}; run ovn doctor --deep, and mend the edition before backing it up")]
    Damaged(String),
    /// The earlier backup is none.
    #[error("{0}")]
    Earlier(String),
}

/// How to back up.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Take the keys along.
    pub keys: bool,
    /// Take along what the newsroom keeps for itself: people, drafts, sources, letters.
    pub newsroom: bool,
    /// An earlier backup on the same file system; files that did not change are linked.
    pub since: Option<PathBuf>,
}

struct Backup<'a> {
    fresh: Fresh,
    files: BTreeMap<String, Listed>,
    earlier: Option<(&'a Path, Manifest)>,
    linked: u64,
}

/// Backs the edition in `dir` up into the new folder `to`. `progress` hears how many of how many entries are done.
///
/// # Errors
/// When something can't be read or written, or the edition is damaged; `to` is then as it was.
pub fn backup(
    dir: &Path,
    settings: &Settings,
    to: &Path,
    order: &Order,
    made_at: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Done, Error> {
    let earlier = match &order.since {
        Some(place) => {
            Some((place.as_path(), manifest(&Folder::at(place)).map_err(Error::Earlier)?))
        }
        None => None,
    };
    let fresh = Fresh::begin(to)?;
    let mut backup = Backup { fresh, files: BTreeMap::new(), earlier, linked: 0 };
    // Before the record: a draft that is published meanwhile is one that waits in the copy, and finds its seal there.
    let newsroom = order.newsroom && backup.newsroom(dir, settings)?;
    Reader::current(dir, settings)?.snapshot(backup.fresh.path())?;
    let rows = Reader::open(backup.fresh.path(), None)?;
    let state = rows.state()?;
    let files = Files::at(dir, settings)?;
    let key = key(&files, settings)?;
    let checkpoint = Checkpoint::open(&state.checkpoint, &key)
        .map_err(|error| Error::Damaged(format!("the database's checkpoint: {error}")))?;
    backup.record(&rows, &files, &checkpoint, progress)?;
    drop(rows);
    backup.put("record/vkey", format!("{key}\n").as_bytes())?;
    backup.put("record/checkpoint", &state.checkpoint)?;
    let keys = settings.keys_folder(dir);
    backup.own(dir, &keys)?;
    if order.keys {
        backup.keys(&keys)?;
    }
    backup.list("edition.sqlite")?;
    // What was read from the disk a moment ago is checked once more as a stranger would.
    audit::audit_at(&Copy::Folder(backup.fresh.folder()), &checkpoint, |_, _| {})
        .map_err(|error| Error::Damaged(format!("the record: {error}")))?;
    let manifest = Manifest {
        format: FORMAT,
        program: concat!("ovn ", env!("CARGO_PKG_VERSION")).into(),
        origin: settings.origin.clone(),
        vkey: key.to_string(),
        size: checkpoint.size(),
        root: checkpoint.root().to_base64(),
        sealed_at: state.at,
        made_at,
        keys: order.keys,
        newsroom,
        files: std::mem::take(&mut backup.files),
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(std::io::Error::other)?;
    backup.fresh.write(MANIFEST, format!("{text}\n").as_bytes())?;
    backup.fresh.finish()?;
    Ok(Done { manifest, linked: backup.linked })
}

/// What the backup in `folder` says of itself.
///
/// # Errors
/// A sentence when it is no backup, or one of a newer program.
pub fn manifest(folder: &Folder) -> Result<Manifest, String> {
    let place = folder.root().display();
    let bytes = folder.read(MANIFEST).map_err(|error| format!("{place}: {error}"))?;
    let bytes = bytes.ok_or_else(|| format!("{place} has no {MANIFEST}: it is no backup"))?;
    #[derive(serde::Deserialize)]
    struct Form {
        format: u32,
    }
    let wrong = |error: serde_json::Error| format!("{place}: {MANIFEST} can't be read: {error}");
    let form: Form = serde_json::from_slice(&bytes).map_err(wrong)?;
    if form.format != FORMAT {
        let form = form.format;
        return Err(format!(
            "{place} is a backup of form {form}; this program knows {FORMAT}: run the newer one"
        ));
    }
    serde_json::from_slice(&bytes).map_err(wrong)
}

/// The key that the record is signed with, as the record states it; it has to be the one of this edition's origin.
fn key(files: &Files, settings: &Settings) -> Result<VerifierKey, Error> {
    let key = keys::stated(files.read("vkey")?.as_deref()).map_err(Error::Damaged)?;
    if key.name() == settings.origin {
        Ok(key)
    } else {
        Err(Error::Damaged(format!("record/vkey is the key of {}", key.name())))
    }
}

impl Backup<'_> {
    /// Tiles of this very size, documents as the rows have them, archived copies that they name.
    fn record(
        &mut self,
        rows: &Reader,
        files: &Files,
        checkpoint: &Checkpoint,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Error> {
        let size = checkpoint.size();
        let tiles =
            tile::tiles_for_growth(0, size).map_err(|error| Error::Damaged(error.to_string()))?;
        for path in tiles {
            let path = path.to_string();
            let bytes = files.read(&path)?;
            let bytes = bytes.ok_or_else(|| Error::Damaged(format!("record/{path} is missing")))?;
            self.put(&format!("record/{path}"), &bytes)?;
        }
        let mut blobs = BTreeSet::new();
        let mut from = 0;
        while from < size {
            let entries = rows.entries(from, PORTION)?;
            if entries.is_empty() {
                return Err(Error::Damaged(format!("the database has no entry {from}")));
            }
            for entry in entries {
                let wrong = |why: String| Error::Damaged(format!("entry {}: {why}", entry.seq));
                let leaf = Leaf::read(&entry.leaf).map_err(|error| wrong(error.to_string()))?;
                let bytes = entry.document.clone().unwrap_or_default();
                let document = Document::read(&bytes).map_err(|error| wrong(error.to_string()))?;
                if document.commit().ok() != Some(leaf.commit) {
                    return Err(wrong("its document is not the one that was sealed".into()));
                }
                self.put(&copy::document_path(&leaf.commit), &bytes)?;
                let open = document.blocks.iter().filter_map(Block::open);
                let named = open.flat_map(|(_, value)| ovn_verify::digests(value));
                blobs.extend(named.filter_map(hex::decode::<32>));
                from = entry.seq + 1;
            }
            progress(from, size);
        }
        for digest in blobs {
            let path = format!("blob/{}", hex::encode(&digest));
            let bytes = files.read(&path)?.filter(|bytes| sha256(bytes) == digest);
            let bytes = bytes.ok_or_else(|| {
                Error::Damaged(format!("record/{path} is missing or is not what its name says"))
            })?;
            self.put(&format!("record/{path}"), &bytes)?;
        }
        Ok(())
    }

    /// The edition's other files: settings, the house's rules, whatever the newsroom has put there.
    fn own(&mut self, dir: &Path, keys: &Path) -> Result<(), Error> {
        let folder = Folder::at(dir);
        for path in folder.list("")? {
            let first = path.split('/').next().unwrap_or_default();
            let ours = matches!(first, "record" | "aside" | "evidence")
                || first.starts_with("edition.sqlite")
                // What the newsroom keeps for itself is not copied into what is given away.
                || first.starts_with("cabinet.sqlite")
                || first.starts_with("letterbox.sqlite")
                || first == "cabinet"
                || first.ends_with(".holder")
                || path.split('/').any(|part| part.starts_with('.'))
                || path == MANIFEST
                || dir.join(&path).starts_with(keys);
            // A link may lead anywhere.
            let plain = std::fs::symlink_metadata(dir.join(&path)).is_ok_and(|data| data.is_file());
            if !ours && plain {
                match self.fresh.copy(&path, &dir.join(&path)) {
                    // It went since it was listed.
                    Err(ovn_store::Error::File { error, .. })
                        if error.kind() == std::io::ErrorKind::NotFound => {}
                    other => {
                        other?;
                        self.list(&path)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What the newsroom keeps for itself, readable by its owner alone: rows, and the files beside the cabinet. False where
    /// nobody has joined.
    fn newsroom(&mut self, dir: &Path, settings: &Settings) -> Result<bool, Error> {
        if !ovn_store::copy_newsroom(dir, settings, self.fresh.path())? {
            return Ok(false);
        }
        for path in ["cabinet.sqlite", "letterbox.sqlite"] {
            if self.fresh.path().join(path).is_file() {
                self.fresh.close(path)?;
                self.list(path)?;
            }
        }
        let folder = Folder::at(dir.join("cabinet"));
        let files = if folder.root().is_dir() { folder.list("")? } else { Vec::new() };
        for file in files {
            if let Some(bytes) = folder.read(&file)? {
                self.put(&format!("cabinet/{file}"), &bytes)?;
                self.fresh.close(&format!("cabinet/{file}"))?;
            }
        }
        if self.fresh.path().join("cabinet").is_dir() {
            self.fresh.close("cabinet")?;
        }
        Ok(true)
    }

    /// The keys, and never the lock: it says what was signed last, and a copy of it would say what was.
    fn keys(&mut self, keys: &Path) -> Result<(), Error> {
        let folder = Folder::at(keys);
        for path in folder.list("")? {
            let name = path.rsplit('/').next().unwrap_or_default();
            let ours = name.ends_with(".key") || name.ends_with(".sha256");
            if ours && let Some(bytes) = folder.read(&path)? {
                let path = format!("keys/{path}");
                self.fresh.write_private(&path, &bytes)?;
                self.list(&path)?;
            }
        }
        Ok(())
    }

    /// Takes a file that was written into the manifest.
    fn list(&mut self, path: &str) -> Result<(), Error> {
        if let Some((bytes, digest)) = self.fresh.folder().digest(path)? {
            self.files.insert(path.to_owned(), Listed { bytes, sha256: hex::encode(&digest) });
        }
        Ok(())
    }

    /// Writes a file, or links it to the same one of the backup before.
    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let own = listed(bytes);
        if let Some((place, earlier)) = &self.earlier
            && earlier.files.get(path) == Some(&own)
            && self.fresh.link(path, &place.join(path))?
        {
            self.linked += 1;
        } else {
            self.fresh.write(path, bytes)?;
        }
        self.files.insert(path.to_owned(), own);
        Ok(())
    }
}

/// What the manifest says of a file with these bytes.
fn listed(bytes: &[u8]) -> Listed {
    Listed { bytes: bytes.len() as u64, sha256: hex::encode(&sha256(bytes)) }
}
