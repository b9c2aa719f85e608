//! Drafts as the newsroom's front page lists them: filtered, counted and in pages, each with what it says to whoever looks.

use super::drafts::{Brief, brief};
use super::engine::{Row, values};
use super::{Cabinet, Id};
use crate::Error;
use crate::tables::Value;

/// Which drafts are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Who looks.
    pub person: &'a Id,
    /// Only what they began or have a part in.
    pub mine: bool,
    /// In these states.
    pub states: &'a [&'a str],
    /// In the section with this slug.
    pub section: Option<&'a str>,
    /// In this language.
    pub lang: Option<&'a str>,
    /// Only what was due before this time, ms.
    pub overdue: Option<u64>,
    /// What is due first stands first; else what changed last.
    pub by_due: bool,
}

/// A draft on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The draft.
    pub brief: Brief,
    /// Who changed its text last.
    pub writer: String,
    /// By when it is wanted, ms.
    pub due: Option<u64>,
    /// What is new in it to whoever looks.
    pub news: News,
    /// Whether somebody else gave it back to be worked on, and it was not handed on since.
    pub returned: bool,
}

/// What is new in a draft to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    None,
    /// Others have changed it since they looked.
    Changed,
    /// They have never looked at it.
    Unseen,
}

/// A statement in the making: its parameters have the order in which they stand in it.
struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Goes on with `text`, in which `?` stands for the value.
    fn with(&mut self, text: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.text += &text.replacen('?', &format!("${}", self.values.len()), 1);
    }

    fn filter(&mut self, wanted: &Wanted<'_>) {
        let marks = wanted.states.iter().enumerate();
        self.text += " WHERE draft.state IN (";
        for (place, state) in marks {
            self.with(if place == 0 { "?" } else { ", ?" }, *state);
        }
        self.text += ")";
        if wanted.mine {
            self.with(" AND (draft.author = ?", wanted.person);
            let part = " OR EXISTS (SELECT 1 FROM assignment WHERE assignment.draft = draft.id AND assignment.person = ?))";
            self.with(part, wanted.person);
        }
        if let Some(section) = wanted.section {
            self.with(" AND draft.sections LIKE ?", format!("%|{section}|%").as_str());
        }
        if let Some(lang) = wanted.lang {
            self.with(" AND draft.lang = ?", lang);
        }
        if let Some(now) = wanted.overdue {
            self.with(" AND asked.due < ?", now);
        }
    }
}

fn listed(row: &Row) -> Result<Listed, Error> {
    let news = match row.number(10)? {
        0 => News::None,
        1 => News::Changed,
        _ => News::Unseen,
    };
    Ok(Listed {
        brief: brief(row)?,
        writer: row.text(8)?,
        due: row.maybe_number(9)?,
        news,
        returned: row.number(11)? != 0,
    })
}

impl Cabinet {
    /// The drafts that are wanted, from the place `offset` on and at most `limit`.
    ///
    /// # Errors
    /// As every method here, when the database can't be read.
    pub fn listed(
        &self,
        wanted: &Wanted<'_>,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<Listed>, Error> {
        let mut sql = Sql::new(
            "SELECT draft.id, draft.author, person.name, draft.state, draft.title, draft.lang, draft.article, \
             draft.updated, writer.name, asked.due, CAST(CASE WHEN look.version IS NULL AND draft.author <> ",
        );
        sql.with("? THEN 2 WHEN look.version IS NULL THEN 0 ", wanted.person);
        sql.with(
            "WHEN EXISTS (SELECT 1 FROM wrote WHERE wrote.draft = draft.id AND wrote.number > look.version \
             AND wrote.person <> ?) ",
            wanted.person,
        );
        sql.with(
            "OR EXISTS (SELECT 1 FROM trail WHERE trail.object = draft.id AND trail.number > look.deed \
             AND (trail.person IS NULL OR trail.person <> ?)) THEN 1 ELSE 0 END AS BIGINT), ",
            wanted.person,
        );
        sql.with(
            "CAST(CASE WHEN draft.state = 'draft' AND EXISTS (SELECT 1 FROM trail WHERE trail.object = draft.id \
             AND trail.verb = 'return' AND trail.person <> ? AND NOT EXISTS (SELECT 1 FROM trail AS later \
             WHERE later.object = draft.id AND later.verb = 'submit' AND later.number > trail.number)) \
             THEN 1 ELSE 0 END AS BIGINT) FROM draft JOIN person ON person.id = draft.author \
             JOIN person AS writer ON writer.id = draft.writer LEFT JOIN asked ON asked.draft = draft.id ",
            wanted.person,
        );
        sql.with("LEFT JOIN look ON look.draft = draft.id AND look.person = ? ", wanted.person);
        // What is new is asked of the drafts on this page alone.
        sql.text += "WHERE draft.id IN (SELECT draft.id FROM draft LEFT JOIN asked ON asked.draft = draft.id";
        sql.filter(wanted);
        let order = if wanted.by_due {
            " ORDER BY CASE WHEN asked.due IS NULL THEN 1 ELSE 0 END, asked.due, draft.updated DESC, draft.id"
        } else {
            " ORDER BY draft.updated DESC, draft.id"
        };
        sql.text += order;
        sql.with(" LIMIT ?", limit);
        sql.with(" OFFSET ?", offset);
        sql.text += ")";
        sql.text += order;
        self.view(|db| db.rows(&sql.text, &sql.values)?.iter().map(listed).collect())
    }

    /// How many of the drafts that are wanted are in each state.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn counted(&self, wanted: &Wanted<'_>) -> Result<Vec<(String, u64)>, Error> {
        let mut sql = Sql::new(
            "SELECT draft.state, count(*) FROM draft LEFT JOIN asked ON asked.draft = draft.id",
        );
        sql.filter(wanted);
        sql.text += " GROUP BY draft.state";
        let both = |row: &Row| Ok((row.text(0)?, row.number(1)?));
        self.view(|db| db.rows(&sql.text, &sql.values)?.iter().map(both).collect())
    }

    /// The drafts that are due from `from` to before `to`, ms, with that time: everybody's, or those that one person began or
    /// has a part in. What is published or put away is left out.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn due_between(
        &self,
        person: Option<&Id>,
        from: u64,
        to: u64,
        limit: u64,
    ) -> Result<Vec<(Brief, u64)>, Error> {
        let columns = "SELECT draft.id, draft.author, person.name, draft.state, draft.title, draft.lang, \
            draft.article, draft.updated, asked.due FROM asked JOIN draft ON draft.id = asked.draft \
            JOIN person ON person.id = draft.author WHERE draft.state NOT IN ('published', 'dropped')";
        let mut sql = Sql::new(columns);
        sql.with(" AND asked.due >= ?", from);
        sql.with(" AND asked.due < ?", to);
        if let Some(person) = person {
            sql.with(" AND (draft.author = ?", person);
            let part = " OR EXISTS (SELECT 1 FROM assignment WHERE assignment.draft = draft.id AND assignment.person = ?))";
            sql.with(part, person);
        }
        sql.with(" ORDER BY asked.due, draft.id LIMIT ?", limit);
        let both = |row: &Row| Ok((brief(row)?, row.number(8)?));
        self.view(|db| db.rows(&sql.text, &sql.values)?.iter().map(both).collect())
    }

    /// How many tasks are open since before `at`, ms.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn tasks_before(&self, at: u64) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM task WHERE state IN ('open', 'correcting') AND at < $1";
        self.view(|db| db.row(sql, &values![at])?.map_or(Ok(0), |row| row.number(0)))
    }
}
