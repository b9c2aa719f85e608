//! Links by which somebody without an account reads a draft: made, listed, followed, ended.

use super::State;
use crate::people::secret::Token;
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::text::one_line;
use ovn_store::cabinet::{Draft, Hash, Id, Note, Preview};

/// How many days a link can be used, as it is chosen.
pub const DAYS: [u64; 4] = [1, 3, 7, 14];
/// A day, ms.
const DAY: u64 = 24 * 60 * 60 * 1000;
/// Links of one draft that can be used at once.
const MOST: u64 = 20;
/// The longest name of whom it is for, in characters.
const LONGEST: usize = 80;

impl People {
    /// Whether the caller may hand out links to this draft, and whether it is still a draft.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Moved`].
    pub fn may_share(&self, caller: &Caller, draft: &Draft) -> Result<(), Error> {
        self.allowed_to(caller, Act::Share, &draft.id, &draft.author)?;
        match State::of(draft) {
            State::Published | State::Dropped => Err(Refusal::Moved.into()),
            _ => Ok(()),
        }
    }

    /// Makes a link by which whoever has it reads the draft as it was last saved, for one of [`DAYS`] or until it is published,
    /// put away, or ended by hand. `words` says for whom it is.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`], [`Refusal::Text`] with `preview`.
    pub fn share(&self, caller: &Caller, id: &Id, words: &str, days: u64) -> Result<Token, Error> {
        let draft = self.draft(caller, id)?;
        self.may_share(caller, &draft)?;
        let words = one_line(words);
        let told = !words.is_empty() && words.chars().count() <= LONGEST;
        if !told || !DAYS.contains(&days) {
            return Err(Refusal::Text("preview".into()).into());
        }
        let (token, at) = (self.token()?, self.now());
        let (hash, person, until) = (token.hash(), caller.person.id, at + days * DAY);
        let link = Preview { hash, draft: *id, person, words: words.clone(), at, until };
        let note = Note { words, ..self.note(&caller.person, "share", Some(*id)) };
        if !self.cabinet().share(&link, MOST, &note)? {
            return Err(Refusal::Text("preview".into()).into());
        }
        Ok(token)
    }

    /// The links of a draft that can be used, for somebody who may hand out more.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`].
    pub fn shared(&self, caller: &Caller, id: &Id) -> Result<Vec<Preview>, Error> {
        let draft = self.draft(caller, id)?;
        self.allowed_to(caller, Act::Share, &draft.id, &draft.author)?;
        Ok(self.cabinet().previews(id, self.now())?)
    }

    /// Ends a link at once.
    ///
    /// # Errors
    /// [`Refusal::Missing`] also when it could not be used any more, [`Refusal::Role`].
    pub fn unshare(&self, caller: &Caller, id: &Id, hash: &Hash) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        self.allowed_to(caller, Act::Share, &draft.id, &draft.author)?;
        let note = self.note(&caller.person, "unshare", Some(*id));
        if self.cabinet().end_preview(id, hash, &note)? {
            Ok(())
        } else {
            Err(Refusal::Missing.into())
        }
    }

    /// What a link leads to, and when it ends, ms; whoever asks. A draft that is published meanwhile says so by its state.
    ///
    /// # Errors
    /// [`Refusal::Link`] where it has ended or never was, or the draft is put away.
    pub fn by_link(&self, token: &Token) -> Result<(Draft, u64), Error> {
        let link = self.cabinet().preview(&token.hash(), self.now())?.ok_or(Refusal::Link)?;
        let draft = self.cabinet().draft(&link.draft)?.ok_or(Refusal::Link)?;
        let draft = self.recorded(draft)?;
        if State::of(&draft) == State::Dropped {
            return Err(Refusal::Link.into());
        }
        Ok((draft, link.until))
    }
}
