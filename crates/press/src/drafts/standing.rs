//! How a text stands: saved, sealed, witnessed; each with when and by whom, as far as it holds.

use super::State;
use crate::people::{Error, People};
use ovn_store::cabinet::{Draft, Witnessed};
use ovn_store::rows::{Head, Revision};
use std::collections::BTreeMap;

/// An entry of the record, and whoever has signed a state of the record that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its number, from 0.
    pub entry: u64,
    /// When it was sealed, ms.
    pub at: u64,
    /// The name of whoever sealed it in the newsroom, where that is known.
    pub by: Option<String>,
    /// Each witness with the first state with the entry that it signed.
    pub witnesses: Vec<Witnessed>,
}

/// Who sealed what in the newsroom, by address and revision.
pub type Sealers = BTreeMap<String, String>;

impl People {
    /// Who sealed the newest articles.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn sealers(&self) -> Result<Sealers, Error> {
        Ok(self.cabinet().sealers()?.into_iter().collect())
    }

    /// How the newest revision of a published article stands; `None` where it has none that can be read.
    ///
    /// # Errors
    /// When the edition or the cabinet can't be read.
    pub fn article_stands(&self, head: &Head, sealers: &Sealers) -> Result<Option<Sealed>, Error> {
        let newest = self.inner.reader.revisions(&head.id)?.pop();
        newest.map(|newest| self.stands(&head.path, &newest, sealers)).transpose()
    }

    /// How the revision that a draft became stands; `None` where it is not published.
    ///
    /// # Errors
    /// As [`People::article_stands`].
    pub fn draft_stands(&self, draft: &Draft) -> Result<Option<Sealed>, Error> {
        let (State::Published, Some(id), Some(path)) =
            (State::of(draft), &draft.article, &draft.path)
        else {
            return Ok(None);
        };
        // A draft that follows revision `base` became the one after it; a first one is the first.
        let rev = draft.base.unwrap_or(0) + 1;
        let all = self.inner.reader.revisions(id)?;
        let own = all.into_iter().find(|one| u64::from(one.rev) == rev);
        let sealers = self.sealers()?;
        own.map(|own| self.stands(path, &own, &sealers)).transpose()
    }

    fn stands(&self, path: &str, one: &Revision, sealers: &Sealers) -> Result<Sealed, Error> {
        let by = sealers.get(&format!("{path} · {}", one.rev)).cloned();
        let witnesses = self.cabinet().witnesses(one.seq)?;
        Ok(Sealed { entry: one.seq, at: one.at, by, witnesses })
    }
}
