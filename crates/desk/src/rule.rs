//! What a rule is: its identity, its words in two languages, how often it was right, and what it does.

use crate::{reading::Reading, sink::Sink};
use ovn_edition::report::Level;

/// A rule of the desk. It states a countable fact about a text and points at the words; it never states an intention.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `[a-z-]`, for ever.
    pub id: &'static str,
    /// From 1; raised whenever the same text could give another finding, sentence or figure.
    pub version: u32,
    /// How much a finding asks for.
    pub level: Level,
    /// Languages whose texts it reads.
    pub langs: &'static [&'static str],
    /// Its sentences in English and Urdu.
    pub words: [Words; 2],
    /// Where it rests: what was published about such findings, and which traps it steps around.
    pub evidence: &'static str,
    /// How often it was right.
    pub basis: Basis,
    /// Looks at a text.
    pub check: fn(&Reading<'_>, &mut Sink<'_>),
}

/// What a rule says, in one language. `{}`, `{1}`, `{2}` stand for what the finding gives.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Its name on a page, two to five words.
    pub title: &'static str,
    /// What exactly it looks for.
    pub definition: &'static str,
    /// The fact that a finding states.
    pub why: &'static str,
    /// What would settle it.
    pub settle: &'static str,
}

/// How it is known that a rule is right.
#[derive(Debug, Clone, Copy)]
pub enum Basis {
    /// It states a fact of the article's own file or bindings, which nothing but a fault of the program can make wrong.
    Fact,
    /// Its findings on real text were read and judged; one figure for each language at most.
    Judged(&'static [Measured]),
}

/// How many findings of a rule were right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Language of the texts.
    pub lang: &'static str,
    /// Findings that were right.
    pub right: u32,
    /// Findings judged.
    pub of: u32,
    /// The texts, and how the findings were drawn.
    pub sample: &'static str,
    /// When, `YYYY-MM-DD`.
    pub date: &'static str,
}

/// The least share of right findings at which a rule of this level speaks by default, in hundredths.
#[must_use]
pub fn floor(level: Level) -> u32 {
    match level {
        Level::Fix => 90,
        Level::Look => 75,
        Level::Info => 60,
    }
}

impl Measured {
    /// The 95 % interval of the share that is right, by Wilson (1927), in thousandths, rounded outwards.
    #[must_use]
    pub fn interval(&self) -> (u32, u32) {
        wilson(self.right, self.of)
    }

    /// Whether a rule of `level` may speak: share at or over the floor, lower bound at most .05 under it.
    #[must_use]
    pub fn reaches(&self, level: Level) -> bool {
        let floor = floor(level);
        self.of > 0
            && u64::from(self.right) * 100 >= u64::from(self.of) * u64::from(floor)
            && self.interval().0 >= (floor - 5) * 10
    }
}

/// Wilson's 95 % score interval of `right` in `of`, in thousandths; whole range when nothing was judged.
#[must_use]
pub fn wilson(right: u32, of: u32) -> (u32, u32) {
    if of == 0 {
        return (0, 1000);
    }
    let (right, of, z) = (f64::from(right.min(of)), f64::from(of), 1.959_964_f64);
    let share = right / of;
    let middle = share + z * z / (2.0 * of);
    let reach = z * (share * (1.0 - share) / of + z * z / (4.0 * of * of)).sqrt();
    let whole = 1.0 + z * z / of;
    let thousandths = |value: f64| value.clamp(0.0, 1.0) * 1000.0;
    let (from, to) = ((middle - reach) / whole, (middle + reach) / whole);
    // A hair of rounding must not turn a certain bound into the next thousandth.
    ((thousandths(from) + 1e-9).floor() as u32, (thousandths(to) - 1e-9).ceil() as u32)
}

impl Rule {
    /// Its sentences in the language `lang`: Urdu, or English for every other.
    #[must_use]
    pub fn said(&self, lang: &str) -> &Words {
        let [english, urdu] = &self.words;
        if primary(lang) == "ur" { urdu } else { english }
    }

    /// Whether it reads texts in `lang`.
    #[must_use]
    pub fn reads(&self, lang: &str) -> bool {
        self.langs.contains(&primary(lang))
    }

    /// What was measured on texts in `lang`.
    #[must_use]
    pub fn measured(&self, lang: &str) -> Option<&'static Measured> {
        match self.basis {
            Basis::Fact => None,
            Basis::Judged(rows) => rows.iter().find(|row| row.lang == primary(lang)),
        }
    }
}

/// The language itself, without script or region: `ur` of `ur-PK`.
pub(crate) fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons() {
        // Values of the score interval as statistics packages give them.
        assert_eq!(wilson(0, 0), (0, 1000));
        assert_eq!(wilson(90, 100), (825, 945));
        assert_eq!(wilson(10, 10), (722, 1000));
        assert_eq!(wilson(0, 10), (0, 278));
    }

    #[test]
    fn a_floor_needs_share_and_sample() {
        let row = |right, of| Measured { lang: "en", right, of, sample: "", date: "" };
        assert!(row(190, 200).reaches(Level::Fix));
        assert!(!row(9, 10).reaches(Level::Fix));
        assert!(!row(0, 0).reaches(Level::Info));
        assert!(row(130, 200).reaches(Level::Info));
        assert!(!row(149, 200).reaches(Level::Look));
    }
}
