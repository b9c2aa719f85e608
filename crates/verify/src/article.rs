//! Does a sealed document stand in the record? Document, proof and key are enough, and no network is needed.

use crate::{Report, Verdict};
use ovn_edition::{
    html,
    leaf::Leaf,
    model::Article,
    sealed::{self, Document, Place},
};
use ovn_tlog::{Checkpoint, Hash, Proof, VerifierKey};

/// What a document that matches its seal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The document, whose commitment the record covers.
    pub document: Document,
    /// The article in it.
    pub article: Article,
    /// Its address and time.
    pub place: Place,
    /// The entry that covers it.
    pub leaf: Leaf,
    /// Number of that entry, from 0.
    pub entry: u64,
    /// The checkpoint that covers the entry.
    pub checkpoint: Checkpoint,
}

/// Checks the bytes of a sealed `document` against its `proof` (C2SP tlog-proof with the leaf as extra data) under the
/// log's `key`. The second value is there when the document may be relied upon.
#[must_use]
pub fn article(document: &[u8], proof: &[u8], key: &VerifierKey) -> (Report, Option<Sealed>) {
    let mut report = Report::default();
    let sealed = walk(&mut report, document, proof, key);
    (report, sealed)
}

/// The same for a page that shows the document: the `html` must show what was sealed, and nothing else.
#[must_use]
pub fn shown(
    html: &[u8],
    document: &[u8],
    proof: &[u8],
    key: &VerifierKey,
) -> (Report, Option<Sealed>) {
    let (mut report, sealed) = article(document, proof, key);
    if let Some(sealed) = &sealed {
        // The document was read already, so that this has nothing left to refuse.
        let expected = html::document(&sealed.document, &html::View::default());
        report.absorb(crate::page(html, &expected.unwrap_or_default()));
    }
    (report, sealed)
}

fn walk(report: &mut Report, document: &[u8], proof: &[u8], key: &VerifierKey) -> Option<Sealed> {
    let proof = match Proof::parse(proof) {
        Ok(proof) => proof,
        Err(error) => {
            report.fail("proof", Verdict::Damaged, format!("The proof cannot be read: {error}."));
            return None;
        }
    };
    let bytes = proof.extra().unwrap_or_default();
    let leaf = match Leaf::read(bytes) {
        Ok(leaf) => leaf,
        Err(error) => {
            report.fail("entry", Verdict::Damaged, format!("The proof carries no entry: {error}."));
            return None;
        }
    };
    let checkpoint = match proof.verify_with_key(&Hash(Leaf::hash(bytes)), key) {
        Ok(checkpoint) => checkpoint,
        Err(error) => {
            report.fail(
                "inclusion",
                Verdict::NotSealed,
                format!("The record of {} does not cover this: {error}.", key.name()),
            );
            return None;
        }
    };
    report.pass(
        "inclusion",
        format!(
            "Entry {} of the record of {} (size {}) is signed for by the log's key.",
            proof.index(),
            key.name(),
            checkpoint.size()
        ),
    );
    if leaf.log != checkpoint.origin() {
        let sentence = format!("The entry was made for another log, {}.", leaf.log);
        report.fail("origin", Verdict::NotSealed, sentence);
        return None;
    }
    let document = open(report, document, &leaf)?;
    let (article, place) = match sealed::article(&document) {
        Ok(parts) => parts,
        Err(error) => {
            report.fail("content", Verdict::Damaged, format!("{error}."));
            return None;
        }
    };
    Some(Sealed { document, article, place, leaf, entry: proof.index(), checkpoint })
}

fn open(report: &mut Report, bytes: &[u8], leaf: &Leaf) -> Option<Document> {
    let document = match Document::read(bytes) {
        Ok(document) => document,
        Err(error) => {
            report.fail("document", Verdict::Damaged, format!("The document: {error}."));
            return None;
        }
    };
    if document.commit().ok() != Some(leaf.commit) {
        report.fail(
            "commitment",
            Verdict::Differs,
            "The document is not the one that the entry commits to: something in it changed after sealing.",
        );
        return None;
    }
    let removed = document.blocks.iter().filter(|block| block.open().is_none()).count();
    let all = document.blocks.len();
    if removed == 0 {
        let sentence = format!("All {all} blocks of the document are those that were sealed.");
        report.pass("commitment", sentence);
    } else {
        report.note(
            "commitment",
            Verdict::Withdrawn,
            format!(
                "{removed} of {all} blocks were removed; the others are those that were sealed."
            ),
        );
    }
    Some(document)
}
