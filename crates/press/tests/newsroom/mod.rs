//! A small edition for tests: its folder, its settings, its sealer, and drafts to seal.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use ovn_edition::leaf::{Id, Kind};
use ovn_edition::model::{Article, Block, Class, Inline};
use ovn_edition::sealed::{self, Place};
use ovn_press::keys::Keys;
use ovn_press::seal::{
    Chance, Clock, Draft, Error, Faults, NoFaults, Sealer, Subject, system_chance,
};
use ovn_store::rows::Head;
use ovn_store::{Facts, Files, Search, Settings, keys_folder};
use ovn_tests::postgres::{self, Database};
use ovn_tlog::{AuditReport, VerifierKey, audit::audit};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub const ORIGIN: &str = "news.example";
pub const NOW: u64 = 1_795_000_000_000;

/// An edition in a folder that vanishes.
pub struct Newsroom {
    pub home: tempfile::TempDir,
    pub database: Option<Database>,
    pub time: Arc<AtomicU64>,
}

impl Newsroom {
    /// With keys, and nothing sealed.
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let database = postgres::database_for(module_path!());
        let room = Self { home, database, time: Arc::new(AtomicU64::new(NOW)) };
        Keys::generate(&keys_folder(&room.dir()), ORIGIN, &system_chance()).unwrap();
        room
    }

    pub fn dir(&self) -> PathBuf {
        self.home.path().join("edition")
    }

    pub fn open(&self) -> Result<Sealer, Error> {
        self.open_with(Arc::new(NoFaults))
    }

    pub fn open_with(&self, faults: Arc<dyn Faults>) -> Result<Sealer, Error> {
        open(&self.dir(), self.address().as_deref(), self.clock(), faults)
    }

    /// The address of its database, if that is not a file.
    pub fn address(&self) -> Option<String> {
        self.database.as_ref().map(Database::address)
    }

    /// Copies folder and database, as a backup would, and gives the address of the copy's database.
    pub fn copy_to(&self, dir: &Path) -> Option<Database> {
        copy(&self.dir(), dir);
        self.database.as_ref().map(Database::copy)
    }

    /// Every file in which the edition is kept, with its bytes; the server's journal is not looked at.
    pub fn kept(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut kept = files(self.home.path());
        kept.extend(self.database.iter().flat_map(Database::files));
        kept
    }

    pub fn clock(&self) -> Clock {
        let time = self.time.clone();
        Arc::new(move || time.load(Ordering::SeqCst))
    }
}

pub fn settings() -> Settings {
    let languages = vec!["en".into(), "ur".into()];
    let url = "https://news.example".into();
    Settings { name: "Test".into(), origin: ORIGIN.into(), url, languages, ..Settings::default() }
}

pub fn open(
    dir: &Path,
    database: Option<&str>,
    clock: Clock,
    faults: Arc<dyn Faults>,
) -> Result<Sealer, Error> {
    let chance: Chance = system_chance();
    let settings = Settings { database: database.map(str::to_owned), ..settings() };
    Sealer::open_with(dir, &settings, clock, chance, faults)
}

/// An article of two paragraphs, at an address of its own.
pub fn article(slug: &str, subject: Subject, class: Class) -> Draft {
    let text = |words: &str| vec![Inline::Text { text: words.into(), marks: Vec::new() }];
    let first = format!("The first words of {slug}.");
    let mut article = Article {
        lang: "en".into(),
        headline: format!("Headline {slug}"),
        standfirst: Some("In short".into()),
        body: vec![
            Block::Paragraph { content: text(&first) },
            Block::Paragraph { content: text("Zarqa Malik lives at number nine.") },
        ],
        ..Article::default()
    };
    article.change.class = class;
    let path = format!("/2026/11/{slug}");
    let local = "2026-11-24T14:20+05:00".to_owned();
    let place = Place { path: path.clone(), at: NOW, local: local.clone() };
    let kind = if class.corrects() { Kind::Correction } else { Kind::Revision };
    let head = Head {
        path,
        local,
        lang: "en".into(),
        headline: article.headline.clone(),
        standfirst: article.standfirst.clone(),
        class,
        ..Head::default()
    };
    let body = format!("{}\nzarqa malik lives at number nine.", first.to_lowercase());
    let written = format!("{first}\nZarqa Malik lives at number nine.");
    let search = Search {
        headline: article.headline.to_lowercase(),
        standfirst: "in short".into(),
        body,
        text: written,
    };
    let mut draft = Draft::new(kind, subject, sealed::blocks(&article, &place).unwrap());
    draft.facts = Facts { head: Some(head), search: Some(search), ..Facts::default() };
    draft
}

pub fn new_article(slug: &str) -> Draft {
    article(slug, Subject::New, Class::Publication)
}

pub fn correction(slug: &str, id: Id) -> Draft {
    article(slug, Subject::Of(id), Class::Correction)
}

/// The record's files, audited from their first byte to their last.
pub fn check_record(dir: &Path) -> AuditReport {
    let vkey = std::fs::read_to_string(dir.join("record/vkey")).unwrap();
    let key: VerifierKey = vkey.trim_end().parse().unwrap();
    audit(&Files::of(dir), &key, |_, _| {}).unwrap()
}

/// Copies a folder as a backup would.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        let target = to.join(item.file_name());
        if item.file_type().unwrap().is_dir() {
            copy(&item.path(), &target);
        } else {
            std::fs::copy(item.path(), target).unwrap();
        }
    }
}

/// Every file below a folder, with its bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).into_iter().flatten() {
        let item = item.unwrap();
        if item.file_type().unwrap().is_dir() {
            found.extend(files(&item.path()));
        } else {
            found.push((item.path(), std::fs::read(item.path()).unwrap()));
        }
    }
    found.sort();
    found
}
