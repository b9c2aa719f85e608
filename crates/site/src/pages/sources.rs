//! What the edition's articles rest on: every source with the articles that cite it.

use askama::Template;
use ovn_store::rows;

use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head, when};

struct Row {
    name: String,
    url: Option<String>,
    /// The host of `url` where its spelling hides it.
    host: Option<String>,
    authors: String,
    date: Option<(String, String)>,
    kind: String,
    speaks_for: Option<String>,
    snapshot: Option<String>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "sources.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    rows: Vec<Row>,
    older: Option<String>,
    newer: Option<String>,
}

/// The list of sources as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(
    cx: &Cx<'_>,
    head: &Head,
    uses: &[rows::SourceUse],
    (older, newer): (Option<String>, Option<String>),
) -> Result<String, Error> {
    let rows = uses.iter().map(|one| row(cx, one)).collect();
    Ok(Page { f: Frame::lists(cx, head), rows, older, newer }.render()?)
}

fn row(cx: &Cx<'_>, used: &rows::SourceUse) -> Row {
    let source = &used.source;
    let authors = source.authors().join(if cx.lang == "ur" { "، " } else { ", " });
    let title = source.text("title").map(str::to_owned);
    let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    Row {
        name: title.unwrap_or_else(|| authors.clone()),
        url: source.url().filter(web).map(str::to_owned),
        host: source.url().filter(web).and_then(ovn_edition::host::hidden),
        authors,
        date: source.issued().map(|date| (date.clone(), when::day(cx.lang, &date))),
        kind: cx.say(&format!("source-{}", source.kind().word().replace(' ', "-"))),
        speaks_for: source.speaks_for().map(str::to_owned),
        snapshot: source.snapshot().map(|hash| format!("/record/blob/{hash}")),
        lines: Line::all(cx, &used.heads),
    }
}
