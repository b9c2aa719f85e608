//! Take blocks of a published article out of reach, by law or for safety, with a tombstone that says so.

use crate::{
    newsroom::{self, Newsroom},
    publish::search,
    seal::{Draft, Take},
};
use ovn_edition::sealed::{self, Document};
use ovn_store::Search;

/// The grounds on which something is removed.
pub const GROUNDS: [&str; 5] = ["court order", "privacy", "safety", "copyright", "error"];

/// What is to be removed and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The article's address.
    pub path: String,
    /// One of [`GROUNDS`].
    pub ground: String,
    /// A sentence for readers.
    pub note: Option<String>,
    /// Numbers of blocks of the newest revision; all blocks of all revisions when `None`.
    pub blocks: Option<Vec<usize>>,
}

/// Why nothing was removed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No such article.
    #[error("no article is published at {0}; give its address as readers see it, /YYYY/MM/slug")]
    Nothing(String),
    /// All of it is removed.
    #[error("{0} was removed already")]
    Already(String),
    /// The edition could not be read or sealed.
    #[error(transparent)]
    Newsroom(#[from] newsroom::Error),
}

/// Removes what `order` says. Gives the numbers of the removal's entries.
///
/// Words and salts are deleted from database, documents and search; commitments, tiles and every other entry stay as
/// they are.
///
/// # Errors
/// When there is no such article, nothing of it is left, or the removal could not be sealed; nothing is removed then.
pub fn remove(room: &Newsroom, order: &Order) -> Result<Vec<u64>, Error> {
    let reader = room.reader();
    let head = reader.head(&order.path).map_err(newsroom::Error::from)?;
    let head = head.ok_or_else(|| Error::Nothing(order.path.clone()))?;
    if head.withdrawn {
        return Err(Error::Already(head.path));
    }
    let mut revisions = reader.revisions(&head.id).map_err(newsroom::Error::from)?;
    if order.blocks.is_some() {
        revisions.drain(..revisions.len().saturating_sub(1));
    }
    let mut entries = Vec::new();
    for revision in &revisions {
        let take = Take {
            rev: revision.rev,
            blocks: order.blocks.clone(),
            ground: order.ground.clone(),
            note: order.note.clone(),
            jurisdiction: None,
            blobs: Vec::new(),
            search: rest(&revision.document, order.blocks.as_deref()),
        };
        // A removal is sealed alone, so that it can be finished alone.
        let receipts = room.seal(vec![Draft::removal(head.id, take)])?;
        entries.extend(receipts.iter().map(|receipt| receipt.seq));
    }
    Ok(entries)
}

/// The words that are left for search once `blocks` are gone.
pub(crate) fn rest(document: &[u8], blocks: Option<&[usize]>) -> Option<Search> {
    let rest = Document::read(document).ok()?.without(blocks?).ok()?;
    let (article, _) = sealed::article(&rest).ok()?;
    Some(search(&article))
}
