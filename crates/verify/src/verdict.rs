//! The answers that a check can end in, and the report that carries them.

use serde::Serialize;

/// What a check found, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It matches the sealed record.
    Matches,
    /// It was sealed, and a later revision took its place.
    Superseded,
    /// Parts were removed and the record says so; what remains matches.
    Withdrawn,
    /// It is not what was sealed.
    Differs,
    /// Nothing in the record covers it.
    NotSealed,
    /// An older state of the record than the one that was seen before: a mirror that lags, or a publisher who took
    /// entries back.
    Behind,
    /// The record contradicts itself, or something seen of it before.
    Inconsistent,
    /// The bytes are not of their strict form, so nothing can be said for them.
    Damaged,
}

impl Verdict {
    /// The verdict in plain words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Matches => "matches the sealed record",
            Self::Superseded => "sealed but superseded",
            Self::Withdrawn => "withdrawn, disclosed",
            Self::Differs => "differs from the sealed record",
            Self::NotSealed => "not sealed",
            Self::Behind => "behind the record that was seen before",
            Self::Inconsistent => "record inconsistent: keep this evidence",
            Self::Damaged => "damaged: it cannot be read strictly",
        }
    }

    /// Whether the answer to "may I rely on the seal?" is yes.
    #[must_use]
    pub fn good(self) -> bool {
        matches!(self, Self::Matches | Self::Superseded | Self::Withdrawn)
    }
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked, in a word or two.
    pub name: &'static str,
    /// Whether it held.
    pub passed: bool,
    /// What was found, in one plain sentence.
    pub sentence: String,
}

/// A verdict with the checks that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The worst of what was found.
    pub verdict: Verdict,
    /// In the order in which they were made.
    pub checks: Vec<Check>,
    /// What differs, readable; empty unless something does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub difference: Vec<String>,
}

impl Default for Report {
    fn default() -> Self {
        Self { verdict: Verdict::Matches, checks: Vec::new(), difference: Vec::new() }
    }
}

impl Report {
    /// Notes a check that held.
    pub fn pass(&mut self, name: &'static str, sentence: impl Into<String>) {
        self.checks.push(Check { name, passed: true, sentence: sentence.into() });
    }

    /// Notes a check that did not, and the verdict that follows; a worse one that stands already stays.
    pub fn fail(&mut self, name: &'static str, verdict: Verdict, sentence: impl Into<String>) {
        self.checks.push(Check { name, passed: false, sentence: sentence.into() });
        self.verdict = self.verdict.max(verdict);
    }

    /// Notes something that held but changes the verdict, such as a later revision.
    pub fn note(&mut self, name: &'static str, verdict: Verdict, sentence: impl Into<String>) {
        self.pass(name, sentence);
        self.verdict = self.verdict.max(verdict);
    }

    /// Takes over everything that `other` found.
    pub fn absorb(&mut self, other: Self) {
        self.verdict = self.verdict.max(other.verdict);
        self.checks.extend(other.checks);
        self.difference.extend(other.difference);
    }

    /// Whether a check of this name was made and failed.
    #[must_use]
    pub fn failed(&self, name: &str) -> bool {
        self.checks.iter().any(|check| check.name == name && !check.passed)
    }
}
