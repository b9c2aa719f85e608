//! Who is here, invitations, and the trail.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, may};
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::hex;
use ovn_press::people::{Act, Role};

/// Lines of the trail on the screen.
const LINES: u64 = 300;

struct Member {
    id: String,
    name: String,
    role: String,
    active: bool,
    me: bool,
    at: String,
}

struct Link {
    hash: String,
    role: String,
    until: String,
}

#[derive(Template)]
#[template(path = "newsroom/people.html", whitespace = "minimize")]
struct Staff<'a> {
    s: Screen<'a>,
    members: Vec<Member>,
    invites: bool,
    links: Vec<Link>,
    /// A link that was made a moment ago, shown this once.
    fresh: Option<String>,
}

/// The list.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    listed(visit, None)
}

fn listed(visit: &Visit<'_>, fresh: Option<String>) -> Result<Answer, Fail> {
    let caller = visit.caller()?;
    let people = visit.people();
    let s = Screen::new(visit, "room-people", "/people");
    let member = |one: ovn_store::cabinet::Person| Member {
        id: hex::encode(&one.id),
        role: s.role(&one.role),
        active: one.active,
        me: one.id == caller.person.id,
        at: s.moment(one.at),
        name: one.name,
    };
    let members = people.people(caller)?.into_iter().map(member).collect();
    let invites = may(caller, Act::Invite);
    let links = if invites { people.invitations(caller)? } else { Vec::new() };
    let link = |one: ovn_store::cabinet::Invitation| Link {
        hash: hex::encode(&one.hash),
        role: s.role(&one.role),
        until: s.moment(one.until),
    };
    let links = links.into_iter().map(link).collect();
    Ok(Answer::page(Staff { s, members, invites, links, fresh }.render()?))
}

/// Makes a link and shows it this once.
pub(in crate::newsroom) fn invite(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let role = Role::from_word(visit.form.get("role")).ok_or(Fail::Form)?;
    let token = visit.people().invite(visit.caller()?, role)?;
    let link = format!("{}/join/{}", visit.inner.origin.url(), token.text());
    listed(visit, Some(link))
}

/// Takes a link back.
pub(in crate::newsroom) fn withdraw(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let link = hex::decode(visit.form.get("link")).ok_or(Fail::Form)?;
    visit.people().withdraw(visit.caller()?, &link)?;
    Ok(Answer::go("/people"))
}

struct Deed {
    at: String,
    local: String,
    who: String,
    what: String,
    object: String,
    words: String,
}

#[derive(Template)]
#[template(path = "newsroom/trail.html", whitespace = "minimize")]
struct Trail<'a> {
    s: Screen<'a>,
    deeds: Vec<Deed>,
}

/// Who did what, the newest first.
pub(in crate::newsroom) fn trail(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let noted = visit.people().trail(visit.caller()?, LINES)?;
    let s = Screen::new(visit, "room-trail", "/trail");
    let deed = |one: ovn_store::cabinet::Noted| Deed {
        at: s.moment(one.at),
        local: s.local(one.at),
        who: one.person.unwrap_or_else(|| "–".into()),
        what: s.say(&format!("deed-{}", one.verb)),
        object: one.object.unwrap_or_default(),
        words: one.words,
    };
    let deeds = noted.into_iter().map(deed).collect();
    Ok(Answer::page(Trail { s, deeds }.render()?))
}
