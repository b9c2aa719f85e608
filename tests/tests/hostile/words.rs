//! Spelling, direction, templates, links and pictures: what is sealed, what is shown and what is found.

use crate::house::{House, article, file, get, search};
use crate::inert;
use serde_json::json;

#[test]
fn case_001_markup_in_any_field_is_text_everywhere() {
    let house = House::new();
    let bad = "<script>alert(1)</script><b onclick=x>\"'&";
    let mut made = article("bad", bad, bad);
    made.standfirst = Some(bad.into());
    made.byline = vec![bad.into()];
    made.topics = vec![bad.into()];
    made.story = Some(bad.into());
    let path = house.publish(&[file(&made)]).unwrap().remove(0);
    house
        .correct(&file(&made).replace("lang: en", "lang: en\nparties: [\"<script>\"]"), bad)
        .unwrap();
    let site = house.site();
    let mut pages = site.addresses().unwrap();
    pages.push("/search?q=script".into());
    for address in pages {
        let (_, text) = get(&site, &address);
        if text.starts_with("<!") {
            inert::is_fixed(&inert::check(&text, &address), &address);
        }
        let html = text.starts_with('<') || address.ends_with(".atom") || address.ends_with(".rss");
        assert!(!html || !text.contains("<script>alert"), "{address}");
    }
    let page = inert::check(&get(&site, &path).1, &path);
    assert_eq!(inert::select(&page, "h1"), [bad]);
    let found = inert::check(&search(&site, "alert"), "/search");
    assert!(inert::select(&found, "main").concat().contains("<script>alert(1)</script>"));
}

#[test]
fn case_005_linked_data_closes_no_script() {
    let house = House::new();
    for (number, bad) in
        ["</script><script>alert(1)</script>", "<!--<script>", "]]>\\u003c/script>"]
            .iter()
            .enumerate()
    {
        let path = house
            .publish(&[file(&article(&format!("a-{number}"), bad, "Words."))])
            .unwrap()
            .remove(0);
        let html = get(&house.site(), &path).1;
        let page = inert::check(&html, &path);
        let scripts = inert::select(&page, "script");
        assert_eq!(scripts.len(), 1, "{bad}");
        let data: serde_json::Value = serde_json::from_str(&scripts[0]).unwrap();
        assert_eq!(data["headline"], *bad);
    }
}

#[test]
fn case_010_011_joiners_are_spelling_and_forms_are_one() {
    let house = House::new();
    let urdu = "می\u{200c}خواہم کہ جائیں";
    let mut made = article("joiner", urdu, urdu);
    made.lang = "ur".into();
    let path = house.publish(&[file(&made)]).unwrap().remove(0);
    let site = house.site();
    let (_, page) = get(&site, &path);
    assert!(page.contains(urdu));
    assert!(get(&site, &format!("{path}.json")).1.contains(urdu));
    for asked in ["می\u{200c}خواہم", "میخواہم"] {
        assert!(search(&site, asked).contains(&path), "{asked}");
    }
    // The same headline in two forms: sealed in NFC, found in both, and a second article at its address is refused.
    let (composed, apart) = ("A caf\u{e9} opens", "A cafe\u{301} opens");
    let path = house
        .publish(&[format!("---\nheadline: {apart}\nlang: en\n---\nWords.\n")])
        .unwrap()
        .remove(0);
    assert!(path.ends_with("/a-cafe-opens"), "{path}");
    let site = house.site();
    assert!(get(&site, &format!("{path}.json")).1.contains(composed));
    for asked in ["caf\u{e9}", "cafe\u{301}", "cafe"] {
        assert!(search(&site, asked).contains(&path), "{asked}");
    }
    let again =
        house.publish(&[format!("---\nheadline: {composed}\nlang: en\n---\nOther words.\n")]);
    assert!(again.unwrap_err().contains("published already"));
}

#[test]
fn case_014_a_link_to_a_player_is_a_link() {
    let house = House::new();
    let text = "---\nheadline: A film\nlang: en\n---\n[The film](https://video.example/embed/1)\n\n\
        https://video.example/watch?v=1\n\n![A map](https://tracker.example/x.png \"By somebody\")\n";
    let path = house.publish(&[text.into()]).unwrap().remove(0);
    let html = get(&house.site(), &path).1;
    inert::check(&html, &path);
    assert!(html.contains("href=\"https://video.example/embed/1\""));
    assert!(!html.contains("src=\"https://"), "{html}");
}

