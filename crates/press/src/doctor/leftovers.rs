//! Pictures and files beside the cabinet that nothing names any more: counted, and taken away on request once they are old.

use super::Line;
use ovn_edition::hex;
use ovn_store::cabinet::{Cabinet, Hash};
use ovn_store::{Folder, Reader, Settings};
use std::collections::BTreeSet;
use std::path::Path;

const PART: &str = "cabinet";
/// How long something stays after it was given last, ms: 30 days, in which an editor without a line comes back to it.
const STAYS: u64 = 30 * 24 * 60 * 60 * 1000;

/// A file that no draft, no version, no source and no published article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Its path in the folder `cabinet/`.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whether it was given long enough ago to be taken away.
    pub old: bool,
}

/// What was taken away, or would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How many files.
    pub files: usize,
    /// Their bytes together.
    pub bytes: u64,
}

/// What nothing names, of the edition in `dir` at `now` (ms); nothing where there is no cabinet that this program knows.
///
/// # Errors
/// When the cabinet, the edition or the folder can't be read.
pub fn leftovers(
    dir: &Path,
    settings: &Settings,
    now: u64,
) -> Result<Vec<Leftover>, ovn_store::Error> {
    let folder = Folder::at(dir.join("cabinet"));
    let Ok(files) = folder.list("") else { return Ok(Vec::new()) };
    let Some(cabinet) = Cabinet::as_it_is(dir, settings)? else { return Ok(Vec::new()) };
    let named = named(&cabinet)?;
    let reader = Reader::of(dir, settings)?;
    let mut found = Vec::new();
    for path in files {
        let name = path.rsplit('/').next().unwrap_or_default();
        let hash = name.split_once('.').and_then(|(hash, _)| hex::decode::<32>(hash));
        let torn = name.starts_with('.') && name.ends_with(".new");
        let kept = match hash {
            Some(hash) => {
                let blob = format!("blob/{}", hex::encode(&hash));
                named.contains(&hash) || reader.record_file(&blob)?.is_some()
            }
            // What somebody else put there is theirs.
            None => !torn,
        };
        let Some((bytes, written)) = folder.written(&path).ok().flatten().filter(|_| !kept) else {
            continue;
        };
        found.push(Leftover { path, bytes, old: written.saturating_add(STAYS) <= now });
    }
    Ok(found)
}

/// The hashes that sources have, and those that stand anywhere in a text of a draft or of one of its versions.
fn named(cabinet: &Cabinet) -> Result<BTreeSet<Hash>, ovn_store::Error> {
    let mut all: BTreeSet<Hash> = cabinet.kept_hashes()?.into_iter().collect();
    cabinet.every_text(|text| {
        let words = text.split(|sign: char| !sign.is_ascii_hexdigit());
        all.extend(words.filter(|word| word.len() == 64).filter_map(hex::decode::<32>));
    })?;
    Ok(all)
}

/// Takes away what nothing names and was given more than 30 days ago.
///
/// # Errors
/// As [`leftovers`], and when a file can't be taken away.
pub fn tidy(dir: &Path, settings: &Settings, now: u64) -> Result<Sum, ovn_store::Error> {
    let folder = Folder::at(dir.join("cabinet"));
    let mut sum = Sum::default();
    for one in leftovers(dir, settings, now)?.into_iter().filter(|one| one.old) {
        // Given again in this moment, it is new.
        let again = folder.written(&one.path).ok().flatten();
        if again.is_none_or(|(_, written)| written.saturating_add(STAYS) > now) {
            continue;
        }
        let path = folder.root().join(&one.path);
        folder.remove(&one.path).map_err(|error| ovn_store::Error::File { path, error })?;
        sum.files += 1;
        sum.bytes += one.bytes;
    }
    Ok(sum)
}

pub(super) fn line(dir: &Path, settings: &Settings, now: u64) -> Option<Line> {
    match leftovers(dir, settings, now) {
        Err(error) => {
            Some(Line::bad(PART, error.to_string(), "look whether the cabinet can be read"))
        }
        Ok(all) if all.is_empty() => None,
        Ok(all) => {
            let bytes: u64 = all.iter().map(|one| one.bytes).sum();
            let old = all.iter().filter(|one| one.old).count();
            let sentence = format!(
                "{} files in cabinet/ ({} KiB) are named by no text and no source; {old} of them for 30 days",
                all.len(),
                bytes.div_ceil(1024)
            );
            Some(if old == 0 {
                Line::good(PART, sentence)
            } else {
                Line::look(PART, sentence, "ovn doctor DIR --tidy takes those away")
            })
        }
    }
}
