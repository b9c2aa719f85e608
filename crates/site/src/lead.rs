//! An article's first picture, as other programs are told of it: where its archived bytes are, and what is said of it.

use ovn_edition::hex;
use ovn_edition::model::{Article, Block, Format, Rendition};

/// A picture whose bytes are in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lead<'a> {
    /// Absolute, and for ever these bytes: they are named by their hash.
    pub(crate) url: String,
    /// What it shows.
    pub(crate) alt: &'a str,
    /// May be empty.
    pub(crate) caption: &'a str,
    /// Who made it; may be empty.
    pub(crate) credit: &'a str,
    /// What is known of the file; nothing of pictures that were archived without renditions.
    pub(crate) file: Option<&'a Rendition>,
}

/// The first picture of the body that is archived, in the widest format that everybody reads; `site` is the edition's address.
pub(crate) fn of<'a>(site: &str, article: &'a Article) -> Option<Lead<'a>> {
    let mut found = None;
    for block in &article.body {
        first(block, &mut found);
    }
    let Block::Image { alt, caption, credit, sha256: Some(sha256), renditions, .. } = found? else {
        return None;
    };
    // Programs that make cards of links seldom read WebP.
    let file = renditions
        .iter()
        .filter(|one| one.format != Format::Webp)
        .max_by_key(|one| one.width)
        .or_else(|| renditions.iter().find(|one| one.sha256 == *sha256));
    let hash = file.map_or(sha256, |file| &file.sha256);
    hex::decode::<32>(hash)?;
    let url = format!("{site}/record/blob/{hash}");
    Some(Lead { url, alt, caption, credit, file })
}

/// The first archived picture in `block`, unless one was found before it.
fn first<'a>(block: &'a Block, found: &mut Option<&'a Block>) {
    match block {
        _ if found.is_some() => {}
        Block::Image { sha256: Some(_), .. } => *found = Some(block),
        Block::List { items, .. } => items.iter().flatten().for_each(|one| first(one, found)),
        Block::Quote { content } => content.iter().for_each(|one| first(one, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_first_archived_picture_leads() {
        let check = |body: Value, expected: Option<(String, Option<u32>)>| {
            let whole = json!({"lang": "en", "headline": "A", "body": body});
            let article: Article = serde_json::from_value(whole).unwrap();
            let lead = of("https://news.example", &article);
            assert_eq!(lead.map(|lead| (lead.url, lead.file.map(|file| file.width))), expected);
        };
        let hash = |digit: &str| digit.repeat(64);
        let at = |digit: &str| format!("https://news.example/record/blob/{}", hash(digit));
        let one = |format: &str, digit: &str, width: u32| json!({"format": format, "height": 9, "sha256": hash(digit), "width": width});
        let image = |digest: Value, renditions: Value| {
            let mut image =
                json!({"type": "image", "src": "a.jpg", "alt": "A hill", "caption": ""});
            if !digest.is_null() {
                image["sha256"] = digest;
                image["renditions"] = renditions;
            }
            image
        };
        check(json!([]), None);
        check(json!([image(Value::Null, Value::Null)]), None);
        check(json!([image(json!(hash("a")), json!([]))]), Some((at("a"), None)));
        let all = json!([one("webp", "c", 1600), one("jpeg", "b", 960), one("jpeg", "a", 1300)]);
        check(
            json!([image(Value::Null, Value::Null), {"type": "quote", "content": [image(json!(hash("a")), all)]}]),
            Some((at("a"), Some(1300))),
        );
        let all = json!([one("webp", "a", 700)]);
        check(json!([image(json!(hash("a")), all)]), Some((at("a"), Some(700))));
    }
}
