//! Urdu attributions: the verb comes last, and نے marks who speaks.

use super::Attribution;
use crate::reading::Reading;

pub(super) fn of(_reading: &Reading<'_>) -> Vec<Attribution> {
    Vec::new()
}
