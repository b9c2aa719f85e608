//! Make a new edition: folder, settings, keys, the first entry of its record, and policies to start from.

use crate::{
    keys::{Keys, KeysError},
    newsroom::{self, Newsroom},
    seal::{Draft, system_chance},
};
use ovn_store::{Folder, Settings};
use std::path::Path;

/// The name of an edition that nobody has given one.
pub const UNNAMED: &str = "Our edition";

/// Why an edition was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is one already.
    #[error("{0} has an edition already; choose another folder")]
    Exists(String),
    /// A file could not be written.
    #[error("the folder could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The keys could not be made.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The edition could not be opened or its genesis sealed.
    #[error(transparent)]
    Newsroom(#[from] newsroom::Error),
}

/// Makes an edition in `dir` with the settings written in `toml`, and seals its genesis.
///
/// # Errors
/// When there is an edition already, or the folder, the keys or the record can't be made.
pub fn edition(
    dir: &Path,
    toml: &str,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<Newsroom, Error> {
    let folder = Folder::at(dir);
    if folder.read("ovn.toml")?.is_some() {
        return Err(Error::Exists(dir.display().to_string()));
    }
    folder.replace("ovn.toml", toml.as_bytes())?;
    let settings = Settings::read(dir, env).map_err(newsroom::Error::from)?;
    Keys::generate(&settings.keys_folder(dir), &settings.origin, &system_chance())?;
    let room = Newsroom::open(dir, env)?;
    room.seal(vec![Draft::genesis(&settings.name, room.keys())])?;
    Ok(room)
}

/// The text of `ovn.toml` for a new edition.
#[must_use]
pub fn settings(name: &str, origin: &str, url: &str) -> String {
    let text = |value: &str| serde_json::Value::from(value).to_string();
    format!(
        "# The edition's settings. docs/settings.md lists every key; OVN_… variables win over this file.\n\
         name = {}\n\
         # Name of the record; part of every entry, so it never changes.\n\
         origin = {}\n\
         url = {}\n\
         languages = [\"en\"]\n\
         zone = \"UTC\"\n\
         \n\
         [motto]\n\
         en = \"Transparent. Unbiased. Yours.\"\n\
         \n\
         [[sections]]\n\
         slug = \"news\"\n\
         name = {{ en = \"News\" }}\n\
         \n\
         [publisher]\n\
         name = \"\"\n\
         address = \"\"\n\
         contact = \"\"\n\
         ownership = \"\"\n",
        text(name),
        text(origin),
        text(url)
    )
}
