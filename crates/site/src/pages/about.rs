//! What this edition and its platform are, who is behind it, and how accessible it is.

use askama::Template;

use super::frame::Frame;
use super::{Cx, Error, Head};

#[derive(Template)]
#[template(path = "about.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
}

/// The about page as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head) -> Result<String, Error> {
    Ok(Page { f: Frame::lists(cx, head) }.render()?)
}
