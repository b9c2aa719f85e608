//! Rows of addresses and what they mean.

use super::*;

fn route(path: &str) -> Option<Route> {
    Route::of(path, &["en".to_owned(), "ur".to_owned()])
}

#[test]
fn pages_in_each_language() {
    let check = |path: &str, lang: &str, page: Listing| {
        assert_eq!(route(path), Some(Route::Page { lang: lang.to_owned(), page }), "{path}");
    };
    check("/", "en", Listing::Front);
    check("/ur", "ur", Listing::Front);
    check("/section/world", "en", Listing::List(TagKind::Section, "world".into()));
    check("/ur/topic/اسحاق-ڈار", "ur", Listing::List(TagKind::Topic, "اسحاق-ڈار".into()));
    check("/story/x", "en", Listing::List(TagKind::Story, "x".into()));
    check("/ur/search", "ur", Listing::Search);
    let policy = |part| Listing::Policy("corrections".into(), part);
    check("/policies/corrections", "en", policy(Part::Page));
    check("/policies/corrections/r1", "en", policy(Part::Revision(1)));
    check("/policies/corrections/compare/1-2", "en", policy(Part::Compare(1, 2)));
    check("/record/entry/0", "en", Listing::RecordEntry(0));
    check("/ur/record", "ur", Listing::Record);
}

#[test]
fn what_hangs_on_an_article() {
    let check = |path: &str, part: Part| {
        let expected = Route::Article { path: "/2026/11/slug".into(), part };
        assert_eq!(route(path), Some(expected), "{path}");
    };
    check("/2026/11/slug", Part::Page);
    check("/2026/11/slug.json", Part::Sealed);
    check("/2026/11/slug.md", Part::Markdown);
    check("/2026/11/slug.tlog-proof", Part::Proof);
    check("/2026/11/slug/r2", Part::Revision(2));
    check("/2026/11/slug/compare/1-2", Part::Compare(1, 2));
}

#[test]
fn files_and_feeds() {
    let check = |path: &str, expected: Route| assert_eq!(route(path), Some(expected), "{path}");
    let hash = "ab".repeat(32);
    check("/record/checkpoint", Route::RecordFile("checkpoint".into()));
    check("/record/tile/0/x001/067.p/8", Route::RecordFile("tile/0/x001/067.p/8".into()));
    check("/record/tile/entries/000", Route::RecordFile("tile/entries/000".into()));
    check(&format!("/record/blob/{hash}"), Route::Blob(hash.clone()));
    check(&format!("/record/document/{hash}.json"), Route::Document(hash));
    check("/sitemap.xml", Route::Sitemap(0));
    check("/sitemap/2.xml", Route::Sitemap(2));
    check("/.well-known/security.txt", Route::File(File::Security));
    let feed = |lang: &str, list, format| Route::Feed { lang: lang.into(), list, format };
    check("/feed.atom", feed("en", None, Format::Atom));
    check("/ur/feed.rss", feed("ur", None, Format::Rss));
    let world = Some((TagKind::Section, "world".to_owned()));
    check("/section/world/feed.json", feed("en", world, Format::Json));
}

#[test]
fn what_no_address_is() {
    for path in [
        "/en",
        "/ur/2026/11/slug",
        "/2026/11",
        "/26/11/slug",
        "/2026/1/slug",
        "/2026/11/slug/r0",
        "/2026/11/slug/r02",
        "/2026/11/slug/rx",
        "/2026/11/slug/compare/1",
        "/2026/11/slug/compare/1-0",
        "/2026/11/slug/x/y",
        "/section",
        "/section/a/b",
        "/record/blob/x",
        "/record/blob/..",
        "/record/document/ABCD.json",
        "/record/entry/-1",
        "/record/entry/01",
        "/record/log.key",
        "/sitemap/0.xml",
        "/newsroom",
        "/account/x.css",
        "/search/x",
        "/wp-login.php",
        "/.env",
        "/.git/config",
    ] {
        assert_eq!(route(path), None, "{path}");
    }
}
