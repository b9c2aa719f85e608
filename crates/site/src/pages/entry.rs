//! One entry of the record: what it states in a sentence, its leaf, its document and where it stands in the tree.

use askama::Template;
use ovn_edition::hex;
use ovn_edition::leaf::Leaf;
use ovn_store::rows;

use super::frame::Frame;
use super::{Cx, Error, Head};

/// What the record says of an entry besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inclusion {
    /// The leaf's hash, lowercase hex.
    pub leaf_hash: String,
    /// The hashes of the inclusion proof in the current tree, lowercase hex, from the leaf upwards.
    pub proof: Vec<String>,
    /// The root hash of the current tree, lowercase hex.
    pub root: String,
    /// When it was sealed, on the edition's clock.
    pub local: String,
}

#[derive(Template)]
#[template(path = "entry.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    number: String,
    sentence: String,
    about: Option<(String, String)>,
    inclusion: &'a Inclusion,
    hashes: u64,
    leaf: String,
    document: Option<String>,
    tile: String,
    before: Option<(String, String)>,
    next: Option<(String, String)>,
}

/// Kind of an entry, with the words that say what it did; `unknown` when its leaf can't be read.
pub(super) fn kind(entry: &rows::Entry) -> (&'static str, Option<Leaf>) {
    let leaf = Leaf::read(&entry.leaf).ok();
    (leaf.as_ref().map_or("unknown", |leaf| leaf.kind.word()), leaf)
}

/// An entry in one plain sentence.
pub(super) fn sentence(cx: &Cx<'_>, entry: &rows::Entry) -> String {
    let (kind, leaf) = kind(entry);
    let rev = leaf.and_then(|leaf| leaf.article).map_or(0, |step| u64::from(step.rev));
    let kind = if kind == "revision" && rev > 1 { "next" } else { kind };
    cx.words.say(cx.lang, &format!("entry-is-{kind}"), &[("rev", cx.number(rev).into())])
}

/// The page of an entry as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(
    cx: &Cx<'_>,
    head: &Head,
    entry: &rows::Entry,
    inclusion: &Inclusion,
) -> Result<String, Error> {
    let there = |seq: u64| (cx.to(&format!("/record/entry/{seq}")), cx.number(seq));
    let (_, leaf) = kind(entry);
    let page = Page {
        f: Frame::lists(cx, head),
        number: cx.number(entry.seq),
        sentence: sentence(cx, entry),
        about: entry.head.clone(),
        inclusion,
        hashes: u64::try_from(inclusion.proof.len()).unwrap_or(u64::MAX),
        leaf: String::from_utf8_lossy(&entry.leaf).into_owned(),
        document: leaf
            .filter(|_| entry.document.is_some())
            .map(|leaf| format!("/record/document/{}.json", hex::encode(&leaf.commit))),
        tile: cx.number(entry.seq / 256),
        before: entry.seq.checked_sub(1).map(there),
        next: (entry.seq + 1 < cx.record.size).then(|| there(entry.seq + 1)),
    };
    Ok(page.render()?)
}
