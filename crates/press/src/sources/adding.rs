//! Putting a source into a draft: described, fetched from an address, or confidential.

use crate::fetch::guarded::{Fetched, Refusal as Why};
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::check::is_date;
use ovn_edition::model::{Kind, Reply, Source as Item};
use ovn_edition::text::one_line;
use ovn_edition::{hex, markdown, slug};
use ovn_store::cabinet::{Draft, File, Hash, Id, New, Note, Rest, Source};
use ovn_verify::Opening;
use serde_json::{Map, Value, json};

/// The longest title, name or reason, in characters.
const LONGEST: usize = 500;
/// The longest that is kept of who a confidential source is, in characters.
const DETAILS: usize = 10_000;

/// What is said of a new source.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The word of its kind.
    pub kind: &'a str,
    /// What readers are told that it is.
    pub title: &'a str,
    /// Where it was found; fetched only where that is asked for.
    pub url: &'a str,
    /// The party that it speaks for.
    pub speaks: &'a str,
    /// When it was issued.
    pub issued: &'a str,
    /// What makes it confidential.
    pub secret: Option<Secret<'a>>,
}

/// What is said of a confidential source.
#[derive(Debug, Clone, Copy)]
pub struct Secret<'a> {
    /// Why it is not named, which readers are told.
    pub reason: &'a str,
    /// Who it is, which nobody is told.
    pub details: &'a str,
}

impl People {
    /// Puts a source that somebody describes into a draft and the library; gives the id by which the draft cites it.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`], and [`Refusal::Text`] with what is wrong.
    pub fn describe(
        &self,
        caller: &Caller,
        draft: &Id,
        given: &Given<'_>,
    ) -> Result<String, Error> {
        let kept = self.draft(caller, draft)?;
        self.may(caller, Act::Write, &kept)?;
        let one = self.of(caller, given, None)?;
        self.put(caller, draft, &one, given, None)
    }

    /// Fetches an address, keeps its archive, and puts it into a draft and the library. Two at a time are fetched.
    ///
    /// # Errors
    /// As [`People::describe`], [`Refusal::Busy`], and [`Refusal::Text`] with why the address was not fetched.
    pub fn take(&self, caller: &Caller, draft: &Id, given: &Given<'_>) -> Result<String, Error> {
        let kept = self.draft(caller, draft)?;
        self.may(caller, Act::Write, &kept)?;
        let fetched = self.fetched(given.url)?.map_err(|why| text(&why.to_string()))?;
        let title = super::copies::title(&fetched);
        let title = if given.title.trim().is_empty() { title } else { given.title.to_owned() };
        let given = Given { title: &title, url: &fetched.url, secret: None, ..*given };
        let file = Some(self.keep_archive(&fetched)?);
        let checked = Some(self.now());
        let one = Source { file, checked, ..self.of(caller, &given, None)? };
        self.put(caller, draft, &one, &given, None)
    }

    /// What asking an address gave, once a place was free for it.
    pub(super) fn fetched(&self, address: &str) -> Result<Result<Fetched, Why>, Error> {
        let _place = self.inner.fetching.try_acquire().ok_or(Refusal::Busy)?;
        Ok(self.inner.gate.fetch(address, &|| self.now()))
    }

    /// Puts a source of the library into another draft.
    ///
    /// # Errors
    /// As [`People::describe`].
    pub fn reuse(&self, caller: &Caller, draft: &Id, source: &Id) -> Result<String, Error> {
        let kept = self.draft(caller, draft)?;
        self.may(caller, Act::Write, &kept)?;
        let one = self.source(caller, source)?;
        if one.commitment.is_some() {
            // Whoever sees one commitment in two articles learns that they share a source.
            return Err(text("a confidential source is described anew for each article"));
        }
        let file = self.cabinet().file_of(&one.id)?;
        self.cite(caller, draft, &one, "", file.as_ref(), None)
    }

    /// The source that is described, checked. A confidential one commits to the hash of its file, too.
    pub(super) fn of(
        &self,
        caller: &Caller,
        given: &Given<'_>,
        file: Option<&Hash>,
    ) -> Result<Source, Error> {
        let kind = if given.secret.is_some() { Kind::Unnamed.word() } else { given.kind };
        if Kind::from_word(kind).is_none()
            || (given.secret.is_none() && kind == Kind::Unnamed.word())
        {
            return Err(text("the kind of source is not one that there is"));
        }
        let title = line(given.title, LONGEST)?.ok_or_else(|| text("a source has a title"))?;
        let issued = line(given.issued, 10)?;
        if issued.as_deref().is_some_and(|date| !is_date(date)) {
            return Err(text("the date is written as 2026, 2026-11 or 2026-11-24"));
        }
        let url = line(given.url, 2048)?;
        if url
            .as_deref()
            .is_some_and(|url| !(url.starts_with("https://") || url.starts_with("http://")))
        {
            return Err(text("an address begins with https:// or http://"));
        }
        let mut one = Source {
            id: self.chance()?,
            kind: kind.to_owned(),
            title,
            url,
            speaks: line(given.speaks, 200)?,
            issued,
            person: caller.person.id,
            at: self.now(),
            ..Source::default()
        };
        if let Some(secret) = given.secret {
            let details = secret.details.trim().replace("\r\n", "\n");
            if details.is_empty() || details.chars().count() > DETAILS {
                return Err(text(
                    "say who the source is, in at most 10,000 characters; it stays in the newsroom",
                ));
            }
            line(secret.reason, LONGEST)?
                .ok_or_else(|| text("readers are told why a source is not named"))?;
            (one.url, one.issued) = (None, None);
            let salt: [u8; 32] = self.chance()?;
            let (title, kept) = (one.title.clone(), hex::encode(&salt));
            let file = file.map(|hash| hex::encode(hash));
            let opening = Opening { at: one.at, details, file, salt: kept, title };
            one.commitment = Some(opening.commitment().map_err(|why| text(&why))?);
            (one.details, one.salt) = (Some(opening.details), Some(salt));
        }
        Ok(one)
    }

