//! `ovn import` and `ovn export`: content comes in and goes out as files.

use super::{environment, mirror::progress};
use crate::{
    args::{Export, Import, Target},
    outcome::Outcome,
};
use ovn_press::{copy::Copy, export, import, many};
use ovn_site::{Request, Site, Tampering};
use ovn_store::{Folder, Reader, Settings};
use serde_json::json;
use std::path::Path;

pub(super) fn import(import: &Import, json: bool) -> Outcome {
    let Import::Page { file } = import;
    let bytes = match super::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::unknown(format!("{}: {error}", file.display())),
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match import::page(&bytes, &name) {
        Err(error) => Outcome::unknown(format!("{}: {error}", file.display())),
        Ok(draft) => {
            if !json {
                for proposal in &draft.proposals {
                    // The draft goes to a file; what was guessed goes to the person.
                    eprintln!("ovn: proposed: {proposal}");
                }
            }
            let proposals: Vec<String> = draft.proposals.iter().map(ToString::to_string).collect();
            let value = json!({"markdown": draft.markdown, "proposals": proposals});
            Outcome::good(draft.markdown).in_json(json, &value)
        }
    }
}

pub(super) fn export(export: &Export, json: bool) -> Outcome {
    let (Export::Site(target) | Export::Markdown(target) | Export::Record(target)) = export;
    let done = match export {
        Export::Site(_) => site(target, json),
        Export::Markdown(_) => markdown(target).map(Given::of),
        Export::Record(_) => record(target, &Folder::at(&target.out)).map(Given::of),
    };
    match done {
        Err(why) => Outcome::unknown(why),
        Ok(Given { files, long }) => {
            let mut words = format!("{files} files are in {}", target.out.display());
            if !long.is_empty() {
                let count = long.len();
                words += &format!(
                    "\n{count} addresses are longer than a file's name may be and are not among them:"
                );
                long.iter().for_each(|address| words += &format!("\n  {address}"));
            }
            let value = json!({"files": files, "out": target.out, "too-long": long});
            Outcome::good(words).in_json(json, &value)
        }
    }
}

/// What was given out.
#[derive(Default)]
struct Given {
    files: usize,
    /// Addresses that no file can be named after.
    long: Vec<String>,
}

impl Given {
    fn of(files: usize) -> Self {
        Self { files, ..Self::default() }
    }
}

fn markdown(target: &Target) -> Result<usize, String> {
    let settings = Settings::read(&target.dir, &environment).map_err(|error| error.to_string())?;
    let reader = Reader::of(&target.dir, &settings).map_err(|error| error.to_string())?;
    let (edition, out) = (edition(&target.dir)?, Folder::at(&target.out));
    export::markdown(&reader, &edition, &out).map_err(|error| error.to_string())
}

fn record(target: &Target, out: &Folder) -> Result<usize, String> {
    export::record(&edition(&target.dir)?, out).map_err(|error| error.to_string())
}

/// The record of the edition in `dir`, wherever it is kept.
fn edition(dir: &Path) -> Result<Copy, String> {
    Copy::of(&dir.to_string_lossy(), &environment).map_err(|error| error.to_string())
}

fn site(target: &Target, quiet: bool) -> Result<Given, String> {
    // Each page is asked for once, so none is kept, neither in memory nor packed.
    let mut settings =
        Settings::read(&target.dir, &environment).map_err(|error| error.to_string())?;
    (settings.page_memory, settings.page_disk) = (Some(0), Some(0));
    let site = open(&target.dir, settings)?;
    let out = Folder::at(&target.out);
    let addresses = site.addresses().map_err(|error| error.to_string())?;
    let bar = progress(quiet);
    bar.set_length(addresses.len() as u64);
    let done = many::each(&addresses, |address| {
        let written = page(&site, &out, address);
        bar.inc(1);
        written
    });
    let mut given = Given::default();
    for (address, done) in addresses.into_iter().zip(done) {
        match done? {
            Page::Written => given.files += 1,
            Page::TooLong => given.long.push(address),
            Page::Nothing => {}
        }
    }
    bar.finish_and_clear();
    given.files += record(target, &out)?;
    Ok(given)
}

/// What became of an address.
enum Page {
    Written,
    /// There is nothing at it.
    Nothing,
    TooLong,
}

/// Writes the page at an address, if there is one.
fn page(site: &Site, out: &Folder, address: &str) -> Result<Page, String> {
    let request = Request::get(address).ok_or_else(|| format!("{address} is no address"))?;
    let answer = site.respond(&request);
    if !answer.status.is_success() {
        return Ok(Page::Nothing);
    }
    let media = answer.headers.get("content-type").and_then(|value| value.to_str().ok());
    let Some(path) = export::file_of(address, media.unwrap_or_default()) else {
        return Ok(Page::TooLong);
    };
    export::put(out, &path, &answer.body).map_err(|error| error.to_string())?;
    Ok(Page::Written)
}

/// The site of the edition in `dir`, for reading.
pub(super) fn open(dir: &Path, settings: Settings) -> Result<Site, String> {
    let reader = Reader::current(dir, &settings).map_err(|error| error.to_string())?;
    let tampering = tampering(&Folder::at(dir))?;
    Site::with_tampering(settings, reader, tampering).map_err(|error| error.to_string())
}

/// A demonstration names an article that its site serves a tampered copy of; other editions have no such file.
fn tampering(edition: &Folder) -> Result<Option<Tampering>, String> {
    #[derive(serde::Deserialize)]
    struct Plan {
        article: String,
        swap: Vec<Swap>,
    }
    #[derive(serde::Deserialize)]
    struct Swap {
        sealed: String,
        tampered: String,
    }
    let wrong = |error: &dyn std::fmt::Display| format!("tampered.toml: {error}");
    let Some(bytes) = edition.read("tampered.toml").map_err(|error| wrong(&error))? else {
        return Ok(None);
    };
    let plan: Plan =
        toml::from_str(&String::from_utf8_lossy(&bytes)).map_err(|error| wrong(&error))?;
    let swaps = plan.swap.into_iter().map(|one| (one.sealed, one.tampered)).collect();
    Ok(Some(Tampering { path: plan.article, swaps }))
}
