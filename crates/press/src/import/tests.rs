//! Pages of the founding page's make, and pages that cannot be drafts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use ovn_edition::{
    markdown,
    model::{Block, Inline},
};

const PAGE: &str = "\n\nOpenVoiceNews Testland

Transparent. Unbiased. Yours.

Post Office, Railway Vow to Carry Letters Faster

November 3, 2026

— Categories: How It Works



The two offices agreed on a timetable in a call about late letters.

On November 2, 2026, Canada's Minister of Post, Ms. Ayla Noor, spoke with French Minister of Railways Jean Petit about 1,200 late letters; the talk was long & friendly. The two agreed on a timetable, according to a statement from Canada's Ministry of Post (MOP).

The Ministry said nothing of 2) costs *or* [delays]. The MOP statement highlighted \"a new spirit\".
";

fn words(block: &Block) -> String {
    let Block::Paragraph { content } = block else { panic!("{block:?}") };
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.as_str(),
            _ => "",
        })
        .collect()
}

fn paragraphs(page: &Imported) -> Vec<String> {
    page.article.body.iter().map(words).collect()
}

#[test]
fn a_page_of_text_becomes_a_draft() {
    let page = page(PAGE.as_bytes(), "page.txt").unwrap();
    insta::assert_snapshot!("draft", page.markdown);
    let list: Vec<String> = page.proposals.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("proposals", list.join("\n"));
    assert_eq!(page.edition.as_deref(), Some("OpenVoiceNews Testland"));
    assert_eq!(page.motto.as_deref(), Some("Transparent. Unbiased. Yours."));
    let lines: Vec<&str> = PAGE.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(paragraphs(&page), lines[6..]);
    assert_eq!(markdown::write(&markdown::read(page.markdown.as_bytes()).unwrap()), page.markdown);
}

#[test]
fn the_same_page_as_html_gives_the_same_draft() {
    let lines: Vec<String> = PAGE
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.replace('&', "&amp;"))
        .collect();
    let html = format!(
        "<!doctype html><title>x</title><nav>Home</nav><header><p>{}</p><p>{}</p></header><main><h1>{}</h1><time>{}</time>\
         <p>{}</p><p>{}</p><script>alert(1)</script><p>{}</p>\n<p>{}</p></main><footer>©</footer>",
        lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], lines[6], lines[7]
    );
    assert_eq!(
        page(html.as_bytes(), "page.html").unwrap(),
        page(PAGE.as_bytes(), "page.txt").unwrap()
    );
}

#[test]
fn pages_that_are_refused() {
    let check = |bytes: &[u8], words: &str| {
        let error = page(bytes, "x.txt").unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    check(b"", "no headline");
    check(b"Only a line", "no text");
    check(b"A\n\nb\xff", "line 3, column 2: the byte 0xff");
    check(&vec![b'a'; 3 << 20], "2 MiB");
    check("A\n\nb \u{202e}c".as_bytes(), "U+202E");
    check("<div>".repeat(20_000).as_bytes(), "nested deeper");
}

/// The page that the product began with is no part of this repository; `OVN_FOUNDING_PAGE` says where it is.
#[test]
fn the_founding_page_comes_out_exactly() {
    let Ok(path) = std::env::var("OVN_FOUNDING_PAGE") else {
        println!("skipped: OVN_FOUNDING_PAGE names no file");
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    let page = page(&bytes, "founding-page.txt").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> =
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    assert_eq!(page.article.headline, lines[2]);
    assert_eq!(page.article.dateline.as_ref().unwrap().date.as_deref(), Some("2025-08-05"));
    assert_eq!(page.article.sections, ["Politics & Government"]);
    assert_eq!(page.article.standfirst.as_deref(), Some(lines[5]));
    assert_eq!(paragraphs(&page), lines[6..]);
    assert_eq!(lines.len(), 10);
    assert_eq!(page.article.parties, ["Government of Pakistan", "Government of the United States"]);
    let source = &page.article.references[0];
    assert_eq!(source.authors(), ["Ministry of Foreign Affairs (MOFA)"]);
    assert_eq!(source.custom("kind"), Some("statement"));
    assert_eq!(source.speaks_for(), Some("Government of Pakistan"));
    assert_eq!(page.article.references.len(), 1);
    assert_eq!(page.markdown.matches("[@mofa]").count(), 2);
    assert_eq!(markdown::write(&markdown::read(page.markdown.as_bytes()).unwrap()), page.markdown);
}
