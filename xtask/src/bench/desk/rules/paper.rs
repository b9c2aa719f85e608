//! The tables of the document that rest on the rules: each rule, and the desk as it speaks by default.

use super::{
    super::grid::{Grid, point, share},
    findings::Read,
    judged::{self, Figure, Judgements},
    table::{by_default, by_name, desk, of_rule, rate},
};
use ovn_desk::rule::{Basis, Rule, floor};
use ovn_edition::report::Level;
use std::collections::BTreeMap;

/// What the document says of the rules.
#[derive(Debug)]
pub(in super::super) struct Rules {
    /// A row for each rule and language.
    pub(in super::super) rules: Grid,
    /// The rules that are on by default: by language and on agencies' copy.
    pub(in super::super) desk: Grid,
    /// The same by outlet and by side, with the judged findings that were wrong.
    pub(in super::super) outlets: Grid,
    /// Findings in 1,000 words of agencies' copy.
    pub(in super::super) wire: f64,
    /// Judged rules of level fix: name, whether on, share of right findings.
    pub(in super::super) fix: Vec<(String, bool, Option<f64>)>,
    /// Rules whose own figure is not what the judgements give.
    pub(in super::super) differ: Vec<String>,
}

/// Reads the figures off the findings and their judgements.
pub(super) fn of(read: &[Read<'_>], judgements: &Judgements) -> Rules {
    let figures = judged::figures(read, judgements);
    let mut desk_grid =
        Grid::new(&["texts", "findings", "per 1,000 words", "texts with none", "texts in all"]);
    for (name, rate) in desk(read).into_iter().take(3) {
        desk_grid.row([
            name,
            rate.findings.to_string(),
            format!("{:.2}", rate.per_thousand()),
            rate.without.to_string(),
            rate.articles.to_string(),
        ]);
    }
    let fix = figures.iter().filter(|one| one.rule.level == Level::Fix);
    let fix = fix.filter(|one| !matches!(one.rule.basis, Basis::Fact)).map(|one| {
        let (right, of) = counts(one);
        let share = (of > 0).then(|| f64::from(right) / f64::from(of));
        (format!("{} ({})", one.rule.id, one.lang), state(one.rule, &one.lang).0, share)
    });
    let differ = figures.iter().filter(|one| one.of > 0 && !one.agrees());
    Rules {
        rules: rules(&figures, read),
        desk: desk_grid,
        outlets: outlets(&figures, read),
        wire: rate(read, |one| one.text.wire, by_default).per_thousand(),
        fix: fix.collect(),
        differ: differ.map(|one| format!("{} ({})", one.rule.id, one.lang)).collect(),
    }
}

/// What was judged; where nothing was, the rule's own figure.
fn counts(figure: &Figure) -> (u32, u32) {
    let own = figure.rule.measured(&figure.lang);
    let own = own.filter(|_| figure.of == 0).map(|row| (row.right, row.of));
    own.unwrap_or((figure.right, figure.of))
}

fn rules(figures: &[Figure], read: &[Read<'_>]) -> Grid {
    let mut out = Grid::new(&[
        "rule",
        "version",
        "language",
        "level",
        "by default",
        "right/of",
        "share [95 %]",
        "κ",
        "known by",
        "findings per 1,000 words",
        "texts with none",
    ]);
    for one in figures {
        let id = one.rule.id;
        let rate = rate(read, |text| text.text.article.lang == one.lang, |text| of_rule(text, id));
        let (right, of) = counts(one);
        let (on, why) = state(one.rule, &one.lang);
        out.row([
            format!("`{id}`"),
            one.rule.version.to_string(),
            one.lang.clone(),
            level(one.rule.level).to_owned(),
            if on { "on".to_owned() } else { format!("off: {why}") },
            if of == 0 { "–".to_owned() } else { format!("{right}/{of}") },
            share(right, of),
            one.kappa.map_or_else(|| "–".to_owned(), |kappa| format!("{kappa:.2}")),
            known_by(one),
            format!("{:.2}", rate.per_thousand()),
            format!("{} of {}", rate.without, rate.articles),
        ]);
    }
    out
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Fix => "fix",
        Level::Look => "look",
        Level::Info => "info",
    }
}

fn known_by(figure: &Figure) -> String {
    match (figure.rule.basis, figure.rule.measured(&figure.lang)) {
        (Basis::Fact, _) => "states a fact of the file".to_owned(),
        (_, Some(row)) if figure.of == 0 => row.sample.to_owned(),
        (_, None) if figure.of == 0 => "not judged".to_owned(),
        (_, Some(row)) if !figure.agrees() => {
            format!("judged; the rule itself still says {}/{}", row.right, row.of)
        }
        (_, None) => "judged; the rule itself says nothing yet".to_owned(),
        _ => "judged".to_owned(),
    }
}

/// Whether a rule speaks by default in a language, and why not.
fn state(rule: &Rule, lang: &str) -> (bool, String) {
    let floor = floor(rule.level);
    match (rule.basis, rule.measured(lang)) {
        (Basis::Fact, _) => (true, String::new()),
        (_, None) => (false, "no figure".to_owned()),
        (_, Some(row)) if row.reaches(rule.level) => (true, String::new()),
        (_, Some(row)) if u64::from(row.right) * 100 < u64::from(row.of) * u64::from(floor) => {
            (false, format!("under .{floor}"))
        }
        (_, Some(row)) => {
            let low = point(f64::from(row.interval().0) / 1000.0);
            (false, format!("lower bound {low} under .{}", floor - 5))
        }
    }
}

/// The desk by default by outlet and side; wrong of judged, over the rules that are on.
fn outlets(figures: &[Figure], read: &[Read<'_>]) -> Grid {
    let mut wrong: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let speaking = figures.iter().filter(|one| one.lang == "en" && state(one.rule, "en").0);
    for (name, (bad, of)) in speaking.flat_map(|one| &one.wrong_by) {
        let sum = wrong.entry(name).or_default();
        *sum = (sum.0 + bad, sum.1 + of);
    }
    let mut sides: BTreeMap<&str, &str> = BTreeMap::new();
    for text in read.iter().map(|one| one.text) {
        if let (Some(outlet), Some(side)) = (&text.outlet, &text.side) {
            sides.insert(outlet, side);
        }
    }
    let mut out = Grid::new(&[
        "outlet",
        "side as the data gives it",
        "findings",
        "per 1,000 words",
        "texts with none",
        "wrong of judged",
    ]);
    for (name, rate) in by_name(read, "en", by_default) {
        let side = name.strip_prefix("side ");
        let key = side.unwrap_or(&name);
        let (bad, of) = wrong.get(key).copied().unwrap_or_default();
        out.row([
            if side.is_some() { "all".to_owned() } else { name.clone() },
            side.or(sides.get(key).copied()).unwrap_or("–").to_owned(),
            rate.findings.to_string(),
            format!("{:.2}", rate.per_thousand()),
            format!("{} of {}", rate.without, rate.articles),
            if of == 0 { "–".to_owned() } else { format!("{bad}/{of}") },
        ]);
    }
    out
}
