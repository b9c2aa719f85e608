//! Rows in, pages out: which rows each page of a language needs, and which function shows them.

mod changes;
mod lists;

use std::sync::LazyLock;

use ovn_edition::html::{self, View};
use ovn_edition::model::{Article, Event};
use ovn_edition::sealed::{self, Document, Place};
use ovn_store::letterbox::Standing;
use ovn_store::rows::{self, Query, Revision, TagKind};

use super::{Inner, find};
use crate::Error;
use crate::addresses::prefix;
use crate::checked;
use crate::pages::letter::Given;
use crate::pages::{self, Alternate, Cx, Facts, Head};
use crate::routes::Part;

pub(super) use lists::listing;

/// An article with what stands around it.
pub(super) struct Shown<'a> {
    pub(super) head: &'a rows::Head,
    pub(super) revisions: &'a [Revision],
    pub(super) siblings: &'a [rows::Head],
    pub(super) read: &'a Read,
    /// The revision that was read.
    pub(super) rev: u32,
}

/// What a revision sealed: its document, and the article in it with its place.
pub(super) struct Read {
    document: Document,
    pub(super) article: Article,
    pub(super) place: Place,
}

impl Read {
    pub(super) fn of(revision: &Revision) -> Result<Self, Error> {
        let document = checked::document(revision)?;
        let (article, place) = sealed::article(&document)?;
        Ok(Self { document, article, place })
    }
}

