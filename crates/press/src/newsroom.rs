//! A newsroom at work: one edition's folder opened for writing, with its settings, its sealer and its readers' view.

use crate::{
    clock, house,
    seal::{self, Draft, Receipt, Sealer, system_chance, system_clock},
};
use ovn_edition::{hex, report::House};
use ovn_store::{Reader, Settings};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long another node's turn is waited for, and the pause between two tries.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(100);

/// Why the newsroom can't work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The edition's folder.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// Sealing.
    #[error(transparent)]
    Seal(#[from] seal::Error),
    /// The edition's own rules for the desk.
    #[error(transparent)]
    House(#[from] house::Error),
}

/// An edition opened for publishing. One process at a time can hold it; on PostgreSQL the next waits ten seconds for it.
pub struct Newsroom {
    dir: PathBuf,
    settings: Settings,
    house: House,
    sealer: Sealer,
    reader: Reader,
}

impl Newsroom {
    /// Opens the edition in `dir`, repairing what a crash left behind; `env` overrides settings.
    ///
    /// # Errors
    /// When there is no edition, another process holds it, its keys can't be used, or signing would risk a fork.
    pub fn open(dir: &Path, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let settings = Settings::read(dir, env)?;
        let house = house::of(dir)?;
        let sealer = take_turn(dir, &settings)?;
        let reader = Reader::open(dir, settings.database.as_deref())?;
        Ok(Self { dir: dir.to_owned(), settings, house, sealer, reader })
    }

    /// The edition's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The edition's settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What the edition adds to the desk's rules, and takes from them.
    #[must_use]
    pub fn house(&self) -> &House {
        &self.house
    }

    /// What readers see.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Now, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.sealer.now()
    }

    /// The moment `at` on the edition's clock.
    #[must_use]
    pub fn local(&self, at: u64) -> String {
        clock::local(at, &self.settings.zone)
    }

    /// The edition's keys.
    #[must_use]
    pub fn keys(&self) -> &crate::keys::Keys {
        self.sealer.keys()
    }

    /// Seals the drafts, in order; returns when all are durable, signed and visible to readers.
    ///
    /// # Errors
    /// When any step failed: nothing is acknowledged then.
    pub fn seal(&self, drafts: Vec<Draft>) -> Result<Vec<Receipt>, Error> {
        Ok(self.sealer.seal(drafts)?)
    }

    /// Whether bytes with this SHA-256 are archived already.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn has_blob(&self, digest: &[u8; 32]) -> Result<bool, Error> {
        Ok(self.reader.record_file(&format!("blob/{}", hex::encode(digest)))?.is_some())
    }
}

/// Opens the sealer. Where nodes share a database they take turns, and a turn that was cut short ends within seconds.
fn take_turn(dir: &Path, settings: &Settings) -> Result<Sealer, seal::Error> {
    let since = Instant::now();
    loop {
        match Sealer::open(dir, settings, system_clock(), system_chance()) {
            Err(seal::Error::Held(_))
                if settings.database.is_some() && since.elapsed() < PATIENCE =>
            {
                std::thread::sleep(PAUSE);
            }
            outcome => return outcome,
        }
    }
}

impl std::fmt::Debug for Newsroom {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Newsroom").field("dir", &self.dir).finish_non_exhaustive()
    }
}
