//! Comments on a draft: for the editor as JSON, and as a page with forms for whoever has none.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::editor::is_opaque;
use ovn_edition::hex;
use ovn_press::drafts::{LONGEST_COMMENT, Said, opened};
use ovn_press::people::{Act, Error, Refusal};
use ovn_store::cabinet::{Comment, Draft, Mentioned, Talk};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What was said, as the editor is told it.
pub(super) fn told(talk: &Talk) -> Value {
    let one = |one: &Comment| {
        let resolved = one.resolved.as_ref().map(|(by, at)| json!({"name": by, "at": at}));
        json!({"id": one.id, "thread": one.thread, "by": hex::encode(&one.person), "name": one.name,
            "at": one.at, "quote": one.quote, "words": one.words, "resolved": resolved})
    };
    let list: Vec<Value> = talk.list.iter().map(one).collect();
    json!({"number": talk.number, "whole": talk.whole, "list": list})
}

/// Keeps what the editor sends: a comment, an answer, or that a thread is resolved or open again.
pub(in crate::newsroom) fn keep(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    people.may(caller, Act::Comment, &people.draft(caller, &id)?)?;
    let body: Value = serde_json::from_slice(&visit.ask.body).map_err(|_| Fail::Form)?;
    let fields = body.as_object().ok_or(Fail::Form)?;
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let only = |known: &[&str]| fields.keys().all(|name| known.contains(&name.as_str()));
    let name = text("id").ok_or(Fail::Form)?;
    if let Some(resolved) = fields.get("resolved").and_then(Value::as_bool) {
        if !only(&["id", "resolved"]) {
            return Err(Fail::Form);
        }
        people.resolve(caller, &id, name, resolved)?;
        return Ok(Answer::data("{}".into()));
    }
    if !only(&["id", "thread", "quote", "words"]) {
        return Err(Fail::Form);
    }
    let (thread, quote) = (text("thread"), text("quote").unwrap_or_default());
    let words = text("words").ok_or(Fail::Form)?;
    people.comment(caller, &id, Said { id: name, thread, quote, words })?;
    Ok(Answer::data("{}".into()))
}

/// A comment or an answer, as the page shows it.
struct Line {
    id: String,
    by: String,
    at: String,
    local: String,
    quote: String,
    /// Whether its words are not in the text any more.
    gone: bool,
    words: String,
    /// By whom and when it was resolved.
    resolved: String,
    answers: Vec<Line>,
}

#[derive(Template)]
#[template(path = "newsroom/comments.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    may: bool,
    open: Vec<Line>,
    resolved: Vec<Line>,
    /// How many are open, and resolved.
    counts: (String, String),
    why: String,
    longest: usize,
    /// What was typed into a form that was refused: the thread, the words that it is about, what was said.
    typed: (&'a str, &'a str, &'a str),
}

