//! An entry's offline proof in the C2SP tlog-proof format, under the current checkpoint, with the leaf as extra data.

use ovn_tlog::merkle::inclusion_proof;
use ovn_tlog::{Checkpoint, Note, Proof, TileHashes, leaf_hash};

use crate::site::Inner;
use crate::{Error, checked};

/// The proof that entry `seq` is in the record. It carries the leaf, so that document, proof and key check offline.
pub(crate) fn of(inner: &Inner, seq: u64) -> Result<String, Error> {
    let reader = &inner.reader;
    let note = Note::parse(&reader.checkpoint()?).map_err(damaged)?;
    let checkpoint = Checkpoint::parse(note.text()).map_err(damaged)?;
    let hashes = TileHashes::new(reader, checkpoint.size());
    let path = inclusion_proof(&hashes, seq, checkpoint.size())
        .map_err(|error| hashes.failure().map_or_else(|| damaged(&error), damaged))?;
    let missing = || Error::Record(format!("entry {seq} is missing"));
    let leaf = reader.entry(seq)?.ok_or_else(missing)?.leaf;
    let proof = Proof::new(seq, path, note).map_err(damaged)?.with_extra(&leaf);
    // A proof that a reader would refuse is not given: something of it is damaged here.
    let vkey = reader.record_file("vkey")?.unwrap_or_default();
    let key = checked::key(&inner.settings, &vkey)?;
    proof.verify_with_key(&leaf_hash(&leaf), &key).map_err(damaged)?;
    Ok(proof.to_string())
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Record(error.to_string())
}
