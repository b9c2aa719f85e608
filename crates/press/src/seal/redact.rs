//! What a removal leaves: the document with commitments where blocks were, and the article as lists show it then.

use super::{Error, Take};
use ovn_edition::hex;
use ovn_edition::leaf::{Id, Leaf};
use ovn_edition::sealed::{self, Block, Document};
use ovn_store::{Facts, Redaction, Writer};

/// The facts of a removal's entry.
pub(super) fn facts(writer: &Writer, id: &Id, take: &Take) -> Result<Facts, Error> {
    let refuse = |sentence: String| Error::Draft(sentence);
    let revisions = writer.revisions(id)?;
    let latest = revisions.last().is_some_and(|last| last.rev == take.rev);
    let missing = || refuse(format!("the article has no revision {}", take.rev));
    let revision = revisions.iter().find(|one| one.rev == take.rev).ok_or_else(missing)?;
    let wrong = |error: sealed::Error| refuse(error.to_string());
    let document = Document::read(&revision.document).map_err(wrong)?;
    let numbers: Vec<usize> = match &take.blocks {
        None => (0..document.blocks.len()).collect(),
        Some(numbers) => numbers.clone(),
    };
    if let Some(number) = numbers.iter().find(|number| **number >= document.blocks.len()) {
        let count = document.blocks.len();
        return Err(refuse(format!(
            "the revision has no block {number}, only 0 to {}",
            count.saturating_sub(1)
        )));
    }
    let rest = document.without(&numbers).map_err(wrong)?;
    let (article, _) = sealed::article(&rest).map_err(wrong)?;
    let leaf = Leaf::read(&revision.leaf).map_err(|error| refuse(error.to_string()))?;
    let bytes = rest.bytes().map_err(wrong)?;
    let redaction = Redaction {
        id: *id,
        rev: take.rev,
        seq: revision.seq,
        path: ovn_store::document_file(&leaf.commit),
        document: String::from_utf8(bytes).map_err(|error| refuse(error.to_string()))?,
        ground: take.ground.clone(),
        note: take.note.clone(),
        blocks: take.blocks.clone(),
        blobs: take.blobs.iter().map(|name| hex::encode(name)).collect(),
        latest,
        revision_note: article.change.note.clone(),
        revision_asked_by: article.change.asked_by.clone(),
    };
    let mut facts = Facts { redaction: Some(redaction), ..Facts::default() };
    let head = if latest { writer.head_of(id)? } else { None };
    let Some(mut head) = head else { return Ok(facts) };
    head.withdrawn = rest.blocks.iter().all(|block| matches!(block, Block::Removed { .. }));
    head.headline = article.headline;
    head.standfirst = article.standfirst;
    head.byline = article.byline;
    head.topics = article.topics;
    head.story = article.story;
    head.note = article.change.note;
    head.sources = u32::try_from(article.references.len()).unwrap_or(u32::MAX);
    if article.parties.is_empty() {
        (head.parties, head.heard) = (0, 0);
    }
    facts.sources = article.references;
    facts.search = take.search.clone().filter(|_| !head.withdrawn);
    facts.head = Some(head);
    Ok(facts)
}
