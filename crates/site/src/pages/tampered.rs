//! A silent edit being caught: a tampered copy of a real article beside the real one, with the verifier's answers.

use askama::Template;

use super::frame::{Frame, dir};
use super::{Cx, Error, Head};

/// The demonstration, as its caller made and checked it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Demonstration {
    /// Address and headline of the real article.
    pub article: (String, String),
    /// Language of the article.
    pub lang: String,
    /// The passage as it is sealed.
    pub real: String,
    /// The same passage as the tampered copy has it.
    pub tampered: String,
    /// Address of the whole tampered copy, or nothing.
    pub copy: String,
    /// The verifier's sentence on the real article.
    pub real_answer: String,
    /// The verifier's sentence on the copy.
    pub tampered_answer: String,
}

#[derive(Template)]
#[template(path = "tampered.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    d: &'a Demonstration,
    dir: &'static str,
}

/// The demonstration's page as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, shown: &Demonstration) -> Result<String, Error> {
    Ok(Page { f: Frame::lists(cx, head), d: shown, dir: dir(&shown.lang) }.render()?)
}
