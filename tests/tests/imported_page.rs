//! A news page in plain text becomes a draft, the draft an article, and the article gives the file back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use ovn_press::{import, init, publish};
use ovn_site::{Request, Site};
use ovn_store::{Folder, Reader, Settings};

/// Of the same make as the page that the product began with; about nobody.
const PAGE: &str = "Open Harbour News

Transparent. Unbiased. Yours.

Pakistan, US Officials Discuss Harbour Dues

March 3, 2025

— Categories: News



Pakistan's harbour envoy and the office of the US Secretary of State held a phone call to discuss dues, pledging to talk again.

On March 2, 2025, Pakistan's harbour envoy spoke with the office of the US Secretary of State about the dues on small boats. The call was part of regular talks, according to a statement from Pakistan's Ministry of Foreign Affairs (MOFA).

The MOFA statement highlighted their agreement to talk again in April. This step suggests a strategic reset of the dues on small boats in the region.";

#[test]
fn a_page_goes_through_the_house_and_loses_no_byte() {
    let draft = import::page(PAGE.as_bytes(), "page.txt").unwrap();
    let article = &draft.article;
    assert_eq!(article.headline, "Pakistan, US Officials Discuss Harbour Dues");
    assert_eq!(article.dateline.as_ref().unwrap().date.as_deref(), Some("2025-03-03"));
    assert_eq!(article.sections, ["News"]);
    assert_eq!(article.body.len(), 2);
    assert_eq!(article.references.len(), 1);

    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("edition");
    let toml = init::settings("Open Harbour News", "harbour.example", "https://harbour.example");
    let database = ovn_tests::postgres::database_for(module_path!());
    let environment = ovn_tests::postgres::environment(database.as_ref());
    let room = init::edition(&dir, &toml, &environment).unwrap();
    let beside = Folder::at(home.path());
    let ready = publish::check(&room, draft.markdown.as_bytes(), &beside, None).unwrap();
    let path = publish::publish(&room, vec![ready]).unwrap().remove(0).path;

    let settings = Settings::read(&dir, &environment).unwrap();
    let reader = Reader::open(&dir, settings.database.as_deref()).unwrap();
    let site = Site::new(settings, reader).unwrap();
    let get = |path: &str| {
        let answer = site.respond(&Request::get(path).unwrap());
        String::from_utf8(answer.body.to_vec()).unwrap()
    };
    let page = get(&path);
    for words in [
        &article.headline,
        article.standfirst.as_ref().unwrap(),
        "3 March 2025",
        "1 of 2 parties heard",
    ] {
        let shown = page.replace("&#39;", "'").replace("&#x27;", "'");
        assert!(shown.contains(words), "{words}");
    }
    assert_eq!(get(&format!("{path}.md")), draft.markdown);
}
