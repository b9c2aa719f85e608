//! What is scheduled: the list by days, one draft's moment, and what kept a draft from being published at it.

use super::draft::version_of;
use super::publish::{Open, change, classes, open};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir, may};
use crate::newsroom::visit::Visit;
use crate::pages::when;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::drafts::{Due, State, Why};
use ovn_press::people::{Act, Error, Refusal};
use ovn_press::steady;
use ovn_store::cabinet::Draft;

struct Line {
    path: String,
    title: String,
    lang: String,
    dir: &'static str,
    author: String,
    by: String,
    follows: bool,
    at: String,
    hour: String,
    local: String,
    why: String,
    detail: String,
}

struct Day {
    id: String,
    title: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "newsroom/schedule.html", whitespace = "minimize")]
struct Schedule<'a> {
    s: Screen<'a>,
    /// What the clock says, if it was set ahead.
    ahead: Option<String>,
    /// Whether the caller may say that it is right.
    sets: bool,
    failed: Vec<Line>,
    days: Vec<Day>,
}

/// The list: what failed, then what is to come, by days.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let s = Screen::new(visit, "room-schedule", "/schedule");
    let names = people.people(caller)?;
    let line = |due: &Due| {
        let local = s.local(due.moment);
        let (why, detail) = told(&s, due.why.as_ref());
        let by = names.iter().find(|person| person.id == due.person);
        Line {
            path: format!("/drafts/{}", hex::encode(&due.draft.id)),
            title: s.headline(&due.draft.title),
            lang: due.draft.lang.clone(),
            dir: dir(&due.draft.lang),
            author: due.draft.name.clone(),
            by: by.map_or_else(String::new, |person| person.name.clone()),
            follows: due.draft.follows,
            at: s.moment(due.moment),
            hour: when::hour(s.lang(), &local),
            local,
            why,
            detail,
        }
    };
    let (mut failed, mut days) = (Vec::new(), Vec::<Day>::new());
    for due in &people.all_due(caller)? {
        let line = line(due);
        if matches!(due.why, Some(Why::Refused(_))) {
            failed.push(line);
            continue;
        }
        let id = line.local.get(..10).unwrap_or_default().to_owned();
        match days.last_mut().filter(|day| day.id == id) {
            Some(day) => day.lines.push(line),
            None => {
                let title = when::day(s.lang(), &line.local);
                days.push(Day { id, title, lines: vec![line] });
            }
        }
    }
    let ahead = (people.ahead(&steady::beat())? > 0).then(|| s.moment(people.now()));
    let sets = may(caller, Act::Schedule);
    Ok(Answer::page(Schedule { s, ahead, sets, failed, days }.render()?))
}

/// Somebody says that the clock is right.
pub(in crate::newsroom) fn clock(visit: &Visit<'_>) -> Result<Answer, Fail> {
    visit.people().believe_clock(visit.caller()?, &steady::beat())?;
    Ok(Answer::go("/schedule"))
}

/// What kept a draft from being published, in a sentence and its details.
fn told(s: &Screen<'_>, why: Option<&Why>) -> (String, String) {
    match why {
        None => (String::new(), String::new()),
        Some(Why::Trouble(detail)) => (s.say("schedule-trouble"), detail.clone()),
        Some(Why::Refused(refusal)) => {
            let (_, key, detail) = super::trouble::refused(refusal);
            (s.say(key), detail)
        }
    }
}

/// A draft's moment, as its own screen shows it.
pub(super) struct Shown {
    /// That it is scheduled, or that it was not published.
    pub(super) what: String,
    pub(super) why: String,
    pub(super) detail: String,
}

/// What the draft's screen says of its moment, if it has or had one.
pub(super) fn of_draft(
    visit: &Visit<'_>,
    s: &Screen<'_>,
    draft: &Draft,
) -> Result<Option<Shown>, Fail> {
    let Some(due) = visit.people().due(visit.caller()?, &draft.id)? else { return Ok(None) };
    let at = s.moment(due.moment);
    let (why, detail) = told(s, due.why.as_ref());
    let failed = matches!(due.why, Some(Why::Refused(_)));
    let what = s.with(if failed { "plan-failed" } else { "plan-at" }, &at);
    Ok(Some(Shown { what, why, detail }))
}

#[derive(Template)]
#[template(path = "newsroom/plan.html", whitespace = "minimize")]
struct Plan<'a> {
    s: Screen<'a>,
    id: String,
    draft: &'a Draft,
    dir: &'static str,
    title: String,
    open: Open,
    why: String,
    detail: String,
    /// When it is published, if that is set.
    set: Option<String>,
    may: bool,
    moment: String,
    min: String,
    classes: Vec<(&'static str, String)>,
    chosen: &'a str,
    note: &'a str,
    asked_by: &'a str,
}

/// The form.
pub(in crate::newsroom) fn plan(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let draft = people.recorded(people.draft(caller, &visit.id(0)?)?)?;
    let id = hex::encode(&draft.id);
    if State::of(&draft) == State::Published {
        return Ok(Answer::go(format!("/drafts/{id}")));
    }
    let s = Screen::new(visit, "room-plan", "/schedule");
    let may = people.may(caller, Act::Schedule, &draft);
    let (status, why, detail) = match (refused, &may) {
        (Some(refusal), _) => {
            let (status, key, detail) = super::trouble::refused(refusal);
            (status, s.say(key), detail)
        }
        (None, Err(Error::Refused(refusal))) => {
            let (_, key, detail) = super::trouble::refused(refusal);
            (StatusCode::OK, s.say(key), detail)
        }
        _ => (StatusCode::OK, String::new(), String::new()),
    };
    let minute = |at: u64| s.local(at).get(..16).unwrap_or_default().to_owned();
    let due = people.due(caller, &draft.id)?.filter(|_| State::of(&draft) == State::Scheduled);
    let typed = visit.form.get("moment");
    let moment = match &due {
        Some(due) if typed.is_empty() => minute(due.moment),
        _ => typed.to_owned(),
    };
    let open = open(visit, &s, &draft)?;
    let page = Plan {
        id,
        dir: dir(&draft.lang),
        title: s.headline(&draft.title),
        why,
        detail,
        set: due.map(|due| s.moment(due.moment)),
        may: may.is_ok() && open.holds_nothing(),
        open,
        moment,
        min: minute(people.now()),
        classes: classes(&s, &draft),
        chosen: visit.form.get("class"),
        note: visit.form.get("note"),
        asked_by: visit.form.get("asked-by"),
        draft: &draft,
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Sets the moment.
pub(in crate::newsroom) fn set(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    let version = version_of(visit)?;
    let moment = visit.form.get("moment");
    match visit.people().schedule(caller, &id, version, moment, change(visit)?) {
        Ok(_) => Ok(Answer::go(format!("/drafts/{}?did=schedule", hex::encode(&id)))),
        Err(Error::Refused(Refusal::Missing)) => Err(Fail::Missing),
        Err(Error::Refused(refusal)) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}
