//! A draft's versions: listed by days, with names; one of them, to name it or take it up again.

use super::draft::version_of;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use crate::pages::when;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::drafts::LONGEST_NAME;
use ovn_press::people::{Act, Error, Refusal};
use ovn_store::cabinet::{Draft, Id, Person, Version};

/// A version in the list.
pub(super) struct Row {
    pub(super) number: u64,
    /// `Version 7`.
    pub(super) shown: String,
    /// What somebody calls it, or nothing.
    pub(super) name: String,
    /// Who named it, and when.
    pub(super) named: String,
    /// Everybody who wrote in it.
    pub(super) by: Vec<String>,
    pub(super) hour: String,
    pub(super) local: String,
}

impl Row {
    fn of(s: &Screen<'_>, people: &[Person], version: Version) -> Self {
        let name_of = |id: &Id| {
            let found = people.iter().find(|person| person.id == *id);
            found.map_or_else(String::new, |person| person.name.clone())
        };
        let local = s.local(version.at);
        let (name, named) = version.named.map_or_else(Default::default, |named| {
            let when = s.moment(named.at);
            (named.name, format!("{} · {when}", name_of(&named.person)))
        });
        Self {
            number: version.number,
            shown: s.with("version-number", &s.number(version.number)),
            name,
            named,
            by: people
                .iter()
                .filter(|person| version.writers.contains(&person.id))
                .map(|person| person.name.clone())
                .collect(),
            hour: when::hour(s.lang(), &local),
            local,
        }
    }

    /// What a list to choose from calls it.
    pub(super) fn option(&self, s: &Screen<'_>) -> String {
        let name = if self.name.is_empty() { String::new() } else { format!(" · {}", self.name) };
        format!("{}{name} · {}", self.shown, when::moment(s.lang(), &self.local))
    }
}

/// The versions of a draft, the newest first.
pub(super) fn rows(visit: &Visit<'_>, s: &Screen<'_>, id: &Id) -> Result<Vec<Row>, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let names = people.people(caller)?;
    let all = people.versions(caller, id)?.into_iter().rev();
    Ok(all.map(|version| Row::of(s, &names, version)).collect())
}

struct Day {
    title: String,
    rows: Vec<Row>,
}

/// Each day's versions under that day.
fn by_day(s: &Screen<'_>, rows: Vec<Row>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for row in rows {
        let title = when::day(s.lang(), &row.local);
        match days.last_mut().filter(|day| day.title == title) {
            Some(day) => day.rows.push(row),
            None => days.push(Day { title, rows: vec![row] }),
        }
    }
    days
}

#[derive(Template)]
#[template(path = "newsroom/versions.html", whitespace = "minimize")]
struct Versions<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    days: Vec<Day>,
    /// Each with what a list to choose from calls it.
    choices: Vec<(u64, String)>,
    newest: u64,
    public: bool,
    /// Whether only those with a name are shown, and whether there are any.
    only: bool,
    named: bool,
}

/// Every version that was saved, or those with a name alone.
pub(in crate::newsroom) fn versions(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    let draft = people.draft(caller, &id)?;
    let s = Screen::new(visit, "room-versions", "/");
    let mut rows = rows(visit, &s, &id)?;
    let only = visit.ask.query("only") == Some("named");
    let named = rows.iter().any(|row| !row.name.is_empty());
    let choices = rows.iter().map(|row| (row.number, row.option(&s))).collect();
    if only {
        rows.retain(|row| !row.name.is_empty());
    }
    let days = by_day(&s, rows);
    let public = people.public(&draft)?.is_some();
    let (title, dir, newest) = (s.headline(&draft.title), dir(&draft.lang), draft.version);
    let (id, lang) = (hex::encode(&id), draft.lang);
    let page = Versions { s, id, title, lang, dir, days, choices, newest, public, only, named };
    Ok(Answer::page(page.render()?))
}

#[derive(Template)]
#[template(path = "newsroom/version.html", whitespace = "minimize")]
struct One<'a> {
    s: Screen<'a>,
    id: String,
    draft: &'a Draft,
    row: Row,
    text: String,
    dir: &'static str,
    longest: usize,
    public: bool,
    /// Whether it may be named, and be taken up again.
    names: bool,
    back: bool,
    note: String,
    why: String,
}

/// One of them.
pub(in crate::newsroom) fn version(visit: &Visit<'_>) -> Result<Answer, Fail> {
    one(visit, None)
}

fn number(visit: &Visit<'_>) -> Result<u64, Fail> {
    visit.parts.get(1).and_then(|part| part.parse().ok()).ok_or(Fail::Missing)
}

fn one(visit: &Visit<'_>, refused: Option<(StatusCode, &str)>) -> Result<Answer, Fail> {
    let (caller, id, number, people) =
        (visit.caller()?, visit.id(0)?, number(visit)?, visit.people());
    let draft = people.draft(caller, &id)?;
    let kept = people.version(caller, &id, number)?;
    let s = Screen::titled(visit, String::new(), "/");
    let found = rows(visit, &s, &id)?.into_iter().find(|row| row.number == number);
    let row = found.ok_or(Fail::Missing)?;
    let title = match row.name.as_str() {
        "" => row.shown.clone(),
        name => format!("{} · {name}", row.shown),
    };
    let s = Screen::titled(visit, title, "/");
    let note = match visit.ask.query("did") {
        Some("named") if !row.name.is_empty() => s.say("version-did-name"),
        Some("named") => s.say("version-did-unname"),
        _ => String::new(),
    };
    let (status, why) = match refused {
        Some((status, key)) => (status, s.say(key)),
        None => (StatusCode::OK, String::new()),
    };
    let writes = people.may(caller, Act::Write, &draft).is_ok();
    let page = One {
        id: hex::encode(&id),
        text: kept.text,
        dir: dir(&draft.lang),
        longest: LONGEST_NAME,
        public: people.public(&draft)?.is_some(),
        names: people.may_name(caller, &draft),
        back: writes && number != draft.version,
        draft: &draft,
        row,
        note,
        why,
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Names it, or takes its name away.
pub(in crate::newsroom) fn name(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (id, number) = (visit.id(0)?, number(visit)?);
    match visit.people().name_version(visit.caller()?, &id, number, visit.form.get("name")) {
        Ok(()) => {
            let id = hex::encode(&id);
            Ok(Answer::go(format!("/drafts/{id}/versions/{number}?did=named")))
        }
        Err(Error::Refused(Refusal::Text(_))) => {
            one(visit, Some((StatusCode::UNPROCESSABLE_ENTITY, "why-version-name")))
        }
        Err(other) => Err(other.into()),
    }
}

/// Takes it up again as the newest, unless somebody has written since the page was shown.
pub(in crate::newsroom) fn back(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, number) = (visit.caller()?, visit.id(0)?, number(visit)?);
    match visit.people().bring_back(caller, &id, number, version_of(visit)?) {
        Ok(()) => Ok(Answer::go(format!("/drafts/{}?did=back", hex::encode(&id)))),
        Err(Error::Refused(Refusal::Moved)) => {
            one(visit, Some((StatusCode::CONFLICT, "why-version-moved")))
        }
        Err(other) => Err(other.into()),
    }
}
