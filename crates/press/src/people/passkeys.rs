//! Passkeys (WebAuthn Level 3): signing in without a name or a secret that could be typed elsewhere.
//!
//! The cabinet has public keys alone. A question is random, kept here, for one answer of the browser to which it was put.
//! The authenticator must have verified its user; origin, host, signature and counter are checked by `webauthn-rs`.
//! Guesses at passphrases are counted, and nobody can guess a signature, so no count stands before a passkey.

use super::entry::{Browser, Caller, Entered, whose};
use super::joining::Newcomer;
use super::pending::{Asker, Pending, State};
use super::secret::Token;
use super::throttle::{self, Key};
use super::{Act, Error, Object, People, Refusal, allowed};
use ovn_edition::commit::sha256;
use ovn_edition::hex;
use ovn_edition::text::one_line;
use ovn_store::cabinet::{self, Hash, Id, Note, Person, Way};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::net::IpAddr;
use std::time::Duration;
use webauthn_rs::prelude::{
    CredentialID, Passkey, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// The longest answer that is read, bytes.
const LONGEST: usize = 32 * 1024;
/// How long the browser lets its user look for the passkey.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long after signing in somebody may change how they get in, ms: a quarter of an hour.
const FRESH: u64 = 15 * 60 * 1000;
/// The longest name of a passkey, in characters.
const NAME: usize = 60;

/// What puts questions to passkeys, for one address of the newsroom.
#[derive(Debug)]
pub struct Passkeys {
    webauthn: Webauthn,
    pending: Pending,
}

/// A question for the browser's authenticator.
#[derive(Debug, Clone)]
pub struct Question {
    /// What names it in the form.
    pub name: String,
    /// `publicKey` of `navigator.credentials.get` or `create`, as JSON with bytes in base64url.
    pub options: String,
}

/// What came back.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The question's name.
    pub name: &'a str,
    /// The credential as JSON.
    pub answer: &'a str,
}

/// Who is at the door, before anybody knows who it is.
#[derive(Debug, Clone)]
pub struct Visitor<'a> {
    /// The cookie that the browser got with the page.
    pub cookie: &'a Token,
    /// Where the connection comes from.
    pub address: IpAddr,
    /// The browser.
    pub browser: Browser<'a>,
}

impl Passkeys {
    /// For the newsroom at `url`, which an edition called `name` has. `None` where browsers have no passkeys: at an address
    /// without a host name.
    #[must_use]
    pub fn at(url: &str, name: &str) -> Option<Self> {
        let origin = Url::parse(url).ok()?;
        let builder = WebauthnBuilder::new(origin.domain()?, &origin).ok()?;
        let webauthn = builder.rp_name(name).timeout(PATIENCE).build().ok()?;
        Some(Self { webauthn, pending: Pending::default() })
    }

    #[cfg(test)]
    pub(super) fn question(&self) -> State {
        State::Known(Box::new(self.webauthn.start_discoverable_authentication().unwrap().1))
    }
}

impl People {
    /// The question by which somebody signs in, with whatever passkey of this newsroom they have.
    ///
    /// # Errors
    /// When the system gives no chance or the cabinet can't be read.
    pub fn ask_to_sign_in(
        &self,
        keys: &Passkeys,
        visitor: &Visitor<'_>,
    ) -> Result<Question, Error> {
        let (options, state) = keys.webauthn.start_discoverable_authentication().map_err(odd)?;
        let by = self.asker(visitor, "sign-in")?;
        self.offered_question(keys, by, State::Known(Box::new(state)), options.public_key)
    }

    /// Lets in whoever answers with a passkey that is kept. Every failure has the same answer.
    ///
    /// # Errors
    /// [`Refusal::Passkey`].
    pub fn sign_in_with_passkey(
        &self,
        keys: &Passkeys,
        visitor: &Visitor<'_>,
        given: Given<'_>,
    ) -> Result<Entered, Error> {
        let bound = bound(visitor.cookie, "sign-in");
        let mut tried = None;
        let done = self.by_passkey(keys, &bound, given, visitor, &mut tried);
        if let Err(Error::Refused(Refusal::Passkey)) = done {
            self.note_failure(visitor.address, tried)?;
        }
        done
    }

    fn by_passkey(
        &self,
        keys: &Passkeys,
        bound: &Hash,
        given: Given<'_>,
        visitor: &Visitor<'_>,
        tried: &mut Option<Id>,
    ) -> Result<Entered, Error> {
        let Some(State::Known(state)) = self.taken(keys, given, bound) else {
            return Err(Refusal::Passkey.into());
        };
        let answer: PublicKeyCredential = read(given.answer)?;
        let named = keys.webauthn.identify_discoverable_authentication(&answer);
        let (owner, credential) = named.map_err(|_| Refusal::Passkey)?;
        let found = self.cabinet().passkey(&sha256(credential))?;
        let found = found.filter(|(person, _)| person.active && person.id == *owner.as_bytes());
        let (person, kept) = found.ok_or(Refusal::Passkey)?;
        *tried = Some(person.id);
        let mut passkey: Passkey = serde_json::from_str(&kept.data).map_err(odd)?;
        let done = keys.webauthn.finish_discoverable_authentication_v2(&answer, *state, &passkey);
        let done = done.ok().filter(|done| done.user_verified()).ok_or(Refusal::Passkey)?;
        passkey.update_credential(&done);
        let data = serde_json::to_string(&passkey).map_err(odd)?;
        let entered = self.enter_with(&person, &visitor.browser, &kept, &data)?;
        entered.ok_or_else(|| Refusal::Passkey.into())
    }