/// The page.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let draft = people.draft(caller, &visit.id(0)?)?;
    let talk = people.talk(caller, &draft.id, 0)?;
    let s = Screen::new(visit, "room-comments", "/");
    let (status, why) = match refused {
        None => (StatusCode::OK, String::new()),
        Some(refusal) => {
            let (status, key, _) = super::trouble::refused(refusal);
            (status, s.say(key))
        }
    };
    let (open, resolved) = threads(&s, &draft, talk);
    let page = Page {
        id: hex::encode(&draft.id),
        title: s.headline(&draft.title),
        dir: dir(&draft.lang),
        may: people.may(caller, Act::Comment, &draft).is_ok(),
        lang: draft.lang,
        counts: (s.number(open.len() as u64), s.number(resolved.len() as u64)),
        open,
        resolved,
        why,
        longest: LONGEST_COMMENT,
        typed: (visit.form.get("thread"), visit.form.get("quote"), visit.form.get("words")),
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Threads with their answers: open ones in the order of the text, then resolved ones, the newest first.
fn threads(s: &Screen<'_>, draft: &Draft, talk: Talk) -> (Vec<Line>, Vec<Line>) {
    let places = opened(draft).ok().and_then(|opened| {
        ovn_edition::editor::read(opened.document.as_bytes()).ok().map(|sheet| sheet.places())
    });
    let places = places.unwrap_or_default();
    let place = |id: &str| places.iter().position(|one| one.id == id);
    let line = |one: &Comment| Line {
        by: one.name.clone(),
        at: s.moment(one.at),
        local: s.local(one.at),
        quote: one.quote.clone(),
        gone: one.thread.is_none() && !one.quote.is_empty() && place(&one.id).is_none(),
        words: one.words.clone(),
        resolved: one.resolved.as_ref().map_or_else(String::new, |(by, at)| {
            format!("{} · {}", s.with("comment-resolved-by", by), s.moment(*at))
        }),
        answers: Vec::new(),
        id: one.id.clone(),
    };
    let mut all = talk.list;
    all.sort_by_key(|one| one.at);
    let mut answers: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for one in &all {
        if let Some(thread) = &one.thread {
            answers.entry(thread.clone()).or_default().push(line(one));
        }
    }
    let mut threads: Vec<&Comment> = all.iter().filter(|one| one.thread.is_none()).collect();
    threads.sort_by_key(|one| (place(&one.id).unwrap_or(usize::MAX), one.at));
    let mut whole = |one: &Comment| {
        let answers = answers.remove(&one.id).unwrap_or_default();
        Line { answers, ..line(one) }
    };
    let (open, done): (Vec<&Comment>, Vec<&Comment>) =
        threads.into_iter().partition(|one| one.resolved.is_none());
    (open.into_iter().map(&mut whole).collect(), done.into_iter().map(&mut whole).collect())
}

/// A comment or an answer from a form.
pub(in crate::newsroom) fn say(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    let (thread, words) = (visit.form.get("thread"), visit.form.get("words"));
    let said = if thread.is_empty() {
        people.comment_on(caller, &id, visit.form.get("quote"), words)
    } else {
        people.answer(caller, &id, thread, words)
    };
    match said {
        Ok(name) => Ok(Answer::go(format!("/drafts/{}/comments#c-{name}", hex::encode(&id)))),
        Err(Error::Refused(refusal @ Refusal::Text(_))) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}

/// The comment that a form names.
fn named<'a>(visit: &'a Visit<'_>) -> Result<&'a str, Fail> {
    let name = visit.form.get("comment");
    is_opaque(name).then_some(name).ok_or(Fail::Form)
}

/// Resolves a thread, or opens it again.
pub(in crate::newsroom) fn resolve(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    people.may(caller, Act::Comment, &people.draft(caller, &id)?)?;
    let name = named(visit)?;
    let resolved = match visit.form.get("resolved") {
        "yes" => true,
        "no" => false,
        _ => return Err(Fail::Form),
    };
    people.resolve(caller, &id, name, resolved)?;
    Ok(Answer::go(format!("/drafts/{}/comments#c-{name}", hex::encode(&id))))
}

/// Notes that what is for the caller in a thread is read.
pub(in crate::newsroom) fn seen(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    people.draft(caller, &id)?;
    people.seen(caller, &id, named(visit)?)?;
    Ok(Answer::go("/"))
}

/// A comment that is for whoever looks at their first screen.
pub(super) struct ForMe {
    pub(super) draft: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) local: String,
    pub(super) words: String,
}

/// Every one of them.
pub(super) fn for_me(visit: &Visit<'_>, s: &Screen<'_>) -> Result<Vec<ForMe>, Fail> {
    let one = |one: Mentioned| ForMe {
        draft: hex::encode(&one.draft),
        title: s.headline(&one.title),
        dir: dir(&one.lang),
        lang: one.lang,
        by: one.comment.name,
        at: s.moment(one.comment.at),
        local: s.local(one.comment.at),
        words: one.comment.words,
        id: one.comment.id,
    };
    Ok(visit.people().mentions(visit.caller()?)?.into_iter().map(one).collect())
}
