//! The edition's feeds and how to follow it without giving anything away.

use askama::Template;

use super::frame::Frame;
use super::{Cx, Error, Feed, Head};

/// Feeds of one list: the whole edition, a section, the corrections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// What they are feeds of.
    pub name: String,
    /// One for each format; the titles are the formats' names.
    pub feeds: Vec<Feed>,
}

#[derive(Template)]
#[template(path = "feeds.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    groups: &'a [Group],
}

/// The page of feeds as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, groups: &[Group]) -> Result<String, Error> {
    Ok(Page { f: Frame::lists(cx, head), groups }.render()?)
}
