//! How the record's keys and copies stand, for the people who have to see to them. No key passes here, only what is public.

use crate::doctor::{self, Line};
use crate::keys::Keys;
use crate::people::{Act, Caller, Error, Object, People, allowed};
use crate::stamp::Stamp;
use ovn_edition::hex;
use ovn_store::survey;
use std::path::PathBuf;

/// The age at which a backup is asked for: a week.
pub const STALE: u64 = 7 * 24 * 60 * 60 * 1000;

/// How keys and copies stand.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The edition's folder, for commands.
    pub dir: PathBuf,
    /// The folder of the keys.
    pub keys: PathBuf,
    /// The log's public key as the record states it, `name+hash+key`.
    pub vkey: String,
    /// Its four-byte hash, which stands in every signature.
    pub fingerprint: String,
    /// Whether this program can sign with it; if not, why.
    pub signs: Result<(), String>,
    /// SHA-256 of the next key, to which the first entry commits.
    pub next: Option<String>,
    /// SHA-256 of the recovery key, to which the first entry commits.
    pub recovery: Option<String>,
    /// Whether the recovery key still lies on this machine.
    pub recovery_here: bool,
    /// Entries of the record.
    pub size: u64,
    /// When the last one was sealed, ms; 0 for none.
    pub at: u64,
    /// The last backup that is known here.
    pub backup: Backup,
    /// MiB that are free where the edition is written, and how many percent of the disk that is.
    pub free: Option<(u64, u64)>,
    /// What the doctor says.
    pub doctor: Vec<Line>,
}

/// The last backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backup {
    /// None is known.
    None,
    /// One was made not long ago.
    Fresh(Stamp),
    /// The last one is older than a week.
    Stale(Stamp),
}

impl People {
    /// How keys and copies stand.
    ///
    /// # Errors
    /// [`crate::people::Refusal::Role`]; when the edition can't be read.
    pub fn standing(&self, caller: &Caller) -> Result<Standing, Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        let settings = self.settings();
        let dir = self.inner.dir.clone();
        let keys = settings.keys_folder(&dir);
        let vkey = self.reader().record_file("vkey")?.unwrap_or_default();
        let vkey = String::from_utf8_lossy(&vkey).trim().to_owned();
        let held = Keys::read(&keys, &settings.origin);
        let hash =
            |of: fn(&Keys) -> &[u8; 32]| held.as_ref().ok().map(|keys| hex::encode(of(keys)));
        let state = self.reader().state()?;
        let free = survey::room(&dir).ok();
        let clock = &self.inner.clock;
        Ok(Standing {
            fingerprint: vkey.split('+').nth(1).unwrap_or_default().to_owned(),
            vkey,
            next: hash(|keys| &keys.next),
            recovery: hash(|keys| &keys.recovery),
            recovery_here: keys.join("recovery.key").exists(),
            signs: held.map(|_| ()).map_err(|error| error.to_string()),
            size: state.size,
            at: state.at,
            backup: self.backup(),
            free: free
                .map(|room| (room.free >> 20, room.free.saturating_mul(100) / room.whole.max(1))),
            doctor: doctor::examine_kept(&dir, &*self.inner.env, clock)?,
            dir,
            keys,
        })
    }

    /// The edition's folder, for a command to copy.
    ///
    /// # Errors
    /// [`crate::people::Refusal::Role`].
    pub fn folder(&self, caller: &Caller) -> Result<PathBuf, Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        Ok(self.inner.dir.clone())
    }

    /// The last backup that is known here.
    #[must_use]
    pub fn backup(&self) -> Backup {
        let keys = self.settings().keys_folder(&self.inner.dir);
        match Stamp::read(&keys) {
            Ok(Some(stamp)) if self.now().saturating_sub(stamp.at) <= STALE => Backup::Fresh(stamp),
            Ok(Some(stamp)) => Backup::Stale(stamp),
            Ok(None) | Err(_) => Backup::None,
        }
    }
}
