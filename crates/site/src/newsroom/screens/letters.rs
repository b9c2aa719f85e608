//! Readers' letters: the queue, and one letter with the passage beside it, to be corrected or declined.

use super::super::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::people::{Error, Refusal};
use ovn_store::cabinet::Filed;

/// Characters of a letter that the queue shows.
const SHOWN: usize = 140;

struct Line {
    id: String,
    words: String,
    lang: String,
    path: String,
    state: String,
    open: bool,
    at: String,
    local: String,
}

#[derive(Template)]
#[template(path = "newsroom/letters.html", whitespace = "minimize")]
struct Queue<'a> {
    s: Screen<'a>,
    open: Vec<Line>,
    decided: Vec<Line>,
}

/// The queue: what is open, then what was decided.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let letters = visit.people().letters(visit.caller()?)?;
    let s = Screen::new(visit, "room-letters", "/letters");
    let line = |one: Filed| Line {
        id: hex::encode(&one.letter.id),
        words: one.letter.what.chars().take(SHOWN).collect(),
        state: s.say(&format!("letter-state-{}", one.state)),
        open: one.decided.is_none(),
        at: s.moment(one.letter.at),
        local: s.local(one.letter.at),
        lang: one.letter.lang,
        path: one.letter.path,
    };
    let all = letters.into_iter().map(line);
    let (open, decided) = all.partition(|line| line.open);
    Ok(Answer::page(Queue { s, open, decided }.render()?))
}

#[derive(Template)]
#[template(path = "newsroom/letter.html", whitespace = "minimize")]
struct Letter<'a> {
    s: Screen<'a>,
    id: String,
    letter: &'a ovn_store::letterbox::Letter,
    filed: &'a Filed,
    dir: &'static str,
    headline: String,
    url: String,
    passage: Option<String>,
    state: String,
    at: String,
    draft: Option<String>,
    why: String,
    reason: &'a str,
}

/// One letter.
pub(in crate::newsroom) fn letter(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let people = visit.people();
    let filed = people.letter(visit.caller()?, &visit.id(0)?)?;
    let s = Screen::new(visit, "room-letter", "/letters");
    let (status, why) = match refused {
        None => (StatusCode::OK, String::new()),
        Some(refusal) => {
            let (status, key, _) = super::trouble::refused(refusal);
            (status, s.say(key))
        }
    };
    let letter = &filed.letter;
    let head = people.reader().head(&letter.path)?;
    let page = Letter {
        id: hex::encode(&letter.id),
        dir: dir(&letter.lang),
        headline: head.map_or_else(|| letter.path.clone(), |head| head.headline),
        url: format!("{}{}", visit.settings.url, letter.path),
        passage: people.passage(letter)?,
        state: s.say(&format!("letter-state-{}", filed.state)),
        at: s.moment(letter.at),
        draft: filed.draft.as_ref().map(|draft| hex::encode(draft)),
        letter,
        filed: &filed,
        why,
        reason: visit.form.get("reason"),
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Begins the draft that is to correct it.
pub(in crate::newsroom) fn correct(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let draft = visit.people().correct_letter(visit.caller()?, &visit.id(0)?)?;
    Ok(Answer::go(format!("/drafts/{}", hex::encode(&draft.id))))
}

/// Declines it, for a reason that readers see.
pub(in crate::newsroom) fn decline(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    match visit.people().decline_letter(visit.caller()?, &id, visit.form.get("reason")) {
        Ok(()) => Ok(Answer::go("/letters")),
        Err(Error::Refused(refusal @ Refusal::Text(_))) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}
