//! Words for those who speak: titles, offices, people without a name, papers.

use crate::lists::List;
use std::sync::LazyLock;

static ROLES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/roles.txt")));

/// What a text itself says of somebody's gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// Whether `low` is on the list with this tag.
pub(super) fn has(low: &str, tag: &str) -> bool {
    ROLES.entry(low).is_some_and(|entry| entry.with.split(' ').any(|one| one == tag))
}

/// Whether `low` is on the list.
pub(super) fn is_role(low: &str) -> bool {
    ROLES.has(low)
}

/// The gender that the word itself states.
pub(super) fn gender(low: &str) -> Option<Gender> {
    match low {
        "he" | "his" | "him" => Some(Gender::Male),
        "she" | "her" => Some(Gender::Female),
        _ if has(low, "male") => Some(Gender::Male),
        _ if has(low, "female") => Some(Gender::Female),
        _ => None,
    }
}
