//! What is shown when something is refused, is not there or fails: why, and what to do. A text that was sent is given back.

use super::door;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::ask::Form;
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::{Method, StatusCode};
use ovn_press::people::Refusal;

#[derive(Template)]
#[template(path = "newsroom/trouble.html", whitespace = "minimize")]
struct Trouble<'a> {
    s: Screen<'a>,
    why: String,
    detail: String,
    /// A text that would be lost with the answer.
    text: String,
    door: bool,
}

/// The page for a failure.
pub(in crate::newsroom) fn page(visit: &Visit<'_>, fail: &Fail) -> Answer {
    let text = text(visit);
    if matches!(fail, Fail::Nobody) && text.is_empty() {
        // Where nobody is signed in, every address leads to the door, and none of them tells whether it is one.
        return Answer::go(door::PATH);
    }
    let (status, key, detail) = told(fail);
    if let Fail::Broken(why) = fail {
        tracing::error!(why, "the newsroom could not answer");
    }
    let s = Screen::new(visit, "room-trouble", "");
    let detail = s.told(&detail);
    let why = match fail {
        Fail::Refused(Refusal::Wait(seconds)) => s.count(key, *seconds),
        _ => s.say(key),
    };
    let door = matches!(fail, Fail::Nobody);
    let html = Trouble { s, why, detail, text, door }.render();
    Answer::page(html.unwrap_or_else(|_| "<!doctype html><title>503</title>".into())).status(status)
}

/// The same for a script.
pub(in crate::newsroom) fn data(visit: &Visit<'_>, fail: &Fail) -> Answer {
    let (status, key, detail) = told(fail);
    if let Fail::Broken(why) = fail {
        tracing::error!(why, "the newsroom could not answer");
    }
    let status = match (fail, status) {
        (Fail::Nobody, _) => StatusCode::UNAUTHORIZED,
        // To the editor, 409 brings another text.
        (_, StatusCode::CONFLICT) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, status) => status,
    };
    let why = visit.inner.words.say(&visit.lang, key, &[]);
    let message = if detail.is_empty() { why } else { format!("{why} {detail}") };
    Answer::data(serde_json::json!({ "message": message }).to_string()).status(status)
}

/// The text that came with a form of the newsroom's own, if there is any. What another site sends is not shown.
fn text(visit: &Visit<'_>) -> String {
    if visit.ask.method != Method::POST || !visit.inner.origin.is_own(visit.ask) {
        return String::new();
    }
    // The fields of a draft's form and of a policy's.
    let known = ["token", "version", "text", "rev", "headline", "standfirst", "deed"];
    let form = Form::read(&visit.ask.body, &known);
    form.map_or_else(String::new, |form| form.get("text").to_owned())
}

fn told(fail: &Fail) -> (StatusCode, &'static str, String) {
    let none = String::new();
    match fail {
        Fail::Missing => (StatusCode::NOT_FOUND, "why-missing", none),
        Fail::Form => (StatusCode::BAD_REQUEST, "why-form", none),
        Fail::Cross => (StatusCode::FORBIDDEN, "why-cross", none),
        Fail::Nobody => (StatusCode::FORBIDDEN, "why-nobody", none),
        Fail::Broken(_) => (StatusCode::SERVICE_UNAVAILABLE, "why-broken", none),
        Fail::Refused(refusal) => refused(refusal),
    }
}

/// The status, the message and the details of a refusal.
pub(super) fn refused(refusal: &Refusal) -> (StatusCode, &'static str, String) {
    let none = String::new();
    match refusal {
        Refusal::Role => (StatusCode::FORBIDDEN, "why-role", none),
        Refusal::FourEyes => (StatusCode::FORBIDDEN, "why-four-eyes", none),
        Refusal::Unknown => (StatusCode::FORBIDDEN, "why-unknown", none),
        Refusal::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, "why-wait", none),
        Refusal::Full => (StatusCode::INSUFFICIENT_STORAGE, "why-full", none),
        Refusal::Busy => (StatusCode::SERVICE_UNAVAILABLE, "why-busy", none),
        Refusal::Link => (StatusCode::NOT_FOUND, "why-link", none),
        Refusal::Taken => (StatusCode::CONFLICT, "why-taken", none),
        Refusal::Name => (StatusCode::UNPROCESSABLE_ENTITY, "why-name", none),
        Refusal::Short => (StatusCode::UNPROCESSABLE_ENTITY, "why-short", none),
        Refusal::Long => (StatusCode::UNPROCESSABLE_ENTITY, "why-long", none),
        Refusal::Simple => (StatusCode::UNPROCESSABLE_ENTITY, "why-simple", none),
        Refusal::Passkey => (StatusCode::FORBIDDEN, "why-passkey", none),
        Refusal::Stale => (StatusCode::FORBIDDEN, "why-stale", none),
        Refusal::LastWay => (StatusCode::CONFLICT, "why-last-way", none),
        Refusal::Moved => (StatusCode::CONFLICT, "why-moved", none),
        Refusal::Setting(what, _) => {
            (StatusCode::UNPROCESSABLE_ENTITY, super::settings::reason(what), none)
        }
        Refusal::Text(detail) => {
            let key = match detail.as_str() {
                "class" => "why-class",
                "slug" => "why-slug",
                "reason" => "why-reason",
                "preview" => "why-preview",
                "comment" => "why-comment",
                "quote" => "why-quote",
                "suggested" => "why-suggested",
                "part" => "why-part",
                "length" => "why-length",
                "notes" => "why-notes",
                "pitch" => "why-pitch",
                "lang" => "why-lang",
                "sibling" => "why-sibling",
                "original" => "why-original",
                "moment" => "why-moment",
                "moment-skipped" => "why-moment-skipped",
                "moment-past" => "why-moment-past",
                "moment-far" => "why-moment-far",
                "files" => "why-files",
                _ => "why-text",
            };
            let detail = if key == "why-text" { detail.clone() } else { none };
            (StatusCode::UNPROCESSABLE_ENTITY, key, detail)
        }
        _ => (StatusCode::NOT_FOUND, "why-missing", none),
    }
}
