//! The newsroom's front page: what is for oneself, and what stands where, filtered and in pages.

use super::State;
use crate::people::{Act, Caller, Error, Object, People, allowed};
use ovn_store::cabinet::{Assigned, Id, Listed, Wanted};

/// Drafts on one page of a list.
pub const PAGE: u64 = 50;
/// The states in which there is work to do, in the order in which an editor looks at them.
const WORKING: [&str; 4] = ["review", "ready", "scheduled", "draft"];

/// Which drafts somebody wants to see.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Only what they began or are assigned to.
    pub mine: bool,
    /// Only in this state; else wherever there is work to do.
    pub state: Option<State>,
    /// Only in the section with this slug.
    pub section: Option<&'a str>,
    /// Only in this language.
    pub lang: Option<&'a str>,
    /// Only what should have been done before now.
    pub overdue: bool,
}

impl People {
    /// The drafts that the caller wants to see and may read, from the place `offset` on and at most `limit`; what changed last
    /// stands first.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn listed(
        &self,
        caller: &Caller,
        filter: &Filter<'_>,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<Listed>, Error> {
        let state = filter.state.map(State::word);
        let states = state.as_ref().map_or(&WORKING[..], std::slice::from_ref);
        Ok(self.cabinet().listed(&self.wanted_by(caller, filter, states), offset, limit)?)
    }

    /// How many of them are in each state; every state is counted where the filter names none.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn counted(
        &self,
        caller: &Caller,
        filter: &Filter<'_>,
    ) -> Result<Vec<(State, u64)>, Error> {
        let state = filter.state.map(State::word);
        let every = State::ALL.map(|(_, word)| word);
        let states = state.as_ref().map_or(&every[..], std::slice::from_ref);
        let counted = self.cabinet().counted(&self.wanted_by(caller, filter, states))?;
        let of = |(state, word): &(State, &str)| {
            let number = counted.iter().find(|(one, _)| one == word).map(|(_, number)| *number);
            number.map(|number| (*state, number))
        };
        Ok(State::ALL.iter().filter_map(of).collect())
    }

    /// What the caller began or is assigned to and is not done yet, what is due first standing first.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn for_me(&self, caller: &Caller, limit: u64) -> Result<Vec<Listed>, Error> {
        let filter = Filter { mine: true, ..Filter::default() };
        let wanted = Wanted { by_due: true, ..self.wanted_by(caller, &filter, &WORKING) };
        Ok(self.cabinet().listed(&wanted, 0, limit)?)
    }

    /// Who does what for some drafts that the caller was shown.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn hands(&self, drafts: &[Id]) -> Result<Vec<Assigned>, Error> {
        Ok(self.cabinet().assignments(drafts)?)
    }

    fn wanted_by<'a>(
        &self,
        caller: &'a Caller,
        filter: &Filter<'a>,
        states: &'a [&'a str],
    ) -> Wanted<'a> {
        let all = allowed(&caller.person, Act::Read, Object::Others).is_ok();
        Wanted {
            person: &caller.person.id,
            mine: filter.mine || !all,
            states,
            section: filter.section,
            lang: filter.lang,
            overdue: filter.overdue.then(|| self.now()),
            by_due: false,
        }
    }
}
