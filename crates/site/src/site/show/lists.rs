//! The pages that list: front, sections, topics, stories, archive, corrections, sources, balance, desk, record, search.

use ovn_edition::{fold, hex};
use ovn_store::rows::{self, Query, TagKind};
use ovn_tlog::merkle::{inclusion_proof, verify_inclusion};
use ovn_tlog::{Checkpoint, Note, TileHashes, leaf_hash};

use super::{events, everywhere, within};
use crate::Error;
use crate::addresses::segment;
use crate::pages::counts::Counts;
use crate::pages::{self, Cx, Feed};
use crate::routes::Listing;
use crate::site::find::query;
use crate::site::{Inner, Listed, latest, tally};

/// Rows of one page of a list.
const PAGE: usize = 40;
/// Articles of one page of a month's archive.
const MONTH: usize = 400;
/// Rows of a list that can be paged to.
const MOST: usize = 10_000;

type Neighbours = (Option<String>, Option<String>);

/// A page that each language has; `None` where there is no such page.
pub(in crate::site) fn listing(
    inner: &Inner,
    lang: &str,
    page: &Listing,
    listed: &Listed,
) -> Result<Option<String>, Error> {
    within(inner, lang, |cx| match page {
        Listing::Front => front(inner, cx).map(Some),
        Listing::List(TagKind::Story, name) => story(inner, cx, name).map(Some),
        Listing::List(kind, name) => list(inner, cx, *kind, name, listed).map(Some),
        Listing::Tags(kind) => tags(inner, cx, *kind).map(Some),
        Listing::Archive(month) => archive(inner, cx, month.as_deref(), listed),
        Listing::Corrections => corrections(inner, cx, listed).map(Some),
        Listing::Sources => sources(inner, cx, listed).map(Some),
        Listing::Balance => {
            let head = everywhere(inner, lang, cx.say("balance"), "/balance");
            let tally = tally::of(inner)?;
            let end = local(&inner.settings.zone, tally.balance.end);
            let windows = tally.windows(lang);
            let rows = pages::balance::Rows { windows: &windows, end: &end };
            Ok(Some(pages::balance::render(cx, &head, &rows)?))
        }
        Listing::Desk => {
            let head = everywhere(inner, lang, cx.say("desk"), "/desk");
            Ok(Some(pages::desk::render(cx, &head)?))
        }
        Listing::Policies => {
            let head = everywhere(inner, lang, cx.say("policies"), "/policies");
            Ok(Some(pages::policies::render(cx, &head, &inner.reader.policies(lang)?)?))
        }
        Listing::Policy(..) => Ok(None),
        Listing::Search => search(inner, cx, listed).map(Some),
        Listing::Record => record(inner, cx, listed).map(Some),
        Listing::RecordEntry(seq) => entry(inner, cx, *seq),
        Listing::Feeds => {
            let head = everywhere(inner, lang, cx.say("feeds"), "/feeds");
            Ok(Some(pages::feeds::render(cx, &head, &groups(cx))?))
        }
        Listing::Tampered => {
            let Some(shown) = super::find::caught(inner)? else { return Ok(None) };
            let head = everywhere(inner, lang, cx.say("tampered"), "/record/tampered");
            Ok(Some(pages::tampered::render(cx, &head, &shown)?))
        }
        Listing::About => {
            let head = everywhere(inner, lang, cx.say("about"), "/about");
            Ok(Some(pages::about::render(cx, &head)?))
        }
    })
}

fn front(inner: &Inner, cx: &Cx<'_>) -> Result<String, Error> {
    let mut head = everywhere(inner, cx.lang, String::new(), "/");
    let policies = inner.reader.paths(rows::HeadKind::Policy)?;
    let known = |path: &str| policies.iter().any(|policy| policy == path);
    head.json_ld = crate::jsonld::edition(&inner.settings, &known)?;
    let heads = latest(&inner.reader, cx.lang, None, 20)?;
    let latest = heads.iter().max_by_key(|head| head.at).map_or("", |head| head.local.as_str());
    let rows = pages::front::Rows {
        heads: &heads,
        corrections: &inner.reader.corrections(Some(cx.lang), None, 3)?,
        stories: &inner.reader.tags(TagKind::Story, Some(cx.lang))?,
        counts: &counts(inner, cx.lang)?,
        latest,
    };
    Ok(pages::front::render(cx, &head, &rows)?)
}

/// How many rows stand before the page that is asked for, when each has `rows` of them.
fn before(listed: &Listed, rows: usize) -> usize {
    (listed.page().min(MOST / PAGE) - 1) * rows
}

/// The addresses of the pages beside the one that is asked for.
fn beside(listed: &Listed, path: &str, more: bool) -> Neighbours {
    let number = listed.page().min(MOST / PAGE);
    let older = more.then(|| format!("{path}{}", listed.at(number + 1)));
    let newer = (number > 1).then(|| format!("{path}{}", listed.at(number - 1)));
    (older, newer)
}

