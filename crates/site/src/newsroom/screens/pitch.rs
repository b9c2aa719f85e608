//! Pitches: the list, the form that makes one, and one pitch with what may be done with it.

use super::line::name;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::drafts::PARTS;
use ovn_press::people::{Act, Error, Refusal};
use ovn_press::pitches::{Idea, Taking};
use ovn_store::cabinet::{Id, Pitch};

struct Line {
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    state: String,
    open: bool,
    author: String,
    due: String,
    at: String,
    local: String,
}

#[derive(Template)]
#[template(path = "newsroom/pitches.html", whitespace = "minimize")]
struct List<'a> {
    s: Screen<'a>,
    why: String,
    languages: Vec<(String, String)>,
    open: Vec<Line>,
    decided: Vec<Line>,
}

/// The list, and the form.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    list(visit, None)
}

fn list(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let s = Screen::new(visit, "room-pitches", "/pitches");
    let pitches = visit.people().pitches(visit.caller()?)?;
    let line = |(one, author): (Pitch, String)| Line {
        id: hex::encode(&one.id),
        dir: dir(&one.lang),
        state: s.say(&format!("pitch-state-{}", one.state)),
        open: one.state == "open",
        due: one.due.map_or_else(String::new, |due| s.with("line-due", &s.moment(due))),
        at: s.moment(one.updated),
        local: s.local(one.updated),
        title: one.title,
        lang: one.lang,
        author,
    };
    let (open, decided) = pitches.into_iter().map(line).partition(|line| line.open);
    let (status, why) = told(&s, refused);
    let languages = languages(visit);
    Ok(Answer::page(List { s, why, languages, open, decided }.render()?).status(status))
}

/// The status of a page that shows a refusal, and its words.
pub(super) fn told(s: &Screen<'_>, refused: Option<&Refusal>) -> (StatusCode, String) {
    match refused {
        None => (StatusCode::OK, String::new()),
        Some(refusal) => {
            let (status, key, _) = super::trouble::refused(refusal);
            (status, s.say(key))
        }
    }
}

/// The edition's languages, each with its own name.
pub(super) fn languages(visit: &Visit<'_>) -> Vec<(String, String)> {
    let all = visit.settings.languages.iter();
    all.map(|lang| (lang.clone(), crate::pages::own_name(lang).to_owned())).collect()
}

fn idea<'a>(visit: &'a Visit<'_>) -> Idea<'a> {
    let field = |name| visit.form.get(name);
    Idea {
        title: field("title"),
        lang: field("lang"),
        why: field("why"),
        sources: field("sources"),
        audience: field("audience"),
        due: field("due"),
    }
}

/// Keeps a new one.
pub(in crate::newsroom) fn make(visit: &Visit<'_>) -> Result<Answer, Fail> {
    match visit.people().pitch(visit.caller()?, &idea(visit)) {
        Ok(pitch) => Ok(Answer::go(format!("/pitches/{}", hex::encode(&pitch.id)))),
        Err(Error::Refused(refusal @ Refusal::Text(_))) => list(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "newsroom/pitch.html", whitespace = "minimize")]
struct One<'a> {
    s: Screen<'a>,
    id: String,
    pitch: &'a Pitch,
    dir: &'static str,
    state: String,
    author: String,
    by: String,
    due: String,
    /// The same as a field has it.
    minute: String,
    at: String,
    draft: Option<String>,
    why: String,
    takes: bool,
    declines: bool,
    withdraws: bool,
    changes: bool,
    people: Vec<(String, String, bool)>,
    parts: Vec<(&'static str, String)>,
    languages: Vec<(String, String)>,
}

/// One pitch.
pub(in crate::newsroom) fn one(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let pitch = people.one_pitch(caller, &visit.id(0)?)?;
    let s = Screen::titled(visit, pitch.title.clone(), "/pitches");
    let (status, why) = told(&s, refused);
    let may = |act| people.may_pitch(caller, act, &pitch).is_ok();
    let names = people.people(caller)?;
    let minute = pitch.due.map_or_else(String::new, |due| s.minute(due));
    let draft = pitch.draft.as_ref().map(|draft| hex::encode(draft));
    let one = One {
        id: hex::encode(&pitch.id),
        dir: dir(&pitch.lang),
        state: s.say(&format!("pitch-state-{}", pitch.state)),
        author: name(&names, &pitch.author),
        by: pitch.person.as_ref().map_or_else(String::new, |by| name(&names, by)),
        due: pitch.due.map_or_else(String::new, |due| s.moment(due)),
        minute,
        at: s.moment(pitch.at),
        draft,
        why,
        takes: may(Act::TakeUp),
        declines: may(Act::Decline),
        withdraws: may(Act::Withdraw),
        changes: may(Act::Pitch),
        people: staff(&names, &pitch.author),
        parts: parts(&s),
        languages: languages(visit),
        pitch: &pitch,
        s,
    };
    Ok(Answer::page(one.render()?).status(status))
}

/// Everybody who may sign in, by name, and who of them is offered first.
pub(super) fn staff(
    names: &[ovn_store::cabinet::Person],
    first: &Id,
) -> Vec<(String, String, bool)> {
    let active = names.iter().filter(|person| person.active);
    active
        .map(|person| (hex::encode(&person.id), person.name.clone(), person.id == *first))
        .collect()
}

/// The parts that somebody may have, each with its name.
pub(super) fn parts(s: &Screen<'_>) -> Vec<(&'static str, String)> {
    PARTS.iter().map(|part| (*part, s.say(&format!("part-{part}")))).collect()
}

/// Says that a form of this pitch was taken, or shows why it was not.
fn done(visit: &Visit<'_>, what: Result<(), Error>) -> Result<Answer, Fail> {
    match what {
        Ok(()) => Ok(Answer::go(format!("/pitches/{}", hex::encode(&visit.id(0)?)))),
        Err(Error::Refused(refusal @ Refusal::Text(_))) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}

/// Its author puts other words into it.
pub(in crate::newsroom) fn rewrite(visit: &Visit<'_>) -> Result<Answer, Fail> {
    done(visit, visit.people().rewrite_pitch(visit.caller()?, &visit.id(0)?, &idea(visit)))
}

/// An editor says why not.
pub(in crate::newsroom) fn decline(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let reason = visit.form.get("reason");
    done(visit, visit.people().decline_pitch(visit.caller()?, &visit.id(0)?, reason))
}

/// Its author takes it back.
pub(in crate::newsroom) fn withdraw(visit: &Visit<'_>) -> Result<Answer, Fail> {
    done(visit, visit.people().withdraw_pitch(visit.caller()?, &visit.id(0)?))
}

/// An editor makes a draft of it.
pub(in crate::newsroom) fn take(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    let field = |name| visit.form.get(name);
    people.may_pitch(caller, Act::TakeUp, &people.one_pitch(caller, &id)?)?;
    let how = Taking {
        person: hex::decode(field("person")).ok_or(Fail::Form)?,
        part: field("part"),
        due: field("due"),
        words: field("length"),
        notes: field("notes"),
    };
    match people.take_pitch(caller, &id, &how) {
        Ok(draft) => Ok(Answer::go(format!("/drafts/{}", hex::encode(&draft.id)))),
        Err(Error::Refused(refusal @ Refusal::Text(_))) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}
