//! Previews: at two widths in the newsroom's own frames, and by a link for somebody without an account.

use super::house::{Browser, House, Shown, TEXT};

fn is(shown: &Shown, name: &str, part: &str) {
    let value = shown.headers.get(name).unwrap_or_else(|| panic!("no {name}"));
    assert!(value.to_str().unwrap().contains(part), "{name}: {value:?}");
}

fn link(shown: &Shown) -> String {
    let (_, rest) = shown.html.split_once("value=\"http://localhost:8081/preview/").unwrap();
    format!("/preview/{}", rest.split('"').next().unwrap())
}

#[test]
fn a_draft_is_seen_at_two_widths() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let preview = amina.get(&format!("{draft}/preview"));
    let frame = |width: u32| {
        format!(
            "<iframe src=\"{draft}/page\" title=\"As on a {}\" width=\"{width}\"",
            if width == 360 { "phone" } else { "wide screen" }
        )
    };
    assert!(
        preview.html.contains(&frame(360)) && preview.html.contains(&frame(1280)),
        "{}",
        preview.html
    );
    is(&preview, "content-security-policy", "frame-src 'self'");
    is(&preview, "content-security-policy", "frame-ancestors 'none'");
    let page = amina.get(&format!("{draft}/page"));
    assert!(page.status == 200 && page.html.contains("opens on Monday"), "{}", page.html);
    is(&page, "content-security-policy", "frame-ancestors 'self'");
    is(&page, "x-frame-options", "SAMEORIGIN");
    is(&page, "cache-control", "no-store");
    assert!(!page.html.contains("name=\"token\"") && !page.html.contains("<script"));
    let unread = amina.draft("---\nheadline: TK\n---\n\nWords [@nobody].\n");
    assert_eq!(amina.get(&format!("{unread}/page")).status, 404);
    assert_eq!(amina.get(&format!("{unread}/preview")).to, format!("{unread}/publish"));
    let link = amina.invite("reporter");
    let mut bilal = Browser::new(&house);
    bilal.join(&link, "Bilal");
    assert_eq!(bilal.get(&format!("{draft}/page")).status, 404);
    assert_eq!(Browser::new(&house).get(&format!("{draft}/page")).to, "/sign-in");
}

#[test]
fn case_065_a_link_shows_a_draft_to_whoever_has_it() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&format!("{draft}/preview"));
    let share = |amina: &mut Browser<'_>, words: &str| {
        amina.post(&format!("{draft}/share"), &[("words", words), ("days", "3")])
    };
    let refused = share(&mut amina, "");
    assert!(refused.status == 422 && refused.html.contains("for whom"), "{}", refused.html);
    let made = share(&mut amina, "The <harbour> office");
    assert!(made.html.contains("The &#60;harbour&#62; office"), "{}", made.html);
    let place = link(&made);
    assert!(!amina.get(&format!("{draft}/preview")).html.contains(&place), "it is shown once");

    // The first page has no word of the draft, for programs that open every link.
    let mut reader = Browser::new(&house);
    let cover = reader.get(&place);
    assert!(
        cover.status == 200 && cover.html.contains("The Lantern lets you read"),
        "{}",
        cover.html
    );
    for word in ["bridge", "Monday", "Amina"] {
        assert!(!cover.html.contains(word), "{word}: {}", cover.html);
    }
    let text = reader.get(&format!("{place}/text"));
    assert!(
        text.html.contains("opens on Monday") && text.html.contains("Not published."),
        "{}",
        text.html
    );
    for shown in [&cover, &text] {
        is(shown, "cache-control", "no-store");
        is(shown, "x-robots-tag", "noindex");
        is(shown, "referrer-policy", "same-origin");
        is(shown, "content-security-policy", "frame-ancestors 'none'");
        assert!(reader.cookies.is_empty() && !shown.html.contains("<script"));
    }
    let urdu = reader.get(&format!("{place}?lang=ur")).html;
    assert!(
        urdu.contains("<html lang=\"ur\" dir=\"rtl\">") && urdu.contains("شائع نہیں ہوا"),
        "{urdu}"
    );
    assert_eq!(house.reads(&place).0, 404, "it is no address of the readers'");

    // What was never a link, what has ended and what is malformed are answered alike.
    let end = amina.get(&format!("{draft}/preview")).html;
    let (_, rest) = end.split_once("name=\"link\" value=\"").unwrap();
    let hash = rest.split('"').next().unwrap().to_owned();
    assert_eq!(reader.get(&format!("/preview/{hash}")).status, 404, "the hash is no key");
    assert_eq!(amina.post(&format!("{draft}/unshare"), &[("link", &hash)]).status, 303);
    let never = reader.get(&format!("/preview/{}", "0".repeat(64)));
    for path in [
        place.clone(),
        format!("{place}/text"),
        "/preview/7".into(),
        format!("/preview/{hash}/text"),
    ] {
        let shown = reader.get(&path);
        assert_eq!((shown.status, &shown.html), (404, &never.html), "{path}");
    }
}

#[test]
fn a_link_says_that_it_was_published() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&format!("{draft}/preview"));
    let made = amina.post(&format!("{draft}/share"), &[("words", "a lawyer"), ("days", "1")]);
    let place = link(&made);
    assert_eq!(amina.post(&format!("{draft}/publish"), &[("version", "2")]).status, 303);
    let mut reader = Browser::new(&house);
    let cover = reader.get(&place).html;
    assert!(
        cover.contains("The article is published") && cover.contains("https://news.example/20"),
        "{cover}"
    );
    assert_eq!(reader.get(&format!("{place}/text")).to, place);
}
