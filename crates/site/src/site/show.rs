//! Which page function shows which route.

use ovn_edition::model::Article;
use ovn_store::Settings;
use ovn_store::rows::{Head, Query, Revision, TagKind};

use super::Inner;
use super::find::Meta;
use crate::Error;
use crate::routes::{Listing, Part};

fn frame(settings: &Settings, lang: &str, meta: &Meta, inside: &str) -> String {
    let mut head = String::new();
    if !meta.path.is_empty() {
        head.push_str(&format!(
            "<link rel=\"canonical\" href=\"{}{}\">",
            settings.url,
            escape(&meta.path)
        ));
    }
    if !meta.description.is_empty() {
        let text = escape(&meta.description);
        head.push_str(&format!("<meta name=\"description\" content=\"{text}\">"));
    }
    for (lang, path) in &meta.alternates {
        head.push_str(&format!(
            "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}{}\">",
            escape(lang),
            settings.url,
            escape(path)
        ));
    }
    for (name, value) in &meta.properties {
        head.push_str(&format!(
            "<meta property=\"{}\" content=\"{}\">",
            escape(name),
            escape(value)
        ));
    }
    if !meta.json_ld.is_empty() {
        head.push_str(&format!("<script type=\"application/ld+json\">{}</script>", meta.json_ld));
    }
    let title = if meta.title.is_empty() { &settings.name } else { &meta.title };
    let dir = if lang == "ur" { "rtl" } else { "ltr" };
    format!(
        "<!doctype html><html lang=\"{}\" dir=\"{dir}\"><head><meta charset=\"utf-8\"><title>{}</title>{head}</head>\
         <body><main>{inside}</main></body></html>\n",
        escape(lang),
        escape(title)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A page that each language has; `None` where there is no such page.
pub(super) fn listing(
    inner: &Inner,
    lang: &str,
    page: &Listing,
    _listed: Option<&str>,
) -> Result<Option<String>, Error> {
    let mut query = Query { lang: Some(lang.to_owned()), limit: 50, ..Query::default() };
    if let Listing::List(kind, name) = page {
        match kind {
            TagKind::Section => query.section = Some(name.clone()),
            TagKind::Topic => query.topic = Some(name.clone()),
            TagKind::Story => query.story = Some(name.clone()),
        }
    }
    if let Listing::RecordEntry(seq) = page
        && inner.reader.entry(*seq)?.is_none()
    {
        return Ok(None);
    }
    let heads = inner.reader.heads(&query)?;
    let item = |head: &Head| {
        format!("<li><a href=\"{}\">{}</a></li>", escape(&head.path), escape(&head.headline))
    };
    let inside = format!(
        "<h1>{}</h1><ul>{}</ul>",
        escape(&inner.settings.name),
        heads.iter().map(item).collect::<String>()
    );
    Ok(Some(frame(&inner.settings, lang, &Meta::default(), &inside)))
}

/// The article's page.
pub(super) fn article(
    inner: &Inner,
    head: &Head,
    _revisions: &[Revision],
    article: &Article,
    meta: &Meta,
) -> Result<String, Error> {
    let inside = format!("<article><h1>{}</h1></article>", escape(&article.headline));
    Ok(frame(&inner.settings, &head.lang, meta, &inside))
}

/// Revisions, one of them, or two compared; `None` where there is no such revision.
pub(super) fn history(
    inner: &Inner,
    head: &Head,
    revisions: &[Revision],
    part: &Part,
) -> Result<Option<String>, Error> {
    let has = |number: u32| revisions.iter().any(|one| one.rev == number);
    let there = match part {
        Part::Revision(number) => has(*number),
        Part::Compare(old, new) => old != new && has(*old) && has(*new),
        _ => true,
    };
    Ok(there.then(|| frame(&inner.settings, &head.lang, &Meta::default(), &escape(&head.headline))))
}

/// The article file; `None` where it cannot be written.
pub(super) fn markdown(_article: &Article) -> Option<String> {
    None
}

/// The tombstone of a withdrawn article.
pub(super) fn gone(inner: &Inner, head: &Head, _revisions: &[Revision]) -> Result<String, Error> {
    Ok(frame(&inner.settings, &head.lang, &Meta::default(), "<h1>Withdrawn</h1>"))
}

/// The page for what is nowhere.
pub(super) fn missing(inner: &Inner, lang: &str) -> Result<String, Error> {
    Ok(frame(&inner.settings, lang, &Meta::default(), "<h1>Not found</h1>"))
}

/// The page for a passing trouble.
pub(super) fn unavailable(settings: &Settings) -> String {
    frame(settings, "en", &Meta::default(), "<h1>Please try again in a few seconds</h1>")
}
