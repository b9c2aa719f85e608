//! The article element: everything a reader sees between `<article>` and `</article>`, as a function of what is sealed.
//!
//! A verifier renders it again from the sealed document and compares. Hence nothing here may come from elsewhere: not
//! the clock, not the record, not other articles.
//!
//! For the stylesheet, all class names and ids:
//!
//! - `article.a`: children are the header, blocks, notes and sections, in one flat list, so that a grid can set
//!   `.n` beside the text. On a narrow screen hide `.n`: the list of sources says the same and more.
//! - `.x` the notice of a correction above the headline, with `.r` too for a retraction; id `change`.
//! - `.k` section names over the headline · `.l` standfirst · `.y` byline, dateline and time (`span`s).
//! - `.s` the trust strip (`ul`; `li.w` warns) · `.w` also a withheld part (`p`, `li`) · `.m` small print in a line.
//! - `sup` with `a`s: source marks, to be made targets of 24 px · `.n` a side note, `b` its number.
//! - `.t` the scrolling frame of a table; cells `.ts` `.tc` `.te` align at start, centre, end.
//! - `section`s `#heard`, `#dates`, `#sources`, `#desk`, each with an `h2`; `.p` the parties (`ul`; `li.o` is named, not heard;
//!   `svg` with a `rect` is the bar: fill it, and turn it around under `[dir=rtl]`) · `.e` dated events (`ol`).
//! - `.q` the desk's findings (`ul`): in each `li` `details` with what is asked and what would settle it, and a `p`
//!   with the answer.
//! - ids `sN` a source, `cN` the first mark of a claim. `data-b` is the block's number in the sealed document.
//! - Comparisons: `ins`, `del`, `.v` words for those who see no colours (hide visually) · `.d` one part that changed,
//!   `.d2` with the two sides in its `div`s.

mod body;
mod desk;
mod diff;
mod escape;
mod header;
mod inline;
mod layout;
mod picture;
mod sections;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use diff::{changes, side_by_side};
pub use escape::{attribute as escape_attribute, text as escape};

use crate::{
    claims::{self, Claims},
    direction::{self, Direction},
    labels::{self, Labels},
    model::Article,
    report::Report,
    sealed::{self, Document, Place},
};
use layout::{Entry, Layout};
use std::collections::HashMap;

/// How addresses are written. It changes nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View<'a> {
    /// Put before every address of this edition that begins with `/`: empty, `https://pk.example`, `../..`.
    pub base: &'a str,
    /// Put before the name of a picture's file that is not archived yet, in a newsroom's preview; when it is empty, such a
    /// picture is described.
    pub pictures: &'a str,
}

/// The article element, tags included, of `article` published at `place`.
#[must_use]
pub fn article(article: &Article, place: &Place, view: &View<'_>) -> String {
    let layout = Layout::new(article, &layout::kinds(article));
    Page::new(article, place, *view, layout, false).whole()
}

/// The article element of a sealed document; where blocks were removed it says so.
///
/// # Errors
/// When a block does not hold what its type says.
pub fn document(document: &Document, view: &View<'_>) -> Result<String, sealed::Error> {
    let (article, place) = sealed::article(document)?;
    of(document, &article, &place, view)
}

/// The same of a document whose article and place were read before.
///
/// # Errors
/// As [`document`].
pub fn of(
    document: &Document,
    article: &Article,
    place: &Place,
    view: &View<'_>,
) -> Result<String, sealed::Error> {
    let kinds: Vec<Option<&str>> =
        document.blocks.iter().map(|block| block.open().map(|(kind, _)| kind)).collect();
    let layout = Layout::new(article, &kinds);
    let mut page = Page::new(article, place, *view, layout, false);
    page.report = sealed::report(document)?;
    Ok(page.whole())
}

