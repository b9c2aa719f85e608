//! The arguments of every part: keys, each with its value.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

/// Keys that some part knows.
const KNOWN: [&str; 13] = [
    "--seed",
    "--count",
    "--round",
    "--dir",
    "--ovn",
    "--database",
    "--threads",
    "--each",
    "--fs",
    "--keys",
    "--call",
    "--error",
    "--scene",
];

/// What the arguments ask for.
#[derive(Debug, Default)]
pub(super) struct Options {
    given: Vec<(String, String)>,
    seed: u64,
}

impl Options {
    /// Reads keys and values; without a seed the clock gives one.
    pub(super) fn read(arguments: &[String], usage: &str) -> Result<Self, String> {
        let mut given = Vec::new();
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let value = rest.next().filter(|_| KNOWN.contains(&key.as_str())).ok_or(usage)?;
            given.push((key.clone(), value.clone()));
        }
        let since = UNIX_EPOCH.elapsed().unwrap_or_default();
        let mut options = Self { given, seed: u64::from(since.subsec_nanos()) };
        options.seed = options.number("--seed", options.seed)?;
        Ok(options)
    }

    /// The last value of a key.
    pub(super) fn one(&self, key: &str) -> Option<&str> {
        let found = self.given.iter().rev().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    }

    /// The number that a key has, or `default`.
    pub(super) fn number(&self, key: &str, default: u64) -> Result<u64, String> {
        match self.one(key) {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| format!("{key} takes a number, not {text:?}.")),
        }
    }

    /// What all chance of the run comes from.
    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// The folder to work in: the one that `--dir` names, or one of its own for each run.
    pub(super) fn home(&self, part: &str) -> PathBuf {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let (count, process) = (COUNT.fetch_add(1, Ordering::Relaxed), std::process::id());
        let name = format!("ovn-torture-{part}-{process}-{count}");
        self.one("--dir").map_or_else(std::env::temp_dir, PathBuf::from).join(name)
    }

    /// The rounds to do: all of them in order, or one of them again and again.
    pub(super) fn rounds(&self, count: u64) -> Result<Vec<u64>, String> {
        Ok(match self.one("--round") {
            None => (0..self.number("--count", count)?).collect(),
            Some(_) => {
                let round = self.number("--round", 0)?;
                (0..self.number("--count", 1)?).map(|_| round).collect()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rounds_are_all_or_one_again_and_again() {
        let check = |words: &str, expected: &[u64]| {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            let options = Options::read(&words, "usage").unwrap();
            assert_eq!(options.rounds(2).unwrap(), expected, "{words:?}");
        };
        check("", &[0, 1]);
        check("--count 3", &[0, 1, 2]);
        check("--round 7", &[7]);
        check("--round 7 --count 2", &[7, 7]);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let check = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            Options::read(&words, "usage").err()
        };
        assert_eq!(check(&["--speed", "3"]), Some("usage".to_owned()));
        assert_eq!(check(&["--seed"]), Some("usage".to_owned()));
        assert!(check(&["--seed", "x"]).unwrap().contains("takes a number"));
    }
}
