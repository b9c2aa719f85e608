//! The edition's name, motto, address, languages, zone and publisher; what only a restart changes, to be read.

use super::{PATH, refused};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_press::managing::{Edition, Given};

/// The languages of the mottos that the form has.
const SPOKEN: [&str; 2] = ["en", "ur"];

pub(in crate::newsroom) const FIELDS: &[&str] = &[
    "was",
    "name",
    "url",
    "motto-en",
    "motto-ur",
    "languages",
    "zone",
    "publisher-name",
    "publisher-address",
    "publisher-contact",
    "publisher-ownership",
    "four-eyes",
];

struct Field {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    lang: &'static str,
    dir: &'static str,
    /// The variable that sets it, if one does.
    variable: &'static str,
    required: bool,
}

struct Line {
    key: &'static str,
    value: String,
    variable: &'static str,
    why: String,
    waiting: bool,
}

#[derive(Template)]
#[template(path = "newsroom/settings/edition.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    hash: String,
    note: String,
    why: String,
    groups: Vec<(String, Vec<Field>)>,
    four_eyes: bool,
    zones: Vec<&'static str>,
    fixed: Vec<Line>,
}

/// Some zones to choose from; any other can be typed.
const ZONES: [&str; 12] = [
    "UTC",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Africa/Nairobi",
    "America/New_York",
    "America/Toronto",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Paris",
];

/// The form.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refusal: Option<(StatusCode, String)>) -> Result<Answer, Fail> {
    let edition = visit.people().edition(visit.caller()?)?;
    let s = Screen::new(visit, "set-edition", PATH);
    let sent = refusal.is_some();
    let (status, why) = refusal.unwrap_or((StatusCode::OK, String::new()));
    let done = visit.ask.query("did").is_some_and(|did| did == "saved");
    let note = if done { s.say("set-saved") } else { String::new() };
    let four_eyes =
        if sent { visit.form.get("four-eyes") == "yes" } else { edition.settings.four_eyes };
    let groups = groups(&s, &edition, sent);
    let fixed = fixed(&s, &edition);
    let page =
        Page { hash: edition.hash, note, why, groups, four_eyes, zones: ZONES.to_vec(), fixed, s };
    Ok(Answer::page(page.render()?).status(status))
}

fn variable(edition: &Edition, key: &str) -> &'static str {
    edition.overridden.iter().find(|(one, _)| *one == key).map_or("", |(_, variable)| variable)
}

fn groups(s: &Screen<'_>, edition: &Edition, sent: bool) -> Vec<(String, Vec<Field>)> {
    let settings = &edition.settings;
    let field = |name: &'static str, value: &str, lang: &'static str, dir: &'static str| {
        let variable = variable(edition, name);
        let value = match name {
            // What the environment says is what holds.
            "name" if !variable.is_empty() => s.edition(),
            "url" if !variable.is_empty() => s.url(),
            "zone" if !variable.is_empty() => s.zone(),
            _ if sent => s.typed(name),
            _ => value,
        };
        Field {
            name,
            label: s.say(&format!("set-{name}")),
            hint: s.say(&format!("set-{name}-hint")),
            value: value.to_owned(),
            lang,
            dir,
            variable,
            required: matches!(name, "name" | "url" | "zone" | "languages"),
        }
    };
    let motto = |lang: &str| settings.motto.get(lang).map_or("", String::as_str);
    let languages = settings.languages.join(", ");
    let own = &settings.publisher;
    vec![
        (
            s.say("set-group-edition"),
            vec![
                field("name", &settings.name, "", "auto"),
                field("motto-en", motto("en"), "en", "ltr"),
                field("motto-ur", motto("ur"), "ur", "rtl"),
                field("url", &settings.url, "en", "ltr"),
                field("languages", &languages, "en", "ltr"),
                field("zone", &settings.zone, "en", "ltr"),
            ],
        ),
        (
            s.say("set-group-publisher"),
            vec![
                field("publisher-name", &own.name, "", "auto"),
                field("publisher-address", &own.address, "", "auto"),
                field("publisher-contact", &own.contact, "en", "ltr"),
                field("publisher-ownership", &own.ownership, "", "auto"),
            ],
        ),
    ]
}

fn fixed(s: &Screen<'_>, edition: &Edition) -> Vec<Line> {
    let line = |one: &ovn_store::settings::Fixed| Line {
        key: one.key,
        value: one.value.clone(),
        variable: variable(edition, one.key),
        why: if one.key == "origin" { s.say("set-origin-why") } else { String::new() },
        waiting: edition.waiting.contains(&one.key),
    };
    edition.fixed.iter().map(line).collect()
}

/// Takes what the form says, whole or not at all.
pub(in crate::newsroom) fn save(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let form = &visit.form;
    let settings = &visit.settings;
    // A field that a variable sets is not in the form; what stands in the file stays.
    let or = |name: &str, now| if form.has(name) { form.get(name) } else { now };
    let (name, url) = (or("name", settings.name.as_str()), or("url", settings.url.as_str()));
    let zone = or("zone", settings.zone.as_str());
    let [motto_en, motto_ur] = ["motto-en", "motto-ur"].map(|field| form.get(field));
    let given = Given {
        name,
        url,
        motto: SPOKEN.into_iter().zip([motto_en, motto_ur]).collect(),
        languages: form.get("languages"),
        zone,
        publisher: [
            form.get("publisher-name"),
            form.get("publisher-address"),
            form.get("publisher-contact"),
            form.get("publisher-ownership"),
        ],
        four_eyes: form.get("four-eyes") == "yes",
    };
    match visit.people().set_edition(visit.caller()?, form.get("was"), &given) {
        Ok(()) => Ok(Answer::go("/settings/edition?did=saved")),
        Err(error) => {
            let s = Screen::new(visit, "set-edition", PATH);
            let refusal = refused(&s, error)?;
            page(visit, Some(refusal))
        }
    }
}
