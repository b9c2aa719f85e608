//! `ovn export site`, and its files as any web server gives them out: by the path that an address means.
#![allow(clippy::unwrap_used, missing_docs)]

use ovn_store::Folder;
use percent_encoding::percent_decode_str;
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Output},
};

fn ovn(dir: &Path, arguments: &[&str]) -> Output {
    let answer =
        Command::new(env!("CARGO_BIN_EXE_ovn")).args(arguments).current_dir(dir).output().unwrap();
    assert_eq!(answer.status.code(), Some(0), "{arguments:?}: {answer:?}");
    answer
}

/// Where the links of `html` lead on the site itself.
fn links(html: &str) -> impl Iterator<Item = &str> {
    let all = html.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    all.map(|link| link.split(['?', '#']).next().unwrap_or_default())
}

#[test]
fn every_link_of_an_exported_site_leads_to_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let long = "خبر".repeat(60);
    let topics = ["HIV/AIDS", "C:\\x", "..", "100 %", "~2F", "اسحاق ڈار", "a & b?", &long];
    let topics = serde_json::to_string(&topics).unwrap();
    let file = format!(
        "---\nheadline: Names\nlang: en\ntopics: {topics}\nstory: one/two\n---\nIts words.\n"
    );
    fs::write(dir.path().join("a.md"), file).unwrap();
    ovn(dir.path(), &["init", "edition"]);
    ovn(dir.path(), &["publish", "a.md", "--dir", "edition"]);
    let said = ovn(dir.path(), &["export", "site", "copy", "--dir", "edition"]);
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("4 addresses are longer than a file's name may be"), "{said}");

    let copy = dir.path().join("copy");
    let mut all = Folder::at(&copy).list("").unwrap();
    all.retain(|path| path.ends_with(".html"));
    assert!(all.len() > 20, "{all:?}");
    let (mut lost, mut followed) = (BTreeSet::new(), 0);
    for page in &all {
        let html = fs::read_to_string(copy.join(page)).unwrap();
        for link in links(&html) {
            let path = percent_decode_str(link).decode_utf8().unwrap();
            let file = copy.join(&*path);
            followed += 1;
            if !file.is_file() && !file.join("index.html").is_file() {
                lost.insert(path.into_owned());
            }
        }
    }
    assert!(followed > 100);
    assert_eq!(lost, BTreeSet::from([format!("topic/{long}")]));
    for name in ["HIV~2FAIDS", "C:~5Cx", "~2E~2E", "100 %", "~7E2F", "اسحاق ڈار", "a & b?"]
    {
        let page = fs::read_to_string(copy.join("topic").join(name).join("index.html")).unwrap();
        assert!(page.contains("/names"), "{name}");
    }
}
