//! The edition's balance: what its sealed reports say over 30 and 90 days, counted from the record alone.
//!
//! Everything here follows from leaves and sealed documents, so whoever holds a copy of the record gets the same bytes.
//! A window ends with the record's last entry, not with today's clock: the numbers change with a seal and with nothing
//! else. What is counted are articles first published in the window, as they stand at its end, by language.

mod piece;
mod table;

pub use piece::{Answered, Piece, Place, Side};
pub use table::csv;

use ovn_edition::{
    commit::Bytes32,
    leaf::{Id, Kind, Leaf},
    report::Level,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the balance's form.
pub const FORMAT: u32 = 1;

/// The windows, in days.
pub const WINDOWS: [u32; 2] = [30, LONGEST];

/// The longest of them.
const LONGEST: u32 = 90;

const DAY: u64 = 86_400_000;

/// What the record says of one entry about an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The article.
    pub article: Id,
    /// Number of the revision, from 1.
    pub rev: u32,
    /// What the entry states.
    pub kind: Kind,
    /// When it was sealed, in milliseconds since 1970 UTC.
    pub at: u64,
    /// Commitment to its sealed document.
    pub commit: Bytes32,
}

impl Step {
    /// The step that a leaf states; `None` for entries that are not revisions of an article.
    #[must_use]
    pub fn of(leaf: &Leaf) -> Option<Self> {
        let step =
            leaf.article.filter(|_| matches!(leaf.kind, Kind::Revision | Kind::Correction))?;
        Some(Self {
            article: step.id,
            rev: step.rev,
            kind: leaf.kind,
            at: leaf.at,
            commit: leaf.commit,
        })
    }
}

/// The balance of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Balance {
    /// [`FORMAT`].
    pub v: u32,
    /// When the record's last entry was sealed: the end of every window, in milliseconds since 1970 UTC.
    pub end: u64,
    /// A window for each language and length, languages in alphabetical order, the shortest first.
    pub windows: Vec<Window>,
}

/// What was counted in one window.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Window {
    /// Language of the articles.
    pub lang: String,
    /// Length in days.
    pub days: u32,
    /// Articles first published in it that can be read.
    pub articles: u32,
    /// Articles of it that the desk's report was sealed with: the denominator of everything below up to `rules`.
    pub reported: u32,
    /// Articles that cite a source.
    pub sourced: u32,
    /// Articles that cite exactly one.
    pub single_source: u32,
    /// Articles in which somebody speaks.
    pub voiced: u32,
    /// Of these, articles in which exactly one does.
    pub single_voice: u32,
    /// Of these, articles in which somebody without a name does.
    pub unnamed_voice: u32,
    /// Of these, articles in which only officials do.
    pub official_only: u32,
    /// Words that somebody is credited with.
    pub spoken_words: u32,
    /// Of these, words of somebody without a name.
    pub unnamed_words: u32,
    /// Parties, the most named first.
    pub parties: Vec<Party>,
    /// Rules that found something, by id.
    pub rules: Vec<RuleCount>,
    /// Corrections, clarifications and retractions sealed in it, whenever their article was published.
    pub corrections: Vec<Correction>,
}

/// How often a party is named and heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Party {
    /// As articles write it.
    pub name: String,
    /// Articles that have it as a party.
    pub articles: u32,
    /// Of these, articles in which it is heard.
    pub heard: u32,
    /// Articles in which it was asked.
    pub sought: u32,
    /// Words that it is credited with.
    pub words: u32,
}

/// What a rule found and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleCount {
    /// Id of the rule.
    pub rule: String,
    /// Its level.
    pub level: Level,
    /// Findings.
    pub found: u32,
    /// Answered as kept.
    pub kept: u32,
    /// Answered as wrong.
    pub wrong: u32,
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Correction {
    /// The article's address.
    pub path: String,
    /// The declared class.
    pub class: String,
    /// When it was sealed, in milliseconds since 1970 UTC.
    pub at: u64,
    /// Whole minutes from the revision that it corrects to its seal; absent when that one is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u64>,
}

