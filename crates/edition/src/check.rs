//! The rules that every article keeps, whether it came from a file or from an editor.
//!
//! `docs/article-format.md` lists the limits. An article without findings can be written as a file and read again
//! without loss.

mod blocks;
mod desk;
mod inlines;
mod text;

pub use blocks::tight;
pub(crate) use text::is_id;
pub use text::{HREF_ADVICE, href, is_date, is_lang, is_plain};

use crate::{model::Article, slug};
use std::collections::HashSet;

/// Nesting of a file's text beyond which it is not read on.
pub const MAX_DEPTH: usize = 100;
/// Lists and quotations within one another; deeper ones would not fit [`crate::canon::MAX_DEPTH`] once sealed.
pub const MAX_LEVELS: usize = 25;
/// Longest headline, in characters.
pub const MAX_HEADLINE: usize = 300;
/// Longest standfirst, note or event, in characters.
pub const MAX_TEXT: usize = 2000;
/// Longest name (byline, topic, party, section, story, place), in characters.
pub const MAX_NAME: usize = 200;
/// Most references.
pub const MAX_REFERENCES: usize = 500;
/// Most topics, and most parties and events.
pub const MAX_TOPICS: usize = 100;
/// Most names in a byline.
pub const MAX_BYLINES: usize = 50;
/// Most sections.
pub const MAX_SECTIONS: usize = 20;

/// Which part of the article a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A metadata key.
    Field(&'static str),
    /// A block of the body, from 0.
    Block(usize),
}

/// A rule that the article breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {advice}")]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// Every rule that `article` breaks; empty when it may be published.
#[must_use]
pub fn article(article: &Article) -> Vec<Finding> {
    let mut out = Vec::new();
    metadata(article, &mut out);
    lists(article, &mut out);
    let ids: HashSet<&str> = article.references.iter().map(crate::model::Source::id).collect();
    events(article, &ids, &mut out);
    desk::replies(article, &mut out);
    desk::answers(article, &mut out);
    references(article, &mut out);
    if article.body.is_empty() {
        put(
            &mut out,
            Place::Field("headline"),
            "the article has no text",
            "write at least one paragraph",
        );
    }
    for (number, block) in article.body.iter().enumerate() {
        blocks::block(block, &ids, 1, &mut |message, advice| {
            put(&mut out, Place::Block(number), message, advice);
        });
    }
    out
}

fn put(out: &mut Vec<Finding>, place: Place, message: impl Into<String>, advice: &str) {
    out.push(Finding { place, message: message.into(), advice: advice.to_owned() });
}

fn field(out: &mut Vec<Finding>, name: &'static str, text: &str, most: usize) {
    if let Some((message, advice)) = text::line(text, most) {
        put(out, Place::Field(name), format!("the {name} {message}"), advice);
    }
}

fn metadata(article: &Article, out: &mut Vec<Finding>) {
    field(out, "headline", &article.headline, MAX_HEADLINE);
    if !text::is_lang(&article.lang) {
        let message = format!("{:?} is not a language tag", article.lang);
        put(out, Place::Field("lang"), message, "write a tag such as en or ur");
    }
    let options = [
        ("standfirst", &article.standfirst, MAX_TEXT),
        ("story", &article.story, MAX_NAME),
        ("change", &article.change.note, MAX_TEXT),
        ("change", &article.change.asked_by, MAX_NAME),
    ];
    for (name, value, most) in options {
        if let Some(value) = value {
            field(out, name, value, most);
        }
    }
    if let Some(message) = article.slug.as_deref().and_then(slug::problem) {
        put(out, Place::Field("slug"), message, "choose words of a-z and 0-9 joined by hyphens");
    }
    if let Some(path) = &article.translation_of
        && !text::is_address(path)
    {
        let message = format!("{path:?} is not the address of an article");
        put(out, Place::Field("translation-of"), message, "write it as /2026/11/slug");
    }
    if let Some(dateline) = &article.dateline {
        if let Some(place) = &dateline.place {
            field(out, "dateline", place, MAX_NAME);
        }
        if let Some(date) = &dateline.date
            && !(date.len() == 10 && text::is_date(date))
        {
            let message = format!("the date {date:?} is not a day");
            put(out, Place::Field("dateline"), message, "write it as 2026-11-24");
        }
    }
}

fn lists(article: &Article, out: &mut Vec<Finding>) {
    let lists = [
        ("sections", &article.sections, MAX_SECTIONS),
        ("byline", &article.byline, MAX_BYLINES),
        ("topics", &article.topics, MAX_TOPICS),
        ("parties", &article.parties, MAX_TOPICS),
    ];
    for (name, list, most) in lists {
        if list.len() > most {
            let message = format!("there are {} {name}, and at most {most} may be", list.len());
            put(out, Place::Field(name), message, "keep the ones that matter");
        }
        let mut seen = HashSet::new();
        for text in list {
            field(out, name, text, MAX_NAME);
            if !seen.insert(text) {
                let message = format!("{text} is named twice under {name}");
                put(out, Place::Field(name), message, "name it once");
            }
        }
    }
}

fn events(article: &Article, ids: &HashSet<&str>, out: &mut Vec<Finding>) {
    if article.events.len() > MAX_TOPICS {
        let message =
            format!("there are {} events, and at most {MAX_TOPICS} may be", article.events.len());
        put(out, Place::Field("events"), message, "keep the ones that matter");
    }
    for event in &article.events {
        field(out, "events", &event.text, MAX_TEXT);
        if !text::is_date(&event.date) {
            let message = format!("the event's date {:?} is not a date", event.date);
            put(out, Place::Field("events"), message, "write it as 2026, 2026-11 or 2026-11-24");
        }
        if let Some(id) = event.source.as_deref().filter(|id| !ids.contains(id)) {
            let message = format!("an event rests on {id}, which no reference has as its id");
            put(out, Place::Field("events"), message, "add the reference or correct the id");
        }
    }
}

fn references(article: &Article, out: &mut Vec<Finding>) {
    let place = || Place::Field("references");
    if article.references.len() > MAX_REFERENCES {
        let count = article.references.len();
        let message = format!("there are {count} references, and at most {MAX_REFERENCES} may be");
        put(out, place(), message, "keep those that the text cites");
    }
    let mut seen = HashSet::new();
    for source in &article.references {
        let id = source.id();
        if !text::is_id(id) {
            let message = format!("a reference has the id {id:?}");
            put(
                out,
                place(),
                message,
                "use letters and digits joined by single - _ . or :, at most 64",
            );
        }
        if !seen.insert(id) {
            put(out, place(), format!("two references have the id {id}"), "give one another id");
        }
        if let Some((message, advice)) =
            text::json(&serde_json::Value::Object(source.csl.clone()), 0)
        {
            put(out, place(), format!("the reference {id} {message}"), advice);
        }
        if let Some(kind) = source.csl.get("custom").and_then(|custom| custom.get("kind"))
            && kind.as_str().and_then(crate::model::Kind::from_word).is_none()
        {
            let words: Vec<_> = crate::model::Kind::ALL.iter().map(|(_, word)| *word).collect();
            let message = format!("the reference {id} has a kind that does not exist");
            put(out, place(), message, &format!("use one of {}", words.join(", ")));
        }
        let odd = source
            .url()
            .is_some_and(|url| !(url.starts_with("https://") || url.starts_with("http://")));
        if odd {
            let message = format!("the reference {id} has a URL that is not on the web");
            put(
                out,
                place(),
                message,
                "begin it with https://, or name a local copy as custom: {file: …}",
            );
        }
    }
}

#[cfg(test)]
mod tests;
