//! Coming in and going out: signing in, sessions, passphrases.

use super::throttle::Key;
use super::{Act, Error, Object, People, Refusal, allowed, passphrase, secret};
use ovn_store::cabinet::{Hash, Id, Note, Passkey, Person, Session};
use secret::Token;
use std::net::IpAddr;

/// A session's time of use is kept once in this many ms, not with every request.
const SELDOM: u64 = 60 * 1000;

/// Somebody at the door.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// The name, as it was typed.
    pub name: &'a str,
    /// The passphrase or a one-time code.
    pub passphrase: &'a str,
    /// Where the connection comes from.
    pub address: IpAddr,
    /// The browser.
    pub browser: Browser<'a>,
}

/// A browser at the door.
#[derive(Debug, Clone)]
pub struct Browser<'a> {
    /// What it was given when somebody signed in with it before.
    pub device: Option<&'a Token>,
    /// What it calls itself.
    pub agent: &'a str,
}

/// Somebody who came in.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Who.
    pub person: Person,
    /// What the browser shows with each request.
    pub session: Token,
    /// What the browser shows when it comes again.
    pub device: Token,
}

/// Somebody who is in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who, as they are now.
    pub person: Person,
    /// By which session.
    pub session: Session,
    /// Its token.
    pub token: Token,
}

impl Browser<'_> {
    /// What it is called on a page.
    pub(super) fn name(&self) -> String {
        device_name(self.agent)
    }
}

impl People {
    /// Lets somebody in. A name that nobody has is answered as a wrong passphrase is, after the same work.
    ///
    /// # Errors
    /// [`Refusal::Unknown`], [`Refusal::Wait`], [`Refusal::Busy`].
    pub fn sign_in(&self, attempt: &Attempt<'_>) -> Result<Entered, Error> {
        let login = fold(attempt.name);
        let found = self.cabinet().login(&login)?;
        let person = found.as_ref().map(|(person, _)| person);
        let key = self.key(attempt, person, &login)?;
        let now = self.now();
        let wait = self.inner.throttle.begin(&key, now);
        if wait > 0 {
            return Err(Refusal::Wait(wait.div_ceil(1000)).into());
        }
        let hash = found.as_ref().map(|(_, hash)| hash.as_str());
        let right = self.inner.kiln.matches(attempt.passphrase, hash)?
            || self.by_code(person, attempt.passphrase)?;
        match person.filter(|person| right && person.active) {
            Some(person) => {
                self.inner.throttle.right(&key);
                self.enter(person, &attempt.browser, None)
            }
            None => {
                // Noted for nobody too, so that both take the same time.
                let words = attempt.address.to_canonical().to_string();
                let object = person.map(|person| person.id);
                let note = Note { at: now, person: None, verb: "sign-in-failed", object, words };
                self.cabinet().note(&note)?;
                Err(Refusal::Unknown.into())
            }
        }
    }

    fn key(
        &self,
        attempt: &Attempt<'_>,
        person: Option<&Person>,
        login: &str,
    ) -> Result<Key, Error> {
        let stranger = Key::stranger(attempt.address, person.map(|person| &person.id), login);
        let (Some(device), Some(person)) = (attempt.browser.device, person) else {
            return Ok(stranger);
        };
        let known = self.cabinet().knows(&device.hash(), &person.id, self.now())?;
        Ok(if known { Key::known(&device.hash(), &person.id) } else { stranger })
    }

    fn by_code(&self, person: Option<&Person>, typed: &str) -> Result<bool, Error> {
        let Some(code) = secret::typed(typed) else { return Ok(false) };
        let id = person.map_or([0; 16], |person| person.id);
        let words = String::new();
        let note = Note { at: self.now(), person: Some(id), verb: "code", object: None, words };
        Ok(self.cabinet().use_code(&id, &code, &note)?)
    }

