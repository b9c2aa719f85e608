//! The people of the newsroom: who they are, how they come in, and what each may do.

pub mod charge;
pub mod entry;
pub mod joining;
pub mod passkeys;
pub mod passphrase;
mod pending;
pub mod roles;
pub mod secret;
pub mod throttle;

pub use entry::{Caller, Entered};
pub use roles::{Act, Object, Role};

use crate::fetch::guarded::Gate;
use crate::fetch::turns::Turns;
use crate::seal::{Chance, Clock, system_chance, system_clock};
use ovn_store::cabinet::{Cabinet, Id, Listener, Note, Person};
use ovn_store::{Letterbox, Reader, Settings};
use parking_lot::FairMutex;
use passphrase::Kiln;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use throttle::Throttle;

/// Addresses that are fetched at once.
const FETCHES: usize = 2;

/// Asks for a variable of the environment.
pub type Env = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;
/// Is told the settings when they change.
pub type Tell = Box<dyn Fn(&Settings) + Send + Sync>;

/// Why something was not done. Nothing was changed, unless it says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The cabinet or the edition could not be read or written.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// The edition's settings, keys or house rules.
    #[error(transparent)]
    Newsroom(#[from] crate::newsroom::Error),
    /// The system gave no chance.
    #[error("the system gives no random numbers: {0}")]
    Chance(String),
    /// A passkey that is kept can't be read, or none can be asked.
    #[error("passkeys: {0}")]
    Passkey(String),
    /// It may not be, for a reason that the person is told.
    #[error("refused: {0:?}")]
    Refused(Refusal),
}

/// Why somebody was refused, as a screen tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Their role does not allow it.
    Role,
    /// Whoever wrote a text can't approve it, nor publish it before somebody else has approved it.
    FourEyes,
    /// The name and the passphrase are not those of anybody; which of them, nobody is told.
    Unknown,
    /// Too many attempts; seconds until the next one is looked at.
    Wait(u64),
    /// Too many people are signing in at this moment.
    Busy,
    /// The disk has no room.
    Full,
    /// The link was used, has ended, or never was one.
    Link,
    /// Somebody has that name.
    Taken,
    /// The name is empty, too long, or has signs in it that names don't.
    Name,
    /// The passphrase is too short.
    Short,
    /// The passphrase is longer than is read.
    Long,
    /// The passphrase is too easily guessed.
    Simple,
    /// The passkey was not right, or came too late.
    Passkey,
    /// They signed in too long ago to change how they get in.
    Stale,
    /// It is their only way in.
    LastWay,
    /// There is no such thing.
    Missing,
    /// It was changed meanwhile; look again.
    Moved,
    /// The text can't be published as it is, for this reason.
    Text(String),
    /// What is asked of the edition's settings can't be, for this reason; with what it is about.
    Setting(&'static str, String),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The newsroom's people and what they do; cheap to clone, for any number of threads.
#[derive(Clone)]
pub struct People {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) dir: PathBuf,
    pub(crate) env: Env,
    /// Those that hold at this moment; `manage` changes them.
    pub(crate) settings: RwLock<Arc<Settings>>,
    pub(crate) told: RwLock<Vec<Tell>>,
    pub(crate) cabinet: Cabinet,
    pub(crate) letters: Letterbox,
    pub(crate) reader: Reader,
    pub(crate) clock: Clock,
    chance: Chance,
    pub(crate) gate: Gate,
    pub(crate) fetching: Turns,
    /// Whose turn it is to have a picture made anew, one at a time since each may take half a gigabyte; it goes to whoever asked
    /// first.
    pub(crate) drawing: FairMutex<()>,
    /// Whose turn it is to have the edition open for publishing; it goes to whoever asked first.
    pub(crate) publishing: FairMutex<()>,
    kiln: Kiln,
    throttle: Throttle,
}

impl std::fmt::Debug for People {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("People").field("dir", &self.inner.dir).finish_non_exhaustive()
    }
}

impl People {
    /// Opens the cabinet of the edition in `dir`; `env` overrides settings.
    ///
    /// # Errors
    /// When there is no edition, or its cabinet can't be opened.
    pub fn open(dir: &Path, env: Env) -> Result<Self, Error> {
        Self::open_with(dir, env, system_clock())
    }

    /// As [`People::open`], with a clock.
    ///
    /// # Errors
    /// As [`People::open`].
    pub fn open_with(dir: &Path, env: Env, clock: Clock) -> Result<Self, Error> {
        Self::open_through(dir, env, clock, Gate::default())
    }

    /// As [`People::open_with`], with a way to the addresses that people choose.
    ///
    /// # Errors
    /// As [`People::open`].
    pub fn open_through(dir: &Path, env: Env, clock: Clock, gate: Gate) -> Result<Self, Error> {
        let settings = Settings::read(dir, &*env)?;
        let cabinet = Cabinet::of(dir, &settings)?;
        let letters = Letterbox::of(dir, &settings)?;
        let reader = Reader::of(dir, &settings)?;
        let chance = system_chance();
        let kiln = Kiln::new(&chance)?;
        let (dir, throttle) = (dir.to_owned(), Throttle::default());
        let fetching = Turns::of(FETCHES);
        let inner = Inner {
            dir,
            env,
            settings: RwLock::new(Arc::new(settings)),
            told: RwLock::default(),
            cabinet,
            letters,
            reader,
            clock,
            chance,
            gate,
            fetching,
            drawing: FairMutex::default(),
            publishing: FairMutex::default(),
            kiln,
            throttle,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The edition's settings, as they are at this moment.
    #[must_use]
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.inner.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What readers see.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.inner.reader
    }

    /// Now, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn now(&self) -> u64 {
        (self.inner.clock)()
    }

    /// The moment `at` on the edition's clock.
    #[must_use]
    pub fn local(&self, at: u64) -> String {
        crate::clock::local(at, &self.settings().zone)
    }

    /// Tells `listener` what any node of the edition's database saves, as [`Cabinet::listen`].
    pub fn listen(&self, listener: Listener) {
        self.cabinet().listen(listener);
    }

    pub(crate) fn cabinet(&self) -> &Cabinet {
        &self.inner.cabinet
    }

    pub(crate) fn chance<const N: usize>(&self) -> Result<[u8; N], Error> {
        let mut bytes = [0; N];
        (self.inner.chance)(&mut bytes).map_err(Error::Chance)?;
        Ok(bytes)
    }

    /// What is noted of a deed.
    pub(crate) fn note(&self, by: &Person, verb: &'static str, object: Option<Id>) -> Note {
        Note { at: self.now(), person: Some(by.id), verb, object, words: String::new() }
    }
}

/// Whether `person` may do `act` to `object`.
///
/// # Errors
/// [`Refusal::Role`].
pub(crate) fn allowed(person: &Person, act: Act, object: Object) -> Result<(), Error> {
    if roles::may(role(person), act, object) { Ok(()) } else { Err(Refusal::Role.into()) }
}

/// The role of a person; that of a reporter if the word is not known.
#[must_use]
pub fn role(person: &Person) -> Role {
    Role::from_word(&person.role).unwrap_or(Role::Reporter)
}
