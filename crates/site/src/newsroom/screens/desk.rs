//! The first screen: every draft that the caller may read, by state.

use super::comments::{ForMe, for_me};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use crate::words::Words;
use askama::Template;
use ovn_edition::hex;
use ovn_press::drafts::{State, Why};
use ovn_store::cabinet::Id;

struct Line {
    path: String,
    title: String,
    lang: String,
    dir: &'static str,
    author: String,
    follows: bool,
    /// When it is published by itself, or that it was not.
    due: String,
    at: String,
    local: String,
}

struct Group {
    id: &'static str,
    title: String,
    count: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "newsroom/desk.html", whitespace = "minimize")]
struct Desk<'a> {
    s: Screen<'a>,
    /// Comments that are for whoever looks.
    comments: Vec<ForMe>,
    unread: String,
    groups: Vec<Group>,
    languages: Vec<(String, String)>,
}

/// The list.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let caller = visit.caller()?;
    let drafts = visit.people().drafts(caller)?;
    let s = Screen::new(visit, "room-desk", "/");
    let all = visit.people().all_due(caller)?;
    let due = |id: &Id| match all.iter().find(|due| due.draft.id == *id) {
        None => String::new(),
        Some(due) if matches!(due.why, Some(Why::Refused(_))) => s.say("schedule-failed"),
        Some(due) => s.moment(due.moment),
    };
    let group = |(_, word): &(State, &'static str)| {
        let own = drafts.iter().filter(|draft| draft.state == *word);
        let lines: Vec<Line> = own
            .map(|draft| Line {
                path: format!("/drafts/{}", hex::encode(&draft.id)),
                title: s.headline(&draft.title),
                due: due(&draft.id),
                dir: dir(&draft.lang),
                lang: draft.lang.clone(),
                author: draft.name.clone(),
                follows: draft.follows && draft.state != State::Published.word(),
                at: s.moment(draft.updated),
                local: s.local(draft.updated),
            })
            .collect();
        let title = s.say(&format!("state-{word}"));
        Group { id: word, title, count: s.number(lines.len() as u64), lines }
    };
    let groups = State::ALL.iter().map(group).filter(|group| !group.lines.is_empty()).collect();
    let comments = for_me(visit, &s)?;
    let unread = s.number(comments.len() as u64);
    let name = |lang: &String| (lang.clone(), crate::pages::own_name(lang).to_owned());
    let languages = visit.people().settings().languages.iter();
    let languages = languages.filter(|lang| Words::speaks(lang)).map(name).collect();
    Ok(Answer::page(Desk { s, comments, unread, groups, languages }.render()?))
}
