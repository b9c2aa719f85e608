//! Tasks: an article was corrected, and its siblings in other languages may have to be.
//!
//! The fact is an entry of the record, which the cabinet can't share a transaction with, and which the command line makes too.
//! So the cabinet keeps up to which entry the record was looked at, and takes tasks and that number in one step: whoever stops
//! in between finds the same entries again, and one entry opens one task for each sibling.

use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use ovn_edition::diff::{self, Change};
use ovn_edition::leaf::{Kind, Leaf};
use ovn_edition::model::Class;
use ovn_edition::sealed;
use ovn_edition::text::one_line;
use ovn_store::cabinet::{Draft, Id, Note, Task};
use ovn_store::rows::{Head, HeadKind, Revision};

/// Leaves that are read at once.
const CHUNK: usize = 256;
/// Tasks on the screen.
const MOST: u64 = 50;
/// The word of a removal, among those of the classes.
const REMOVAL: &str = "removal";
/// The longest reason, in characters.
const LONGEST: usize = 600;

/// A task with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The task.
    pub task: Task,
    /// The article to be looked at.
    pub article: Head,
    /// The one that was changed.
    pub original: Head,
}

/// What happened to the original.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cause {
    /// What its readers were told.
    pub note: Option<String>,
    /// Which words differ, block by block; none where they were removed.
    pub changes: Vec<Change>,
}

impl People {
    /// Looks at the entries of the record that nobody has looked at, opens the tasks that follow from them, and closes those
    /// that are done.
    ///
    /// # Errors
    /// When the record or the cabinet can't be read or written. What was not followed is followed by the next call.
    pub fn follow(&self) -> Result<(), Error> {
        let size = self.reader().size()?;
        let Some(mut from) = self.cabinet().followed()? else {
            return Ok(self.cabinet().follow(size, &[])?);
        };
        let since = if from < size { self.cabinet().since_when()? } else { None };
        let since = since.unwrap_or(u64::MAX);
        while from < size {
            let leaves = self.reader().leaves(from, CHUNK)?;
            if leaves.is_empty() {
                break;
            }
            let mut tasks = Vec::new();
            for (entry, bytes) in (from..).zip(&leaves) {
                if let Ok(leaf) = Leaf::read(bytes)
                    && leaf.at >= since
                {
                    tasks.extend(self.that_follow(entry, &leaf)?);
                }
            }
            from += leaves.len() as u64;
            self.cabinet().follow(from, &tasks)?;
        }
        Ok(self.cabinet().settle_tasks()?)
    }

    /// The tasks that follow from one entry.
    fn that_follow(&self, entry: u64, leaf: &Leaf) -> Result<Vec<(Task, Note)>, Error> {
        let Some(step) = leaf.article else { return Ok(Vec::new()) };
        let Some(head) = self.reader().head_of(&step.id)? else { return Ok(Vec::new()) };
        if leaf.kind == Kind::Removal && head.withdrawn {
            self.cabinet().close_tasks(&step.id, leaf.at)?;
        }
        let Some(class) = self.weighs(entry, leaf, &step.id)? else { return Ok(Vec::new()) };
        if head.kind != HeadKind::Article || self.is_answer(&step.id, u64::from(step.rev), class)? {
            return Ok(Vec::new());
        }
        let mut siblings = self.reader().siblings(&step.id)?;
        siblings.retain(|one| !one.withdrawn && one.id != step.id);
        let task = |sibling: Head| {
            let (at, object) = (leaf.at, self.cabinet().published_as(&sibling.id)?);
            let words = format!("{} · {class}", sibling.path);
            let note = Note { at, person: None, verb: "task-open", object, words };
            let task = Task {
                id: self.chance()?,
                entry,
                article: sibling.id,
                original: step.id,
                rev: u64::from(step.rev),
                class: class.into(),
                state: "open".into(),
                draft: None,
                person: None,
                reason: None,
                at,
                decided: None,
            };
            Ok((task, note))
        };
        siblings.into_iter().map(task).collect()
    }

