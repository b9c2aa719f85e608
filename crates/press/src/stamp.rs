//! When the last backup was made, kept beside the lock: a copied or restored folder does not bring a backup of its own.

use ovn_store::Folder;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

const FILE: &str = "backup.json";

/// What the last backup was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When it was done, milliseconds since 1970.
    pub at: u64,
    /// Entries of the record that it holds.
    pub size: u64,
    /// Where it was written to.
    pub to: String,
}

impl Stamp {
    /// The last backup that the key folder `keys` knows of.
    ///
    /// # Errors
    /// When the file can't be read, or is not a stamp.
    pub fn read(keys: &Path) -> io::Result<Option<Self>> {
        let Some(bytes) = Folder::at(keys).read(FILE)? else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(io::Error::other)
    }

    /// Remembers this backup in the key folder `keys`.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn write(&self, keys: &Path) -> io::Result<()> {
        let text = serde_json::to_string(self).map_err(io::Error::other)?;
        Folder::at(keys).replace(FILE, format!("{text}\n").as_bytes())
    }
}
