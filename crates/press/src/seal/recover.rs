//! Starting: the lock, the database and the files are compared before anything is signed.
//!
//! The lock holds the last checkpoint that may ever have left. What is staged and in the lock is finished; what is
//! staged and not in the lock was never signed and is dropped; anything else that differs is refused in a sentence.

use super::Error;
use super::check::{self, Edge};
use super::engine::{self, finish};
use super::faults::Faults;
use ovn_store::{Lock, Writer};
use ovn_tlog::{Checkpoint, Hash, Signer, empty_root};

/// Repairs what an earlier process left, and gives the edge of the published tree.
pub(super) fn recover(
    writer: &mut Writer,
    lock: &mut Lock,
    signer: &Signer,
    faults: &dyn Faults,
) -> Result<Edge, Error> {
    // What is put in its place later is put on the condition that it is still this.
    let checkpoint = writer.files().read("checkpoint")?;
    let state = writer.state()?;
    let (size, root) = match open(&state.checkpoint, signer, "the published checkpoint")? {
        Some(published) => (published.size(), *published.root()),
        None => (0, empty_root()),
    };
    if size != state.size {
        return refuse(
            "the database does not agree with its own checkpoint; run ovn repair DIR, with --from MIRROR if there is one",
        );
    }
    let held = lock.checkpoint().map(<[u8]>::to_vec);
    let locked = open(held.as_deref().unwrap_or_default(), signer, "the lock")?;
    let Some(locked) = locked else {
        return if size == 0 { start_empty(writer) } else { refuse(NO_LOCK) };
    };
    let signed = held.unwrap_or_default();
    if let Some(staged) = writer.staged()? {
        if locked.size() == size + staged.entries.len() as u64 {
            let origin = signer.verifier().name();
            let edge = check::batch(writer.files(), &staged, origin, size, &root)?;
            if edge.tree.root() != *locked.root() {
                return refuse(FORK);
            }
            finish(writer, lock, &staged, &signed, faults)?;
            engine::overwrite(writer, lock)?;
            return Ok(edge);
        }
        compare(&locked, size, &root)?;
        writer.discard_staged()?;
    }
    compare(&locked, size, &root)?;
    let edge = Edge::load(writer.files(), size, &root)?;
    if checkpoint.as_deref() != Some(&signed) {
        engine::publish_checkpoint(writer.files(), lock, &signed)?;
    }
    Ok(edge)
}

const NO_LOCK: &str = "it has entries and its key folder has no lock: this is a copy, or the lock was lost; bring back \
    the folder that the keys were in, or show what is newest: ovn repair DIR --from MIRROR";
const FORK: &str = "the lock holds another tree of the same size: two copies of this edition were running; keep the one \
    that readers and mirrors have";

fn start_empty(writer: &mut Writer) -> Result<Edge, Error> {
    writer.discard_staged()?;
    Edge::load(writer.files(), 0, &empty_root())
}

fn compare(locked: &Checkpoint, size: u64, root: &Hash) -> Result<(), Error> {
    agree(locked, size, root).map_err(Error::Refused)
}

/// Whether a tree of `size` entries with this root is the one that the lock holds; if not, a sentence that says why
/// nothing may be signed, and what to do.
pub(crate) fn agree(locked: &Checkpoint, size: u64, root: &Hash) -> Result<(), String> {
    let there = locked.size();
    if there > size {
        return Err(format!(
            "{there} entries were signed and {size} are here: this is a restored backup or a clone; catch up from a mirror, or \
             from the newer folder: ovn repair DIR --from PLACE"
        ));
    }
    if there < size {
        return Err(format!(
            "the lock knows {there} entries and {size} are here: the key folder is older than the edition; bring back \
             the newer one, or show what is newest: ovn repair DIR --from MIRROR"
        ));
    }
    if locked.root() == root { Ok(()) } else { Err(FORK.to_owned()) }
}

/// Opens a signed checkpoint; `None` when there are no bytes.
fn open(bytes: &[u8], signer: &Signer, what: &str) -> Result<Option<Checkpoint>, Error> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let opened = Checkpoint::open(bytes, signer.verifier());
    opened.map(Some).map_err(|error| {
        Error::Refused(format!(
            "{what} is not signed with this key ({error}); bring back the key it was signed with"
        ))
    })
}

fn refuse<T>(sentence: &str) -> Result<T, Error> {
    Err(Error::Refused(sentence.to_owned()))
}
