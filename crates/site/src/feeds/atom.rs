//! Atom (RFC 4287): a correction is an update of the same entry, and its note stands in the content.

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{Feed, Item, legal, moment};
use crate::Error;

type Out = Writer<Vec<u8>>;

pub(super) fn write(feed: &Feed<'_>) -> Result<Vec<u8>, Error> {
    let mut out = Writer::new(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec());
    out.create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang)])
        .write_inner_content(|out| {
            text(out, "id", &feed.own)?;
            text(out, "title", &feed.title)?;
            text(out, "updated", &moment(feed.at))?;
            link(out, "self", "application/atom+xml", &feed.own)?;
            link(out, "alternate", "text/html", &feed.home)?;
            text(out, "generator", "OpenVoiceNews")?;
            person(out, &feed.settings.name)?;
            feed.items.iter().try_for_each(|item| entry(out, item))
        })?;
    Ok(out.into_inner())
}

fn entry(out: &mut Out, item: &Item) -> std::io::Result<()> {
    let head = &item.head;
    out.create_element("entry")
        .with_attribute(("xml:lang", head.lang.as_str()))
        .write_inner_content(|out| {
            text(out, "id", &item.address)?;
            text(out, "title", &head.headline)?;
            text(out, "published", &moment(head.first_at))?;
            text(out, "updated", &moment(head.at))?;
            link(out, "alternate", "text/html", &item.address)?;
            link(out, "related", "application/json", &format!("{}.json", item.address))?;
            head.byline.iter().try_for_each(|name| person(out, name))?;
            for name in item.sections.iter().chain(&head.topics) {
                let name = legal(name);
                out.create_element("category").with_attribute(("term", &*name)).write_empty()?;
            }
            if let Some(standfirst) = &head.standfirst {
                text(out, "summary", standfirst)?;
            }
            out.create_element("content")
                .with_attribute(("type", "html"))
                .write_text_content(BytesText::new(&item.html))?;
            Ok(())
        })?;
    Ok(())
}

fn person(out: &mut Out, name: &str) -> std::io::Result<()> {
    out.create_element("author").write_inner_content(|out| text(out, "name", name))?;
    Ok(())
}

fn link(out: &mut Out, relation: &str, media: &str, href: &str) -> std::io::Result<()> {
    out.create_element("link")
        .with_attributes([("rel", relation), ("type", media), ("href", href)])
        .write_empty()?;
    Ok(())
}

fn text(out: &mut Out, element: &str, text: &str) -> std::io::Result<()> {
    out.create_element(element).write_text_content(BytesText::new(&legal(text)))?;
    Ok(())
}
