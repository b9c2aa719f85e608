//! Feeds with whole articles, in Atom, RSS 2.0 and JSON Feed 1.1; the same store gives the same bytes.

mod atom;
mod body;
mod json;
mod rss;

use std::borrow::Cow;

use ovn_store::rows::{Head, Revision, TagKind};
use ovn_store::{Reader, Settings};

use crate::Error;
use crate::addresses::{encoded, prefix, segment};
use crate::respond::Page;
use crate::routes::Format;
use crate::site::{latest, read};

/// Articles in a feed.
const MOST: usize = 30;

/// What all formats say.
struct Feed<'a> {
    settings: &'a Settings,
    lang: &'a str,
    title: String,
    /// Absolute address of the page that lists the same.
    home: String,
    /// Absolute address of the feed itself.
    own: String,
    /// When anything in it last changed, ms.
    at: u64,
    items: Vec<Item>,
}

/// One article.
struct Item {
    head: Head,
    /// Absolute address, which is also its identity.
    address: String,
    /// The body with absolute addresses, a correction before it.
    html: String,
    /// Number of its latest entry in the record.
    entry: u64,
    /// Names of its sections.
    sections: Vec<String>,
}

/// The feed of a language's latest articles, or of one of its lists.
///
/// # Errors
/// [`Error::Store`], [`Error::Document`] or [`Error::Writing`].
pub(crate) fn page(
    settings: &Settings,
    reader: &Reader,
    lang: &str,
    list: Option<&(TagKind, String)>,
    format: Format,
) -> Result<Page, Error> {
    let place = place(settings, lang, list);
    let (name, media) = match format {
        Format::Atom => ("feed.atom", "application/atom+xml; charset=utf-8"),
        Format::Rss => ("feed.rss", "application/rss+xml; charset=utf-8"),
        Format::Json => ("feed.json", "application/feed+json; charset=utf-8"),
    };
    let mut items = Vec::new();
    for head in latest(reader, lang, list, MOST)? {
        if let Some(revision) = reader.revisions(&head.id)?.last() {
            items.push(item(settings, head, revision)?);
        }
    }
    let at = items.iter().map(|item| item.head.at).max().unwrap_or_default();
    let home = if place.is_empty() { "/" } else { &place };
    let feed = Feed {
        settings,
        lang,
        title: title(settings, lang, list),
        home: format!("{}{}", settings.url, encoded(home)),
        own: format!("{}{}/{name}", settings.url, encoded(&place)),
        at,
        items,
    };
    let bytes = match format {
        Format::Atom => atom::write(&feed)?,
        Format::Rss => rss::write(&feed)?,
        Format::Json => json::write(&feed, &reader.checkpoint()?)?,
    };
    Ok(Page::data(media, bytes).modified(Some(at)).keys("edition feeds"))
}

fn place(settings: &Settings, lang: &str, list: Option<&(TagKind, String)>) -> String {
    let before = prefix(&settings.languages, lang);
    match list {
        Some((TagKind::Section, name)) => format!("{before}/section/{name}"),
        Some((TagKind::Topic, name)) => format!("{before}/topic/{}", segment(name)),
        Some((TagKind::Story, name)) => format!("{before}/story/{}", segment(name)),
        None => before,
    }
}

fn title(settings: &Settings, lang: &str, list: Option<&(TagKind, String)>) -> String {
    let name = match list {
        Some((TagKind::Section, slug)) => section(settings, lang, slug),
        Some((_, name)) => name.clone(),
        None => return settings.name.clone(),
    };
    format!("{name} · {}", settings.name)
}

fn section(settings: &Settings, lang: &str, slug: &str) -> String {
    let section = settings.sections.iter().find(|section| section.slug == slug);
    section.and_then(|section| section.name.get(lang)).map_or(slug, String::as_str).to_owned()
}

fn item(settings: &Settings, head: Head, revision: &Revision) -> Result<Item, Error> {
    let (article, _) = read(revision)?;
    let address = format!("{}{}", settings.url, encoded(&head.path));
    let html = body::html(&article, revision, &settings.url);
    let sections = head.sections.iter().map(|slug| section(settings, &head.lang, slug)).collect();
    Ok(Item { entry: revision.seq, html: legal(&html).into_owned(), address, sections, head })
}

/// The text without the characters that XML 1.0 cannot hold (section 2.2).
pub(crate) fn legal(text: &str) -> Cow<'_, str> {
    let bad = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(bad) { text.replace(bad, "").into() } else { text.into() }
}

/// Milliseconds since 1970 as RFC 3339 has it, in UTC, to the millisecond: two revisions may share a second.
fn moment(at: u64) -> String {
    stamp(at, "%Y-%m-%dT%H:%M:%S%.3fZ")
}

fn stamp(at: u64, format: &str) -> String {
    let at = i64::try_from(at).ok().and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    at.map_or_else(String::new, |at| at.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_dropped() {
        let check = |text: &str, expected: &str| assert_eq!(legal(text), expected, "{text:?}");
        check("a\u{0}b\u{b}c\u{1f}", "abc");
        check("a\tb\nc\r", "a\tb\nc\r");
        check("x\u{fffe}y\u{ffff}", "xy");
        check("اردو 🙂 <&>", "اردو 🙂 <&>");
    }

    #[test]
    fn moments() {
        assert_eq!(moment(1_764_000_000_999), "2025-11-24T16:00:00.999Z");
        assert_eq!(moment(u64::MAX), "");
    }
}
