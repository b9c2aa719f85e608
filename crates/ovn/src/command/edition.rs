//! `ovn init`, `ovn remove`: an edition's beginning and its hard days.

use super::environment;
use crate::{
    args::{Init, NAME, ORIGIN, Remove, URL},
    outcome::Outcome,
};
use ovn_press::{init, newsroom::Newsroom, remove};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Makes an edition in an empty folder, as `ovn init` does without more words, and says so.
///
/// # Errors
/// A sentence.
pub(super) fn begin(dir: &Path) -> Result<String, String> {
    let keys = made(dir, NAME, ORIGIN, URL).map_err(|error| error.to_string())?;
    Ok(format!(
        "{} was empty: an edition named {NAME:?} is in it now, its keys and lock in {}. Its name and address are in \
         ovn.toml. The record's name is {ORIGIN} and stays so; for another begin with: ovn init FOLDER --origin your.name",
        dir.display(),
        keys.display()
    ))
}

/// A new edition; where its keys are.
fn made(dir: &Path, name: &str, origin: &str, url: &str) -> Result<PathBuf, init::Error> {
    let room = init::edition(dir, &init::settings(name, origin, url), &environment)?;
    Ok(room.settings().keys_folder(dir))
}

pub(super) fn init(arguments: &Init, json: bool) -> Outcome {
    match made(&arguments.dir, &arguments.name, &arguments.origin, &arguments.url) {
        Err(error) => Outcome::unknown(error),
        Ok(keys) => {
            let dir = arguments.dir.display();
            let words = format!(
                "An edition is in {dir}, its keys and lock in {}.\n\
                 Keep recovery.key from there on paper or a stick, elsewhere, and delete it here.\n\
                 Next: ovn publish article.md --dir {dir}, then ovn serve {dir}",
                keys.display()
            );
            Outcome::good(words).in_json(json, &json!({"dir": arguments.dir, "keys": keys}))
        }
    }
}

pub(super) fn remove(arguments: &Remove, json: bool) -> Outcome {
    let room = match Newsroom::open(&arguments.dir, &environment) {
        Ok(room) => room,
        Err(error) => return Outcome::unknown(error),
    };
    let order = remove::Order {
        path: arguments.address.clone(),
        ground: arguments.ground.clone(),
        note: arguments.note.clone(),
        blocks: arguments.blocks.clone(),
    };
    match remove::remove(&room, &order) {
        Err(error) => Outcome::unknown(error),
        Ok(entries) => {
            let list = entries.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            let words =
                format!("{} is withdrawn; the removal is entry {list} of the record", order.path);
            Outcome::good(words).in_json(json, &json!({"entries": entries}))
        }
    }
}
