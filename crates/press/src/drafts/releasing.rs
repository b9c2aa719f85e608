//! Sealing what is scheduled, at its moment or as soon after as it can be; never before, and once.

use super::State;
use super::scheduling::spelled;
use crate::newsroom::Newsroom;
use crate::people::{Act, Error, Object, People, Refusal, allowed};
use crate::steady::Beat;
use ovn_edition::model::{Change, Class};
use ovn_store::cabinet::{Draft, Note, Plan};

impl People {
    /// Seals every scheduled draft whose moment has come by the machine's clock and by `beat`, and says how many that were.
    /// What can't be sealed as it is goes back, with the reason; what the machine can't seal now stays.
    ///
    /// # Errors
    /// When the edition, its keys or the cabinet can't be used. What was not sealed is tried by the next call.
    pub fn release(&self, beat: &Beat) -> Result<usize, Error> {
        let now = self.told(beat)?.now;
        let mut due = self.cabinet().due(now)?;
        if due.is_empty() {
            return Ok(0);
        }
        // A translation names the address of its original, which has to be there.
        let mut kin = Vec::new();
        for plan in &due {
            if self.is_translation(&plan.draft)? {
                kin.push(plan.draft);
            }
        }
        due.sort_by_key(|plan| kin.contains(&plan.draft));
        let room = match self.room() {
            Ok(room) => room,
            Err(error) => {
                for plan in &due {
                    self.cabinet().obstruct(&plan.draft, &error.to_string())?;
                }
                return Err(error);
            }
        };
        let mut sealed = Ok(0);
        for plan in &due {
            match self.release_one(&room, plan, now) {
                Ok(done) => sealed = sealed.map(|sealed| sealed + usize::from(done)),
                Err(Error::Refused(refusal)) => self.send_back(plan, &refusal)?,
                Err(error) => {
                    // One that fails keeps no other waiting.
                    self.cabinet().put_off(&plan.draft, &error.to_string())?;
                    sealed = Err(error);
                }
            }
        }
        sealed
    }

    /// Seals one of them, whose moment is not after `now`. Whoever has the room open is alone in it: what another process
    /// began and did not end, this one ends.
    fn release_one(&self, room: &Newsroom, plan: &Plan, now: u64) -> Result<bool, Error> {
        let Some(kept) = self.cabinet().draft(&plan.draft)? else { return Ok(false) };
        let kept = self.recorded(kept)?;
        let Some(state) = super::after(Act::Release, State::of(&kept), self.four_eyes()) else {
            return Ok(false);
        };
        // The room was waited for, and the clock may have been set meanwhile.
        if room.now() < plan.moment || !self.cabinet().claim(plan, now)? {
            return Ok(false);
        }
        self.still_allowed(plan, &kept)?;
        let class = Class::from_word(&plan.class).unwrap_or_default();
        let change = Change { class, note: plan.note.clone(), asked_by: plan.asked_by.clone() };
        let ready = self.checked(room, &kept, change, None)?;
        let published = self.sealed(room, &kept, ready)?;
        let note = self.own_note("release", &kept);
        self.keep_published(room, kept, state, &published, note)?;
        Ok(true)
    }

    /// Whether whoever scheduled it may still publish it, and the edition's rule is still kept.
    fn still_allowed(&self, plan: &Plan, kept: &Draft) -> Result<(), Error> {
        let person = self.cabinet().person(&plan.person)?.filter(|person| person.active);
        let person = person.ok_or(Refusal::Role)?;
        let object = if person.id == kept.author { Object::Own } else { Object::Others };
        allowed(&person, Act::Publish, object)?;
        let seen = match &kept.approver {
            Some(approver) => !self.wrote(approver, kept)?,
            None => false,
        };
        if self.four_eyes() && !seen { Err(Refusal::FourEyes.into()) } else { Ok(()) }
    }

    /// Takes it off the schedule. What nobody else has read goes to be reviewed, everything else stays approved.
    fn send_back(&self, plan: &Plan, refusal: &Refusal) -> Result<(), Error> {
        let Some(kept) = self.cabinet().draft(&plan.draft)? else { return Ok(()) };
        let state = match refusal {
            Refusal::FourEyes => State::Review,
            _ => State::Ready,
        };
        let why = spelled(refusal);
        let note = Note { words: why.clone(), ..self.own_note("send-back", &kept) };
        let next = Draft { state: state.word().into(), updated: self.now(), ..kept };
        self.cabinet().send_back(&next, &Plan { why: Some(why), ..plan.clone() }, &note)?;
        Ok(())
    }

    /// What is noted of a deed of the newsroom's own process.
    fn own_note(&self, verb: &'static str, draft: &Draft) -> Note {
        let (at, object) = (self.now(), Some(draft.id));
        Note { at, person: None, verb, object, words: String::new() }
    }
}
