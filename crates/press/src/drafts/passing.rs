//! Handing a draft on: submit, return, approve, put away.

use super::State;
use crate::people::{Act, Caller, Error, People, Refusal, roles};
use ovn_store::cabinet::{Draft, Id};

impl People {
    /// Moves a draft by `act`, one of submit, return, approve, unschedule and drop, if its text is still that of `version`.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::FourEyes`], [`Refusal::Moved`].
    pub fn pass(&self, caller: &Caller, id: &Id, version: u64, act: Act) -> Result<State, Error> {
        let kept = self.draft(caller, id)?;
        let handed = [Act::Submit, Act::Return, Act::Approve, Act::Unschedule, Act::Drop];
        if !handed.contains(&act) {
            return Err(Refusal::Role.into());
        }
        let state = self.may(caller, act, &kept)?;
        let approver = match act {
            Act::Approve => Some(caller.person.id),
            Act::Unschedule => kept.approver,
            _ => None,
        };
        let from = kept.state.clone();
        let next =
            Draft { state: state.word().into(), approver, version, updated: self.now(), ..kept };
        let note = self.note(&caller.person, roles::word(act), Some(*id));
        let done = self.cabinet().shift(&next, &from, &note)?;
        if done { Ok(state) } else { Err(Refusal::Moved.into()) }
    }
}
