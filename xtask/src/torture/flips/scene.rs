//! The edition whose bits are flipped: the demonstration, with a removal, a withdrawal and enough short articles for a
//! second level of tiles; its mirror; and what every page of it was.

use super::super::chance::Chance;
use crate::cargo;
use ovn_edition::leaf::Id;
use ovn_press::{copy::Copy, demo, mirror, newsroom::Newsroom, publish, remove, scrub};
use ovn_site::{Request, Site};
use ovn_store::rows::HeadKind;
use ovn_store::{Folder, Reader, Settings};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Short articles that are published last, and stand in the journal.
const LAST: usize = 20;

pub(super) struct Scene {
    pub(super) dir: PathBuf,
    pub(super) settings: Settings,
    pub(super) root: String,
    mirror: Folder,
    /// The record's files as they were.
    record: BTreeMap<String, Vec<u8>>,
    /// The database's file and journal, as after a crash.
    database: [(String, Vec<u8>); 2],
    /// The same rows in a folder of their own.
    rows: Reader,
    pages: BTreeMap<String, (u16, Vec<u8>)>,
    /// Articles from which something was removed: the record tells less of them than the rows do.
    partly: BTreeSet<Id>,
    size: u64,
}

/// What readers were answered.
pub(super) enum Answers {
    /// Nothing: the edition could not be opened.
    None,
    /// An older edition, whole and signed.
    Older,
    /// Pages.
    Given {
        /// Pages that were refused.
        refused: u64,
        /// Pages told from rows that differ.
        rows: u64,
        /// Addresses of sealed things that differ.
        sealed: Vec<String>,
    },
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Scene {
    /// With `short` short articles, so many that there are more than 256 entries or not.
    pub(super) fn make(home: &Path, short: usize) -> Result<Self, String> {
        let _ = fs::remove_dir_all(home);
        fs::create_dir_all(home).map_err(said)?;
        let dir = home.join("edition");
        let room = demonstration(&dir, short)?;
        let key = room.keys().verifier().clone();
        // While the newsroom is open its last rows stand in the journal, as after a crash.
        let read = |name: &str| fs::read(dir.join(name)).map_err(said);
        let database = ["edition.sqlite", "edition.sqlite-wal"];
        let [file, journal] = database;
        let database = [(file.to_owned(), read(file)?), (journal.to_owned(), read(journal)?)];
        let settings = room.settings().clone();
        let state = room.reader().state().map_err(said)?;
        let partly = partly(&room)?;
        drop(room);
        let own = Folder::at(&dir);
        let mut record = BTreeMap::new();
        for path in own.list("record").map_err(said)? {
            let bytes = own.read(&path).map_err(said)?.unwrap_or_default();
            record.insert(path, bytes);
        }
        let mirror = Folder::at(home.join("mirror"));
        let copied =
            mirror::copy(&Copy::Folder(own), &mirror, &key, &mut |_, _| {}).map_err(said)?;
        if !copied.report.verdict.good() {
            return Err("the mirror is not whole".into());
        }
        let kept = home.join("rows");
        fs::create_dir_all(&kept).map_err(said)?;
        let reader = Reader::open(&dir, None).map_err(said)?;
        reader.snapshot(&kept).map_err(said)?;
        let rows = Reader::open(&kept, None).map_err(said)?;
        let site = Site::new(settings.clone(), reader).map_err(said)?;
        let addresses = site.addresses().map_err(said)?;
        let pages = addresses
            .into_iter()
            .filter_map(|address| Some((address.clone(), get(&site, &address)?)));
        let pages = pages.collect();
        let checkpoint = ovn_tlog::Checkpoint::open(&state.checkpoint, &key).map_err(said)?;
        let (root, size) = (checkpoint.root().to_base64(), state.size);
        let scene =
            Self { dir, settings, root, mirror, record, database, rows, pages, partly, size };
        scene.database()?;
        Ok(scene)
    }

    pub(super) fn size(&self) -> String {
        let [(_, file), (_, journal)] = &self.database;
        format!(
            "{} entries, {} files of the record, {} bytes of rows and {} of their journal, {} pages",
            self.size,
            self.record.len(),
            file.len(),
            journal.len(),
            self.pages.len()
        )
    }

    /// A file, a byte and a bit.
    pub(super) fn choose(
        &self,
        kind: &str,
        chance: &mut Chance,
    ) -> Result<(String, usize, u8), String> {
        let [file, journal] = &self.database;
        let fits = |path: &&String| match kind {
            "tile" => path.starts_with("record/tile/"),
            "document" => path.starts_with("record/document/"),
            "blob" => path.starts_with("record/blob/"),
            _ => matches!(path.as_str(), "record/checkpoint" | "record/vkey"),
        };
        let (path, length) = match kind {
            "database" => (file.0.clone(), file.1.len()),
            "journal" => (journal.0.clone(), journal.1.len()),
            _ => {
                let paths: Vec<&String> = self.record.keys().filter(fits).collect();
                let path = chance.pick(&paths).ok_or("there is nothing to flip")?;
                ((*path).clone(), self.record.get(*path).map_or(0, Vec::len))
            }
        };
        let place = usize::try_from(chance.below(length as u64)).unwrap_or(0);
        Ok((path, place, u8::try_from(chance.below(8)).unwrap_or(0)))
    }

    pub(super) fn flip(&self, path: &str, place: usize, bit: u8) -> Result<(), String> {
        let whole = self.dir.join(path);
        let mut bytes = fs::read(&whole).map_err(said)?;
        if let Some(byte) = bytes.get_mut(place) {
            *byte ^= 1 << bit;
        }
        fs::write(whole, bytes).map_err(said)
    }

    /// Asks for every page, and for the record's file `path`.
    pub(super) fn ask(&self, path: &str) -> Answers {
        let Ok(reader) = Reader::open(&self.dir, None) else { return Answers::None };
        match reader.state() {
            Err(_) => return Answers::None,
            Ok(state) if state.size < self.size => return Answers::Older,
            Ok(_) => {}
        }
        let Ok(site) = Site::new(self.settings.clone(), reader) else { return Answers::None };
        let (mut refused, mut rows, mut sealed) = (0, 0, Vec::new());
        for (address, (status, body)) in &self.pages {
            let (now, bytes) = get(&site, address).unwrap_or_default();
            if now == *status && bytes == *body {
                continue;
            }
            if now == 503 {
                refused += 1;
            } else if is_sealed(address) || element(&bytes) != element(body) {
                sealed.push(address.clone());
            } else {
                rows += 1;
            }
        }
        if let Some(own) = self.record.get(path) {
            match get(&site, &format!("/{path}")) {
                Some((200, bytes)) if bytes != *own => sealed.push(path.to_owned()),
                Some((503, _)) => refused += 1,
                _ => {}
            }
        }
        Answers::Given { refused, rows, sealed }
    }

    pub(super) fn mending(&self) -> scrub::Order {
        let mirror = Some(Copy::Folder(self.mirror.clone()));
        scrub::Order { mend: true, mirror, ..scrub::Order::default() }
    }

    /// Whether every row of every table is what it was; what a removal made untellable is left out if `told` again.
    pub(super) fn same_rows(&self, told: bool) -> Result<bool, String> {
        let Ok(now) = Reader::open(&self.dir, None) else { return Ok(false) };
        let partly = if told { self.partly.clone() } else { BTreeSet::new() };
        let found = ovn_store::compare(&now, &self.rows, &partly);
        Ok(found.is_ok_and(|found| found.is_empty()))
    }

    /// Whether the file is what it was, if it is one of the record.
    pub(super) fn same_file(&self, path: &str) -> Result<bool, String> {
        let Some(own) = self.record.get(path) else { return Ok(true) };
        Ok(fs::read(self.dir.join(path)).map_err(said)? == *own)
    }

    pub(super) fn same_record(&self) -> Result<bool, String> {
        for path in self.record.keys() {
            if !self.same_file(path)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Puts everything back as it was.
    pub(super) fn reset(&self, path: &str) -> Result<(), String> {
        if let Some(own) = self.record.get(path) {
            fs::write(self.dir.join(path), own).map_err(said)?;
        }
        self.database()
    }

    fn database(&self) -> Result<(), String> {
        for item in fs::read_dir(&self.dir).map_err(said)? {
            let item = item.map_err(said)?;
            if item.file_name().to_string_lossy().starts_with("edition.sqlite") {
                fs::remove_file(item.path()).map_err(said)?;
            }
        }
        for (name, bytes) in &self.database {
            fs::write(self.dir.join(name), bytes).map_err(said)?;
        }
        Ok(())
    }
}

fn get(site: &Site, address: &str) -> Option<(u16, Vec<u8>)> {
    let answer = site.respond(&Request::get(address)?);
    Some((answer.status.as_u16(), answer.body.to_vec()))
}

/// Whether the whole answer is sealed, or proves what is.
fn is_sealed(address: &str) -> bool {
    let record = address.starts_with("/record/") && !address.contains("/entry/");
    record && !address.contains("tampered")
        || address.ends_with(".tlog-proof")
        || address.ends_with(".json") && address.starts_with("/2")
}

/// The part of a page that is sealed.
fn element(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let from = text.find("<article");
    let to = text.rfind("</article>");
    match (from, to) {
        (Some(from), Some(to)) if from < to && text.contains("data-b=") => {
            text.get(from..to).unwrap_or_default().as_bytes().to_vec()
        }
        _ => Vec::new(),
    }
}

/// The two short articles that lose something.
const LOSE: [(usize, Option<usize>); 2] = [(3, None), (5, Some(5))];

fn market(room: &Newsroom, number: usize) -> Result<String, String> {
    let paths = room.reader().paths(HeadKind::Article).map_err(said)?;
    let found = paths.into_iter().find(|path| path.ends_with(&format!("/market-{number}")));
    found.ok_or_else(|| "a short article is missing".to_owned())
}

fn partly(room: &Newsroom) -> Result<BTreeSet<Id>, String> {
    let one = |(number, _): &(usize, Option<usize>)| {
        let head = room.reader().head(&market(room, *number)?).map_err(said)?;
        head.map(|head| head.id).ok_or_else(|| "a short article is missing".to_owned())
    };
    LOSE.iter().map(one).collect()
}

/// The demonstration and more, and the newsroom that made it, still open.
fn demonstration(dir: &Path, short: usize) -> Result<Newsroom, String> {
    let folder = Folder::at(cargo::root().join("demo"));
    let mut files = Vec::new();
    for path in folder.list("").map_err(said)? {
        let bytes = folder.read(&path).map_err(said)?.unwrap_or_default();
        files.push((path, bytes));
    }
    let content = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let order = folder.read("order.toml").map_err(said)?.unwrap_or_default();
    let order = toml::from_str(&String::from_utf8_lossy(&order)).map_err(said)?;
    let room = demo::make(dir, "http://flips.example", &content, &order).map_err(said)?;
    let beside = Folder::at(dir.join("sources-in"));
    publish_short(&room, &beside, 0..short - LAST)?;
    for (number, block) in LOSE {
        let path = market(&room, number)?;
        let blocks = block.map(|block| vec![block]);
        let order = remove::Order { path, ground: "privacy".into(), note: None, blocks };
        remove::remove(&room, &order).map_err(said)?;
    }
    // A removal writes the database anew; what comes after it stands in the journal.
    publish_short(&room, &beside, short - LAST..short)?;
    Ok(room)
}

fn publish_short(room: &Newsroom, beside: &Folder, numbers: Range<usize>) -> Result<(), String> {
    let one = |number| {
        let text = format!(
            "---\nheadline: The market of day {number} closes on time\nlang: en\nslug: market-{number}\n---\n\
             Stalls were open until six on day {number}, and {} of them sold out.\n",
            number % 17
        );
        publish::check(room, text.as_bytes(), beside, None).map_err(said)
    };
    let ready = numbers.map(one).collect::<Result<Vec<_>, _>>()?;
    publish::publish(room, ready).map(drop).map_err(said)
}