/// Body and sources for a feed or a letter: no ids, no links inside the page, no side notes.
#[must_use]
pub fn feed(article: &Article, view: &View<'_>) -> String {
    let layout = Layout::new(article, &layout::kinds(article));
    let mut page = Page::new(article, &Place::default(), *view, layout, true);
    page.body();
    page.sources();
    page.out
}

/// What the parts of the element share while it is written.
struct Page<'a> {
    article: &'a Article,
    /// The desk's report, where one was sealed.
    report: Option<Report>,
    place: Place,
    view: View<'a>,
    labels: &'static Labels,
    dir: Direction,
    layout: Layout<'a>,
    claims: Claims,
    /// Sources in the order of their numbers.
    entries: Vec<Entry<'a>>,
    /// For a feed: without what only works inside a page.
    bare: bool,
    /// Where the source with an id stands in `entries`.
    places: HashMap<String, usize>,
    /// For a claim and a source: where in the source, as the citations say.
    locators: HashMap<(usize, String), Vec<String>>,
    /// Citation brackets written so far.
    marks: usize,
    /// Sources cited so far: they are numbered in this order.
    reached: usize,
    /// Sources that have their side note.
    noted: usize,
    tables: usize,
    out: String,
}

impl<'a> Page<'a> {
    fn new(
        article: &'a Article,
        place: &Place,
        view: View<'a>,
        mut layout: Layout<'a>,
        bare: bool,
    ) -> Self {
        let open = layout.body.iter().filter_map(|(number, block)| Some((*number, (*block)?)));
        let claims = claims::of_blocks(open);
        let entries = layout.entries(article);
        let numbered = entries.iter().enumerate();
        let places = numbered.map(|(at, entry)| (entry.id.clone(), at)).rev().collect();
        let locators = inline::locators(&layout, &claims);
        Self {
            article,
            report: None,
            place: place.clone(),
            view,
            labels: labels::of(&article.lang),
            dir: direction::of_lang(&article.lang),
            layout,
            claims,
            entries,
            bare,
            places,
            locators,
            marks: 0,
            reached: 0,
            noted: 0,
            tables: 0,
            out: String::new(),
        }
    }

    fn whole(mut self) -> String {
        let lang = escape::attribute(&self.article.lang);
        self.put(&format!("<article class=\"a\" lang=\"{lang}\" dir=\"{}\">", self.dir.word()));
        self.header();
        self.body();
        self.heard();
        self.events();
        self.sources();
        self.desk();
        self.put("</article>");
        self.out
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&escape::text(text));
    }

    /// `<name class="class" data-b="block" lang dir>`, the last two where `words` run the other way.
    fn open(&mut self, name: &str, class: &str, block: Option<usize>, words: &str) {
        self.put("<");
        self.put(name);
        if !class.is_empty() && !self.bare {
            self.put(&format!(" class=\"{class}\""));
        }
        if let Some(number) = block.filter(|_| !self.bare) {
            self.put(&format!(" data-b=\"{number}\""));
        }
        let turn = self.turn(words);
        self.put(turn);
        self.put(">");
    }

    /// `lang` and `dir` for words that run against the article's direction. The language is a guess from the script.
    fn turn(&self, words: &str) -> &'static str {
        match direction::of_most(words) {
            Some(Direction::Rtl) if self.dir == Direction::Ltr => " lang=\"ur\" dir=\"rtl\"",
            Some(Direction::Ltr) if self.dir == Direction::Rtl => " lang=\"en\" dir=\"ltr\"",
            _ => "",
        }
    }

    /// Words that may run the other way, kept apart from what stands beside them.
    fn isolated(&self, words: &str) -> String {
        let (turn, words) = (self.turn(words), escape::text(words));
        if turn.is_empty() { words } else { format!("<bdi{turn}>{words}</bdi>") }
    }

    /// A part that was removed.
    fn withheld(&mut self, name: &str, block: Option<usize>) {
        let words = self.labels.withheld;
        self.open(name, "w", block, "");
        self.text(words);
        self.put(&format!("</{name}>"));
    }
}
