//! Publishing a draft through the same path as a file, and beginning a correction of what is published.

use super::State;
use crate::newsroom::{self, Newsroom};
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use crate::publish::{self, Published, Ready};
use crate::seal::{Clock, NoFaults};
use ovn_edition::model::{Change, Class};
use ovn_edition::{markdown, sealed};
use ovn_store::cabinet::{Draft, Id, Note};
use parking_lot::FairMutexGuard;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long another process that publishes is waited for, and how long this one's own people who asked before.
const PATIENCE: Duration = Duration::from_secs(5);
const QUEUE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

impl People {
    /// Seals a draft, if its text is still that of `version`, and returns once readers see it. A draft that follows an
    /// article is sealed as `change` declares.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::FourEyes`], [`Refusal::Moved`] also when the article was
    /// revised meanwhile, [`Refusal::Text`] with what the file's author has to do.
    pub fn publish(
        &self,
        caller: &Caller,
        id: &Id,
        version: u64,
        change: Change,
    ) -> Result<Published, Error> {
        let kept = self.draft(caller, id)?;
        let state = self.may(caller, Act::Publish, &kept)?;
        if kept.version != version {
            return Err(Refusal::Moved.into());
        }
        let room = self.room()?;
        let ready = self.checked(&room, &kept, change, None)?;
        let published = self.sealed(&room, &kept, ready)?;
        let note = self.note(&caller.person, "publish", Some(kept.id));
        self.keep_published(&room, kept, state, &published, note)?;
        Ok(published)
    }

    /// A draft as it would be sealed now, or `until` a moment, after every check.
    ///
    /// # Errors
    /// [`Refusal::Moved`] when the article was revised meanwhile, [`Refusal::Text`].
    pub(super) fn checked(
        &self,
        room: &Newsroom,
        kept: &Draft,
        change: Change,
        until: Option<u64>,
    ) -> Result<Ready, Error> {
        if !super::document::faithful(kept) && markdown::read(kept.text.as_bytes()).is_ok() {
            let why = "the article file does not say all that the editor has; save the file in the plain form";
            return Err(Refusal::Text(why.into()).into());
        }
        if super::document::suggestions(kept) > 0 {
            let why = "suggestions are open; accept or reject each in the editor";
            return Err(Refusal::Text(why.into()).into());
        }
        self.may_leave(&kept.text)?;
        let change = match (kept.article, change.class) {
            (None, _) => Change::default(),
            (Some(_), Class::Publication) => return Err(Refusal::Text("class".into()).into()),
            (Some(_), _) => change,
        };
        self.unrevised(room, kept)?;
        // Beside a text from a form lie the archived copies alone: no other file of the edition's folder may be named by it.
        let (beside, text) = (self.copies(), self.tied(room, kept, until)?);
        let ready = publish::check(room, text.as_bytes(), &beside, Some(change));
        let ready = ready.map_err(refused)?;
        let follows = kept.article.and(kept.path.as_deref());
        if follows.is_some_and(|path| path != ready.path()) {
            return Err(Refusal::Text("slug".into()).into());
        }
        Ok(ready)
    }

    /// Seals what was checked, so that the record can be asked later whether it was.
    pub(super) fn sealed(
        &self,
        room: &Newsroom,
        kept: &Draft,
        ready: Ready,
    ) -> Result<Published, Error> {
        if kept.article.is_none() {
            self.cabinet().aim(&kept.id, kept.version, ready.path())?;
        }
        let mut published = publish::publish(room, vec![ready]).map_err(refused)?;
        published.pop().ok_or_else(|| Refusal::Moved.into())
    }

