//! The report: which rules were run, what they found, what was counted, who speaks and who is at stake.

pub(crate) mod counts;

use crate::{
    house,
    reading::{self, Reading},
    rule::{Basis, Rule, primary},
    rules,
    sink::Sink,
};
use ovn_edition::{
    model::Article,
    report::{FORMAT, Finding, House, Off, Ran, Report, Why},
};

/// A sealed report that this program cannot make again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Other {
    /// Another form of report.
    #[error(
        "the report has form {0}; this program knows form {FORMAT}: use the version of ovn that sealed it"
    )]
    Form(u32),
    /// Another way of reading.
    #[error(
        "the report rests on reading {0}; this program knows readings up to {known}: use the version of ovn that sealed it",
        known = reading::VERSION
    )]
    Reading(u32),
    /// A rule, or a version of it, that is not here.
    #[error(
        "the report rests on {id} version {version}, which this program does not have: use the version of ovn that sealed it"
    )]
    Rule {
        /// The rule.
        id: String,
        /// The version.
        version: u32,
    },
}

/// The report on `article` by the newest version of every rule, with what the edition adds and takes.
#[must_use]
pub fn report(article: &Article, house: &House) -> Report {
    let mut run = Vec::new();
    let mut off = Vec::new();
    for rule in rules::all() {
        match standing(rule, &article.lang, house) {
            None => run.push(*rule),
            Some(why) => off.push(Off { id: rule.id.to_owned(), version: rule.version, why }),
        }
    }
    make(&Reading::of(article), house, &run, off)
}

/// The report on `article` by the versions of the rules that `sealed` names: equal to `sealed` unless one of the two is
/// not what it says.
///
/// # Errors
/// [`Other`] when this program does not have what the sealed report rests on.
pub fn again(article: &Article, sealed: &Report) -> Result<Report, Other> {
    if sealed.v != FORMAT {
        return Err(Other::Form(sealed.v));
    }
    if !(1..=reading::VERSION).contains(&sealed.reading) {
        return Err(Other::Reading(sealed.reading));
    }
    let ours = sealed.rules.iter().filter(|ran| !ran.id.starts_with("house/"));
    let run: Result<Vec<&'static Rule>, Other> = ours
        .map(|ran| {
            rules::find(&ran.id, ran.version)
                .ok_or_else(|| Other::Rule { id: ran.id.clone(), version: ran.version })
        })
        .collect();
    let reading = Reading::by(sealed.reading, article);
    Ok(make(&reading, &sealed.house, &run?, sealed.off.clone()))
}

/// Why `rule` is not run on a text in `lang`; `None` when it is.
#[must_use]
pub fn standing(rule: &Rule, lang: &str, house: &House) -> Option<Why> {
    if !rule.reads(lang) {
        return Some(Why::Language);
    }
    if house.off.iter().any(|id| id == rule.id) {
        return Some(Why::House);
    }
    if matches!(rule.basis, Basis::Fact) || house.on.iter().any(|id| id == rule.id) {
        return None;
    }
    match rule.measured(lang) {
        None => Some(Why::Unmeasured),
        Some(row) if row.reaches(rule.level) => None,
        Some(_) => Some(Why::Precision),
    }
}

fn make(reading: &Reading<'_>, house: &House, run: &[&Rule], off: Vec<Off>) -> Report {
    let article = reading.article;
    let mut findings = Vec::new();
    let mut ran = Vec::new();
    for rule in run {
        let mut sink = Sink { rule, lang: &article.lang, found: Vec::new() };
        (rule.check)(reading, &mut sink);
        findings.append(&mut sink.found);
        let measured = rule.measured(&article.lang);
        ran.push(Ran {
            id: rule.id.to_owned(),
            version: rule.version,
            level: rule.level,
            right: measured.map(|row| row.right),
            of: measured.map(|row| row.of),
        });
    }
    for rule in house.rules.iter().filter(|rule| primary(&rule.lang) == primary(&article.lang)) {
        findings.append(&mut house::findings(rule, reading));
        let id = format!("house/{}", rule.id);
        ran.push(Ran { id, version: rule.version, level: rule.level, right: None, of: None });
    }
    // A stable sort: at one place the desk's order of rules decides.
    findings.sort_by_key(place);
    Report {
        v: FORMAT,
        lang: article.lang.clone(),
        reading: reading.version,
        rules: ran,
        off,
        house: house.clone(),
        findings,
        counts: counts::counts(reading),
        voices: counts::voices(reading),
        parties: counts::parties(reading),
    }
}

/// Where a finding stands in reading order.
fn place(finding: &Finding) -> Option<(u32, u32, u32)> {
    finding.at.first().map(|spot| (spot.block, spot.run, spot.from))
}
