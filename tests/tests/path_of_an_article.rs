//! The path of one article: from a file to a reader who can check it, corrected, mirrored, tampered with, removed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use ovn_edition::model::{Change, Class};
use ovn_press::{
    check::{self, Options, Saved},
    copy::Copy,
    init, mirror,
    newsroom::Newsroom,
    publish::{self, Published},
    remove,
};
use ovn_site::{Request, Site};
use ovn_store::{Folder, Reader, Settings};
use ovn_tests::postgres::{self, Database, environment};
use ovn_verify::Verdict;
use std::path::PathBuf;

const FILE: &str = "\
---
headline: Tariff falls to 19 percent
standfirst: A report says so.
lang: en
slug: tariff
sections: [News]
byline: [Desk]
topics: [Tariffs]
parties: [Government of A, Government of B]
references:
  - id: report
    type: report
    title: Report of the call
    author: [{literal: Ministry of A}]
    issued: 2025-08-04
    custom: {kind: statement, speaks-for: Government of A, file: report.txt}
---
The tariff falls to 19 percent, the ministry said [@report].

It did not say when.
";

struct House {
    _home: tempfile::TempDir,
    dir: PathBuf,
    beside: Folder,
    database: Option<Database>,
}

impl House {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("edition");
        let toml = init::settings("Test", "test.example", "https://test.example");
        let database = postgres::database_for(module_path!());
        init::edition(&dir, &toml, &environment(database.as_ref())).unwrap();
        let beside = Folder::at(home.path().join("desk"));
        beside.replace("report.txt", b"The ministry's words.").unwrap();
        Self { _home: home, dir, beside, database }
    }

    fn room(&self) -> Newsroom {
        Newsroom::open(&self.dir, &environment(self.database.as_ref())).unwrap()
    }

    fn publish(&self, text: &str, change: Option<Change>) -> Result<Published, String> {
        let room = self.room();
        let ready = publish::check(&room, text.as_bytes(), &self.beside, change);
        let ready = ready.map_err(|error| error.to_string())?;
        Ok(publish::publish(&room, vec![ready]).unwrap().remove(0))
    }

    fn site(&self) -> Site {
        let environment = environment(self.database.as_ref());
        let settings = Settings::read(&self.dir, &environment).unwrap();
        let reader = Reader::open(&self.dir, settings.database.as_deref()).unwrap();
        Site::new(settings, reader).unwrap()
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let answer = self.site().respond(&Request::get(path).unwrap());
        (answer.status.as_u16(), answer.body.to_vec())
    }

    fn saved(&self, path: &str) -> Saved {
        let part = |end: &str| {
            let (status, bytes) = self.get(&format!("{path}{end}"));
            assert_eq!(status, 200, "{path}{end}");
            bytes
        };
        Saved { html: Some(part("")), document: part(".json"), proof: part(".tlog-proof") }
    }

    fn verify(&self) -> Verdict {
        check::whole(&Copy::at(&self.dir.to_string_lossy()), &Options::default()).unwrap().verdict
    }
}

fn change(class: Class) -> Option<Change> {
    Some(Change { class, note: Some("It was 20.".into()), asked_by: None })
}

#[test]
fn a_published_file_is_a_page_that_anybody_can_check() {
    let house = House::new();
    let published = house.publish(FILE, None).unwrap();
    assert!(published.path.ends_with("/tariff"), "{}", published.path);
    let (status, page) = house.get(&published.path);
    assert_eq!(status, 200);
    assert!(String::from_utf8(page).unwrap().contains("Tariff falls to 19 percent"));
    assert_eq!(house.verify(), Verdict::Matches);
    let key = house.room().keys().verifier().clone();
    let saved = house.saved(&published.path);
    let report = check::saved(&saved, &key);
    assert_eq!(report.verdict, Verdict::Matches, "{report:#?}");
    // One number on the page, and one address in a link.
    for (from, to) in [("19 percent", "15 percent"), ("record/blob/", "record/blub/")] {
        let html = String::from_utf8(saved.html.clone().unwrap()).unwrap().replace(from, to);
        let report = check::saved(&Saved { html: Some(html.into_bytes()), ..saved.clone() }, &key);
        assert_eq!(report.verdict, Verdict::Differs, "{report:#?}");
    }
}

#[test]
fn the_file_comes_back_with_its_words() {
    let house = House::new();
    let published = house.publish(FILE, None).unwrap();
    let (_, markdown) = house.get(&format!("{}.md", published.path));
    let markdown = String::from_utf8(markdown).unwrap();
    let body = |text: &str| text.rsplit("---\n").next().unwrap().to_owned();
    assert_eq!(body(&markdown), body(FILE));
    // What came back can be published elsewhere and gives the same article.
    let again = ovn_edition::markdown::read(markdown.as_bytes()).unwrap();
    assert_eq!(ovn_edition::markdown::write(&again), markdown);
}

