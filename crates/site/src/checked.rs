//! What the store gives is compared with what names it before a reader sees it.
//!
//! Disks and memory flip bits. A document has its commitment, an archived copy its hash, a tile the entries below it: all
//! of them cost microseconds to check when a page is made, and a page is made once a seal. What does not agree is not
//! served; readers see 503, and the operator's log says what to do.

use ovn_edition::commit::sha256;
use ovn_edition::hex;
use ovn_edition::leaf::Leaf;
use ovn_edition::model::Article;
use ovn_edition::sealed::{Document, Place};
use ovn_store::rows::{Head, Revision};
use ovn_store::{Reader, Settings};
use ovn_tlog::tile::{FULL, decode_bundle, decode_tile, read_tile};
use ovn_tlog::{
    Checkpoint, Hash, RecordReader, TileKind, TilePath, VerifierKey, leaf_hash, merkle,
};

use crate::Error;

/// The revision's document, if it is the one that its entry commits to.
pub(crate) fn document(revision: &Revision) -> Result<Document, Error> {
    let leaf = Leaf::read(&revision.leaf)?;
    let document = Document::kept(&revision.document)?;
    let own = leaf.article.is_some_and(|step| step.rev == revision.rev);
    if own && document.commit()? == leaf.commit {
        return Ok(document);
    }
    Err(damaged(format!("the row of entry {} is not what was sealed", revision.seq)))
}

/// The same for the bytes themselves, in their one spelling.
pub(crate) fn bytes(revision: &Revision) -> Result<Vec<u8>, Error> {
    Document::read(&revision.document)?;
    document(revision).map(|_| revision.document.clone())
}

/// Compares what lists say of an article with its newest sealed revision. What was removed from the document is not there
/// to be compared.
pub(crate) fn head(head: &Head, article: &Article, place: &Place) -> Result<(), Error> {
    let told = |own: &str, sealed: &str| sealed.is_empty() || own == sealed;
    let same = head.headline == article.headline
        && head.standfirst == article.standfirst
        && head.byline == article.byline
        && head.topics == article.topics
        && told(&head.path, &place.path)
        && told(&head.lang, &article.lang);
    if same {
        Ok(())
    } else {
        Err(damaged(format!("the row of {} is not what was sealed", head.path)))
    }
}

/// The sealed document with this commitment.
pub(crate) fn document_file(commit: &str, bytes: &[u8]) -> Result<(), Error> {
    let document = Document::read(bytes)?;
    if hex::encode(&document.commit()?) == commit {
        return Ok(());
    }
    Err(damaged(format!("record/document/{commit}.json is not what was sealed")))
}

/// The archived copy with this hash.
pub(crate) fn blob(hash: &str, bytes: &[u8]) -> Result<(), Error> {
    if hex::encode(&sha256(bytes)) == hash {
        return Ok(());
    }
    Err(damaged(format!("record/blob/{hash} is not what its name says")))
}

/// The log's key.
pub(crate) fn key(settings: &Settings, bytes: &[u8]) -> Result<VerifierKey, Error> {
    let key: Result<VerifierKey, _> = String::from_utf8_lossy(bytes).trim_end().parse();
    let key = key.map_err(|error| damaged(format!("record/vkey: {error}")))?;
    if key.name() == settings.origin {
        Ok(key)
    } else {
        Err(damaged("record/vkey is another's".into()))
    }
}

/// The checkpoint, signed with the log's key.
pub(crate) fn checkpoint(
    reader: &Reader,
    settings: &Settings,
    bytes: &[u8],
) -> Result<Checkpoint, Error> {
    let key = key(settings, &reader.record_file("vkey")?.unwrap_or_default())?;
    Checkpoint::open(bytes, &key).map_err(|error| damaged(format!("the checkpoint: {error}")))
}

/// A tile or bundle, compared with the level below it, or above it for bundles.
pub(crate) fn tile(reader: &Reader, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let wrong = |why: &dyn std::fmt::Display| damaged(format!("record/{path}: {why}"));
    let tile: TilePath = path.parse().map_err(|error| wrong(&error))?;
    let (index, width) = (tile.index(), tile.width());
    let (found, expected) = match tile.kind() {
        TileKind::Entries => {
            let entries = decode_bundle(bytes, width).map_err(|error| wrong(&error))?;
            let leaves = entries.iter().map(|entry| leaf_hash(entry)).collect::<Vec<_>>();
            (leaves, read_tile(reader, 0, index, width).map_err(|error| wrong(&error))?)
        }
        TileKind::Level(level) => {
            let hashes = decode_tile(tile, bytes).map_err(|error| wrong(&error))?;
            (hashes, below(reader, level, index, width).map_err(|why| wrong(&why))?)
        }
    };
    if found == expected { Ok(()) } else { Err(wrong(&"is not what the entries give")) }
}

/// The hashes that a tile should have, from the entries or tiles that they stand for.
fn below(reader: &Reader, level: u8, index: u64, width: u16) -> Result<Vec<Hash>, String> {
    let Some(lower) = level.checked_sub(1) else {
        let bytes = reader.bundle(index, width).map_err(|error| error.to_string())?;
        let entries = decode_bundle(&bytes, width).map_err(|error| error.to_string())?;
        return Ok(entries.iter().map(|entry| leaf_hash(entry)).collect());
    };
    let first = index * u64::from(FULL);
    let one = |number: u64| {
        let hashes = read_tile(reader, lower, number, FULL).map_err(|error| error.to_string())?;
        Ok(merkle::root(&hashes))
    };
    (first..first + u64::from(width)).map(one).collect()
}

fn damaged(why: String) -> Error {
    Error::Damaged(why)
}