    /// The newsroom, opened for as long as it takes to publish: by one at a time, in the order in which they asked.
    pub(crate) fn room(&self) -> Result<Room<'_>, Error> {
        let turn = self.inner.publishing.try_lock_for(QUEUE).ok_or_else(busy)?;
        let end = Instant::now() + PATIENCE;
        loop {
            let clock = Clock::clone(&self.inner.clock);
            match Newsroom::open_with(&self.inner.dir, &*self.inner.env, clock, Arc::new(NoFaults))
            {
                Err(error) if is_held(&error) && Instant::now() < end => std::thread::sleep(PAUSE),
                other => return Ok(Room { newsroom: other?, _turn: turn }),
            }
        }
    }

    fn unrevised(&self, room: &Newsroom, kept: &Draft) -> Result<(), Error> {
        let Some(article) = &kept.article else { return Ok(()) };
        let head = room.reader().head_of(article)?;
        let same = head.is_some_and(|head| Some(u64::from(head.rev)) == kept.base);
        if same { Ok(()) } else { Err(Refusal::Moved.into()) }
    }

    /// Notes what was sealed, and tells the readers who had asked for it.
    pub(super) fn keep_published(
        &self,
        room: &Newsroom,
        kept: Draft,
        state: State,
        published: &Published,
        note: Note,
    ) -> Result<(), Error> {
        let head = room.reader().head(&published.path)?;
        self.note_published(kept, state, published, note, head.map(|head| head.id))?;
        if let Err(error) = self.settle_letters() {
            // Sealed is sealed; the letters that asked for it are closed when somebody opens them next.
            tracing::warn!(%error, "readers' letters were not closed yet");
        }
        if let Err(error) = self.follow() {
            tracing::warn!(%error, "tasks about siblings were not opened yet");
        }
        Ok(())
    }

    fn note_published(
        &self,
        kept: Draft,
        state: State,
        published: &Published,
        note: Note,
        head: Option<Id>,
    ) -> Result<(), Error> {
        let from = kept.state.clone();
        let note = Note { words: format!("{} · {}", published.path, published.rev), ..note };
        let next = Draft {
            state: state.word().into(),
            article: head.or(kept.article),
            path: Some(published.path.clone()),
            updated: self.now(),
            ..kept
        };
        if self.shift_published(&next, &from, &note)? {
            return Ok(());
        }
        let Some(current) = self.cabinet().draft(&next.id)? else { return Ok(()) };
        let from = current.state.clone();
        if current.version == next.version && self.shift_published(&next, &from, &note)? {
            return Ok(());
        }
        // Sealed is sealed. Who saved in this very moment has a text that follows it.
        let base = Some(u64::from(published.rev));
        let after = Draft { article: next.article, base, path: next.path, ..current };
        self.cabinet().shift(&after, &from, &note)?;
        Ok(())
    }

    /// Moves a draft from the state `from` to published, after which nobody needs its steps; false when it was changed meanwhile.
    pub(super) fn shift_published(
        &self,
        next: &Draft,
        from: &str,
        note: &Note,
    ) -> Result<bool, Error> {
        let done = self.cabinet().shift(next, from, note)?;
        if done {
            self.cabinet().forget_steps(&next.id)?;
        }
        Ok(done)
    }

    /// Begins a draft that is to follow the published article at `path`, with the text that readers see.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`].
    pub fn correct(&self, caller: &Caller, path: &str) -> Result<Draft, Error> {
        let head = self.inner.reader.head(path)?.filter(|head| !head.withdrawn);
        let head = head.ok_or(Refusal::Missing)?;
        allowed(&caller.person, Act::Correct, self.whose_article(caller, &head.id)?)?;
        let newest = self.inner.reader.revisions(&head.id)?.pop().ok_or(Refusal::Missing)?;
        let article = sealed::read_article(&newest.document);
        let (mut article, _) = article.map_err(|error| Refusal::Text(error.to_string()))?;
        article.change = Change::default();
        let text = markdown::write(&article);
        let draft = self.begin(caller, &text, Some((head.id, u64::from(newest.rev), head.path)))?;
        self.cabinet().bind_tasks(&head.id, &draft.id, &caller.person.id)?;
        Ok(draft)
    }

    /// Whether an article is the caller's own: they began a draft that was published as it, or were assigned to one.
    pub(crate) fn whose_article(&self, caller: &Caller, article: &Id) -> Result<Object, Error> {
        let own = self.cabinet().worked_on(article, &caller.person.id)?;
        Ok(if own { Object::Own } else { Object::Others })
    }
}

/// An edition open for publishing, and the turn at it; the next one's begins when the edition is closed.
pub(crate) struct Room<'a> {
    newsroom: Newsroom,
    _turn: FairMutexGuard<'a, ()>,
}

impl Deref for Room<'_> {
    type Target = Newsroom;

    fn deref(&self) -> &Newsroom {
        &self.newsroom
    }
}

fn busy() -> Error {
    let why = "many people publish at this moment; nothing was sealed, try again".to_owned();
    newsroom::Error::Seal(crate::seal::Error::Held(why)).into()
}

fn is_held(error: &newsroom::Error) -> bool {
    matches!(
        error,
        newsroom::Error::Store(ovn_store::Error::Held { .. })
            | newsroom::Error::Seal(crate::seal::Error::Held(_))
    )
}

/// What the text's author can mend is told to them; what the machine has, to the log.
fn refused(error: publish::Error) -> Error {
    match error {
        publish::Error::Newsroom(error) => error.into(),
        other => Refusal::Text(other.to_string()).into(),
    }
}