    /// What an entry did to an article, where its siblings may have to follow: everything but its first publication and typing
    /// errors.
    fn weighs(&self, entry: u64, leaf: &Leaf, article: &Id) -> Result<Option<&'static str>, Error> {
        match leaf.kind {
            Kind::Removal => Ok(Some(REMOVAL)),
            Kind::Revision | Kind::Correction => {
                let revisions = self.reader().revisions(article)?;
                let class = revisions.iter().find(|one| one.seq == entry).map(|one| one.class);
                let class = class.filter(|one| !matches!(one, Class::Publication | Class::Typo));
                Ok(class.map(Class::word))
            }
            _ => Ok(None),
        }
    }

    /// Whether a revision is itself what a task asked for, so that correcting a translation asks nothing of its original.
    fn is_answer(&self, article: &Id, rev: u64, class: &str) -> Result<bool, Error> {
        if class == REMOVAL {
            return Ok(false);
        }
        for draft in self.cabinet().answers(article, rev)? {
            let Some(draft) = self.cabinet().draft(&draft)? else { continue };
            // It may be sealed and not noted yet.
            if self.recorded(draft)?.state == crate::drafts::State::Published.word() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The open tasks that the caller may do, the oldest first.
    ///
    /// # Errors
    /// When record or cabinet can't be read.
    pub fn tasks(&self, caller: &Caller) -> Result<Vec<Told>, Error> {
        self.follow()?;
        let all = allowed(&caller.person, Act::Waive, Object::Others).is_ok();
        let tasks = self.cabinet().tasks((!all).then_some(&caller.person.id), MOST)?;
        let mut told = Vec::new();
        for task in tasks {
            told.extend(self.told_task(task)?);
        }
        Ok(told)
    }

    /// The tasks that a draft is to settle, or has settled.
    ///
    /// # Errors
    /// When record or cabinet can't be read.
    pub fn tasks_of(&self, draft: &Draft) -> Result<Vec<Told>, Error> {
        let mut told = Vec::new();
        for task in self.cabinet().tasks_of(&draft.id)? {
            told.extend(self.told_task(task)?);
        }
        Ok(told)
    }

    fn told_task(&self, task: Task) -> Result<Option<Told>, Error> {
        let (article, original) =
            (self.reader().head_of(&task.article)?, self.reader().head_of(&task.original)?);
        Ok(article.zip(original).map(|(article, original)| Told { task, article, original }))
    }

    /// A task that the caller may do; another one is missing, as one that never was.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn task(&self, caller: &Caller, id: &Id) -> Result<Told, Error> {
        self.cabinet().settle_tasks()?;
        let task = self.cabinet().task(id)?.ok_or(Refusal::Missing)?;
        let own = self.whose_article(caller, &task.article)?;
        allowed(&caller.person, Act::Waive, own).map_err(|_| Refusal::Missing)?;
        self.told_task(task)?.ok_or_else(|| Refusal::Missing.into())
    }

    /// What happened to the original of a task.
    ///
    /// # Errors
    /// When the edition can't be read.
    pub fn cause(&self, told: &Told) -> Result<Cause, Error> {
        let revisions = self.reader().revisions(&told.task.original)?;
        let of = |rev: u64| revisions.iter().find(|one| u64::from(one.rev) == rev);
        if told.task.class == REMOVAL {
            let removals = self.reader().removals(&told.task.original)?;
            let one = removals.into_iter().find(|one| one.seq == told.task.entry);
            return Ok(Cause { note: one.and_then(|one| one.note), changes: Vec::new() });
        }
        let (Some(new), Some(old)) = (of(told.task.rev), of(told.task.rev.saturating_sub(1)))
        else {
            return Ok(Cause::default());
        };
        let read =
            |one: &Revision| sealed::read_article(&one.document).ok().map(|(article, _)| article);
        let changes = read(old).zip(read(new)).map(|(old, new)| diff::articles(&old, &new));
        Ok(Cause { note: new.note.clone(), changes: changes.unwrap_or_default() })
    }

    /// Begins the correction that a task asks for; it is to settle every task about the article.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`] when it is not open any more.
    pub fn correct_task(&self, caller: &Caller, id: &Id) -> Result<Draft, Error> {
        let told = self.task(caller, id)?;
        if told.task.state != "open" {
            return Err(Refusal::Moved.into());
        }
        self.correct(caller, &told.article.path)
    }

    /// Says that a task needs nothing, for a reason that the newsroom keeps.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Text`] with `reason` without one, [`Refusal::Moved`] when it is decided.
    pub fn waive_task(&self, caller: &Caller, id: &Id, reason: &str) -> Result<(), Error> {
        let told = self.task(caller, id)?;
        let reason = one_line(reason);
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(Refusal::Text("reason".into()).into());
        }
        let object = self.cabinet().published_as(&told.task.article)?;
        let words = told.article.path;
        let note = Note { words, ..self.note(&caller.person, "task-waive", object) };
        if self.cabinet().waive_task(id, &reason, &note)? {
            Ok(())
        } else {
            Err(Refusal::Moved.into())
        }
    }
}
