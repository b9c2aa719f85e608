//! The open suggestions of a draft, each with buttons to accept and reject it: without scripts what the editor does with them.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::drafts::{Which, mark};
use ovn_press::people::{Act, Error, Refusal};

struct Row {
    by: String,
    at: String,
    local: String,
    before: String,
    struck: String,
    added: String,
    after: String,
    /// By which it is known again.
    said: String,
}

#[derive(Template)]
#[template(path = "newsroom/suggestions.html", whitespace = "minimize")]
struct Suggestions<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    version: u64,
    rows: Vec<Row>,
    may: bool,
    note: String,
    why: String,
}

/// The list.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&str>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let (draft, all) = people.suggestions(caller, &visit.id(0)?)?;
    let s = Screen::new(visit, "room-suggestions", "/");
    let names = people.people(caller)?;
    let row = |one: ovn_edition::editor::Suggestion| {
        let by = names.iter().find(|person| hex::encode(&person.id) == one.by);
        let at = one.at.saturating_mul(1000);
        let said = mark(&one);
        Row {
            by: by.map_or_else(|| s.say("suggestion-nobody"), |person| person.name.clone()),
            at: s.moment(at),
            local: s.local(at),
            before: one.before,
            struck: one.struck,
            added: one.added,
            after: one.after,
            said,
        }
    };
    let rows: Vec<Row> = all.into_iter().map(row).collect();
    let note = match visit.ask.query("did") {
        Some(done @ ("accepted" | "rejected")) => s.say(&format!("suggestion-{done}")),
        _ => String::new(),
    };
    let (status, why) = match refused {
        Some(key) => (StatusCode::CONFLICT, s.say(key)),
        None => (StatusCode::OK, String::new()),
    };
    let page = Suggestions {
        id: hex::encode(&draft.id),
        title: s.headline(&draft.title),
        dir: dir(&draft.lang),
        version: draft.version,
        may: people.may(caller, Act::Write, &draft).is_ok(),
        lang: draft.lang,
        rows,
        note,
        why,
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Accepts or rejects one of them, or all.
pub(in crate::newsroom) fn decide(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, form) = (visit.caller()?, visit.id(0)?, &visit.form);
    visit.people().writing(caller, &id)?;
    let accept = match form.get("decision") {
        "accept" => true,
        "reject" => false,
        _ => return Err(Fail::Form),
    };
    let which = match form.get("said") {
        "" => Which::All(form.get("version").parse().map_err(|_| Fail::Form)?),
        said => {
            let number = form.get("number").parse().map_err(|_| Fail::Form)?;
            Which::One(number, said.to_owned())
        }
    };
    match visit.people().decide(caller, &id, &which, accept) {
        Ok(()) => {
            let done = if accept { "accepted" } else { "rejected" };
            Ok(Answer::go(format!("/drafts/{}/suggestions?did={done}", hex::encode(&id))))
        }
        Err(Error::Refused(Refusal::Moved)) => page(visit, Some("why-suggestion-moved")),
        Err(other) => Err(other.into()),
    }
}
