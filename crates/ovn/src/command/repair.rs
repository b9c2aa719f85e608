//! `ovn repair`: everything that is kept is compared with the record and put right.

use super::{environment, key, mirror::with_bar};
use crate::{args::Repair, outcome::Outcome};
use ovn_press::copy::Copy;
use ovn_press::scrub::{self, Found, Order};
use ovn_store::Settings;
use serde_json::json;
use std::path::Path;

pub(super) fn repair(arguments: &Repair, json: bool) -> Outcome {
    let key = match arguments.key.as_deref().map(key).transpose() {
        Ok(key) => key,
        Err(why) => return Outcome::unknown(why),
    };
    let mirror = arguments.from.as_deref().map(Copy::at);
    let order = Order { key, mend: true, mirror, alone: arguments.alone };
    match scrub(&arguments.dir, &order, json) {
        Err(why) => Outcome::unknown(why),
        Ok(found) => {
            let words = words(&found, &arguments.dir);
            let value = json!({"well": found.well(), "found": found});
            Outcome::answer(found.well(), words).in_json(json, &value)
        }
    }
}

/// Looks at everything, with a bar on a terminal.
pub(super) fn scrub(dir: &Path, order: &Order, quiet: bool) -> Result<Found, String> {
    let settings = Settings::read(dir, &environment).map_err(|error| error.to_string())?;
    let found = with_bar(quiet, |tell| scrub::scrub(dir, &settings, order, tell));
    found.map_err(|error| error.to_string())
}

/// What was looked at.
pub(super) fn counts(found: &Found) -> String {
    format!(
        "{} entries, {} documents, {} archived copies, {} tiles and bundles, every row; root {}",
        found.entries, found.documents, found.blobs, found.tiles, found.root
    )
}

fn words(found: &Found, dir: &Path) -> String {
    let mut out = String::new();
    for fault in &found.faults {
        let mark = if fault.mended { "mended" } else { "✗" };
        out.push_str(&format!("{mark} {}: {}\n", fault.place, fault.sentence));
    }
    for note in &found.notes {
        out.push_str(&format!("· {note}\n"));
    }
    let bad = found.faults.iter().filter(|fault| !fault.mended).count();
    let (dir, counts) = (dir.display(), counts(found));
    out.push_str(&match bad {
        0 => format!("Everything is as the record demands: {counts}.\n"),
        _ => format!(
            "{bad} faults are left. Looked at: {counts}.\n→ ovn repair {dir} --from PLACE, a mirror that is whole or the \
             newer folder\n"
        ),
    });
    out
}
