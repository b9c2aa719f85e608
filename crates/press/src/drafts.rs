//! Drafts: from the first word to the sealed revision, state by state.

mod checklist;
mod comments;
mod document;
mod history;
mod listing;
mod looking;
mod passing;
mod publishing;
mod recorded;
mod releasing;
mod removing;
mod scheduling;
mod sharing;
mod standing;
mod suggesting;
mod together;
mod translating;
mod working;
mod writing;

pub use checklist::Checklist;
pub(crate) use checklist::marks;
pub use comments::{LONGEST_COMMENT, Said};
pub use document::{About, AboutSaved, Opened, opened, suggestions};
pub use history::{LONGEST_NAME, Side, Wording};
pub use listing::{Filter, PAGE};
pub use looking::{Since, Told};
pub use removing::name;
pub use scheduling::{Due, Why};
pub use sharing::DAYS;
pub use standing::{Sealed, Sealers};
pub use suggesting::{Which, mark};
pub use together::{News, Sent, Steps, Writing, is_tab};
pub use translating::{Original, Sibling};
pub(crate) use working::paragraphs;
pub use working::{PARTS, Work};
pub(crate) use writing::titled;
pub use writing::{MOST, starting};

use crate::people::entry::whose;
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed, role, roles};
use ovn_store::cabinet::{Brief, Draft, Id};

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is being written.
    Draft,
    /// Somebody else is to read it.
    Review,
    /// Somebody else has approved this very text.
    Ready,
    /// It is to be sealed at a moment that a publisher set.
    Scheduled,
    /// It is sealed, and readers see it.
    Published,
    /// It was put away.
    Dropped,
}

impl State {
    /// Every state with its word.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Draft, "draft"),
        (Self::Review, "review"),
        (Self::Ready, "ready"),
        (Self::Scheduled, "scheduled"),
        (Self::Published, "published"),
        (Self::Dropped, "dropped"),
    ];

    /// The state's word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("draft", |(_, word)| word)
    }

    /// The state of a draft.
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        let known = Self::ALL.iter().find(|(_, word)| *word == draft.state);
        known.map_or(Self::Draft, |(state, _)| *state)
    }
}

use State::{Dropped, Published, Ready, Review, Scheduled};

/// Which act moves a draft from which states to which.
pub const TRANSITIONS: [(Act, &[State], State); 10] = [
    (Act::Submit, &[State::Draft], Review),
    (Act::Return, &[Review, Ready, Scheduled, Dropped], State::Draft),
    (Act::Approve, &[Review], Ready),
    (Act::Drop, &[State::Draft, Review, Ready, Scheduled], Dropped),
    (Act::Publish, &[State::Draft, Review, Ready], Published),
    (Act::Write, &[State::Draft, Review, Ready], State::Draft),
    (Act::Schedule, &[State::Draft, Review, Ready, Scheduled], Scheduled),
    (Act::Unschedule, &[Scheduled], Ready),
    (Act::Release, &[Scheduled], Published),
    (Act::Comment, &[State::Draft, Review, Ready, Scheduled], State::Draft),
];

/// Where `act` leads from `state`; `None` where it leads nowhere. With `four_eyes`, nothing is published or scheduled that is
/// not ready. A text under review stays so while it is written, and what was ready has to be approved again. Whoever comments leaves
/// it where it stands.
#[must_use]
pub fn after(act: Act, state: State, four_eyes: bool) -> Option<State> {
    let (_, from, to) = TRANSITIONS.iter().find(|(one, ..)| *one == act)?;
    let held = four_eyes && seals(act) && matches!(state, State::Draft | Review);
    if held || !from.contains(&state) {
        return None;
    }
    match (act, state) {
        (Act::Write, Review | Ready) => Some(Review),
        (Act::Comment, same) => Some(same),
        _ => Some(*to),
    }
}

/// Whether a text is sealed by this act, at once or later.
fn seals(act: Act) -> bool {
    matches!(act, Act::Publish | Act::Schedule)
}

