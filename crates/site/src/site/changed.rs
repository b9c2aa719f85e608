//! Which parts of pages the newest entries of the record changed, and which pages are new.

use ovn_edition::leaf::{Id, Kind, Leaf};
use ovn_edition::sealed::{self, Block, Document};
use ovn_store::Reader;
use ovn_store::rows::{HeadKind, Revision};

use crate::needs::Part;

/// Entries of one look; after more at once everything is made again when it is asked for.
const MOST: u64 = 1000;

/// What the entries of one look changed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// Parts of pages.
    pub(super) parts: Vec<Part>,
    /// Paths of the pages that show what was published.
    pub(super) paths: Vec<String>,
}

/// What the entries from number `from` up to `to` changed; `None` when that cannot be told.
pub(super) fn since(reader: &Reader, from: u64, to: u64) -> Option<Changed> {
    let count = to.checked_sub(from).filter(|count| (1..=MOST).contains(count))?;
    let mut changed = Changed::default();
    for entry in reader.entries(from, usize::try_from(count).ok()?).ok()? {
        let leaf = Leaf::read(&entry.leaf).ok()?;
        match (leaf.kind, &leaf.article) {
            (Kind::Revision | Kind::Correction | Kind::Policy, Some(step)) => {
                of_article(reader, &step.id, &mut changed)?;
            }
            // What was removed is not known any more, so neither is what it stood in.
            (Kind::Removal, _) | (_, Some(_)) => return None,
            // Genesis, keys and witnesses stand on no page that does not need everything.
            (_, None) => {}
        }
    }
    Some(changed)
}

/// Everything that pages of others may show of an article, as it is and as it was.
fn of_article(reader: &Reader, id: &Id, changed: &mut Changed) -> Option<()> {
    let head = reader.head_of(id).ok()??;
    let parts = &mut changed.parts;
    parts.extend([Part::article(id), Part::translations(&head.path)]);
    if head.kind == HeadKind::Policy {
        parts.push(Part::policies());
    }
    parts.extend(head.story.as_deref().map(Part::story));
    parts.extend(head.translation_of.as_deref().map(Part::translations));
    if head.rev > 1 {
        for revision in reader.revisions(id).ok()? {
            parts.extend(of_revision(&revision)?);
        }
    }
    changed.paths.push(head.path);
    Some(())
}

fn of_revision(revision: &Revision) -> Option<Vec<Part>> {
    let document = Document::read(&revision.document).ok()?;
    if document.blocks.iter().any(|block| matches!(block, Block::Removed { .. })) {
        return None;
    }
    let (article, place) = sealed::article(&document).ok()?;
    let mut parts = vec![Part::translations(&place.path)];
    parts.extend(article.story.as_deref().map(Part::story));
    parts.extend(article.translation_of.as_deref().map(Part::translations));
    Some(parts)
}
