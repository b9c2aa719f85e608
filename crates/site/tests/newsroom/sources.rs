//! Sources in a browser without scripts: added, refused, looked at, saved, kept from those who may not know them.

use super::house::{Browser, House, TEXT};
use ovn_press::fetch::guarded::{Gate, Limits};
use ovn_press::fetch::names::Names;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

const PAGE: &str = "<!doctype html><script>steal()</script><h1>The bridge opens</h1>\
    <p onclick=steal()>On Monday.</p><img src=//evil.example/x><iframe src=//evil.example></iframe>";

#[derive(Debug)]
struct One(SocketAddr);

impl Names for One {
    fn resolve(&self, _: &str, _: Duration) -> Result<Vec<IpAddr>, String> {
        Ok(vec![[93, 184, 215, 14].into()])
    }

    fn wire(&self, _: SocketAddr) -> SocketAddr {
        self.0
    }
}

fn house() -> House {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let head = format!("content-type: text/html\r\ncontent-length: {}", PAGE.len());
            let _ = stream.write_all(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{PAGE}").as_bytes());
        }
    });
    House::through(false, Gate::new(Arc::new(One(server)), Limits::default()))
}

fn id_of(html: &str) -> String {
    let (_, rest) = html.split_once("href=\"/library/").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn case_049_an_archived_page_is_shown_as_words_and_saved_as_a_file() {
    let house = house();
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    assert!(amina.get(&draft).html.contains(&format!("{draft}/sources\"")));
    amina.get(&format!("{draft}/sources"));
    let fields = [
        ("url", "http://council.example/a"),
        ("kind", "statement"),
        ("title", ""),
        ("speaks", ""),
        ("issued", ""),
    ];
    let added = amina.post(&format!("{draft}/sources/fetch"), &fields);
    assert_eq!(
        (added.status, added.to.as_str()),
        (303, format!("{draft}/sources?did=the-bridge-opens").as_str()),
        "{}",
        added.html
    );
    assert!(amina.get(&added.to).html.contains("Cite it with [@the-bridge-opens]"));
    let library = amina.get("/library?q=bridge+open").html;
    let place = format!("/library/{}", id_of(&library));
    let shown = amina.get(&place);
    assert!(shown.html.contains("The bridge opens\n\nOn Monday."), "{}", shown.html);
    for never in ["steal", "evil.example", "onclick", "iframe"] {
        assert!(!shown.html.contains(never), "{never} in {}", shown.html);
    }
    let copy = amina.get(&format!("{place}/copy"));
    let header = |name: &str| copy.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert!(copy.html.starts_with("WARC/1.1\r\n") && copy.html.contains(PAGE));
    assert!(header("content-disposition").starts_with("attachment; filename=\""));
    assert_eq!(header("content-type"), "application/octet-stream");
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(
        (header("x-content-type-options"), header("cache-control")),
        ("nosniff".into(), "no-store".into())
    );
    assert!(copy.headers.get("access-control-allow-origin").is_none());
    let asked = amina.post(&format!("{place}/ask"), &[]);
    assert_eq!((asked.status, asked.to.as_str()), (303, place.as_str()));
    assert_eq!(house.reads(&place).0, 404, "readers have no library");
}

#[test]
fn what_is_refused_comes_back_with_what_was_typed() {
    let house = house();
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&format!("{draft}/sources"));
    for (url, why) in [
        ("http://127.1/x", "127.0.0.1 leads to 127.0.0.1, which is this machine"),
        ("http://169.254.169.254/latest/", "only public addresses are fetched"),
        ("file:///etc/passwd", "only http: and https:"),
    ] {
        let fields = [
            ("url", url),
            ("kind", "data"),
            ("title", "Kept <b>title"),
            ("speaks", ""),
            ("issued", ""),
        ];
        let shown = amina.post(&format!("{draft}/sources/fetch"), &fields);
        assert_eq!(shown.status, 422, "{url}");
        assert!(shown.html.contains(why), "{}", shown.html);
        assert!(shown.html.contains("value=\"Kept &#60;b&#62;title\""), "{}", shown.html);
    }
    assert!(!amina.get("/library").html.contains("href=\"/library/"));
}

#[test]
fn case_069_a_confidential_source_is_shown_to_few_and_no_reader() {
    let house = house();
    let mut amina = house.first();
    let (links, canary) = ([amina.invite("reporter"), amina.invite("reporter")], "canary-77aa");
    let [mut bilal, mut carim] = [Browser::new(&house), Browser::new(&house)];
    bilal.join(&links[0], "Bilal");
    carim.join_in(&links[1], "Carim", "ur");
    let draft = bilal.draft(TEXT);
    bilal.get(&format!("{draft}/sources"));
    let fields = [
        ("title", "Somebody at the bridge"),
        ("reason", "They fear for their post"),
        ("speaks", ""),
        ("details", canary),
    ];
    let added = bilal.post(&format!("{draft}/sources/confide"), &fields);
    assert_eq!(added.status, 303, "{}", added.html);
    let place = format!("/library/{}", id_of(&bilal.get("/library").html));
    assert!(bilal.get(&place).html.contains(canary));
    assert!(amina.get(&place).html.contains(canary), "an administrator may know");
    assert_eq!(carim.get(&place).status, 404);
    assert_eq!(carim.get(&format!("{place}/copy")).status, 404);
    assert!(!carim.get("/library").html.contains("Somebody"));
    let text = bilal.get(&draft).html;
    assert!(!text.contains(canary) && text.contains("commitment: "), "{text}");
    let cited = TEXT.replace("[@council]", "[@council; @source]");
    let source = text.split_once("  - id: source\n").unwrap().1.split_once("---\n").unwrap().0;
    let source = source.replace("&#34;", "\"");
    let cited = cited.replacen("\n---\n\n", &format!("\n  - id: source\n{source}---\n\n"), 1);
    amina.get(&draft);
    amina.post(&draft, &[("version", "3"), ("text", &cited)]);
    let sealed = amina.post(&format!("{draft}/publish"), &[("version", "4")]);
    assert_eq!(sealed.status, 303, "{}", sealed.html);
    let public = amina.get(&draft).html;
    let (_, rest) = public.split_once("href=\"https://news.example/").unwrap();
    let path = format!("/{}", rest.split('"').next().unwrap());
    for page in [
        path.as_str(),
        "/",
        "/feed.xml",
        "/sources",
        &format!("{path}.md"),
        &format!("{path}.json"),
    ] {
        assert!(!house.reads(page).1.contains(canary), "{page}");
    }
    assert!(house.reads(&path).1.contains("Somebody at the bridge"));
    for line in ["/trail", "/", "/articles"] {
        assert!(!amina.get(line).html.contains(canary), "{line}");
    }
}
