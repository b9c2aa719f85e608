//! The editor's document and the article file as one sequence of versions, and what is said to a script.

use super::house::{Browser, DOCUMENT, HOST, House, TEXT};
use hyper::Method;

const LONG: usize = 8 << 20;

#[test]
fn a_document_and_a_file_see_each_other() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let place = format!("{draft}/document");
    amina.get(&draft);
    let shown = amina.get(&place);
    assert_eq!(shown.headers.get("content-type").unwrap(), "application/json");
    assert!(shown.html.starts_with("{\"version\":2,\"document\":{\"attrs\":{\"lang\":\"en\"}"));
    assert!(
        shown.html.ends_with(
            "\"references\":[{\"id\":\"council\",\"title\":\"Statement on the bridge\"}]}"
        )
    );
    let saved = amina.put(&place, DOCUMENT);
    assert_eq!((saved.status, saved.html.as_str()), (200, "{\"version\":3}"));
    assert_eq!(
        amina.put(&place, DOCUMENT).html,
        "{\"version\":3}",
        "the same again is nothing new"
    );
    let back = amina.get(&place).html;
    assert!(
        back.contains("{\"type\":\"paragraph\"}]"),
        "an empty paragraph stays while it is written: {back}"
    );
    let sheet = amina.get(&draft).html;
    assert!(
        sheet.contains("On Friday.")
            && sheet.contains("slug: the-bridge")
            && sheet.contains("Statement on"),
        "{sheet}"
    );
    assert_eq!(amina.post(&draft, &[("version", "3"), ("text", TEXT)]).status, 303);
    let late = amina.put(&place, DOCUMENT);
    assert_eq!(late.status, 409);
    assert!(
        late.html.starts_with("{\"version\":4,\"document\":")
            && late.html.contains("opens on Monday")
    );
    let mine = DOCUMENT.replace(":2,", ":4,");
    assert_eq!(amina.put(&place, &mine).html, "{\"version\":5}");
    let last = amina.put(&place, &mine.replace(":4,", ":5,").replace("Friday", "Sunday"));
    assert_eq!(last.html, "{\"version\":6}");
    let list = amina.get(&format!("{draft}/versions")).html;
    assert!(
        !list.contains("/versions/5")
            && list.contains("/versions/6")
            && list.contains("/versions/4"),
        "{list}"
    );
    let done = amina.post(&format!("{draft}/publish"), &[("version", "6")]);
    assert_eq!(done.status, 303, "{}", done.html);
    assert!(house.reads("/").1.contains("The bridge opens"));
    assert_eq!(
        amina.put(&place, &mine.replace(":4,", ":6,")).status,
        422,
        "what is sealed is not written on"
    );
}

#[test]
fn what_is_about_the_article_is_saved_beside_the_text() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let (place, about) = (format!("{draft}/document"), format!("{draft}/about"));
    amina.get(&draft);
    amina.put(&place, DOCUMENT);
    let wrong = amina.post(&about, &[("was", "0"), ("about", "lang: ur\r\nbyline: [Bilal]\r\n")]);
    assert_eq!(wrong.status, 409);
    let was = wrong.html.split_once("name=\"was\" value=\"").unwrap().1[..64].to_owned();
    assert!(wrong.html.contains("byline:") && wrong.html.contains("Amina Khan"), "{}", wrong.html);
    let bad = amina.post(&about, &[("was", &was), ("about", "lang: ur\nheadline: B\n")]);
    assert_eq!(bad.status, 422);
    assert!(bad.html.contains("the headline stands in the text"), "{}", bad.html);
    let good = amina.post(&about, &[("was", &was), ("about", "lang: ur\r\nbyline: [Bilal]\r\n")]);
    assert_eq!(good.status, 303, "{}", good.html);
    let back = amina.get(&place).html;
    assert!(
        back.starts_with("{\"version\":4,\"document\":{\"attrs\":{\"lang\":\"ur\"}")
            && back.contains("On Friday."),
        "{back}"
    );
    let sheet = amina.get(&draft).html;
    assert!(sheet.contains("- Bilal") && sheet.contains("headline: The bridge opens"), "{sheet}");
}