    /// Begins a session with a token of its own, whatever the browser brought.
    pub(super) fn enter(
        &self,
        person: &Person,
        browser: &Browser<'_>,
        passkey: Option<Id>,
    ) -> Result<Entered, Error> {
        let (session, one) = self.new_session(person, browser, passkey)?;
        let note = Note { words: one.device.clone(), ..self.note(person, "sign-in", None) };
        self.cabinet().begin(&one, &note)?;
        self.known(person, browser, session)
    }

    /// The same with a passkey that was `kept` and is now `data`; `None` when it was removed or used meanwhile.
    pub(super) fn enter_with(
        &self,
        person: &Person,
        browser: &Browser<'_>,
        kept: &Passkey,
        data: &str,
    ) -> Result<Option<Entered>, Error> {
        let (session, one) = self.new_session(person, browser, Some(kept.id))?;
        let words = format!("{} · {}", one.device, kept.name);
        let note = Note { words, ..self.note(person, "sign-in-passkey", None) };
        if !self.cabinet().begin_with(kept, data, &one, &note)? {
            return Ok(None);
        }
        self.known(person, browser, session).map(Some)
    }

    fn new_session(
        &self,
        person: &Person,
        browser: &Browser<'_>,
        passkey: Option<Id>,
    ) -> Result<(Token, Session), Error> {
        let (token, now) = (self.token()?, self.now());
        let one = Session {
            hash: token.hash(),
            handle: self.chance()?,
            person: person.id,
            device: browser.name(),
            at: now,
            seen: now,
            passkey,
        };
        Ok((token, one))
    }

    /// Remembers the browser of somebody who came in.
    fn known(
        &self,
        person: &Person,
        browser: &Browser<'_>,
        session: Token,
    ) -> Result<Entered, Error> {
        let device = match browser.device {
            Some(device) => device.clone(),
            None => self.token()?,
        };
        self.cabinet().remember(&device.hash(), &person.id, self.now())?;
        Ok(Entered { person: person.clone(), session, device })
    }