/// The commitments of the documents that [`of`] has to know, each once, of a record whose last entry was sealed at `end`.
#[must_use]
pub fn needed(steps: &[Step], end: u64) -> Vec<Bytes32> {
    let newest = newest(steps);
    let published = steps.iter().filter(|step| step.rev == 1 && within(step, end, LONGEST));
    let latest = published.filter_map(|step| newest.get(&step.article)).map(|step| step.commit);
    let corrected = steps.iter().filter(|step| corrects(step) && within(step, end, LONGEST));
    let mut all: Vec<Bytes32> = latest.chain(corrected.map(|step| step.commit)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The balance of a record with these steps, in any order, whose last entry was sealed at `end`.
///
/// `pieces` has what [`Piece::of`] makes of each [`needed`] document; one that is missing was removed and is not counted.
/// Of `steps`, those before the longest window matter only where a correction in it follows them.
#[must_use]
pub fn of(steps: &[Step], pieces: &BTreeMap<Bytes32, Piece>, end: u64) -> Balance {
    let mut langs: Vec<&str> = pieces.values().map(|piece| piece.lang.as_str()).collect();
    langs.sort_unstable();
    langs.dedup();
    let windows = langs.iter().flat_map(|lang| WINDOWS.map(|days| (*lang, days)));
    let order = order(steps, pieces, end);
    let windows = windows.map(|(lang, days)| {
        let counted = order.iter().filter(|(step, _)| within(step, end, days));
        let counted = counted.map(|(_, piece)| *piece).filter(|piece| piece.lang == lang);
        window(counted, corrections(steps, pieces, end, lang, days), lang, days)
    });
    Balance { v: FORMAT, end, windows: windows.collect() }
}

/// The rows behind the longest window, languages in alphabetical order, as [`csv`] writes them.
#[must_use]
pub fn rows(steps: &[Step], pieces: &BTreeMap<Bytes32, Piece>, balance: &Balance) -> String {
    let whole = balance.windows.iter().filter(|window| window.days == LONGEST);
    let all: Vec<&Piece> = whole
        .flat_map(|window| counted(steps, pieces, balance.end, &window.lang, window.days))
        .collect();
    csv(all.into_iter())
}

/// The pieces that a window counts, in order of first publication.
#[must_use]
pub fn counted<'a>(
    steps: &[Step],
    pieces: &'a BTreeMap<Bytes32, Piece>,
    end: u64,
    lang: &str,
    days: u32,
) -> Vec<&'a Piece> {
    let inside = |(step, piece): (&Step, &'a Piece)| {
        (within(step, end, days) && piece.lang == lang).then_some(piece)
    };
    order(steps, pieces, end).into_iter().filter_map(inside).collect()
}

/// The articles first published in the longest window, in that order, each with its first step and its newest piece.
fn order<'a, 's>(
    steps: &'s [Step],
    pieces: &'a BTreeMap<Bytes32, Piece>,
    end: u64,
) -> Vec<(&'s Step, &'a Piece)> {
    let newest = newest(steps);
    let mut first: Vec<&Step> =
        steps.iter().filter(|step| step.rev == 1 && within(step, end, LONGEST)).collect();
    first.sort_by_key(|step| (step.at, step.article));
    let piece = |step: &'s Step| {
        let piece = pieces.get(&newest.get(&step.article)?.commit)?;
        (piece.place == Place::Article).then_some((step, piece))
    };
    first.into_iter().filter_map(piece).collect()
}