    /// Keeps a new source and puts it into the draft's text: both, or neither.
    pub(super) fn put(
        &self,
        caller: &Caller,
        draft: &Id,
        one: &Source,
        given: &Given<'_>,
        file: Option<(&File, &str)>,
    ) -> Result<String, Error> {
        let reason = given.secret.map_or("", |secret| secret.reason);
        // The trail is read by people who may not know a confidential source: it has no word of it.
        let note = self.note(&caller.person, "source", Some(*draft));
        let words = if one.commitment.is_some() { String::new() } else { one.title.clone() };
        let note = Note { words, ..note };
        let words = super::found_by(one, file.map_or("", |(_, words)| words));
        let file = file.map(|(file, _)| file);
        let new = New { source: one, words: &words, file, note: &note };
        self.cite(caller, draft, one, reason, file, Some(new))
    }

    /// Adds a source to the draft's text as it stands now, whoever saves it meanwhile.
    fn cite(
        &self,
        caller: &Caller,
        draft: &Id,
        one: &Source,
        reason: &str,
        file: Option<&File>,
        new: Option<New<'_>>,
    ) -> Result<String, Error> {
        let change = |kept: &Draft| {
            let name = name(one, kept);
            let item = item(one, &name, reason, file);
            let changed = markdown::with_reference(&kept.text, &item)?;
            Ok((name, changed))
        };
        let save = |next: &Draft, note: &Note, name: &String| {
            let rest = Rest { source: &one.id, name, new };
            self.cabinet().save_resting(next, note, &rest)
        };
        self.amended(caller, draft, change, save)
    }

    /// Notes in a draft's text whom the newsroom asked for a reply, on which day, and what came of it.
    ///
    /// # Errors
    /// As [`People::describe`].
    pub fn asked(&self, caller: &Caller, draft: &Id, reply: &Reply) -> Result<(), Error> {
        let kept = self.draft(caller, draft)?;
        self.may(caller, Act::Write, &kept)?;
        let party = line(&reply.party, 200)?.ok_or_else(|| text("say who was asked"))?;
        let day = |day: &String| !(day.len() == 10 && is_date(day));
        if reply.asked.as_ref().is_some_and(day) {
            return Err(text("the day is written as 2026-11-24"));
        }
        let reply = Reply { party, ..reply.clone() };
        self.amend(caller, draft, |kept| Ok(((), markdown::with_reply(&kept.text, &reply)?)))
    }
}

pub(crate) fn text(why: &str) -> Error {
    Refusal::Text(why.to_owned()).into()
}

/// One line of text, or nothing.
pub(crate) fn line(given: &str, most: usize) -> Result<Option<String>, Error> {
    let words = one_line(given);
    if words.chars().count() > most || words.chars().any(char::is_control) {
        return Err(text(&format!(
            "a line has at most {most} characters, and no control characters"
        )));
    }
    Ok((!words.is_empty()).then_some(words))
}

/// A name for citing it that the draft does not use yet; of a confidential source it says nothing.
fn name(one: &Source, draft: &Draft) -> String {
    let taken = markdown::reference_ids(&draft.text);
    let own = if one.commitment.is_some() { None } else { slug::from_headline(&one.title) };
    let mut base = String::new();
    for word in own.as_deref().unwrap_or("source").split('-') {
        if base.len() + word.len() > 24 {
            break;
        }
        if !base.is_empty() {
            base.push('-');
        }
        base.push_str(word);
    }
    let base = if base.is_empty() { "source".to_owned() } else { base };
    let numbered = (2_usize..).map(|number| format!("{base}-{number}"));
    let mut all = std::iter::once(base.clone()).chain(numbered);
    all.find(|name| !taken.contains(name)).unwrap_or(base)
}

/// The source as the article file has it.
fn item(one: &Source, name: &str, reason: &str, file: Option<&File>) -> Item {
    let kind = Kind::from_word(&one.kind).unwrap_or(Kind::Document);
    let csl_type = match kind {
        Kind::Statement => "speech",
        Kind::Interview | Kind::Unnamed => "interview",
        Kind::Data => "dataset",
        _ if one.url.is_some() => "webpage",
        _ => "document",
    };
    let mut custom = Map::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            custom.insert(key.to_owned(), Value::String(value));
        }
    };
    put("kind", Some(kind.word().to_owned()));
    put("speaks-for", one.speaks.clone());
    put("reason", (!reason.trim().is_empty()).then(|| reason.trim().to_owned()));
    put("commitment", one.commitment.map(|hash| hex::encode(&hash)));
    // Nothing leads from the text to a file that was given in confidence.
    let kept = one.file.filter(|_| one.commitment.is_none());
    put("file", kept.map(|hash| super::copies::name_of(&hash, file)));
    let mut csl = Map::new();
    csl.insert("id".into(), json!(name));
    csl.insert("type".into(), json!(csl_type));
    csl.insert("title".into(), json!(one.title));
    if let Some(url) = &one.url {
        csl.insert("URL".into(), json!(url));
    }
    if let Some(issued) = &one.issued {
        csl.insert("issued".into(), json!(issued));
    }
    csl.insert("custom".into(), Value::Object(custom));
    Item { csl }
}
