//! What stands around a draft's text: what is wanted of it, what changed since one looked, the text that it translates.

use super::line::{Hand, name};
use super::work::{Deed, deeds};
use crate::newsroom::answer::Fail;
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::hex;
use ovn_press::drafts::{Sibling, State};
use ovn_press::people::Act;
use ovn_store::cabinet::Draft;

/// A text in another language.
struct Other {
    to: String,
    name: String,
    title: String,
    lang: String,
    dir: &'static str,
    published: bool,
}

/// A task that the draft is to settle.
struct Chore {
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    what: String,
}

#[derive(Template)]
#[template(path = "newsroom/around.html", whitespace = "minimize")]
struct Around<'a> {
    s: &'a Screen<'a>,
    id: String,
    since: String,
    writers: Vec<String>,
    deeds: Vec<Deed>,
    due: String,
    overdue: bool,
    words: String,
    notes: String,
    hands: Vec<Hand>,
    assigns: bool,
    pitch: Option<(String, String)>,
    chores: Vec<Chore>,
    siblings: Vec<Other>,
    translates: bool,
    unties: bool,
    languages: Vec<(String, String)>,
}

/// What is wanted of a draft and what is new in it. Whoever is shown it has looked.
pub(super) fn around(visit: &Visit<'_>, s: &Screen<'_>, draft: &Draft) -> Result<String, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let ended = matches!(State::of(draft), State::Published | State::Dropped);
    let news = people.look(caller, draft)?.filter(|news| !news.is_empty() && !ended);
    let work = people.work(caller, draft)?;
    let names = people.people(caller)?;
    let hand = |one: &ovn_store::cabinet::Assigned| Hand {
        name: name(&names, &one.person),
        part: s.say(&format!("part-{}", one.part)),
    };
    let pitch = people.pitch_behind(draft)?;
    let bond = people.original(draft)?;
    let siblings = people.siblings(caller, draft)?;
    let missing = |lang: &str| lang != draft.lang && !siblings.iter().any(|one| one.lang == lang);
    let mut languages = super::pitch::languages(visit);
    languages.retain(|(lang, _)| State::of(draft) != State::Dropped && missing(lang));
    if bond.is_some() {
        // A translation is begun from the original.
        languages.clear();
    }
    let (since, writers, told) = match news {
        Some(news) => (s.moment(news.look.at), news.writers, deeds(s, news.deeds)),
        None => (String::new(), Vec::new(), Vec::new()),
    };
    let page = Around {
        id: hex::encode(&draft.id),
        since,
        writers,
        deeds: told,
        due: work.asked.due.map_or_else(String::new, |due| s.moment(due)),
        overdue: work.overdue,
        words: work.asked.words.map_or_else(String::new, |words| s.count("work-words", words)),
        hands: work.assigned.iter().map(hand).collect(),
        notes: work.asked.notes,
        assigns: people.may_assign(caller, draft).is_ok(),
        pitch: pitch.map(|pitch| (hex::encode(&pitch.id), pitch.title)),
        chores: chores(visit, s, draft)?,
        siblings: siblings.into_iter().map(|one| other(visit, s, one)).collect(),
        translates: bond.is_some(),
        unties: bond.is_some() && people.may(caller, Act::Write, draft).is_ok(),
        languages,
        s,
    };
    Ok(page.render()?)
}

fn other(visit: &Visit<'_>, s: &Screen<'_>, one: Sibling) -> Other {
    let url = &visit.people().settings().url;
    let to = match (&one.draft, &one.path) {
        (Some(draft), _) => format!("/drafts/{}", hex::encode(draft)),
        (None, path) => format!("{url}{}", path.clone().unwrap_or_default()),
    };
    Other {
        to,
        name: crate::pages::own_name(&one.lang).to_owned(),
        title: s.headline(&one.title),
        dir: dir(&one.lang),
        published: one.path.is_some(),
        lang: one.lang,
    }
}

fn chores(visit: &Visit<'_>, s: &Screen<'_>, draft: &Draft) -> Result<Vec<Chore>, Fail> {
    let chore = |told: ovn_press::tasks::Told| Chore {
        id: hex::encode(&told.task.id),
        title: s.headline(&told.original.headline),
        dir: dir(&told.original.lang),
        lang: told.original.lang,
        what: s.say(&format!("class-{}", told.task.class)),
    };
    Ok(visit.people().tasks_of(draft)?.into_iter().map(chore).collect())
}

#[derive(Template)]
#[template(path = "newsroom/original.html", whitespace = "minimize")]
struct Original<'a> {
    s: &'a Screen<'a>,
    name: String,
    lang: String,
    dir: &'static str,
    /// Where it is: an address of readers', or none while it is no article.
    to: Option<String>,
    blocks: Vec<(&'static str, String)>,
}

/// The text that a draft translates, to stand beside it; nothing where it translates none.
pub(super) fn original(visit: &Visit<'_>, s: &Screen<'_>, draft: &Draft) -> Result<String, Fail> {
    let shown = State::of(draft) != State::Published;
    let Some(one) = visit.people().original(draft)?.filter(|_| shown) else {
        return Ok(String::new());
    };
    let url = &visit.people().settings().url;
    let page = Original {
        s,
        name: crate::pages::own_name(&one.lang).to_owned(),
        dir: dir(&one.lang),
        to: one.path.map(|path| format!("{url}{path}")),
        lang: one.lang,
        blocks: one.blocks,
    };
    Ok(page.render()?)
}
