//! A task: the original was changed, what of it, and what becomes of the article in another language.

use super::pitch::told;
use super::work::{Block, blocks};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::hex;
use ovn_press::people::{Error, Refusal};

/// An article that the task is about.
struct Side {
    url: String,
    title: String,
    lang: String,
    dir: &'static str,
}

#[derive(Template)]
#[template(path = "newsroom/task.html", whitespace = "minimize")]
struct Task<'a> {
    s: Screen<'a>,
    id: String,
    state: String,
    open: bool,
    decided: bool,
    at: String,
    article: Side,
    original: Side,
    class: String,
    note: Option<String>,
    blocks: Vec<Block>,
    draft: Option<String>,
    reason: Option<String>,
    why: String,
    typed: &'a str,
}

/// The page.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let people = visit.people();
    let one = people.task(visit.caller()?, &visit.id(0)?)?;
    let cause = people.cause(&one)?;
    let s = Screen::new(visit, "room-task", "/");
    let (status, why) = told(&s, refused);
    let side = |head: &ovn_store::rows::Head| Side {
        url: format!("{}{}", people.settings().url, head.path),
        title: s.headline(&head.headline),
        dir: dir(&head.lang),
        lang: head.lang.clone(),
    };
    let task = &one.task;
    let page = Task {
        id: hex::encode(&task.id),
        state: s.say(&format!("task-state-{}", task.state)),
        open: task.state == "open",
        decided: task.decided.is_some(),
        at: s.moment(task.at),
        article: side(&one.article),
        original: side(&one.original),
        class: s.say(&format!("class-{}", task.class)),
        note: cause.note,
        blocks: blocks(&s, cause.changes),
        draft: task.draft.as_ref().map(|draft| hex::encode(draft)),
        reason: task.reason.clone(),
        why,
        typed: visit.form.get("reason"),
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Begins the correction.
pub(in crate::newsroom) fn correct(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let draft = visit.people().correct_task(visit.caller()?, &visit.id(0)?)?;
    Ok(Answer::go(format!("/drafts/{}", hex::encode(&draft.id))))
}

/// Nothing is needed, for a reason.
pub(in crate::newsroom) fn waive(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    match visit.people().waive_task(visit.caller()?, &id, visit.form.get("reason")) {
        Ok(()) => Ok(Answer::go("/")),
        Err(Error::Refused(refusal @ Refusal::Text(_))) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}
