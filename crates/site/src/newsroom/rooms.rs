//! Who has which draft open, and a bell for each draft that wakes whoever waits for news of it. In memory: a restart
//! forgets it, and whoever is there says so again.

use ovn_store::cabinet::{Id, Person};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Who has said nothing for so long is gone.
const GONE: Duration = Duration::from_secs(45);
/// Most open tabs that a draft shows, and of one person.
const MOST: usize = 100;
const MOST_OF_ONE: usize = 8;

/// Rings when something about a draft may have changed.
pub(super) type Bell = watch::Receiver<()>;

/// Where somebody's caret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The version in which it is there.
    pub(super) version: u64,
    /// The end of the selection that stays.
    pub(super) anchor: u64,
    /// The end that moves.
    pub(super) head: u64,
}

/// An open tab.
#[derive(Debug, Clone)]
pub(super) struct Here {
    pub(super) person: Id,
    pub(super) name: String,
    pub(super) place: Option<Place>,
    at: Instant,
}

/// Every draft that somebody has open.
#[derive(Debug)]
pub(super) struct Rooms {
    /// What the counts begin with, so that those of before a restart are not taken for these.
    first: u64,
    all: Mutex<BTreeMap<Id, Room>>,
}

#[derive(Debug)]
struct Room {
    bell: watch::Sender<()>,
    /// Grows when somebody comes, moves or goes.
    number: u64,
    here: BTreeMap<String, Here>,
}

impl Room {
    fn new(number: u64) -> Self {
        Self { bell: watch::Sender::new(()), number, here: BTreeMap::new() }
    }

    fn changed(&mut self) {
        self.number += 1;
        self.bell.send_replace(());
    }

    /// Lets go whoever has said nothing for long.
    fn sweep(&mut self, now: Instant) {
        let before = self.here.len();
        self.here.retain(|_, one| now.saturating_duration_since(one.at) < GONE);
        if self.here.len() < before {
            self.changed();
        }
    }
}

impl Rooms {
    pub(super) fn new(first: u64) -> Self {
        Self { first, all: Mutex::default() }
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Id, Room>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A bell that rings from now on.
    pub(super) fn listen(&self, draft: &Id) -> Bell {
        let mut all = self.all();
        all.retain(|id, room| {
            id == draft || !room.here.is_empty() || room.bell.receiver_count() > 0
        });
        let first = self.first;
        all.entry(*draft).or_insert_with(|| Room::new(first)).bell.subscribe()
    }

    /// Wakes whoever waits for news of a draft.
    pub(super) fn ring(&self, draft: &Id) {
        if let Some(room) = self.all().get(draft) {
            room.bell.send_replace(());
        }
    }

    /// Wakes whoever waits for news of any draft.
    pub(super) fn ring_all(&self) {
        for room in self.all().values() {
            room.bell.send_replace(());
        }
    }

    /// Notes that a person's tab `writer` is open, and where its caret is; without a place, where it was.
    pub(super) fn come(
        &self,
        draft: &Id,
        writer: &str,
        person: &Person,
        place: Option<Place>,
        now: Instant,
    ) {
        let mut all = self.all();
        let first = self.first;
        let room = all.entry(*draft).or_insert_with(|| Room::new(first));
        room.sweep(now);
        if let Some(one) = room.here.get_mut(writer) {
            if one.person != person.id {
                return;
            }
            one.at = now;
            if place.is_some() && one.place != place {
                one.place = place;
                room.changed();
            }
            return;
        }
        let own = room.here.values().filter(|one| one.person == person.id).count();
        if room.here.len() < MOST && own < MOST_OF_ONE {
            let (id, name) = (person.id, person.name.clone());
            room.here.insert(writer.to_owned(), Here { person: id, name, place, at: now });
            room.changed();
        }
    }

    /// Notes that a person's tab is closed.
    pub(super) fn leave(&self, draft: &Id, writer: &str, person: &Person) {
        if let Some(room) = self.all().get_mut(draft)
            && room.here.get(writer).is_some_and(|one| one.person == person.id)
        {
            room.here.remove(writer);
            room.changed();
        }
    }

    /// Who is there, by tab, and the number that grows when that changes.
    pub(super) fn here(&self, draft: &Id, now: Instant) -> (u64, Vec<(String, Here)>) {
        let mut all = self.all();
        let Some(room) = all.get_mut(draft) else { return (self.first, Vec::new()) };
        room.sweep(now);
        let here = room.here.iter().map(|(writer, one)| (writer.clone(), one.clone()));
        (room.number, here.collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn person(number: u8) -> Person {
        Person {
            id: [number; 16],
            name: format!("Person {number}"),
            login: format!("person {number}"),
            role: "editor".into(),
            active: true,
            lang: "en".into(),
            at: 0,
        }
    }

    #[test]
    fn who_is_here_is_told_and_who_is_silent_is_gone() {
        let (rooms, draft, start) = (Rooms::new(50), [7; 16], Instant::now());
        let (one, two) = (person(1), person(2));
        let names = |now| {
            let (number, here) = rooms.here(&draft, now);
            let names: Vec<String> = here.into_iter().map(|(_, one)| one.name).collect();
            (number, names.join(", "))
        };
        let check = |seconds: u64, expected: (u64, &str)| {
            let (number, names) = names(start + Duration::from_secs(seconds));
            assert_eq!((number, names.as_str()), expected, "after {seconds} s");
        };
        check(0, (50, ""));
        let mut bell = rooms.listen(&draft);
        rooms.come(&draft, "tab one", &one, None, start);
        assert!(bell.has_changed().unwrap());
        bell.mark_unchanged();
        rooms.come(&draft, "tab one", &one, None, start + Duration::from_secs(20));
        assert!(!bell.has_changed().unwrap(), "being there still is no news");
        rooms.come(&draft, "tab two", &two, None, start + Duration::from_secs(20));
        check(20, (52, "Person 1, Person 2"));
        let place = Some(Place { version: 3, anchor: 4, head: 5 });
        rooms.come(&draft, "tab two", &one, place, start + Duration::from_secs(20));
        check(20, (52, "Person 1, Person 2"));
        rooms.come(&draft, "tab two", &two, place, start + Duration::from_secs(30));
        check(30, (53, "Person 1, Person 2"));
        check(66, (54, "Person 2"));
        rooms.leave(&draft, "tab two", &one);
        check(66, (54, "Person 2"));
        rooms.leave(&draft, "tab two", &two);
        check(66, (55, ""));
        drop(bell);
        drop(rooms.listen(&[8; 16]));
        assert_eq!(rooms.all().len(), 1, "what nobody has open is forgotten");
    }

    #[test]
    fn nobody_fills_a_room() {
        let (rooms, draft, now) = (Rooms::new(0), [7; 16], Instant::now());
        let one = person(1);
        for tab in 0..20 {
            rooms.come(&draft, &format!("tab {tab}"), &one, None, now);
        }
        assert_eq!(rooms.here(&draft, now).1.len(), MOST_OF_ONE);
    }
}
