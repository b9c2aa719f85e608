//! Several writers in one draft, for the browser's editor: steps in, news out, and who is here: `docs/editor.md`.

use super::comments::told as comments;
use super::document::{references, sheet};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::rooms::Place;
use crate::newsroom::visit::Visit;
use hyper::StatusCode;
use ovn_edition::editor::MAX_BYTES;
use ovn_edition::hex;
use ovn_press::drafts::{News, Sent, Steps, is_tab};
use ovn_press::people::Act;
use ovn_store::cabinet::{Id, Step, Talk};
use serde_json::{Map, Value, json};
use std::time::Instant;

/// The letters and digits by which an open tab is known.
fn tab(writer: &str) -> Result<&str, Fail> {
    is_tab(writer).then_some(writer).ok_or(Fail::Form)
}

fn body(visit: &Visit<'_>, known: &[&str]) -> Result<Map<String, Value>, Fail> {
    let body = serde_json::from_slice(&visit.ask.body).map_err(|_| Fail::Form)?;
    match body {
        Value::Object(fields) if fields.keys().all(|name| known.contains(&name.as_str())) => {
            Ok(fields)
        }
        _ => Err(Fail::Form),
    }
}

fn number(fields: &Map<String, Value>, name: &str) -> Result<u64, Fail> {
    fields.get(name).and_then(Value::as_u64).ok_or(Fail::Form)
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a str, Fail> {
    fields.get(name).and_then(Value::as_str).ok_or(Fail::Form)
}

/// Puts a list of steps into the draft's order. Sent again because its answer was lost, it is among the news that come back.
pub(in crate::newsroom) fn send(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    let into = people.writing(caller, &id)?;
    let fields = body(visit, &["version", "writer", "steps", "document"])?;
    let steps = fields.get("steps").and_then(Value::as_array).ok_or(Fail::Form)?;
    let (version, writer) = (number(&fields, "version")?, tab(text(&fields, "writer")?)?);
    let document = fields.get("document").ok_or(Fail::Form)?;
    let sheet = match sheet(visit, document)? {
        Ok(sheet) => sheet,
        Err(answer) => return Ok(answer),
    };
    match people.send(caller, into, Steps { version, writer, steps, sheet: &sheet })? {
        Sent::Kept(version) => Ok(Answer::data(json!({"version": version}).to_string())),
        Sent::Behind(news) => {
            let json = told(&news, "");
            Ok(Answer::data(json).status(StatusCode::CONFLICT))
        }
    }
}

/// What happened since a version, and who is here; kept back while nothing of it has changed.
pub(in crate::newsroom) fn news(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    let draft = people.draft(caller, &id)?;
    let number = |name: &str| {
        let value = visit.ask.query(name).unwrap_or_default();
        value.parse::<u64>().map_err(|_| Fail::Form)
    };
    let (after, seen) = (number("after")?, number("seen")?);
    let writer = tab(visit.ask.query("writer").unwrap_or_default())?;
    let (rooms, now) = (&visit.inner.rooms, Instant::now());
    if people.may(caller, Act::Write, &draft).is_ok() {
        rooms.come(&id, writer, &caller.person, None, now);
    }
    // Before the draft is read: what changes it from here on rings.
    let bell = rooms.listen(&id);
    let news = people.news(caller, &id, after)?;
    let (number, here) = rooms.here(&id, now);
    let here = here.iter().map(|(writer, one)| {
        let place = one.place.map(|Place { version, anchor, head }| {
            json!({"version": version, "anchor": anchor, "head": head})
        });
        json!({"writer": writer, "name": one.name, "own": one.person == caller.person.id, "place": place})
    });
    let here = Value::from_iter(here);
    let talk = talk(visit, &id)?;
    let said = talk.as_ref();
    let said = said.map_or_else(String::new, |talk| format!(",\"comments\":{}", comments(talk)));
    // Whoever was signed out and came in again in another tab goes on here: the token is the new session's, and so is the name.
    let (token, me) = (caller.token.derived("form").text(), hex::encode(&caller.person.id));
    let more =
        format!(",\"number\":{number},\"here\":{here},\"token\":\"{token}\",\"me\":\"{me}\"{said}");
    let answer = Answer::data(told(&news, &more));
    let nothing = news.version == after && number == seen && talk.is_none();
    Ok(if nothing { answer.until(bell) } else { answer })
}

/// What was said since the tab heard of it; nothing for a tab that does not ask.
fn talk(visit: &Visit<'_>, id: &Id) -> Result<Option<Talk>, Fail> {
    let Some(said) = visit.ask.query("said") else { return Ok(None) };
    let said: u64 = said.parse().map_err(|_| Fail::Form)?;
    let talk = visit.people().talk(visit.caller()?, id, said)?;
    Ok(Some(talk).filter(|talk| talk.number != said))
}

/// News as JSON, with what else is told.
fn told(news: &News, more: &str) -> String {
    let step = |one: &Step| format!("{{\"writer\":\"{}\",\"step\":{}}}", one.writer, one.step);
    let steps = news.steps.iter().map(step).collect::<Vec<_>>().join(",");
    let newest = news.opened.as_ref().map_or_else(String::new, |opened| {
        format!(",\"document\":{},\"references\":{}", opened.document, references(opened))
    });
    let (version, hash) = (news.version, &news.hash);
    format!("{{\"version\":{version},\"hash\":\"{hash}\",\"steps\":[{steps}]{newest}{more}}}")
}

/// Notes where the caret of an open tab is, or that the tab is closed.
pub(in crate::newsroom) fn here(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    people.may(caller, Act::Write, &people.draft(caller, &id)?)?;
    let fields = body(visit, &["writer", "version", "anchor", "head"])?;
    let (writer, rooms) = (tab(text(&fields, "writer")?)?, &visit.inner.rooms);
    if fields.len() == 1 {
        rooms.leave(&id, writer, &caller.person);
        return Ok(Answer::data("{}".into()));
    }
    let version = number(&fields, "version")?;
    let (anchor, head) = (number(&fields, "anchor")?, number(&fields, "head")?);
    if anchor.max(head) > MAX_BYTES as u64 {
        return Err(Fail::Form);
    }
    let place = Some(Place { version, anchor, head });
    rooms.come(&id, writer, &caller.person, place, Instant::now());
    Ok(Answer::data("{}".into()))
}
