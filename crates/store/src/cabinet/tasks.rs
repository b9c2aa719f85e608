//! Tasks: an article is to be looked at because its sibling in another language was changed. One for each entry of the record
//! that changes something, and each sibling.

use super::engine::{Db, Row, values};
use super::trail::{self, Note};
use super::{Cabinet, Id};
use crate::Error;

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Which one it is.
    pub id: Id,
    /// The number of the entry from which it follows.
    pub entry: u64,
    /// The article to be looked at.
    pub article: Id,
    /// The one that was changed.
    pub original: Id,
    /// The number of that one's revision.
    pub rev: u64,
    /// The word of the change's class.
    pub class: String,
    /// `open`, `correcting`, `done` or `needless`.
    pub state: String,
    /// The draft that is to settle it.
    pub draft: Option<Id>,
    /// Who decided.
    pub person: Option<Id>,
    /// Why nothing is needed.
    pub reason: Option<String>,
    /// When it was opened, ms.
    pub at: u64,
    /// When it was decided, ms.
    pub decided: Option<u64>,
}

const TASK: &str = "task.id, task.entry, task.article, task.original, task.rev, task.class, task.state, task.draft, \
    task.person, task.reason, task.at, task.decided";
const OPEN: &str = "task.state IN ('open', 'correcting')";

fn task(row: &Row) -> Result<Task, Error> {
    Ok(Task {
        id: row.bytes(0)?,
        entry: row.number(1)?,
        article: row.bytes(2)?,
        original: row.bytes(3)?,
        rev: row.number(4)?,
        class: row.text(5)?,
        state: row.text(6)?,
        draft: row.maybe_bytes(7)?,
        person: row.maybe_bytes(8)?,
        reason: row.maybe_text(9)?,
        at: row.number(10)?,
        decided: row.maybe_number(11)?,
    })
}

fn followed(db: &dyn Db) -> Result<Option<u64>, Error> {
    let sql = "SELECT size FROM followed WHERE name = 'record'";
    Ok(db.row(sql, &[])?.map(|row| row.maybe_number(0)).transpose()?.flatten())
}

/// Keeps a task, unless the entry has opened it before. A removal is an entry for each revision, and one task.
fn open(db: &dyn Db, one: &Task) -> Result<bool, Error> {
    if one.class == "removal" {
        let sql = format!(
            "SELECT id FROM task WHERE article = $1 AND original = $2 AND class = 'removal' AND {OPEN} LIMIT 1"
        );
        if db.row(&sql, &values![&one.article, &one.original])?.is_some() {
            return Ok(false);
        }
    }
    let sql = "INSERT INTO task (id, entry, article, original, rev, class, state, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (entry, article) DO NOTHING";
    let values = values![
        &one.id,
        one.entry,
        &one.article,
        &one.original,
        one.rev,
        one.class.as_str(),
        one.state.as_str(),
        one.at
    ];
    Ok(db.execute(sql, &values)? == 1)
}

impl Cabinet {
    /// How many entries of the record were looked at for tasks; `None` where it begins with those that come next.
    ///
    /// # Errors
    /// As every method here, when the database can't be read or written.
    pub fn followed(&self) -> Result<Option<u64>, Error> {
        self.view(followed)
    }

