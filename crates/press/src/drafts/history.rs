//! A draft's history: versions with names, one taken up again as the newest, and each as an article to compare.

use crate::people::{Act, Caller, Error, People, Refusal};
use ovn_edition::editor;
use ovn_edition::markdown;
use ovn_edition::model::Article;
use ovn_edition::sealed;
use ovn_edition::text::one_line;
use ovn_store::cabinet::{Draft, Id, Note, Saved, Text};

/// The longest name of a version, in characters.
pub const LONGEST_NAME: usize = 80;

/// A state of a draft that can be compared with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A version that was kept.
    Version(u64),
    /// What readers see of the article that the draft follows, or became.
    Public,
}

/// What a side says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// The article, however unfinished; suggestions are left out of it.
    Article(Box<Article>),
    /// The text of a form that can't be read as an article.
    Text(String),
}

impl Wording {
    /// Its text, as the article file has it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Article(article) => markdown::write(article),
            Self::Text(text) => text.clone(),
        }
    }
}

impl People {
    /// Gives a version of a draft another name, or none when it is empty. Whoever may write the draft may, also once it is
    /// published.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Text`] with `version-name` when it is too long.
    pub fn name_version(
        &self,
        caller: &Caller,
        id: &Id,
        number: u64,
        name: &str,
    ) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        self.allowed_to(caller, Act::Write, &draft.id, &draft.author)?;
        let name = one_line(name);
        if name.chars().count() > LONGEST_NAME {
            return Err(Refusal::Text("version-name".into()).into());
        }
        let words =
            if name.is_empty() { number.to_string() } else { format!("{number} · {name}") };
        let verb = if name.is_empty() { "unname" } else { "name" };
        let note = Note { words, ..self.note(&caller.person, verb, Some(*id)) };
        if self.cabinet().name_version(id, number, &name, &note)? {
            Ok(())
        } else {
            Err(Refusal::Missing.into())
        }
    }

    /// Whether the caller may name versions of this draft.
    #[must_use]
    pub fn may_name(&self, caller: &Caller, draft: &Draft) -> bool {
        self.allowed_to(caller, Act::Write, &draft.id, &draft.author).is_ok()
    }

    /// Takes an older version up again as the newest, where `version` is still the newest; every version between stays.
    /// Open editors take it in as any text that a form saves, with what they have not sent yet on top.
    ///
    /// # Errors
    /// As [`People::save`]; [`Refusal::Moved`] also when somebody has written since.
    pub fn bring_back(
        &self,
        caller: &Caller,
        id: &Id,
        number: u64,
        version: u64,
    ) -> Result<(), Error> {
        let kept = self.draft(caller, id)?;
        let state = self.may(caller, Act::Write, &kept)?;
        let Text { text, document } = self.version(caller, id, number)?;
        if kept.version != version {
            return Err(Refusal::Moved.into());
        }
        if kept.text == text && kept.document == document {
            return Ok(());
        }
        let (title, lang, sections) = self.told_of(&text, &kept.lang);
        let next = Draft {
            state: state.word().into(),
            title,
            lang,
            sections,
            text,
            document,
            writer: caller.person.id,
            updated: self.now(),
            ..kept
        };
        let words = format!("{number} → {}", next.version + 1);
        let note = Note { words, ..self.note(&caller.person, "bring-back", Some(*id)) };
        match self.cabinet().save(&next, &note)? {
            Saved::Kept(_) => Ok(()),
            Saved::Conflict(_) => Err(Refusal::Moved.into()),
            Saved::Missing => Err(Refusal::Missing.into()),
        }
    }

    /// What a side of a comparison says.
    ///
    /// # Errors
    /// [`Refusal::Missing`] when there is no such version, or readers see no article.
    pub fn said(&self, caller: &Caller, id: &Id, side: Side) -> Result<Wording, Error> {
        match side {
            Side::Version(number) => Ok(said(self.version(caller, id, number)?)),
            Side::Public => {
                let draft = self.draft(caller, id)?;
                let article = self.public(&draft)?.ok_or(Refusal::Missing)?;
                Ok(Wording::Article(Box::new(article)))
            }
        }
    }

    /// What readers see of the article that a draft follows or became; `None` where there is none, or it was removed.
    ///
    /// # Errors
    /// When the edition can't be read.
    pub fn public(&self, draft: &Draft) -> Result<Option<Article>, Error> {
        let Some(id) = &draft.article else { return Ok(None) };
        let head = self.inner.reader.head_of(id)?.filter(|head| !head.withdrawn);
        let Some(head) = head else { return Ok(None) };
        let Some(newest) = self.inner.reader.revisions(&head.id)?.pop() else { return Ok(None) };
        Ok(sealed::read_article(&newest.document).ok().map(|(article, _)| article))
    }
}

/// A version as an article, however unfinished.
fn said(kept: Text) -> Wording {
    let Ok(base) = markdown::unfinished(kept.text.as_bytes()) else {
        return Wording::Text(kept.text);
    };
    let sheet = kept.document.as_ref().map(|text| editor::read(text.as_bytes()));
    match sheet {
        Some(Ok(sheet)) => Wording::Article(Box::new(sheet.onto(&base.article))),
        None if base.problems.is_empty() => Wording::Article(Box::new(base.article)),
        _ => Wording::Text(kept.text),
    }
}
