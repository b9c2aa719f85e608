//! Changing `ovn.toml` as a person would: only what is to be another, every comment and every other key left as it was.

use super::{Publisher, Section, Settings, parse};
use crate::Error;
use crate::write::{self, Lasts};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// The file's name in the edition's folder, and that of what it said before the last change.
const FILE: &str = "ovn.toml";
const BEFORE: &str = "ovn.toml.before";

/// What `ovn.toml` says, and the hash by which it is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file's text.
    pub text: String,
    /// SHA-256 of it.
    pub hash: [u8; 32],
    /// What it says, without the environment.
    pub settings: Settings,
}

impl Written {
    /// Reads the file in the edition's folder `dir`.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn read(dir: &Path) -> Result<Self, Error> {
        let text = Settings::text(dir)?;
        let refuse = |sentence| Error::Settings { path: dir.join(FILE), sentence };
        let settings = parse(&text).map_err(refuse)?;
        Ok(Self { hash: Sha256::digest(text.as_bytes()).into(), text, settings })
    }

    /// The text with what `to` has otherwise: name, motto, url, languages, zone, sections, publisher and four eyes. Every
    /// other key, every comment and the order of the lines stay.
    ///
    /// # Errors
    /// A sentence, when the file is written in a way in which it can't be changed without changing more.
    pub fn with(&self, to: &Settings) -> Result<String, String> {
        let mut file: DocumentMut = self.text.parse().map_err(|error| format!("{error}"))?;
        let from = &self.settings;
        let root = file.as_table_mut();
        for (key, was, is) in [
            ("name", &from.name, &to.name),
            ("url", &from.url, &to.url),
            ("zone", &from.zone, &to.zone),
        ] {
            if was != is {
                put(root, key, is.as_str().into());
            }
        }
        if from.languages != to.languages {
            put(root, "languages", Value::Array(to.languages.iter().map(String::as_str).collect()));
        }
        if from.four_eyes != to.four_eyes {
            put(root, "four-eyes", to.four_eyes.into());
        }
        if from.motto != to.motto {
            texts(root, "motto", &from.motto, &to.motto)?;
        }
        if from.publisher != to.publisher {
            texts(root, "publisher", &lines(&from.publisher), &lines(&to.publisher))?;
        }
        if from.sections != to.sections {
            sections(root, &to.sections)?;
        }
        let text = file.to_string();
        let said: Settings = parse(&text)?;
        if said == changed(from, to) {
            Ok(text)
        } else {
            Err("it is written in an unusual way; change it by hand".into())
        }
    }

    /// Puts `text` in the place of the file in `dir`, if that is still the one that was read, and keeps what it said
    /// before; false when somebody changed it meanwhile. Whoever reads finds one of the two whole.
    ///
    /// # Errors
    /// [`Error::File`] when it can't be written: it says then what it said.
    pub fn replace(&self, dir: &Path, text: &str) -> Result<bool, Error> {
        let path = dir.join(FILE);
        let failed = |error| Error::File { path: path.clone(), error };
        if fs::symlink_metadata(&path).map_err(failed)?.is_symlink() {
            let sentence = "it is a link to a file elsewhere; change it there".into();
            return Err(Error::Settings { path, sentence });
        }
        // Other processes that change it wait at the folder; a hand with an editor doesn't, so the file is compared too.
        let folder = File::open(dir).map_err(failed)?;
        folder.lock().map_err(failed)?;
        let now = fs::read(&path).map_err(failed)?;
        if Sha256::digest(&now).as_slice() != self.hash {
            return Ok(false);
        }
        let mode = fs::metadata(&path).map_err(failed)?.permissions();
        for (name, bytes) in [(BEFORE, now.as_slice()), (FILE, text.as_bytes())] {
            write::replace_as(&dir.join(name), bytes, dir, Lasts::Now, Some(&mode))
                .map_err(failed)?;
        }
        drop(folder.unlock());
        Ok(true)
    }
}

/// `from` with the keys that are changed here as `to` has them.
fn changed(from: &Settings, to: &Settings) -> Settings {
    let mut all = from.clone();
    all.take_live(to);
    all
}

impl Settings {
    /// Takes over what may change while the program runs: name, motto, url, languages, zone, sections, publisher, four eyes.
    pub fn take_live(&mut self, from: &Self) {
        self.name.clone_from(&from.name);
        self.motto.clone_from(&from.motto);
        self.url.clone_from(&from.url);
        self.languages.clone_from(&from.languages);
        self.zone.clone_from(&from.zone);
        self.sections.clone_from(&from.sections);
        self.publisher.clone_from(&from.publisher);
        self.four_eyes = from.four_eyes;
    }
}

fn lines(publisher: &Publisher) -> BTreeMap<String, String> {
    let Publisher { name, address, contact, ownership } = publisher.clone();
    let all =
        [("name", name), ("address", address), ("contact", contact), ("ownership", ownership)];
    all.into_iter().map(|(key, text)| (key.to_owned(), text)).collect()
}

