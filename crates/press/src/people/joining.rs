//! Becoming one of the newsroom: the setup link, invitations, joining.

use super::entry::{Browser, Caller, Entered, fold};
use super::secret::Token;
use super::{Act, Error, Object, People, Refusal, Role, allowed, passphrase};
use ovn_store::cabinet::{self, Id, Invitation, Joined, Note, Person, Way};

/// How long the setup link can be used, ms: a day. Each start prints a new one until somebody has joined.
const SETUP: u64 = 24 * 60 * 60 * 1000;
/// How long an invitation can be used, ms: 7 days.
const INVITED: u64 = 7 * 24 * 60 * 60 * 1000;
/// The longest name, in characters.
const LONGEST: usize = 60;

/// What somebody who joins chooses.
#[derive(Debug, Clone)]
pub struct Newcomer<'a> {
    /// The name that colleagues see and that is typed to sign in.
    pub name: &'a str,
    /// The passphrase.
    pub passphrase: &'a str,
    /// The language of the screens.
    pub lang: &'a str,
    /// The browser.
    pub browser: Browser<'a>,
}

impl People {
    /// The link's token that makes the first person an administrator; `None` once somebody has joined. A link that was
    /// made before is void.
    ///
    /// # Errors
    /// When the cabinet can't be written.
    pub fn setup(&self) -> Result<Option<Token>, Error> {
        if self.cabinet().is_set_up()? {
            return Ok(None);
        }
        let (token, at) = (self.token()?, self.now());
        let role = Role::Administrator.word().to_owned();
        let link = Invitation { hash: token.hash(), role, maker: None, at, until: at + SETUP };
        let note = Note { at, person: None, verb: "setup", object: None, words: String::new() };
        Ok(self.cabinet().offer_setup(&link, &note)?.then_some(token))
    }

    /// Makes a link by which one more person joins with this role.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn invite(&self, caller: &Caller, role: Role) -> Result<Token, Error> {
        allowed(&caller.person, Act::Invite, Object::Others)?;
        let (token, at) = (self.token()?, self.now());
        let (word, maker) = (role.word().to_owned(), Some(caller.person.id));
        let link = Invitation { hash: token.hash(), role: word, maker, at, until: at + INVITED };
        let words = role.word().to_owned();
        let note = Note { words, ..self.note(&caller.person, "invite", None) };
        self.cabinet().invite(&link, &note)?;
        Ok(token)
    }

    /// Makes a link for whoever runs the server: for somebody who has lost every way in, or where nobody reads what a
    /// start prints. Until somebody has joined it is the setup link, whatever the role.
    ///
    /// # Errors
    /// When the cabinet can't be written.
    pub fn invite_by_operator(&self, role: Role) -> Result<Token, Error> {
        if let Some(token) = self.setup()? {
            return Ok(token);
        }
        let (token, at) = (self.token()?, self.now());
        let (word, words) = (role.word().to_owned(), format!("ovn user invite, {}", role.word()));
        let link =
            Invitation { hash: token.hash(), role: word, maker: None, at, until: at + SETUP };
        let note = Note { at, person: None, verb: "invite", object: None, words };
        self.cabinet().invite(&link, &note)?;
        Ok(token)
    }

    /// The invitations that can still be used.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn invitations(&self, caller: &Caller) -> Result<Vec<Invitation>, Error> {
        allowed(&caller.person, Act::Invite, Object::Others)?;
        Ok(self.cabinet().invitations(self.now())?)
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`].
    pub fn withdraw(&self, caller: &Caller, link: &cabinet::Hash) -> Result<(), Error> {
        allowed(&caller.person, Act::Invite, Object::Others)?;
        let note = self.note(&caller.person, "withdraw", None);
        let done = self.cabinet().withdraw(link, &note)?;
        if done { Ok(()) } else { Err(Refusal::Missing.into()) }
    }

    /// What a link offers, if it can be used.
    ///
    /// # Errors
    /// [`Refusal::Link`].
    pub fn offered(&self, token: &Token) -> Result<Role, Error> {
        let link = self.cabinet().invitation(&token.hash(), self.now())?;
        let role = link.and_then(|link| Role::from_word(&link.role));
        role.ok_or_else(|| Refusal::Link.into())
    }

    /// Makes somebody a person of the newsroom, uses the link up, and lets them in. The one-time codes are shown this
    /// once.
    ///
    /// # Errors
    /// [`Refusal::Link`], [`Refusal::Name`], [`Refusal::Taken`], [`Refusal::Busy`], and those of [`passphrase::check`].
    pub fn join(
        &self,
        token: &Token,
        newcomer: &Newcomer<'_>,
    ) -> Result<(Entered, Vec<String>), Error> {
        let person = self.person_who_joins(token, newcomer, self.chance()?)?;
        passphrase::check(newcomer.passphrase, &[&person.name, &self.settings().name])?;
        let hash = self.inner.kiln.hash(newcomer.passphrase)?;
        self.welcome(token, &person, &Way::Passphrase(&hash), &newcomer.browser)
    }

    /// Who somebody with a link will be.
    pub(super) fn person_who_joins(
        &self,
        token: &Token,
        newcomer: &Newcomer<'_>,
        id: Id,
    ) -> Result<Person, Error> {
        let role = self.offered(token)?.word().to_owned();
        let name = name(newcomer.name)?;
        let (login, lang, at) = (fold(&name), newcomer.lang.to_owned(), self.now());
        if self.cabinet().login(&login)?.is_some() {
            return Err(Refusal::Taken.into());
        }
        Ok(Person { id, name, login, role, active: true, lang, at })
    }

    /// Makes them one, and lets them in.
    pub(super) fn welcome(
        &self,
        token: &Token,
        person: &Person,
        way: &Way<'_>,
        browser: &Browser<'_>,
    ) -> Result<(Entered, Vec<String>), Error> {
        let (codes, hashes) = self.codes()?;
        let note = Note { words: person.role.clone(), ..self.note(person, "join", None) };
        let passkey = if let Way::Passkey(one) = way { Some(one.id) } else { None };
        match self.cabinet().join(&token.hash(), person, way, &hashes, &note)? {
            Joined::Yes => Ok((self.enter(person, browser, passkey)?, codes)),
            Joined::Void => Err(Refusal::Link.into()),
            Joined::Taken => Err(Refusal::Taken.into()),
        }
    }
}

/// The name as it is kept: one blank between words.
fn name(typed: &str) -> Result<String, Error> {
    let name = ovn_edition::text::one_line(typed);
    let joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    let odd = |c: char| {
        c.is_control()
            || (!c.is_alphanumeric() && !joiner(c) && !" .-'’".contains(c) && !is_mark(c))
    };
    let count = name.chars().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if count > LONGEST || letters < 2 || name.contains(odd) {
        return Err(Refusal::Name.into());
    }
    Ok(name)
}

/// A sign over or under a letter, of the scripts that names here are written in.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names() {
        let check = |typed: &str, expected: Option<&str>| {
            assert_eq!(name(typed).ok().as_deref(), expected, "{typed:?}");
        };
        check(" Amina   Khan ", Some("Amina Khan"));
        check("O’Neill-Ávila jr.", Some("O’Neill-Ávila jr."));
        check("آمنہ خان", Some("آمنہ خان"));
        check("", None);
        check("x", None);
        check("<b>Amina</b>", None);
        check("Amina\u{202e}Khan", None);
        check("Amina\0Khan", None);
        check(&"a".repeat(61), None);
    }
}