    /// Notes that the record was looked at up to `size`, with the tasks that follow from it and what is noted of each. What
    /// was found before by somebody else is left as it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn follow(&self, size: u64, tasks: &[(Task, Note)]) -> Result<(), Error> {
        self.change(|db| {
            for (one, note) in tasks {
                if open(db, one)? {
                    trail::put(db, note)?;
                }
            }
            let sql = "UPDATE followed SET size = $1 WHERE name = 'record' AND (size IS NULL OR size < $2)";
            db.execute(sql, &values![size, size]).map(|_| ())
        })
    }

    /// When the first person joined, ms.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn since_when(&self) -> Result<Option<u64>, Error> {
        let row = self.view(|db| db.row("SELECT min(at) FROM person", &[]))?;
        Ok(row.map(|row| row.maybe_number(0)).transpose()?.flatten())
    }

    /// Tasks that are open, the oldest first: all of them, or those about articles on which one person worked.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn tasks(&self, person: Option<&Id>, limit: u64) -> Result<Vec<Task>, Error> {
        let select = format!("SELECT {TASK} FROM task WHERE {OPEN}");
        self.view(|db| {
            let rows = match person {
                None => db.rows(&format!("{select} ORDER BY at, entry, id LIMIT $1"), &values![limit])?,
                Some(person) => {
                    let own = "EXISTS (SELECT 1 FROM draft WHERE draft.article = task.article \
                        AND draft.state = 'published' AND (draft.author = $1 OR EXISTS (SELECT 1 FROM assignment \
                        WHERE assignment.draft = draft.id AND assignment.person = $2)))";
                    let sql = format!("{select} AND {own} ORDER BY at, entry, id LIMIT $3");
                    db.rows(&sql, &values![person, person, limit])?
                }
            };
            rows.iter().map(task).collect()
        })
    }

    /// The task with this id.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn task(&self, id: &Id) -> Result<Option<Task>, Error> {
        let sql = format!("SELECT {TASK} FROM task WHERE id = $1");
        self.view(|db| db.row(&sql, &values![id])?.as_ref().map(task).transpose())
    }

    /// The tasks that a draft is to settle, or has settled.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn tasks_of(&self, draft: &Id) -> Result<Vec<Task>, Error> {
        let sql = format!("SELECT {TASK} FROM task WHERE draft = $1 ORDER BY at, id");
        self.view(|db| db.rows(&sql, &values![draft])?.iter().map(task).collect())
    }

    /// Binds the open tasks of an article to the draft that is to settle them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn bind_tasks(&self, article: &Id, draft: &Id, person: &Id) -> Result<(), Error> {
        let sql = "UPDATE task SET state = 'correcting', draft = $1, person = $2 \
            WHERE article = $3 AND state = 'open'";
        self.change(|db| db.execute(sql, &values![draft, person, article]).map(|_| ()))
    }

    /// Closes tasks whose draft was published, and opens those whose draft was put away.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn settle_tasks(&self) -> Result<(), Error> {
        self.change(|db| {
            let sql = "UPDATE task SET state = 'done', decided = (SELECT updated FROM draft WHERE draft.id = task.draft) \
                WHERE state = 'correcting' AND draft IN (SELECT id FROM draft WHERE state = 'published')";
            db.execute(sql, &[])?;
            let sql = "UPDATE task SET state = 'open', draft = NULL, person = NULL \
                WHERE state = 'correcting' AND draft IN (SELECT id FROM draft WHERE state = 'dropped')";
            db.execute(sql, &[]).map(|_| ())
        })
    }

    /// Closes what is open about an article that is gone.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn close_tasks(&self, article: &Id, at: u64) -> Result<(), Error> {
        let sql =
            format!("UPDATE task SET state = 'done', decided = $1 WHERE article = $2 AND {OPEN}");
        self.change(|db| db.execute(&sql, &values![at, article]).map(|_| ()))
    }

    /// Says that a task needs nothing; false when it is decided.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn waive_task(&self, id: &Id, reason: &str, note: &Note) -> Result<bool, Error> {
        self.change(|db| {
            let sql = format!(
                "UPDATE task SET state = 'needless', draft = NULL, person = $1, decided = $2, reason = $3 \
                 WHERE id = $4 AND {OPEN}"
            );
            let values = values![note.person.as_ref(), note.at, reason, id];
            let done = db.execute(&sql, &values)? == 1;
            if done {
                trail::put(db, note)?;
            }
            Ok(done)
        })
    }

    /// The drafts of an article that are to settle a task by being sealed as its revision `rev`, or were.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn answers(&self, article: &Id, rev: u64) -> Result<Vec<Id>, Error> {
        let sql = "SELECT DISTINCT draft.id FROM task JOIN draft ON draft.id = task.draft \
            WHERE draft.article = $1 AND draft.base = $2";
        let values = values![article, rev.saturating_sub(1)];
        self.view(|db| db.rows(sql, &values)?.iter().map(|row| row.bytes(0)).collect())
    }
}
