//! Which words two revisions do not share, block by block.

use ovn_edition::diff::{self, What};
use ovn_edition::sealed;
use ovn_store::rows::Revision;

use crate::Error;
use crate::checked;
use crate::pages::compare::{Change, Fate};

/// The blocks in which two sealed documents differ, apart from those that differ in every revision.
pub(super) fn between(old: &Revision, new: &Revision) -> Result<Vec<Change>, Error> {
    let (old, _) = sealed::article(&checked::document(old)?)?;
    let (new, _) = sealed::article(&checked::document(new)?)?;
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