#[test]
fn a_revision_says_what_it_is() {
    let house = House::new();
    let first = house.publish(FILE, None).unwrap();
    let check = |text: &str, class: Option<Class>, expected: &str| {
        let why = house.publish(text, class.and_then(change)).unwrap_err();
        assert!(why.contains(expected), "{why}");
    };
    check(FILE, None, "reads the same");
    check(&FILE.replace("when", "why"), None, "published already");
    check(&FILE.replace("19 percent", "20 percent"), Some(Class::Typo), "can't pass as a typo");
    check(&FILE.replace("did not say", "did say"), Some(Class::Typo), "can't pass as a typo");
    check(&FILE.replace("slug: tariff", "slug: other"), Some(Class::Correction), "no article");
    check(&FILE.replace("[News]", "[Opera]"), Some(Class::Correction), "no section");
    let second =
        house.publish(&FILE.replace("19 percent", "20 percent"), change(Class::Correction));
    let second = second.unwrap();
    assert_eq!((second.path.as_str(), second.rev), (first.path.as_str(), 2));
    let (_, page) = house.get(&first.path);
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("20 percent") && page.contains("It was 20."));
    let (status, compare) = house.get(&format!("{}/compare/1-2", first.path));
    assert_eq!(status, 200);
    let compare = String::from_utf8(compare).unwrap();
    assert!(compare.contains("<ins") && compare.contains("<del"));
    let (status, old) = house.get(&format!("{}/r1", first.path));
    assert_eq!(status, 200);
    assert!(String::from_utf8(old).unwrap().contains("19 percent"));
    assert_eq!(house.verify(), Verdict::Matches);
}

#[test]
fn nothing_half_written_is_left_by_a_refusal() {
    let house = House::new();
    let size = |house: &House| house.room().reader().size().unwrap();
    let before = size(&house);
    house.publish(&FILE.replace("[@report]", "[@nobody]"), None).unwrap_err();
    house.publish(&FILE.replace("report.txt", "missing.txt"), None).unwrap_err();
    house.publish("no metadata", None).unwrap_err();
    assert_eq!(size(&house), before);
    assert_eq!(house.verify(), Verdict::Matches);
}

#[test]
fn a_mirror_is_checked_and_notices_a_rewritten_record() {
    let house = House::new();
    let first = house.publish(FILE, None).unwrap();
    let home = tempfile::tempdir().unwrap();
    let target = Folder::at(home.path());
    let key = house.room().keys().verifier().clone();
    let source = Copy::at(&house.dir.to_string_lossy());
    let copy = |source: &Copy| mirror::copy(source, &target, &key, &mut |_, _| {}).unwrap();
    assert_eq!(copy(&source).report.verdict, Verdict::Matches);
    house.publish(&FILE.replace("19", "20"), change(Class::Correction)).unwrap();
    let again = copy(&source);
    assert_eq!((again.report.verdict, again.entries), (Verdict::Matches, 4));
    // The publisher goes back to the older record, and a reader's mirror is longer.
    let page = house.saved(&first.path);
    assert_eq!(check::saved(&page, &key).verdict, Verdict::Matches);
    for path in target.list("record/document").unwrap() {
        let mut bytes = target.read(&path).unwrap().unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        target.replace(&path, &bytes).unwrap();
        let report = check::whole(&Copy::Folder(target.clone()), &Options::default()).unwrap();
        assert!(!report.verdict.good());
        bytes[at] ^= 1;
        target.replace(&path, &bytes).unwrap();
    }
}

#[test]
fn a_removal_takes_the_words_and_leaves_the_record_whole() {
    let house = House::new();
    let first = house.publish(FILE, None).unwrap();
    let order = remove::Order {
        path: first.path.clone(),
        ground: "privacy".into(),
        note: Some("A person asked.".into()),
        blocks: None,
    };
    remove::remove(&house.room(), &order).unwrap();
    let again = remove::remove(&house.room(), &order).unwrap_err().to_string();
    assert!(again.contains("was removed already"), "{again}");
    for class in [None, change(Class::Correction)] {
        let refused = house.publish(FILE, class).unwrap_err();
        assert!(refused.contains("was removed") && refused.contains("another slug"), "{refused}");
    }
    let (status, page) = house.get(&first.path);
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 410);
    assert!(!page.contains("Tariff falls") && page.contains("A person asked."));
    assert_eq!(house.verify(), Verdict::Matches);
    for path in Folder::at(&house.dir).list("").unwrap() {
        let bytes = Folder::at(&house.dir).read(&path).unwrap().unwrap();
        assert!(!bytes.windows(19).any(|words| words == b"It did not say when"), "{path}");
    }
}
