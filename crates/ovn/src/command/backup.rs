//! `ovn backup` and `ovn restore`: an edition goes into a folder that can be kept elsewhere, and comes back.

use super::{environment, key, mirror::with_bar};
use crate::{
    args::{Backup, Restore},
    outcome::Outcome,
};
use ovn_press::copy::{Copy, split_url};
use ovn_press::restore::{self, Restored, Standing};
use ovn_press::{backup, seal::system_clock, stamp::Stamp};
use ovn_store::Settings;
use serde_json::json;
use std::path::Path;

const KEYS: &str = "The keys are in it: whoever has this backup can sign in the edition's name. Encrypt it, and keep it apart.";
const NO_KEYS: &str = "The keys are not in it: keep a copy of the key folder apart from it.";
const NEWSROOM: &str = "The newsroom is in it, confidential sources too: let nobody else read it.";
const NO_NEWSROOM: &str =
    "The newsroom's people and drafts are not in it; --newsroom takes them along.";
const NOBODY: &str = "Nobody has joined the newsroom yet, so nothing of it is in the backup.";

pub(super) fn backup(arguments: &Backup, json: bool) -> Outcome {
    let settings = match Settings::read(&arguments.dir, &environment) {
        Ok(settings) => settings,
        Err(error) => return Outcome::unknown(error),
    };
    let order = backup::Order {
        keys: arguments.keys,
        newsroom: arguments.newsroom,
        since: arguments.since.clone(),
    };
    let now = system_clock()();
    let done = with_bar(json, |tell| {
        backup::backup(&arguments.dir, &settings, &arguments.to, &order, now, tell)
    });
    match done {
        Err(error) => Outcome::unknown(error),
        Ok(done) => {
            let manifest = &done.manifest;
            remember(&settings.keys_folder(&arguments.dir), arguments, now, manifest.size);
            let words = format!(
                "{} entries with root {} are in {}: {} files, {} of them linked to the backup before.\n{}\n{}",
                manifest.size,
                manifest.root,
                arguments.to.display(),
                manifest.files.len(),
                done.linked,
                if arguments.keys { KEYS } else { NO_KEYS },
                match (arguments.newsroom, manifest.newsroom) {
                    (true, true) => NEWSROOM,
                    (true, false) => NOBODY,
                    (false, _) => NO_NEWSROOM,
                }
            );
            let value = json!({"size": manifest.size, "root": manifest.root, "files": manifest.files.len(),
                "linked": done.linked, "keys": arguments.keys, "newsroom": manifest.newsroom, "to": arguments.to});
            Outcome::good(words).in_json(json, &value)
        }
    }
}

/// Notes beside the lock when the last backup was made, for `ovn doctor`. A reader's machine has no such folder.
fn remember(keys: &Path, arguments: &Backup, at: u64, size: u64) {
    let to = std::path::absolute(&arguments.to).unwrap_or_else(|_| arguments.to.clone());
    let stamp = Stamp { at, size, to: to.display().to_string() };
    if keys.is_dir()
        && let Err(error) = stamp.write(keys)
    {
        tracing::warn!(%error, "the backup is made, and could not be noted beside the lock");
    }
}

pub(super) fn restore(arguments: &Restore, json: bool) -> Outcome {
    match try_restore(arguments, json) {
        Err(why) => Outcome::unknown(why),
        Ok((done, standing)) => {
            let dir = arguments.dir.display().to_string();
            let mut words = format!(
                "{} entries with root {} are in {dir}; all {} files were checked.\n",
                done.size, done.root, done.files
            );
            for sentence in &done.lost {
                words.push_str(&format!("Lost: {sentence}.\n"));
            }
            words.push_str(&next(standing, &dir));
            let value = json!({"size": done.size, "root": done.root, "files": done.files, "lost": done.lost,
                "dir": arguments.dir, "ready": standing == Standing::Ready});
            Outcome::good(words).in_json(json, &value)
        }
    }
}

fn try_restore(arguments: &Restore, quiet: bool) -> Result<(Restored, Standing), String> {
    let key = arguments.key.as_deref().map(key).transpose()?;
    let from = Path::new(&arguments.from);
    let (dir, key) = (&arguments.dir, key.as_ref());
    let is_backup = split_url(&arguments.from).is_none() && from.join(backup::MANIFEST).exists();
    let done = if is_backup {
        with_bar(quiet, |tell| restore::backup(from, dir, key, tell))
    } else {
        let toml = arguments.settings.as_ref().map(|path| {
            std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
        });
        let toml = toml.transpose()?;
        let copy = Copy::at(&arguments.from);
        with_bar(quiet, |tell| restore::mirror(&copy, dir, key, toml.as_deref(), tell))
    };
    let done = done.map_err(|error| error.to_string())?;
    let settings = Settings::read(dir, &environment).map_err(|error| error.to_string())?;
    if let Some(keys) = &arguments.keys {
        let brought = restore::bring(keys, dir, &settings, &done.key);
        brought.map_err(|error| {
            format!("the edition is in {}, and its keys are not: {error}", dir.display())
        })?;
    }
    let standing = restore::standing(dir, &settings, done.size);
    Ok((done, standing))
}

/// What to do before anything can be sealed.
fn next(standing: Standing, dir: &str) -> String {
    match standing {
        Standing::Ready => {
            format!("Keys and lock agree with it: ovn serve {dir}, and publish as before.")
        }
        Standing::NoKeys => format!(
            "It can be served (ovn serve {dir}), and nothing can be sealed until its keys are beside it: bring them with \
             --keys, or put them there."
        ),
        Standing::NoLock => format!(
            "It can be served. Before anything is sealed, show that nobody has a newer record: ovn repair {dir} --from MIRROR, \
             or --alone if there is no mirror and nothing newer anywhere."
        ),
        Standing::Behind(there) => format!(
            "It can be served. {there} entries were signed, so this is not the newest: ovn repair {dir} --from MIRROR, or from \
             the newer folder, catches up."
        ),
        Standing::Doubtful => format!(
            "It can be served. The lock beside it is older or another edition's: ovn repair {dir} --from MIRROR compares them."
        ),
    }
}
