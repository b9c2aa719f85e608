//! Taking a published article out of reach from the newsroom, by law or for safety, in two steps.

use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use crate::remove::{self, Order};
use ovn_edition::text::one_line;
use ovn_store::cabinet::Note;
use ovn_store::rows::Head;

/// The longest note for readers, in characters.
const LONGEST: usize = 600;

impl People {
    /// The article at `path`, for somebody who may remove it.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`].
    pub fn removable(&self, caller: &Caller, path: &str) -> Result<Head, Error> {
        allowed(&caller.person, Act::Remove, Object::Others)?;
        let head = self.reader().head(path)?.filter(|head| !head.withdrawn);
        head.ok_or_else(|| Refusal::Missing.into())
    }

    /// Removes all of the article at `path`, in every revision, on one of [`remove::GROUNDS`], with a sentence for readers or
    /// none. `confirmed` has to be the last part of its address, typed by a person. Gives the numbers of the entries.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`], [`Refusal::Text`] for another ground, a note that is too long and a
    /// confirmation that is none: nothing is removed then.
    pub fn remove(
        &self,
        caller: &Caller,
        path: &str,
        ground: &str,
        note: &str,
        confirmed: &str,
    ) -> Result<Vec<u64>, Error> {
        let head = self.removable(caller, path)?;
        let note = one_line(note);
        let known = remove::GROUNDS.contains(&ground) && note.chars().count() <= LONGEST;
        if !known || confirmed.trim() != name(&head) {
            return Err(Refusal::Text("confirm".into()).into());
        }
        let room = self.room()?;
        let order = Order {
            path: head.path.clone(),
            ground: ground.to_owned(),
            note: (!note.is_empty()).then_some(note),
            blocks: None,
        };
        let entries = remove::remove(&room, &order).map_err(|error| match error {
            remove::Error::Nothing(_) | remove::Error::Already(_) => Refusal::Missing.into(),
            remove::Error::Newsroom(error) => Error::from(error),
        })?;
        let words = format!("{} · {ground}", head.path);
        let note = Note { words, ..self.note(&caller.person, "remove", None) };
        self.cabinet().note(&note)?;
        Ok(entries)
    }
}

/// What has to be typed: the last part of the article's address.
#[must_use]
pub fn name(head: &Head) -> &str {
    head.path.rsplit('/').next().unwrap_or_default()
}
