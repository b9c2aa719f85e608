//! Which words two revisions do not share, block by block.

use ovn_edition::diff::{self, What};
use ovn_edition::sealed::{self, Document};

use crate::Error;
use crate::pages::compare::{Change, Fate};

/// The blocks in which two sealed documents differ, apart from those that differ in every revision.
pub(super) fn between(old: &[u8], new: &[u8]) -> Result<Vec<Change>, Error> {
    let (old, _) = sealed::article(&Document::read(old)?)?;
    let (new, _) = sealed::article(&Document::read(new)?)?;
    let changes = diff::articles(&old, &new).into_iter().map(|change| Change {
        kind: change.part.to_owned(),
        runs: change.ops.into_iter().map(|op| (fate(op.what), op.text)).collect(),
    });
    Ok(changes.collect())
}

fn fate(what: What) -> Fate {
    match what {
        What::Same => Fate::Kept,
        What::Del => Fate::Removed,
        What::Ins => Fate::Added,
    }
}
