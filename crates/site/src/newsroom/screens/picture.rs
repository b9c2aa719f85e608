//! Pictures of a draft: the list with the form that adds one, one as bytes, and taking one in from the editor.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::people::{Act, Error, Refusal};
use ovn_press::pictures::{Shown, Words};
use serde_json::json;

#[derive(Template)]
#[template(path = "newsroom/pictures.html", whitespace = "minimize")]
struct OfDraft<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    all: Vec<Shown>,
    note: String,
    why: String,
    may: bool,
}

/// The pictures of a draft.
pub(in crate::newsroom) fn of_draft(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<String>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let draft = people.draft(caller, &visit.id(0)?)?;
    let s = Screen::new(visit, "room-pictures", "/");
    let note = match visit.ask.query("did") {
        Some("added") => s.say("picture-added"),
        _ => String::new(),
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = s.headline(&draft.title);
    let page = OfDraft {
        id: hex::encode(&draft.id),
        title,
        dir: dir(&draft.lang),
        may: people.may(caller, Act::Write, &draft).is_ok(),
        all: people.pictures(&draft.text),
        lang: draft.lang,
        note,
        why: refused.unwrap_or_default(),
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Takes a picture in and shows it at the end of the text.
pub(in crate::newsroom) fn add(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    let file = visit.upload.as_ref().ok_or(Fail::Form)?;
    let said = |name| visit.form.get(name);
    let words = Words { alt: said("alt"), caption: said("caption"), credit: said("credit") };
    match visit.people().add_picture(caller, &id, &file.bytes, &words) {
        Ok(_) => Ok(Answer::go(format!("/drafts/{}/pictures?did=added", hex::encode(&id)))),
        Err(Error::Refused(Refusal::Text(why))) => {
            let name: String =
                file.name.chars().filter(|sign| !sign.is_control()).take(80).collect();
            let why = Screen::new(visit, "room-pictures", "/").told(&why);
            page(visit, Some(format!("{name}: {why}")))
        }
        Err(other) => Err(other.into()),
    }
}

/// Takes a picture in for the editor, which shows it where the writer is.
pub(in crate::newsroom) fn keep(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let kept = visit.people().keep_picture(visit.caller()?, &visit.id(0)?, &visit.ask.body)?;
    let answer = json!({"src": kept.name, "width": kept.width, "height": kept.height});
    Ok(Answer::data(answer.to_string()))
}

/// The picture's bytes.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let name = visit.parts.get(1).copied().unwrap_or_default();
    let bytes = visit.people().picture(visit.caller()?, &visit.id(0)?, name)?;
    Ok(Answer::picture(bytes))
}