#[test]
fn a_document_comes_packed_and_what_bears_a_token_does_not() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(&TEXT.replace("opens on Monday", &"opens on Monday ".repeat(90)));
    let check = |path: &str, accepted: &str, expected: Option<&str>| {
        let ask = amina.asking(Method::GET, path, &[("accept-encoding", accepted)]);
        let response = house.plane.respond(&ask);
        let coding = response.headers.get("content-encoding").map(|one| one.to_str().unwrap());
        assert_eq!((response.status.as_u16(), coding), (200, expected), "{path} {accepted}");
        response
    };
    let place = format!("{draft}/document");
    let plain = check(&place, "identity", None);
    let packed = check(&place, "gzip, deflate", Some("gzip"));
    assert!(packed.body.len() * 4 < plain.body.len(), "{}", packed.body.len());
    check(&place, "gzip, deflate, br, zstd", Some("zstd"));
    for response in [plain, packed] {
        assert_eq!(response.headers.get("vary").unwrap(), "accept-encoding");
        assert_eq!(response.headers.get("cache-control").unwrap(), "no-store");
    }
    let news = format!("{draft}/news?after=1&seen=0&writer=aminastab");
    let told = check(&news, "gzip, deflate, br, zstd", None);
    assert!(super::house::text(&told).contains("\"token\":"));
    check(&draft, "gzip, deflate, br, zstd", None);
}

#[test]
fn a_script_is_told_why_in_json() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let place = format!("{draft}/document");
    amina.get(&draft);
    let check = |browser: &mut Browser<'_>, body: &str, expected: u16| {
        let shown = browser.put(&place, body);
        assert_eq!(shown.status, expected, "{:.80}: {}", body, shown.html);
        assert!(shown.html.starts_with("{\"message\":\""), "{}", shown.html);
    };
    check(&mut Browser::new(&house), DOCUMENT, 401);
    check(&mut amina, "{", 400);
    check(&mut amina, "{\"version\":2}", 400);
    check(&mut amina, &DOCUMENT.replace("\"version\":2", "\"version\":-2"), 400);
    check(&mut amina, &DOCUMENT.replace("standfirst", "script"), 422);
    check(&mut amina, &DOCUMENT.replace("On Friday.", &"x".repeat(LONG)), 413);
    check(&mut amina, &DOCUMENT.replace("On Friday.", &"x".repeat(LONG / 2)), 422);
    let mut forged = amina.clone();
    forged.token = "0".repeat(64);
    check(&mut forged, DOCUMENT, 403);
    let own = format!("http://{HOST}");
    let (site, media) = (("sec-fetch-site", "same-origin"), ("content-type", "application/json"));
    let token = amina.token.clone();
    for (headers, expected) in [
        (vec![media, ("x-form-token", token.as_str())], 403),
        (
            vec![
                media,
                ("x-form-token", &token),
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://evil.example"),
            ],
            403,
        ),
        (
            vec![site, ("origin", &own), ("x-form-token", &token), ("content-type", "text/plain")],
            400,
        ),
    ] {
        let shown = amina.clone().ask(Method::PUT, &place, DOCUMENT.to_owned(), &headers);
        assert_eq!(shown.status, expected, "{headers:?}");
    }
    assert!(amina.get(&place).html.starts_with("{\"version\":2,"), "nothing was changed");
    let broken = amina.draft("---\nheadline: [\n---\n");
    let told = amina.get(&format!("{broken}/document"));
    assert_eq!(told.status, 422);
    assert!(
        !amina.get(&broken).html.contains("data-document"),
        "the plain form is for such a file"
    );
}

#[test]
fn the_editor_is_served_where_it_was_built_in() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let sheet = amina.get(&draft);
    let policy = sheet.headers.get("content-security-policy").unwrap().to_str().unwrap().to_owned();
    let Some((_, rest)) = sheet.html.split_once("<script type=\"module\" src=\"") else {
        assert!(!policy.contains("script-src"), "{policy}");
        return;
    };
    for part in [
        "script-src 'self';",
        "connect-src 'self';",
        "style-src 'self' 'sha256-",
        "default-src 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    let script = rest.split('"').next().unwrap().to_owned();
    let gzip = [("accept-encoding", "br, gzip")];
    let plain = amina.get(&script);
    assert!(plain.headers.get("cache-control").unwrap().to_str().unwrap().contains("immutable"));
    assert!(plain.html.len() > 100_000);
    let packed = house.plane.respond(&amina.asking(Method::GET, &script, &gzip));
    assert_eq!(packed.headers.get("content-encoding").unwrap(), "gzip");
    assert!(packed.body.len() < 150 * 1024, "{}", packed.body.len());
    assert_eq!(amina.get("/editor/0000000000000000/editor.js").status, 404);
    let other = amina.get("/people").headers;
    let policy = other.get("content-security-policy").unwrap().to_str().unwrap();
    assert!(!policy.contains("script-src"), "no other page runs anything: {policy}");
}