/// Calls `page` with what all pages in `lang` share.
fn within<T>(
    inner: &Inner,
    lang: &str,
    page: impl FnOnce(&Cx<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let state = inner.reader.state()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let vkey = inner.reader.record_file("vkey")?.unwrap_or_default();
    let vkey = text(&vkey).trim_end().to_owned();
    let tampered = inner.tampering.is_some();
    let record = Facts { size: state.size, checkpoint: text(&state.checkpoint), vkey, tampered };
    page(&Cx { settings: &inner.settings, lang, words: &inner.words, record: &record })
}

/// The head of a page that is at `path`, without its language, in every language.
fn everywhere(inner: &Inner, lang: &str, title: String, path: &str) -> Head {
    let languages = &inner.settings.languages;
    let at = |lang: &str| match format!("{}{}", prefix(languages, lang), path.trim_end_matches('/'))
    {
        path if path.is_empty() => "/".to_owned(),
        path => path,
    };
    let alternates = languages
        .iter()
        .filter(|_| languages.len() > 1)
        .map(|lang| Alternate { lang: lang.clone(), path: at(lang) })
        .collect();
    let own = at(lang);
    let properties = crate::opengraph::edition(&inner.settings, lang, &title, &own);
    Head { title, path: own, alternates, properties, ..Head::default() }
}

/// The article's page, or that of an older revision.
pub(super) fn article(inner: &Inner, meta: &Head, shown: &Shown<'_>) -> Result<String, Error> {
    let head = shown.head;
    let read = shown.read;
    let element = html::of(&read.document, &read.article, &read.place, &View::default())?;
    let removals = inner.reader.removals(&head.id)?;
    let dated = pages::article::has_dates(&element);
    let (events, story) = story(inner, head, &read.article, dated)?;
    let committed = committed(&read.article);
    let rows = pages::article::Rows {
        head,
        element: &element,
        revisions: shown.revisions,
        shown: shown.rev,
        removals: &removals,
        events: &events,
        story: &story,
        siblings: shown.siblings,
        letters: inner.letterbox.is_some(),
        committed: &committed,
    };
    Ok(pages::article::render(&still(inner, &head.lang), meta, &rows)?)
}

/// What readers are told of each confidential source, and what stands for who it is.
fn committed(article: &Article) -> Vec<(String, String)> {
    let one = |source: &ovn_edition::model::Source| {
        let hash = source.custom("commitment")?;
        Some((source.text("title").unwrap_or(source.id()).to_owned(), hash.to_owned()))
    };
    article.references.iter().filter_map(one).collect()
}

/// What pages in `lang` share that say nothing of the record as a whole.
fn still<'a>(inner: &'a Inner, lang: &'a str) -> Cx<'a> {
    static NOTHING: LazyLock<Facts> = LazyLock::new(Facts::default);
    Cx { settings: &inner.settings, lang, words: &inner.words, record: &NOTHING }
}

/// The dated events of the article's story, unless the article is `dated` itself, and the other articles in it.
fn story(
    inner: &Inner,
    head: &rows::Head,
    article: &Article,
    dated: bool,
) -> Result<(Vec<Event>, Vec<rows::Head>), Error> {
    let Some(name) = &head.story else { return Ok((article.events.clone(), Vec::new())) };
    let list = (TagKind::Story, name.clone());
    let mut others = find::latest(&inner.reader, &head.lang, Some(&list), 12)?;
    let events = if dated { Vec::new() } else { events(inner, &others)? };
    others.retain(|other| other.id != head.id);
    Ok((events, others))
}

/// The dated events that these articles tell, each once.
fn events(inner: &Inner, heads: &[rows::Head]) -> Result<Vec<Event>, Error> {
    let mut all: Vec<Event> = Vec::new();
    for head in heads {
        if let Some(revision) = inner.reader.revisions(&head.id)?.last() {
            all.extend(find::read(revision)?.0.events);
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|event| seen.insert((event.date.clone(), event.text.clone())));
    Ok(all)
}

/// One revision, or two compared; `None` where there is no such revision. The list of revisions is on the latest's page.
pub(super) fn history(
    inner: &Inner,
    head: &rows::Head,
    revisions: &[Revision],
    part: &Part,
) -> Result<Option<String>, Error> {
    let find = |number: u32| revisions.iter().find(|one| one.rev == number);
    let meta =
        |path: String| Head { title: head.headline.clone(), path, hidden: true, ..Head::default() };
    match part {
        Part::Revision(number) => {
            let Some(revision) = find(*number) else { return Ok(None) };
            let read = Read::of(revision)?;
            let siblings = inner.reader.siblings(&head.id)?;
            let shown = Shown { head, revisions, siblings: &siblings, read: &read, rev: *number };
            let meta = meta(pages::article::revision_path(&head.path, *number));
            article(inner, &meta, &shown).map(Some)
        }
        Part::Compare(from, to) if from != to => {
            let (Some(old), Some(new)) = (find(*from), find(*to)) else { return Ok(None) };
            let changes = changes::between(old, new)?;
            let meta = meta(pages::corrections::compare_path(&head.path, *from, *to));
            let render =
                |cx: &Cx<'_>| Ok(pages::compare::render(cx, &meta, head, (old, new), &changes)?);
            within(inner, &head.lang, render).map(Some)
        }
        _ => Ok(None),
    }
}

/// The tombstone of a withdrawn article.
pub(super) fn gone(inner: &Inner, head: &rows::Head) -> Result<String, Error> {
    let removals = inner.reader.removals(&head.id)?;
    let meta = Head { path: head.path.clone(), hidden: true, ..Head::default() };
    within(inner, &head.lang, |cx| Ok(pages::errors::gone(cx, &meta, head, &removals)?))
}

/// The page for what is nowhere.
pub(super) fn missing(inner: &Inner, lang: &str) -> Result<String, Error> {
    let query = Query { lang: Some(lang.to_owned()), limit: 5, ..Query::default() };
    let recent = inner.reader.heads(&query)?;
    let meta = Head { hidden: true, ..Head::default() };
    within(inner, lang, |cx| Ok(pages::errors::not_found(cx, &meta, &recent)?))
}

/// The form for a letter about an article; `(stamp, why)` as in [`pages::letter::form`].
pub(super) fn letter(
    inner: &Inner,
    head: &rows::Head,
    passages: &[(u64, String)],
    (stamp, why): (&str, &str),
    given: Given<'_>,
) -> Result<String, Error> {
    let cx = still(inner, &head.lang);
    let (title, path) = (cx.say("letter-title"), format!("{}/report", head.path));
    let meta = Head { title, path, hidden: true, ..Head::default() };
    Ok(pages::letter::form(&cx, &meta, head, passages, (Some(stamp), why), given)?)
}

/// How a letter stands.
pub(super) fn receipt(
    inner: &Inner,
    lang: &str,
    token: &str,
    standing: &Standing,
    headline: Option<String>,
) -> Result<String, Error> {
    let cx = still(inner, lang);
    let (title, path) = (cx.say("receipt-title"), cx.to(&format!("/report/{token}")));
    let meta = Head { title, path, hidden: true, ..Head::default() };
    let headline = headline.unwrap_or_else(|| cx.say("withdrawn-headline"));
    let local = lists::local(&inner.settings.zone, standing.at);
    Ok(pages::letter::receipt(&cx, &meta, standing, &headline, &local)?)
}

/// The page for a passing trouble; asks the store nothing.
pub(super) fn unavailable(inner: &Inner) -> Result<String, Error> {
    let lang = inner.settings.languages.first().map_or("en", String::as_str);
    let meta = Head { hidden: true, ..Head::default() };
    Ok(pages::errors::unavailable(&still(inner, lang), &meta)?)
}
