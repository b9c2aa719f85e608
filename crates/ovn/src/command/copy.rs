//! `ovn copy`: an edition's rows move from one database to another.

use super::mirror::progress;
use crate::{args::Copy, outcome::Outcome};
use ovn_store::{Place, copy};
use serde_json::json;

pub(super) fn run(arguments: &Copy, json: bool) -> Outcome {
    let (from, to) = (Place::read(&arguments.from), Place::read(&arguments.to));
    let bar = progress(json);
    let copied = copy(&from, &to, &mut |rows| bar.set_position(rows));
    bar.finish_and_clear();
    match copied {
        Err(error) => Outcome::unknown(error),
        Ok(entries) => {
            let next = match to {
                Place::Address(_) => "write its address as `database` into the edition's ovn.toml",
                Place::Folder(_) => "take `database` out of the edition's ovn.toml",
            };
            let words = format!(
                "All rows are copied, with {entries} entries of the record. Next: {next}, and start again.\n\
                 The record's files and the keys were not touched; the old database is as it was."
            );
            Outcome::good(words).in_json(json, &json!({"entries": entries}))
        }
    }
}