fn window<'a>(
    counted: impl Iterator<Item = &'a Piece>,
    corrections: Vec<Correction>,
    lang: &str,
    days: u32,
) -> Window {
    let mut out = Window { lang: lang.to_owned(), days, ..Window::default() };
    let mut parties: BTreeMap<&str, Party> = BTreeMap::new();
    let mut rules: BTreeMap<&str, RuleCount> = BTreeMap::new();
    for piece in counted {
        out.articles += 1;
        if !piece.reported {
            continue;
        }
        add(&mut out, piece);
        for side in &piece.sides {
            add_side(parties.entry(&side.name).or_insert_with(|| Party::new(&side.name)), side);
        }
        for (rule, level, answered) in &piece.findings {
            let row = rules.entry(rule).or_insert_with(|| RuleCount::new(rule, *level));
            row.found += 1;
            row.kept += u32::from(*answered == Answered::Kept);
            row.wrong += u32::from(*answered == Answered::Wrong);
        }
    }
    out.parties = parties.into_values().collect();
    // A stable sort keeps the alphabet among equals.
    out.parties.sort_by_key(|party| std::cmp::Reverse(party.articles));
    out.rules = rules.into_values().collect();
    out.corrections = corrections;
    out
}

fn add(out: &mut Window, piece: &Piece) {
    let voiced = piece.voices > 0;
    out.reported += 1;
    out.sourced += u32::from(piece.sources > 0);
    out.single_source += u32::from(piece.sources == 1);
    out.voiced += u32::from(voiced);
    out.single_voice += u32::from(piece.voices == 1);
    out.unnamed_voice += u32::from(piece.unnamed_voices > 0);
    out.official_only += u32::from(voiced && piece.official_voices == piece.voices);
    out.spoken_words = out.spoken_words.saturating_add(piece.spoken_words);
    out.unnamed_words = out.unnamed_words.saturating_add(piece.unnamed_words);
}

fn add_side(party: &mut Party, side: &Side) {
    party.articles += 1;
    party.heard += u32::from(side.heard);
    party.sought += u32::from(side.sought);
    party.words = party.words.saturating_add(side.words);
}

impl Party {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), articles: 0, heard: 0, sought: 0, words: 0 }
    }
}

impl RuleCount {
    fn new(rule: &str, level: Level) -> Self {
        Self { rule: rule.to_owned(), level, found: 0, kept: 0, wrong: 0 }
    }
}

fn corrections(
    steps: &[Step],
    pieces: &BTreeMap<Bytes32, Piece>,
    end: u64,
    lang: &str,
    days: u32,
) -> Vec<Correction> {
    let sealed: BTreeMap<(Id, u32), u64> =
        steps.iter().map(|step| ((step.article, step.rev), step.at)).collect();
    let inside = steps.iter().filter(|step| corrects(step) && within(step, end, days));
    let mut out: Vec<(&Step, Correction)> = inside
        .filter_map(|step| {
            let piece = pieces.get(&step.commit)?;
            let counts = piece.class.corrects() && piece.place == Place::Article;
            if piece.lang != lang || !counts {
                return None;
            }
            let before = sealed.get(&(step.article, step.rev.saturating_sub(1)));
            Some((
                step,
                Correction {
                    path: piece.path.clone(),
                    class: piece.class.word().to_owned(),
                    at: step.at,
                    minutes: before.map(|before| step.at.saturating_sub(*before) / 60_000),
                },
            ))
        })
        .collect();
    out.sort_by_key(|(step, _)| (step.at, step.article));
    out.into_iter().map(|(_, correction)| correction).collect()
}

/// The newest step of each article.
fn newest(steps: &[Step]) -> BTreeMap<Id, Step> {
    let mut out: BTreeMap<Id, Step> = BTreeMap::new();
    for step in steps {
        let known = out.entry(step.article).or_insert(*step);
        if step.rev > known.rev {
            *known = *step;
        }
    }
    out
}

fn within(step: &Step, end: u64, days: u32) -> bool {
    step.at <= end && step.at > before(end, days)
}

/// The last millisecond before a window of this length that ends at `end`.
fn before(end: u64, days: u32) -> u64 {
    end.saturating_sub(u64::from(days) * DAY)
}

/// The last millisecond, since 1970 UTC, before every window of a record whose last entry was sealed at `end`.
#[must_use]
pub fn before_all(end: u64) -> u64 {
    before(end, LONGEST)
}

fn corrects(step: &Step) -> bool {
    step.kind == Kind::Correction
}

/// The middle of these numbers, the lower of two; `None` of none.
#[must_use]
pub fn median(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests;
