//! Questions put to passkeys and not answered yet: kept here and not by the browser, each for one answer within five minutes.
//!
//! They end with the process. Nothing is pushed out while there is room. When there is none, a question of whoever has most
//! goes, and none of a browser that somebody has signed in with before while a stranger's is there.

use ovn_store::cabinet::{Hash, Id};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration};

/// How long an answer is waited for, ms.
const LIFE: u64 = 5 * 60 * 1000;
/// Questions of all: a few hundred bytes each. Behind a proxy all strangers are one network, so many that nobody fills it
/// while somebody else lays a finger on a key.
const MOST: usize = 20_000;

/// What was asked.
#[derive(Debug)]
pub(super) enum State {
    /// Whether a passkey that is kept is there.
    Known(Box<DiscoverableAuthentication>),
    /// For a new one.
    New(Box<PasskeyRegistration>),
}

/// Who asks.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    /// The browser that somebody has signed in with before, or the network.
    pub(super) group: Hash,
    /// Whether it is such a browser.
    pub(super) known: bool,
    /// What the answer has to come with: the visitor's own cookie, and for what it is.
    pub(super) bound: Hash,
}

#[derive(Debug)]
struct Asked {
    by: Asker,
    order: u64,
    at: u64,
    state: State,
}

#[derive(Debug, Default)]
struct All {
    asked: HashMap<Id, Asked>,
    order: u64,
}

/// The questions of one process.
#[derive(Debug, Default)]
pub(super) struct Pending(Mutex<All>);

impl Pending {
    /// Keeps a question under a random name.
    pub(super) fn put(&self, name: Id, by: Asker, state: State, now: u64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.asked.len() >= MOST {
            all.asked.retain(|_, one| now.saturating_sub(one.at) < LIFE);
        }
        if all.asked.len() >= MOST {
            drop_one(&mut all.asked);
        }
        all.order += 1;
        let order = all.order;
        all.asked.insert(name, Asked { by, order, at: now, state });
    }

    /// Takes a question out, for its one answer; `None` for another's, for one that was answered, and after five minutes.
    pub(super) fn take(&self, name: &Id, bound: &Hash, now: u64) -> Option<State> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.asked.get(name)?.by.bound != *bound {
            return None;
        }
        let one = all.asked.remove(name)?;
        (now.saturating_sub(one.at) < LIFE).then_some(one.state)
    }
}

/// Drops the oldest question of the group with most, among strangers if there are any.
fn drop_one(asked: &mut HashMap<Id, Asked>) {
    let mut counts: HashMap<(bool, Hash), usize> = HashMap::new();
    for one in asked.values() {
        *counts.entry((!one.by.known, one.by.group)).or_default() += 1;
    }
    let worst = counts.iter().max_by_key(|((stranger, _), count)| (*stranger, **count));
    let Some((&(stranger, group), _)) = worst else { return };
    let theirs = asked.iter().filter(|(_, one)| one.by.known != stranger && one.by.group == group);
    if let Some(name) = theirs.min_by_key(|(_, one)| one.order).map(|(name, _)| *name) {
        asked.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::passkeys::Passkeys;

    const NOW: u64 = 1_764_000_000_000;

    fn asker(group: u16, known: bool) -> Asker {
        let mut hash = [0; 32];
        hash[..2].copy_from_slice(&group.to_be_bytes());
        Asker { group: hash, known, bound: [1; 32] }
    }

    fn name(number: u32) -> Id {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        id
    }

    fn fresh() -> (Passkeys, Pending) {
        (Passkeys::at("http://localhost:8081", "The Lantern").unwrap(), Pending::default())
    }

    #[test]
    fn case_055_a_question_is_answered_once_in_time_and_by_its_own_visitor() {
        let (keys, pending) = fresh();
        let put = |number: u32| pending.put(name(number), asker(1, false), keys.question(), NOW);
        put(1);
        assert!(pending.take(&name(1), &[2; 32], NOW).is_none(), "another visitor's");
        assert!(pending.take(&name(2), &[1; 32], NOW).is_none(), "none");
        assert!(pending.take(&name(1), &[1; 32], NOW + LIFE - 1).is_some());
        assert!(pending.take(&name(1), &[1; 32], NOW).is_none(), "answered");
        put(3);
        assert!(pending.take(&name(3), &[1; 32], NOW + LIFE).is_none(), "too late");
    }

    #[test]
    fn case_050_a_flood_of_questions_pushes_nobody_out() {
        let (keys, pending) = fresh();
        let put = |number: u32, by: Asker| pending.put(name(number), by, keys.question(), NOW);
        put(0, asker(0, true));
        put(1, asker(1, false));
        let most = u32::try_from(MOST).unwrap();
        for number in 2..most {
            put(number, asker(2, false));
        }
        assert!(pending.take(&name(2), &[1; 32], NOW).is_some(), "there was room");
        for number in most..most + 100 {
            put(number, asker(2, false));
        }
        assert_eq!(pending.0.lock().unwrap().asked.len(), MOST);
        assert!(pending.take(&name(3), &[1; 32], NOW).is_none(), "the oldest of the flood");
        assert!(pending.take(&name(1), &[1; 32], NOW).is_some(), "another network's");
        for number in most + 100..most + 200 {
            put(number, asker(u16::try_from(number % 1000 + 10).unwrap(), false));
        }
        assert_eq!(pending.0.lock().unwrap().asked.len(), MOST);
        assert!(pending.take(&name(0), &[1; 32], NOW).is_some(), "a known browser's");
    }
}
