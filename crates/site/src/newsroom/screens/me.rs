//! Oneself: language, devices, passphrase.

use super::door;
use super::passkey::{self, Kept, Offer};
use super::person::{Device, devices};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use crate::words::Words;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::people::{Error, Refusal};

#[derive(Template)]
#[template(path = "newsroom/me.html", whitespace = "minimize")]
struct Me<'a> {
    s: Screen<'a>,
    id: String,
    name: &'a str,
    role: String,
    devices: Vec<Device>,
    passkeys: Vec<Kept>,
    /// None when they signed in too long ago.
    offer: Option<Offer>,
    codes: String,
    secret: bool,
    why: String,
}

/// The page.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<(StatusCode, String)>) -> Result<Answer, Fail> {
    let caller = visit.caller()?;
    let s = Screen::new(visit, "room-me", "/me");
    let (status, why) = refused.unwrap_or((StatusCode::OK, String::new()));
    let devices = devices(visit, &caller.person.id)?;
    let codes = s.count("me-codes", visit.people().codes_left(caller)?);
    let role = s.role(&caller.person.role);
    let passkeys = passkey::kept(visit, &caller.person.id)?;
    let fresh = visit.people().is_fresh(caller).is_ok();
    let offer = if fresh { Some(passkey::offer_more(visit)?) } else { None };
    let secret = visit.people().has_passphrase(&caller.person)?;
    let (id, name) = (hex::encode(&caller.person.id), caller.person.name.as_str());
    let page = Me { s, id, name, role, devices, passkeys, offer, codes, secret, why };
    Ok(Answer::page(page.render()?).scripted().status(status))
}

/// The page, with why something was refused.
pub(super) fn refused(visit: &Visit<'_>, refusal: &Refusal) -> Result<Answer, Fail> {
    let s = Screen::new(visit, "room-me", "/me");
    page(visit, Some(door::why(&s, refusal)))
}

/// Another language, or another passphrase with new codes.
pub(in crate::newsroom) fn change(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, form) = (visit.caller()?, &visit.form);
    let lang = form.get("lang");
    if !lang.is_empty() {
        if !Words::speaks(lang) {
            return Err(Fail::Form);
        }
        visit.people().speak(caller, lang)?;
        return Ok(Answer::go("/me"));
    }
    let s = Screen::new(visit, "room-me", "/me");
    if form.get("next") != form.get("again") {
        return page(visit, Some((StatusCode::UNPROCESSABLE_ENTITY, s.say("why-again"))));
    }
    match visit.people().change_passphrase(caller, form.get("current"), form.get("next")) {
        Ok(codes) => door::shown(visit, codes),
        Err(Error::Refused(refusal)) => refused(visit, &refusal),
        Err(other) => Err(other.into()),
    }
}
