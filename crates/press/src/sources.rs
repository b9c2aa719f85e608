//! The newsroom's sources: put into a draft, kept in a library, fetched and archived, and what of them stays in the house.
//!
//! What a draft rests on stands in its article file, where publishing finds it as in any file. A confidential source stands
//! there as what readers may be told and a commitment, `custom.commitment`: SHA-256 over a block of the type `source` with
//! its own 32 random bytes (`ovn_edition::commit::block`). Who it is never leaves the cabinet.

pub(crate) mod adding;
mod amending;
mod copies;
mod given;

pub use adding::{Given, Secret};
pub use copies::Kept;
pub use given::{Upload, Waiting, facts_of};

use crate::people::entry::whose;
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use ovn_edition::{fold, hex};
use ovn_store::cabinet::{Id, Search, Source, Use, Who};
use ovn_verify::Opening;

/// Most sources of one list.
pub const LISTED: usize = 100;
/// Sources that are made findable in one go.
const FILLED: u64 = 500;

/// The folded words of a search.
fn words(query: &str) -> Vec<String> {
    fold::text(query).split_whitespace().take(20).map(str::to_owned).collect()
}

/// What a source is found by: title, address and party, and the words of a file that is not confidential.
fn found_by(one: &Source, file: &str) -> String {
    let url = one.url.as_deref().unwrap_or_default();
    let all = format!("{} {url} {}", one.title, one.speaks.as_deref().unwrap_or_default());
    let file = if one.commitment.is_some() { "" } else { file };
    fold::text(&format!("{all} {file}"))
}

impl People {
    /// The newest sources of the library that every word of `query` is said of. Confidential ones are among them only for
    /// those who may know of them.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn sources(&self, caller: &Caller, query: &str) -> Result<Vec<Source>, Error> {
        Ok(self.sources_from(caller, query, 0)?.0)
    }

    /// The same, page by page of [`LISTED`] from 0; and whether there are more.
    ///
    /// # Errors
    /// As [`People::sources`].
    pub fn sources_from(
        &self,
        caller: &Caller,
        query: &str,
        page: u64,
    ) -> Result<(Vec<Source>, bool), Error> {
        let all = allowed(&caller.person, Act::Read, Object::Others).is_ok();
        let who = if all { Who::All } else { Who::Own(&caller.person.id) };
        self.found(query, who, page.saturating_mul(LISTED as u64), LISTED)
    }

    /// Up to `most` sources that another draft can rest on, too: none that is confidential. And whether there are more.
    ///
    /// # Errors
    /// As [`People::sources`].
    pub fn offered_sources(&self, query: &str, most: usize) -> Result<(Vec<Source>, bool), Error> {
        self.found(query, Who::Nobody, 0, most)
    }

    fn found(
        &self,
        query: &str,
        who: Who<'_>,
        skip: u64,
        most: usize,
    ) -> Result<(Vec<Source>, bool), Error> {
        self.fill()?;
        let words = words(query);
        let search = Search { words: &words, who, skip, most: most as u64 + 1 };
        let mut found = self.cabinet().find_sources(&search)?;
        let more = found.len() > most;
        found.truncate(most);
        Ok((found, more))
    }

    /// Lets a search find the sources that were added before there was one.
    fn fill(&self) -> Result<(), Error> {
        loop {
            let old = self.cabinet().unsought(FILLED)?;
            if old.is_empty() {
                return Ok(());
            }
            let all: Vec<(Id, String)> =
                old.iter().map(|one| (one.id, found_by(one, ""))).collect();
            self.cabinet().seek(&all)?;
        }
    }

    /// A source that the caller may know of; another one is missing, as one that never was.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn source(&self, caller: &Caller, id: &Id) -> Result<Source, Error> {
        let found = self.cabinet().source(id)?.filter(|one| self.knows(caller, one));
        found.ok_or_else(|| Refusal::Missing.into())
    }

    /// Who is behind a confidential source is for whoever added it, and for those who may read everybody's drafts.
    fn knows(&self, caller: &Caller, one: &Source) -> bool {
        let own = whose(caller, &one.person);
        one.commitment.is_none() || allowed(&caller.person, Act::Read, own).is_ok()
    }

    /// What opens the commitment to a confidential source, for whoever may know of it to give to somebody who is to check
    /// it: JSON for `ovn verify --commitment`. `None` for a source that is none.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn opening(&self, caller: &Caller, id: &Id) -> Result<Option<String>, Error> {
        let one = self.source(caller, id)?;
        let (Some(details), Some(salt), Some(_)) = (one.details, one.salt, one.commitment) else {
            return Ok(None);
        };
        let salt = hex::encode(&salt);
        let file = self.cabinet().file_of(id)?.map(|file| hex::encode(&file.hash));
        let opening = Opening { at: one.at, details, file, salt, title: one.title };
        let json = serde_json::to_string_pretty(&opening);
        json.map(Some).map_err(|error| Refusal::Text(error.to_string()).into())
    }

    /// The drafts that use a source, of those that the caller may read.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn uses(&self, caller: &Caller, id: &Id) -> Result<Vec<Use>, Error> {
        let mut all = self.cabinet().uses(id)?;
        let reads = self.readable(caller)?;
        all.retain(|one| reads(&one.draft, &one.author));
        Ok(all)
    }
}