    /// Notes a failure, as often as the throttle would let somebody try: it stands before the trail, not before the passkey.
    fn note_failure(&self, address: IpAddr, tried: Option<Id>) -> Result<(), Error> {
        let at = self.now();
        let group = throttle::network_of(address);
        if self.inner.throttle.begin(&Key::known(&group, &[0; 16]), at) == 0 {
            let words = address.to_canonical().to_string();
            let note = Note { at, person: None, verb: "passkey-failed", object: tried, words };
            self.cabinet().note(&note)?;
        }
        Ok(())
    }

    /// The question by which somebody with a link makes their first passkey.
    ///
    /// # Errors
    /// [`Refusal::Link`].
    pub fn ask_to_join(
        &self,
        keys: &Passkeys,
        link: &Token,
        visitor: &Visitor<'_>,
    ) -> Result<Question, Error> {
        self.offered(link)?;
        let id = newcomer(visitor.cookie, link);
        let by = self.asker(visitor, &joining(link))?;
        // The page puts in the name that was typed.
        self.ask_for_new(keys, by, &id, &self.settings().name, Vec::new())
    }

    /// Makes somebody a person of the newsroom who gets in with the passkey that was made. The one-time codes are shown this
    /// once.
    ///
    /// # Errors
    /// [`Refusal::Link`], [`Refusal::Name`], [`Refusal::Taken`], [`Refusal::Passkey`].
    pub fn join_with_passkey(
        &self,
        keys: &Passkeys,
        link: &Token,
        visitor: &Visitor<'_>,
        given: Given<'_>,
        newcomer: &Newcomer<'_>,
    ) -> Result<(Entered, Vec<String>), Error> {
        let id = self::newcomer(visitor.cookie, link);
        let person = self.person_who_joins(link, newcomer, id)?;
        let bound = bound(visitor.cookie, &joining(link));
        let passkey = self.made(keys, &bound, given, &person, "", &newcomer.browser)?;
        self.welcome(link, &person, &Way::Passkey(&passkey), &newcomer.browser)
    }

    /// The question by which somebody who is in makes another passkey.
    ///
    /// # Errors
    /// [`Refusal::Stale`] when they signed in too long ago.
    pub fn ask_to_add(&self, keys: &Passkeys, caller: &Caller) -> Result<Question, Error> {
        self.is_fresh(caller)?;
        let person = &caller.person;
        let mut there = Vec::new();
        for one in self.cabinet().passkeys(&person.id)? {
            let passkey: Passkey = serde_json::from_str(&one.data).map_err(odd)?;
            there.push(passkey.cred_id().clone());
        }
        let group = caller.session.hash;
        let by = Asker { group, known: true, bound: bound(&caller.token, "add") };
        self.ask_for_new(keys, by, &person.id, &person.name, there)
    }

    /// Keeps another passkey of the caller's, under a name of theirs or, without one, the browser's.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::Passkey`].
    pub fn add_passkey(
        &self,
        keys: &Passkeys,
        caller: &Caller,
        name: &str,
        given: Given<'_>,
        browser: &Browser<'_>,
    ) -> Result<(), Error> {
        self.is_fresh(caller)?;
        let bound = bound(&caller.token, "add");
        let one = self.made(keys, &bound, given, &caller.person, name, browser)?;
        let words = one.name.clone();
        let note = Note { words, ..self.note(&caller.person, "passkey-add", None) };
        let added = self.cabinet().add_passkey(&one, &note)?;
        if added { Ok(()) } else { Err(Refusal::Passkey.into()) }
    }

