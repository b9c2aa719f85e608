//! The draft as the browser's editor holds it: a document beside the article file, one sequence of versions for both.

use super::State;
use super::writing::within;
use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::commit::sha256;
use ovn_edition::editor::{self, Sheet};
use ovn_edition::hex;
use ovn_edition::markdown::{self, Problem};
use ovn_edition::model::{Article, Block};
use ovn_store::cabinet::{Draft, Entry, Id, Saved};
use serde_json::Value;

/// How long what one writer's editor saves of itself is one version, ms.
pub(super) const STRETCH: u64 = 5 * 60 * 1000;
/// How often metadata is put into a text that others save at the same time.
const TRIES: usize = 5;

/// A draft's document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The draft's version.
    pub version: u64,
    /// In the spelling of [`Sheet::write`].
    pub document: String,
    /// Each source that can be cited: its id and title.
    pub references: Vec<(String, String)>,
}

/// What stands beside the editor's sheet: the metadata of the article file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// As [`markdown::about`] gives them.
    pub lines: String,
    /// By which a later save knows whether somebody has changed them meanwhile.
    pub hash: String,
}

/// What became of an attempt to save the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AboutSaved {
    /// It is kept, as this version of the draft.
    Kept(u64),
    /// Somebody saved other metadata meanwhile; nothing was changed.
    Conflict(About),
    /// What is wrong with it; nothing was changed.
    Wrong(Vec<Problem>),
}

impl People {
    /// The document of a draft that the caller may read.
    ///
    /// # Errors
    /// [`Refusal::Missing`]; [`Refusal::Text`] when the article file can't be read as a text, with the first reason.
    pub fn document(&self, caller: &Caller, id: &Id) -> Result<Opened, Error> {
        opened(&self.draft(caller, id)?)
    }

    /// Keeps a document as the version after `version`, and the article file that it makes. When somebody has saved
    /// another text meanwhile, nothing is changed and that one is given back.
    ///
    /// # Errors
    /// As [`People::save`].
    pub fn save_document(
        &self,
        caller: &Caller,
        id: &Id,
        version: u64,
        sheet: &Sheet,
    ) -> Result<Saved, Error> {
        let kept = self.draft(caller, id)?;
        let state = self.may(caller, Act::Write, &kept)?;
        let document = sheet.write();
        let base = base(&kept)?;
        if opened(&kept).is_ok_and(|opened| opened.document == document) {
            return Ok(Saved::Kept(kept.version));
        }
        if version != kept.version {
            return Ok(Saved::Conflict(Box::new(kept)));
        }
        self.own_suggestions(caller, &kept, sheet)?;
        let next = self.next(caller, kept, state, &sheet.onto(&base), document)?;
        let entry = Entry::Alone { since: next.updated.saturating_sub(STRETCH) };
        Ok(self.cabinet().save_as(&next, entry, &[], &self.save_note(caller, &next))?)
    }

    /// What stands beside the sheet; `None` while the article file's metadata can't be read.
    #[must_use]
    pub fn about(draft: &Draft) -> Option<About> {
        Some(about(&base(draft).ok()?))
    }

    /// Keeps `lines` as the metadata, if it still is what `hash` names; the text stays what it is.
    ///
    /// # Errors
    /// As [`People::save`].
    pub fn save_about(
        &self,
        caller: &Caller,
        id: &Id,
        hash: &str,
        lines: &str,
    ) -> Result<AboutSaved, Error> {
        for _ in 0..TRIES {
            let kept = self.draft(caller, id)?;
            let state = self.may(caller, Act::Write, &kept)?;
            let base = base(&kept)?;
            let now = about(&base);
            if now.hash != hash {
                return Ok(AboutSaved::Conflict(now));
            }
            let mut sheet = read(&opened(&kept)?.document)?;
            let article = match markdown::with_about(&sheet.onto(&base), lines) {
                Ok(article) => article,
                Err(problems) => return Ok(AboutSaved::Wrong(problems)),
            };
            sheet.lang.clone_from(&article.lang);
            let document = sheet.write();
            if let Err(problem) = editor::read(document.as_bytes()) {
                let (message, advice) = (problem.message, problem.advice.to_owned());
                return Ok(AboutSaved::Wrong(vec![Problem {
                    line: 1,
                    column: 1,
                    message,
                    advice,
                }]));
            }
            let next = self.next(caller, kept, state, &article, document)?;
            if let Saved::Kept(version) =
                self.cabinet().save(&next, &self.save_note(caller, &next))?
            {
                return Ok(AboutSaved::Kept(version));
            }
        }
        Err(Refusal::Moved.into())
    }

