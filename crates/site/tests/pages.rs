//! Every page in both languages from fixed rows, held as snapshots. With `OVN_PAGES` set to a folder, the pages are
//! written there too, to be looked at.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub
)]

#[path = "pages/edition.rs"]
mod edition;

use edition::*;
use ovn_edition::model::Class;
use ovn_site::pages::compare::{Change, Fate};
use ovn_site::pages::*;
use ovn_site::words::Words;
use ovn_store::rows::{Head as Row, HeadKind};

/// Every page with its name, in `lang`.
fn pages(lang: &str) -> Vec<(&'static str, String)> {
    let (settings, record, words) = (settings(), facts(), Words::new().unwrap());
    let cx = Cx { settings: &settings, lang, words: &words, record: &record };
    let at = |title: &str, path: &str| head_of(&cx, title, path);
    let mut pages = articles(&cx);
    let mut add = |name, html: Result<String, Error>| pages.push((name, html.unwrap()));
    let tags = [(STORY.to_owned(), 4), ("Critical minerals".to_owned(), 1)];
    let rows = heads(lang);
    let corrections = [(lead(lang), revisions(lang).remove(1))];
    let counts = counts();
    let front = front::Rows {
        heads: &rows,
        corrections: &corrections,
        stories: &tags,
        counts: &counts,
        latest: "2025-08-24T16:02+05:00",
    };
    add("front", front::render(&cx, &at("", "/"), &front));
    let none = counts::Counts::default();
    let empty =
        front::Rows { heads: &[], corrections: &[], stories: &[], counts: &none, latest: "" };
    add("front-empty", front::render(&cx, &at("", "/"), &empty));
    let older = || (Some("?page=2".to_owned()), None);
    add(
        "section",
        list::section(&cx, &at("Politics", "/section/politics"), "politics", &rows, older()),
    );
    add(
        "topic",
        list::topic(&cx, &at("Ishaq Dar", "/topic/x"), "Ishaq Dar", &rows[..2], (None, None)),
    );
    add("topics", list::topics(&cx, &at("Topics", "/topic"), &tags));
    add("stories", list::stories(&cx, &at("Stories", "/story"), &tags));
    add("story", story::render(&cx, &at(STORY, "/story/x"), STORY, &events(lang), &rows[..3]));
    let months = [("2025-08".to_owned(), 8), ("2025-07".to_owned(), 3)];
    let (august, alone) = (at("August", "/archive/2025/08"), (None, None));
    add("archive", archive::render(&cx, &august, "2025-08", &rows, &months, alone));
    let head = at("Corrections", "/corrections");
    let ledger = corrections::render(&cx, &head, &corrections, &letters(lang), (None, None));
    add("corrections", ledger);
    add("sources", sources::render(&cx, &at("Sources", "/sources"), &uses(lang), (None, None)));
    let [month, quarter] = windows(lang);
    let balance_rows =
        balance::Rows { windows: &[&month, &quarter], end: "2026-11-24T14:20+05:00" };
    add("balance", balance::render(&cx, &at("Balance", "/balance"), &balance_rows));
    let nothing = balance::Rows { windows: &[], end: "" };
    add("balance-empty", balance::render(&cx, &at("Balance", "/balance"), &nothing));
    add("desk", desk::render(&cx, &at("Desk", "/desk")));
    add("policies", policies::render(&cx, &at("Policies", "/policies"), &policies(lang)));
    add("feeds", feeds::render(&cx, &at("Feeds", "/feeds"), &[group()]));
    add("about", about::render(&cx, &at("About", "/about")));
    let _ = add;
    pages.extend(of_record(&cx));
    pages.extend(answers(&cx));
    pages
}

fn head_of(cx: &Cx<'_>, title: &str, path: &str) -> Head {
    let other = if cx.lang == "en" { "ur" } else { "en" };
    let there = Cx { lang: other, ..*cx };
    Head {
        title: title.into(),
        description: "A description with \"quotes\" & more.".into(),
        path: cx.to(path),
        alternates: vec![Alternate { lang: other.into(), path: there.to(path) }],
        feeds: group().feeds,
        json_ld: "{\"@context\":\"https://schema.org\",\"x\":\"</script>\"}".into(),
        properties: vec![("og:title".into(), title.into())],
        ..Head::default()
    }
}

fn group() -> feeds::Group {
    let feed = |media: &str, title: &str, path: &str| Feed {
        media: media.into(),
        title: title.into(),
        path: path.into(),
    };
    let atom = feed("application/atom+xml", "Atom", "/feed.atom");
    feeds::Group {
        name: "OpenVoiceNews Pakistan".into(),
        feeds: vec![atom, feed("application/feed+json", "JSON Feed", "/feed.json")],
    }
}