    /// The passkeys of a person, one's own or, for an administrator, another's.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn passkeys(&self, caller: &Caller, of: &Id) -> Result<Vec<cabinet::Passkey>, Error> {
        allowed(&caller.person, Act::Revoke, whose(caller, of))?;
        Ok(self.cabinet().passkeys(of)?)
    }

    /// Takes a passkey away: it opens nothing from the next request on, and the sessions that began with it are over, but
    /// the one that asks. Nobody takes away their own last way in.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`], [`Refusal::LastWay`].
    pub fn remove_passkey(&self, caller: &Caller, of: &Id, id: &Id) -> Result<(), Error> {
        let kept = self.passkeys(caller, of)?;
        let one = kept.iter().find(|one| one.id == *id).ok_or(Refusal::Missing)?;
        let own = whose(caller, of) == Object::Own;
        if own
            && kept.len() == 1
            && !self.has_passphrase(&caller.person)?
            && self.codes_left(caller)? == 0
        {
            return Err(Refusal::LastWay.into());
        }
        let words = one.name.clone();
        let note = Note { words, ..self.note(&caller.person, "passkey-remove", Some(*of)) };
        let done = self.cabinet().remove_passkey(of, id, &caller.session.hash, &note)?;
        if done { Ok(()) } else { Err(Refusal::Missing.into()) }
    }

    /// Whether the caller signed in a moment ago, so that it is not somebody who found the browser open.
    ///
    /// # Errors
    /// [`Refusal::Stale`].
    pub fn is_fresh(&self, caller: &Caller) -> Result<(), Error> {
        let fresh = self.now().saturating_sub(caller.session.at) <= FRESH;
        if fresh { Ok(()) } else { Err(Refusal::Stale.into()) }
    }

    fn ask_for_new(
        &self,
        keys: &Passkeys,
        by: Asker,
        person: &Id,
        name: &str,
        there: Vec<CredentialID>,
    ) -> Result<Question, Error> {
        let there = Some(there).filter(|there| !there.is_empty());
        let id = Uuid::from_bytes(*person);
        let asked = keys.webauthn.start_passkey_registration(id, name, name, there);
        let (options, state) = asked.map_err(odd)?;
        let mut options = serde_json::to_value(&options.public_key).map_err(odd)?;
        // One that the browser finds again without a name: that is what signing in asks for.
        if let Some(wanted) =
            options.get_mut("authenticatorSelection").and_then(Value::as_object_mut)
        {
            wanted.insert("residentKey".into(), "required".into());
            wanted.insert("requireResidentKey".into(), true.into());
        }
        self.offered_question(keys, by, State::New(Box::new(state)), options)
    }

    /// The passkey that an answer makes.
    fn made(
        &self,
        keys: &Passkeys,
        bound: &Hash,
        given: Given<'_>,
        person: &Person,
        name: &str,
        browser: &Browser<'_>,
    ) -> Result<cabinet::Passkey, Error> {
        let Some(State::New(state)) = self.taken(keys, given, bound) else {
            return Err(Refusal::Passkey.into());
        };
        let answer: RegisterPublicKeyCredential = read(given.answer)?;
        let made = keys.webauthn.finish_passkey_registration(&answer, &state);
        let made = made.map_err(|_| Refusal::Passkey)?;
        let credential = sha256(made.cred_id());
        if self.cabinet().passkey(&credential)?.is_some() {
            return Err(Refusal::Passkey.into());
        }
        let data = serde_json::to_string(&made).map_err(odd)?;
        let typed: String = name.chars().filter(|c| !c.is_control()).collect();
        let typed = one_line(&typed);
        let name =
            if typed.is_empty() { browser.name() } else { typed.chars().take(NAME).collect() };
        let (id, at) = (self.chance()?, self.now());
        Ok(cabinet::Passkey { id, person: person.id, credential, name, data, at, used: None })
    }

    fn offered_question(
        &self,
        keys: &Passkeys,
        by: Asker,
        state: State,
        options: impl serde::Serialize,
    ) -> Result<Question, Error> {
        let name: Id = self.chance()?;
        let options = serde_json::to_string(&options).map_err(odd)?;
        keys.pending.put(name, by, state, self.now());
        Ok(Question { name: hex::encode(&name), options })
    }

    fn taken(&self, keys: &Passkeys, given: Given<'_>, bound: &Hash) -> Option<State> {
        keys.pending.take(&hex::decode(given.name)?, bound, self.now())
    }

    fn asker(&self, visitor: &Visitor<'_>, purpose: &str) -> Result<Asker, Error> {
        let device = visitor.browser.device.map(Token::hash);
        let known = match &device {
            Some(device) => self.cabinet().knows_device(device, self.now())?,
            None => false,
        };
        let known_device = device.filter(|_| known);
        let group = known_device.unwrap_or_else(|| throttle::network_of(visitor.address));
        Ok(Asker { group, known, bound: bound(visitor.cookie, purpose) })
    }
}

/// With what an answer has to come: the cookie, and the purpose of the question.
fn bound(cookie: &Token, purpose: &str) -> Hash {
    cookie.derived(&format!("passkey {purpose}")).hash()
}

fn joining(link: &Token) -> String {
    format!("join {}", hex::encode(&link.hash()))
}

/// Who somebody will be. The same at each attempt, so that a second passkey takes the first one's place on the device where
/// a name was refused meanwhile.
fn newcomer(cookie: &Token, link: &Token) -> Id {
    let hash = bound(cookie, &format!("person {}", joining(link)));
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    id
}

fn read<T: DeserializeOwned>(answer: &str) -> Result<T, Error> {
    if answer.len() > LONGEST {
        return Err(Refusal::Passkey.into());
    }
    serde_json::from_str(answer).map_err(|_| Refusal::Passkey.into())
}

fn odd(error: impl std::fmt::Display) -> Error {
    Error::Passkey(error.to_string())
}