/// A page of the rows and whether there is one more than it holds.
fn page<T>(rows: &[T], most: usize) -> (&[T], bool) {
    (rows.get(..most).unwrap_or(rows), rows.len() > most)
}

fn list(
    inner: &Inner,
    cx: &Cx<'_>,
    kind: TagKind,
    name: &str,
    listed: &Listed,
) -> Result<String, Error> {
    let (word, title) = match kind {
        TagKind::Section => (
            "section",
            inner
                .settings
                .sections
                .iter()
                .find(|one| one.slug == name)
                .map_or(name, |one| cx.section(&one.slug))
                .to_owned(),
        ),
        TagKind::Topic | TagKind::Story => ("topic", name.to_owned()),
    };
    let path = format!("/{word}/{}", pages::in_path(&segment(name)));
    let mut head = everywhere(inner, cx.lang, title.clone(), &path);
    if kind != TagKind::Section {
        head.alternates.clear();
    }
    head.feeds = vec![atom(&title, &cx.to(&path))];
    let of = (kind, name.to_owned());
    let offset = before(listed, PAGE);
    let all = inner.reader.heads(&Query { offset, ..query(cx.lang, Some(&of), PAGE + 1) })?;
    let (shown, more) = page(&all, PAGE);
    let beside = beside(listed, &cx.to(&path), more);
    Ok(match kind {
        TagKind::Section => pages::list::section(cx, &head, name, shown, beside)?,
        TagKind::Topic | TagKind::Story => pages::list::topic(cx, &head, name, shown, beside)?,
    })
}

fn atom(title: &str, path: &str) -> Feed {
    let path = format!("{path}/feed.atom");
    Feed { media: "application/atom+xml".into(), title: title.to_owned(), path }
}

fn story(inner: &Inner, cx: &Cx<'_>, name: &str) -> Result<String, Error> {
    let heads = latest(&inner.reader, cx.lang, Some(&(TagKind::Story, name.to_owned())), 200)?;
    let path = format!("/story/{}", pages::in_path(&segment(name)));
    let mut head = everywhere(inner, cx.lang, name.to_owned(), &path);
    head.alternates.clear();
    head.feeds = vec![atom(name, &cx.to(&path))];
    Ok(pages::story::render(cx, &head, name, &events(inner, &heads)?, &heads)?)
}

fn tags(inner: &Inner, cx: &Cx<'_>, kind: TagKind) -> Result<String, Error> {
    let tags = inner.reader.tags(kind, Some(cx.lang))?;
    Ok(if kind == TagKind::Story {
        let head = everywhere(inner, cx.lang, cx.say("stories"), "/story");
        pages::list::stories(cx, &head, &tags)?
    } else {
        let head = everywhere(inner, cx.lang, cx.say("topics"), "/topic");
        pages::list::topics(cx, &head, &tags)?
    })
}

fn archive(
    inner: &Inner,
    cx: &Cx<'_>,
    month: Option<&str>,
    listed: &Listed,
) -> Result<Option<String>, Error> {
    let tallies = inner.reader.tallies(cx.lang)?;
    let months: Vec<(String, u64)> =
        tallies.into_iter().map(|one| (one.month, one.articles)).collect();
    let first = months.first().map_or("", |(month, _)| month.as_str());
    let shown = month.unwrap_or(first);
    if month.is_some() && !months.iter().any(|(month, _)| month == shown) {
        return Ok(None);
    }
    let all = inner.reader.heads(&Query {
        month: Some(shown.to_owned()),
        offset: before(listed, MONTH),
        ..query(cx.lang, None, MONTH + 1)
    })?;
    let (heads, more) = page(&all, MONTH);
    let path = match month {
        Some(month) => format!("/archive/{}", month.replace('-', "/")),
        None => "/archive".to_owned(),
    };
    let beside = beside(listed, &cx.to(&path), more);
    let head = everywhere(inner, cx.lang, cx.say("archive"), &path);
    Ok(Some(pages::archive::render(cx, &head, shown, heads, &months, beside)?))
}

fn corrections(inner: &Inner, cx: &Cx<'_>, listed: &Listed) -> Result<String, Error> {
    let path = cx.to("/corrections");
    let before = before(listed, PAGE);
    let all = inner.reader.corrections(Some(cx.lang), None, before + PAGE + 1)?;
    let (shown, more) = page(all.get(before..).unwrap_or_default(), PAGE);
    let head = everywhere(inner, cx.lang, cx.say("corrections"), "/corrections");
    let letters = inner.letters(cx.lang);
    Ok(pages::corrections::render(cx, &head, shown, &letters, beside(listed, &path, more))?)
}

fn sources(inner: &Inner, cx: &Cx<'_>, listed: &Listed) -> Result<String, Error> {
    let uses = inner.reader.sources(Some(cx.lang), before(listed, PAGE), PAGE + 1)?;
    let (shown, more) = page(&uses, PAGE);
    let head = everywhere(inner, cx.lang, cx.say("sources"), "/sources");
    Ok(pages::sources::render(cx, &head, shown, beside(listed, &cx.to("/sources"), more))?)
}

