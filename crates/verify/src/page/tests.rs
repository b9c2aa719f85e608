//! Pages that show what was sealed, and many that do not.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;

const ARTICLE: &str = "<article lang=\"en\"><h1 data-b=\"4\">Tariff cut to 19 percent</h1>\
<p data-b=\"7\">It was <em>cut</em>, the ministry said.<sup><a href=\"#s1\">1</a></sup></p></article>";

fn wrap(article: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>T &lt; x</title><style>p>a{{color:red}}</style>\
        <script type=\"application/ld+json\">{{\"a\":\"<\\/b>\"}}</script></head>\
        <body><svg viewBox=\"0 0 9 9\"><path d=\"M1 1\"/></svg><main>{article}<aside>Entry 3</aside></main></body></html>"
    )
}

fn verdict(article: &str) -> Verdict {
    page(wrap(article).as_bytes(), ARTICLE).verdict
}

#[test]
fn respelling_is_not_tampering() {
    let check = |from: &str, to: &str| {
        let page = ARTICLE.replace(from, to);
        assert_eq!(verdict(&page), Verdict::Matches, "{page}");
    };
    check("x", "x");
    check("<em>", "<em >");
    check("was ", "was\n   ");
    check("percent", "per&#99;ent");
    check("</h1><p", "</h1>\n\n<p");
}

#[test]
fn a_picture_in_several_widths_is_read() {
    let shown = "<figure data-b=\"8\"><picture><source type=\"image/webp\" srcset=\"a.webp 480w\">\
        <img src=\"a.jpg\" alt=\"A bridge\"></picture></figure></article>";
    let sealed = ARTICLE.replace("</article>", shown);
    let check = |from: &str, to: &str, expected: Verdict| {
        let given = sealed.replace(from, to);
        assert_eq!(page(wrap(&given).as_bytes(), &sealed).verdict, expected, "{given}");
    };
    check("x", "x", Verdict::Matches);
    check("a.webp", "b.webp", Verdict::Differs);
    check("<source", "<source srcset=\"b.webp 960w\"><source", Verdict::Differs);
}

#[test]
fn whatever_is_added_taken_or_changed_is_found() {
    let check = |from: &str, to: &str, expected: Verdict| {
        let page = ARTICLE.replace(from, to);
        assert_ne!(page, ARTICLE);
        assert_eq!(verdict(&page), expected, "{page}");
    };
    check("19", "15", Verdict::Differs);
    check("</article>", "<p>And more.</p></article>", Verdict::Differs);
    check("said.", "said", Verdict::Differs);
    check("<em>cut</em>", "cut", Verdict::Differs);
    check("#s1", "https://evil.example", Verdict::Differs);
    check("<p ", "<p hidden ", Verdict::Differs);
    check("<p ", "<p style=\"display:none\" ", Verdict::Differs);
    check("data-b=\"7\"", "data-b=\"8\"", Verdict::Differs);
    check("lang=\"en\"", "lang=\"ur\"", Verdict::Differs);
    check("was ", "was<!-- --> ", Verdict::Damaged);
    check("was ", "was<script>x()</script> ", Verdict::Damaged);
    check("was ", "was<iframe></iframe> ", Verdict::Damaged);
    check("was ", "was<b/> ", Verdict::Damaged);
    check("was ", "was<path/> ", Verdict::Damaged);
    check("was ", "was<svg><path/></svg> ", Verdict::Differs);
    check("</em>", "", Verdict::Damaged);
    check("</em>", "</EM>", Verdict::Damaged);
    check("<article", "<article></article><article", Verdict::Damaged);
    check("<article", "<div", Verdict::Damaged);
    check("data-b=\"7\"", "data-b=7", Verdict::Damaged);
    check("data-b=\"7\"", "data-b=\"7\" data-b=\"9\"", Verdict::Damaged);
    check("was", "&evil;", Verdict::Damaged);
    check("was", "&#0;", Verdict::Damaged);
}

#[test]
fn the_difference_is_shown_in_its_place() {
    let report = page(wrap(&ARTICLE.replace("19", "15")).as_bytes(), ARTICLE);
    assert_eq!(
        report.difference,
        ["block 4: sealed “Tariff cut to [19] percent”, shown “Tariff cut to [15] percent”"]
    );
    let report = page(wrap(&ARTICLE.replace("#s1", "#s2")).as_bytes(), ARTICLE);
    assert_eq!(report.difference, ["sealed: <a href=\"#s1\">; shown: <a href=\"#s2\">"]);
}

#[test]
fn every_single_bit_of_the_article_counts() {
    let page_bytes = wrap(ARTICLE).into_bytes();
    let start = wrap(ARTICLE).find("<article").unwrap();
    let mut refused = 0;
    for bit in start * 8..(start + ARTICLE.len()) * 8 {
        let mut bad = page_bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        // White space for white space is a respelling, as is nothing else.
        if page(&bad, ARTICLE).verdict != Verdict::Matches {
            refused += 1;
        }
    }
    assert_eq!(refused, ARTICLE.len() * 8);
}

#[test]
fn no_page_makes_it_fall() {
    let check = |html: &[u8]| assert_ne!(page(html, ARTICLE).verdict, Verdict::Matches);
    check(b"");
    check(b"\xff\xfe");
    check("<".repeat(100_000).as_bytes());
    check("<p>".repeat(100_000).as_bytes());
    check(format!("<article>{}", "x".repeat(5_000_000)).as_bytes());
    check(b"<article></article></article>");
    check(b"</article>");
}
