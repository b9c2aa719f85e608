//! Several writers in one draft: lists of steps on a version, put into one order (decisions 015 and 016).

use super::document::{STRETCH, base, opened};
use super::{MOST, Opened, State};
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::commit::sha256;
use ovn_edition::editor::Sheet;
use ovn_edition::hex;
use ovn_store::cabinet::{Draft, Entry, Id, Saved, Since, Step};
use serde_json::Value;

/// Most steps in one list.
const LIST: usize = 2000;
/// The kinds of step that ProseMirror makes, each with the places that it names.
const KINDS: [(&str, &[&str]); 8] = [
    ("replace", &["from", "to"]),
    ("replaceAround", &["from", "to", "gapFrom", "gapTo", "insert"]),
    ("addMark", &["from", "to"]),
    ("removeMark", &["from", "to"]),
    ("addNodeMark", &["pos"]),
    ("removeNodeMark", &["pos"]),
    ("attr", &["pos"]),
    ("docAttr", &[]),
];

/// A list of steps, as a writer sends it.
#[derive(Debug, Clone, Copy)]
pub struct Steps<'a> {
    /// The version that they stand on.
    pub version: u64,
    /// Which open tab made them.
    pub writer: &'a str,
    /// ProseMirror's JSON of each.
    pub steps: &'a [Value],
    /// What the document is with them.
    pub sheet: &'a Sheet,
}

/// A draft that the caller may write, as it was looked up: what a list of steps is taken into.
#[derive(Debug, Clone)]
pub struct Writing {
    kept: Draft,
    state: State,
}

/// What happened in a draft since a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The newest version.
    pub version: u64,
    /// SHA-256 of its document, in hex: a writer whose own document has another takes this one.
    pub hash: String,
    /// The steps since then, in order, up to the first change that is no step.
    pub steps: Vec<Step>,
    /// The newest document, where more than these steps happened, or it is too long ago.
    pub opened: Option<Opened>,
}

/// What became of a list of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It is in the order, and this is the version with it.
    Kept(u64),
    /// Others came first; nothing was changed.
    Behind(Box<News>),
}

impl People {
    /// What happened in a draft that the caller may read, since version `after`.
    ///
    /// # Errors
    /// As [`People::document`].
    pub fn news(&self, caller: &Caller, id: &Id, after: u64) -> Result<News, Error> {
        self.draft(caller, id)?;
        let since = self.cabinet().since(id, after)?.ok_or(Refusal::Missing)?;
        let Since { draft, steps, whole } = since;
        let hash = |document: &str| hex::encode(&sha256(document.as_bytes()));
        let version = draft.version;
        if let Some(document) = draft.document.as_ref().filter(|_| whole) {
            return Ok(News { version, hash: hash(document), steps, opened: None });
        }
        let opened = opened(&draft)?;
        let hash = hash(&opened.document);
        Ok(News { version, hash, steps, opened: (!whole).then_some(opened) })
    }

    /// A draft that the caller may write, before what they send is even read.
    ///
    /// # Errors
    /// As [`People::save`].
    pub fn writing(&self, caller: &Caller, id: &Id) -> Result<Writing, Error> {
        let kept = self.draft(caller, id)?;
        let state = self.may(caller, Act::Write, &kept)?;
        Ok(Writing { kept, state })
    }

    /// Puts a list of steps behind the newest version, if that is the one that it stands on: whole or not at all.
    ///
    /// # Errors
    /// As [`People::save`]; [`Refusal::Text`] for what is no list of steps, and for what is suggested in another's name.
    pub fn send(&self, caller: &Caller, into: Writing, sent: Steps<'_>) -> Result<Sent, Error> {
        let Writing { kept, state } = into;
        let id = &kept.id.to_owned();
        check(&sent).map_err(Refusal::Text)?;
        if kept.version != sent.version {
            return Ok(Sent::Behind(Box::new(self.news(caller, id, sent.version)?)));
        }
        self.own_suggestions(caller, &kept, sent.sheet)?;
        let saved = match self.only_places(&kept, sent.steps, sent.writer, sent.sheet)? {
            Some(saved) => saved,
            None => self.write(caller, kept, state, sent)?,
        };
        match saved {
            Saved::Kept(version) => Ok(Sent::Kept(version)),
            Saved::Conflict(_) => {
                Ok(Sent::Behind(Box::new(self.news(caller, id, sent.version)?)))
            }
            Saved::Missing => Err(Refusal::Missing.into()),
        }
    }

    /// Keeps steps that change the text.
    fn write(
        &self,
        caller: &Caller,
        kept: Draft,
        state: State,
        sent: Steps<'_>,
    ) -> Result<Saved, Error> {
        let article = sent.sheet.onto(&base(&kept)?);
        let next = self.next(caller, kept, state, &article, sent.sheet.write())?;
        let numbered = |(number, step): (u64, &Value)| Step {
            number,
            writer: sent.writer.to_owned(),
            step: step.to_string(),
        };
        let steps: Vec<Step> = (sent.version + 1..).zip(sent.steps).map(numbered).collect();
        let entry = Entry::Together { since: next.updated.saturating_sub(STRETCH) };
        Ok(self.cabinet().save_as(&next, entry, &steps, &self.save_note(caller, &next))?)
    }
}

/// Whether these are letters and digits by which an open tab is known.
#[must_use]
pub fn is_tab(writer: &str) -> bool {
    let good = |letter: char| letter.is_ascii_alphanumeric();
    (8..=64).contains(&writer.len()) && writer.chars().all(good)
}

/// Whether everything in a list has the shape of a step. What it does to the document is the writer's word, which the
/// document beside it is held against by every other writer.
fn check(sent: &Steps<'_>) -> Result<(), String> {
    if sent.steps.is_empty() || sent.steps.len() > LIST {
        return Err(format!("{} steps in one list; it has 1 to {LIST}", sent.steps.len()));
    }
    if !is_tab(sent.writer) {
        return Err("the writer is not 8 to 64 letters and digits".into());
    }
    for (number, step) in sent.steps.iter().enumerate() {
        let kind = step.get("stepType").and_then(Value::as_str).unwrap_or_default();
        let known = KINDS.iter().find(|(name, _)| *name == kind);
        let (_, places) = known.ok_or_else(|| format!("/steps/{number}: no step that is known"))?;
        let place = |name: &&&str| step.get(**name).and_then(Value::as_u64);
        let far = |at: u64| at > ovn_edition::editor::MAX_BYTES as u64;
        for name in *places {
            if place(&name).is_none_or(far) {
                return Err(format!("/steps/{number}/{name}: no place in a document"));
            }
        }
        if step.to_string().len() > MOST {
            return Err(format!("/steps/{number}: longer than {MOST} bytes"));
        }
    }
    Ok(())
}
