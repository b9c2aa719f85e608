//! Taking in what a witness has signed: a checkpoint of this record with somebody else's cosignature (C2SP tlog-cosignature).
//!
//! A witness signs a checkpoint only if it continues the one that it signed before. What it gives back is held against this
//! very record before it is kept: the size that it names, and the root that the record had then.

use ovn_store::cabinet::{Cabinet, Note, Witnessed};
use ovn_store::{Reader, Settings};
use ovn_tlog::merkle::tree_root;
use ovn_tlog::{Checkpoint, KeyKind, Note as Signed, TileHashes, VerifierKey};
use std::path::Path;

/// Why it is not kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The edition can't be read.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// What was given is no checkpoint of this record that this witness has signed, for this reason.
    #[error("not witnessed: {0}")]
    Not(String),
    /// The edition's own record can't be read at that size.
    #[error("the record can't be read: {0}")]
    Record(String),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What the witness has signed.
    pub one: Witnessed,
    /// Whether it was not here yet.
    pub new: bool,
}

/// Keeps the cosignature of `witness` in the note `bytes`, if it is of a state of the record of the edition in `dir`.
///
/// # Errors
/// [`Error::Not`] where it is none; then nothing is kept.
pub fn keep(
    dir: &Path,
    env: &dyn Fn(&str) -> Option<String>,
    bytes: &[u8],
    witness: &VerifierKey,
) -> Result<Kept, Error> {
    let settings = Settings::read(dir, env)?;
    let reader = Reader::of(dir, &settings)?;
    let (checkpoint, second) = signed(bytes, witness)?;
    same_record(&reader, &settings, &checkpoint)?;
    let (size, name) = (checkpoint.size(), witness.name().to_owned());
    let note = String::from_utf8_lossy(bytes).into_owned();
    let one = Witnessed { size, witness: name.clone(), second, note };
    let at = crate::seal::system_clock()();
    let words = format!("{name} · {size}");
    let noted = Note { at, person: None, verb: "witness", object: None, words };
    let new = Cabinet::of(dir, &settings)?.witness(&one, &noted)?;
    Ok(Kept { one, new })
}

/// The checkpoint that the witness has signed, and when, in seconds.
fn signed(bytes: &[u8], witness: &VerifierKey) -> Result<(Checkpoint, u64), Error> {
    let not = |why: String| Error::Not(why);
    if witness.kind() != KeyKind::Cosignature {
        return Err(not(
            "the key is a log's and not a witness's, whose keys are of the type 4".into()
        ));
    }
    let note = Signed::parse(bytes).map_err(|error| not(error.to_string()))?;
    let good =
        note.verify(std::slice::from_ref(witness)).map_err(|error| not(error.to_string()))?;
    let second = good.first().and_then(|one| one.time);
    let second = second.ok_or_else(|| not("the signature does not say when it was made".into()))?;
    let checkpoint = Checkpoint::parse(note.text()).map_err(|error| not(error.to_string()))?;
    Ok((checkpoint, second))
}

/// Whether the record had this root when it had so many entries.
fn same_record(reader: &Reader, settings: &Settings, checkpoint: &Checkpoint) -> Result<(), Error> {
    let record = |error: &dyn std::fmt::Display| Error::Record(error.to_string());
    if checkpoint.origin() != settings.origin {
        let (theirs, own) = (checkpoint.origin(), &settings.origin);
        return Err(Error::Not(format!("it is of the record {theirs}, and this one is {own}")));
    }
    let own = Signed::parse(&reader.checkpoint()?).map_err(|error| record(&error))?;
    let own = Checkpoint::parse(own.text()).map_err(|error| record(&error))?;
    let size = checkpoint.size();
    if size == 0 || size > own.size() {
        return Err(Error::Not(format!(
            "it is of {size} entries, and this record has {}",
            own.size()
        )));
    }
    let hashes = TileHashes::new(reader, own.size());
    let root = tree_root(&hashes, size).map_err(|error| record(&error))?;
    if root == *checkpoint.root() {
        return Ok(());
    }
    Err(Error::Not(format!(
        "at {size} entries the witness saw another record than this: keep the file, and compare with a mirror"
    )))
}
