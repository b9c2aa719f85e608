//! Lists of articles: a section's, a topic's; and the indexes of topics and stories.

use askama::Template;
use ovn_store::rows;

use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head};

/// Addresses of the older and the newer page of a list.
pub type Neighbours = (Option<String>, Option<String>);

#[derive(Template)]
#[template(path = "list.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    kind: String,
    name: &'a str,
    lines: Vec<Line>,
    older: Option<String>,
    newer: Option<String>,
}

/// A section's page as HTML; `slug` is the section's.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn section(
    cx: &Cx<'_>,
    head: &Head,
    slug: &str,
    heads: &[rows::Head],
    neighbours: Neighbours,
) -> Result<String, Error> {
    let known = cx.settings.sections.iter().find(|one| one.slug == slug);
    let name = known.map_or(slug, |one| cx.section(&one.slug));
    list(cx, head, cx.say("section"), name, heads, neighbours)
}

/// A topic's page as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn topic(
    cx: &Cx<'_>,
    head: &Head,
    name: &str,
    heads: &[rows::Head],
    neighbours: Neighbours,
) -> Result<String, Error> {
    list(cx, head, cx.say("topic"), name, heads, neighbours)
}

fn list(
    cx: &Cx<'_>,
    head: &Head,
    kind: String,
    name: &str,
    heads: &[rows::Head],
    (older, newer): Neighbours,
) -> Result<String, Error> {
    let lines = Line::all(cx, heads);
    Ok(Page { f: Frame::lists(cx, head), kind, name, lines, older, newer }.render()?)
}

struct Name {
    path: String,
    name: String,
    count: String,
}

#[derive(Template)]
#[template(path = "names.html", whitespace = "minimize")]
struct Names<'a> {
    f: Frame<'a>,
    title: String,
    intro: String,
    none: String,
    names: Vec<Name>,
}

/// The index of topics as HTML: names with their number of articles.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn topics(cx: &Cx<'_>, head: &Head, tags: &[(String, u64)]) -> Result<String, Error> {
    let says = ["topics", "topics-intro", "topics-none"];
    names(cx, head, says, tags, |name| cx.topic(name))
}

/// The index of stories as HTML: names with their number of articles.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn stories(cx: &Cx<'_>, head: &Head, tags: &[(String, u64)]) -> Result<String, Error> {
    let says = ["stories", "stories-intro", "stories-none"];
    names(cx, head, says, tags, |name| cx.story(name))
}

fn names(
    cx: &Cx<'_>,
    head: &Head,
    [title, intro, none]: [&str; 3],
    tags: &[(String, u64)],
    path: impl Fn(&str) -> String,
) -> Result<String, Error> {
    let name = |(name, count): &(String, u64)| Name {
        path: path(name),
        name: name.clone(),
        count: cx.count("articles", *count),
    };
    let page = Names {
        f: Frame::lists(cx, head),
        title: cx.say(title),
        intro: cx.say(intro),
        none: cx.say(none),
        names: tags.iter().map(name).collect(),
    };
    Ok(page.render()?)
}
