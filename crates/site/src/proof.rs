//! An entry's offline proof in the C2SP tlog-proof format, under the current checkpoint, with the leaf as extra data.

use ovn_store::Reader;
use ovn_tlog::merkle::inclusion_proof;
use ovn_tlog::{Checkpoint, Note, Proof, TileHashes};

use crate::Error;

/// The proof that entry `seq` is in the record. It carries the leaf, so that document, proof and key check offline.
pub(crate) fn of(reader: &Reader, seq: u64) -> Result<String, Error> {
    let note = Note::parse(&reader.checkpoint()?).map_err(damaged)?;
    let checkpoint = Checkpoint::parse(note.text()).map_err(damaged)?;
    let hashes = TileHashes::new(reader, checkpoint.size());
    let path = inclusion_proof(&hashes, seq, checkpoint.size())
        .map_err(|error| hashes.failure().map_or_else(|| damaged(&error), damaged))?;
    let missing = || Error::Record(format!("entry {seq} is missing"));
    let leaf = reader.entry(seq)?.ok_or_else(missing)?.leaf;
    Ok(Proof::new(seq, path, note).map_err(damaged)?.with_extra(&leaf).to_string())
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Record(error.to_string())
}
