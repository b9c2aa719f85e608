//! A small edition for stories: articles with archived sources, a correction, a paragraph taken out, an article withdrawn.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use ovn_edition::model::{Change, Class};
use ovn_press::check::{self, Options};
use ovn_press::{copy::Copy, init, newsroom::Newsroom, publish, remove};
use ovn_site::{Request, Site};
use ovn_store::{Folder, Reader, Settings};
use ovn_verify::Verdict;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub struct Small {
    pub home: tempfile::TempDir,
    pub dir: PathBuf,
}

impl Small {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("edition");
        let toml = init::settings("Small", "small.example", "https://small.example");
        init::edition(&dir, &toml, &|_| None).unwrap();
        let edition = Self { home, dir };
        edition.publish("bridge", "The bridge opens in May.", None).unwrap();
        edition.publish("school", "The school closes early.", None).unwrap();
        let change =
            |class| Some(Change { class, note: Some("It was May.".into()), asked_by: None });
        edition.publish("bridge", "The bridge opens in June.", change(Class::Correction)).unwrap();
        edition.publish("gone", "A name that a court forbids.", None).unwrap();
        edition.publish("partly", "A street that nobody should know.", None).unwrap();
        edition.remove("gone", None);
        edition.remove("partly", Some(vec![9]));
        edition
    }

    pub fn room(&self) -> Newsroom {
        room(&self.dir).unwrap()
    }

    pub fn copy(&self) -> Copy {
        Copy::Folder(Folder::at(&self.dir))
    }

    pub fn publish(&self, slug: &str, words: &str, change: Option<Change>) -> Result<u64, String> {
        publish(&self.dir, slug, words, change)
    }

    fn remove(&self, slug: &str, blocks: Option<Vec<usize>>) {
        let path = self.path(slug);
        let (ground, note) = ("privacy".into(), Some("A person asked.".into()));
        remove::remove(&self.room(), &remove::Order { path, ground, note, blocks }).unwrap();
    }

    pub fn path(&self, slug: &str) -> String {
        let room = self.room();
        let local = room.local(room.now());
        format!("/{}/{slug}", local[..7].replace('-', "/"))
    }

    /// Every public address, with status and body.
    pub fn pages(&self) -> BTreeMap<String, (u16, Vec<u8>)> {
        pages(&self.dir)
    }

    /// The record holds, as anybody would check it.
    pub fn check(&self) {
        let report = check::whole(&self.copy(), &Options::default()).unwrap();
        assert_eq!(report.verdict, Verdict::Matches, "{report:#?}");
    }
}

pub fn room(dir: &Path) -> Result<Newsroom, String> {
    Newsroom::open(dir, &|_| None).map_err(|error| error.to_string())
}

pub fn site(dir: &Path) -> Site {
    let settings = Settings::read(dir, &|_| None).unwrap();
    let reader = Reader::open(dir, settings.database.as_deref()).unwrap();
    Site::new(settings, reader).unwrap()
}

pub fn pages(dir: &Path) -> BTreeMap<String, (u16, Vec<u8>)> {
    let site = site(dir);
    let ask = |path: String| {
        let answer = site.respond(&Request::get(&path).unwrap());
        (path, (answer.status.as_u16(), answer.body.to_vec()))
    };
    site.addresses().unwrap().into_iter().map(ask).collect()
}

pub fn publish(dir: &Path, slug: &str, words: &str, change: Option<Change>) -> Result<u64, String> {
    let room = room(dir)?;
    let home = tempfile::tempdir().unwrap();
    let beside = Folder::at(home.path());
    let source = format!("What the ministry said of the {slug}.");
    beside.replace("said.txt", source.as_bytes()).unwrap();
    let file = format!(
        "---\nheadline: About the {slug}\nstandfirst: In short.\nlang: en\nslug: {slug}\nsections: [News]\n\
         byline: [Desk]\ntopics: [Works]\nparties: [Ministry of Works]\nreferences:\n  - id: said\n    type: report\n    \
         title: What was said\n    author: [{{literal: Ministry of Works}}]\n    issued: 2025-08-04\n    \
         custom: {{kind: statement, speaks-for: Ministry of Works, file: said.txt}}\n---\n\
         {words} So the ministry said [@said].\n\nIt did not say why.\n"
    );
    let ready = publish::check(&room, file.as_bytes(), &beside, change);
    let ready = ready.map_err(|error| error.to_string())?;
    let done = publish::publish(&room, vec![ready]).map_err(|error| error.to_string())?;
    Ok(done[0].entry)
}
