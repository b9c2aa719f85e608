//! The record's files as objects: read, replaced and removed on the condition that nobody else did so first.

use crate::objects::{Objects, Version};
use crate::{Error, StagedFile};
use std::sync::PoisonError;

/// The bytes of the object at `path`; `None` when there is none.
pub(super) fn read(objects: &Objects, path: &str) -> Result<Option<Vec<u8>>, Error> {
    if path.starts_with("tile/") {
        return objects.tile(path);
    }
    let Some((bytes, version)) = objects.get(path)? else { return Ok(None) };
    if path == "checkpoint" {
        *objects.checkpoint.lock().unwrap_or_else(PoisonError::into_inner) = Some(version);
    }
    Ok(Some(bytes))
}

/// Puts the checkpoint in the place of the one that was last seen.
pub(super) fn put_checkpoint(objects: &Objects, bytes: &[u8]) -> Result<(), Error> {
    let mut known = objects.checkpoint.lock().unwrap_or_else(PoisonError::into_inner);
    let put = objects.put_over("checkpoint", bytes, known.as_ref())?;
    if put.is_some() {
        *known = put;
        return Ok(());
    }
    // An earlier try of this very request may have done it, or the node before this one.
    match objects.get("checkpoint")? {
        Some((found, version)) if found == bytes => {
            *known = Some(version);
            Ok(())
        }
        _ => Err(Error::Superseded(objects.shown("checkpoint"))),
    }
}

/// Puts a document in the place of the one that is `known`, or removes a blob.
pub(super) fn erase(
    objects: &Objects,
    file: &StagedFile,
    known: Option<&Version>,
) -> Result<(), Error> {
    if file.bytes.is_empty() {
        return objects.remove(&file.path);
    }
    if objects.put_over(&file.path, &file.bytes, known)?.is_some() {
        return Ok(());
    }
    match objects.get(&file.path)? {
        Some((found, _)) if found == file.bytes => Ok(()),
        _ => Err(Error::Superseded(objects.shown(&file.path))),
    }
}
