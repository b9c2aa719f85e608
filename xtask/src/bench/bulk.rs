//! `bench bulk`: so many articles sealed through the product's own verbs, tenth by tenth, and then the whole record checked.

use super::figures::{rate, verdict};
use super::generate::{Generator, room};
use super::place::{Place, machine};
use ovn_edition::commit::sha256;
use ovn_press::check::{self, Options as Checking};
use ovn_press::copy::Copy;
use ovn_press::publish;
use ovn_store::Folder;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const USAGE: &str = "Usage: cargo xtask bench bulk [--dir DIR] [--keep DIR] [--count 100000] [--batch 1000]
  with --keep the edition stays in DIR/edition, where `bench search --dir DIR` and `bench serve --edition DIR/edition` find it
  publishes COUNT made-up articles in batches; goal: the last tenth at most 1.2 times the first
  then checks the record as `ovn verify DIR` does; goal: at most 2 times reading and hashing its files";

/// How much dearer the last tenth may be than the first.
const GROWTH: f64 = 1.2;
/// How much dearer checking may be than reading and hashing.
const CHECKING: f64 = 2.0;

/// What the arguments ask for.
struct Options {
    dir: Option<String>,
    keep: Option<PathBuf>,
    count: u64,
    batch: u64,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self { dir: None, keep: None, count: 100_000, batch: 1_000 };
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let value = rest.next().ok_or(USAGE)?;
            let number = || value.parse::<u64>().ok().filter(|number| *number >= 10).ok_or(USAGE);
            match key.as_str() {
                "--dir" => options.dir = Some(value.clone()),
                "--keep" => options.keep = Some(PathBuf::from(value)),
                "--count" => options.count = number()?,
                "--batch" => options.batch = number()?,
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }
}

pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    let options = Options::read(arguments)?;
    let place = Place::new(options.dir.as_deref(), "bulk")?;
    let dir = options.keep.as_deref().unwrap_or(place.path()).join("edition");
    println!("{}; the edition in {}", machine(), dir.display());
    let grown = publish_all(&dir, options.count, options.batch)?;
    let checked = check(&dir)?;
    Ok(grown && checked)
}

/// What a tenth of the articles took.
#[derive(Default, Clone, Copy)]
struct Tenth {
    articles: u64,
    checking: Duration,
    sealing: Duration,
}

impl Tenth {
    /// Microseconds for an article.
    fn each(&self, took: Duration) -> f64 {
        took.as_secs_f64() * 1e6 / self.articles.max(1) as f64
    }
}

/// Publishes in tenths, and tells what each cost: reading and checking the files, and sealing them.
fn publish_all(dir: &Path, count: u64, batch: u64) -> Result<bool, String> {
    let room = room(dir, None)?;
    let generator = Generator::new(1);
    let mut tenths = Vec::new();
    let mut next = 0;
    for tenth in 1..=10 {
        let end = count * tenth / 10;
        let mut all = Tenth::default();
        while next < end {
            let numbers = next..end.min(next + batch);
            let since = Instant::now();
            let ready = generator.ready(&room, numbers.clone())?;
            all.checking += since.elapsed();
            let since = Instant::now();
            publish::publish(&room, ready).map_err(|error| error.to_string())?;
            all.sealing += since.elapsed();
            all.articles += numbers.end - numbers.start;
            next = numbers.end;
        }
        println!(
            "tenth {tenth}: {} articles, {:.0} µs each to read and check, {:.0} µs each to seal, {:.0} a second",
            all.articles,
            all.each(all.checking),
            all.each(all.sealing),
            rate(all.articles, all.checking + all.sealing)
        );
        tenths.push(all);
    }
    let (first, last) = (tenths.first().copied(), tenths.last().copied());
    let (first, last) = first.zip(last).unwrap_or_default();
    let ratio =
        |of: fn(&Tenth) -> Duration| last.each(of(&last)) / first.each(of(&first)).max(1e-9);
    let whole = ratio(|tenth| tenth.checking + tenth.sealing);
    println!(
        "last tenth to first: {whole:.2} in all, {:.2} to seal; at most {GROWTH}, {}",
        ratio(|tenth| tenth.sealing),
        verdict(whole <= GROWTH)
    );
    Ok(whole <= GROWTH)
}

/// Checks the record, in turn with reading and hashing its files, twice each; the better of each counts.
fn check(dir: &Path) -> Result<bool, String> {
    let copy = Copy::at(&dir.to_string_lossy());
    let (mut checking, mut hashing) = (f64::MAX, f64::MAX);
    let mut sizes = (0, 0);
    for _ in 0..2 {
        let since = Instant::now();
        sizes = hash(&Folder::at(dir))?;
        hashing = hashing.min(since.elapsed().as_secs_f64());
        let since = Instant::now();
        let report =
            check::whole(&copy, &Checking::default()).map_err(|error| error.to_string())?;
        checking = checking.min(since.elapsed().as_secs_f64());
        if !report.verdict.good() {
            return Err("the record that was made does not hold".to_owned());
        }
    }
    let (files, bytes) = sizes;
    let ratio = checking / hashing;
    println!(
        "verify: {checking:.2} s; reading and hashing the same {files} files, {} MB, one by one: {hashing:.2} s",
        bytes / 1_000_000
    );
    println!("verify to hashing: {ratio:.2}; at most {CHECKING}, {}", verdict(ratio <= CHECKING));
    Ok(ratio <= CHECKING)
}

/// Reads every file of the record that checking reads and hashes it: number and bytes.
fn hash(edition: &Folder) -> Result<(u64, u64), String> {
    let failed = |error: std::io::Error| format!("the record's files: {error}");
    let (mut files, mut bytes) = (0, 0);
    for path in edition.list("record").map_err(failed)? {
        // Checking needs no partial tile but the last ones.
        if path.contains(".p/") {
            continue;
        }
        let found = edition.read(&path).map_err(failed)?.unwrap_or_default();
        std::hint::black_box(sha256(&found));
        files += 1;
        bytes += found.len() as u64;
    }
    Ok((files, bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_small_run_is_whole() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("edition");
        publish_all(&dir, 20, 10).unwrap();
        check(&dir).unwrap();
        let (files, bytes) = hash(&Folder::at(&dir)).unwrap();
        // Twenty-one documents, the checkpoint and the key; no tile of so small a record is full.
        assert_eq!(files, 23);
        assert!(bytes > 20_000);
        assert!(Options::read(&["--count".to_owned(), "9".to_owned()]).is_err());
    }
}
