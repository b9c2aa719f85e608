//! Who is here and as what: roles, suspension, the trail.

use super::entry::{Caller, whose};
use super::{Act, Error, Object, People, Refusal, Role, allowed};
use ovn_store::cabinet::{Id, Note, Noted, Person};

impl People {
    /// Everybody, by name.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn people(&self, caller: &Caller) -> Result<Vec<Person>, Error> {
        allowed(&caller.person, Act::People, Object::Others)?;
        Ok(self.cabinet().people()?)
    }

    /// The person with this id.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`].
    pub fn person(&self, caller: &Caller, id: &Id) -> Result<Person, Error> {
        allowed(&caller.person, Act::People, Object::Others)?;
        self.cabinet().person(id)?.ok_or_else(|| Refusal::Missing.into())
    }

    /// Gives somebody else another role. All their sessions end.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`].
    pub fn change_role(&self, caller: &Caller, id: &Id, to: Role) -> Result<(), Error> {
        allowed(&caller.person, Act::ChangeRole, whose(caller, id))?;
        let person = self.person(caller, id)?;
        let words = format!("{} → {}", person.role, to.word());
        let note = Note { words, ..self.note(&caller.person, "change-role", Some(*id)) };
        Ok(self.cabinet().set_role(id, to.word(), &note)?)
    }

    /// Lets somebody else sign in no more, or again. All their sessions end.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`].
    pub fn suspend(&self, caller: &Caller, id: &Id, active: bool) -> Result<(), Error> {
        allowed(&caller.person, Act::Suspend, whose(caller, id))?;
        self.person(caller, id)?;
        let verb = if active { "restore" } else { "suspend" };
        let note = self.note(&caller.person, verb, Some(*id));
        Ok(self.cabinet().set_active(id, active, &note)?)
    }

    /// The newest `limit` lines of the trail.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn trail(&self, caller: &Caller, limit: u64) -> Result<Vec<Noted>, Error> {
        allowed(&caller.person, Act::Trail, Object::Others)?;
        Ok(self.cabinet().trail(limit)?)
    }
}
