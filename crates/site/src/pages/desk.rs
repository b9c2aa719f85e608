//! The desk's rules, all of them: what each looks for, on what it rests, how often it was right, and whether it speaks.

use askama::Template;
use ovn_desk::rule::{Basis, Measured, Rule};
use ovn_edition::report::{House, Why};

use super::frame::Frame;
use super::{Cx, Error, Head, rich, when};

/// A rule on the page. Its id is its anchor.
struct Row {
    id: &'static str,
    title: &'static str,
    /// As HTML.
    definition: String,
    level: String,
    version: String,
    /// In English only.
    evidence: &'static str,
    standings: Vec<Standing>,
}

/// A rule in one language.
struct Standing {
    lang: String,
    word: String,
    on: bool,
    why: String,
    figure: Option<Figure>,
}

/// How often it was right. The sample is described in English only.
struct Figure {
    right: String,
    date: &'static str,
    day: String,
    sample: &'static str,
}

/// Rules under one heading.
struct Group {
    id: &'static str,
    title: String,
    count: String,
    note: Option<String>,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "desk.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    groups: [Group; 2],
}

/// The page of the rules as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head) -> Result<String, Error> {
    let rows = ovn_desk::all().iter().map(|rule| row(cx, rule));
    let (on, off) = rows.partition(|row: &Row| row.standings.iter().any(|one| one.on));
    let group = |id, key, note, rows: Vec<Row>| {
        let count = cx.number(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        Group { id, title: cx.say(key), count, note, rows }
    };
    let why = Some(cx.say("desk-off-why"));
    let groups = [group("on", "desk-on", None, on), group("off", "desk-off", why, off)];
    Ok(Page { f: Frame::counts(cx, head), groups }.render()?)
}

fn row(cx: &Cx<'_>, rule: &Rule) -> Row {
    let said = rule.said(cx.lang);
    Row {
        id: rule.id,
        title: said.title,
        definition: rich::html(cx, said.definition),
        level: cx.say(&format!("desk-level-{}", rule.level.word())),
        version: cx.with("desk-version", &cx.number(rule.version)),
        evidence: rule.evidence,
        standings: rule.langs.iter().map(|lang| standing(cx, rule, lang)).collect(),
    }
}

/// How the rule stands where an edition changes nothing.
fn standing(cx: &Cx<'_>, rule: &Rule, lang: &str) -> Standing {
    let why = ovn_desk::standing(rule, lang, &House::default());
    let reason = match why {
        None if matches!(rule.basis, Basis::Fact) => cx.say("desk-fact"),
        None => String::new(),
        Some(Why::Language) => cx.say("desk-why-language"),
        Some(Why::Unmeasured) => cx.say("desk-why-unmeasured"),
        Some(Why::Precision) => cx.say("desk-why-precision"),
        Some(Why::House) => cx.say("desk-why-house"),
    };
    Standing {
        lang: cx.say(&format!("desk-lang-{lang}")),
        word: cx.say(if why.is_none() { "desk-speaks" } else { "desk-quiet" }),
        on: why.is_none(),
        why: reason,
        figure: rule.measured(lang).map(|row| figure(cx, row)),
    }
}

fn figure(cx: &Cx<'_>, row: &'static Measured) -> Figure {
    let (from, to) = row.interval();
    let with = [
        ("right", cx.number(row.right).into()),
        ("of", cx.number(row.of).into()),
        ("from", cx.number(from / 10).into()),
        ("to", cx.number(to.div_ceil(10)).into()),
    ];
    Figure {
        right: cx.words.say(cx.lang, "desk-right", &with),
        date: row.date,
        day: when::day(cx.lang, row.date),
        sample: row.sample,
    }
}