/// Sets a key to a value; what stands around the one before, a comment at the line's end as well, stays.
fn put(table: &mut dyn TableLike, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// Sets the texts of a table, such as the motto's for each language.
fn texts(
    root: &mut Table,
    key: &str,
    from: &BTreeMap<String, String>,
    to: &BTreeMap<String, String>,
) -> Result<(), String> {
    let item = root.entry(key).or_insert_with(|| Item::Table(Table::new()));
    let table = item.as_table_like_mut().ok_or_else(|| format!("{key} is no table"))?;
    for gone in from.keys().filter(|one| !to.contains_key(*one)) {
        table.remove(gone);
    }
    for (name, text) in to.iter().filter(|(name, text)| from.get(*name) != Some(*text)) {
        put(table, name, text.as_str().into());
    }
    Ok(())
}

/// Puts the sections in order, each with its own lines if it had some.
fn sections(root: &mut Table, to: &[Section]) -> Result<(), String> {
    match root.get_mut("sections") {
        Some(Item::Value(Value::Array(array))) => in_line(array, to),
        Some(Item::ArrayOfTables(array)) => tables(array, to)?,
        Some(_) => return Err("sections is no list".into()),
        None => {
            let mut array = ArrayOfTables::new();
            to.iter().for_each(|section| array.push(table(section)));
            root.insert("sections", Item::ArrayOfTables(array));
        }
    }
    if to.is_empty() {
        root.remove("sections");
    }
    Ok(())
}

fn names(section: &Section) -> InlineTable {
    section.name.iter().map(|(lang, name)| (lang.as_str(), name.as_str())).collect()
}

fn table(section: &Section) -> Table {
    let mut table = Table::new();
    table.insert("slug", Item::Value(section.slug.as_str().into()));
    table.insert("name", Item::Value(Value::InlineTable(names(section))));
    table
}

/// `sections = [{ … }]`
fn in_line(array: &mut Array, to: &[Section]) {
    let slug = |value: &Value| value.as_inline_table()?.get("slug")?.as_str().map(str::to_owned);
    let old: Vec<(Option<String>, Value)> =
        array.iter().map(|one| (slug(one), one.clone())).collect();
    array.clear();
    for section in to {
        let known = old.iter().find(|(slug, _)| slug.as_deref() == Some(&section.slug));
        let mut one = match known.and_then(|(_, value)| value.as_inline_table()) {
            Some(known) => known.clone(),
            None => InlineTable::from_iter([("slug", section.slug.as_str())]),
        };
        put(&mut one, "name", Value::InlineTable(names(section)));
        match known {
            Some(_) => array.push_formatted(Value::InlineTable(one)),
            None => array.push(one),
        }
    }
}

/// `[[sections]]`
fn tables(array: &mut ArrayOfTables, to: &[Section]) -> Result<(), String> {
    let slug = |table: &Table| table.get("slug").and_then(Item::as_str).map(str::to_owned);
    let old: Vec<(Option<String>, Table)> =
        array.iter().map(|one| (slug(one), one.clone())).collect();
    // Tables are written in the order of their places, so those change hands with the order of the sections.
    let mut places: Vec<isize> = old.iter().flat_map(|(_, one)| all_places(one)).collect();
    places.sort_unstable();
    let mut places = places.into_iter();
    array.clear();
    for section in to {
        let known = old.iter().find(|(slug, _)| slug.as_deref() == Some(&section.slug));
        let mut one = match known {
            None => table(section),
            Some((_, known)) => {
                let mut known = known.clone();
                let said: BTreeMap<String, String> = known
                    .get("name")
                    .and_then(Item::as_table_like)
                    .ok_or("a section has no name")?
                    .iter()
                    .filter_map(|(lang, name)| Some((lang.to_owned(), name.as_str()?.to_owned())))
                    .collect();
                texts(&mut known, "name", &said, &section.name)?;
                if section.name.is_empty() {
                    // Written as `name.en = …`, none of it would be left.
                    known.insert("name", Item::Value(Value::InlineTable(InlineTable::new())));
                }
                known
            }
        };
        one.set_position(places.next());
        if let Some(Item::Table(names)) = one.get_mut("name").filter(|item| is_apart(item)) {
            names.set_position(places.next());
        }
        array.push(one);
    }
    Ok(())
}

fn all_places(table: &Table) -> Vec<isize> {
    let below = table.get("name").filter(|item| is_apart(item));
    let below = below.and_then(Item::as_table).and_then(Table::position);
    table.position().into_iter().chain(below).collect()
}

/// Whether a table has lines of its own, under a heading.
fn is_apart(item: &Item) -> bool {
    item.as_table().is_some_and(|table| !table.is_dotted())
}