fn counts(inner: &Inner, lang: &str) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    for month in inner.reader.tallies(lang)? {
        counts.articles += month.articles;
        counts.sources += month.sources;
        counts.single += month.single;
        counts.unsourced += month.unsourced;
        counts.named += month.named;
        counts.heard += month.heard;
        counts.corrected += month.corrected;
    }
    Ok(counts)
}

fn search(inner: &Inner, cx: &Cx<'_>, listed: &Listed) -> Result<String, Error> {
    let query = listed.words();
    let terms = fold::query(query);
    let before = before(listed, PAGE);
    let (total, hits) = if terms.is_empty() {
        (0, Vec::new())
    } else {
        inner.reader.search(&terms, None, before, PAGE)?
    };
    let marks = |query: &str, word: &str| {
        let asked = fold::words(query);
        fold::words(word).iter().any(|one| asked.contains(one))
    };
    let more = total > (before + PAGE) as u64;
    let (older, newer) = beside(listed, &cx.to("/search"), more);
    let rows = pages::search::Rows { query, total, hits: &hits, marks: Some(marks), older, newer };
    let mut head = everywhere(inner, cx.lang, cx.say("search"), "/search");
    head.hidden = !query.is_empty();
    Ok(pages::search::render(cx, &head, &rows)?)
}

fn record(inner: &Inner, cx: &Cx<'_>, listed: &Listed) -> Result<String, Error> {
    let size = cx.record.size;
    let before = before(listed, PAGE);
    let beside = beside(listed, &cx.to("/record"), size > (before + PAGE) as u64);
    let end = size.saturating_sub(before as u64);
    let from = end.saturating_sub(PAGE as u64);
    let count = usize::try_from(end - from).unwrap_or(PAGE);
    let mut entries = inner.reader.entries(from, count)?;
    entries.reverse();
    let head = everywhere(inner, cx.lang, cx.say("record"), "/record");
    Ok(pages::record::render(cx, &head, &entries, beside)?)
}

fn entry(inner: &Inner, cx: &Cx<'_>, seq: u64) -> Result<Option<String>, Error> {
    let Some(entry) = inner.reader.entry(seq)? else { return Ok(None) };
    let damaged = |error: &dyn std::fmt::Display| Error::Record(error.to_string());
    let note = Note::parse(cx.record.checkpoint.as_bytes()).map_err(|error| damaged(&error))?;
    let tree = Checkpoint::parse(note.text()).map_err(|error| damaged(&error))?;
    let hashes = TileHashes::new(&inner.reader, tree.size());
    let proof = inclusion_proof(&hashes, seq, tree.size()).map_err(|error| damaged(&error))?;
    let leaf = ovn_edition::leaf::Leaf::read(&entry.leaf)?;
    verify_inclusion(&leaf_hash(&entry.leaf), seq, tree.size(), &proof, tree.root())
        .map_err(|error| damaged(&error))?;
    let inclusion = pages::entry::Inclusion {
        leaf_hash: hex::encode(&leaf_hash(&entry.leaf).0),
        proof: proof.iter().map(|hash| hex::encode(&hash.0)).collect(),
        root: hex::encode(&tree.root().0),
        local: local(&inner.settings.zone, leaf.at),
    };
    let title = format!("{} {seq}", cx.say("record"));
    let head = everywhere(inner, cx.lang, title, &format!("/record/entry/{seq}"));
    Ok(Some(pages::entry::render(cx, &head, &entry, &inclusion)?))
}

/// The moment on the edition's clock, `2026-11-24T14:20+05:00`.
pub(super) fn local(zone: &str, at: u64) -> String {
    let moment = i64::try_from(at).ok().and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    let zoned = moment.and_then(|at| at.in_tz(zone).or_else(|_| at.in_tz("UTC")).ok());
    zoned.map_or_else(String::new, |zoned| zoned.strftime("%Y-%m-%dT%H:%M%:z").to_string())
}

fn groups(cx: &Cx<'_>) -> Vec<pages::feeds::Group> {
    let formats = [
        ("application/atom+xml", "Atom", "feed.atom"),
        ("application/rss+xml", "RSS", "feed.rss"),
        ("application/feed+json", "JSON Feed", "feed.json"),
    ];
    let group = |name: String, place: String| pages::feeds::Group {
        name,
        feeds: formats
            .map(|(media, title, file)| Feed {
                media: media.into(),
                title: title.into(),
                path: format!("{}/{file}", place.trim_end_matches('/')),
            })
            .into(),
    };
    let mut groups = vec![group(cx.settings.name.clone(), cx.to("/"))];
    for section in &cx.settings.sections {
        let path = cx.to(&format!("/section/{}", section.slug));
        groups.push(group(cx.section(&section.slug).to_owned(), path));
    }
    groups
}
