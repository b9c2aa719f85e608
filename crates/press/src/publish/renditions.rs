//! Give an article's pictures their renditions: those of the revision before, or new ones of a picture that is new.

use super::archive::{Archived, Error, media_type};
use super::picture;
use crate::pictures::{self, Encoded, made};
use ovn_edition::model::{Article, Block, Format, Rendition};
use ovn_edition::{commit::sha256, hex};
use ovn_store::Folder;

/// Adds to each archived picture its renditions and gives their bytes. A picture that `earlier` had keeps those that were
/// sealed with it; of one that the newsroom took in, they lie in `beside`; GIF and what moves have none.
///
/// # Errors
/// [`Error::Picture`] when browsers could not show it either.
pub(super) fn add(
    article: &mut Article,
    earlier: Option<&Article>,
    archived: &[Archived],
    beside: &Folder,
) -> Result<Vec<Archived>, Error> {
    let mut out: Vec<Archived> = Vec::new();
    for block in &mut article.body {
        let Block::Image { src, sha256: Some(digest), renditions, .. } = block else { continue };
        if let Some(known) = earlier.and_then(|earlier| known(earlier, digest)) {
            renditions.clone_from(known);
            continue;
        }
        let Some(own) = archived.iter().find(|one| hex::encode(&one.digest) == *digest) else {
            continue;
        };
        if own.bytes.starts_with(b"GIF8") || picture::frames(&own.bytes) != Some(1) {
            continue;
        }
        let fault = |why| Error::Picture { file: src.clone(), why };
        let made = made::read(beside, &own.bytes)
            .map_or_else(|| pictures::renditions(&own.bytes).map_err(fault), Ok);
        let (whole, smaller) = made?;
        renditions.clear();
        renditions.push(rendition(&whole));
        for one in smaller {
            renditions.push(rendition(&one));
            let archived = archived_as(&own.name, one);
            if !out.iter().any(|known| known.digest == archived.digest) {
                out.push(archived);
            }
        }
    }
    Ok(out)
}

/// The renditions of the picture with this digest.
fn known<'a>(article: &'a Article, wanted: &str) -> Option<&'a Vec<Rendition>> {
    article.body.iter().find_map(|block| match block {
        Block::Image { sha256: Some(digest), renditions, .. } if digest == wanted => {
            Some(renditions).filter(|all| !all.is_empty())
        }
        _ => None,
    })
}

fn rendition(one: &Encoded) -> Rendition {
    let Encoded { format, height, width, .. } = *one;
    Rendition { format, height, sha256: hex::encode(&sha256(&one.bytes)), width }
}

/// Its name says of which picture it is, and how wide.
fn archived_as(name: &str, one: Encoded) -> Archived {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = match one.format {
        Format::Jpeg => "jpg",
        Format::Png => "png",
        Format::Webp => "webp",
    };
    let name = format!("{stem}-{}.{ending}", one.width);
    Archived { digest: sha256(&one.bytes), media_type: media_type(&name), name, bytes: one.bytes }
}
