//! Sitemaps (sitemaps.org 0.9, at most 50,000 addresses a file) and the news sitemap of the last two days.

use ovn_store::rows::{Head, HeadKind, Query};
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
const MOST: usize = 50_000;
/// Articles in the news sitemap, and how old they may be, ms.
const MOST_NEWS: usize = 1000;
const NEWS_AGE: u64 = 2 * 86_400_000;

type Out = Writer<Vec<u8>>;

/// Where something is read, and when its newest revision was sealed, ms and on the edition's clock; a list changes with every
/// seal, so it says nothing of it.
#[derive(Debug)]
struct Address {
    path: String,
    changed: Option<(u64, String)>,
}

/// Part `number` of the sitemap, from 1; 0 is the sitemap itself, an index where there is more than one part. The articles' parts
/// come first, so that one of them is made without a look at `lists` and the other articles.
///
/// # Errors
/// [`Error::Store`] or [`Error::Writing`].
pub(crate) fn part(
    settings: &Settings,
    reader: &Reader,
    lists: impl FnOnce() -> Result<Vec<String>, Error>,
    number: usize,
) -> Result<Option<Page>, Error> {
    let Some(bytes) = written(settings, reader, lists, number, MOST)? else { return Ok(None) };
    let at = reader.state()?.at;
    Ok(Some(Page::data(MEDIA, bytes).modified(Some(at)).keys("edition sitemap")))
}

/// The same, `most` addresses a part.
fn written(
    settings: &Settings,
    reader: &Reader,
    lists: impl FnOnce() -> Result<Vec<String>, Error>,
    number: usize,
    most: usize,
) -> Result<Option<Vec<u8>>, Error> {
    let articles = usize::try_from(reader.count(HeadKind::Article)?).unwrap_or(usize::MAX);
    let parts = articles.div_ceil(most);
    let of_articles = |part: usize| sealed(reader, HeadKind::Article, (part - 1) * most, most);
    if parts > 1 && (1..=parts).contains(&number) {
        return Ok(Some(urls(settings, &of_articles(number)?)?));
    }
    let lists = lists()?.into_iter();
    let mut others: Vec<Address> =
        lists.map(|path| Address { path: encoded(&path), changed: None }).collect();
    others.extend(sealed(reader, HeadKind::Policy, 0, usize::MAX)?);
    let single = others.len() + articles <= most;
    Ok(match number {
        0 if single => {
            others.extend(of_articles(1)?);
            Some(urls(settings, &others)?)
        }
        0 => {
            let mut newest = Vec::new();
            for part in 1..=parts {
                newest.push(latest(&of_articles(part)?));
            }
            newest.extend(others.chunks(most).map(latest));
            Some(index(settings, &newest)?)
        }
        _ if single => None,
        number if number <= parts => Some(urls(settings, &of_articles(number)?)?),
        number => match others.chunks(most).nth(number - parts - 1) {
            Some(chunk) => Some(urls(settings, chunk)?),
            None => None,
        },
    })
}

/// So many of the articles or policies after the first `before`.
fn sealed(
    reader: &Reader,
    kind: HeadKind,
    before: usize,
    limit: usize,
) -> Result<Vec<Address>, Error> {
    let sealed = reader.sealed_last(kind, before, limit)?.into_iter();
    let address = |(path, at, local): (String, _, _)| Address {
        path: encoded(&path),
        changed: Some((at, local)),
    };
    Ok(sealed.map(address).collect())
}

fn latest(chunk: &[Address]) -> Option<(u64, String)> {
    chunk.iter().filter_map(|one| one.changed.clone()).max()
}

fn index(settings: &Settings, newest: &[Option<(u64, String)>]) -> Result<Vec<u8>, Error> {
    let mut out = Writer::new(START.to_vec());
    out.create_element("sitemapindex").with_attribute(("xmlns", SPACE)).write_inner_content(
        |out| {
            newest.iter().zip(1..).try_for_each(|(newest, part)| {
                let address = format!("{}/sitemap/{part}.xml", settings.url);
                place(out, "sitemap", &address, newest.as_ref())
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ovn_press::{init, publish};
    use ovn_store::Folder;

    #[test]
    fn parts_hold_together_what_one_file_would() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("edition");
        let settings = "name = \"A\"\norigin = \"a.example\"\nurl = \"https://a.example\"\n\
            languages = [\"en\"]\nzone = \"UTC\"\n";
        let room = init::edition(&dir, settings, &|_| None).unwrap();
        for number in 0..5 {
            let text = format!(
                "---\nheadline: Number {number}\nlang: en\nbyline: [Desk]\n---\n\nA word.\n"
            );
            let ready = publish::check(&room, text.as_bytes(), &Folder::at(&dir), None).unwrap();
            publish::publish(&room, vec![ready]).unwrap();
        }
        let part = |number, most| {
            let lists = || Ok(["/", "/archive", "/about"].map(str::to_owned).to_vec());
            let found = written(room.settings(), room.reader(), lists, number, most).unwrap();
            found.map(|bytes| {
                let text = String::from_utf8(bytes).unwrap();
                let found = text.split("<loc>").skip(1).filter_map(|rest| rest.split_once('<'));
                found.map(|(address, _)| address.to_owned()).collect::<Vec<_>>()
            })
        };
        let mut whole = part(0, 8).unwrap();
        assert_eq!((whole.len(), part(1, 8)), (8, None));
        for most in [1, 2, 3, 5, 7] {
            let index = part(0, most).unwrap();
            let mut parts: Vec<String> =
                (1..=index.len()).flat_map(|number| part(number, most).unwrap()).collect();
            assert_eq!(part(index.len() + 1, most), None, "{most}");
            assert!(index.iter().all(|address| address.contains("/sitemap/")), "{most}");
            parts.sort();
            whole.sort();
            assert_eq!(parts, whole, "{most}");
        }
    }
}
