//! Bring an edition back: from a backup, or from nothing but a mirror. Everything is checked before it is in its place.

mod keys;
mod settings;

pub use keys::{Standing, bring, standing};

use crate::backup::{self, Manifest};
use crate::copy::{self, Copy};
use crate::mirror;
use crate::scrub;
use crate::seal::Told;
use ovn_edition::hex;
use ovn_edition::leaf::Leaf;
use ovn_store::{Folder, Fresh, Settings, Writer};
use ovn_tlog::{Checkpoint, VerifierKey, audit};
use ovn_verify::{Report, record};
use std::path::Path;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The log's key.
    pub key: VerifierKey,
    /// Entries.
    pub size: u64,
    /// Root of the tree over them, in base64.
    pub root: String,
    /// Files that were checked.
    pub files: u64,
    /// What did not come back, in sentences.
    pub lost: Vec<String>,
}

/// Why nothing was restored. Nothing is left of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The place to restore to, or the database.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// The mirror could not be read.
    #[error(transparent)]
    Copy(#[from] copy::Error),
    /// The mirror could not be copied.
    #[error(transparent)]
    Mirror(#[from] mirror::Error),
    /// The backup is none, or damaged.
    #[error("{0}")]
    Backup(String),
    /// What is there does not hold.
    #[error("it was not restored, because it does not hold: {0}")]
    Record(String),
    /// The rows could not be told from the record.
    #[error(transparent)]
    Rows(#[from] scrub::Error),
    /// A file could not be read or written.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// The keys.
    #[error("{0}")]
    Keys(String),
}

/// Restores the backup in the folder `from` to the new folder `dir`: every file's hash is compared with the manifest, the
/// record is checked as a stranger would, and the database has to agree with it.
///
/// # Errors
/// When anything is missing or not as it should be; `dir` is then as it was.
pub fn backup(
    from: &Path,
    dir: &Path,
    key: Option<&VerifierKey>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Restored, Error> {
    let manifest = backup::manifest(&Folder::at(from)).map_err(Error::Backup)?;
    let stated: VerifierKey =
        manifest.vkey.parse().map_err(|error| Error::Backup(format!("its key: {error}")))?;
    if key.is_some_and(|key| *key != stated) {
        return Err(Error::Backup(
            "it is signed with another key than the one that you gave".into(),
        ));
    }
    let fresh = Fresh::begin(dir)?;
    let all = manifest.files.len() as u64;
    for ((path, listed), done) in manifest.files.iter().zip(1..) {
        if !path.starts_with("keys/") {
            fresh.copy(path, &from.join(path))?;
            let digest = fresh.folder().digest(path)?;
            let digest = digest.map(|(bytes, digest)| (bytes, hex::encode(&digest)));
            if digest.as_ref() != Some(&(listed.bytes, listed.sha256.clone())) {
                let sentence = format!(
                    "{path} is not the file that was backed up: take another backup, or a mirror"
                );
                return Err(Error::Backup(sentence));
            }
        }
        progress(done, all);
    }
    if fresh.path().join("cabinet").is_dir() {
        fresh.close("cabinet")?;
    }
    whole(&fresh, &stated, &manifest)?;
    database(&fresh, &stated, &manifest)?;
    let lost = here(&fresh)?;
    fresh.finish()?;
    let (size, root) = (manifest.size, manifest.root);
    Ok(Restored { key: stated, size, root, files: all, lost })
}

fn whole(fresh: &Fresh, key: &VerifierKey, manifest: &Manifest) -> Result<(), Error> {
    let copy = Copy::Folder(fresh.folder());
    let note = checkpoint_of(&copy)?;
    let checkpoint =
        Checkpoint::open(&note, key).map_err(|error| Error::Record(error.to_string()))?;
    if (checkpoint.size(), checkpoint.root().to_base64()) != (manifest.size, manifest.root.clone())
    {
        return Err(Error::Record("its checkpoint is not the one in the manifest".into()));
    }
    good(&record(&copy, key).0)
}

fn checkpoint_of(copy: &Copy) -> Result<Vec<u8>, Error> {
    let note = copy.get("record/checkpoint")?;
    note.ok_or_else(|| Error::Record("there is no record/checkpoint".into()))
}

fn good(report: &Report) -> Result<(), Error> {
    if report.verdict.good() {
        return Ok(());
    }
    let failed = report.checks.iter().filter(|check| !check.passed);
    Err(Error::Record(failed.map(|check| check.sentence.as_str()).collect::<Vec<_>>().join(" ")))
}

/// The database of the backup has to be sound and to belong to this checkpoint. It is migrated if it is older than the
/// program.
fn database(fresh: &Fresh, key: &VerifierKey, manifest: &Manifest) -> Result<(), Error> {
    let writer = Writer::open(fresh.path(), None)?;
    let state = writer.state()?;
    let faults = writer.reader()?.faults()?;
    if let Some(fault) = faults.first() {
        return Err(Error::Record(format!("its database is damaged: {fault}")));
    }
    let known = Checkpoint::open(&state.checkpoint, key);
    let root = known.map(|known| (known.size(), known.root().to_base64()));
    if state.size != manifest.size || root.ok() != Some((manifest.size, manifest.root.clone())) {
        return Err(Error::Record("its database is not of the same moment as its record".into()));
    }
    Ok(())
}

/// Takes `database` and `record` out of the restored settings: what they name is still the old edition's, and rows and
/// record are in the folder now. Gives a sentence for each.
fn here(fresh: &Fresh) -> Result<Vec<String>, Error> {
    let text = fresh.folder().read("ovn.toml")?.unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let mut said = Vec::new();
    let mut table = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        table |= line.trim_start().starts_with('[');
        let key = line.split('=').next().unwrap_or_default().trim();
        if !table && matches!(key, "database" | "record") {
            said.push(format!(
                "{key} is taken out of ovn.toml, for it names the old edition's; what it had is in the folder now"
            ));
            lines.push(format!("# before the restore: {line}"));
        } else {
            lines.push(line.to_owned());
        }
    }
    if !said.is_empty() {
        fresh.write("ovn.toml", format!("{}\n", lines.join("\n")).as_bytes())?;
    }
    Ok(said)
}

/// Restores an edition to the new folder `dir` from a mirror, wherever it is: the record is copied and checked, and rows,
/// search and pages follow from it. `toml` is the text of the edition's `ovn.toml`, if it was kept.
///
/// # Errors
/// When anything is missing or does not hold; `dir` is then as it was.
pub fn mirror(
    from: &Copy,
    dir: &Path,
    key: Option<&VerifierKey>,
    toml: Option<&str>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Restored, Error> {
    let key = match key {
        Some(key) => key.clone(),
        None => from.key()?,
    };
    let fresh = Fresh::begin(dir)?;
    let folder = fresh.folder();
    let mirrored = mirror::copy(from, &folder, &key, progress)?;
    good(&mirrored.report)?;
    let copy = Copy::Folder(folder.clone());
    let note = checkpoint_of(&copy)?;
    let checkpoint =
        Checkpoint::open(&note, &key).map_err(|error| Error::Record(error.to_string()))?;
    let mut leaves = Vec::new();
    audit::audit_at(&copy, &checkpoint, |_, leaf| leaves.push(leaf.to_vec()))
        .map_err(|error| Error::Record(error.to_string()))?;
    let document = |seq: u64| {
        let leaf = usize::try_from(seq).ok().and_then(|seq| leaves.get(seq));
        let leaf = leaf.and_then(|leaf| Leaf::read(leaf).ok()).ok_or("it is none of ours")?;
        let bytes =
            copy.get(&copy::document_path(&leaf.commit)).map_err(|error| error.to_string())?;
        bytes.ok_or_else(|| "its document is missing".to_owned())
    };
    let mut lost = Vec::new();
    let text = match toml {
        Some(text) => text.to_owned(),
        None => {
            lost.push(settings::LOST.to_owned());
            settings::from_record(from, key.name(), &leaves, &document)
        }
    };
    fresh.write("ovn.toml", text.as_bytes())?;
    lost.extend(here(&fresh)?);
    let settings = Settings::read(fresh.path(), &|_| None)?;
    if settings.origin != key.name() {
        let origin = settings.origin;
        return Err(Error::Record(format!(
            "the settings are those of {origin}, the record is {}",
            key.name()
        )));
    }
    let told = Told { leaves: &leaves, document: &document, checkpoint: &note };
    let nameless = scrub::write(fresh.path(), &told, &settings, progress)?;
    if nameless > 0 {
        lost.push(format!("{nameless} withdrawn articles have no address in the record: readers find nothing where their tombstones stood"));
    }
    fresh.finish()?;
    let (size, root) = (checkpoint.size(), checkpoint.root().to_base64());
    Ok(Restored { key, size, root, files: mirrored.files, lost })
}
