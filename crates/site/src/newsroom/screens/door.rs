//! The door: signing in and out, and joining by a link.

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
}

/// The form.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    if visit.caller.is_some() {
        return Ok(Answer::go("/"));
    }
    let s = Screen::new(visit, "room-sign-in", "");
    Ok(Answer::page(SignIn { s, why: String::new(), name: "" }.render()?))
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
        Err(Error::Refused(refusal)) => {
            let s = Screen::new(visit, "room-sign-in", "");
            let (status, why) = why(&s, &refusal);
            let name = visit.form.get("name");
            Ok(Answer::page(SignIn { s, why, name }.render()?).status(status))
        }
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

fn cookies(visit: &Visit<'_>, entered: &Entered, answer: Answer) -> Answer {
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
}

#[derive(Template)]
#[template(path = "newsroom/codes.html", whitespace = "minimize")]
struct Codes<'a> {
    s: Screen<'a>,
    codes: Vec<String>,
}

/// What a link offers.
pub(in crate::newsroom) fn invited(visit: &Visit<'_>) -> Result<Answer, Fail> {
    form(visit, None)
}

fn form(visit: &Visit<'_>, refused: Option<(StatusCode, String)>) -> Result<Answer, Fail> {
    let token = token(visit)?;
    let role = visit.people().offered(&token)?;
    let s = Screen::new(visit, "room-join", "");
    let (status, why) = refused.unwrap_or((StatusCode::OK, String::new()));
    let role = s.role(role.word());
    let shortest = s.number(passphrase::SHORTEST as u64);
    let (path, name) = (visit.ask.uri.path(), visit.form.get("name"));
    Ok(Answer::page(Join { s, path, role, why, name, shortest }.render()?).status(status))
}

fn token(visit: &Visit<'_>) -> Result<Token, Fail> {
    let part = visit.parts.first().copied().unwrap_or_default();
    Token::read(part).ok_or(Fail::Refused(Refusal::Link))
}

/// Makes whoever has the link one of the newsroom, and shows the codes this once.
pub(in crate::newsroom) fn join(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let given = &visit.form;
    let token = token(visit)?;
    let s = Screen::new(visit, "room-join", "");
    if given.get("passphrase") != given.get("again") {
        return form(visit, Some((StatusCode::UNPROCESSABLE_ENTITY, s.say("why-again"))));
    }
    let lang = Some(given.get("lang")).filter(|lang| Words::speaks(lang)).unwrap_or(&visit.lang);
    let newcomer = Newcomer {
        name: given.get("name"),
        passphrase: given.get("passphrase"),
        lang,
        browser: visit.browser(),
    };
    match visit.people().join(&token, &newcomer) {
        Ok((entered, codes)) => {
            let page = shown(visit, codes)?;
            Ok(cookies(visit, &entered, page))
        }
        Err(Error::Refused(Refusal::Link)) => Err(Refusal::Link.into()),
        Err(Error::Refused(refusal)) => form(visit, Some(why(&s, &refusal))),
        Err(other) => Err(other.into()),
    }
}

/// The page that shows new codes, once.
pub(super) fn shown(visit: &Visit<'_>, codes: Vec<String>) -> Result<Answer, Fail> {
    let s = Screen::new(visit, "room-codes", "");
    Ok(Answer::page(Codes { s, codes }.render()?))
}
