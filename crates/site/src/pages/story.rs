//! A story: its timeline of events and articles.

use askama::Template;
use ovn_edition::model::Event;
use ovn_store::rows;

use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head, when};

struct Dated {
    date: String,
    when: String,
    text: String,
}

#[derive(Template)]
#[template(path = "story.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    name: &'a str,
    events: Vec<Dated>,
    lines: Vec<Line>,
}

/// The page of a story as HTML: `events` in any order, `heads` newest first.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(
    cx: &Cx<'_>,
    head: &Head,
    name: &str,
    events: &[Event],
    heads: &[rows::Head],
) -> Result<String, Error> {
    let mut sorted: Vec<&Event> = events.iter().collect();
    sorted.sort_by(|a, b| b.date.cmp(&a.date));
    sorted.dedup_by(|a, b| a.date == b.date && a.text == b.text);
    let dated = |event: &Event| Dated {
        date: event.date.clone(),
        when: when::day(cx.lang, &event.date),
        text: event.text.clone(),
    };
    let page = Page {
        f: Frame::lists(cx, head),
        name,
        events: sorted.into_iter().map(dated).collect(),
        lines: Line::all(cx, heads),
    };
    Ok(page.render()?)
}
