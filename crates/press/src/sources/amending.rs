//! Changing a draft's article file beside its document: suggestions and comments that stand in the document stay there.

use super::adding::text;
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::markdown;
use ovn_store::cabinet::{Draft, Id, Note, Saved};

/// How often a draft is read again when somebody else saves it in the same moment.
const TRIES: usize = 5;

impl People {
    /// Changes a draft's text as it stands now, again when somebody else saves it in the same moment.
    pub(crate) fn amend<T>(
        &self,
        caller: &Caller,
        draft: &Id,
        change: impl Fn(&Draft) -> Result<(T, String), markdown::Problem>,
    ) -> Result<T, Error> {
        let save = |next: &Draft, note: &Note, _: &T| self.cabinet().save(next, note);
        self.amended(caller, draft, change, save)
    }

    /// The same, where something else is kept together with the text.
    pub(super) fn amended<T>(
        &self,
        caller: &Caller,
        draft: &Id,
        change: impl Fn(&Draft) -> Result<(T, String), markdown::Problem>,
        save: impl Fn(&Draft, &Note, &T) -> Result<Saved, ovn_store::Error>,
    ) -> Result<T, Error> {
        for _ in 0..TRIES {
            let kept = self.draft(caller, draft)?;
            let state = self.may(caller, Act::Write, &kept)?;
            let changed = change(&kept).map_err(|problem| text(&problem.to_string()));
            let (made, changed) = changed?;
            let next = self.following(caller, kept, state, changed)?;
            match save(&next, &self.save_note(caller, &next), &made)? {
                Saved::Kept(_) => return Ok(made),
                Saved::Conflict(_) => {}
                Saved::Missing => return Err(Refusal::Missing.into()),
            }
        }
        Err(Refusal::Moved.into())
    }
}
