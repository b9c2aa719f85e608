//! From a news page to a draft article: what the page says about itself, and proposals for the rest.
//!
//! The draft is for an editor to read, not for the press: every source and party in it was recognised by a pattern and
//! is listed with the words that led to it.

mod credit;
mod draft;
mod governments;
mod layout;
mod parts;

use ovn_edition::{
    markdown::{self, Problem},
    model::Article,
};

/// A draft made from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The draft.
    pub article: Article,
    /// The same as a file; reading and writing it again changes no byte.
    pub markdown: String,
    /// What was recognised rather than read, for the editor to confirm.
    pub proposals: Vec<Proposal>,
    /// The edition's name, if the page shows one above its headline.
    pub edition: Option<String>,
    /// The edition's motto, likewise.
    pub motto: Option<String>,
}

/// Something that a pattern recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed: `source mofa: Ministry of Foreign Affairs (MOFA)`.
    pub what: String,
    /// The words on the page that led to it.
    pub words: String,
}

impl std::fmt::Display for Proposal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}, from the words “{}”", self.what, self.words)
    }
}

/// Why no draft can be made of a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no page of text.
    #[error(
        "line {line}, column {column}: the byte 0x{byte:02x} is not valid UTF-8; save the page in the encoding UTF-8"
    )]
    Encoding {
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
        /// The first byte that is wrong.
        byte: u8,
    },
    /// Larger than an article may be.
    #[error(
        "the page has more than {} bytes (2 MiB); save the article's own page",
        markdown::MAX_BYTES
    )]
    Size,
    /// HTML nested beyond what any real page has.
    #[error("the page's HTML is nested deeper than 500 elements; save its text instead")]
    Depth,
    /// No headline or no text was found.
    #[error(
        "the page shows no {0}; it should have a headline, then a date or category line, then paragraphs"
    )]
    Missing(&'static str),
    /// What was found breaks a rule of articles.
    #[error("the page's text cannot be an article: {0}")]
    Text(Problem),
}

/// Makes a draft of a page of plain text or HTML; `name` is its file's name and tells the two apart.
///
/// # Errors
/// When the bytes are not UTF-8 or too many, when there is no headline or text, or when the text breaks a rule.
pub fn page(bytes: &[u8], name: &str) -> Result<Imported, Error> {
    let lines = layout::lines(bytes, name)?;
    let parts = parts::find(lines)?;
    let (edition, motto) = (parts.edition.clone(), parts.motto.clone());
    let (article, proposals) = draft::article(parts);
    let file = markdown::write(&article);
    // Reading the file back applies every rule and brings the text to NFC.
    let article = markdown::read(file.as_bytes()).map_err(|problems| {
        problems.into_iter().next().map_or(Error::Missing("text"), Error::Text)
    })?;
    let markdown = markdown::write(&article);
    Ok(Imported { article, markdown, proposals, edition, motto })
}

/// What a page or a plain text says, paragraph by paragraph, without its form, pictures and scripts; `None` for what is no
/// text, is longer than an article may be, or is nested as no page is.
#[must_use]
pub fn text_of(bytes: &[u8], media: &str) -> Option<String> {
    let media = media.split(';').next().unwrap_or_default().trim();
    let name = match media {
        "text/html" | "application/xhtml+xml" => "page.html",
        other
            if other.starts_with("text/") || other.ends_with("json") || other.ends_with("xml") =>
        {
            return str::from_utf8(bytes).ok().map(str::to_owned);
        }
        _ => return None,
    };
    let lines = layout::lines(bytes, name).ok()?;
    let paragraphs: Vec<String> = lines.into_iter().map(|line| line.text).collect();
    Some(paragraphs.join("\n\n"))
}

/// The title of an HTML page: its main heading, or else what its head calls it.
#[must_use]
pub fn page_title(text: &str) -> Option<String> {
    let lines = layout::lines(text.as_bytes(), "page.html").ok()?;
    let head = || {
        let (_, rest) = text.split_once("<title>")?;
        let (title, _) = rest.split_once("</title>")?;
        layout::lines(title.as_bytes(), "page.html").ok()?.into_iter().next()
    };
    let found = lines.into_iter().find(|line| line.main).or_else(head)?;
    Some(found.text.chars().take(300).collect())
}

#[cfg(test)]
mod tests;
