//! Setting the moment at which a draft is to be sealed, and taking it back.

use super::State;
use crate::clock::{self, Wrong};
use crate::people::{Act, Caller, Error, People, Refusal, roles};
use crate::steady::{Beat, Told, told};
use ovn_edition::model::Change;
use ovn_store::cabinet::{Brief, Draft, Id, Mark, Note, Plan};

/// How far ahead a moment may be, ms: a year.
const FAR: u64 = 366 * 24 * 60 * 60 * 1000;

/// What keeps a draft from being sealed at its moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It can't be sealed as it is, and is off the schedule.
    Refused(Refusal),
    /// The machine can't seal now, for this reason; it is tried again.
    Trouble(String),
}

/// A draft with the moment that was set for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The draft.
    pub draft: Brief,
    /// When, ms.
    pub moment: u64,
    /// Who set it.
    pub person: Id,
    /// What kept it from being sealed.
    pub why: Option<Why>,
}

impl People {
    /// Sets the moment at which a draft is sealed, if its text is still that of `version`: `local` is a time on the edition's
    /// clock, `2026-11-24T14:20`. It is checked now as it is checked then; a correction is sealed as `change` declares. A draft
    /// that has a moment gets this one. Gives the moment, ms.
    ///
    /// # Errors
    /// As [`People::publish`]; [`Refusal::Text`] with `moment`, `moment-skipped`, `moment-past`, `moment-far` for a time that
    /// can't be set.
    pub fn schedule(
        &self,
        caller: &Caller,
        id: &Id,
        version: u64,
        local: &str,
        change: Change,
    ) -> Result<u64, Error> {
        let kept = self.draft(caller, id)?;
        let state = self.may(caller, Act::Schedule, &kept)?;
        if kept.version != version {
            return Err(Refusal::Moved.into());
        }
        let moment = self.moment(local)?;
        self.checked(&*self.room()?, &kept, change.clone(), Some(moment))?;
        let plan = Plan {
            draft: *id,
            moment,
            version,
            person: caller.person.id,
            class: change.class.word().into(),
            note: change.note,
            asked_by: change.asked_by,
            why: None,
        };
        let from = kept.state.clone();
        let next = Draft { state: state.word().into(), updated: self.now(), ..kept };
        let words = self.local(moment);
        let note = Note { words, ..self.note(&caller.person, "schedule", Some(*id)) };
        let done = self.cabinet().schedule(&next, &from, &plan, &note)?;
        if done { Ok(moment) } else { Err(Refusal::Moved.into()) }
    }

    /// A time on the edition's clock that is to come.
    fn moment(&self, local: &str) -> Result<u64, Error> {
        let refused = |word: &str| Error::from(Refusal::Text(word.into()));
        let moment = clock::moment(local, &self.settings().zone);
        let moment = moment.map_err(|wrong| match wrong {
            Wrong::Form => refused("moment"),
            Wrong::Skipped => refused("moment-skipped"),
        })?;
        let now = self.now();
        if moment <= now {
            return Err(refused("moment-past"));
        }
        if moment > now.saturating_add(FAR) {
            return Err(refused("moment-far"));
        }
        Ok(moment)
    }

    /// What is set for a draft that the caller may read, or what kept it from being sealed.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn due(&self, caller: &Caller, id: &Id) -> Result<Option<Due>, Error> {
        self.draft(caller, id)?;
        Ok(self.all_due(caller)?.into_iter().find(|due| due.draft.id == *id))
    }

    /// Every draft that the caller may read and that is scheduled, or was and could not be sealed; the earliest first.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn all_due(&self, caller: &Caller) -> Result<Vec<Due>, Error> {
        let mut all = self.cabinet().plans()?;
        let reads = self.readable(caller)?;
        all.retain(|one| reads(&one.brief.id, &one.brief.author));
        let due = |one: ovn_store::cabinet::Planned| {
            let scheduled = one.brief.state == State::Scheduled.word();
            let why = one.plan.why.map(|why| match scheduled {
                true => Why::Trouble(why),
                false => Why::Refused(read(&why)),
            });
            Due { draft: one.brief, moment: one.plan.moment, person: one.plan.person, why }
        };
        Ok(all.into_iter().map(due).collect())
    }

    /// How far the machine's clock was set ahead, ms, by the time since the machine's start; 0 where it was not. What is
    /// scheduled waits as long, or until somebody says that the clock is right.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn ahead(&self, beat: &Beat) -> Result<u64, Error> {
        Ok(self.told(beat)?.ahead)
    }

    /// The caller's word that the machine's clock is right, however it was set.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn believe_clock(&self, caller: &Caller, beat: &Beat) -> Result<(), Error> {
        crate::people::allowed(&caller.person, Act::Schedule, crate::people::Object::Others)?;
        let wall = self.now();
        let words = self.local(wall);
        let note = Note { words, ..self.note(&caller.person, "clock", None) };
        let mark = Mark { steady: beat.steady, wall };
        Ok(self.cabinet().set_mark(&beat.boot, mark, Some(&note))?)
    }

    /// What the two clocks say; a mark that is new or old is kept.
    pub(super) fn told(&self, beat: &Beat) -> Result<Told, Error> {
        let last = self.cabinet().mark(&beat.boot)?;
        let told = told(self.now(), beat.steady, last);
        if let Some(mark) = told.mark {
            self.cabinet().set_mark(&beat.boot, mark, None)?;
        }
        Ok(told)
    }
}

/// A refusal as it is kept.
pub(super) fn spelled(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Text(detail) => format!("text {detail}"),
        Refusal::FourEyes => "four-eyes".into(),
        Refusal::Role => roles::word(Act::Publish).into(),
        _ => "moved".into(),
    }
}

fn read(why: &str) -> Refusal {
    match why {
        "four-eyes" => Refusal::FourEyes,
        "publish" => Refusal::Role,
        other => match other.strip_prefix("text ") {
            Some(detail) => Refusal::Text(detail.into()),
            None => Refusal::Moved,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_kept_as_it_was() {
        for one in [
            Refusal::Text("line 3: two\nlines".into()),
            Refusal::Text(String::new()),
            Refusal::FourEyes,
            Refusal::Role,
            Refusal::Moved,
        ] {
            assert_eq!(read(&spelled(&one)), one);
        }
    }
}
