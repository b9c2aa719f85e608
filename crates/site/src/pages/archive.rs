//! The archive: a month's articles by day, and the months there are.

use askama::Template;
use ovn_store::rows;

use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head, when};

struct Day {
    date: String,
    name: String,
    lines: Vec<Line>,
}

struct Month {
    path: String,
    name: String,
    count: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "archive.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    month: String,
    days: Vec<Day>,
    months: Vec<Month>,
    older: Option<String>,
    newer: Option<String>,
}

/// A month of the archive as HTML: `month` is `2026-11`, `heads` a page of its articles newest first by first publication,
/// `months` all months that have articles with their number, newest first; then the addresses of the pages with older and
/// newer ones.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(
    cx: &Cx<'_>,
    head: &Head,
    month: &str,
    heads: &[rows::Head],
    months: &[(String, u64)],
    (older, newer): (Option<String>, Option<String>),
) -> Result<String, Error> {
    let mut days: Vec<Day> = Vec::new();
    for row in heads {
        let date = row.first_local.split('T').next().unwrap_or_default();
        let line = Line { when: when::hour(cx.lang, &row.first_local), ..Line::of(cx, row) };
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.lines.push(line),
            None => days.push(Day {
                date: date.to_owned(),
                name: when::day(cx.lang, date),
                lines: vec![line],
            }),
        }
    }
    let entry = |(name, count): &(String, u64)| Month {
        path: cx.to(&format!("/archive/{}", name.replace('-', "/"))),
        name: when::day(cx.lang, name),
        count: cx.number(*count),
        here: name == month,
    };
    let page = Page {
        f: Frame::lists(cx, head),
        month: when::day(cx.lang, month),
        days,
        months: months.iter().map(entry).collect(),
        older,
        newer,
    };
    Ok(page.render()?)
}
