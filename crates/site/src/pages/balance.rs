//! The edition's balance over 30 and 90 days: counts with their denominators and intervals, and no score.
//!
//! Charts are drawn from the same numbers as the tables beside them; who does not see them misses nothing.

mod charts;

use askama::Template;
use ovn_desk::balance::{Correction, Party, RuleCount, Window, median};
use ovn_desk::rule::wilson;

use super::frame::Frame;
use super::{Cx, Error, Head, when};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The windows of this language, the shortest first.
    pub windows: &'a [&'a Window],
    /// Local time of the record's last entry, where the windows end.
    pub end: &'a str,
}

/// A share in each window.
struct Share {
    name: String,
    cells: Vec<Cell>,
}

/// A share in one window: how many of how many, and where the true share may lie.
struct Cell {
    text: String,
    interval: String,
    chart: String,
}

struct PartyRow {
    name: String,
    articles: String,
    heard: String,
    sought: String,
    words: String,
    warn: bool,
    chart: String,
}

struct RuleRow {
    id: String,
    title: String,
    found: String,
    kept: String,
    wrong: String,
    open: String,
    chart: String,
}

struct CorrectionRow {
    path: String,
    class: String,
    took: String,
}

#[derive(Template)]
#[template(path = "balance.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    over: String,
    heads: Vec<String>,
    shares: Vec<Share>,
    parties: Vec<PartyRow>,
    rules: Vec<RuleRow>,
    corrections: Vec<CorrectionRow>,
    middle: Option<String>,
    times: String,
}

/// The balance page as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, rows: &Rows<'_>) -> Result<String, Error> {
    let longest = rows.windows.last().copied();
    let parties = longest.map(|window| window.parties.as_slice()).unwrap_or_default();
    let most = parties.iter().map(|party| party.articles).max().unwrap_or(0);
    let rules = longest.map(|window| window.rules.as_slice()).unwrap_or_default();
    let found = rules.iter().map(|rule| rule.found).max().unwrap_or(0);
    let corrections = longest.map(|window| window.corrections.as_slice()).unwrap_or_default();
    let minutes: Vec<u64> = corrections.iter().filter_map(|one| one.minutes).collect();
    let page = Page {
        f: Frame::counts(cx, head),
        over: match longest {
            Some(_) => cx.with("balance-until", &when::moment(cx.lang, rows.end)),
            None => cx.say("front-uncounted"),
        },
        heads: rows.windows.iter().map(|one| cx.count("balance-days", one.days)).collect(),
        shares: if longest.is_some() { shares(cx, rows.windows) } else { Vec::new() },
        parties: parties.iter().take(40).map(|one| party(cx, one, most)).collect(),
        rules: rules.iter().map(|one| rule(cx, one, found)).collect(),
        corrections: corrections.iter().rev().take(40).map(|one| correction(cx, one)).collect(),
        times: charts::times(&minutes),
        middle: median(minutes).map(|middle| cx.with("balance-middle", &duration(cx, middle))),
    };
    Ok(page.render()?)
}

/// How many of how many, in a window.
type Count = fn(&Window) -> (u32, u32);

/// The shares that are shown, and whether their cases are apart enough for an interval.
const SHARES: [(&str, Count, bool); 8] = [
    ("balance-reported", |w| (w.reported, w.articles), false),
    ("balance-single", |w| (w.single_source, w.reported), true),
    ("balance-single-voice", |w| (w.single_voice, w.voiced), true),
    ("balance-unnamed", |w| (w.unnamed_voice, w.voiced), true),
    ("balance-unnamed-words", |w| (w.unnamed_words, w.spoken_words), false),
    ("balance-official", |w| (w.official_only, w.voiced), true),
    (
        "balance-heard",
        |w| (w.parties.iter().map(|p| p.heard).sum(), w.parties.iter().map(|p| p.articles).sum()),
        false,
    ),
    (
        "balance-answered",
        |w| (w.rules.iter().map(|r| r.kept + r.wrong).sum(), w.rules.iter().map(|r| r.found).sum()),
        false,
    ),
];

fn shares(cx: &Cx<'_>, windows: &[&Window]) -> Vec<Share> {
    let share = |(key, count, apart): &(&str, Count, bool)| {
        let cell = |window: &&Window| {
            let (part, whole) = count(window);
            cell(cx, part, whole, *apart)
        };
        Share { name: cx.say(key), cells: windows.iter().map(cell).collect() }
    };
    SHARES.iter().map(share).collect()
}

fn cell(cx: &Cx<'_>, part: u32, whole: u32, apart: bool) -> Cell {
    if whole == 0 {
        let text = cx.say("balance-none");
        return Cell { text, interval: String::new(), chart: String::new() };
    }
    let with = [("part", cx.number(part).into()), ("whole", cx.number(whole).into())];
    let text = cx.words.say(cx.lang, "of-whole", &with);
    let bounds = apart.then(|| wilson(part, whole));
    let interval = bounds.map_or_else(String::new, |(from, to)| {
        let with =
            [("from", cx.number(from / 10).into()), ("to", cx.number(to.div_ceil(10)).into())];
        cx.words.say(cx.lang, "balance-interval", &with)
    });
    Cell { text, interval, chart: charts::share(part, whole, bounds) }
}

fn party(cx: &Cx<'_>, party: &Party, most: u32) -> PartyRow {
    PartyRow {
        name: party.name.clone(),
        articles: cx.number(party.articles),
        heard: cx.number(party.heard),
        sought: cx.number(party.sought),
        words: cx.number(party.words),
        warn: party.heard == 0,
        chart: charts::stacked(
            &[party.heard, party.articles - party.heard.min(party.articles)],
            most,
        ),
    }
}

fn rule(cx: &Cx<'_>, row: &RuleCount, most: u32) -> RuleRow {
    let known = ovn_desk::all().iter().find(|rule| rule.id == row.rule);
    let open = row.found.saturating_sub(row.kept + row.wrong);
    RuleRow {
        id: row.rule.clone(),
        title: known.map_or_else(|| row.rule.clone(), |rule| rule.said(cx.lang).title.to_owned()),
        found: cx.number(row.found),
        kept: cx.number(row.kept),
        wrong: cx.number(row.wrong),
        open: cx.number(open),
        chart: charts::stacked(&[row.kept, row.wrong, open], most),
    }
}

fn correction(cx: &Cx<'_>, row: &Correction) -> CorrectionRow {
    CorrectionRow {
        path: row.path.clone(),
        class: cx.say(&format!("class-{}", row.class)),
        took: row.minutes.map_or_else(|| cx.say("balance-none"), |took| duration(cx, took)),
    }
}

/// Minutes in words, in the unit that a person would choose.
pub(super) fn duration(cx: &Cx<'_>, minutes: u64) -> String {
    match minutes {
        0..=119 => cx.count("minutes", minutes),
        120..=2879 => cx.count("hours", minutes / 60),
        _ => cx.count("days", minutes / 1440),
    }
}
