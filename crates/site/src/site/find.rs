//! From a route to its page: what is looked up, and what it is served as.

use hyper::StatusCode;
use ovn_edition::model::Article;
use ovn_edition::sealed::{self, Place};
use ovn_store::rows::{Head, HeadKind, Query, Revision, TagKind};

use super::{Inner, Listed, show, tally};
use crate::addresses::{encoded, prefix, segment};
use crate::headers::Keep;
use crate::needs::{self as part, Needs};
use crate::pages::tampered::Demonstration;
use crate::pages::{self, Alternate};
use crate::respond::Page;
use crate::routes::{File, Listing, Part, Route};
use crate::tampered::{COPY, Real};
use crate::{
    Error, checked, feeds, jsonld, opengraph, proof, record_files, robots, sitemap, trust,
};

/// The page that `route` asks for; `None` where there is nothing of that name.
pub(super) fn page(inner: &Inner, route: &Route, listed: &Listed) -> Result<Option<Page>, Error> {
    match route {
        Route::Page { lang, page } => listing(inner, lang, page, listed),
        Route::Article { path, part } => match inner.reader.head(path)? {
            Some(head) if head.kind == HeadKind::Article => article(inner, &head, part),
            _ => Ok(None),
        },
        Route::Feed { lang, list, format } => feed(inner, lang, list.as_ref(), *format),
        Route::RecordFile(path) => record_files::file(&inner.reader, &inner.settings, path),
        Route::Document(commit) => record_files::document(&inner.reader, commit),
        Route::Blob(hash) => record_files::blob(&inner.reader, hash),
        Route::Tampered(part) => tampered(inner, part),
        Route::Sitemap(part) => {
            sitemap::part(&inner.settings, &inner.reader, || lists(inner, false), *part)
        }
        Route::File(file) => whole_site(inner, *file).map(Some),
    }
}

fn listing(
    inner: &Inner,
    lang: &str,
    page: &Listing,
    listed: &Listed,
) -> Result<Option<Page>, Error> {
    if let Listing::Policy(name, part) = page {
        let path = format!("{}/policies/{name}", prefix(&inner.settings.languages, lang));
        let Some(head) = inner.reader.head(&path)?.filter(|head| head.kind == HeadKind::Policy)
        else {
            return Ok(None);
        };
        return article(inner, &head, part);
    }
    let page = match page {
        Listing::List(kind, slug) => match name_of(inner, *kind, lang, slug)? {
            Some(name) => Listing::List(*kind, name),
            None => return Ok(None),
        },
        other => other.clone(),
    };
    let route = Route::Page { lang: lang.to_owned(), page: page.clone() };
    let listens = !route.queries().is_empty();
    let Some(html) = show::listing(inner, lang, &page, listed)? else { return Ok(None) };
    let state = inner.reader.state()?;
    let answer = Page::html(StatusCode::OK, html).modified(Some(state.at)).keys("edition lists");
    Ok(Some(Page { listens, ..answer }))
}

/// The name of the section's, topic's or story's list at this address.
fn name_of(inner: &Inner, kind: TagKind, lang: &str, slug: &str) -> Result<Option<String>, Error> {
    // A section that is in the menu has a page before it has an article; one that was taken out of it keeps its page.
    let listed = inner.settings.sections.iter().any(|section| section.slug == slug);
    if kind == TagKind::Section && listed {
        return Ok(Some(slug.to_owned()));
    }
    let named = latest(&inner.reader, lang, Some(&(kind, slug.to_owned())), 1)?;
    Ok((!named.is_empty()).then(|| slug.to_owned()))
}

