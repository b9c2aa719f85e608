//! One person: role, devices, suspension.

use super::passkey::{self, Kept};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, may};
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::hex;
use ovn_press::people::{Act, Role};
use ovn_store::cabinet::{Id, Person};

pub(super) struct Device {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) at: String,
    pub(super) seen: String,
    pub(super) here: bool,
}

#[derive(Template)]
#[template(path = "newsroom/person.html", whitespace = "minimize")]
struct One<'a> {
    s: Screen<'a>,
    id: String,
    person: &'a Person,
    devices: Vec<Device>,
    passkeys: Vec<Kept>,
    changes: bool,
}

/// The person's page; one's own is `/me`.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    if caller.person.id == id {
        return Ok(Answer::go("/me"));
    }
    let devices = devices(visit, &id)?;
    let passkeys = passkey::kept(visit, &id)?;
    let person = visit.people().person(caller, &id)?;
    let s = Screen::titled(visit, person.name.clone(), "/people");
    let changes = may(caller, Act::ChangeRole);
    let id = hex::encode(&id);
    Ok(Answer::page(One { s, id, person: &person, devices, passkeys, changes }.render()?))
}

/// Where somebody is signed in.
pub(super) fn devices(visit: &Visit<'_>, id: &Id) -> Result<Vec<Device>, Fail> {
    let caller = visit.caller()?;
    let s = Screen::new(visit, "room-people", "");
    let device = |one: ovn_store::cabinet::Session| Device {
        handle: hex::encode(&one.handle),
        name: one.device,
        at: s.moment(one.at),
        seen: s.moment(one.seen),
        here: one.hash == caller.session.hash,
    };
    Ok(visit.people().sessions(caller, id)?.into_iter().map(device).collect())
}

/// Ends a session.
pub(in crate::newsroom) fn revoke(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    let handle = hex::decode(visit.form.get("session")).ok_or(Fail::Form)?;
    visit.people().revoke(visit.caller()?, &id, &handle)?;
    Ok(Answer::go(format!("/people/{}", hex::encode(&id))))
}

/// Ends every session of theirs but the one that asks.
pub(in crate::newsroom) fn revoke_all(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    visit.people().revoke_all(visit.caller()?, &id)?;
    Ok(Answer::go(format!("/people/{}", hex::encode(&id))))
}

/// Gives somebody else another role.
pub(in crate::newsroom) fn change_role(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    let role = Role::from_word(visit.form.get("role")).ok_or(Fail::Form)?;
    visit.people().change_role(visit.caller()?, &id, role)?;
    Ok(Answer::go(format!("/people/{}", hex::encode(&id))))
}

/// Lets somebody else sign in no more, or again.
pub(in crate::newsroom) fn suspend(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    let active = match visit.form.get("active") {
        "yes" => true,
        "no" => false,
        _ => return Err(Fail::Form),
    };
    visit.people().suspend(visit.caller()?, &id, active)?;
    Ok(Answer::go(format!("/people/{}", hex::encode(&id))))
}
