//! Suggestions in a draft: deciding one without the editor, and seeing that nobody suggests in another's name.

use super::document::{STRETCH, base, opened, read};
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::editor::{self, Sheet, Suggestion};
use ovn_edition::hex;
use ovn_store::cabinet::{Draft, Entry, Id, Saved, Suggested};
use std::collections::BTreeSet;

/// How often a decision is made anew on a text that others save at the same time.
const TRIES: usize = 5;

/// Which suggestions are decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one that is in this place of the list, from 0, if it still says what [`mark`] gave.
    One(usize, String),
    /// Every one, if the draft still has this version.
    All(u64),
}

/// What a suggestion is known by, as long as it says the same.
#[must_use]
pub fn mark(one: &Suggestion) -> String {
    let Suggestion { by, at, struck, added, .. } = one;
    let said = format!("{by}\n{at}\n{struck}\n{added}");
    hex::encode(&ovn_edition::commit::sha256(said.as_bytes())).chars().take(32).collect()
}

impl People {
    /// The open suggestions of a draft that the caller may read, in the order of the text.
    ///
    /// # Errors
    /// As [`People::document`].
    pub fn suggestions(&self, caller: &Caller, id: &Id) -> Result<(Draft, Vec<Suggestion>), Error> {
        let draft = self.draft(caller, id)?;
        let all = match &draft.document {
            Some(document) => read(document)?.listed(),
            None => Vec::new(),
        };
        Ok((draft, all))
    }

    /// Accepts or rejects suggestions, as a change of the text that open editors take in.
    ///
    /// # Errors
    /// As [`People::save`]; [`Refusal::Moved`] when what was to be decided says something else by now.
    pub fn decide(
        &self,
        caller: &Caller,
        id: &Id,
        which: &Which,
        accept: bool,
    ) -> Result<(), Error> {
        for _ in 0..TRIES {
            let kept = self.draft(caller, id)?;
            let state = self.may(caller, Act::Write, &kept)?;
            let sheet = read(&opened(&kept)?.document)?;
            let settled = match which {
                Which::All(version) if *version == kept.version => sheet.all_settled(accept),
                Which::All(_) => return Err(Refusal::Moved.into()),
                Which::One(number, said) => {
                    let number = placed(&sheet.listed(), *number, said).ok_or(Refusal::Moved)?;
                    sheet.settled(number, accept).map(|one| one.unwrap_or(sheet))
                }
            };
            let settled = settled.map_err(|problem| Refusal::Text(problem.to_string()))?;
            self.own_suggestions(caller, &kept, &settled)?;
            let article = settled.onto(&base(&kept)?);
            let next = self.next(caller, kept, state, &article, settled.write())?;
            let entry = Entry::Together { since: next.updated.saturating_sub(STRETCH) };
            let note = self.save_note(caller, &next);
            match self.cabinet().save_as(&next, entry, &[], &note)? {
                Saved::Kept(_) => return Ok(()),
                Saved::Conflict(_) => {}
                Saved::Missing => return Err(Refusal::Missing.into()),
            }
        }
        Err(Refusal::Moved.into())
    }

    /// Sees that whatever is suggested anew in `sheet` is suggested by the caller. What was in the draft before may come
    /// back: undo brings back what somebody else suggested, with their name.
    ///
    /// # Errors
    /// [`Refusal::Text`] with `suggested`.
    pub(super) fn own_suggestions(
        &self,
        caller: &Caller,
        kept: &Draft,
        sheet: &Sheet,
    ) -> Result<(), Error> {
        let before = authors(kept);
        let now = sheet.authors();
        let me = hex::encode(&caller.person.id);
        for one in now.difference(&before).filter(|(by, _)| *by != me) {
            if !self.cabinet().was_suggested(&kept.id, one)? {
                return Err(Refusal::Text("suggested".into()).into());
            }
        }
        let changed: Vec<Suggested> = now.symmetric_difference(&before).cloned().collect();
        if !changed.is_empty() {
            self.cabinet().suggested(&kept.id, &changed)?;
        }
        Ok(())
    }
}

/// Who suggests what in the document of a draft.
fn authors(kept: &Draft) -> BTreeSet<Suggested> {
    let document = kept.document.as_deref().filter(|text| text.contains("\"by\":"));
    let sheet = document.and_then(|text| editor::read(text.as_bytes()).ok());
    sheet.map(|sheet| sheet.authors()).unwrap_or_default()
}

/// Where the suggestion is by now that was in place `number` and said this.
fn placed(all: &[Suggestion], number: usize, said: &str) -> Option<usize> {
    let is = |one: &Suggestion| mark(one) == said;
    if all.get(number).is_some_and(is) {
        return Some(number);
    }
    // Others may have come or gone before it. Two that say the same at one second by one person are told apart by nobody.
    all.iter().position(is)
}
