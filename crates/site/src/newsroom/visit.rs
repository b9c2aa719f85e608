//! One request on its way: host, address, form, person, then the screen; and what is shown when one of them fails.

use super::Inner;
use super::answer::{After, Fail, Kind};
use super::ask::{Ask, Form};
use super::routes::{self, Door, Route};
use super::screens::trouble;
use super::upload::{self, Upload};
use crate::respond::{Response, plain};
use crate::words::Words;
use hyper::header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE, ALLOW, HeaderName, HeaderValue, USER_AGENT};
use hyper::{Method, StatusCode};
use ovn_press::people::entry::Browser;
use ovn_press::people::secret::Token;
use ovn_press::people::{Caller, People};
use ovn_store::Settings;
use ovn_store::cabinet::Id;
use std::sync::Arc;

/// Where a script puts the token that a form has as a field.
const FORM_TOKEN: HeaderName = HeaderName::from_static("x-form-token");

/// Somebody's request, as a screen sees it.
pub(super) struct Visit<'a> {
    pub(super) inner: &'a Inner,
    pub(super) ask: &'a Ask,
    /// The parts of the path that stand for something.
    pub(super) parts: Vec<&'a str>,
    pub(super) form: Form,
    pub(super) upload: Option<Upload>,
    pub(super) caller: Option<Caller>,
    pub(super) device: Option<Token>,
    pub(super) lang: String,
    /// The edition's, as they were when the request came.
    pub(super) settings: Arc<Settings>,
}

impl Visit<'_> {
    pub(super) fn people(&self) -> &People {
        &self.inner.people
    }

    /// Who it is.
    pub(super) fn caller(&self) -> Result<&Caller, Fail> {
        self.caller.as_ref().ok_or(Fail::Nobody)
    }

    /// The identity in a part of the path.
    pub(super) fn id(&self, place: usize) -> Result<Id, Fail> {
        let part = self.parts.get(place).copied().unwrap_or_default();
        ovn_edition::hex::decode(part).ok_or(Fail::Missing)
    }

    /// The cookie to which a question before signing in is bound.
    pub(super) fn cookie(&self) -> Option<Token> {
        self.ask.cookie(&self.inner.origin.cookie_name("visit"))
    }

    /// The browser, for whoever comes in.
    pub(super) fn browser(&self) -> Browser<'_> {
        let agent = self.ask.header(&USER_AGENT).unwrap_or_default();
        Browser { device: self.device.as_ref(), agent }
    }
}

/// The answer, and what follows its head.
pub(super) fn respond(inner: &Inner, ask: &Ask) -> (Response, After) {
    if !inner.origin.is_host(ask) {
        let text = "This newsroom has another address.\n";
        return (plain(StatusCode::MISDIRECTED_REQUEST, text), After::Nothing);
    }
    let https = inner.origin.https();
    let head = ask.method == Method::HEAD;
    let method = if head { Method::GET } else { ask.method.clone() };
    let Some((route, parts)) = routes::find(&method, ask.uri.path()) else {
        if routes::knows(ask.uri.path()) {
            let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "Not with this method.\n");
            refusal.headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST, PUT"));
            return (refusal, After::Nothing);
        }
        let visit = stranger(inner, ask);
        return (trouble::page(&visit, &Fail::Missing).response(https), After::Nothing);
    };
    let mut visit = stranger(inner, ask);
    visit.parts = parts;
    let answer = match enter(&mut visit, route) {
        Ok(()) => (route.run)(&visit),
        Err(fail) => Err(fail),
    };
    if route.method != Method::GET
        && route.path.starts_with("/drafts/{}")
        && let Ok(draft) = visit.id(0)
    {
        inner.rooms.ring(&draft);
    }
    let mut answer = answer.unwrap_or_else(|fail| {
        if route.data { trouble::data(&visit, &fail) } else { trouble::page(&visit, &fail) }
    });
    let kind = answer.kind;
    let after = match (answer.bell.take(), answer.pour.take()) {
        (Some(bell), _) if !head => After::Bell(bell),
        (_, Some(pour)) if !head => After::Pour(pour),
        _ => After::Nothing,
    };
    let mut response = answer.response(https);
    let accepted = ask.headers.get(&ACCEPT_ENCODING);
    response = match kind {
        Kind::Built(file) => response.built(file, accepted),
        Kind::Packed => response.packed(accepted),
        _ => response,
    };
    if head {
        response.body = hyper::body::Bytes::new();
    }
    (response, after)
}

/// The visit of somebody of whom nothing is known yet.
fn stranger<'a>(inner: &'a Inner, ask: &'a Ask) -> Visit<'a> {
    let device = ask.cookie(&inner.origin.cookie_name("device"));
    let settings = inner.people.settings();
    let lang = language(&settings, ask);
    let (parts, form) = (Vec::new(), Form::default());
    Visit { inner, ask, parts, form, upload: None, caller: None, device, lang, settings }
}

/// The language of the screens before anybody is known: the address's, the browser's, the edition's.
fn language(settings: &Settings, ask: &Ask) -> String {
    if let Some(lang) = ask.query("lang").filter(|lang| Words::speaks(lang)) {
        return lang.to_owned();
    }
    let wanted = ask.header(&ACCEPT_LANGUAGE).unwrap_or_default();
    let wanted = wanted.split(',').filter_map(|tag| tag.trim().get(..2));
    let own = settings.languages.iter().map(String::as_str);
    let spoken = wanted.chain(own).find(|lang| Words::speaks(lang));
    spoken.unwrap_or("en").to_owned()
}

/// Reads the form and who sent it, and refuses what another site sends.
fn enter(visit: &mut Visit<'_>, route: &Route) -> Result<(), Fail> {
    let (ask, inner) = (visit.ask, visit.inner);
    let changes = route.method != Method::GET;
    if changes {
        if !inner.origin.is_own(ask) {
            return Err(Fail::Cross);
        }
        let right = match (route.data, route.upload) {
            (true, true) if route.fields.is_empty() => ask.is_bytes(),
            (true, true) => ask.is_upload(),
            (true, false) => ask.is_json(),
            (false, true) => ask.is_upload(),
            (false, false) => ask.is_form(),
        };
        if !right {
            return Err(Fail::Form);
        }
    }
    let token = ask.cookie(&inner.origin.cookie_name("session"));
    if let Some(token) = token {
        let people = &inner.people;
        visit.caller = if route.alone { people.glance(&token)? } else { people.caller(&token)? };
    }
    if let Some(caller) = &visit.caller
        && Words::speaks(&caller.person.lang)
    {
        visit.lang.clone_from(&caller.person.lang);
    }
    if changes && (!route.data || !route.fields.is_empty()) {
        let known: Vec<&str> = route.fields.iter().copied().chain(["token"]).collect();
        if route.upload {
            let (form, file) = upload::read(ask, &known).ok_or(Fail::Form)?;
            (visit.form, visit.upload) = (form, Some(file));
        } else {
            visit.form = Form::read(&ask.body, &known).ok_or(Fail::Form)?;
        }
    }
    if route.door == Door::Open {
        return Ok(());
    }
    let caller = visit.caller()?;
    let token = if route.data {
        ask.header(&FORM_TOKEN).unwrap_or_default()
    } else {
        visit.form.get("token")
    };
    if changes && !caller.token.derived("form").is(token) {
        return Err(Fail::Cross);
    }
    Ok(())
}
