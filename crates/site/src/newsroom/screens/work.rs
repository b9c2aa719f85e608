//! Who does what for a draft, by when; and what changed in it since one looked.

use super::line::{Hand, name};
use super::pitch::{parts, staff, told};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::diff::{Change, What};
use ovn_edition::hex;
use ovn_press::people::{Error, Refusal};
use ovn_store::cabinet::Noted;

/// Somebody's part, with what takes it away.
struct Given {
    person: String,
    part: String,
    hand: Hand,
}

#[derive(Template)]
#[template(path = "newsroom/work.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    why: String,
    due: String,
    overdue: bool,
    minute: String,
    length: Option<u64>,
    words: String,
    notes: &'a str,
    given: Vec<Given>,
    may: bool,
    people: Vec<(String, String, bool)>,
    parts: Vec<(&'static str, String)>,
}

/// The page.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let draft = people.draft(caller, &visit.id(0)?)?;
    let s = Screen::new(visit, "room-work", "/");
    let (status, why) = told(&s, refused);
    let work = people.work(caller, &draft)?;
    let names = people.people(caller)?;
    let given = |one: &ovn_store::cabinet::Assigned| Given {
        person: hex::encode(&one.person),
        part: one.part.clone(),
        hand: Hand { name: name(&names, &one.person), part: s.say(&format!("part-{}", one.part)) },
    };
    let (asked, may) = (&work.asked, people.may_assign(caller, &draft).is_ok());
    let page = Page {
        id: hex::encode(&draft.id),
        title: s.headline(&draft.title),
        dir: dir(&draft.lang),
        why,
        due: asked.due.map_or_else(String::new, |due| s.moment(due)),
        overdue: work.overdue,
        minute: asked.due.map_or_else(String::new, |due| s.minute(due)),
        length: asked.words,
        words: asked.words.map_or_else(String::new, |words| s.count("work-words", words)),
        notes: &asked.notes,
        given: work.assigned.iter().map(given).collect(),
        may,
        people: staff(&names, &draft.author),
        parts: parts(&s),
        lang: draft.lang,
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

fn done(visit: &Visit<'_>, what: Result<(), Error>) -> Result<Answer, Fail> {
    match what {
        Ok(()) => Ok(Answer::go(format!("/drafts/{}/work", hex::encode(&visit.id(0)?)))),
        Err(Error::Refused(refusal @ Refusal::Text(_))) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}

/// The draft in the address, the person and the part in the form: only for whoever may assign.
fn part<'a>(visit: &'a Visit<'_>) -> Result<([u8; 16], [u8; 16], &'a str), Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    people.may_assign(caller, &people.draft(caller, &id)?)?;
    let person = hex::decode(visit.form.get("person")).ok_or(Fail::Form)?;
    Ok((id, person, visit.form.get("part")))
}

/// Gives somebody a part.
pub(in crate::newsroom) fn assign(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (id, person, part) = part(visit)?;
    done(visit, visit.people().assign(visit.caller()?, &id, &person, part))
}

/// Takes it away.
pub(in crate::newsroom) fn unassign(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (id, person, part) = part(visit)?;
    done(visit, visit.people().unassign(visit.caller()?, &id, &person, part))
}

/// Says what is wanted, by when.
pub(in crate::newsroom) fn ask(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let field = |name| visit.form.get(name);
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    let done_it = visit.people().ask(caller, &id, field("due"), field("length"), field("notes"));
    done(visit, done_it)
}

/// A block that differs, as runs of words in reading order, each with its element.
pub(super) struct Block {
    pub(super) kind: String,
    pub(super) runs: Vec<(&'static str, String)>,
}

/// The blocks that differ.
pub(super) fn blocks(s: &Screen<'_>, changes: Vec<Change>) -> Vec<Block> {
    let tag = |what| match what {
        What::Same => "span",
        What::Del => "del",
        What::Ins => "ins",
    };
    let block = |change: Change| Block {
        kind: s.say(&format!("block-{}", change.part)),
        runs: change.ops.into_iter().map(|op| (tag(op.what), op.text)).collect(),
    };
    changes.into_iter().map(block).collect()
}

/// What somebody did.
pub(super) struct Deed {
    pub(super) who: String,
    pub(super) what: String,
    pub(super) at: String,
}

/// Deeds in the words of the trail.
pub(super) fn deeds(s: &Screen<'_>, noted: Vec<Noted>) -> Vec<Deed> {
    let deed = |one: Noted| Deed {
        who: one.person.unwrap_or_else(|| "–".into()),
        what: s.say(&format!("deed-{}", one.verb)),
        at: s.moment(one.at),
    };
    noted.into_iter().map(deed).collect()
}

#[derive(Template)]
#[template(path = "newsroom/changes.html", whitespace = "minimize")]
struct Changes<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    /// Since when; nothing where one has never looked before.
    since: String,
    /// The version with which the text is compared.
    from: String,
    writers: Vec<String>,
    deeds: Vec<Deed>,
    blocks: Vec<Block>,
}

/// What others changed since one's last sitting.
pub(in crate::newsroom) fn changes(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (draft, changed) = visit.people().changes(visit.caller()?, &visit.id(0)?)?;
    let s = Screen::new(visit, "room-changes", "/");
    let (id, title, dir) = (hex::encode(&draft.id), s.headline(&draft.title), dir(&draft.lang));
    let (mut since, mut from) = (String::new(), String::new());
    let (mut writers, mut told, mut shown) = (Vec::new(), Vec::new(), Vec::new());
    if let Some((one, changes)) = changed {
        (since, from) = (s.moment(one.look.at), s.number(one.from));
        (writers, told, shown) = (one.writers, deeds(&s, one.deeds), blocks(&s, changes));
    }
    let (deeds, blocks, lang) = (told, shown, draft.lang);
    let page = Changes { s, id, title, lang, dir, since, from, writers, deeds, blocks };
    Ok(Answer::page(page.render()?))
}
