//! The keys of a restored edition: brought by the operator, never invented; and whether it may seal with them.

use super::Error;
use crate::keys::Keys;
use ovn_store::{Folder, Fresh, Lock, Settings};
use ovn_tlog::{Checkpoint, VerifierKey};
use std::path::Path;

/// How keys and lock stand to a restored edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No keys: it can be read and served.
    NoKeys,
    /// Keys and no lock: whether this is the newest record has to be shown, or said, before anything is sealed.
    NoLock,
    /// The lock knows this very tree.
    Ready,
    /// The lock knows more entries than are here.
    Behind(u64),
    /// The lock is older, of another key, or damaged.
    Doubtful,
}

/// How keys and lock stand to the edition in `dir`, whose record has `size` entries.
#[must_use]
pub fn standing(dir: &Path, settings: &Settings, size: u64) -> Standing {
    let folder = settings.keys_folder(dir);
    let Ok(keys) = Keys::read(&folder, &settings.origin) else { return Standing::NoKeys };
    let Ok(Some(lock)) = Lock::seen(&folder, settings) else { return Standing::NoLock };
    match Checkpoint::open(&lock, keys.verifier()) {
        Ok(known) if known.size() == size => Standing::Ready,
        Ok(known) if known.size() > size => Standing::Behind(known.size()),
        _ => Standing::Doubtful,
    }
}

/// Brings the keys in the folder `from` to where the edition in `dir` has its own. The lock comes with them if it is
/// there, as in a key folder that outlived its edition; a backup of keys has none.
///
/// # Errors
/// [`Error::Keys`] when they are not the keys of `key`, or keys are there already.
pub fn bring(from: &Path, dir: &Path, settings: &Settings, key: &VerifierKey) -> Result<(), Error> {
    let keys =
        Keys::read(from, &settings.origin).map_err(|error| Error::Keys(error.to_string()))?;
    if keys.verifier() != key {
        let name = from.display();
        return Err(Error::Keys(format!(
            "{name} has another key than the one that signed this record"
        )));
    }
    let to = settings.keys_folder(dir);
    if to == from {
        return Ok(());
    }
    let fresh = Fresh::begin(&to)?;
    let folder = Folder::at(from);
    for path in folder.list("")? {
        if matches!(path.as_str(), "lock.holder" | "lock.gate") {
            continue;
        }
        if let Some(bytes) = folder.read(&path)? {
            fresh.write_private(&path, &bytes)?;
        }
    }
    Ok(fresh.finish()?)
}
