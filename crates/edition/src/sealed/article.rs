//! An article as the blocks of a sealed document, and back.

use super::{Block, Document, Error};
use crate::{model, report::Report};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What publishing adds to an article: its address and the time of the revision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Where it is read: `/2026/11/slug`.
    pub path: String,
    /// When this revision was sealed, in milliseconds since 1970-01-01 UTC.
    pub at: u64,
    /// The same moment on the edition's clock: `2026-11-24T14:20+05:00`.
    pub local: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Address {
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    translation_of: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Time {
    at: u64,
    local: String,
}

/// Type of the block that holds the desk's report, the last of a document.
pub const DESK: &str = "desk";

/// The block that seals the desk's report on an article, to stand after the article's own.
///
/// # Errors
/// When it does not serialise, which a report always does.
pub fn desk(report: &Report) -> Result<(&'static str, Value), Error> {
    Ok((DESK, value(report)?))
}

/// The desk's report that was sealed with an article; `None` where there was none or it was removed.
///
/// # Errors
/// When the block does not hold a report.
pub fn report(document: &Document) -> Result<Option<Report>, Error> {
    let blocks = document.blocks.iter().enumerate();
    let mut found = blocks.filter_map(|(number, block)| Some((number, block.open()?)));
    let Some((number, (kind, value))) = found.find(|(_, (kind, _))| *kind == DESK) else {
        return Ok(None);
    };
    let report = parse(value).map_err(|why| Error::Block { number, kind: kind.to_owned(), why })?;
    Ok(Some(report))
}

/// The blocks that seal `article` at `place`, type and value, in their fixed order.
///
/// # Errors
/// When a part does not serialise, which a checked article always does.
pub fn blocks(
    article: &model::Article,
    place: &Place,
) -> Result<Vec<(&'static str, Value)>, Error> {
    let mut out = Vec::new();
    let mut put = |kind: &'static str, value: Value| out.push((kind, value));
    put("article", value(&article.change)?);
    put(
        "language",
        json!({"dir": crate::direction::of_lang(&article.lang).word(), "lang": article.lang}),
    );
    let translation_of = article.translation_of.clone();
    put("address", value(&Address { path: place.path.clone(), translation_of })?);
    put("time", value(&Time { at: place.at, local: place.local.clone() })?);
    put("headline", json!(article.headline));
    if let Some(standfirst) = &article.standfirst {
        put("standfirst", json!(standfirst));
    }
    if !article.byline.is_empty() {
        put("byline", json!(article.byline));
    }
    if let Some(dateline) = &article.dateline {
        put("dateline", value(dateline)?);
    }
    for (kind, list) in [
        ("sections", &article.sections),
        ("topics", &article.topics),
        ("parties", &article.parties),
    ] {
        if !list.is_empty() {
            put(kind, json!(list));
        }
    }
    if !article.replies.is_empty() {
        put("replies", value(&article.replies)?);
    }
    if let Some(story) = &article.story {
        put("story", json!(story));
    }
    for event in &article.events {
        put("event", value(event)?);
    }
    for source in &article.references {
        put("source", value(source)?);
    }
    for block in &article.body {
        put(block.kind(), value(block)?);
    }
    if !article.answers.is_empty() {
        put("answers", value(&article.answers)?);
    }
    Ok(out)
}

/// The article in the bytes of a sealed document, as [`article`] gives it.
///
/// # Errors
/// As [`Document::read`] and [`article`].
pub fn read_article(bytes: &[u8]) -> Result<(model::Article, Place), Error> {
    article(&Document::read(bytes)?)
}

/// The article in `document`, with its place and, for each of its parts, nothing lost. Removed blocks are left out.
///
/// # Errors
/// When a block does not hold what its type says, or a type is unknown.
pub fn article(document: &Document) -> Result<(model::Article, Place), Error> {
    let mut article = model::Article::default();
    let mut place = Place::default();
    for (number, block) in document.blocks.iter().enumerate() {
        let Block::Open { kind, value, .. } = block else { continue };
        take(&mut article, &mut place, kind, value).map_err(|why| Error::Block {
            number,
            kind: kind.clone(),
            why,
        })?;
    }
    article.slug = place.path.rsplit('/').next().filter(|slug| !slug.is_empty()).map(str::to_owned);
    Ok((article, place))
}

fn take(
    article: &mut model::Article,
    place: &mut Place,
    kind: &str,
    value: &Value,
) -> Result<(), String> {
    match kind {
        "article" => article.change = parse(value)?,
        "language" => {
            let lang = value.get("lang").and_then(Value::as_str);
            article.lang = lang.ok_or("it names no language")?.to_owned();
        }
        "address" => {
            let address: Address = parse(value)?;
            place.path = address.path;
            article.translation_of = address.translation_of;
        }
        "time" => {
            let time: Time = parse(value)?;
            (place.at, place.local) = (time.at, time.local);
        }
        "headline" => article.headline = parse(value)?,
        "standfirst" => article.standfirst = Some(parse(value)?),
        "byline" => article.byline = parse(value)?,
        "dateline" => article.dateline = Some(parse(value)?),
        "sections" => article.sections = parse(value)?,
        "topics" => article.topics = parse(value)?,
        "parties" => article.parties = parse(value)?,
        "replies" => article.replies = parse(value)?,
        "answers" => article.answers = parse(value)?,
        // Said of the article, and no part of it: see `report`.
        DESK => {}
        "story" => article.story = Some(parse(value)?),
        "event" => article.events.push(parse(value)?),
        "source" => article.references.push(parse(value)?),
        _ => {
            let block: model::Block = parse(value)?;
            if block.kind() != kind {
                return Err(format!("it holds a {}", block.kind()));
            }
            article.body.push(block);
        }
    }
    Ok(())
}

fn value<T: Serialize>(thing: &T) -> Result<Value, Error> {
    serde_json::to_value(thing).map_err(|_| Error::Form("a part of the article does not serialise"))
}

fn parse<T: for<'a> Deserialize<'a>>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| error.to_string())
}
