//! What the record says of a draft: whoever was interrupted between seal and cabinet finds it published all the same.

use super::State;
use crate::people::{Error, People};
use ovn_edition::model::{Article, Change};
use ovn_edition::{markdown, sealed};
use ovn_store::cabinet::{Draft, Note};
use ovn_store::rows::Head;

impl People {
    /// The draft with what the record says of it. One whose very text is sealed at its address, and of which the cabinet could
    /// not be told, is noted as published now.
    ///
    /// # Errors
    /// When the edition or the cabinet can't be read or written.
    pub fn recorded(&self, kept: Draft) -> Result<Draft, Error> {
        let Some((head, rev)) = self.sealed_as(&kept)? else { return Ok(kept) };
        let words = format!("{} · {rev}", head.path);
        let note =
            Note { at: self.now(), person: None, verb: "publish", object: Some(kept.id), words };
        let from = kept.state.clone();
        let next = Draft {
            state: State::Published.word().into(),
            article: Some(head.id),
            path: Some(head.path),
            updated: self.now(),
            ..kept
        };
        if self.shift_published(&next, &from, &note)? {
            return Ok(next);
        }
        Ok(self.cabinet().draft(&next.id)?.unwrap_or(next))
    }

    /// The published article that has a draft's text, and the revision's number.
    fn sealed_as(&self, kept: &Draft) -> Result<Option<(Head, u32)>, Error> {
        if matches!(State::of(kept), State::Published | State::Dropped) {
            return Ok(None);
        }
        let Some(path) = &kept.path else { return Ok(None) };
        let head = self.inner.reader.head(path)?.filter(|head| !head.withdrawn);
        let Some(head) = head else { return Ok(None) };
        let since = match &kept.article {
            None => true,
            Some(article) => *article == head.id && Some(u64::from(head.rev)) > kept.base,
        };
        let Some(newest) = self.inner.reader.revisions(&head.id)?.pop().filter(|_| since) else {
            return Ok(None);
        };
        let article = sealed::read_article(&newest.document);
        let (Ok((theirs, _)), Ok(own)) = (article, markdown::read(kept.text.as_bytes())) else {
            return Ok(None);
        };
        Ok((said(theirs) == said(own)).then_some((head, newest.rev)))
    }
}

/// What an article says, without what is decided when it is published.
fn said(article: Article) -> Article {
    Article { change: Change::default(), slug: None, translation_of: None, ..article }
}
