//! One draft: its text in a form, what the desk asks beside it, and what may be done with it.

use super::around::{around, original};
use super::document::{Scripted, scripted};
use super::publish::{Open, open};
use super::schedule;
use super::standing::{self, Stand};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::drafts::{State, starting};
use ovn_press::people::Act;
use ovn_store::cabinet::{Draft, Saved};

/// What may be done with a draft now.
struct May {
    write: bool,
    submit: bool,
    back: bool,
    approve: bool,
    publish: bool,
    schedule: bool,
    unschedule: bool,
    put_away: bool,
}

#[derive(Template)]
#[template(path = "newsroom/draft.html", whitespace = "minimize")]
struct Sheet<'a> {
    s: Screen<'a>,
    id: String,
    draft: &'a Draft,
    dir: &'static str,
    state: String,
    note: String,
    plan: Option<schedule::Shown>,
    may: May,
    open: Open,
    /// Where readers find it, if they do.
    public: Option<String>,
    /// Saved, sealed, witnessed.
    stands: Vec<Stand>,
    /// The editor, where there is one for this text.
    scripted: Option<Scripted>,
    /// What is wanted of it and what is new in it.
    around: String,
    /// The text that it translates.
    original: String,
}

/// Begins a draft in the language that was chosen.
pub(in crate::newsroom) fn start(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let caller = visit.caller()?;
    let settings = &visit.settings;
    let wanted = visit.form.get("lang");
    let lang = settings.languages.iter().find(|lang| *lang == wanted).ok_or(Fail::Form)?;
    let section = settings.sections.first();
    let section = section.and_then(|one| one.name.get(lang)).map_or("", String::as_str);
    let draft = visit.people().start(caller, &starting(lang, &caller.person.name, section))?;
    Ok(Answer::go(format!("/drafts/{}", hex::encode(&draft.id))))
}

/// The form.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let draft = visit.people().draft(visit.caller()?, &visit.id(0)?)?;
    let draft = visit.people().recorded(draft)?;
    let title = if draft.title.is_empty() { None } else { Some(draft.title.clone()) };
    let s = match title {
        Some(title) => Screen::titled(visit, title, "/"),
        None => Screen::new(visit, "draft-untitled", "/"),
    };
    let may = may(visit, &draft)?;
    let note = match visit.ask.query("did") {
        Some(
            done @ ("saved" | "submit" | "return" | "approve" | "sealed" | "schedule"
            | "unschedule" | "back"),
        ) => s.say(&format!("did-{done}")),
        _ => String::new(),
    };
    let state = s.say(&format!("state-{}", draft.state));
    let open = open(visit, &s, &draft)?;
    let url = &visit.settings.url;
    let sealed = State::of(&draft) == State::Published;
    let public = draft.path.as_ref().filter(|_| sealed).map(|path| format!("{url}{path}"));
    let scripted = if may.write { scripted(visit, &draft)? } else { None };
    let plan = schedule::of_draft(visit, &s, &draft)?;
    let stands = stands(visit, &s, &draft)?;
    let (id, dir) = (hex::encode(&draft.id), dir(&draft.lang));
    let (around, original) = (around(visit, &s, &draft)?, original(visit, &s, &draft)?);
    let sheet = Sheet {
        s,
        id,
        draft: &draft,
        dir,
        state,
        note,
        plan,
        may,
        open,
        public,
        stands,
        scripted,
        around,
        original,
    };
    let runs = sheet.scripted.is_some();
    let page = Answer::page(sheet.render()?);
    Ok(if runs { page.scripted() } else { page })
}

/// How the draft stands, with who saved it last.
pub(super) fn stands(visit: &Visit<'_>, s: &Screen<'_>, draft: &Draft) -> Result<Vec<Stand>, Fail> {
    let people = visit.people();
    let all = people.people(visit.caller()?)?;
    let writer = all.iter().find(|person| person.id == draft.writer);
    let sealed = people.draft_stands(draft)?;
    let writer = writer.map(|person| person.name.as_str());
    Ok(standing::of_draft(s, draft, writer, sealed.as_ref()))
}

fn may(visit: &Visit<'_>, draft: &Draft) -> Result<May, Fail> {
    let caller = visit.caller()?;
    let may = |act| visit.people().may(caller, act, draft).is_ok();
    Ok(May {
        write: may(Act::Write),
        submit: may(Act::Submit),
        back: may(Act::Return),
        approve: may(Act::Approve),
        publish: may(Act::Publish),
        schedule: may(Act::Schedule),
        unschedule: may(Act::Unschedule),
        put_away: may(Act::Drop),
    })
}

#[derive(Template)]
#[template(path = "newsroom/conflict.html", whitespace = "minimize")]
struct Conflict<'a> {
    s: Screen<'a>,
    id: String,
    kept: &'a Draft,
    by: String,
    at: String,
    mine: &'a str,
    dir: &'static str,
}

/// Saves the text, or shows both when somebody else saved another meanwhile.
pub(in crate::newsroom) fn save(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    let version = version_of(visit)?;
    let text = visit.form.get("text");
    match visit.people().save(caller, &id, version, text)? {
        Saved::Kept(_) => Ok(Answer::go(format!("/drafts/{}?did=saved", hex::encode(&id)))),
        Saved::Missing => Err(Fail::Missing),
        Saved::Conflict(kept) => {
            let s = Screen::new(visit, "room-conflict", "/");
            let people = visit.people().people(caller)?;
            let by = people.iter().find(|person| person.id == kept.writer);
            let by = by.map_or_else(String::new, |person| person.name.clone());
            let at = s.moment(kept.updated);
            let (id, dir) = (hex::encode(&id), dir(&kept.lang));
            let page = Conflict { s, id, kept: &kept, by, at, mine: text, dir };
            Ok(Answer::page(page.render()?).status(StatusCode::CONFLICT))
        }
    }
}

/// The version that a form was made of.
pub(super) fn version_of(visit: &Visit<'_>) -> Result<u64, Fail> {
    visit.form.get("version").parse().map_err(|_| Fail::Form)
}
