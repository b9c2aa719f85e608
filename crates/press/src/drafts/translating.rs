//! Translations: a draft of its own for each language, bound to the text that it translates until both are sealed.
//!
//! In the sealed document the translation names its original by address (`translation-of`); what else translates the same is
//! found from there, in both directions. While the original has no address, the cabinet has the bond, and publishing puts the
//! address in. Nothing is sealed as a translation of what readers can't find.

use super::State;
use super::document::base;
use crate::newsroom::Newsroom;
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use crate::publish::section_slug;
use ovn_edition::model::{Article, Block};
use ovn_edition::{markdown, sealed, text};
use ovn_store::cabinet::{Draft, Id, Kin, Saved};
use ovn_store::rows::{Head, HeadKind};

/// The text that a draft translates, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its headline.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// The draft that it is, if it is not published.
    pub draft: Option<Id>,
    /// Where readers find it.
    pub path: Option<String>,
    /// Its blocks in order, each with what it is (`h1`, `h2`, `p`, `quote`, `list`, `code`, `table`, `image`, `standfirst`) and
    /// its words.
    pub blocks: Vec<(&'static str, String)>,
}

/// A text that says the same in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sibling {
    /// Its headline.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// The draft that it is, if it is not published.
    pub draft: Option<Id>,
    /// Where readers find it.
    pub path: Option<String>,
}

impl People {
    /// Begins a translation of a draft, or of the article that it was published as. Where there is a draft of it in that
    /// language already, that one is given.
    ///
    /// # Errors
    /// [`Refusal::Missing`]; [`Refusal::Text`] with `sibling` when the article is published in that language, or another's
    /// draft of it is; with `lang` for the original's own language and one that the edition has not.
    pub fn translate(&self, caller: &Caller, id: &Id, lang: &str) -> Result<Id, Error> {
        let draft = self.draft(caller, id)?;
        if let Some(article) = draft.article {
            let head = self.reader().head_of(&article)?.filter(|head| !head.withdrawn);
            return self.translate_head(caller, head.ok_or(Refusal::Missing)?, lang);
        }
        if State::of(&draft) == State::Dropped {
            return Err(Refusal::Moved.into());
        }
        let kin = Kin { original: Some(draft.id), article: None };
        self.begin_translation(caller, &base(&draft)?, None, kin, lang)
    }

    /// Begins a translation of the published article at `path`.
    ///
    /// # Errors
    /// As [`People::translate`].
    pub fn translate_article(&self, caller: &Caller, path: &str, lang: &str) -> Result<Id, Error> {
        let head = self.reader().head(path)?;
        let head = head.filter(|head| !head.withdrawn && head.kind == HeadKind::Article);
        self.translate_head(caller, head.ok_or(Refusal::Missing)?, lang)
    }

    fn translate_head(&self, caller: &Caller, head: Head, lang: &str) -> Result<Id, Error> {
        let siblings = self.reader().siblings(&head.id)?;
        if siblings.iter().any(|one| one.lang == lang && !one.withdrawn) {
            return Err(Refusal::Text("sibling".into()).into());
        }
        let original = self.cabinet().published_as(&head.id)?;
        let kin = Kin { original, article: Some(head.id) };
        let path = head.translation_of.clone().unwrap_or_else(|| head.path.clone());
        self.begin_translation(caller, &self.sealed_text(&head)?, Some(path), kin, lang)
    }

    fn begin_translation(
        &self,
        caller: &Caller,
        original: &Article,
        path: Option<String>,
        kin: Kin,
        lang: &str,
    ) -> Result<Id, Error> {
        allowed(&caller.person, Act::Start, Object::Own)?;
        if original.lang == lang || !self.settings().languages.iter().any(|one| one == lang) {
            return Err(Refusal::Text("lang".into()).into());
        }
        let text = markdown::write(&self.untranslated(original, path, lang));
        let draft = self.first(caller, caller.person.id, &text, None)?;
        let note = self.note(&caller.person, "translate", Some(draft.id));
        match self.cabinet().translate(&draft, &kin, &note)? {
            None => Ok(draft.id),
            Some(other) => match self.draft(caller, &other) {
                Ok(other) => Ok(other.id),
                Err(Error::Refused(_)) => Err(Refusal::Text("sibling".into()).into()),
                Err(error) => Err(error),
            },
        }
    }

