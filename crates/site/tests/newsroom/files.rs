//! Files as sources in a browser without scripts, and as the editor sends them: given, decided, published, saved by readers.

use super::house::{Browser, House, TEXT};
use hyper::Method;
use ovn_edition::{commit::sha256, hex};
use ovn_press::check::{self, Options};
use ovn_press::copy::Copy;
use ovn_site::Request;
use ovn_store::Folder;

pub(crate) const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj << /Author (R. <b>Example) /Producer (Pressworks) >> endobj\n%%EOF\n";
const MAIL: &[u8] = b"From: R. Example <r@office.example>\r\nTo: desk@news.example\r\nReceived: from relay.office.example\r\nSubject: The bridge\r\n\r\nThe bridge holds. <script>steal()</script>\r\n";

/// What the form has, filled in.
pub(crate) fn fields<'a>(title: &'a str, secret: &'a str) -> [(&'static str, &'a str); 7] {
    let (reason, details) = match secret {
        "" => ("", ""),
        _ => ("It would tell who gave it", secret),
    };
    [
        ("kind", "document"),
        ("title", title),
        ("speaks", "Town council"),
        ("issued", "2026-11-20"),
        ("confidential", if secret.is_empty() { "" } else { "yes" }),
        ("reason", reason),
        ("details", details),
    ]
}

/// Sends the form as the editor does.
fn put(
    browser: &mut Browser<'_>,
    place: &str,
    title: &str,
    name: &str,
    file: &[u8],
) -> (u16, String) {
    let shown = browser.send_by(Method::PUT, place, &fields(title, ""), name, file);
    (shown.status, shown.html)
}

fn library_of(browser: &mut Browser<'_>, query: &str) -> String {
    let list = browser.get(&format!("/library?q={query}")).html;
    let (_, rest) = list.split_once("href=\"/library/").unwrap();
    format!("/library/{}", rest.split('"').next().unwrap())
}

#[test]
fn case_026_a_file_goes_from_the_form_to_readers_when_somebody_decided() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let page = format!("{draft}/sources");
    assert!(amina.get(&page).html.contains("enctype=\"multipart/form-data\""));
    let sent = amina.send(&format!("{page}/file"), &fields("Plan", ""), "..\\plan.png", PDF);
    assert_eq!((sent.status, sent.to.as_str()), (303, format!("{page}?did=plan").as_str()));
    let list = amina.get(&sent.to).html;
    assert!(list.contains("Cite it with [@plan]"), "{list}");
    assert!(list.contains("R. &#60;b&#62;Example") && !list.contains("<b>Example"), "{list}");
    // The page of the source says what it is by its bytes, and that its name said something else.
    let place = library_of(&mut amina, "plan");
    let shown = amina.get(&place).html;
    for words in ["plan.png", "application/pdf", "ends in .png", "Pressworks", "Author"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let copy = amina.get(&format!("{place}/copy"));
    let header = |name: &str| copy.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(copy.html.as_bytes(), PDF);
    let hash = hex::encode(&sha256(PDF));
    assert_eq!(header("content-disposition"), format!("attachment; filename=\"{hash}.pdf\""));
    assert!(header("content-security-policy").contains("sandbox"));
    // The checklist asks; with no decision there is no button, and a forged form is refused.
    let (text, version) = text_of(&mut amina, &draft);
    let cited = text.replace("[@council]", "[@council; @plan]");
    amina.post(&draft, &[("version", &version), ("text", &cited)]);
    let asked = amina.get(&format!("{draft}/publish")).html;
    assert!(asked.contains("wait for a decision") && !asked.contains("<button class=\"go\">"));
    let forged = amina.post(&format!("{draft}/publish"), &[("version", "4")]);
    assert_eq!(forged.status, 422);
    assert!(forged.html.contains("nobody has decided yet"), "{}", forged.html);
    let id = place.rsplit('/').next().unwrap();
    let other = amina.post(&format!("{page}/as-is"), &[("source", &"0".repeat(32))]);
    assert_eq!(other.status, 404);
    let decided = amina.post(&format!("{page}/as-is"), &[("source", id)]);
    assert_eq!(decided.status, 303, "{}", decided.html);
    assert!(!amina.get(&decided.to).html.contains("wait for a decision"));
    assert!(amina.get(&place).html.contains("To be published as it is: Amina Khan"));
    amina.get(&format!("{draft}/publish"));
    let published = amina.post(&format!("{draft}/publish"), &[("version", "4")]);
    assert_eq!(published.status, 303, "{}", published.html);
    // Readers have the very bytes, to be saved.
    let blob = format!("/record/blob/{hash}");
    let answer = house.site.respond(&Request::get(&blob).unwrap());
    assert_eq!((answer.status.as_u16(), answer.body.as_ref()), (200, PDF));
    let header = |name: &str| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-disposition"), format!("attachment; filename=\"{hash}.pdf\""));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    let path = amina.get("/articles").html;
    let path = path.split_once("name=\"path\" value=\"").unwrap().1.split('"').next().unwrap();
    let article = house.reads(path).1;
    assert!(article.contains(&format!("href=\"{blob}\"")), "{article}");
    assert!(!article.contains("plan.png"));
    let report = check::whole(&Copy::Folder(Folder::at(&house.dir)), &Options::default()).unwrap();
    assert_eq!(report.verdict, ovn_verify::Verdict::Matches, "{report:#?}");
}

