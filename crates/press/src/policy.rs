//! Set a policy of the edition: a page of its own, sealed like an article, so that a silent change of it shows too.

use crate::{
    newsroom::{self, Newsroom},
    publish,
    seal::{Draft, Subject},
};
use ovn_edition::{
    leaf::Kind,
    markdown,
    model::Class,
    sealed::{self, Place},
};
use ovn_store::rows::HeadKind;

/// Why a policy was not set.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not of the article format.
    #[error("{}", publish::lines(.0))]
    File(Vec<markdown::Problem>),
    /// It could not be sealed.
    #[error(transparent)]
    Newsroom(#[from] newsroom::Error),
    /// A part of it has no sealed form.
    #[error(transparent)]
    Sealed(#[from] sealed::Error),
}

/// Sets the policy `name` (`corrections`) from its file; the draft is sealed by the caller, many at once. `None` when the
/// policy reads the same already.
///
/// # Errors
/// When the file can't be read or the edition can't.
pub fn draft(room: &Newsroom, name: &str, bytes: &[u8]) -> Result<Option<Draft>, Error> {
    let mut article = markdown::read(bytes).map_err(Error::File)?;
    let path = path(&room.settings().languages, &article.lang, name);
    let known = room.reader().head(&path).map_err(newsroom::Error::from)?;
    if let Some(head) = &known {
        let newest = room.reader().revisions(&head.id).map_err(newsroom::Error::from)?.pop();
        let document = newest.map(|newest| sealed::Document::read(&newest.document)).transpose()?;
        let sealed = document.map(|document| sealed::article(&document)).transpose()?;
        if sealed.is_some_and(|(sealed, _)| {
            sealed.body == article.body
                && sealed.headline == article.headline
                && sealed.standfirst == article.standfirst
        }) {
            return Ok(None);
        }
        article.change.class = Class::Update;
    }
    let at = room.now();
    article.slug = Some(name.to_owned());
    let first = room.settings().languages.first();
    if first.is_some_and(|first| *first != article.lang) {
        article.translation_of = Some(format!("/policies/{name}"));
    }
    let place = Place { path, at, local: room.local(at) };
    let facts = publish::facts(&article, &place, HeadKind::Policy, room.settings());
    let blocks = sealed::blocks(&article, &place)?;
    let subject = known.map_or(Subject::New, |head| Subject::Of(head.id));
    Ok(Some(Draft { facts, ..Draft::new(Kind::Policy, subject, blocks) }))
}

/// Where a policy is read: `/policies/name` in the edition's first language, `/ur/policies/name` in the others.
#[must_use]
pub fn path(languages: &[String], lang: &str, name: &str) -> String {
    if languages.first().is_none_or(|first| first == lang) {
        format!("/policies/{name}")
    } else {
        format!("/{lang}/policies/{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_needs_no_prefix() {
        let languages = ["en".to_owned(), "ur".to_owned()];
        assert_eq!(path(&languages, "en", "ethics"), "/policies/ethics");
        assert_eq!(path(&languages, "ur", "ethics"), "/ur/policies/ethics");
    }
}