/// What became of two letters.
fn letters(lang: &str) -> corrections::Letters {
    let standing = |state: &str| ovn_store::letterbox::Standing {
        path: lead(lang).path,
        lang: lang.into(),
        at: AT,
        state: state.into(),
        decided: Some(AT + 5 * 60 * 60 * 1000),
        reason: Some("The ministry's readout gives the date as we do.".into()),
        fixed: Some(2),
    };
    corrections::Letters {
        declined: vec![standing("declined")],
        corrected: vec![standing("corrected")],
    }
}

/// The form for a letter as it is sent back, and two receipts.
fn letter_pages(cx: &Cx<'_>) -> Vec<(&'static str, String)> {
    let row = lead(cx.lang);
    let given =
        letter::Given { what: "It is <b>Tuesday</b>.", passage: Some(2), ..Default::default() };
    let passages = [(1, "The first paragraph. ".repeat(9)), (2, "The second.".to_owned())];
    let head = Head { hidden: true, ..head_of(cx, "Report", "/report/0") };
    let form = letter::form(cx, &head, &row, &passages, (Some("1-0"), "letter-soon"), given);
    let all = letters(cx.lang);
    let receipt = |one| letter::receipt(cx, &head, one, &row.headline, "2025-08-24T16:02+05:00");
    vec![
        ("letter", form.unwrap()),
        ("receipt-declined", receipt(&all.declined[0]).unwrap()),
        ("receipt-corrected", receipt(&all.corrected[0]).unwrap()),
    ]
}

fn articles(cx: &Cx<'_>) -> Vec<(&'static str, String)> {
    let lang = cx.lang;
    let file = match lang {
        "ur" => include_str!("pages/article.ur.md"),
        _ => include_str!("pages/article.en.md"),
    };
    let text = ovn_edition::markdown::read(file.as_bytes()).unwrap();
    let place = ovn_edition::sealed::Place {
        path: "/2025/08/article-0".into(),
        at: AT,
        local: "2025-08-24T16:02+05:00".into(),
    };
    let element = &ovn_edition::html::article(&text, &place, &ovn_edition::html::View::default());
    let (row, revisions, events, rows) = (lead(lang), revisions(lang), events(lang), heads(lang));
    let other = lead(if lang == "en" { "ur" } else { "en" });
    let shown = article::Rows {
        head: &row,
        element,
        revisions: &revisions,
        shown: 2,
        removals: &[],
        events: &events,
        story: &rows[1..3],
        siblings: std::slice::from_ref(&other),
        letters: false,
        committed: &[],
    };
    let head = Head { title: row.headline.clone(), path: row.path.clone(), ..head_of(cx, "", "/") };
    let page = |rows| article::render(cx, &head, &rows).unwrap();
    let old = article::Rows { shown: 1, removals: &removals(), ..shown };
    let policy = Row { kind: HeadKind::Policy, sections: vec![], story: None, ..row.clone() };
    let policy = article::Rows { head: &policy, events: &[], story: &[], ..shown };
    let mut pages = letter_pages(cx);
    pages.extend([
        ("article", page(shown)),
        ("revision", page(old)),
        ("policy", page(policy)),
        (
            "compare",
            compare::render(cx, &head, &row, (&revisions[0], &revisions[1]), &changes()).unwrap(),
        ),
    ]);
    pages
}

fn changes() -> Vec<Change> {
    let runs = vec![
        (Fate::Kept, "The two had met in Washington on ".into()),
        (Fate::Removed, "24".into()),
        (Fate::Added, "25".into()),
        (Fate::Kept, " July.".into()),
    ];
    let added = vec![(Fate::Added, "A whole <paragraph> more.".into())];
    vec![Change { kind: "paragraph".into(), runs }, Change { kind: "heading".into(), runs: added }]
}

fn of_record(cx: &Cx<'_>) -> Vec<(&'static str, String)> {
    let entries = entries(cx.lang);
    let inclusion = entry::Inclusion {
        leaf_hash: "ab".repeat(32),
        proof: vec!["cd".repeat(32), "ef".repeat(32)],
        root: "01".repeat(32),
        local: "2025-08-24T16:02+05:00".into(),
    };
    let shown = tampered::Demonstration {
        article: ("/2025/08/article-0".into(), lead("en").headline),
        lang: "en".into(),
        real: "A recent agreement lowered US tariffs on imports from Pakistan to 19 percent."
            .into(),
        tampered: "A recent agreement lowered US tariffs on imports from Pakistan to 9 percent."
            .into(),
        copy: "/record/tampered/copy".into(),
        real_answer: "This page matches entry 1203 of the record.".into(),
        tampered_answer:
            "This page differs from what is sealed: paragraph 15 says “9” where “19” is sealed."
                .into(),
    };
    let head = |title: &str, path: &str| head_of(cx, title, path);
    let next = (Some("?page=2".to_owned()), None);
    vec![
        ("record", record::render(cx, &head("Record", "/record"), &entries, next).unwrap()),
        (
            "entry",
            entry::render(cx, &head("Entry", "/record/entry/1187"), &entries[4], &inclusion)
                .unwrap(),
        ),
        ("tampered", tampered::render(cx, &head("Caught", "/record/tampered"), &shown).unwrap()),
    ]
}

