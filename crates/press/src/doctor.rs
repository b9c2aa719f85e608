//! The doctor: an edition looked over without changing anything, each part with what to do about what is found.

mod backup;
mod database;
mod disk;
mod keys;
mod leftovers;
mod newsroom;
mod port;
mod record;
mod rights;

pub use leftovers::{Leftover, Sum, leftovers, tidy};

use crate::{house, seal::Clock};
use ovn_store::{Reader, Settings, survey};
use std::path::{Path, PathBuf};

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Good,
    /// Worth a look, and nothing is broken yet.
    Look,
    /// Broken, or about to be.
    Bad,
}

impl Level {
    /// Its word: `good`, `look`, `bad`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Look => "look",
            Self::Bad => "bad",
        }
    }
}

/// What was found about one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which part: `settings`, `rights`, `keys`, `clock`, `disk`, `database`, `lock`, `record`, `newsroom`, `backup`,
    /// `cabinet`, `readers`.
    pub part: &'static str,
    /// How it is.
    pub level: Level,
    /// What was found.
    pub sentence: String,
    /// What to do; empty when nothing is to be done.
    pub advice: String,
}

impl Line {
    fn good(part: &'static str, sentence: impl Into<String>) -> Self {
        Self { part, level: Level::Good, sentence: sentence.into(), advice: String::new() }
    }

    fn look(part: &'static str, sentence: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { part, level: Level::Look, sentence: sentence.into(), advice: advice.into() }
    }

    fn bad(part: &'static str, sentence: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { part, level: Level::Bad, sentence: sentence.into(), advice: advice.into() }
    }
}

/// What the parts are looked at with.
struct Patient<'a> {
    dir: &'a Path,
    keys: PathBuf,
    settings: &'a Settings,
    /// Milliseconds since 1970.
    now: u64,
    /// The user as whom the doctor runs.
    user: u32,
}

/// Looks the edition in `dir` over, the parts in the order of [`Line::part`]. Reads only: neither lock nor database is
/// taken, so that it may run beside a newsroom at work.
///
/// # Errors
/// When there is no edition to look at, or its settings can't be read.
pub fn examine(
    dir: &Path,
    env: &dyn Fn(&str) -> Option<String>,
    clock: &Clock,
) -> Result<Vec<Line>, ovn_store::Error> {
    looked_over(dir, env, clock, Whom::Readers)
}

/// The same without the readers' port, for the process that serves it.
///
/// # Errors
/// As [`examine`].
pub fn examine_kept(
    dir: &Path,
    env: &dyn Fn(&str) -> Option<String>,
    clock: &Clock,
) -> Result<Vec<Line>, ovn_store::Error> {
    looked_over(dir, env, clock, Whom::Kept)
}

/// What is looked at: what is kept alone, or how readers reach it, too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    Kept,
    Readers,
}

fn looked_over(
    dir: &Path,
    env: &dyn Fn(&str) -> Option<String>,
    clock: &Clock,
    whom: Whom,
) -> Result<Vec<Line>, ovn_store::Error> {
    let settings = Settings::read(dir, env)?;
    let keys = settings.keys_folder(dir);
    let patient = Patient { dir, keys, settings: &settings, now: clock(), user: survey::user() };
    let mut lines = vec![setting(&patient)];
    lines.extend(rights::lines(&patient));
    lines.extend(keys::lines(&patient));
    lines.extend(disk::lines(&patient));
    let reader = Reader::of(dir, &settings);
    lines.push(database::line(&patient, reader.as_ref()));
    if let Ok(reader) = &reader {
        lines.extend(record::lines(&patient, reader));
        lines.extend(newsroom::line(&patient));
    }
    lines.push(backup::line(&patient));
    if whom == Whom::Readers {
        lines.extend(leftovers::line(dir, &settings, patient.now));
        lines.extend(port::lines(&patient, reader.as_ref().ok()));
    }
    Ok(lines)
}

/// The worst of the lines.
#[must_use]
pub fn worst(lines: &[Line]) -> Level {
    lines.iter().map(|line| line.level).max().unwrap_or(Level::Good)
}

fn setting(patient: &Patient<'_>) -> Line {
    let settings = patient.settings;
    match house::of(patient.dir) {
        Err(error) => Line::bad("settings", error.to_string(), "mend desk.toml, or move it away"),
        Ok(house) => {
            let rules = match house.rules.len() {
                0 => String::new(),
                1 => ", with a desk rule of its own".into(),
                count => format!(", with {count} desk rules of its own"),
            };
            let sentence =
                format!("ovn.toml is good: {} at {}{rules}", settings.name, settings.url);
            Line::good("settings", sentence)
        }
    }
}

/// `seconds` as people say them.
fn span(seconds: u64) -> String {
    match seconds {
        0..=119 => format!("{seconds} seconds"),
        120..=7_199 => format!("{} minutes", seconds / 60),
        7_200..=172_799 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests;
