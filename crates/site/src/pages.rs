//! Every page that people see, each a plain function from rows to HTML: `pages::<name>::render(cx, head, …)`.
//!
//! No page reads a store or a clock. What it shows comes in as rows; what stands in its `<head>` for machines comes in
//! as a [`Head`]; what every page shares is the [`Cx`].

pub mod about;
pub mod archive;
pub mod article;
pub mod balance;
pub mod compare;
pub mod corrections;
pub mod counts;
pub mod desk;
pub mod entry;
pub mod errors;
pub mod feeds;
mod frame;
pub mod front;
pub mod letter;
mod line;
pub mod list;
pub mod policies;
pub mod record;
mod rich;
pub mod search;
pub mod sources;
pub mod story;
pub mod style;
pub mod tampered;
pub mod when;

pub(crate) use frame::own_name;

use ovn_store::Settings;

use crate::addresses::segment;
use crate::words::Words;

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template that could not be filled.
    #[error("the page cannot be written: {0}")]
    Template(#[from] askama::Error),
}

/// What every page of one language shares.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a> {
    /// The edition.
    pub settings: &'a Settings,
    /// Language of the interface, BCP 47: that of the address, or of the article.
    pub lang: &'a str,
    /// The words of the interface.
    pub words: &'a Words,
    /// The record as the published checkpoint shows it.
    pub record: &'a Facts,
}

/// The record as the published checkpoint shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Entries in the record.
    pub size: u64,
    /// The signed checkpoint's text, exactly as it is served.
    pub checkpoint: String,
    /// The verifier key, `name+hash+key`.
    pub vkey: String,
    /// Whether the site shows a copy that was tampered with on purpose.
    pub tampered: bool,
}

/// What stands in a page's `<head>`, for browsers and machines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The title without the edition's name.
    pub title: String,
    /// One or two sentences, or nothing.
    pub description: String,
    /// The page's own address under the edition's, `/2026/11/slug`: its canonical one.
    pub path: String,
    /// The same in other languages.
    pub alternates: Vec<Alternate>,
    /// Feeds of what the page lists, besides the edition's.
    pub feeds: Vec<Feed>,
    /// JSON-LD, or nothing.
    pub json_ld: String,
    /// Open Graph and other `<meta property>` pairs.
    pub properties: Vec<(String, String)>,
    /// Other `<link>`s: relation, media type (or nothing), address.
    pub links: Vec<(String, String, String)>,
    /// Ask search engines to leave the page out: search results, superseded revisions, errors.
    pub hidden: bool,
}

/// A page in another language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alternate {
    /// BCP 47 tag.
    pub lang: String,
    /// Address under the edition's.
    pub path: String,
}

/// A feed of what a page lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// Media type.
    pub media: String,
    /// For readers.
    pub title: String,
    /// Address under the edition's.
    pub path: String,
}

impl<'a> Cx<'a> {
    /// The message `key`.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.words.say(self.lang, key, &[])
    }

    /// The message `key` with `$it` in it.
    #[must_use]
    pub fn with(&self, key: &str, it: &str) -> String {
        self.words.say(self.lang, key, &[("it", it.into())])
    }

    /// The message `key` with a number: `$n` chooses the form, `$count` is the number in the language's digits.
    #[must_use]
    pub fn count(&self, key: &str, n: impl Into<u64>) -> String {
        let n = n.into();
        let count = self.number(n);
        let n = f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        self.words.say(self.lang, key, &[("n", n.into()), ("count", count.into())])
    }

    /// A number in the language's digits.
    #[must_use]
    pub fn number(&self, n: impl Into<u64>) -> String {
        when::number(self.lang, n.into())
    }

    /// The address of one of the edition's own pages in this language: `/corrections`, `/ur/corrections`.
    #[must_use]
    pub fn to(&self, path: &str) -> String {
        if self.settings.languages.first().is_none_or(|first| first == self.lang) {
            return path.to_owned();
        }
        format!("/{}{}", self.lang, path.trim_end_matches('/'))
    }

    /// Address of a topic's page, by name.
    #[must_use]
    pub fn topic(&self, name: &str) -> String {
        self.to(&format!("/topic/{}", in_path(&segment(name))))
    }

    /// Address of a story's page, by name.
    #[must_use]
    pub fn story(&self, name: &str) -> String {
        self.to(&format!("/story/{}", in_path(&segment(name))))
    }

    /// The name of a section in this language, by slug; the slug when the edition doesn't know it.
    #[must_use]
    pub fn section(&self, slug: &'a str) -> &'a str {
        let section = self.settings.sections.iter().find(|section| section.slug == slug);
        section
            .and_then(|one| one.name.get(self.lang).or_else(|| one.name.values().next()))
            .map_or(slug, String::as_str)
    }
}

/// A name as one segment of an address, percent-encoded.
#[must_use]
pub fn in_path(name: &str) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    const PLAIN: percent_encoding::AsciiSet =
        NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(name, &PLAIN).to_string()
}
