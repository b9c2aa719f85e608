//! What a readers' process may take in: letters that say what is wrong in an article, within limits, and nothing else.
//!
//! Nothing is asked of a third party and nobody is named: a form bears the time at which it was given out, signed; it has a
//! field that people don't see; a network has a few letters an hour, counted under a salted hash in memory; and one text is
//! one letter however often it is sent.

mod limits;

use crate::seal::{Chance, Clock, system_chance, system_clock};
use limits::Limits;
use ovn_edition::commit::sha256;
use ovn_edition::{fold, hex};
use ovn_store::letterbox::{Letter, Put, Standing};
use ovn_store::{Letterbox as Store, Settings};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The most characters of what is wrong, of how one knows, and of a contact.
pub const LONGEST: [usize; 3] = [4_000, 2_000, 200];
/// The least and the most ms between a form's being given out and its being sent: 3 seconds and a day.
const LEAST: u64 = 3_000;
const MOST: u64 = 24 * 60 * 60 * 1000;

/// What a reader sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sent<'a> {
    /// The article's address.
    pub path: &'a str,
    /// Its language.
    pub lang: &'a str,
    /// The revision that was read.
    pub rev: u64,
    /// The block of its text, from 1, if one was named.
    pub passage: Option<u64>,
    /// What is wrong.
    pub what: &'a str,
    /// How one knows.
    pub how: &'a str,
    /// How the reader can be asked.
    pub contact: &'a str,
    /// The field that people don't see.
    pub trap: &'a str,
    /// What the form was given out with.
    pub stamp: &'a str,
}

/// Why a letter was not taken in, as a page tells it. Nothing was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is said to be wrong.
    Empty,
    /// A field is longer than is read.
    Long,
    /// It came faster than anybody writes.
    Soon,
    /// The form is older than a day, or not one of ours.
    Late,
    /// Something stands in the field that people don't see.
    Trap,
    /// This network has sent as many as it may in an hour.
    Wait,
    /// More are open than the newsroom can read.
    Full,
}

/// Why nothing could be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The letterbox can't be opened or written.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// The system gave no chance.
    #[error("the system gives no random numbers: {0}")]
    Chance(String),
    /// It is not taken, and the reader is told why.
    #[error("refused: {0:?}")]
    Refused(Refusal),
}

/// The letterbox as the readers' plane has it. It is opened when the first form is asked for.
pub struct Letterbox {
    dir: PathBuf,
    database: Option<String>,
    opened: Mutex<Option<(Store, [u8; 32])>>,
    clock: Clock,
    chance: Chance,
    limits: Limits,
}

impl std::fmt::Debug for Letterbox {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Letterbox").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Letterbox {
    /// The letterbox of the edition in `dir`; `None` where its settings want none. Nothing is opened yet.
    #[must_use]
    pub fn of(dir: &Path, settings: &Settings) -> Option<Self> {
        settings.takes_letters().then(|| Self::with(dir, settings, system_clock()))
    }

    /// The same with a clock, whatever the settings want.
    #[must_use]
    pub fn with(dir: &Path, settings: &Settings, clock: Clock) -> Self {
        let (dir, database) = (dir.to_owned(), settings.database.clone());
        let (opened, limits) = (Mutex::default(), Limits::default());
        Self { dir, database, opened, clock, chance: system_chance(), limits }
    }

    /// What a form for the article at `path` is given out with.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Chance`].
    pub fn stamp(&self, path: &str) -> Result<String, Error> {
        let (_, secret) = self.open()?;
        let at = (self.clock)();
        Ok(format!("{at}-{}", hex::encode(&mac(&secret, at, path))))
    }