    /// What a translation begins with: no word of the text, and all that is the same in every language.
    fn untranslated(&self, original: &Article, path: Option<String>, lang: &str) -> Article {
        let settings = self.settings();
        let known = &settings.sections;
        let section = |name: &String| {
            let slug = section_slug(name, known)?;
            let section = known.iter().find(|one| one.slug == slug)?;
            Some(section.name.get(lang).cloned().unwrap_or(slug))
        };
        Article {
            lang: lang.to_owned(),
            translation_of: path,
            byline: original.byline.clone(),
            sections: original.sections.iter().filter_map(section).collect(),
            references: original.references.clone(),
            ..Article::default()
        }
    }

    /// The text of a published article.
    pub(crate) fn sealed_text(&self, head: &Head) -> Result<Article, Error> {
        let newest = self.reader().revisions(&head.id)?.pop().ok_or(Refusal::Missing)?;
        let article = sealed::read_article(&newest.document);
        article.map(|(article, _)| article).map_err(|error| Refusal::Text(error.to_string()).into())
    }

    /// The text that a draft translates, for whoever may read the draft: who translates a text may read it.
    ///
    /// # Errors
    /// When edition or cabinet can't be read.
    pub fn original(&self, draft: &Draft) -> Result<Option<Original>, Error> {
        let Some(kin) = self.cabinet().kin(&draft.id)? else { return Ok(None) };
        if let Some(head) = self.published_original(&kin)? {
            let article = self.sealed_text(&head)?;
            return Ok(Some(Original { path: Some(head.path), ..beside(&article, None) }));
        }
        let Some(original) = kin.original else { return Ok(None) };
        let Some(original) = self.cabinet().draft(&original)? else { return Ok(None) };
        let article = base(&original).unwrap_or_default();
        let (title, lang) = (original.title.clone(), original.lang.clone());
        Ok(Some(Original { title, lang, ..beside(&article, Some(original.id)) }))
    }

    /// The published article that a draft translates; none while there is none that readers find.
    fn published_original(&self, kin: &Kin) -> Result<Option<Head>, Error> {
        let by_draft = match kin.original {
            Some(id) => self.cabinet().draft(&id)?.and_then(|draft| draft.article),
            None => None,
        };
        let Some(article) = kin.article.or(by_draft) else { return Ok(None) };
        Ok(self.reader().head_of(&article)?.filter(|head| !head.withdrawn))
    }

    /// The other languages in which the text of a draft is there: drafts that the caller may read, and published articles.
    ///
    /// # Errors
    /// When edition or cabinet can't be read.
    pub fn siblings(&self, caller: &Caller, draft: &Draft) -> Result<Vec<Sibling>, Error> {
        let kin = self.cabinet().kin(&draft.id)?;
        let article = match (draft.article, &kin) {
            (Some(article), _) => Some(article),
            (None, Some(kin)) => self.published_original(kin)?.map(|head| head.id),
            (None, None) => None,
        };
        let mut found = Vec::new();
        if let Some(article) = article {
            let mut heads = self.reader().siblings(&article)?;
            heads.retain(|head| !head.withdrawn && Some(head.id) != draft.article);
            if draft.article.is_none() {
                heads.extend(self.reader().head_of(&article)?);
            }
            found.extend(heads.into_iter().map(|head| Sibling {
                title: head.headline,
                lang: head.lang,
                draft: None,
                path: Some(head.path),
            }));
        }
        let root = kin.and_then(|kin| kin.original).unwrap_or(draft.id);
        let reads = self.readable(caller)?;
        let mut drafts = self.cabinet().translations(&root, article.as_ref())?;
        drafts.retain(|one| one.id != draft.id && one.state != State::Published.word());
        drafts.retain(|one| reads(&one.id, &one.author));
        found.extend(drafts.into_iter().map(|one| Sibling {
            title: one.title,
            lang: one.lang,
            draft: Some(one.id),
            path: None,
        }));
        Ok(found)
    }

