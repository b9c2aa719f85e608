//! `ovn mirror`: copy an edition's record and check the copy.

use super::{environment, key, verify::words};
use crate::{args::Mirror, outcome::Outcome};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ovn_press::{copy::Copy, mirror};
use ovn_store::Folder;
use serde_json::json;

pub(super) fn run(arguments: &Mirror, json: bool) -> Outcome {
    let source = match Copy::of(&arguments.source, &environment) {
        Ok(source) => source,
        Err(error) => return Outcome::unknown(error),
    };
    let key = match arguments.key.as_deref().map(key).transpose() {
        Ok(Some(key)) => key,
        Ok(None) => match source.key() {
            Ok(key) => key,
            Err(error) => return Outcome::unknown(error),
        },
        Err(why) => return Outcome::unknown(why),
    };
    let done =
        with_bar(json, |tell| mirror::copy(&source, &Folder::at(&arguments.dir), &key, tell));
    match done {
        Ok(done) => {
            let value =
                json!({"entries": done.entries, "files": done.files, "report": done.report});
            let counts = format!("{} entries, {} files fetched", done.entries, done.files);
            let out =
                format!("{}  {counts}, into {}", words(&done.report), arguments.dir.display());
            Outcome::answer(done.report.verdict.good(), out).in_json(json, &value)
        }
        Err(error) => Outcome::unknown(error),
    }
}

/// A progress bar on a terminal, nothing in a pipe or when a program asked.
pub(super) fn progress(quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}");
    ProgressBar::with_draw_target(Some(0), target)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Does `work`, which tells a progress bar how much of how much is done.
pub(super) fn with_bar<T>(quiet: bool, work: impl FnOnce(&mut dyn FnMut(u64, u64)) -> T) -> T {
    let bar = progress(quiet);
    let done = work(&mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    done
}
