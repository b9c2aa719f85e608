//! Files that somebody gives as sources: looked at, kept by their hash, and published only when somebody decided what they tell.

use super::adding::{Given, text};
use super::copies;
use crate::files::{self, Fact};
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::commit::sha256;
use ovn_edition::model::Block;
use ovn_edition::{hex, markdown};
use ovn_store::cabinet::{File, Hash, Id, Note, Source};
use std::time::Duration;

/// How long a file waits for the one before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A file as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// As the sender's machine calls it.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// A file that a text would publish, and that tells about its maker what nobody has decided to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its source.
    pub source: Id,
    /// What the source is called.
    pub title: String,
    /// What the file tells.
    pub facts: Vec<Fact>,
}

/// What was found about a file when it was taken in.
#[must_use]
pub fn facts_of(file: &File) -> Vec<Fact> {
    serde_json::from_str(&file.facts).unwrap_or_default()
}

impl People {
    /// Takes a file in as a source of a draft, as it came; gives the id by which the draft cites it. Confidential, it is
    /// kept apart, and the text has a commitment to its hash alone.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`], [`Refusal::Busy`], [`Refusal::Full`], and
    /// [`Refusal::Text`] with why it is none that is kept, or what of its description is wrong. Nothing is kept then.
    pub fn give(
        &self,
        caller: &Caller,
        draft: &Id,
        given: &Given<'_>,
        upload: Upload<'_>,
    ) -> Result<String, Error> {
        let kept = self.draft(caller, draft)?;
        self.may(caller, Act::Write, &kept)?;
        let looked = {
            let _place = self.inner.drawing.try_lock_for(PATIENCE).ok_or(Refusal::Busy)?;
            files::look(upload.name, upload.bytes)
                .map_err(|why| text(&format!("the file {why}")))?
        };
        let name = files::name_shown(upload.name);
        let own = name.rsplit_once('.').map_or(name.as_str(), |(before, _)| before);
        let blank = given.title.trim().is_empty() && given.secret.is_none();
        let given = if blank { Given { title: own, ..*given } } else { *given };
        let hash = sha256(upload.bytes);
        let one = Source { file: Some(hash), ..self.of(caller, &given, Some(&hash))? };
        let file = File {
            source: one.id,
            hash,
            ending: looked.kind.ending().to_owned(),
            name: name.clone(),
            named: looked.named,
            bytes: upload.bytes.len() as u64,
            facts: serde_json::to_string(&looked.facts)
                .map_err(|error| text(&error.to_string()))?,
            decided: None,
            decider: None,
        };
        let place = copies::place(&one, &file);
        let new = self.copies().digest(&place).ok().flatten().is_none();
        self.keep_file(&place, upload.bytes)?;
        let put = self.put(caller, draft, &one, &given, Some((&file, &looked.words)));
        if put.is_err() && new && self.cabinet().file_of(&one.id).is_ok_and(|file| file.is_none()) {
            self.copies().remove(&place).unwrap_or_else(|error| {
                tracing::warn!(%error, "a file of no source stays beside the cabinet");
            });
        }
        put
    }

    /// The file that a source is, for whoever may know the source; none where it is no file.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn file(&self, caller: &Caller, source: &Id) -> Result<Option<File>, Error> {
        self.source(caller, source)?;
        Ok(self.cabinet().file_of(source)?)
    }

    /// The files of a text that keep it from being published, because they tell about their makers what nobody has decided.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn waiting(&self, file: &str) -> Result<Vec<Waiting>, Error> {
        let mut all: Vec<Waiting> = Vec::new();
        for hash in named(file) {
            let known = self.cabinet().files_with(&hash)?;
            let told = |file: &&File| !facts_of(file).is_empty();
            if known.iter().any(|file| file.decided.is_some()) {
                continue;
            }
            if let Some(file) = known.iter().find(told) {
                let title = self.cabinet().source(&file.source)?.map(|one| one.title);
                let title = title.unwrap_or_default();
                all.push(Waiting { source: file.source, title, facts: facts_of(file) });
            }
        }
        Ok(all)
    }

    /// Decides for a draft that a file of its text is published as it is, with what it tells.
    ///
    /// # Errors
    /// [`Refusal::Missing`] also for a source that the draft's text does not publish, [`Refusal::Role`], [`Refusal::Moved`].
    pub fn publish_as_is(&self, caller: &Caller, draft: &Id, source: &Id) -> Result<(), Error> {
        let kept = self.draft(caller, draft)?;
        self.allowed_to(caller, Act::Write, &kept.id, &kept.author)?;
        let waits = self.waiting(&kept.text)?.into_iter().find(|one| one.source == *source);
        let Some(one) = waits else {
            // Decided in this very moment by somebody else: that is what was wanted.
            let file = self.cabinet().file_of(source)?.filter(|file| file.decided.is_some());
            return file.map(|_| ()).ok_or_else(|| Refusal::Missing.into());
        };
        let note = self.note(&caller.person, "as-is", Some(*draft));
        self.cabinet().decide_file(source, &Note { words: one.title, ..note })?;
        Ok(())
    }

    /// Whether every file that a text would publish is one that lies beside it and waits for no decision.
    pub(crate) fn may_leave(&self, file: &str) -> Result<(), Error> {
        let Ok(article) = markdown::read(file.as_bytes()) else { return Ok(()) };
        let files = article.references.iter().filter_map(|source| source.custom("file"));
        let pictures = article.body.iter().filter_map(|block| match block {
            Block::Image { src, sha256: None, .. } if !src.contains("://") => Some(src.as_str()),
            _ => None,
        });
        // In a folder within it lies what was given in confidence.
        if let Some(name) = files.chain(pictures).find(|name| name.contains('/')) {
            return Err(text(&format!("the text names the file {name:?}, which no draft has")));
        }
        if self.waiting(file)?.is_empty() { Ok(()) } else { Err(text("files")) }
    }
}

/// The hashes of the files that the sources of a text name.
fn named(file: &str) -> Vec<Hash> {
    let Ok(read) = markdown::unfinished(file.as_bytes()) else { return Vec::new() };
    let names = read.article.references.iter().filter_map(|source| source.custom("file"));
    let hash = |name: &str| hex::decode::<32>(name.split_once('.')?.0);
    names.filter_map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_publishes_is_named_by_its_hash() {
        let digest = "ab".repeat(32);
        let text = format!(
            "---\nheadline: A\nlang: en\nreferences:\n  - id: a\n    custom: {{kind: document, file: {digest}.pdf}}\n  - id: b\n    custom: {{kind: document, file: notes.txt}}\n---\n\nWords.\n"
        );
        assert_eq!(named(&text), [[0xab; 32]]);
        assert_eq!(named("no head"), Vec::<Hash>::new());
        assert_eq!(copies::name_of(&[0xab; 32], None), format!("{digest}.warc"));
    }
}
