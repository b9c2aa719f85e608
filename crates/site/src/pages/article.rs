//! The article's page: the article element, and beside it what the record, the story and the edition add.

use askama::Template;
use ovn_edition::leaf::Kind;
use ovn_edition::model::Event;
use ovn_store::rows;

use super::corrections::compare_path;
use super::frame::{Frame, dir, own_name};
use super::line::Line;
use super::{Cx, Error, Head, when};

/// What the page of an article shows.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The latest revision.
    pub head: &'a rows::Head,
    /// `<article>…</article>` of the revision that is shown, from `ovn_edition::html`.
    pub element: &'a str,
    /// All revisions, the oldest first.
    pub revisions: &'a [rows::Revision],
    /// Which of them `element` is. An older one gets a banner.
    pub shown: u32,
    /// What was removed, the oldest first.
    pub removals: &'a [rows::Removal],
    /// Dated events of its story, in any order, each once.
    pub events: &'a [Event],
    /// Other articles of its story, the newest first.
    pub story: &'a [rows::Head],
    /// The same article in other languages.
    pub siblings: &'a [rows::Head],
    /// Whether readers may report errors with a form.
    pub letters: bool,
    /// The confidential sources of the revision that is shown: what readers are told of each, and its commitment in hexadecimal.
    pub committed: &'a [(String, String)],
}

/// One line of what changed.
struct Change {
    local: String,
    when: String,
    class: String,
    warn: bool,
    note: Option<String>,
    asked_by: Option<String>,
    compare: Option<String>,
    /// Address of this revision when it isn't the one shown.
    see: Option<String>,
    entry: String,
    number: String,
    rev: String,
}

struct Removed {
    entry: String,
    number: String,
    ground: String,
    note: Option<String>,
}

struct Dated {
    date: String,
    when: String,
    text: String,
}

struct Sibling {
    path: String,
    lang: String,
    dir: &'static str,
    name: String,
    headline: String,
}

#[derive(Template)]
#[template(path = "article.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    path: &'a str,
    element: &'a str,
    sections: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    superseded: bool,
    shown: String,
    last: String,
    seal: Option<Change>,
    changes: Vec<Change>,
    removed: Vec<Removed>,
    story: Option<(String, String)>,
    events: Vec<Dated>,
    also: Vec<Line>,
    siblings: Vec<Sibling>,
    policy: bool,
    mail: String,
    /// Whether there is a form to report errors.
    form: bool,
    url: String,
    /// Whether the desk's report was sealed with it.
    asked: bool,
    committed: &'a [(String, String)],
}

/// Address of one revision: `/2026/11/slug/r2`.
#[must_use]
pub fn revision_path(article: &str, rev: u32) -> String {
    format!("{article}/r{rev}")
}

/// The page of an article, of one of its revisions, or of a policy, as HTML.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(cx: &Cx<'_>, head: &Head, rows: &Rows<'_>) -> Result<String, Error> {
    let row = rows.head;
    let changes = || rows.revisions.iter().rev().map(|revision| change(cx, rows, revision));
    let sections = cx.settings.sections.iter().filter(|one| row.sections.contains(&one.slug));
    let at = rows.revisions.iter().rev().find(|revision| revision.rev == rows.shown);
    let page = Page {
        f: Frame::article(cx, head),
        path: &row.path,
        element: rows.element,
        sections: sections
            .map(|one| (cx.to(&format!("/section/{}", one.slug)), cx.section(&one.slug).to_owned()))
            .collect(),
        topics: row.topics.iter().map(|name| (cx.topic(name), name.clone())).collect(),
        superseded: rows.shown < row.rev,
        shown: cx.number(rows.shown),
        last: cx.number(row.rev),
        seal: at.map(|revision| change(cx, rows, revision)),
        changes: changes().collect(),
        removed: rows.removals.iter().map(|removal| removed(cx, removal)).collect(),
        story: row.story.as_ref().map(|name| (cx.story(name), name.clone())),
        // The article's own dates stand in it; what it leaves out is on the story's page.
        events: if has_dates(rows.element) { Vec::new() } else { events(cx, rows.events) },
        also: Line::all(cx, rows.story),
        siblings: rows.siblings.iter().map(sibling).collect(),
        policy: row.kind == rows::HeadKind::Policy,
        mail: mail(cx, row),
        form: rows.letters && row.kind == rows::HeadKind::Article,
        url: format!("{}{}", cx.settings.url, row.path),
        asked: rows.element.contains("<section id=\"desk\">"),
        committed: rows.committed,
    };
    Ok(page.render()?)
}

/// Whether the article element tells dated events of its own.
#[must_use]
pub fn has_dates(element: &str) -> bool {
    element.contains("id=\"dates\"")
}

fn change(cx: &Cx<'_>, rows: &Rows<'_>, revision: &rows::Revision) -> Change {
    let path = &rows.head.path;
    let latest = revision.rev == rows.head.rev;
    let there = if latest { path.clone() } else { revision_path(path, revision.rev) };
    Change {
        local: revision.local.clone(),
        when: when::moment(cx.lang, &revision.local),
        class: cx.say(&format!("class-{}", revision.class.word())),
        warn: revision.kind == Kind::Correction || revision.class.corrects(),
        note: revision.note.clone(),
        asked_by: revision.asked_by.clone(),
        compare: (revision.rev > 1).then(|| compare_path(path, revision.rev - 1, revision.rev)),
        see: (revision.rev != rows.shown).then_some(there),
        entry: cx.to(&format!("/record/entry/{}", revision.seq)),
        number: cx.number(revision.seq),
        rev: cx.number(revision.rev),
    }
}

fn removed(cx: &Cx<'_>, removal: &rows::Removal) -> Removed {
    Removed {
        entry: cx.to(&format!("/record/entry/{}", removal.seq)),
        number: cx.number(removal.seq),
        ground: cx.say(&format!("ground-{}", removal.ground.replace(' ', "-"))),
        note: removal.note.clone(),
    }
}

fn events(cx: &Cx<'_>, events: &[Event]) -> Vec<Dated> {
    let mut events: Vec<&Event> = events.iter().collect();
    events.sort_by(|a, b| b.date.cmp(&a.date));
    let dated = |event: &Event| Dated {
        date: event.date.clone(),
        when: when::day(cx.lang, &event.date),
        text: event.text.clone(),
    };
    events.into_iter().map(dated).collect()
}

fn sibling(head: &rows::Head) -> Sibling {
    Sibling {
        path: head.path.clone(),
        lang: head.lang.clone(),
        dir: dir(&head.lang),
        name: own_name(&head.lang).to_owned(),
        headline: head.headline.clone(),
    }
}

/// A `mailto:` that says which article and revision it is about.
pub(super) fn mail(cx: &Cx<'_>, row: &rows::Head) -> String {
    let contact = &cx.settings.publisher.contact;
    if contact.is_empty() {
        return String::new();
    }
    let subject = format!("{}: {}", cx.say("mail-subject"), row.headline);
    let body = format!("{}{} ({})", cx.settings.url, row.path, row.rev);
    format!("mailto:{contact}?subject={}&body={}", super::in_path(&subject), super::in_path(&body))
}
