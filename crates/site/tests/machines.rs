//! What programs read: feeds, sitemaps, JSON-LD, the small text files.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod edition;

use edition::Edition;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

/// The document's elements by name, each with its text; fails where it is not well-formed.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let (mut open, mut found): (Vec<usize>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    let name = |text: &str| text.to_owned();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(found.len());
                found.push((name(start.name().as_ref()), String::new()));
            }
            Event::Empty(start) => found.push((name(start.name().as_ref()), String::new())),
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Eof => break,
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].1.push_str(&text);
                }
            }
            Event::GeneralRef(_) | Event::Decl(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty());
    found
}

#[test]
fn feeds_are_well_formed_and_tell_of_the_correction() {
    let edition = Edition::new();
    for (target, item) in [("/feed.atom", "entry"), ("/feed.rss", "item")] {
        let xml = edition.text(target);
        let found = elements(&xml);
        assert_eq!(found.iter().filter(|(name, _)| name == item).count(), 1, "{target}");
        assert!(xml.contains("Correction:") && xml.contains("The day was wrong."), "{xml}");
        assert!(!xml.contains('\u{b}'));
        assert!(xml.contains("https://news.example/2026/11/port"));
        assert!(!xml.contains("href=\"/") && !xml.contains("href=&quot;/"), "{target}");
    }
    insta::assert_snapshot!("atom", edition.text("/feed.atom"));
    insta::assert_snapshot!("rss", edition.text("/feed.rss"));
    insta::assert_snapshot!("atom-ur", edition.text("/ur/feed.atom"));
}

#[test]
fn the_json_feed_names_the_entry_of_the_record() {
    let edition = Edition::new();
    let feed: Value = serde_json::from_str(&edition.text("/feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let item = &feed["items"][0];
    assert_eq!(item["id"], "https://news.example/2026/11/port");
    assert_eq!(item["_openvoicenews"]["revision"], 2);
    assert_eq!(item["_openvoicenews"]["entry"], 5);
    assert_eq!(item["_openvoicenews"]["class"], "correction");
    assert!(
        feed["_openvoicenews"]["checkpoint"].as_str().unwrap().starts_with("news.example\n7\n")
    );
    assert_ne!(item["date_published"], item["date_modified"]);
}

#[test]
fn feeds_are_the_same_bytes_each_time() {
    let (one, two) = (Edition::new(), Edition::new());
    for target in ["/feed.atom", "/feed.rss", "/ur/feed.atom", "/sitemap.xml", "/news-sitemap.xml"]
    {
        assert_eq!(one.text(target), two.text(target), "{target}");
    }
}

#[test]
fn case_005_json_ld_holds_the_article_and_closes_no_script() {
    let edition = Edition::new();
    let html = edition.text("/2026/11/port");
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(data["headline"], edition::HOSTILE);
    assert_eq!(data["inLanguage"], "en");
    assert_eq!(data["version"], 2);
    assert_eq!(data["correction"][0]["text"], "The day was wrong.");
    assert_eq!(data["citation"][0]["url"], "https://example.org/readout");
    assert_eq!(data["articleSection"][0], "World");
    assert_eq!(data["workTranslation"][0]["inLanguage"], "ur");
    let publisher = &data["publisher"];
    assert_eq!(publisher["@type"], "NewsMediaOrganization");
    assert_eq!(publisher["correctionsPolicy"], "https://news.example/policies/corrections");
    assert!(publisher.get("ethicsPolicy").is_none());
    assert!(!html.contains("<script>alert"));
}

#[test]
fn sitemaps_hold_absolute_addresses() {
    let edition = Edition::new();
    let found = elements(&edition.text("/sitemap.xml"));
    let addresses: Vec<&str> =
        found.iter().filter(|(name, _)| name == "loc").map(|(_, text)| text.as_str()).collect();
    assert!(addresses.contains(&"https://news.example/2026/11/port"));
    assert!(addresses.iter().all(|address| address.starts_with("https://news.example/")));
    // Each article has its newest seal beside it.
    let at =
        found.iter().position(|(_, text)| text == "https://news.example/2026/11/port").unwrap();
    assert_eq!(found[at + 1], ("lastmod".to_owned(), "2026-11-24T14:20:00+05:00".to_owned()));
    let news = elements(&edition.text("/news-sitemap.xml"));
    let titles = news.iter().filter(|(name, _)| name == "news:title").count();
    assert_eq!(titles, 2);
}

#[test]
fn small_files() {
    let edition = Edition::new();
    insta::assert_snapshot!(
        "small-files",
        ["/robots.txt", "/trust.txt", "/.well-known/security.txt", "/opensearch.xml"]
            .map(|target| format!("{target}\n{}", edition.text(target)))
            .join("\n")
    );
}
