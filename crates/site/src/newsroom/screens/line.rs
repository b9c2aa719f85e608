//! A draft in a list: whose it is, who works on it, by when, and what is new in it.

use crate::newsroom::answer::Fail;
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use ovn_edition::hex;
use ovn_press::drafts::{Due, State, Why};
use ovn_store::cabinet::{Id, Listed, News, Person};
use std::time::Instant;

/// Somebody's part.
pub(super) struct Hand {
    pub(super) name: String,
    pub(super) part: String,
}

/// A draft.
pub(super) struct Line {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) state: String,
    pub(super) author: String,
    pub(super) writer: String,
    pub(super) follows: bool,
    /// When it is published by itself, or that it was not.
    pub(super) due: String,
    /// By when it is wanted.
    pub(super) wanted: String,
    pub(super) overdue: bool,
    pub(super) news: String,
    pub(super) returned: bool,
    pub(super) hands: Vec<Hand>,
    /// Who has it open at this moment.
    pub(super) open: String,
    pub(super) at: String,
    pub(super) local: String,
}

/// What lines are made with, asked once for all of them.
pub(super) struct Lines<'a> {
    visit: &'a Visit<'a>,
    s: &'a Screen<'a>,
    names: Vec<Person>,
    due: Vec<Due>,
    now: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn of(visit: &'a Visit<'a>, s: &'a Screen<'a>) -> Result<Self, Fail> {
        let (caller, people) = (visit.caller()?, visit.people());
        let (names, due) = (people.people(caller)?, people.all_due(caller)?);
        Ok(Self { visit, s, names, due, now: people.now() })
    }

    /// The lines of some drafts.
    pub(super) fn shown(&self, drafts: &[Listed]) -> Result<Vec<Line>, Fail> {
        let ids: Vec<Id> = drafts.iter().map(|one| one.brief.id).collect();
        let hands = self.visit.people().hands(&ids)?;
        let hand = |one: &ovn_store::cabinet::Assigned| Hand {
            name: name(&self.names, &one.person),
            part: self.s.say(&format!("part-{}", one.part)),
        };
        let line = |one: &Listed| {
            let own = hands.iter().filter(|hand| hand.draft == one.brief.id);
            self.line(one, own.map(hand).collect())
        };
        Ok(drafts.iter().map(line).collect())
    }

    fn line(&self, one: &Listed, hands: Vec<Hand>) -> Line {
        let (s, brief) = (self.s, &one.brief);
        let working = !matches!(brief.state.as_str(), "published" | "dropped");
        let overdue = working && one.due.is_some_and(|due| due < self.now);
        let wanted =
            |due: u64| s.with(if overdue { "line-overdue" } else { "line-due" }, &s.moment(due));
        let news = match one.news {
            News::None => String::new(),
            News::Changed => s.say("line-changed"),
            News::Unseen => s.say("line-unseen"),
        };
        Line {
            path: format!("/drafts/{}", hex::encode(&brief.id)),
            title: s.headline(&brief.title),
            dir: dir(&brief.lang),
            lang: brief.lang.clone(),
            state: s.say(&format!("state-{}", brief.state)),
            author: brief.name.clone(),
            writer: if one.writer == brief.name { String::new() } else { one.writer.clone() },
            follows: brief.follows && brief.state != State::Published.word(),
            due: self.due(&brief.id),
            wanted: one.due.filter(|_| working).map_or_else(String::new, wanted),
            overdue,
            news: if working { news } else { String::new() },
            returned: one.returned,
            hands,
            open: self.open(&brief.id),
            at: s.moment(brief.updated),
            local: s.local(brief.updated),
        }
    }

    fn due(&self, id: &Id) -> String {
        match self.due.iter().find(|due| due.draft.id == *id) {
            None => String::new(),
            Some(due) if matches!(due.why, Some(Why::Refused(_))) => self.s.say("schedule-failed"),
            Some(due) => self.s.moment(due.moment),
        }
    }

    /// Everybody who has a draft open, once.
    fn open(&self, id: &Id) -> String {
        let (_, here) = self.visit.inner.rooms.here(id, Instant::now());
        let mut names: Vec<String> = here.into_iter().map(|(_, one)| one.name).collect();
        names.sort();
        names.dedup();
        names.join(self.s.comma())
    }
}

/// The name of a person; nothing where there is none.
pub(super) fn name(names: &[Person], id: &Id) -> String {
    names.iter().find(|person| person.id == *id).map_or_else(String::new, |one| one.name.clone())
}
