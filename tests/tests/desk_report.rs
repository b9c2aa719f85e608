//! The desk's report on one article: sealed with it, shown on its page, checked with it, answered in a correction.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use ovn_edition::{
    canon, markdown,
    model::{Change, Class},
    report::Report,
    sealed::{self, Document},
};
use ovn_press::{
    check::{self, Saved},
    house, init,
    newsroom::Newsroom,
    publish,
};
use ovn_site::{Request, Site};
use ovn_store::{Folder, Reader, Settings};
use ovn_tests::postgres::{self, environment};
use ovn_verify::Verdict;
use std::path::Path;

const RULES: &str = "\
[[rules]]
id = \"historic\"
version = 1
lang = \"en\"
level = \"look\"
phrases = [\"historic\"]
why = \"“{}” is said in the article's own voice.\"
settle = \"Say who calls it so.\"
";

const FILE: &str = "\
---
headline: The bridge opens
lang: en
slug: bridge
parties: [City council]
replies:
  - party: City council
    asked: 2025-08-04
    outcome: declined
---
The historic bridge opened on Monday.
";

const ANSWER: &str = "answers:
  - rule: house/historic
    words: historic
    because: It is on the list of monuments.
---
The historic bridge";

type Database = Option<postgres::Database>;

fn publish(dir: &Path, database: &Database, text: &str, change: Option<Change>) -> String {
    let room = Newsroom::open(dir, &environment(database.as_ref())).unwrap();
    let ready = publish::check(&room, text.as_bytes(), &Folder::at(dir), change).unwrap();
    publish::publish(&room, vec![ready]).unwrap().remove(0).path
}

fn saved(dir: &Path, database: &Database, path: &str) -> Saved {
    let settings = Settings::read(dir, &environment(database.as_ref())).unwrap();
    let reader = Reader::open(dir, settings.database.as_deref()).unwrap();
    let site = Site::new(settings, reader).unwrap();
    let get = |end: &str| {
        let answer = site.respond(&Request::get(&format!("{path}{end}")).unwrap());
        assert_eq!(answer.status.as_u16(), 200, "{path}{end}");
        answer.body.to_vec()
    };
    Saved { html: Some(get("")), document: get(".json"), proof: get(".tlog-proof") }
}

/// The page of the newest revision, after checking that page, report and proof agree.
fn checked(dir: &Path, database: &Database, path: &str) -> String {
    let saved = saved(dir, database, path);
    let document = Document::read(&saved.document).unwrap();
    let (article, _) = sealed::article(&document).unwrap();
    let sealed = sealed::report(&document).unwrap().unwrap();
    let house = house::parse(RULES).unwrap();
    let bytes = |report: &Report| canon::write(&serde_json::to_value(report).unwrap()).unwrap();
    assert_eq!(bytes(&sealed), bytes(&ovn_desk::report(&article, &house)));
    assert_eq!(bytes(&sealed), bytes(&ovn_desk::again(&article, &sealed).unwrap()));
    let room = Newsroom::open(dir, &environment(database.as_ref())).unwrap();
    let key = room.keys().verifier().clone();
    let report = check::saved(&saved, &key);
    assert_eq!(report.verdict, Verdict::Matches, "{report:#?}");
    let html = String::from_utf8(saved.html.clone().unwrap()).unwrap();
    // A page that leaves the question out is not the page that was sealed.
    let other = html.replace("Say who calls it so.", "").into_bytes();
    let report = check::saved(&Saved { html: Some(other), ..saved }, &key);
    assert_eq!(report.verdict, Verdict::Differs, "{report:#?}");
    html
}

#[test]
fn a_report_is_sealed_shown_checked_and_answered() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("edition");
    let toml = init::settings("Test", "test.example", "https://test.example");
    let database = postgres::database_for(module_path!());
    init::edition(&dir, &toml, &environment(database.as_ref())).unwrap();
    std::fs::write(dir.join("desk.toml"), RULES).unwrap();
    let path = publish(&dir, &database, FILE, None);
    let html = checked(&dir, &database, &path);
    assert!(html.contains("“historic” is said in the article's own voice."), "{html}");
    assert!(html.contains("The newsroom gave no answer.") && html.contains("would not comment"));
    let answered = FILE.replace("---\nThe historic bridge", ANSWER);
    let change =
        Change { class: Class::Update, note: Some("The desk is answered.".into()), asked_by: None };
    assert_eq!(publish(&dir, &database, &answered, Some(change)), path);
    let html = checked(&dir, &database, &path);
    assert!(html.contains("The newsroom keeps it:</b> It is on the list of monuments."));
    let document = Document::read(&saved(&dir, &database, &path).document).unwrap();
    let (mut article, _) = sealed::article(&document).unwrap();
    article.change = Change::default();
    assert_eq!(article, markdown::read(answered.as_bytes()).unwrap());
}
