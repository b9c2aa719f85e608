//! What is set for the edition as a whole, and where each of it is changed.

pub(in crate::newsroom) mod carry;
pub(in crate::newsroom) mod edition;
pub(in crate::newsroom) mod feeds;
pub(in crate::newsroom) mod policies;
pub(in crate::newsroom) mod record;
pub(in crate::newsroom) mod sections;

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, may};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_press::people::{Act, Error, Refusal};

/// Where the menu leads.
pub(super) const PATH: &str = "/settings";

struct Place {
    path: &'static str,
    name: String,
    why: String,
}

#[derive(Template)]
#[template(path = "newsroom/settings/all.html", whitespace = "minimize")]
struct All<'a> {
    s: Screen<'a>,
    places: Vec<Place>,
}

/// Each screen of the settings that the caller may open.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let caller = visit.caller()?;
    let s = Screen::new(visit, "room-settings", PATH);
    let all = [
        ("/settings/edition", "set-edition", Some(Act::Manage)),
        ("/settings/sections", "set-sections", Some(Act::Manage)),
        ("/settings/policies", "set-policies", Some(Act::Manage)),
        ("/people", "set-people", None),
        ("/settings/feeds", "set-feeds", None),
        ("/settings/import", "set-import", Some(Act::Start)),
        ("/settings/export", "set-export", Some(Act::Manage)),
        ("/settings/record", "set-record", Some(Act::Manage)),
    ];
    let mine = all.into_iter().filter(|(.., act)| act.is_none_or(|act| may(caller, act)));
    let place = |(path, key, _): (&'static str, &str, _)| Place {
        path,
        name: s.say(key),
        why: s.say(&format!("{key}-why")),
    };
    let places = mine.map(place).collect();
    Ok(Answer::page(All { s, places }.render()?))
}

/// Why a setting was refused: a message, and what it is about.
pub(super) fn refused(s: &Screen<'_>, error: Error) -> Result<(StatusCode, String), Fail> {
    match error {
        Error::Refused(Refusal::Setting("line", field)) => {
            let field = s.say(&format!("set-{field}"));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, s.with(reason("line"), &field)))
        }
        Error::Refused(Refusal::Setting("section-used", count)) => {
            let count = count.parse().unwrap_or_default();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, s.count(reason("section-used"), count)))
        }
        Error::Refused(Refusal::Setting(what, about)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, s.with(reason(what), &about)))
        }
        Error::Refused(Refusal::Moved) => Ok((StatusCode::CONFLICT, s.say("why-setting-moved"))),
        other => Err(other.into()),
    }
}

/// The message for a refusal of this word.
pub(super) fn reason(what: &str) -> &'static str {
    match what {
        "name" => "why-setting-name",
        "line" => "why-setting-line",
        "url" => "why-setting-url",
        "zone" => "why-setting-zone",
        "language" => "why-setting-language",
        "first-language" => "why-setting-first-language",
        "language-used" => "why-setting-language-used",
        "contact" => "why-setting-contact",
        "slug" => "why-setting-slug",
        "slug-taken" => "why-setting-slug-taken",
        "sections" => "why-setting-sections",
        "section-name" => "why-setting-section-name",
        "section-twice" => "why-setting-section-twice",
        "section-used" => "why-setting-section-used",
        "policy-marks" => "why-setting-policy-marks",
        "import" => "why-setting-import",
        "import-utf8" => "why-setting-import-utf8",
        "import-size" => "why-setting-import-size",
        "import-headline" => "why-setting-import-headline",
        "write" => "why-setting-write",
        _ => "why-setting-file",
    }
}
