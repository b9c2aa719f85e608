//! A whole request to a small edition's site: every answer is a deliberate one, and no header of it is split.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_press::{init, publish};
use ovn_site::{Request, Site};
use ovn_store::Folder;
use std::sync::OnceLock;

const ARTICLE: &str = "---\nheadline: A bridge reopens\nlang: en\ntopics: [Bridges]\nstory: The river\n---\nIt opened on Monday.\n";

/// An edition of one article, made once, in the system's folder for passing things.
fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let home = std::env::temp_dir().join(format!("ovn-fuzz-{}", std::process::id()));
        let toml = init::settings("Test", "test.example", "https://test.example");
        let room = init::edition(&home.join("edition"), &toml, &|_| None).expect("an edition");
        let beside = Folder::at(&home);
        let ready = publish::check(&room, ARTICLE.as_bytes(), &beside, None).expect("an article");
        publish::publish(&room, vec![ready]).expect("published");
        Site::new(room.settings().clone(), room.reader().clone()).expect("a site")
    })
}

fuzz_target!(|parts: (&str, &str, Vec<(&str, &str)>)| {
    let (method, target, headers) = parts;
    let Some(mut request) = Request::get(target) else { return };
    if let Ok(method) = method.parse() {
        request.method = method;
    }
    for (name, value) in headers {
        let name: Result<hyper::header::HeaderName, _> = name.parse();
        if let (Ok(name), Ok(value)) = (name, value.parse()) {
            request.headers.append(name, value);
        }
    }
    let answer = site().respond(&request);
    let status = answer.status.as_u16();
    assert!([200, 304, 308, 404, 405, 410, 414, 431].contains(&status), "{status}");
    for value in answer.headers.values() {
        assert!(!value.as_bytes().contains(&b'\n'));
    }
});
