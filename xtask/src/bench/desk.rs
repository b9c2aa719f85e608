//! The desk on real text: how often its readings and findings are right.
//!
//! The texts are given by a path and never enter the repository; without them only what needs none is measured.

mod attribution;
mod data;
mod grid;
mod marks;
mod model;
mod paper;
mod rules;
mod speed;
mod urdu;
mod wording;
mod words;

use std::path::PathBuf;

const USAGE: &str =
    "Usage: cargo xtask bench desk --data DIR [--part attribution|model|rules|urdu|wording|words]…
  attribution: [--split train|dev] [--list KIND]
  wording: [--most N] [--rule ID]…
  words: [--candidates FILE [--list chosen]]
       cargo xtask bench desk --data DIR --date YYYY-MM-DD --write   all figures into docs/desk-precision.md";

/// What the arguments ask for: keys, each with its value, in their order.
#[derive(Debug, Default)]
struct Options {
    given: Vec<(String, String)>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut given = Vec::new();
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let known = [
                "--data",
                "--part",
                "--split",
                "--list",
                "--most",
                "--rule",
                "--candidates",
                "--date",
            ];
            if key == "--write" {
                given.push((key.clone(), String::new()));
                continue;
            }
            let value = rest.next().filter(|_| known.contains(&key.as_str())).ok_or(USAGE)?;
            given.push((key.clone(), value.clone()));
        }
        Ok(Self { given })
    }

    /// The values of a key.
    fn all(&self, key: &str) -> Vec<String> {
        self.given.iter().filter(|(name, _)| name == key).map(|(_, value)| value.clone()).collect()
    }

    /// The last value of a key.
    fn one(&self, key: &str) -> Option<String> {
        self.all(key).pop()
    }

    /// Whether a part is asked for, by name or because none is named.
    fn wants(&self, part: &str) -> bool {
        let parts = self.all("--part");
        parts.is_empty() || parts.iter().any(|one| one == part)
    }

    /// Whether a part is asked for by name.
    fn names(&self, part: &str) -> bool {
        self.all("--part").iter().any(|one| one == part)
    }
}

pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    if let Some(done) = rules::run(arguments) {
        return done;
    }
    let options = Options::read(arguments)?;
    let data = options.one("--data").map(PathBuf::from).ok_or(USAGE)?;
    if options.one("--write").is_some() {
        let date = options.one("--date").filter(|_| options.all("--part").is_empty());
        return paper::write(&data, &date.ok_or(USAGE)?);
    }
    let split = options.one("--split").unwrap_or_else(|| "dev".to_owned());
    if options.wants("attribution") {
        print!("{}", attribution::table(&data, &split, options.one("--list").as_deref())?);
    }
    if options.wants("words") {
        let candidates = options.one("--candidates").map(PathBuf::from);
        print!("{}", words::table(&data, candidates.as_deref(), options.one("--list").is_some())?);
    }
    if options.wants("urdu") {
        print!("{}", urdu::table(&data)?);
    }
    if options.wants("model") {
        print!("{}", model::table(&data)?);
    }
    if options.names("wording") {
        let most = options.one("--most").map_or(Ok(60), |most| most.parse().map_err(|_| USAGE))?;
        print!("{}", wording::table(&data, most, &options.all("--rule"))?);
    }
    Ok(true)
}
