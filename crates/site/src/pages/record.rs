//! The public record for people: what it is, how large, how to check it and how to keep a copy.

use askama::Template;
use ovn_store::rows;

use super::frame::Frame;
use super::{Cx, Error, Head, entry};

struct Row {
    path: String,
    number: String,
    sentence: String,
    about: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "record.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    rows: Vec<Row>,
    host: &'a str,
    older: Option<String>,
    newer: Option<String>,
    watch: bool,
}

/// The record's page as HTML, with one page of its entries, newest first.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(
    cx: &Cx<'_>,
    head: &Head,
    entries: &[rows::Entry],
    (older, newer): (Option<String>, Option<String>),
) -> Result<String, Error> {
    let row = |one: &rows::Entry| Row {
        path: cx.to(&format!("/record/entry/{}", one.seq)),
        number: cx.number(one.seq),
        sentence: entry::sentence(cx, one),
        about: one.head.clone(),
    };
    let url = &cx.settings.url;
    let host = url.split_once("://").map_or(url.as_str(), |(_, host)| host);
    let rows = entries.iter().map(row).collect();
    let watch = cx.record.tampered;
    Ok(Page { f: Frame::lists(cx, head), rows, host, older, newer, watch }.render()?)
}
