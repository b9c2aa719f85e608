//! The edition's policies, each sealed like an article.

use askama::Template;
use ovn_store::rows;

use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head};

#[derive(Template)]
#[template(path = "policies.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    lines: Vec<Line>,
}

/// The list of policies as HTML. A policy's own page is [`super::article::render`]'s.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, heads: &[rows::Head]) -> Result<String, Error> {
    Ok(Page { f: Frame::lists(cx, head), lines: Line::all(cx, heads) }.render()?)
}
