//! What changed in a draft since somebody looked at it: who wrote, what they did with it, and which words differ.

use crate::people::{Caller, Error, People};
use ovn_edition::diff::{self, Change, How};
use ovn_edition::markdown;
use ovn_store::cabinet::{Draft, Id, Look, Noted};

/// Looks with no longer pauses than this are one sitting, ms.
const SITTING: u64 = 30 * 60 * 1000;
/// Most deeds that are told.
const DEEDS: u64 = 50;

/// What others did since somebody's look before this sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// How far they had read then.
    pub look: Look,
    /// The version that was the text then, or since they wrote in it.
    pub from: u64,
    /// Who else has written in it since, by name.
    pub writers: Vec<String>,
    /// What else others did with it, the newest first.
    pub deeds: Vec<Noted>,
}

impl Since {
    /// Whether there is anything to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.writers.is_empty() && self.deeds.is_empty()
    }
}

/// What others did, and the blocks that differ.
pub type Told = (Since, Vec<Change>);

impl People {
    /// Notes that the caller looks at a draft that they may read, and tells what others did since their last sitting; nothing
    /// when it is their first.
    ///
    /// # Errors
    /// When the cabinet can't be read or written.
    pub fn look(&self, caller: &Caller, draft: &Draft) -> Result<Option<Since>, Error> {
        let me = &caller.person.id;
        let look = match self.cabinet().look(&draft.id, me, self.now(), SITTING) {
            // A draft is read on a full disk, too; the next look is noted again.
            Err(error) if error.is_full() => self.cabinet().looked(&draft.id, me)?,
            look => look?,
        };
        look.map(|look| self.since(caller, &draft.id, look)).transpose()
    }

    /// What others did to a draft since the caller's last sitting, and the words that differ, block by block.
    ///
    /// # Errors
    /// [`crate::people::Refusal::Missing`].
    pub fn changes(&self, caller: &Caller, id: &Id) -> Result<(Draft, Option<Told>), Error> {
        let draft = self.draft(caller, id)?;
        let Some(look) = self.cabinet().looked(id, &caller.person.id)? else {
            return Ok((draft, None));
        };
        let since = self.since(caller, id, look)?;
        let old = self.cabinet().version_until(id, since.from)?.unwrap_or_default();
        let changes =
            if since.writers.is_empty() { Vec::new() } else { compared(&old.1, &draft.text) };
        let since = Since { from: old.0, ..since };
        Ok((draft, Some((since, changes))))
    }

    fn since(&self, caller: &Caller, id: &Id, look: Look) -> Result<Since, Error> {
        let me = &caller.person.id;
        // Whoever wrote has seen what stood there.
        let wrote = self.cabinet().wrote_last(id, me)?;
        let from = wrote.map_or(look.version, |wrote| wrote.max(look.version));
        let writers = self.cabinet().writers_since(id, me, from)?;
        let deeds = self.cabinet().deeds(id, me, look.deed, DEEDS)?;
        Ok(Since { look, from, writers, deeds })
    }
}

/// Two texts compared block by block, or word by word where one of them can't be read as an article.
fn compared(old: &str, new: &str) -> Vec<Change> {
    let read = |text: &str| markdown::unfinished(text.as_bytes()).ok().map(|read| read.article);
    match (read(old), read(new)) {
        (Some(old), Some(new)) => diff::articles(&old, &new),
        _ if old == new => Vec::new(),
        _ => {
            let ops = diff::words(old, new);
            vec![Change { part: "paragraph", old: None, new: None, how: How::Words, ops }]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_compared_by_words() {
        let check = |old: &str, new: &str, expected: usize| {
            assert_eq!(compared(old, new).len(), expected, "{old} {new}");
        };
        check("no article", "no article", 0);
        check("no article", "an article", 1);
        let text = |day: &str| format!("---\nheadline: A\nlang: en\n---\n\nOn {day}.\n\nMore.\n");
        check(&text("Monday"), &text("Tuesday"), 1);
        check(&text("Monday"), &text("Monday"), 0);
        check(&text("Monday"), "---\nheadline: [\n---\n", 1);
    }
}
