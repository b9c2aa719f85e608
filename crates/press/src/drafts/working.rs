//! Who does what for a draft, and what is wanted of it by when.

use super::State;
use crate::clock::{self, Wrong};
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::text::one_line;
use ovn_store::cabinet::{Asked, Assigned, Draft, Id, Note};

/// The parts that somebody may have in a draft.
pub const PARTS: [&str; 4] = ["writes", "edits", "translates", "pictures"];
/// The longest notes for whoever works on a draft, in characters.
const NOTES: usize = 4_000;
/// The most words that are wanted of a draft.
const WORDS: u64 = 100_000;

/// What is wanted of a draft, and of whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// What, by when.
    pub asked: Asked,
    /// Who does what.
    pub assigned: Vec<Assigned>,
    /// Whether the time is past and the draft neither published nor put away.
    pub overdue: bool,
}

impl People {
    /// What is wanted of a draft that the caller may read, and of whom.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn work(&self, caller: &Caller, draft: &Draft) -> Result<Work, Error> {
        self.allowed_to(caller, Act::Read, &draft.id, &draft.author)?;
        let asked = self.cabinet().asked(&draft.id)?;
        let ended = matches!(State::of(draft), State::Published | State::Dropped);
        let overdue = !ended && asked.due.is_some_and(|due| due < self.now());
        Ok(Work { asked, assigned: self.cabinet().assignments(&[draft.id])?, overdue })
    }

    /// Whether the caller may say who does what for a draft.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Moved`] when it is put away.
    pub fn may_assign(&self, caller: &Caller, draft: &Draft) -> Result<(), Error> {
        self.allowed_to(caller, Act::Assign, &draft.id, &draft.author)?;
        match State::of(draft) {
            State::Dropped => Err(Refusal::Moved.into()),
            _ => Ok(()),
        }
    }

    /// Gives somebody one of [`PARTS`] in a draft, which is their own from then on. Who has it already keeps it.
    ///
    /// # Errors
    /// [`Refusal::Missing`] also for a person who may not sign in, [`Refusal::Role`], [`Refusal::Moved`],
    /// [`Refusal::Text`] with `part`.
    pub fn assign(&self, caller: &Caller, id: &Id, person: &Id, part: &str) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        self.may_assign(caller, &draft)?;
        let one = self.part(caller, id, person, part)?;
        let note = self.part_note(caller, "assign", id, person)?;
        self.cabinet().assign(&one, &note)?;
        Ok(())
    }

    /// Somebody's part in a draft, if there is such a person and such a part.
    pub(crate) fn part(
        &self,
        caller: &Caller,
        draft: &Id,
        person: &Id,
        part: &str,
    ) -> Result<Assigned, Error> {
        if !PARTS.contains(&part) {
            return Err(Refusal::Text("part".into()).into());
        }
        let person = self.cabinet().person(person)?.filter(|person| person.active);
        let person = person.ok_or(Refusal::Missing)?.id;
        let (draft, part, giver, at) = (*draft, part.to_owned(), caller.person.id, self.now());
        Ok(Assigned { draft, person, part, giver, at })
    }

    /// Takes a part in a draft from somebody.
    ///
    /// # Errors
    /// As [`People::assign`]; [`Refusal::Missing`] when they have it not.
    pub fn unassign(&self, caller: &Caller, id: &Id, person: &Id, part: &str) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        self.may_assign(caller, &draft)?;
        let note = self.part_note(caller, "unassign", id, person)?;
        let done = self.cabinet().unassign(id, person, part, &note)?;
        if done { Ok(()) } else { Err(Refusal::Missing.into()) }
    }

    pub(crate) fn part_note(
        &self,
        caller: &Caller,
        verb: &'static str,
        draft: &Id,
        person: &Id,
    ) -> Result<Note, Error> {
        let words = self.cabinet().person(person)?.map_or_else(String::new, |one| one.name);
        Ok(Note { words, ..self.note(&caller.person, verb, Some(*draft)) })
    }

    /// Says by when a draft is wanted (a time on the edition's clock, `2026-11-24T14:20`, or nothing), how many words long (a
    /// number, or nothing), and what whoever works on it is to know.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`]; [`Refusal::Text`] with `moment`, `moment-skipped`,
    /// `length`, `notes`.
    pub fn ask(
        &self,
        caller: &Caller,
        id: &Id,
        due: &str,
        words: &str,
        notes: &str,
    ) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        self.may_assign(caller, &draft)?;
        let asked = self.wanted(due, words, notes)?;
        let words = asked.due.map_or_else(String::new, |due| self.local(due));
        let note = Note { words, ..self.note(&caller.person, "ask-for", Some(*id)) };
        Ok(self.cabinet().ask(id, &asked, &note)?)
    }

    /// What a form wants, checked.
    pub(crate) fn wanted(&self, due: &str, words: &str, notes: &str) -> Result<Asked, Error> {
        let refused = |word: &str| Error::from(Refusal::Text(word.into()));
        let due = self.deadline(due)?;
        let words = match words.trim() {
            "" => None,
            number => {
                let number = number.parse().ok().filter(|number| (1..=WORDS).contains(number));
                Some(number.ok_or_else(|| refused("length"))?)
            }
        };
        let notes = paragraphs(notes);
        if notes.chars().count() > NOTES {
            return Err(refused("notes"));
        }
        Ok(Asked { due, words, notes })
    }

    /// A time on the edition's clock by which something is wanted, or nothing.
    pub(crate) fn deadline(&self, local: &str) -> Result<Option<u64>, Error> {
        if local.is_empty() {
            return Ok(None);
        }
        let moment = clock::moment(local, &self.settings().zone);
        let refused = |word: &str| Error::from(Refusal::Text(word.into()));
        moment.map(Some).map_err(|wrong| match wrong {
            Wrong::Form => refused("moment"),
            Wrong::Skipped => refused("moment-skipped"),
        })
    }
}

/// Words as they are kept: one line for each that was written, without what no line has.
pub(crate) fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(one_line).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_lines() {
        let check = |text: &str, expected: &str| assert_eq!(paragraphs(text), expected);
        check(" one  two \r\n\r\nthree\n", "one two\n\nthree");
        check("\r\n", "");
    }
}