    /// Who shows this token, looked up anew each time: what was revoked a moment ago is nobody.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn caller(&self, token: &Token) -> Result<Option<Caller>, Error> {
        let Some(caller) = self.glance(token)? else { return Ok(None) };
        let now = self.now();
        if now.saturating_sub(caller.session.seen) > SELDOM {
            self.cabinet().seen(&token.hash(), now)?;
        }
        Ok(Some(caller))
    }

    /// The same for what a page asks by itself, which is no sign that anybody is there: the session ends as if nothing was
    /// asked.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn glance(&self, token: &Token) -> Result<Option<Caller>, Error> {
        let Some((person, session)) = self.cabinet().session(&token.hash(), self.now())? else {
            return Ok(None);
        };
        Ok(Some(Caller { person, session, token: token.clone() }))
    }

    /// Ends the caller's own session.
    ///
    /// # Errors
    /// When the cabinet can't be written.
    pub fn sign_out(&self, caller: &Caller) -> Result<(), Error> {
        let note = self.note(&caller.person, "sign-out", None);
        self.cabinet().end(&caller.person.id, &caller.session.handle, &note)?;
        Ok(())
    }

    /// The sessions of a person, one's own or, for an administrator, another's.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn sessions(&self, caller: &Caller, of: &Id) -> Result<Vec<Session>, Error> {
        allowed(&caller.person, Act::Revoke, whose(caller, of))?;
        Ok(self.cabinet().sessions(of, self.now())?)
    }

    /// Ends a session of a person; it is over with its next request.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`].
    pub fn revoke(&self, caller: &Caller, of: &Id, handle: &Id) -> Result<(), Error> {
        allowed(&caller.person, Act::Revoke, whose(caller, of))?;
        let note = self.note(&caller.person, "revoke", Some(*of));
        if self.cabinet().end(of, handle, &note)? { Ok(()) } else { Err(Refusal::Missing.into()) }
    }

    /// Ends all sessions of a person, but not the one that asks.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn revoke_all(&self, caller: &Caller, of: &Id) -> Result<(), Error> {
        allowed(&caller.person, Act::Revoke, whose(caller, of))?;
        let note = self.note(&caller.person, "revoke-all", Some(*of));
        Ok(self.cabinet().end_others(of, &caller.session.hash, &note)?)
    }

    /// Whether somebody has a passphrase; whoever joined with a passkey has none until they choose one.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn has_passphrase(&self, person: &Person) -> Result<bool, Error> {
        Ok(self.cabinet().login(&person.login)?.is_some_and(|(_, hash)| !hash.is_empty()))
    }

    /// Gives the caller another passphrase, after the one they have or a one-time code, and new codes, which are shown
    /// this once. Whoever signed in with a passkey a moment ago needs neither. All other sessions end.
    ///
    /// # Errors
    /// [`Refusal::Unknown`], [`Refusal::Wait`], and those of [`passphrase::check`].
    pub fn change_passphrase(
        &self,
        caller: &Caller,
        current: &str,
        next: &str,
    ) -> Result<Vec<String>, Error> {
        let person = &caller.person;
        passphrase::check(next, &[&person.name, &person.login, &self.settings().name])?;
        let key = Key::known(&caller.session.hash, &person.id);
        let wait = self.inner.throttle.begin(&key, self.now());
        if wait > 0 {
            return Err(Refusal::Wait(wait.div_ceil(1000)).into());
        }
        let hash = self.cabinet().login(&person.login)?.map(|(_, hash)| hash);
        let fresh = caller.session.passkey.is_some() && self.is_fresh(caller).is_ok();
        if !fresh
            && !self.inner.kiln.matches(current, hash.as_deref())?
            && !self.by_code(Some(person), current)?
        {
            return Err(Refusal::Unknown.into());
        }
        self.inner.throttle.right(&key);
        let (codes, hashes): (Vec<String>, Vec<Hash>) = self.codes()?;
        let hash = self.inner.kiln.hash(next)?;
        let note = self.note(person, "passphrase", None);
        let kept = Some(&caller.session.hash);
        self.cabinet().set_passphrase(&person.id, &hash, &hashes, kept, &note)?;
        Ok(codes)
    }

    /// How many one-time codes the caller has left.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn codes_left(&self, caller: &Caller) -> Result<u64, Error> {
        Ok(self.cabinet().codes_left(&caller.person.id)?)
    }

    /// Shows the caller the screens in another language.
    ///
    /// # Errors
    /// When the cabinet can't be written.
    pub fn speak(&self, caller: &Caller, lang: &str) -> Result<(), Error> {
        Ok(self.cabinet().set_lang(&caller.person.id, lang)?)
    }
}

/// Whether it is the caller's own.
pub(crate) fn whose(caller: &Caller, of: &Id) -> Object {
    if caller.person.id == *of { Object::Own } else { Object::Others }
}

/// A name as it is compared: small letters, one blank between words.
pub(super) fn fold(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().take(16).map(str::to_lowercase).collect();
    words.join(" ").chars().take(80).collect()
}

/// A browser in words: what it most likely is and on what, never the whole of what it says.
fn device_name(agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    [browser.unwrap_or("?"), system.unwrap_or("?")].join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_blanks() {
        let check = |name: &str, expected: &str| assert_eq!(fold(name), expected);
        check(" Amina  KHAN ", "amina khan");
        check("آمنہ\u{a0}خان", "آمنہ خان");
        check("", "");
        assert_eq!(fold(&"x".repeat(1000)).len(), 80);
    }

    #[test]
    fn browsers_are_named_shortly() {
        let check = |agent: &str, expected: &str| assert_eq!(device_name(agent), expected);
        check(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Linux",
        );
        check(
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
            "Chrome · Android",
        );
        check("<script>alert(1)</script>", "? · ?");
    }
}
