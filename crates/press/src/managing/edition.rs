//! The edition's settings, changed by an administrator: checked whole, written at once, in force from the next answer on.

use super::fields::{address, contact, keep, languages, line, put, told};
use crate::people::{Act, Caller, Error, Object, People, Refusal, Tell, allowed};
use jiff::tz::TimeZone;
use ovn_edition::hex;
use ovn_store::Settings;
use ovn_store::cabinet::Note;
use ovn_store::rows::{HeadKind, Query};
use ovn_store::settings::{Fixed, Publisher, Written, overridden};
use std::sync::{Arc, PoisonError};

/// The settings as the file has them, for a form.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What the file says, without the environment.
    pub settings: Settings,
    /// By which the form says later what it was made from.
    pub hash: String,
    /// Keys that the environment sets, with their variables: what the file says of them counts for nothing.
    pub overridden: Vec<(&'static str, &'static str)>,
    /// What is as it was when the program started.
    pub fixed: Vec<Fixed>,
    /// Keys that are written otherwise by now, and are taken up by the next start.
    pub waiting: Vec<&'static str>,
}

/// What a form says of the edition.
#[derive(Debug, Clone, Default)]
pub struct Given<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where readers find it.
    pub url: &'a str,
    /// Its mottos, by language; of others nothing is said.
    pub motto: Vec<(&'a str, &'a str)>,
    /// BCP 47 tags, with commas or spaces between them, the first language first.
    pub languages: &'a str,
    /// Its time zone.
    pub zone: &'a str,
    /// Who publishes it: name, postal address, e-mail address, owners.
    pub publisher: [&'a str; 4],
    /// Whether nothing is published that nobody but its writers has approved.
    pub four_eyes: bool,
}

impl People {
    /// The settings as they are written, for somebody who may change them.
    ///
    /// # Errors
    /// [`Refusal::Role`]; when the file can't be read.
    pub fn edition(&self, caller: &Caller) -> Result<Edition, Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        let written = Written::read(&self.inner.dir)?;
        let env = &*self.inner.env;
        let fresh = Settings::of(&written.text, env).unwrap_or_else(|_| written.settings.clone());
        let fixed = self.settings().fixed();
        let waiting = fresh.fixed().into_iter().filter(|one| !fixed.contains(one));
        Ok(Edition {
            hash: hex::encode(&written.hash),
            overridden: overridden(env),
            waiting: waiting.map(|one| one.key).collect(),
            fixed,
            settings: written.settings,
        })
    }

    /// Changes name, motto, address, languages, zone, publisher and four eyes, if the file is still the one that `was` names.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Moved`] when it was changed meanwhile, [`Refusal::Setting`] with what is wrong: nothing
    /// is changed then.
    pub fn set_edition(&self, caller: &Caller, was: &str, given: &Given<'_>) -> Result<(), Error> {
        self.set(caller, was, |settings| {
            given.put(settings)?;
            self.keeps_addresses(settings)
        })
    }

    /// Lets `tell` know the settings whenever they change, before whoever changed them has an answer.
    pub fn on_settings(&self, tell: Tell) {
        self.inner.told.write().unwrap_or_else(PoisonError::into_inner).push(tell);
    }

    /// Takes over what may change while the program runs.
    pub fn hold(&self, settings: &Settings) {
        let mut held = self.inner.settings.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = Settings::clone(&held);
        next.take_live(settings);
        if next == **held {
            return;
        }
        *held = Arc::new(next.clone());
        for tell in self.inner.told.read().unwrap_or_else(PoisonError::into_inner).iter() {
            tell(&next);
        }
    }

    /// Writes the settings with what `change` makes of them, puts them in force and notes what is another by now.
    pub(super) fn set(
        &self,
        caller: &Caller,
        was: &str,
        change: impl FnOnce(&mut Settings) -> Result<(), Error>,
    ) -> Result<(), Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        let written = Written::read(&self.inner.dir)?;
        if hex::encode(&written.hash) != was {
            return Err(Refusal::Moved.into());
        }
        let env = &*self.inner.env;
        let mut next = written.settings.clone();
        change(&mut next)?;
        // What the environment sets is no matter of the file's.
        for (key, _) in overridden(env) {
            keep(key, &written.settings, &mut next);
        }
        let words = told(&written.settings, &next);
        if words.is_empty() {
            return Ok(());
        }
        let refuse = |sentence| Error::from(Refusal::Setting("file", sentence));
        let text = written.with(&next).map_err(refuse)?;
        let whole = Settings::of(&text, env).map_err(refuse)?;
        match written.replace(&self.inner.dir, &text) {
            Ok(true) => {}
            Ok(false) => return Err(Refusal::Moved.into()),
            Err(error) => return Err(Refusal::Setting("write", error.to_string()).into()),
        }
        self.hold(&whole);
        let note = self.note(&caller.person, "settings", None);
        words.into_iter().try_for_each(|words| {
            let note = Note { words, ..note.clone() };
            Ok(self.cabinet().note(&note)?)
        })
    }

    /// Refuses languages with which a published address would mean nothing, or something else.
    fn keeps_addresses(&self, next: &Settings) -> Result<(), Error> {
        let now = self.settings();
        if now.languages == next.languages {
            return Ok(());
        }
        let refuse = |why, lang: &String| Err(Refusal::Setting(why, lang.clone()).into());
        let mut published = self.reader().paths(HeadKind::Article)?;
        published.extend(self.reader().paths(HeadKind::Policy)?);
        let first = now.languages.first().filter(|_| !published.is_empty());
        if let Some(first) = first.filter(|first| next.languages.first() != Some(first)) {
            return refuse("first-language", first);
        }
        for gone in now.languages.iter().filter(|lang| !next.languages.contains(lang)) {
            let one = Query { lang: Some(gone.clone()), limit: 1, ..Query::default() };
            if !self.reader().heads(&one)?.is_empty() || !self.reader().policies(gone)?.is_empty() {
                return refuse("language-used", gone);
            }
        }
        Ok(())
    }
}

impl Given<'_> {
    fn put(&self, settings: &mut Settings) -> Result<(), Error> {
        settings.name = line("name", self.name)?;
        if settings.name.is_empty() {
            return Err(Refusal::Setting("name", String::new()).into());
        }
        // Where a certificate of our own is for this address, another one needs another certificate first.
        if settings.tls.is_none() {
            settings.url = address(self.url)?;
        }
        self.zone.trim().clone_into(&mut settings.zone);
        if TimeZone::get(&settings.zone).is_err() {
            return Err(Refusal::Setting("zone", settings.zone.clone()).into());
        }
        settings.languages = languages(self.languages)?;
        for (lang, motto) in &self.motto {
            put(&mut settings.motto, lang, line("motto", motto)?);
        }
        let [name, postal, mail, owners] = self.publisher;
        settings.publisher = Publisher {
            name: line("publisher-name", name)?,
            address: line("publisher-address", postal)?,
            contact: contact(mail)?,
            ownership: line("publisher-ownership", owners)?,
        };
        settings.four_eyes = self.four_eyes;
        Ok(())
    }
}
