//! Sitemaps (sitemaps.org 0.9, at most 50,000 addresses a file) and the news sitemap of the last two days.

use ovn_store::rows::{Head, Query};
use ovn_store::{Reader, Settings};
use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::Error;
use crate::addresses::encoded;
use crate::feeds::legal;
use crate::respond::Page;

const MEDIA: &str = "application/xml; charset=utf-8";
const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";
const START: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// Addresses in one file.
pub(crate) const MOST: usize = 50_000;
/// Articles in the news sitemap, and how old they may be, ms.
const MOST_NEWS: usize = 1000;
const NEWS_AGE: u64 = 2 * 86_400_000;

type Out = Writer<Vec<u8>>;

/// Where something is read, and when its newest revision was sealed, ms and on the edition's clock; a list changes with every
/// seal, so it says nothing of it.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) path: String,
    pub(crate) changed: Option<(u64, String)>,
}

/// Part `number` of the sitemap, from 1; 0 is the sitemap itself, an index where there is more than one part.
///
/// # Errors
/// [`Error::Writing`].
pub(crate) fn part(
    settings: &Settings,
    addresses: &[Address],
    number: usize,
    at: u64,
) -> Result<Option<Page>, Error> {
    let parts = addresses.len().div_ceil(MOST);
    let bytes = match number {
        0 if parts > 1 => index(settings, addresses)?,
        0 => urls(settings, addresses)?,
        number if parts > 1 => match addresses.chunks(MOST).nth(number - 1) {
            Some(chunk) => urls(settings, chunk)?,
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(Page::data(MEDIA, bytes).modified(Some(at)).keys("edition sitemap")))
}

fn index(settings: &Settings, addresses: &[Address]) -> Result<Vec<u8>, Error> {
    let mut out = Writer::new(START.to_vec());
    out.create_element("sitemapindex").with_attribute(("xmlns", SPACE)).write_inner_content(
        |out| {
            addresses.chunks(MOST).zip(1..).try_for_each(|(chunk, part)| {
                let address = format!("{}/sitemap/{part}.xml", settings.url);
                let newest = chunk.iter().filter_map(|one| one.changed.as_ref()).max();
                place(out, "sitemap", &address, newest)
            })
        },
    )?;
    Ok(out.into_inner())
}

fn urls(settings: &Settings, addresses: &[Address]) -> Result<Vec<u8>, Error> {
    let mut out = Writer::new(START.to_vec());
    out.create_element("urlset").with_attribute(("xmlns", SPACE)).write_inner_content(|out| {
        addresses.iter().try_for_each(|Address { path, changed }| {
            place(out, "url", &format!("{}{path}", settings.url), changed.as_ref())
        })
    })?;
    Ok(out.into_inner())
}

fn place(
    out: &mut Out,
    element: &str,
    address: &str,
    changed: Option<&(u64, String)>,
) -> std::io::Result<()> {
    out.create_element(element).write_inner_content(|out| {
        text(out, "loc", address)?;
        changed.map_or(Ok(()), |(_, local)| text(out, "lastmod", &with_seconds(local)))
    })?;
    Ok(())
}

/// The articles of the two days before the last seal, for news search engines.
///
/// # Errors
/// [`Error::Store`] or [`Error::Writing`].
pub(crate) fn news(settings: &Settings, reader: &Reader) -> Result<Page, Error> {
    let since = reader.state()?.at.saturating_sub(NEWS_AGE);
    let mut heads = reader.heads(&Query { limit: MOST_NEWS, ..Query::default() })?;
    heads.retain(|head| head.first_at >= since);
    let mut out = Writer::new(START.to_vec());
    out.create_element("urlset")
        .with_attributes([("xmlns", SPACE), ("xmlns:news", NEWS)])
        .write_inner_content(|out| {
            heads.iter().try_for_each(|head| {
                out.create_element("url")
                    .write_inner_content(|out| news_url(out, settings, head))
                    .map(|_| ())
            })
        })?;
    Ok(Page::data(MEDIA, out.into_inner()))
}

fn news_url(out: &mut Out, settings: &Settings, head: &Head) -> std::io::Result<()> {
    text(out, "loc", &format!("{}{}", settings.url, encoded(&head.path)))?;
    out.create_element("news:news").write_inner_content(|out| {
        out.create_element("news:publication").write_inner_content(|out| {
            text(out, "news:name", &settings.name)?;
            text(out, "news:language", &head.lang)
        })?;
        // XML Schema wants seconds where W3C's note on dates does not.
        text(out, "news:publication_date", &with_seconds(&head.first_local))?;
        text(out, "news:title", &head.headline)
    })?;
    Ok(())
}

/// `2026-11-24T14:20+05:00` with seconds.
fn with_seconds(local: &str) -> String {
    match local.split_at_checked(16) {
        Some((minute, zone)) => format!("{minute}:00{zone}"),
        None => local.to_owned(),
    }
}

fn text(out: &mut Out, element: &str, text: &str) -> std::io::Result<()> {
    out.create_element(element).write_text_content(BytesText::new(&legal(text))).map(|_| ())
}
