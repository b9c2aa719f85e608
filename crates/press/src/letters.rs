//! Readers' letters in the newsroom: taken in from the letterbox, then corrected, or declined for a reason.
//!
//! The cabinet has the truth of a letter; the letterbox hears of it afterwards, again and again until it has. So a stop in
//! between loses nothing: what was taken in twice is one letter, and a correction that was sealed closes its letters the
//! next time that anybody looks.

use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use ovn_edition::sealed;
use ovn_edition::text;
use ovn_store::cabinet::{Draft, Filed, Id, Note};
use ovn_store::letterbox::Letter;

/// Letters of each kind on the screen.
const MOST: u64 = 200;
/// The longest reason, in characters.
const LONGEST: usize = 600;

/// The blocks of a text that a letter can be about, each with its number from 1: what is in the sealed `document`, without
/// breaks and other blocks without words.
///
/// # Errors
/// When the document can't be read.
pub fn passages(document: &[u8]) -> Result<Vec<(u64, String)>, sealed::Error> {
    let (article, _) = sealed::read_article(document)?;
    let blocks = (1..).zip(text::body(&article));
    let plain = blocks.map(|(number, words)| (number, text::one_line(&words)));
    Ok(plain.filter(|(_, words)| !words.is_empty()).collect())
}

impl People {
    /// Every open letter, the oldest first, then what was decided, the newest first.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn letters(&self, caller: &Caller) -> Result<Vec<Filed>, Error> {
        allowed(&caller.person, Act::Decide, Object::Others)?;
        self.take_letters()?;
        self.settle_letters()?;
        Ok(self.cabinet().letters(MOST)?)
    }

    /// One letter.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`].
    pub fn letter(&self, caller: &Caller, id: &Id) -> Result<Filed, Error> {
        allowed(&caller.person, Act::Decide, Object::Others)?;
        self.settle_letters()?;
        self.cabinet().letter(id)?.ok_or_else(|| Refusal::Missing.into())
    }

    /// The words of the passage that a letter is about, in the revision that its reader read; `None` when it names none, or
    /// they are not there any more.
    ///
    /// # Errors
    /// When the edition can't be read.
    pub fn passage(&self, letter: &Letter) -> Result<Option<String>, Error> {
        let Some(number) = letter.passage else { return Ok(None) };
        let Some(head) = self.reader().head(&letter.path)? else { return Ok(None) };
        let revisions = self.reader().revisions(&head.id)?;
        let read = revisions.iter().find(|one| u64::from(one.rev) == letter.rev);
        let all = read.and_then(|one| passages(&one.document).ok()).unwrap_or_default();
        Ok(all.into_iter().find(|(one, _)| *one == number).map(|(_, words)| words))
    }

    /// Begins the draft that is to correct what a letter says.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`], [`Refusal::Moved`] when it is not open any more.
    pub fn correct_letter(&self, caller: &Caller, id: &Id) -> Result<Draft, Error> {
        let letter = self.letter(caller, id)?;
        if letter.state != "open" {
            return Err(Refusal::Moved.into());
        }
        let draft = self.correct(caller, &letter.letter.path)?;
        let note = self.note(&caller.person, "letter-correct", Some(draft.id));
        if self.cabinet().bind_letter(id, &draft.id, &note)? {
            Ok(draft)
        } else {
            Err(Refusal::Moved.into())
        }
    }

    /// Declines a letter, with a sentence that readers see.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`], [`Refusal::Text`] without a reason, [`Refusal::Moved`] when somebody has
    /// decided it.
    pub fn decline_letter(&self, caller: &Caller, id: &Id, reason: &str) -> Result<(), Error> {
        let letter = self.letter(caller, id)?;
        let reason = text::one_line(reason);
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(Refusal::Text("reason".into()).into());
        }
        let words = letter.letter.path;
        let note = Note { words, ..self.note(&caller.person, "letter-decline", None) };
        if !self.cabinet().decline_letter(id, &reason, &note)? {
            return Err(Refusal::Moved.into());
        }
        self.settle_letters()
    }

    /// Takes what readers left into the cabinet. Who stops in the middle finds the same letters again.
    fn take_letters(&self) -> Result<(), Error> {
        for letter in self.inner.letters.waiting()? {
            self.cabinet().file(&letter)?;
            self.inner.letters.taken(&letter.id)?;
        }
        Ok(())
    }

    /// Closes the letters whose correction was sealed, and lets readers see how each stands.
    pub(crate) fn settle_letters(&self) -> Result<(), Error> {
        for one in self.cabinet().settle_letters(self.now())? {
            let reason = one.reason.as_deref();
            self.inner.letters.stand(&one.id, one.state, one.decided, reason, one.fixed)?;
            self.cabinet().told_letter(&one.id, one.state)?;
        }
        Ok(())
    }
}