    pub(super) fn next(
        &self,
        caller: &Caller,
        kept: Draft,
        state: State,
        article: &Article,
        document: String,
    ) -> Result<Draft, Error> {
        let text = markdown::write(article);
        within(&text)?;
        Ok(Draft {
            state: state.word().into(),
            title: article.headline.clone(),
            lang: article.lang.clone(),
            sections: self.sections_of(article),
            text,
            document: Some(document),
            writer: caller.person.id,
            updated: self.now(),
            ..kept
        })
    }
}

impl People {
    /// What follows a draft whose article file was changed to `text` beside its document. What the document holds and the file
    /// does not, suggestions and the places of comments, stays; blocks that the text has at its end come to the document's.
    pub(crate) fn following(
        &self,
        caller: &Caller,
        kept: Draft,
        state: State,
        text: String,
    ) -> Result<Draft, Error> {
        let Some(document) = kept.document.clone() else {
            return self.after_text(caller, kept, state, text);
        };
        let before = base(&kept)?;
        let base = base(&Draft { text: text.clone(), ..kept.clone() })?;
        let Some(added) = base.body.strip_prefix(before.body.as_slice()) else {
            return self.after_text(caller, kept, state, text);
        };
        let mut sheet = read(&document)?;
        if !added.is_empty() {
            sheet = read(&with_blocks(&document, added)?)?;
        }
        self.next(caller, kept, state, &sheet.onto(&base), sheet.write())
    }
}

/// A document with some more blocks at its end.
fn with_blocks(document: &str, added: &[Block]) -> Result<String, Error> {
    let wrong = |error: serde_json::Error| Refusal::Text(error.to_string());
    let mut whole: Value = serde_json::from_str(document).map_err(wrong)?;
    let article = Article { lang: "en".into(), body: added.to_vec(), ..Article::default() };
    let own: Value = serde_json::from_str(&editor::write(&article)).map_err(wrong)?;
    // Headline and standfirst come first in every document.
    let blocks = own.get("content").and_then(Value::as_array).into_iter().flatten().skip(2);
    if let Some(content) = whole.get_mut("content").and_then(Value::as_array_mut) {
        content.extend(blocks.cloned());
    }
    let sheet = editor::from_value(&whole);
    Ok(sheet.map_err(|problem| Refusal::Text(problem.to_string()))?.write())
}

/// Whether the article file of a draft says all that its document says.
pub(super) fn faithful(draft: &Draft) -> bool {
    let Some(document) = &draft.document else { return true };
    let (Ok(sheet), Ok(article)) =
        (editor::read(document.as_bytes()), markdown::read(draft.text.as_bytes()))
    else {
        return false;
    };
    sheet.onto(&article) == article
}

/// How many suggestions in a draft's document nobody has accepted or rejected; while there are any, it is not published.
#[must_use]
pub fn suggestions(draft: &Draft) -> usize {
    let sheet = draft.document.as_ref().and_then(|text| editor::read(text.as_bytes()).ok());
    sheet.map_or(0, |sheet| sheet.suggestions)
}

/// A draft's document, whoever asks.
///
/// # Errors
/// [`Refusal::Text`].
pub fn opened(draft: &Draft) -> Result<Opened, Error> {
    let base = markdown::unfinished(draft.text.as_bytes()).map_err(first)?;
    let title = |source: &ovn_edition::model::Source| {
        let title = source.csl.get("title").and_then(|title| title.as_str());
        (source.id().to_owned(), title.unwrap_or_default().to_owned())
    };
    let references = base.article.references.iter().map(title).collect();
    let document = if let Some(document) = &draft.document {
        document.clone()
    } else {
        if !base.problems.is_empty() {
            return Err(first(base.problems));
        }
        let mut article = base.article;
        if article.body.is_empty() {
            article.body.push(Block::Paragraph { content: Vec::new() });
        }
        let document = editor::write(&article);
        read(&document)?;
        document
    };
    Ok(Opened { version: draft.version, document, references })
}

pub(super) fn read(document: &str) -> Result<Sheet, Error> {
    editor::read(document.as_bytes()).map_err(|problem| Refusal::Text(problem.to_string()).into())
}

/// The article that a document's parts are put into.
pub(super) fn base(draft: &Draft) -> Result<Article, Error> {
    Ok(markdown::unfinished(draft.text.as_bytes()).map_err(first)?.article)
}

fn about(article: &Article) -> About {
    let lines = markdown::about(article);
    let hash = hex::encode(&sha256(lines.as_bytes()));
    About { lines, hash }
}

#[allow(clippy::needless_pass_by_value)]
fn first(problems: Vec<Problem>) -> Error {
    Refusal::Text(problems.first().map_or_else(String::new, ToString::to_string)).into()
}