fn article(inner: &Inner, head: &Head, part: &Part) -> Result<Option<Page>, Error> {
    let revisions = inner.reader.revisions(&head.id)?;
    let Some(latest) = revisions.last() else { return Ok(None) };
    let page = match part {
        Part::Page if head.withdrawn => Page::html(StatusCode::GONE, show::gone(inner, head)?),
        Part::Page => article_page(inner, head, &revisions, latest)?,
        Part::Sealed => Page::data("application/json", checked::bytes(latest)?),
        Part::Proof => {
            let proof = proof::of(inner, latest.seq)?;
            Page::data("text/plain; charset=utf-8", proof.into_bytes())
        }
        Part::Markdown if head.withdrawn => return Ok(None),
        Part::Markdown => {
            let text = ovn_edition::markdown::write(&read(latest)?.0);
            Page::data("text/markdown; charset=utf-8", text.into_bytes())
        }
        part => match show::history(inner, head, &revisions, part)? {
            Some(html) => Page::html(StatusCode::OK, html),
            None => return Ok(None),
        },
    };
    let keys = format!("edition article-{}", ovn_edition::hex::encode(&head.id));
    let at = inner.reader.state()?.at.max(head.at);
    Ok(Some(page.modified(Some(at)).keys(keys).needs(needs(head, part))))
}

/// What an article's page, and what hangs on it, is made of. The proof goes to the latest checkpoint, the foot of a
/// comparison counts the record's entries, and a removal counts as a change of everything.
fn needs(head: &Head, part: &Part) -> Needs {
    if matches!(part, Part::Proof | Part::Compare(..)) || head.withdrawn {
        return Needs::Everything;
    }
    let mut parts = vec![part::Part::article(&head.id), part::Part::policies()];
    parts.push(part::Part::translations(&head.path));
    parts.extend(head.translation_of.as_deref().map(part::Part::translations));
    parts.extend(head.story.as_deref().map(part::Part::story));
    Needs::Parts(parts.into())
}

fn article_page(
    inner: &Inner,
    head: &Head,
    revisions: &[Revision],
    latest: &Revision,
) -> Result<Page, Error> {
    let read = show::Read::of(latest)?;
    let article = &read.article;
    checked::head(head, article, &read.place)?;
    let siblings = inner.reader.siblings(&head.id)?;
    let policies = inner.reader.paths(HeadKind::Policy)?;
    let known = |path: &str| policies.iter().any(|policy| policy == path);
    let alternate = |one: &Head| Alternate { lang: one.lang.clone(), path: one.path.clone() };
    let meta = pages::Head {
        title: head.headline.clone(),
        description: head.standfirst.clone().unwrap_or_default(),
        path: head.path.clone(),
        alternates: siblings.iter().map(alternate).collect(),
        json_ld: jsonld::article(&inner.settings, head, article, revisions, &siblings, &known)?,
        properties: opengraph::article(&inner.settings, head, article, &siblings),
        ..pages::Head::default()
    };
    let rows = show::Shown { head, revisions, siblings: &siblings, read: &read, rev: latest.rev };
    Ok(Page::html(StatusCode::OK, show::article(inner, &meta, &rows)?))
}

/// The article that a revision sealed.
pub(crate) fn read(revision: &Revision) -> Result<(Article, Place), Error> {
    Ok(sealed::article(&checked::document(revision)?)?)
}

fn feed(
    inner: &Inner,
    lang: &str,
    list: Option<&(TagKind, String)>,
    format: crate::routes::Format,
) -> Result<Option<Page>, Error> {
    let list = match list {
        Some((kind, slug)) => match name_of(inner, *kind, lang, slug)? {
            Some(name) => Some((*kind, name)),
            None => return Ok(None),
        },
        None => None,
    };
    feeds::page(&inner.settings, &inner.reader, lang, list.as_ref(), format).map(Some)
}

