//! The desk on real text: how often its readings and findings are right.
//!
//! The texts are given by a path and never enter the repository; without them only what needs none is measured.

mod attribution;
mod data;
mod rules;

use std::path::PathBuf;

const USAGE: &str = "Usage: cargo xtask bench desk --data DIR [--part attribution]…";

/// What the arguments ask for.
#[derive(Debug, Default)]
struct Options {
    /// The folder with the texts.
    data: Option<PathBuf>,
    /// The parts asked for; all when empty.
    parts: Vec<String>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let value = rest.next().ok_or(USAGE)?;
            match key.as_str() {
                "--data" => options.data = Some(PathBuf::from(value)),
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
    if let Some(done) = rules::run(arguments) {
        return done;
    }
    let options = Options::read(arguments)?;
    let Some(data) = &options.data else { return Err(USAGE.to_owned()) };
    if options.wants("attribution") {
        print!("{}", attribution::table(data)?);
    }
    Ok(true)
}
