//! The desk on real text: how often its readings and findings are right.
//!
//! The texts are given by a path and never enter the repository; without them only what needs none is measured.

mod attribution;
mod data;
mod marks;
mod model;
mod words;

use std::path::PathBuf;

const USAGE: &str = "Usage: cargo xtask bench desk --data DIR [--part attribution|words|model]… [--candidates FILE]";

/// What the arguments ask for.
#[derive(Debug, Default)]
struct Options {
    /// The folder with the texts.
    data: Option<PathBuf>,
    /// The parts asked for; all when empty.
    parts: Vec<String>,
    /// Words to choose loaded words from, for `words`.
    candidates: Option<PathBuf>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let value = rest.next().ok_or(USAGE)?;
            match key.as_str() {
                "--data" => options.data = Some(PathBuf::from(value)),
                "--candidates" => options.candidates = Some(PathBuf::from(value)),
                "--part" => options.parts.push(value.clone()),
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }

    fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|one| one == part)
    }
}

pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    let options = Options::read(arguments)?;
    let Some(data) = &options.data else { return Err(USAGE.to_owned()) };
    if options.wants("attribution") {
        print!("{}", attribution::table(data)?);
    }
    if options.wants("words") {
        print!("{}", words::table(data, options.candidates.as_deref())?);
    }
    if options.wants("model") {
        print!("{}", model::table(data)?);
    }
    Ok(true)
}