fn answers(cx: &Cx<'_>) -> Vec<(&'static str, String)> {
    let head = Head { hidden: true, ..head_of(cx, "Search", "/search") };
    let hits = hits(cx.lang);
    let asked = if cx.lang == "ur" { "محصول" } else { "tariffs" };
    let found = search::Rows {
        query: asked,
        total: 2,
        hits: &hits,
        marks: Some(|query, word| query == word),
        ..search::Rows::default()
    };
    let none = search::Rows { query: "<quagga>", ..search::Rows::default() };
    let gone = Row { withdrawn: true, class: Class::Publication, ..lead(cx.lang) };
    vec![
        ("search", search::render(cx, &head, &found).unwrap()),
        ("search-none", search::render(cx, &head, &none).unwrap()),
        ("search-empty", search::render(cx, &head, &search::Rows::default()).unwrap()),
        ("missing", errors::not_found(cx, &head, &heads(cx.lang)[..3]).unwrap()),
        ("gone", errors::gone(cx, &head, &gone, &removals()).unwrap()),
        ("unavailable", errors::unavailable(cx, &head).unwrap()),
    ]
}

#[test]
fn pages_look_as_they_did() {
    for lang in ["en", "ur"] {
        for (name, html) in pages(lang) {
            if let Some(folder) = std::env::var_os("OVN_PAGES") {
                std::fs::write(
                    std::path::Path::new(&folder).join(format!("{name}.{lang}.html")),
                    &html,
                )
                .unwrap();
            }
            // The stylesheet has tests of its own, and a snapshot of it says nothing to a reviewer.
            let (before, after) = html.split_once("<style>").unwrap();
            let (_, after) = after.split_once("</style>").unwrap();
            insta::assert_snapshot!(format!("{name}.{lang}"), format!("{before}{after}"));
        }
    }
}

#[test]
fn pages_keep_their_promises() {
    for lang in ["en", "ur"] {
        for (name, html) in pages(lang) {
            let scripts = html.matches("<script").count();
            assert_eq!(
                scripts,
                html.matches("<script type=\"application/ld+json\">").count(),
                "{name}"
            );
            assert_eq!(
                html.matches("</script>").count(),
                scripts,
                "{name}: a text closed a script"
            );
            assert_eq!(html.matches("<style>").count(), 1, "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name}");
            assert!(!html.contains("style=\"") && !html.contains(" src="), "{name}: one request");
            assert!(!html.contains("<quagga>") && !html.contains("<the>"), "{name}: unescaped");
            let dir = if lang == "ur" { "rtl" } else { "ltr" };
            assert!(html.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\">")), "{name}");
        }
    }
}

#[test]
fn an_article_fits_the_first_round_trip() {
    for (name, html) in pages("en").into_iter().chain(pages("ur")) {
        let mut packed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams::default();
        brotli::BrotliCompress(&mut html.as_bytes(), &mut packed, &params).unwrap();
        // The list of every rule grows with what is measured of them.
        let most = if name == "desk" { 22_000 } else { 11_000 };
        assert!(packed.len() < most, "{name}: {} bytes", packed.len());
    }
}

#[test]
fn no_word_is_missing() {
    let keys = [
        include_str!("../locales/en/page.ftl"),
        include_str!("../locales/en/lists.ftl"),
        include_str!("../locales/en/record.ftl"),
        include_str!("../locales/en/about.ftl"),
        include_str!("../locales/en/desk.ftl"),
    ];
    let words = Words::new().unwrap();
    let defined = keys.iter().flat_map(|file| file.lines()).filter_map(|line| {
        line.split_once(" = ").map(|(key, _)| key).filter(|key| !key.starts_with([' ', '#']))
    });
    for key in defined {
        for lang in ["en", "ur"] {
            assert_ne!(words.say(lang, key, &[]), key, "{lang}");
        }
        assert_ne!(words.say("ur", key, &[]), words.say("en", key, &[]), "{key} is not translated");
    }
}
