//! Every correction the edition has made, newest first.

use askama::Template;
use ovn_store::letterbox::Standing;
use ovn_store::rows;

use super::frame::{Frame, dir};
use super::letter::took;
use super::{Cx, Error, Head, when};

/// A correction in a list.
pub(super) struct Correction {
    pub(super) path: String,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) headline: String,
    /// What changed, or the class's word where nobody wrote it.
    pub(super) note: String,
    pub(super) class: String,
    pub(super) asked_by: Option<String>,
    pub(super) local: String,
    pub(super) when: String,
    pub(super) compare: String,
    pub(super) entry: String,
    pub(super) number: String,
    /// How long after a reader's letter, if one led to it.
    pub(super) took: Option<String>,
}

/// What became of readers' letters, the newest first.
#[derive(Debug, Clone, Default)]
pub struct Letters {
    /// Those that were declined.
    pub declined: Vec<Standing>,
    /// Those that led to a correction.
    pub corrected: Vec<Standing>,
}

/// A letter that was declined.
struct Declined {
    path: String,
    lang: String,
    dir: &'static str,
    reason: String,
    took: String,
}

impl Correction {
    pub(super) fn of(cx: &Cx<'_>, head: &rows::Head, revision: &rows::Revision) -> Self {
        let class = cx.say(&format!("class-{}", revision.class.word()));
        let before = revision.rev.saturating_sub(1);
        Self {
            path: head.path.clone(),
            lang: head.lang.clone(),
            dir: dir(&head.lang),
            headline: head.headline.clone(),
            note: revision.note.clone().unwrap_or_else(|| class.clone()),
            class,
            asked_by: revision.asked_by.clone(),
            local: revision.local.clone(),
            when: when::day(cx.lang, &revision.local),
            compare: compare_path(&head.path, before, revision.rev),
            entry: cx.to(&format!("/record/entry/{}", revision.seq)),
            number: cx.number(revision.seq),
            took: None,
        }
    }

    pub(super) fn all(cx: &Cx<'_>, rows: &[(rows::Head, rows::Revision)]) -> Vec<Self> {
        rows.iter().map(|(head, revision)| Self::of(cx, head, revision)).collect()
    }
}

/// Address of the comparison of two revisions: `/2026/11/slug/compare/1-2`.
#[must_use]
pub fn compare_path(article: &str, from: u32, to: u32) -> String {
    format!("{article}/compare/{from}-{to}")
}

#[derive(Template)]
#[template(path = "corrections.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    rows: Vec<Correction>,
    declined: Vec<Declined>,
    older: Option<String>,
    newer: Option<String>,
}

/// The page of corrections as HTML, with what became of readers' letters; `older` and `newer` are the addresses of the neighbouring pages.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(
    cx: &Cx<'_>,
    head: &Head,
    corrections: &[(rows::Head, rows::Revision)],
    letters: &Letters,
    (older, newer): (Option<String>, Option<String>),
) -> Result<String, Error> {
    let mut rows = Correction::all(cx, corrections);
    for (row, (_, revision)) in rows.iter_mut().zip(corrections) {
        let fixed = Some(u64::from(revision.rev));
        let led = letters.corrected.iter().rev();
        let mut led = led.filter(|one| one.path == row.path && one.fixed == fixed);
        row.took = led.next().and_then(|one| took(cx, one));
    }
    let declined = |one: &Standing| {
        Some(Declined {
            path: one.path.clone(),
            lang: one.lang.clone(),
            dir: dir(&one.lang),
            reason: one.reason.clone()?,
            took: took(cx, one)?,
        })
    };
    let first = newer.is_none();
    let declined = letters.declined.iter().filter(|_| first).filter_map(declined).collect();
    Ok(Page { f: Frame::lists(cx, head), rows, declined, older, newer }.render()?)
}
