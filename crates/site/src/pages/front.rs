//! The front page: a lead, what matters next, the rest, and how the edition stands; it has an end.

use askama::Template;
use ovn_store::rows;

use super::corrections::Correction;
use super::counts::{Counts, Measure};
use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head, when};

/// What the front page shows.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Newest first; the first leads. At most about 20.
    pub heads: &'a [rows::Head],
    /// The last corrections, newest first; three are shown.
    pub corrections: &'a [(rows::Head, rows::Revision)],
    /// Stories with their number of articles; six are shown.
    pub stories: &'a [(String, u64)],
    /// How the edition stands.
    pub counts: &'a Counts,
    /// Local time of the latest seal, `2026-11-24T14:20+05:00`, or nothing.
    pub latest: &'a str,
}

struct Story {
    path: String,
    name: String,
    count: String,
}

#[derive(Template)]
#[template(path = "front.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    iso: String,
    date: String,
    lead: Option<Line>,
    second: Vec<Line>,
    rest: Vec<Line>,
    measures: Vec<Measure>,
    corrections: Vec<Correction>,
    stories: Vec<Story>,
}

/// The front page as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, rows: &Rows<'_>) -> Result<String, Error> {
    let mut lines = rows.heads.iter().map(|head| Line::of(cx, head));
    let lead = lines.next();
    let second = lines.by_ref().take(2).collect();
    let story = |(name, count): &(String, u64)| Story {
        path: cx.story(name),
        name: name.clone(),
        count: cx.count("articles", *count),
    };
    let page = Page {
        f: Frame::front(cx, head),
        iso: rows.latest.to_owned(),
        date: when::day(cx.lang, rows.latest),
        lead,
        second,
        rest: lines.collect(),
        measures: rows.counts.measures(cx),
        corrections: Correction::all(cx, rows.corrections.get(..3).unwrap_or(rows.corrections)),
        stories: rows.stories.iter().take(6).map(story).collect(),
    };
    Ok(page.render()?)
}
