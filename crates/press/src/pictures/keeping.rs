//! Pictures of drafts: taken in, kept beside the cabinet under their hash with their renditions, and named by the draft's text.

use super::{kept, made, renditions};
use crate::people::secret::Token;
use crate::people::{Act, Caller, Error, People, Refusal};
use crate::sources::adding::{line, text};
use ovn_edition::commit::sha256;
use ovn_edition::model::{Block, Format};
use ovn_edition::{hex, markdown};
use ovn_store::cabinet::{Id, Note};
use std::time::Duration;

/// The longest description and the longest caption, in characters.
const LONGEST: usize = 1000;
/// How long a picture waits for the one before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A picture that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The name by which a draft's text shows it: `<sha256>.jpg` or `<sha256>.png`.
    pub name: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What is said of a picture.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// What it shows, for those who don't see it.
    pub alt: &'a str,
    /// What stands below it; may be empty.
    pub caption: &'a str,
    /// Who made it; may be empty.
    pub credit: &'a str,
}

/// A picture that a draft's text shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// As [`Kept::name`].
    pub name: String,
    /// What it shows, as the text says.
    pub alt: String,
}

impl People {
    /// Takes a picture in for a draft: what is kept of it is [`super::kept`]. The draft's text does not change.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Busy`], [`Refusal::Full`], and [`Refusal::Text`] with why the file
    /// is no picture for an article.
    pub fn keep_picture(&self, caller: &Caller, draft: &Id, bytes: &[u8]) -> Result<Kept, Error> {
        let draft = self.draft(caller, draft)?;
        self.may(caller, Act::Write, &draft)?;
        let (one, made) = {
            let _place = self.inner.drawing.try_lock_for(PATIENCE).ok_or(Refusal::Busy)?;
            let refused = |why| text(&format!("the file {why}"));
            let one = kept(bytes).map_err(refused)?;
            let made = renditions(&one.bytes).map_err(refused)?;
            (one, made::pack(&made).map_err(|error| text(&error.to_string()))?)
        };
        let ending = if one.format == Format::Png { "png" } else { "jpg" };
        let digest = sha256(&one.bytes);
        let name = format!("{}.{ending}", hex::encode(&digest));
        self.keep_file(&made::name(&digest), &made)?;
        self.keep_file(&name, &one.bytes)?;
        let note = self.note(&caller.person, "picture", Some(draft.id));
        self.cabinet().note(&Note { words: name.clone(), ..note })?;
        Ok(Kept { name, width: one.width, height: one.height })
    }

    /// Takes a picture in and shows it at the end of the draft's text, with what is said of it.
    ///
    /// # Errors
    /// As [`People::keep_picture`], and [`Refusal::Moved`].
    pub fn add_picture(
        &self,
        caller: &Caller,
        draft: &Id,
        bytes: &[u8],
        words: &Words<'_>,
    ) -> Result<Kept, Error> {
        let alt = line(words.alt, LONGEST)?.ok_or_else(|| {
            text("a picture has no description; say what it shows, for those who don't see it")
        })?;
        let caption = line(words.caption, LONGEST)?.unwrap_or_default();
        let credit = line(words.credit, LONGEST)?.unwrap_or_default();
        let kept = self.keep_picture(caller, draft, bytes)?;
        let (src, sha256, renditions) = (kept.name.clone(), None, Vec::new());
        let block = Block::Image { src, alt, caption, credit, sha256, renditions };
        self.amend(caller, draft, |now| Ok(((), markdown::with_block(&now.text, &block))))?;
        Ok(kept)
    }

    /// The bytes of a picture that was kept, compared with its name.
    ///
    /// # Errors
    /// [`Refusal::Missing`] also for what is damaged.
    pub fn picture(&self, caller: &Caller, draft: &Id, name: &str) -> Result<Vec<u8>, Error> {
        self.draft(caller, draft)?;
        self.kept_picture(name)
    }

    /// The same by a link to a draft's preview, for the pictures that its text shows and for no other.
    ///
    /// # Errors
    /// [`Refusal::Link`], [`Refusal::Missing`].
    pub fn picture_by_link(&self, token: &Token, name: &str) -> Result<Vec<u8>, Error> {
        let (draft, _) = self.by_link(token)?;
        if self.pictures(&draft.text).iter().any(|one| one.name == name) {
            self.kept_picture(name)
        } else {
            Err(Refusal::Missing.into())
        }
    }

    fn kept_picture(&self, name: &str) -> Result<Vec<u8>, Error> {
        let digest = name_of(name).ok_or(Refusal::Missing)?;
        let bytes = self.copies().read(name).ok().flatten();
        let bytes = bytes.filter(|bytes| sha256(bytes) == digest);
        bytes.ok_or_else(|| Refusal::Missing.into())
    }

    /// The kept pictures that a draft's text shows, in its order, each once.
    #[must_use]
    pub fn pictures(&self, file: &str) -> Vec<Shown> {
        let mut all: Vec<Shown> = Vec::new();
        for (place, _) in file.match_indices("](") {
            let (before, after) = (file.get(..place), file.get(place + 2..));
            let (Some(before), Some(after)) = (before, after) else { continue };
            let name: String = after
                .chars()
                .take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '.')
                .collect();
            if name_of(&name).is_none() || all.iter().any(|one| one.name == name) {
                continue;
            }
            let Some(start) = before.rfind("![") else { continue };
            let alt = before.get(start + 2..).unwrap_or_default().replace('\\', "");
            all.push(Shown { name, alt });
        }
        all
    }
}

/// The digest in a kept picture's name; `None` for any other name.
#[must_use]
pub fn name_of(name: &str) -> Option<[u8; 32]> {
    let digest = name.strip_suffix(".jpg").or_else(|| name.strip_suffix(".png"))?;
    hex::decode::<32>(digest)
}