    /// Makes a translation a text of its own: it names no original any more.
    ///
    /// # Errors
    /// [`Refusal::Missing`] also when it is none, [`Refusal::Role`], [`Refusal::Moved`].
    pub fn untie(&self, caller: &Caller, id: &Id) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        let state = self.may(caller, Act::Write, &draft)?;
        let note = self.note(&caller.person, "untie", Some(*id));
        if !self.cabinet().untie(id, &note)? {
            return Err(Refusal::Missing.into());
        }
        self.disown(caller, draft, state)
    }

    /// Takes the address of the original out of a draft's text, if it stands there.
    fn disown(&self, caller: &Caller, draft: Draft, state: State) -> Result<(), Error> {
        let Ok(read) = markdown::unfinished(draft.text.as_bytes()) else { return Ok(()) };
        if read.article.translation_of.is_none() || !read.problems.is_empty() {
            return Ok(());
        }
        let text = markdown::write(&Article { translation_of: None, ..read.article });
        let (state, writer, updated) = (state.word().into(), caller.person.id, self.now());
        let next = Draft { text, state, writer, updated, ..draft };
        match self.cabinet().save(&next, &self.save_note(caller, &next))? {
            Saved::Kept(_) => Ok(()),
            _ => Err(Refusal::Moved.into()),
        }
    }

    /// The text of a draft as it is sealed: one that translates another names the address of that one's original. Where that
    /// one is not published, it is refused, unless it is scheduled for `until` or before.
    pub(super) fn tied(
        &self,
        room: &Newsroom,
        kept: &Draft,
        until: Option<u64>,
    ) -> Result<String, Error> {
        let bond = if kept.article.is_none() { self.cabinet().kin(&kept.id)? } else { None };
        let Some(kin) = bond else { return Ok(kept.text.clone()) };
        let Some(head) = self.published_original(&kin)? else {
            let plan = match (until, kin.original) {
                (Some(_), Some(original)) => self.cabinet().plan(&original)?,
                _ => None,
            };
            return match plan.zip(until) {
                Some((plan, until)) if plan.why.is_none() && plan.moment <= until => {
                    Ok(kept.text.clone())
                }
                _ => Err(Refusal::Text("original".into()).into()),
            };
        };
        let path = match &head.translation_of {
            Some(path) if room.reader().head(path)?.is_some_and(|head| !head.withdrawn) => path,
            _ => &head.path,
        };
        match markdown::read(kept.text.as_bytes()) {
            Ok(article) if article.translation_of.as_ref() != Some(path) => {
                let translation_of = Some(path.clone());
                Ok(markdown::write(&Article { translation_of, ..article }))
            }
            _ => Ok(kept.text.clone()),
        }
    }

    /// Whether a draft is bound to an original.
    pub(super) fn is_translation(&self, draft: &Id) -> Result<bool, Error> {
        Ok(self.cabinet().kin(draft)?.is_some())
    }
}

/// An article as it stands beside its translation.
fn beside(article: &Article, draft: Option<Id>) -> Original {
    let kind = |block: &Block| match block {
        Block::Paragraph { .. } => "p",
        Block::Heading { .. } => "h2",
        Block::List { .. } => "list",
        Block::Quote { .. } => "quote",
        Block::Code { .. } => "code",
        Block::Rule {} => "rule",
        Block::Table { .. } => "table",
        Block::Image { .. } => "image",
    };
    let mut blocks = vec![("h1", article.headline.clone())];
    blocks.extend(article.standfirst.clone().map(|words| ("standfirst", words)));
    blocks.extend(article.body.iter().map(|block| (kind(block), text::block(block))));
    blocks.retain(|(_, words)| !words.is_empty());
    let (title, lang) = (article.headline.clone(), article.lang.clone());
    Original { title, lang, draft, path: None, blocks }
}
