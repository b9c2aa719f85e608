//! Pages for what isn't there: never was, was withdrawn, or can't be made just now.

use askama::Template;
use ovn_store::rows;

use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head, when};

#[derive(Template)]
#[template(path = "missing.html", whitespace = "minimize")]
struct Missing<'a> {
    f: Frame<'a>,
    lines: Vec<Line>,
}

/// The page for 404 as HTML, with the latest articles.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn not_found(cx: &Cx<'_>, head: &Head, recent: &[rows::Head]) -> Result<String, Error> {
    Ok(Missing { f: Frame::lists(cx, head), lines: Line::all(cx, recent) }.render()?)
}

struct Tombstone {
    entry: String,
    number: String,
    ground: String,
    note: Option<String>,
    rev: String,
}

#[derive(Template)]
#[template(path = "gone.html", whitespace = "minimize")]
struct Gone<'a> {
    f: Frame<'a>,
    path: &'a str,
    published: String,
    local: &'a str,
    stones: Vec<Tombstone>,
}

/// The page for 410 as HTML: what was withdrawn, on what ground, and what remains of it in the record.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn gone(
    cx: &Cx<'_>,
    head: &Head,
    row: &rows::Head,
    removals: &[rows::Removal],
) -> Result<String, Error> {
    let stone = |removal: &rows::Removal| Tombstone {
        entry: cx.to(&format!("/record/entry/{}", removal.seq)),
        number: cx.number(removal.seq),
        ground: cx.say(&format!("ground-{}", removal.ground.replace(' ', "-"))),
        note: removal.note.clone(),
        rev: cx.number(removal.rev),
    };
    let page = Gone {
        f: Frame::lists(cx, head),
        path: &row.path,
        published: when::day(cx.lang, &row.first_local),
        local: &row.first_local,
        stones: removals.iter().map(stone).collect(),
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "unavailable.html", whitespace = "minimize")]
struct Unavailable<'a> {
    f: Frame<'a>,
}

/// The page for 503 as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn unavailable(cx: &Cx<'_>, head: &Head) -> Result<String, Error> {
    Ok(Unavailable { f: Frame::lists(cx, head) }.render()?)
}
