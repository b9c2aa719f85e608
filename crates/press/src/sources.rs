//! The newsroom's sources: put into a draft, kept in a library, fetched and archived, and what of them stays in the house.
//!
//! What a draft rests on stands in its article file, where publishing finds it as in any file. A confidential source stands
//! there as what readers may be told and a commitment, `custom.commitment`: SHA-256 over a block of the type `source` with
//! its own 32 random bytes (`ovn_edition::commit::block`). Who it is never leaves the cabinet.

pub(crate) mod adding;
mod copies;

pub use adding::{Given, Secret};
pub use copies::Kept;

use crate::people::entry::whose;
use crate::people::{Act, Caller, Error, People, Refusal, allowed};
use ovn_edition::{fold, hex};
use ovn_store::cabinet::{Id, Source, Use};
use ovn_verify::Opening;

impl People {
    /// The sources of the library in whose title, address or party every word of `query` stands, the newest first.
    /// Confidential ones are among them only for those who may know of them.
    ///
    /// # Errors
    /// [`Refusal::Role`].
    pub fn sources(&self, caller: &Caller, query: &str) -> Result<Vec<Source>, Error> {
        let words: Vec<String> =
            fold::text(query).split_whitespace().take(20).map(str::to_owned).collect();
        let matches = |one: &Source| {
            let url = one.url.as_deref().unwrap_or_default();
            let all = format!("{} {url} {}", one.title, one.speaks.as_deref().unwrap_or_default());
            let all = fold::text(&all);
            words.iter().all(|word| all.contains(word.as_str()))
        };
        let mut all = self.cabinet().sources()?;
        all.retain(|one| self.knows(caller, one) && matches(one));
        Ok(all)
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
        let opening = Opening { at: one.at, details, salt, title: one.title };
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
