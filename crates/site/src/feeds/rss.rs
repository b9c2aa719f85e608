//! RSS 2.0 with whole articles (`content:encoded`), authors (`dc:creator`) and its own address (`atom:link`).

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{Feed, Item, legal, moment, stamp};
use crate::Error;

type Out = Writer<Vec<u8>>;

const SPACES: [(&str, &str); 5] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:dcterms", "http://purl.org/dc/terms/"),
];

pub(super) fn write(feed: &Feed<'_>) -> Result<Vec<u8>, Error> {
    let mut out = Writer::new(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec());
    out.create_element("rss").with_attributes(SPACES).write_inner_content(|out| {
        out.create_element("channel").write_inner_content(|out| {
            text(out, "title", &feed.title)?;
            text(out, "link", &feed.home)?;
            text(out, "description", motto(feed))?;
            text(out, "language", feed.lang)?;
            text(out, "lastBuildDate", &date(feed.at))?;
            text(out, "generator", "OpenVoiceNews")?;
            let own = [("rel", "self"), ("type", "application/rss+xml"), ("href", &feed.own)];
            out.create_element("atom:link").with_attributes(own).write_empty()?;
            feed.items.iter().try_for_each(|one| item(out, one))
        })?;
        Ok(())
    })?;
    Ok(out.into_inner())
}

fn motto<'a>(feed: &'a Feed<'_>) -> &'a str {
    let motto = &feed.settings.motto;
    motto.get(feed.lang).or_else(|| motto.values().next()).unwrap_or(&feed.settings.name)
}

fn item(out: &mut Out, item: &Item) -> std::io::Result<()> {
    let head = &item.head;
    out.create_element("item").write_inner_content(|out| {
        text(out, "title", &head.headline)?;
        text(out, "link", &item.address)?;
        out.create_element("guid")
            .with_attribute(("isPermaLink", "true"))
            .write_text_content(BytesText::new(&item.address))?;
        text(out, "pubDate", &date(head.first_at))?;
        if head.rev > 1 {
            text(out, "dcterms:modified", &moment(head.at))?;
        }
        head.byline.iter().try_for_each(|name| text(out, "dc:creator", name))?;
        item.sections
            .iter()
            .chain(&head.topics)
            .try_for_each(|name| text(out, "category", name))?;
        if let Some(standfirst) = &head.standfirst {
            text(out, "description", standfirst)?;
        }
        text(out, "content:encoded", &item.html)
    })?;
    Ok(())
}

/// RFC 822 with four digits of year, as RSS asks.
fn date(at: u64) -> String {
    stamp(at, "%a, %d %b %Y %H:%M:%S +0000")
}

fn text(out: &mut Out, element: &str, text: &str) -> std::io::Result<()> {
    out.create_element(element).write_text_content(BytesText::new(&legal(text)))?;
    Ok(())
}