fn whole_site(inner: &Inner, file: File) -> Result<Page, Error> {
    let (settings, reader) = (&inner.settings, &inner.reader);
    let text = "text/plain; charset=utf-8";
    let at = reader.state()?.at;
    let page = match file {
        File::News => sitemap::news(settings, reader)?,
        File::Robots => Page::data(text, robots::robots(settings).into_bytes()),
        File::Trust => Page::data(text, trust::trust(settings).into_bytes()),
        File::Security => Page::data(text, trust::security(settings, at).into_bytes()),
        File::OpenSearch => {
            let media = "application/opensearchdescription+xml; charset=utf-8";
            Page::data(media, robots::opensearch(settings)?)
        }
        File::BalanceNumbers => Page::data("application/json", tally::of(inner)?.numbers()?),
        File::BalanceRows => {
            Page::data("text/csv; charset=utf-8", tally::of(inner)?.rows().into_bytes())
        }
        File::Icon => {
            Page::data("image/svg+xml", robots::ICON.as_bytes().to_vec()).keep(Keep::Short)
        }
    };
    Ok(page.modified(Some(at)).keys("edition"))
}

/// The copy that was tampered with, beside the real document and proof, as an attacker would serve them.
fn tampered(inner: &Inner, part: &Part) -> Result<Option<Page>, Error> {
    let Some(tampering) = &inner.tampering else { return Ok(None) };
    let Some(head) = inner.reader.head(&tampering.path)? else { return Ok(None) };
    let Some(real) = article(inner, &head, part)? else { return Ok(None) };
    if *part != Part::Page {
        return Ok(Some(real));
    }
    let html = tampering.copy(&String::from_utf8_lossy(&real.body));
    Ok(Some(Page::html(StatusCode::OK, html).keys("edition")))
}

/// The page that shows what a verifier says to the copy.
pub(super) fn caught(inner: &Inner) -> Result<Option<Demonstration>, Error> {
    let Some(tampering) = &inner.tampering else { return Ok(None) };
    let Some(head) = inner.reader.head(&tampering.path)? else { return Ok(None) };
    let part = |part: &Part| article(inner, &head, part);
    let (Some(page), Some(document), Some(proof)) =
        (part(&Part::Page)?, part(&Part::Sealed)?, part(&Part::Proof)?)
    else {
        return Ok(None);
    };
    let vkey = inner.reader.record_file("vkey")?.unwrap_or_default();
    let real = Real {
        head: &head,
        page: &String::from_utf8_lossy(&page.body),
        document: &document.body,
        proof: &proof.body,
        vkey: &String::from_utf8_lossy(&vkey),
    };
    Ok(Some(tampering.show(&real)))
}

/// The page for what is nowhere.
pub(super) fn missing(inner: &Inner, lang: &str) -> Result<Page, Error> {
    Ok(Page::html(StatusCode::NOT_FOUND, show::missing(inner, lang)?).keys("edition"))
}

/// The language that the first segment of `path` names, or the edition's first.
pub(super) fn language_of(inner: &Inner, path: &str) -> String {
    let languages = &inner.settings.languages;
    let word = path.split('/').nth(1).unwrap_or_default();
    let named = languages.iter().find(|lang| *lang == word).or(languages.first());
    named.map_or_else(|| "en".to_owned(), Clone::clone)
}

/// Fronts and lists of every language, with their feeds if asked for.
fn lists(inner: &Inner, with_feeds: bool) -> Result<Vec<String>, Error> {
    let (settings, reader) = (&inner.settings, &inner.reader);
    let mut all: Vec<String> = Vec::new();
    let feeds: &[&str] = if with_feeds { &FEEDS } else { &[] };
    for lang in &settings.languages {
        let before = prefix(&settings.languages, lang);
        let front = if before.is_empty() { "/".to_owned() } else { before.clone() };
        all.push(front);
        all.extend(PAGES.iter().chain(feeds).map(|name| format!("{before}/{name}")));
        for month in reader.tallies(lang)? {
            all.push(format!("{before}/archive/{}", month.month.replace('-', "/")));
        }
        let named = [("topic", TagKind::Topic), ("story", TagKind::Story)];
        let mut names: Vec<String> =
            settings.sections.iter().map(|one| format!("section/{}", one.slug)).collect();
        let former = reader.tags(TagKind::Section, Some(lang))?.into_iter();
        let former = former.map(|(slug, _)| format!("section/{slug}"));
        let former: Vec<String> = former.filter(|path| !names.contains(path)).collect();
        names.extend(former);
        for (word, kind) in named {
            let tags = reader.tags(kind, Some(lang))?;
            names.extend(tags.iter().map(|(name, _)| format!("{word}/{}", segment(name))));
        }
        for name in names {
            all.push(format!("{before}/{name}"));
            all.extend(feeds.iter().map(|feed| format!("{before}/{name}/{feed}")));
        }
    }
    Ok(all)
}

