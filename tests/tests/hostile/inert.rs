//! A page as a browser's parser reads it: whether anything in it could run, and what its words are.

use scraper::{Html, Selector};

/// What no page of ours has, whatever an author wrote.
const NEVER: [&str; 21] = [
    "iframe",
    "object",
    "embed",
    "base",
    "frame",
    "frameset",
    "applet",
    "math",
    "textarea",
    "video",
    "audio",
    "marquee",
    "template",
    "noscript",
    "xmp",
    "plaintext",
    "select",
    "keygen",
    "isindex",
    "foreignobject",
    "animate",
];

pub fn select(page: &Html, what: &str) -> Vec<String> {
    let selector = Selector::parse(what).unwrap();
    page.select(&selector).map(|element| element.text().collect()).collect()
}

/// Fails where something in the page could run, or leads where no link may lead.
pub fn check(html: &str, place: &str) -> Html {
    let page = Html::parse_document(html);
    let all = Selector::parse("*").unwrap();
    for element in page.select(&all) {
        let one = element.value();
        let name = one.name();
        assert!(!NEVER.contains(&name), "{place}: <{name}>");
        let parent = element.parent().and_then(scraper::ElementRef::wrap);
        let above = parent.map_or("", |parent| parent.value().name());
        match name {
            "script" => assert_eq!(one.attr("type"), Some("application/ld+json"), "{place}"),
            "style" | "title" | "link" | "meta" => {
                let icon = name == "title" && above == "svg";
                assert!(above == "head" || icon, "{place}: <{name}> in <{above}>");
                assert_eq!(one.attr("http-equiv"), None, "{place}");
            }
            "input" | "button" => assert!(one.attr("formaction").is_none(), "{place}"),
            "form" => {
                assert!(one.attr("action").is_some_and(|to| to.ends_with("/search")), "{place}")
            }
            "img" => assert!(
                one.attr("src").is_some_and(|src| src.starts_with("/record/blob/")),
                "{place}"
            ),
            _ => {}
        }
        for (attribute, value) in one.attrs() {
            let active = attribute.starts_with("on")
                || ["style", "srcdoc", "formaction", "ping", "background", "download", "target"]
                    .contains(&attribute);
            assert!(!active, "{place}: {name} {attribute}={value}");
            if ["href", "src", "action", "xlink:href", "poster", "data"].contains(&attribute) {
                let plain = ["https://", "http://", "mailto:", "/", "#", "?"];
                let data = name == "link" && value.starts_with("data:image/");
                let good =
                    data || plain.iter().any(|start| value.to_lowercase().starts_with(start));
                assert!(good && !value.starts_with("//"), "{place}: {name} {attribute}={value}");
            }
        }
    }
    page
}

/// Written out by the parser and read once more, the page is the same tree.
pub fn is_fixed(page: &Html, place: &str) {
    let once = page.html();
    assert!(
        Html::parse_document(&once).html() == once,
        "{place} reads otherwise when it is read again"
    );
}