#[test]
fn case_016_017_018_html_in_a_file_is_refused() {
    let house = House::new();
    for bad in [
        "<style>@import url(//evil.example)</style>",
        "a <p style=\"position:fixed\">b</p>",
        "a <a href=/ ping=//evil.example>b</a>",
        "<base href=//evil.example>",
        "<meta http-equiv=refresh content=0>",
        "<form action=//evil.example>",
        "<p id=cookie name=x>",
        "<a target=_blank rel=opener download>",
        "<!-- hidden -->",
        "<x-y>",
        "<?php ?>",
        "<![CDATA[x]]>",
        "</article>",
    ] {
        let refused =
            house.publish(&[format!("---\nheadline: A page\nlang: en\n---\n{bad}\n")]).unwrap_err();
        assert!(refused.contains("line 5") || refused.contains("5:"), "{bad}: {refused}");
    }
    // An id of our own making names nothing that a page's element has.
    let text = "---\nheadline: A page\nlang: en\n---\n## document\n\n## sources\n\nWords.\n";
    let path = house.publish(&[text.into()]).unwrap().remove(0);
    let html = get(&house.site(), &path).1;
    assert!(!html.contains("id=\"document\"") && html.matches("id=\"sources\"").count() <= 1);
}

#[test]
fn case_020_templates_are_letters() {
    let house = House::new();
    let all = [
        "{{12345*54321}}",
        "${12345*54321}",
        "#{12345*54321}",
        "<%= 12345*54321 %>",
        "{% raw %}",
        "{{ f.say(\"about\") }}",
        "{0}",
        "%s",
        "{$count}",
    ];
    let mut made = article("t", &all.join(" "), &all.join(" "));
    made.byline = all.map(str::to_owned).to_vec();
    made.topics = made.byline.clone();
    let source = json!({"id": "s", "type": "speech", "title": all.join(" "), "custom": {"kind": "statement"}});
    made.references = vec![serde_json::from_value(source).unwrap()];
    let path = house.publish(&[file(&made)]).unwrap().remove(0);
    let site = house.site();
    for address in [path.as_str(), "/", "/sources", "/topic", "/feed.json", "/feed.atom"] {
        let text = get(&site, address).1;
        assert!(!text.contains("670592745"), "{address}");
        assert!(text.contains("{{12345*54321}}") && text.contains("${12345*54321}"), "{address}");
    }
}

#[test]
fn case_091_an_edit_of_a_caption_alone_is_a_revision() {
    let house = House::new();
    // One green point.
    let png = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90\x77\x53\xde\x00\
        \x00\x00\x0c\x49\x44\x41\x54\x78\x9c\x63\x50\x68\x70\x00\x00\x01\xa4\x00\xe1\xad\xd3\xa7\x81\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";
    house.beside.replace("hill.png", png).unwrap();
    let text = "---\nheadline: A hill\nlang: en\ntopics: [Hills]\n---\n![A green hill](hill.png \"Photo: desk\")\n\nWords.\n";
    let path = house.publish(&[text.into()]).unwrap().remove(0);
    let mut rev = 1;
    for (from, to) in [
        ("A green hill", "A brown hill"),
        ("Photo: desk", "Photo: agency"),
        ("[Hills]", "[Mountains]"),
    ] {
        let text = text.replace(from, to);
        assert!(
            house.publish(std::slice::from_ref(&text)).unwrap_err().contains("published already")
        );
        house.correct(&text, "The caption was wrong.").unwrap();
        rev += 1;
        let site = house.site();
        let (status, compared) = get(&site, &format!("{path}/compare/{}-{rev}", rev - 1));
        assert_eq!(status, 200, "{from}");
        if from != "[Hills]" {
            assert!(compared.contains("<ins") && compared.contains("<del"), "{from}: {compared}");
        }
        assert_eq!(get(&site, &format!("{path}/r1")).0, 200);
    }
    assert!(
        house
            .correct(&text.replace("[Hills]", "[Mountains]"), "Nothing.")
            .unwrap_err()
            .contains("reads the same")
    );
}

#[test]
fn case_077_a_search_is_only_words() {
    let house = House::new();
    let made =
        article("port", "Talks near the port", "NOT all AND or; the \"day\" was a*b, column:x.");
    let path = house.publish(&[file(&made)]).unwrap().remove(0);
    let site = house.site();
    let check = |words: &str, found: bool| {
        let page = search(&site, words);
        assert_eq!(page.contains(&format!("href=\"{path}\"")), found, "{words}");
        assert!(
            !page.contains("syntax") && !page.contains("fts5") && !page.contains("tsquery"),
            "{words}"
        );
    };
    check("port", true);
    check("PORT talks", true);
    check("talks NEAR port", true);
    check("\"talks near the port\"", true);
    check("\"port talks\"", false);
    check("port OR nothing", false);
    check("port NOT talks", true);
    check("por*", false);
    check("headline:port", false);
    check("port\"", true);
    check("\"\"\"port", true);
    check("(port", true);
    check("port & ! | <-> talks:*", true);
    check("{headline}: port", false);
    check("^port -talks +day", true);
    check("' OR 1=1 --", false);
    check(".*", false);
    check("[a-z]+", false);
    for words in [
        "*".repeat(1_000),
        "\"".repeat(999),
        "NEAR(".repeat(99),
        "a ".repeat(2_000),
        "\u{64e}\u{650}\u{64f}".repeat(20),
        "((((((((((".into(),
        "\u{301}".into(),
        "😀".repeat(99),
        "' ".repeat(500),
    ] {
        search(&site, &words.chars().take(2_000).collect::<String>());
    }
}
