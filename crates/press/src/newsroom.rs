//! A newsroom at work: one edition's folder opened for writing, with its settings, its sealer and its readers' view.

use crate::{
    clock, house,
    keys::Keys,
    node::{Node, Open},
    seal::{self, Clock, Draft, Faults, NoFaults, Receipt, Sealer, system_chance, system_clock},
};
use ovn_edition::{hex, report::House};
use ovn_store::{Reader, Settings};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long another node's turn is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

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
    seat: Seat,
    keys: Keys,
    clock: Clock,
    reader: Reader,
}

/// What seals for this newsroom.
enum Seat {
    /// The edition's only writer, as long as it lives.
    Alone(Box<Sealer>),
    /// One of several nodes, which has its turn and asks again when it loses it.
    Shared(Node),
}

impl Newsroom {
    /// Opens the edition in `dir`, repairing what a crash left behind; `env` overrides settings.
    ///
    /// # Errors
    /// When there is no edition, another process holds it, its keys can't be used, or signing would risk a fork.
    pub fn open(dir: &Path, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        Self::open_with(dir, env, system_clock(), Arc::new(NoFaults))
    }

    /// As [`Newsroom::open`], with a clock, and with somebody who watches the durable steps or makes them fail.
    ///
    /// # Errors
    /// As [`Newsroom::open`].
    pub fn open_with(
        dir: &Path,
        env: &dyn Fn(&str) -> Option<String>,
        clock: Clock,
        faults: Arc<dyn Faults>,
    ) -> Result<Self, Error> {
        let settings = Settings::read(dir, env)?;
        let house = house::of(dir)?;
        let seat = Seat::take(dir, &settings, &clock, faults)?;
        let keys = Keys::read(&settings.keys_folder(dir), &settings.origin);
        let keys = keys.map_err(seal::Error::from)?;
        let reader = Reader::of(dir, &settings)?;
        Ok(Self { dir: dir.to_owned(), settings, house, seat, keys, clock, reader })
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
        (self.clock)()
    }

    /// The moment `at` on the edition's clock.
    #[must_use]
    pub fn local(&self, at: u64) -> String {
        clock::local(at, &self.settings.zone)
    }

    /// The edition's keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Seals the drafts, in order; returns when all are durable, signed and visible to readers. A node that lost its turn
    /// before it began, as when the database starts again, waits for another.
    ///
    /// # Errors
    /// When any step failed: nothing is acknowledged then.
    pub fn seal(&self, drafts: Vec<Draft>) -> Result<Vec<Receipt>, Error> {
        Ok(match &self.seat {
            Seat::Alone(sealer) => sealer.seal(drafts)?,
            Seat::Shared(node) => node.turn(PATIENCE, |_| true)?.seal(drafts)?,
        })
    }

    /// Whether bytes with this SHA-256 are archived already.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn has_blob(&self, digest: &[u8; 32]) -> Result<bool, Error> {
        Ok(self.reader.record_file(&format!("blob/{}", hex::encode(digest)))?.is_some())
    }
}

impl Seat {
    /// Opens the sealer. Where nodes share a database they take turns, and a turn that was cut short ends within seconds.
    fn take(
        dir: &Path,
        settings: &Settings,
        clock: &Clock,
        faults: Arc<dyn Faults>,
    ) -> Result<Self, seal::Error> {
        let (dir, settings, clock) = (dir.to_owned(), settings.clone(), Clock::clone(clock));
        let shared = settings.database.is_some();
        let open: Open = Box::new(move || {
            Sealer::open_with(&dir, &settings, clock.clone(), system_chance(), faults.clone())
        });
        if !shared {
            return Ok(Self::Alone(Box::new(open()?)));
        }
        let node = Node::start(open).map_err(|error| seal::Error::Store(error.to_string()))?;
        node.turn(PATIENCE, |why| matches!(why, seal::Error::Held(_)))?;
        Ok(Self::Shared(node))
    }
}

impl std::fmt::Debug for Newsroom {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Newsroom").field("dir", &self.dir).finish_non_exhaustive()
    }
}
