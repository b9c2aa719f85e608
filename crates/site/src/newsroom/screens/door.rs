//! The door: signing in and out, and joining by a link.

use super::passkey::{self, Offer};
use super::trouble;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use crate::words::Words;
use askama::Template;
use hyper::StatusCode;
use ovn_press::people::entry::{Attempt, Entered};
use ovn_press::people::joining::Newcomer;
use ovn_press::people::secret::Token;
use ovn_press::people::{Error, Refusal, passphrase};

/// Where one signs in.
pub(super) const PATH: &str = "/sign-in";
/// How long the browser keeps a session's cookie, in seconds, and that by which it is known.
const SESSION: u64 = 7 * 24 * 60 * 60;
const DEVICE: u64 = 180 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "newsroom/sign-in.html", whitespace = "minimize")]
struct SignIn<'a> {
    s: Screen<'a>,
    why: String,
    name: &'a str,
    offer: Offer,
}

/// The form.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    if visit.caller.is_some() {
        return Ok(Answer::go("/"));
    }
    form(visit, None)
}

/// The form, after a refusal or for the first time.
pub(super) fn form(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let s = Screen::new(visit, "room-sign-in", "");
    let (status, why) = refused.map_or((StatusCode::OK, String::new()), |refusal| why(&s, refusal));
    let people = visit.people();
    let (offer, cookie) = passkey::offer(visit, |keys, who| people.ask_to_sign_in(keys, who))?;
    let name = visit.form.get("name");
    Ok(asking(SignIn { s, why, name, offer }.render()?, cookie).status(status))
}

/// A page that may have a question for passkeys.
fn asking(html: String, cookie: Option<String>) -> Answer {
    let page = Answer::page(html).scripted();
    match cookie {
        Some(cookie) => page.cookie(cookie),
        None => page,
    }
}

/// Lets somebody in, or says that it was not right, in the same words for every name.
pub(in crate::newsroom) fn sign_in(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let attempt = Attempt {
        name: visit.form.get("name"),
        passphrase: visit.form.get("passphrase"),
        address: visit.ask.address,
        browser: visit.browser(),
    };
    match visit.people().sign_in(&attempt) {
        Ok(entered) => Ok(cookies(visit, &entered, Answer::go("/"))),
        Err(Error::Refused(refusal)) => form(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}

/// Ends the session.
pub(in crate::newsroom) fn sign_out(visit: &Visit<'_>) -> Result<Answer, Fail> {
    visit.people().sign_out(visit.caller()?)?;
    let gone = visit.inner.origin.cookie("session", "", 0);
    Ok(Answer::go(PATH).cookie(gone))
}

/// A refusal in words.
pub(super) fn why(s: &Screen<'_>, refusal: &Refusal) -> (StatusCode, String) {
    let (status, key, _) = trouble::refused(refusal);
    let why = match refusal {
        Refusal::Wait(seconds) => s.count(key, *seconds),
        _ => s.say(key),
    };
    (status, why)
}

pub(super) fn cookies(visit: &Visit<'_>, entered: &Entered, answer: Answer) -> Answer {
    let origin = &visit.inner.origin;
    let session = origin.cookie("session", &entered.session.text(), SESSION);
    let device = origin.cookie("device", &entered.device.text(), DEVICE);
    answer.cookie(session).cookie(device)
}

#[derive(Template)]
#[template(path = "newsroom/join.html", whitespace = "minimize")]
struct Join<'a> {
    s: Screen<'a>,
    path: &'a str,
    role: String,
    why: String,
    name: &'a str,
    shortest: String,
    offer: Offer,
}

#[derive(Template)]
#[template(path = "newsroom/codes.html", whitespace = "minimize")]
struct Codes<'a> {
    s: Screen<'a>,
    codes: Vec<String>,
}

/// What a link offers.
pub(in crate::newsroom) fn invited(visit: &Visit<'_>) -> Result<Answer, Fail> {
    joining(visit, None)
}

fn joining(visit: &Visit<'_>, refused: Option<(StatusCode, String)>) -> Result<Answer, Fail> {
    let token = token(visit)?;
    let role = visit.people().offered(&token)?;
    let s = Screen::new(visit, "room-join", "");
    let (status, why) = refused.unwrap_or((StatusCode::OK, String::new()));
    let role = s.role(role.word());
    let shortest = s.number(passphrase::SHORTEST as u64);
    let path = visit.ask.uri.path();
    let (path, name) = (path.strip_suffix("/passkey").unwrap_or(path), visit.form.get("name"));
    let people = visit.people();
    let (offer, cookie) = passkey::offer(visit, |keys, who| people.ask_to_join(keys, &token, who))?;
    let page = Join { s, path, role, why, name, shortest, offer }.render()?;
    Ok(asking(page, cookie).status(status))
}

/// The language that somebody who joins chose.
pub(super) fn lang<'a>(visit: &'a Visit<'_>) -> &'a str {
    Some(visit.form.get("lang")).filter(|lang| Words::speaks(lang)).unwrap_or(&visit.lang)
}

pub(super) fn token(visit: &Visit<'_>) -> Result<Token, Fail> {
    let part = visit.parts.first().copied().unwrap_or_default();
    Token::read(part).ok_or(Fail::Refused(Refusal::Link))
}

/// Makes whoever has the link one of the newsroom, and shows the codes this once.
pub(in crate::newsroom) fn join(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let given = &visit.form;
    let token = token(visit)?;
    let s = Screen::new(visit, "room-join", "");
    if given.get("passphrase") != given.get("again") {
        return joining(visit, Some((StatusCode::UNPROCESSABLE_ENTITY, s.say("why-again"))));
    }
    let newcomer = Newcomer {
        name: given.get("name"),
        passphrase: given.get("passphrase"),
        lang: lang(visit),
        browser: visit.browser(),
    };
    joined(visit, visit.people().join(&token, &newcomer))
}

/// What is shown to somebody who joined, or could not.
pub(super) fn joined(
    visit: &Visit<'_>,
    done: Result<(Entered, Vec<String>), Error>,
) -> Result<Answer, Fail> {
    match done {
        Ok((entered, codes)) => {
            let page = shown(visit, codes)?;
            Ok(cookies(visit, &entered, page))
        }
        Err(Error::Refused(Refusal::Link)) => Err(Refusal::Link.into()),
        Err(Error::Refused(refusal)) => {
            let s = Screen::new(visit, "room-join", "");
            joining(visit, Some(why(&s, &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The page that shows new codes, once.
pub(super) fn shown(visit: &Visit<'_>, codes: Vec<String>) -> Result<Answer, Fail> {
    let s = Screen::new(visit, "room-codes", "");
    Ok(Answer::page(Codes { s, codes }.render()?))
}
