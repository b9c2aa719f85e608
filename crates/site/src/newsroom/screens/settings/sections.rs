//! The sections of the edition, each with its names, its place in the menu and how many articles are sealed with it.

use super::{PATH, refused};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_press::people::Error;

struct One {
    slug: String,
    title: String,
    en: String,
    ur: String,
    /// How many articles are sealed with it, in words; nothing when none are.
    used: String,
    first: bool,
    last: bool,
}

#[derive(Template)]
#[template(path = "newsroom/settings/sections.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    hash: String,
    note: String,
    why: String,
    all: Vec<One>,
}

/// The list, and a form for another one.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refusal: Option<(StatusCode, String)>) -> Result<Answer, Fail> {
    let edition = visit.people().edition(visit.caller()?)?;
    let uses = visit.people().section_uses()?;
    let s = Screen::new(visit, "set-sections", PATH);
    let (status, why) = refusal.unwrap_or((StatusCode::OK, String::new()));
    let done = visit.ask.query("did").is_some_and(|did| did == "saved");
    let note = if done { s.say("set-saved") } else { String::new() };
    let sections = edition.settings.sections;
    let count = sections.len();
    let one = |(at, section): (usize, ovn_store::settings::Section)| {
        let name = |lang: &str| section.name.get(lang).cloned().unwrap_or_default();
        let title = Some(name(s.lang())).filter(|name| !name.is_empty());
        let title = title.or_else(|| section.name.values().next().cloned());
        let used = uses.iter().find(|(slug, _)| *slug == section.slug).map_or(0, |(_, used)| *used);
        One {
            title: title.unwrap_or_else(|| section.slug.clone()),
            en: name("en"),
            ur: name("ur"),
            used: if used == 0 { String::new() } else { s.count("section-uses", used) },
            first: at == 0,
            last: at + 1 == count,
            slug: section.slug.clone(),
        }
    };
    let all = sections.into_iter().enumerate().map(one).collect();
    let page = Page { hash: edition.hash, note, why, all, s };
    Ok(Answer::page(page.render()?).status(status))
}

fn after(visit: &Visit<'_>, done: Result<(), Error>) -> Result<Answer, Fail> {
    match done {
        Ok(()) => Ok(Answer::go("/settings/sections?did=saved")),
        Err(error) => {
            let s = Screen::new(visit, "set-sections", PATH);
            let refusal = refused(&s, error)?;
            page(visit, Some(refusal))
        }
    }
}

/// Adds one.
pub(in crate::newsroom) fn add(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let form = &visit.form;
    let names = [("en", form.get("name-en")), ("ur", form.get("name-ur"))];
    let (caller, was) = (visit.caller()?, form.get("was"));
    after(visit, visit.people().add_section(caller, was, form.get("slug"), &names))
}

/// Names, moves or drops one.
pub(in crate::newsroom) fn change(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (people, caller, form) = (visit.people(), visit.caller()?, &visit.form);
    // Who may not change any is told so before anything is said of the form.
    people.folder(caller)?;
    let slug = visit.parts.first().copied().unwrap_or_default();
    let was = form.get("was");
    let done = match form.get("deed") {
        "name" => {
            let names = [("en", form.get("name-en")), ("ur", form.get("name-ur"))];
            people.name_section(caller, was, slug, &names)
        }
        "up" => people.move_section(caller, was, slug, true),
        "down" => people.move_section(caller, was, slug, false),
        "drop" => people.drop_section(caller, was, slug, form.get("sure") == "yes"),
        _ => return Err(Fail::Form),
    };
    after(visit, done)
}