    /// Takes a letter in that came from `address`, and gives its receipt: 64 hexadecimal digits, of which the hash is kept.
    ///
    /// # Errors
    /// [`Error::Refused`] with why; [`Error::Store`], [`Error::Chance`].
    pub fn receive(&self, sent: &Sent<'_>, address: IpAddr) -> Result<String, Error> {
        let (store, secret) = self.open()?;
        let at = (self.clock)();
        let [what, how, contact] = fields(sent).map_err(Error::Refused)?;
        aged(&secret, sent, at).map_err(Error::Refused)?;
        let salt = self.random()?;
        if !self.limits.allow(address, at, &salt) {
            return Err(Error::Refused(Refusal::Wait));
        }
        let (id, receipt): ([u8; 16], [u8; 32]) = (self.random()?, self.random()?);
        let same = format!("ovn letter\n{}\n{}", sent.path, fold::words(&what).join(" "));
        let letter = Letter {
            id,
            path: sent.path.to_owned(),
            rev: sent.rev,
            passage: sent.passage,
            lang: sent.lang.to_owned(),
            what,
            how,
            contact,
            at,
        };
        match store.put(&letter, &sha256(same.as_bytes()), &sha256(&receipt))? {
            Put::Full => Err(Error::Refused(Refusal::Full)),
            Put::Kept | Put::Again => Ok(hex::encode(&receipt)),
        }
    }

    /// How the letter stands for which `receipt` was given; `None` when it is no receipt of ours.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn standing(&self, receipt: &str) -> Result<Option<Standing>, Error> {
        let Some(receipt) = hex::decode::<32>(receipt) else { return Ok(None) };
        Ok(self.open()?.0.standing(&sha256(&receipt))?)
    }

    /// The newest letters about articles in `lang` that were `corrected` or `declined`.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn decided(&self, state: &str, lang: &str, limit: u64) -> Result<Vec<Standing>, Error> {
        Ok(self.open()?.0.decided(state, lang, limit)?)
    }

    /// A number that is another once more letters were decided.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn mark(&self) -> Result<u64, Error> {
        Ok(self.open()?.0.mark()?)
    }

    fn open(&self) -> Result<(Store, [u8; 32]), Error> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((store, secret)) = &*opened {
            return Ok((store.clone(), *secret));
        }
        let store = Store::open(&self.dir, self.database.as_deref())?;
        let secret = store.secret(&self.random()?)?;
        *opened = Some((store.clone(), secret));
        Ok((store, secret))
    }

    fn random<const N: usize>(&self) -> Result<[u8; N], Error> {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes).map_err(Error::Chance)?;
        Ok(bytes)
    }
}

/// The words that are kept: without control characters, and with the line ends that files have.
fn fields(sent: &Sent<'_>) -> Result<[String; 3], Refusal> {
    if !sent.trap.is_empty() {
        return Err(Refusal::Trap);
    }
    let given = [sent.what, sent.how, sent.contact];
    if given.iter().zip(LONGEST).any(|(text, most)| text.chars().count() > most) {
        return Err(Refusal::Long);
    }
    let plain = |text: &str| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        text.trim().to_owned()
    };
    let kept = given.map(plain);
    let empty = kept.first().is_none_or(|what| fold::words(what).is_empty());
    if empty { Err(Refusal::Empty) } else { Ok(kept) }
}

/// Whether the form was given out by this edition for this article, not a moment and not a day ago.
fn aged(secret: &[u8; 32], sent: &Sent<'_>, now: u64) -> Result<(), Refusal> {
    let (at, given) = sent.stamp.split_once('-').ok_or(Refusal::Late)?;
    let at: u64 = at.parse().map_err(|_| Refusal::Late)?;
    let given = hex::decode::<32>(given).ok_or(Refusal::Late)?;
    // Hashes are compared, so that the time tells nothing of where they differ.
    if sha256(&given) != sha256(&mac(secret, at, sent.path)) || now > at.saturating_add(MOST) {
        return Err(Refusal::Late);
    }
    if now < at.saturating_add(LEAST) { Err(Refusal::Soon) } else { Ok(()) }
}

/// A keyed hash of time and path, hashed twice so that it can't be gone on with.
fn mac(secret: &[u8; 32], at: u64, path: &str) -> [u8; 32] {
    let mut inner = secret.to_vec();
    inner.extend_from_slice(format!("ovn letter form\n{at}\n{path}").as_bytes());
    let mut outer = secret.to_vec();
    outer.extend_from_slice(&sha256(&inner));
    sha256(&outer)
}
