//! The cabinet: what the newsroom keeps for itself, in a database of its own that no reader's page is ever handed.
//!
//! On SQLite it is the file `cabinet.sqlite` beside the edition's; on PostgreSQL the schema `cabinet` of the edition's
//! database. A [`crate::Reader`] opens neither. Statements are written once for both engines, since nothing here is
//! searched, streamed or staged. Nothing in it is usable by whoever reads it: passphrases are argon2id hashes, of
//! every token and code there is the SHA-256 alone, and of passkeys the public half.

mod comments;
pub(crate) mod copying;
mod devices;
mod drafts;
pub(crate) mod engine;
mod files;
mod history;
mod invitations;
mod kin;
mod letters;
mod listening;
mod listing;
mod looks;
mod migrations;
mod passkeys;
mod people;
mod pitches;
mod previews;
mod saving;
mod schedule;
mod sessions;
mod sources;
mod tasks;
mod trail;
mod witnessed;
mod work;

pub use comments::{Comment, Mentioned, Talk, Told};
pub use drafts::{Brief, Draft, Saved, Version};
pub use files::File;
pub use history::{Named, Suggested, Text};
pub use invitations::{Invitation, Joined, Way};
pub use kin::Kin;
pub use letters::{Filed, Report};
pub use listening::{Heard, Listener};
pub use listing::{Listed, News, Wanted};
pub use looks::Look;
pub use passkeys::Passkey;
pub use people::Person;
pub use pitches::Pitch;
pub use previews::Preview;
pub use saving::{Entry, STEPS, Since, Step};
pub use schedule::{Mark, Plan, Planned};
pub use sessions::{IDLE, LIFE, Session};
pub use sources::{New, Rest, Search, Source, Use, Who};
pub use tasks::Task;
pub use trail::{Note, Noted};
pub use witnessed::Witnessed;
pub use work::{Asked, Assigned};

use crate::files::make_folder;
use crate::{Error, Settings};
use engine::{Db, Engine};
use migrations::CABINET;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The 16 random bytes that name a person or a draft.
pub type Id = [u8; 16];
/// The SHA-256 of a token.
pub type Hash = [u8; 32];

/// People, sessions, invitations, drafts and the trail of what was done; cheap to clone, for any number of threads and
/// processes.
#[derive(Debug, Clone)]
pub struct Cabinet {
    engine: Arc<Mutex<Engine>>,
}

impl Cabinet {
    /// Opens the cabinet of the edition in `dir`, whose rows are at the address `database` or in the folder; sets it up
    /// or migrates it.
    ///
    /// # Errors
    /// [`Error`], as every method here, when the database refuses or is one that this program does not know.
    pub fn open(dir: &Path, database: Option<&str>) -> Result<Self, Error> {
        if database.is_none() {
            make_folder(dir)?;
        }
        Ok(Self { engine: Arc::new(Mutex::new(Engine::open(&CABINET, dir, database)?)) })
    }

    /// Whether the folder `dir` has a cabinet of its own, as an edition on SQLite has once its newsroom was opened.
    #[must_use]
    pub fn is_in(dir: &Path) -> bool {
        dir.join("cabinet.sqlite").is_file()
    }

    /// The cabinet for looking, made or migrated by nobody; `None` where there is none that this program knows as it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn as_it_is(dir: &Path, settings: &Settings) -> Result<Option<Self>, Error> {
        if settings.database.is_none() && !Self::is_in(dir) {
            return Ok(None);
        }
        let engine = Engine::look(&CABINET, dir, settings.database.as_deref())?;
        Ok(engine.map(|engine| Self { engine: Arc::new(Mutex::new(engine)) }))
    }

    /// The same, where the edition's settings say.
    ///
    /// # Errors
    /// As [`Cabinet::open`].
    pub fn of(dir: &Path, settings: &Settings) -> Result<Self, Error> {
        Self::open(dir, settings.database.as_deref())
    }

    fn go_on_counting(&self) -> Result<(), Error> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner).go_on_counting()
    }

    /// Runs `work` as one transaction, which lasts when this returns.
    fn change<T>(&self, work: impl FnOnce(&dyn Db) -> Result<T, Error>) -> Result<T, Error> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner).change(work)
    }

    /// Runs `read` on one state of the database.
    fn view<T>(&self, read: impl FnOnce(&dyn Db) -> Result<T, Error>) -> Result<T, Error> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner).view(read)
    }
}