/// The transitions as Markdown: acts down, states across.
#[must_use]
pub fn markdown(four_eyes: bool) -> String {
    let words: Vec<&str> = State::ALL.iter().map(|(_, word)| *word).collect();
    let mut out = format!("| act | from {} |\n", words.join(" | from "));
    out += &format!("| --- |{}\n", " --- |".repeat(words.len()));
    for (act, ..) in TRANSITIONS {
        out += &format!("| {} |", roles::word(act));
        for (state, _) in State::ALL {
            let to = after(act, state, four_eyes).map_or("–", State::word);
            out += &format!(" {to} |");
        }
        out.push('\n');
    }
    out
}

impl People {
    /// Whether whoever wrote a text may not approve it, and nothing is published that nobody approved.
    #[must_use]
    pub fn four_eyes(&self) -> bool {
        self.settings().four_eyes
    }

    /// The drafts that the caller may read, the most recently changed first.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn drafts(&self, caller: &Caller) -> Result<Vec<Brief>, Error> {
        let all = allowed(&caller.person, Act::Read, Object::Others).is_ok();
        let author = (!all).then_some(&caller.person.id);
        Ok(self.cabinet().drafts(author)?)
    }

    /// A draft that the caller may read. One that they may not read is missing, as one that never was.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn draft(&self, caller: &Caller, id: &Id) -> Result<Draft, Error> {
        let found = self.cabinet().draft(id)?.ok_or(Refusal::Missing)?;
        match self.allowed_to(caller, Act::Read, &found.id, &found.author) {
            Err(Error::Refused(_)) => Err(Refusal::Missing.into()),
            Err(other) => Err(other),
            Ok(()) => Ok(found),
        }
    }

    /// Whether the caller may do `act` to a draft that `author` began. It is the caller's own too where they are assigned.
    pub(crate) fn allowed_to(
        &self,
        caller: &Caller,
        act: Act,
        draft: &Id,
        author: &Id,
    ) -> Result<(), Error> {
        let (role, object) = (role(&caller.person), whose(caller, author));
        let differs = roles::may(role, act, Object::Own) != roles::may(role, act, Object::Others);
        let assigned = object == Object::Others
            && differs
            && self.cabinet().is_assigned(draft, &caller.person.id)?;
        allowed(&caller.person, act, if assigned { Object::Own } else { object })
    }

    /// Which of many drafts the caller may read, asked once: those that others began and they have no part in are left out
    /// for whoever may read their own alone.
    pub(crate) fn readable(&self, caller: &Caller) -> Result<impl Fn(&Id, &Id) -> bool, Error> {
        let all = allowed(&caller.person, Act::Read, Object::Others).is_ok();
        let me = caller.person.id;
        let parts = if all { Vec::new() } else { self.cabinet().parts_of(&me)? };
        Ok(move |draft: &Id, author: &Id| all || *author == me || parts.contains(draft))
    }

    /// Whether the caller may do `act` to this draft as it stands, and if not, why.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::FourEyes`], [`Refusal::Moved`].
    pub fn may(&self, caller: &Caller, act: Act, draft: &Draft) -> Result<State, Error> {
        self.allowed_to(caller, act, &draft.id, &draft.author)?;
        let state = State::of(draft);
        if self.four_eyes() {
            if act == Act::Approve && self.wrote(&caller.person.id, draft)? {
                return Err(Refusal::FourEyes.into());
            }
            if seals(act) && matches!(state, State::Draft | Review) {
                return Err(Refusal::FourEyes.into());
            }
        }
        after(act, state, self.four_eyes()).ok_or_else(|| Refusal::Moved.into())
    }

    /// Whether a person began this draft or wrote in any of its versions.
    fn wrote(&self, person: &Id, draft: &Draft) -> Result<bool, Error> {
        Ok(draft.author == *person || self.cabinet().wrote(&draft.id, person)?)
    }
}