/// The text and the version that the form of a draft has.
pub(crate) fn text_of(browser: &mut Browser<'_>, draft: &str) -> (String, String) {
    let html = browser.get(draft).html;
    let version = html.split_once("name=\"version\" value=\"").unwrap().1;
    let version = version.split('"').next().unwrap().to_owned();
    let (_, text) = html.split_once("<textarea id=\"text\"").unwrap();
    let text = text.split_once('>').unwrap().1.split_once("</textarea>").unwrap().0;
    let text = text.replace("&#34;", "\"").replace("&#38;", "&").replace("&#39;", "'");
    (text.trim_start().to_owned(), version)
}

#[test]
fn the_editor_gives_a_file_and_is_told_how_to_cite_it() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let page = amina.get(&draft).html;
    let place = format!("{draft}/sources/file");
    let scripted = page.contains("data-document=");
    assert_eq!(page.contains(&format!("data-sources=\"{place}\"")), scripted);
    let (status, json) = put(&mut amina, &place, "A letter", "letter.eml", MAIL);
    assert_eq!(status, 200, "{json}");
    let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((answer["id"].as_str(), answer["waiting"].as_u64()), (Some("a-letter"), Some(1)));
    assert_eq!(answer["references"][1]["title"], "A letter");
    let (status, json) =
        put(&mut amina, &place, "A", "a.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    assert_eq!(status, 422);
    assert!(json.contains("is an archive"), "{json}");
    let token = std::mem::replace(&mut amina.token, "0".repeat(64));
    assert_eq!(put(&mut amina, &place, "A", "a.txt", b"words").0, 403);
    amina.token = token;
    // The message's words are found and shown as words.
    let place = library_of(&mut amina, "bridge+holds");
    let shown = amina.get(&place).html;
    assert!(
        shown.contains("relay.office.example") && shown.contains("The bridge holds."),
        "{shown}"
    );
    assert!(!shown.contains("<script>steal"), "{shown}");
}

#[test]
fn case_027_what_is_refused_comes_back_with_what_was_typed() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let place = format!("{draft}/sources/file");
    amina.get(&format!("{draft}/sources"));
    for (name, file, why) in [
        ("../../x.zip", &b"Rar!\x1a\x07\0"[..], "x.zip: the file is an archive"),
        ("photo\u{202e}gpj.exe", b"MZ\0\0", "photogpj.exe: the file is a program"),
        ("a.pdf", b"", "a.pdf: the file is empty"),
    ] {
        let shown = amina.send(&place, &fields("Kept <b>title", ""), name, file);
        assert_eq!(shown.status, 422, "{name}");
        assert!(shown.html.contains(why), "{name}: {}", shown.html);
        assert!(shown.html.contains("value=\"Kept &#60;b&#62;title\""), "{}", shown.html);
    }
    let mut odd = fields("A", "").to_vec();
    odd.push(("role", "editor"));
    assert_eq!(amina.send(&place, &odd, "a.txt", b"words").status, 400);
    assert!(!amina.get("/library").html.contains("href=\"/library/"));
}

#[test]
fn case_069_a_confidential_file_is_at_no_public_address() {
    let house = House::new(false);
    let mut amina = house.first();
    let links = [amina.invite("reporter"), amina.invite("reporter")];
    let [mut bilal, mut carim] = [Browser::new(&house), Browser::new(&house)];
    bilal.join(&links[0], "Bilal");
    carim.join_in(&links[1], "Carim", "ur");
    let draft = bilal.draft(TEXT);
    bilal.get(&format!("{draft}/sources"));
    let file = [PDF, b"canary-file"].concat();
    let hash = hex::encode(&sha256(&file));
    let place = format!("{draft}/sources/file");
    let sent = bilal.send(&place, &fields("A paper", "canary-who"), "canary-name.pdf", &file);
    assert_eq!(sent.status, 303, "{}", sent.html);
    let source = library_of(&mut bilal, "");
    assert!(bilal.get(&source).html.contains("canary-name.pdf"));
    assert_eq!(amina.get(&format!("{source}/copy")).html.as_bytes(), file);
    for path in [source.clone(), format!("{source}/copy")] {
        assert_eq!(carim.get(&path).status, 404, "{path}");
    }
    assert!(!carim.get("/library").html.contains("A paper"));
    let theirs = carim.draft(&TEXT.replace("the-bridge", "theirs"));
    assert!(!carim.get(&format!("{theirs}/sources?q=paper")).html.contains("A paper"));
    for name in [format!("{hash}.jpg"), format!("{hash}.pdf"), "confidential".to_owned()] {
        assert_eq!(carim.get(&format!("{theirs}/pictures/{name}")).status, 404, "{name}");
    }
    let (text, version) = text_of(&mut bilal, &draft);
    let cited = text.replace("[@council]", "[@council; @source]");
    bilal.post(&draft, &[("version", &version), ("text", &cited)]);
    amina.get(&format!("{draft}/publish"));
    let published = amina.post(&format!("{draft}/publish"), &[("version", "4")]);
    assert_eq!(published.status, 303, "{}", published.html);
    // Everything that readers and machines can ask for.
    let path = amina.get("/articles").html;
    let path = path.split_once("name=\"path\" value=\"").unwrap().1.split('"').next().unwrap();
    let own = [
        path.to_owned(),
        format!("{path}.json"),
        format!("{path}.md"),
        format!("{path}.tlog-proof"),
    ];
    let lists = [
        "/",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/sources",
    ];
    for address in own.into_iter().chain(lists.map(str::to_owned)) {
        let answer = house.site.respond(&Request::get(&address).unwrap());
        let body = super::house::text(&answer);
        for word in ["canary", hash.as_str(), "R. <b>Example"] {
            assert!(!body.contains(word), "{word} at {address}");
        }
    }
    assert_eq!(house.reads(&format!("/record/blob/{hash}")).0, 404);
    assert!(house.reads(path).1.contains("A paper"));
}