const PAGES: [&str; 12] = [
    "archive",
    "corrections",
    "sources",
    "balance",
    "desk",
    "policies",
    "search",
    "record",
    "topic",
    "story",
    "feeds",
    "about",
];
const FEEDS: [&str; 3] = ["feed.atom", "feed.rss", "feed.json"];

/// Every public address of pages and files for people and crawlers, canonical.
pub(super) fn addresses(inner: &Inner) -> Result<Vec<String>, Error> {
    let (settings, reader) = (&inner.settings, &inner.reader);
    let mut all = lists(inner, true)?;
    all.extend(
        [
            "sitemap.xml",
            "news-sitemap.xml",
            "robots.txt",
            "trust.txt",
            ".well-known/security.txt",
            "opensearch.xml",
            "favicon.svg",
            "balance.json",
            "balance.csv",
            "record/checkpoint",
            "record/vkey",
        ]
        .map(|name| format!("/{name}")),
    );
    let entries = reader.size()?;
    for lang in &settings.languages {
        let before = prefix(&settings.languages, lang);
        all.extend((0..entries).map(|seq| format!("{before}/record/entry/{seq}")));
    }
    if inner.tampering.is_some() {
        let lists = settings.languages.iter().map(|lang| prefix(&settings.languages, lang));
        all.extend(lists.map(|before| format!("{before}/record/tampered")));
        all.push(COPY.to_owned());
    }
    for kind in [HeadKind::Policy, HeadKind::Article] {
        for path in reader.paths(kind)? {
            all.extend(of_article(inner, &path)?);
        }
    }
    let mut seen = std::collections::HashSet::new();
    let all = all.into_iter().map(|path| encoded(&path));
    Ok(all.filter(|path| seen.insert(path.clone())).collect())
}

fn of_article(inner: &Inner, path: &str) -> Result<Vec<String>, Error> {
    let Some(head) = inner.reader.head(path)? else { return Ok(Vec::new()) };
    let mut all = vec![path.to_owned(), format!("{path}.json"), format!("{path}.tlog-proof")];
    if !head.withdrawn {
        all.push(format!("{path}.md"));
    }
    all.extend((1..=head.rev).map(|rev| format!("{path}/r{rev}")));
    all.extend((2..=head.rev).map(|rev| format!("{path}/compare/{}-{rev}", rev - 1)));
    Ok(all)
}

/// The latest articles of a language, or of one of its lists.
pub(crate) fn latest(
    reader: &ovn_store::Reader,
    lang: &str,
    list: Option<&(TagKind, String)>,
    limit: usize,
) -> Result<Vec<Head>, Error> {
    Ok(reader.heads(&query(lang, list, limit))?)
}

/// The question for articles of a language, or of one of its lists, newest first.
pub(super) fn query(lang: &str, list: Option<&(TagKind, String)>, limit: usize) -> Query {
    let mut query = Query { lang: Some(lang.to_owned()), limit, ..Query::default() };
    if let Some((kind, name)) = list {
        let place = match kind {
            TagKind::Section => &mut query.section,
            TagKind::Topic => &mut query.topic,
            TagKind::Story => &mut query.story,
        };
        *place = Some(name.clone());
    }
    query
}
