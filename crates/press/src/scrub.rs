//! Read everything that an edition keeps, compare it with what the record demands, and put right what is not.
//!
//! The signed checkpoint is what all else is measured by. Leaves are kept three times (bundles, hash tiles, rows) and
//! documents twice, so that most damage can be told from two good copies; a mirror is one more.

mod documents;
mod notes;
mod rows;
mod tree;

pub(crate) use rows::write;

use crate::copy::Copy;
use crate::keys::{self, Keys};
use crate::seal;
use ovn_store::{Files, Held, Reader, Settings};
use ovn_tlog::{Checkpoint, VerifierKey};
use std::path::{Path, PathBuf};

/// Something that is not as the record demands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// Where: a file of the record, a row of the database, the lock.
    pub place: String,
    /// What is wrong, and what to do where a repair can't help.
    pub sentence: String,
    /// Whether it was put right.
    pub mended: bool,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    /// In the order in which they were met.
    pub faults: Vec<Fault>,
    /// What is no fault and worth knowing.
    pub notes: Vec<String>,
    /// Entries, and the documents, archived copies, tiles and bundles that belong to them.
    pub entries: u64,
    /// Sealed documents that were compared with their entries.
    pub documents: u64,
    /// Archived copies whose hash was compared with their name.
    pub blobs: u64,
    /// Tiles and bundles that were compared with the tree.
    pub tiles: u64,
    /// Root of the tree, in base64.
    pub root: String,
}

impl Found {
    /// Whether nothing is wrong any more.
    #[must_use]
    pub fn well(&self) -> bool {
        self.faults.iter().all(|fault| fault.mended)
    }
}

/// Why no answer was possible.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The settings, the files or the database.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// The mirror could not be read.
    #[error(transparent)]
    Copy(#[from] crate::copy::Error),
    /// There is nothing to measure by.
    #[error("{0}")]
    Nothing(String),
    /// Two signed trees contradict each other.
    #[error(
        "the log was forked: {0}; keep both as they are, they are evidence, and ask who signed twice"
    )]
    Fork(String),
    /// The rows could not be told.
    #[error(transparent)]
    Rows(#[from] seal::Error),
    /// A file outside the record could not be read or written.
    #[error("{0}")]
    File(#[from] std::io::Error),
}

/// How to look, and whether to put right what is found.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The log's key, known from elsewhere. Otherwise the key folder's, or the edition's own statement.
    pub key: Option<VerifierKey>,
    /// Put right what can be, from what is here and from `mirror`.
    pub mend: bool,
    /// A copy that may have what is damaged here. It is not trusted.
    pub mirror: Option<Copy>,
    /// Nobody has anything newer, the operator says: the lock may be set to what is here without a mirror that agrees.
    pub alone: bool,
}

/// A look at one edition.
struct Look<'a> {
    dir: &'a Path,
    settings: &'a Settings,
    files: Files,
    key: VerifierKey,
    reader: Option<Reader>,
    mirror: Option<&'a Copy>,
    alone: bool,
    held: Option<Held>,
    found: Found,
    progress: &'a mut dyn FnMut(u64, u64),
}

/// Looks over the edition in `dir` and, if `order` says so, mends it. `progress` hears how many of how many entries are
/// done; it begins anew with each part of the work.
///
/// # Errors
/// When the edition can't be read at all, or its log was forked; what is merely damaged is a [`Fault`].
pub fn scrub(
    dir: &Path,
    settings: &Settings,
    order: &Order,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Found, Error> {
    if order.mend {
        // Whether it could be brought forward shows when it is opened.
        drop(Reader::current(dir, settings));
    }
    let held = if order.mend { Some(Held::take(dir, settings)?) } else { None };
    let mut found = Found::default();
    let reader = match Reader::of(dir, settings) {
        Ok(reader) => Some(reader),
        Err(error @ (ovn_store::Error::Newer { .. } | ovn_store::Error::Older { .. })) => {
            return Err(error.into());
        }
        Err(error) => {
            let sentence = format!("it can't be opened ({error})");
            found.faults.push(Fault { place: "database".into(), sentence, mended: false });
            None
        }
    };
    let key = key(dir, settings, order)?;
    let files = Files::at(dir, settings)?;
    let (mirror, alone) = (order.mirror.as_ref(), order.alone);
    let mut look = Look { dir, settings, files, key, reader, mirror, alone, held, found, progress };
    look.all()?;
    Ok(look.found)
}

/// The key that everything is measured by.
fn key(dir: &Path, settings: &Settings, order: &Order) -> Result<VerifierKey, Error> {
    if let Some(key) = &order.key {
        return Ok(key.clone());
    }
    if let Ok(keys) = Keys::read(&settings.keys_folder(dir), &settings.origin) {
        return Ok(keys.verifier().clone());
    }
    let stated = keys::stated(Files::at(dir, settings)?.read("vkey")?.as_deref());
    let known = stated.ok().filter(|key| key.name() == settings.origin);
    known.ok_or_else(|| {
        let sentence =
            "neither the key folder nor record/vkey has the log's key; give it with --key";
        Error::Nothing(sentence.into())
    })
}

impl Look<'_> {
    fn all(&mut self) -> Result<(), Error> {
        let target = self.notes()?;
        self.vkey()?;
        let leaves = self.tree(&target)?;
        self.found.entries = leaves.len() as u64;
        self.found.root = target.checkpoint.root().to_base64();
        if let Some(documents) = self.documents(&leaves)? {
            self.rows(&target, &leaves, &documents)?;
        }
        self.publish(&target)
    }

    fn vkey(&mut self) -> Result<(), Error> {
        let own = format!("{}\n", self.key);
        if self.files.read("vkey")?.as_deref() != Some(own.as_bytes()) {
            self.put_right(
                "vkey",
                Some(own.as_bytes()),
                "is not the key that the record is signed with",
            )?;
        }
        Ok(())
    }

    fn fault(&mut self, place: impl Into<String>, sentence: impl Into<String>) {
        let fault = Fault { place: place.into(), sentence: sentence.into(), mended: false };
        self.found.faults.push(fault);
    }

    fn mended(&mut self, place: impl Into<String>, sentence: impl Into<String>) {
        let fault = Fault { place: place.into(), sentence: sentence.into(), mended: true };
        self.found.faults.push(fault);
    }

    /// Notes that the record's file `path` is wrong and, when that is the order and its right bytes are known, writes
    /// them.
    fn put_right(&mut self, path: &str, bytes: Option<&[u8]>, what: &str) -> Result<(), Error> {
        let place = format!("record/{path}");
        match (&self.held, bytes) {
            (Some(held), Some(bytes)) => {
                held.files().mend(path, bytes)?;
                self.mended(place, what);
            }
            (Some(_), None) => self.fault(place, format!("{what}, and nothing here has it whole")),
            (None, _) => self.fault(place, what),
        }
        Ok(())
    }
}

/// What everything is measured by.
struct Target {
    checkpoint: Checkpoint,
    note: Vec<u8>,
    /// The other checkpoints that were seen, and where; all are beginnings of this one, or the log was forked.
    others: Vec<(&'static str, Checkpoint)>,
    /// What the lock holds, if anything.
    locked: Option<u64>,
    keys: PathBuf,
}
