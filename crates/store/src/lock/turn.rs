//! The lock as an object of the store in which the record is, for nodes that have no file system in common.
//!
//! One object holds the number of the turn, who took it, and the last signed checkpoint. It is only ever put on the
//! condition that it is what was last seen, so that taking a turn shuts out the one before it: a checkpoint that this one
//! still tries to swap in, even by a request that is on its way, finds another version and is refused.

use crate::Error;
use crate::error::damaged;
use crate::objects::{Objects, Version};
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

const NAME: &str = "lock";
/// How often, and after which pause, a turn is asked for while others ask too.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);
/// A version that no object has.
const NOBODY: &str = "\"00000000000000000000000000000000\"";

/// This process's turn.
#[derive(Debug)]
pub(super) struct Turn {
    objects: Objects,
    /// The first line of the object, which nobody else writes.
    header: String,
    version: Version,
}

impl Turn {
    /// Takes the next turn, and gives the checkpoint that is held; `first` is held where there was no turn yet.
    pub(super) fn take(
        objects: Objects,
        first: impl Fn() -> Result<Option<Vec<u8>>, Error>,
    ) -> Result<(Self, Option<Vec<u8>>), Error> {
        for _ in 0..TRIES {
            let found = objects.get(NAME)?;
            let (number, held) = match &found {
                Some((bytes, _)) => read(bytes)?,
                None => (0, first()?),
            };
            let header = format!("turn {} of {}\n", number + 1, own());
            let bytes = [header.as_bytes(), held.as_deref().unwrap_or_default()].concat();
            let known = found.as_ref().map(|(_, version)| version);
            let put = objects.put_over(NAME, &bytes, known)?;
            let put = if put.is_some() { put } else { there(&objects, &bytes)? };
            if let Some(version) = put {
                honours_conditions(&objects, &bytes)?;
                return Ok((Self { objects, header, version }, held));
            }
            std::thread::sleep(PAUSE);
        }
        Err(Error::Held {
            path: objects.shown(NAME),
            holder: "several nodes that ask at once".into(),
        })
    }

    /// Makes sure that it is still this process's turn.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self.objects.get(NAME)? {
            Some((bytes, _)) if bytes.starts_with(self.header.as_bytes()) => Ok(()),
            _ => Err(Error::Superseded(self.objects.shown(NAME))),
        }
    }

    /// Puts the checkpoint `next` in the place of the one that is held.
    pub(super) fn swap(&mut self, next: &[u8]) -> Result<(), Error> {
        let bytes = [self.header.as_bytes(), next].concat();
        let put = self.objects.update(NAME, &bytes, &self.version);
        // An answer that was lost, or that tells of this very swap done by an earlier try, is asked for again.
        let put = match put {
            Ok(Some(version)) => Some(version),
            Ok(None) => there(&self.objects, &bytes)?,
            Err(error) => Some(there(&self.objects, &bytes).ok().flatten().ok_or(error)?),
        };
        match put {
            Some(version) => {
                self.version = version;
                Ok(())
            }
            None => {
                self.check()?;
                Err(Error::Swapped(self.objects.shown(NAME)))
            }
        }
    }
}

/// The object's version, if it holds just these bytes.
fn there(objects: &Objects, bytes: &[u8]) -> Result<Option<Version>, Error> {
    Ok(objects.get(NAME)?.filter(|(found, _)| found == bytes).map(|(_, version)| version))
}

/// The checkpoint that is held.
pub(super) fn seen(objects: &Objects) -> Result<Option<Vec<u8>>, Error> {
    let Some((bytes, _)) = objects.get(NAME)? else { return Ok(None) };
    Ok(read(&bytes)?.1)
}

/// Number of the turn, and the checkpoint.
fn read(bytes: &[u8]) -> Result<(u64, Option<Vec<u8>>), Error> {
    let wrong = || damaged("the lock in the object store is not one");
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or_else(wrong)?;
    let header =
        bytes.get(..end).and_then(|line| std::str::from_utf8(line).ok()).ok_or_else(wrong)?;
    let number = header.strip_prefix("turn ").and_then(|rest| rest.split(' ').next()?.parse().ok());
    let held = bytes.get(end + 1..).filter(|held| !held.is_empty()).map(<[u8]>::to_vec);
    Ok((number.ok_or_else(wrong)?, held))
}

/// Words that no other process has.
fn own() -> String {
    format!("process {} {:016x}", std::process::id(), RandomState::new().hash_one(0))
}

/// Refuses a store that puts whatever the condition says: two nodes could sign there.
fn honours_conditions(objects: &Objects, bytes: &[u8]) -> Result<(), Error> {
    let nobody = Version { e_tag: Some(NOBODY.into()), version: None };
    let twice = objects.create(NAME, bytes)?.is_some();
    if twice || objects.update(NAME, bytes, &nobody)?.is_some() {
        let sentence = "it does not honour conditions on what it is given (If-None-Match, If-Match), and without them two \
            nodes could sign; use a store that does";
        return Err(Error::Unreachable {
            address: objects.shown(NAME).display().to_string(),
            sentence: sentence.into(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_is_read_strictly() {
        let check = |text: &str, expected: Option<(u64, Option<&str>)>| {
            let expected =
                expected.map(|(number, held)| (number, held.map(|held| held.as_bytes().to_vec())));
            assert_eq!(read(text.as_bytes()).ok(), expected, "{text:?}");
        };
        check("turn 1 of process 7 x\n", Some((1, None)));
        check("turn 12 of process 7 x\na\nb\n", Some((12, Some("a\nb\n"))));
        check("turn x of y\n", None);
        check("turn 1", None);
        check("", None);
    }
}
