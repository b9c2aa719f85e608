//! Passkeys on the screens: the question in a form, the script that puts it to the browser, and the answers.

use super::door;
use super::me;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use ovn_edition::hex;
use ovn_press::people::joining::Newcomer;
use ovn_press::people::passkeys::{Given, Passkeys, Question, Visitor};
use ovn_press::people::secret::Token;
use ovn_press::people::{Error, Refusal};
use ovn_store::cabinet::Id;

/// How long the browser keeps the cookie to which a question is bound, in seconds.
const VISIT: u64 = 60 * 60;

/// What a page offers of passkeys.
pub(super) enum Offer {
    /// A question, in a form that the script shows.
    Ask(Question),
    /// At this address browsers have none; there they have, at the same page.
    Elsewhere(String),
    /// Nowhere.
    Nowhere,
}

/// A question for the page of somebody who may be anybody, and what to do with the answer's cookies.
pub(super) fn offer(
    visit: &Visit<'_>,
    ask: impl FnOnce(&Passkeys, &Visitor<'_>) -> Result<Question, Error>,
) -> Result<(Offer, Option<String>), Fail> {
    let keys = match keys(visit) {
        Ok(keys) => keys,
        Err(instead) => return Ok((instead, None)),
    };
    let kept = visit.cookie();
    let cookie = match &kept {
        Some(cookie) => cookie.clone(),
        None => visit.people().token()?,
    };
    let question = ask(keys, &visitor(visit, &cookie))?;
    let set = kept.is_none().then(|| visit.inner.origin.cookie("visit", &cookie.text(), VISIT));
    Ok((Offer::Ask(question), set))
}

/// A question for a page of somebody who is in.
pub(super) fn offer_more(visit: &Visit<'_>) -> Result<Offer, Fail> {
    match keys(visit) {
        Ok(keys) => Ok(Offer::Ask(visit.people().ask_to_add(keys, visit.caller()?)?)),
        Err(instead) => Ok(instead),
    }
}

/// The newsroom's passkeys, if the browser has any at the address at which it is.
fn keys<'a>(visit: &Visit<'a>) -> Result<&'a Passkeys, Offer> {
    let Some(keys) = &visit.inner.passkeys else { return Err(Offer::Nowhere) };
    if visit.inner.origin.is_first(visit.ask) {
        return Ok(keys);
    }
    let path = visit.ask.uri.path();
    Err(Offer::Elsewhere(format!("{}{path}", visit.inner.origin.url())))
}

fn visitor<'a>(visit: &'a Visit<'_>, cookie: &'a Token) -> Visitor<'a> {
    Visitor { cookie, address: visit.ask.address, browser: visit.browser() }
}

/// The answer in a form, to a question that this browser was asked.
fn given<'a>(visit: &'a Visit<'_>) -> Given<'a> {
    Given { name: visit.form.get("ask"), answer: visit.form.get("answer") }
}

fn asked<'a>(visit: &Visit<'a>) -> Result<(&'a Passkeys, Token), Refusal> {
    let keys = keys(visit).map_err(|_| Refusal::Passkey)?;
    Ok((keys, visit.cookie().ok_or(Refusal::Passkey)?))
}

/// Lets somebody in.
pub(in crate::newsroom) fn sign_in(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let done = asked(visit).map_err(Error::from).and_then(|(keys, cookie)| {
        visit.people().sign_in_with_passkey(keys, &visitor(visit, &cookie), given(visit))
    });
    match done {
        Ok(entered) => Ok(door::cookies(visit, &entered, Answer::go("/"))),
        Err(Error::Refused(refusal)) => door::form(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}

/// Makes whoever has the link one of the newsroom, who gets in with the passkey that was made.
pub(in crate::newsroom) fn join(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let link = door::token(visit)?;
    let newcomer = Newcomer {
        name: visit.form.get("name"),
        passphrase: "",
        lang: door::lang(visit),
        browser: visit.browser(),
    };
    let done = asked(visit).map_err(Error::from).and_then(|(keys, cookie)| {
        let visitor = visitor(visit, &cookie);
        visit.people().join_with_passkey(keys, &link, &visitor, given(visit), &newcomer)
    });
    door::joined(visit, done)
}

/// Keeps another passkey of one's own.
pub(in crate::newsroom) fn add(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let name = visit.form.get("name");
    let done = keys(visit).map_err(|_| Refusal::Passkey.into()).and_then(|keys| {
        let caller = visit.caller.as_ref().ok_or(Refusal::Stale)?;
        visit.people().add_passkey(keys, caller, name, given(visit), &visit.browser())
    });
    match done {
        Ok(()) => Ok(Answer::go("/me")),
        Err(Error::Refused(refusal)) => me::refused(visit, &refusal),
        Err(other) => Err(other.into()),
    }
}

/// Takes a passkey away, one's own or, for an administrator, another's.
pub(in crate::newsroom) fn forget(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (id, caller) = (visit.id(0)?, visit.caller()?);
    let one: Id = hex::decode(visit.form.get("passkey")).ok_or(Fail::Form)?;
    match visit.people().remove_passkey(caller, &id, &one) {
        Ok(()) => Ok(Answer::go(format!("/people/{}", hex::encode(&id)))),
        Err(Error::Refused(refusal @ Refusal::LastWay)) => me::refused(visit, &refusal),
        Err(other) => Err(other.into()),
    }
}

/// A passkey on a page.
pub(super) struct Kept {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) at: String,
    pub(super) used: Option<String>,
}

/// Somebody's passkeys.
pub(super) fn kept(visit: &Visit<'_>, of: &Id) -> Result<Vec<Kept>, Fail> {
    let s = Screen::new(visit, "room-people", "");
    let one = |one: ovn_store::cabinet::Passkey| Kept {
        handle: hex::encode(&one.id),
        name: one.name,
        at: s.moment(one.at),
        used: one.used.map(|used| s.moment(used)),
    };
    Ok(visit.people().passkeys(visit.caller()?, of)?.into_iter().map(one).collect())
}
