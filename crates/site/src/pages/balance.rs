//! The edition's balance: what can be counted from the sealed articles, and no score.

use askama::Template;

use super::frame::Frame;
use super::{Cx, Error, Head};

/// What is counted over the articles as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles that can be read.
    pub articles: u64,
    /// Sources cited, summed over articles.
    pub sources: u64,
    /// Articles that cite exactly one source.
    pub single: u64,
    /// Articles that cite none.
    pub unsourced: u64,
    /// Parties named, summed over articles.
    pub named: u64,
    /// Parties heard, summed over articles.
    pub heard: u64,
    /// Articles corrected, clarified or retracted at least once.
    pub corrected: u64,
    /// Party, articles that name it, articles in which it is heard; most named first.
    pub parties: Vec<(String, u64, u64)>,
    /// Section slug and articles in it.
    pub sections: Vec<(String, u64)>,
}

/// One share, as a line with a bar.
pub(super) struct Measure {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) percent: u64,
}

impl Counts {
    /// The shares that the front page and the balance page show; none while there is nothing to count.
    pub(super) fn measures(&self, cx: &Cx<'_>) -> Vec<Measure> {
        let shares = [
            ("balance-heard", self.heard, self.named),
            ("balance-sourced", self.articles.saturating_sub(self.unsourced), self.articles),
            ("balance-single", self.single, self.articles),
            ("balance-corrected", self.corrected, self.articles),
        ];
        let measure = |(key, part, whole): (&str, u64, u64)| {
            let percent = part.saturating_mul(100).checked_div(whole)?;
            let with = [("part", cx.number(part).into()), ("whole", cx.number(whole).into())];
            let text = cx.words.say(cx.lang, "of-whole", &with);
            Some(Measure { name: cx.say(key), text, percent })
        };
        shares.into_iter().filter_map(measure).collect()
    }
}

struct Row {
    name: String,
    path: Option<String>,
    named: String,
    heard: String,
    warn: bool,
}

#[derive(Template)]
#[template(path = "balance.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    articles: u64,
    measures: Vec<Measure>,
    parties: Vec<Row>,
    sections: Vec<Row>,
}

/// The balance page as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, counts: &Counts) -> Result<String, Error> {
    let party = |(name, named, heard): &(String, u64, u64)| Row {
        name: name.clone(),
        path: None,
        named: cx.number(*named),
        heard: cx.number(*heard),
        warn: *heard == 0,
    };
    let section = |(slug, count): &(String, u64)| {
        let known = cx.settings.sections.iter().find(|one| one.slug == *slug);
        Row {
            name: known.map_or_else(|| slug.clone(), |one| cx.section(&one.slug).to_owned()),
            path: known.map(|one| cx.to(&format!("/section/{}", one.slug))),
            named: cx.number(*count),
            heard: String::new(),
            warn: false,
        }
    };
    let page = Page {
        f: Frame::lists(cx, head),
        articles: counts.articles,
        measures: counts.measures(cx),
        parties: counts.parties.iter().map(party).collect(),
        sections: counts.sections.iter().map(section).collect(),
    };
    Ok(page.render()?)
}
