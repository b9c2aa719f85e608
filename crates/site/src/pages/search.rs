//! Search: a form that works without scripts, its results, and advice when there are none.

use askama::Template;
use ovn_store::rows;

use super::frame::Frame;
use super::line::Line;
use super::{Cx, Error, Head, rich};

/// What was asked and what was found.
#[derive(Debug, Clone, Default)]
pub struct Rows<'a> {
    /// As it was typed.
    pub query: &'a str,
    /// How many articles hold all of it.
    pub total: u64,
    /// This page of them.
    pub hits: &'a [rows::Hit],
    /// Whether a word of the text, as written, is one of the words asked for (after folding).
    pub marks: Option<fn(query: &str, word: &str) -> bool>,
    /// Addresses of the next and the previous page.
    pub older: Option<String>,
    /// See `older`.
    pub newer: Option<String>,
}

struct Found {
    line: Line,
    snippet: String,
}

#[derive(Template)]
#[template(path = "search.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    query: &'a str,
    total: u64,
    found: Vec<Found>,
    older: Option<String>,
    newer: Option<String>,
}

/// The search page as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, rows: &Rows<'_>) -> Result<String, Error> {
    let found = |hit: &rows::Hit| Found {
        line: Line::of(cx, &hit.head),
        snippet: marked(rows, &hit.snippet),
    };
    let page = Page {
        f: Frame::lists(cx, head),
        query: rows.query,
        total: rows.total,
        found: rows.hits.iter().map(found).collect(),
        older: rows.older.clone(),
        newer: rows.newer.clone(),
    };
    Ok(page.render()?)
}

/// The passage escaped, each word that was asked for in `<mark>`.
fn marked(rows: &Rows<'_>, snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len() + 32);
    for word in snippet.split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let wanted = !bare.is_empty() && rows.marks.is_some_and(|marks| marks(rows.query, bare));
        match word.split_once(bare).filter(|_| wanted) {
            Some((before, after)) => {
                rich::escape(before, &mut out);
                out.push_str("<mark>");
                rich::escape(bare, &mut out);
                out.push_str("</mark>");
                rich::escape(after, &mut out);
            }
            None => rich::escape(word, &mut out),
        }
    }
    out
}
