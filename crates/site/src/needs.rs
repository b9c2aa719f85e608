//! What a page is made of, by name, and when each of it last changed: a seal touches the pages that it changes and no
//! others.
//!
//! A page that needs nothing but what did not change is right without being made again. Whatever is not known for sure
//! counts as changed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{PoisonError, RwLock};

use ovn_edition::leaf::Id;

/// Names that are remembered; beyond that everything counts as changed once.
const MOST: usize = 200_000;

/// A part of what a page shows. Two parts may share a number, which makes a page be looked at once too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Part(u64);

impl Part {
    fn named(kind: &str, name: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        (kind, name).hash(&mut hasher);
        Self(hasher.finish())
    }

    /// An article or policy: its revisions and what was removed of them.
    pub(crate) fn article(id: &Id) -> Self {
        Self::named("article", id)
    }

    /// What is at this address, and what translates it.
    pub(crate) fn translations(path: &str) -> Self {
        Self::named("translations", path)
    }

    /// The articles of a story.
    pub(crate) fn story(name: &str) -> Self {
        Self::named("story", name)
    }

    /// Which policies there are.
    pub(crate) fn policies() -> Self {
        Self::named("policies", "")
    }
}

/// What has to change for a page to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Any seal may change it.
    Everything,
    /// Only a change of one of these.
    Parts(Box<[Part]>),
}

/// What changed in which generation of the store.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    seen: RwLock<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// All changes of the generations after `from` up to `to` are in `last`.
    from: u64,
    to: u64,
    last: HashMap<Part, u64>,
}

impl Changes {
    /// Whether a page that was right in generation `then` and needs `needs` is right in generation `now`.
    pub(crate) fn leave(&self, needs: &Needs, then: u64, now: u64) -> bool {
        if then >= now {
            return true;
        }
        let Needs::Parts(parts) = needs else { return false };
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        let known = seen.from <= then && now <= seen.to;
        known && parts.iter().all(|part| seen.last.get(part).is_none_or(|last| *last <= then))
    }

    /// Notes that up to `generation` nothing but `parts` changed since the last note; `None` when that is not known.
    pub(crate) fn note(&self, generation: u64, parts: Option<&[Part]>) {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        match parts.filter(|parts| seen.last.len() + parts.len() <= MOST) {
            Some(parts) => seen.last.extend(parts.iter().map(|part| (*part, generation))),
            None => *seen = Seen { from: generation, ..Seen::default() },
        }
        seen.to = generation;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stays_right_until_what_it_needs_changes() {
        let changes = Changes::default();
        let (a, b) = (Part::story("a"), Part::story("b"));
        let check = |needs: &Needs, then, now, expected| {
            assert_eq!(changes.leave(needs, then, now), expected, "{needs:?} {then} {now}");
        };
        let needs = |parts: &[Part]| Needs::Parts(parts.into());
        check(&needs(&[a]), 5, 5, true);
        check(&needs(&[a]), 5, 6, false);
        changes.note(5, None);
        changes.note(6, Some(&[a]));
        check(&needs(&[b]), 5, 6, true);
        changes.note(8, Some(&[b]));
        check(&Needs::Everything, 5, 6, false);
        check(&Needs::Everything, 7, 6, true);
        check(&needs(&[a]), 5, 8, false);
        check(&needs(&[b]), 5, 8, false);
        check(&needs(&[a]), 6, 8, true);
        check(&needs(&[a, b]), 6, 8, false);
        check(&needs(&[]), 5, 8, true);
        check(&needs(&[]), 4, 8, false);
        check(&needs(&[]), 5, 9, false);
        changes.note(9, None);
        check(&needs(&[]), 8, 9, false);
        check(&needs(&[]), 9, 9, true);
        let many: Vec<Part> =
            (0..=MOST).map(|number| Part::translations(&number.to_string())).collect();
        changes.note(10, Some(&many));
        check(&needs(&[]), 9, 10, false);
    }

    #[test]
    fn names_of_different_kinds_are_different_parts() {
        assert_ne!(Part::story("a"), Part::translations("a"));
        assert_ne!(Part::article(&[1; 16]), Part::article(&[2; 16]));
    }
}
