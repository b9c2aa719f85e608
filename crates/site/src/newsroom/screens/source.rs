//! Sources: those of a draft, with the forms that add one; the library; one source with its archived copy as text.

use super::file::{Held, facts, held};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::{
    direction, hex, markdown,
    model::{Kind, Outcome, Reply},
};
use ovn_press::people::{Act, Error, Refusal};
use ovn_press::sources::{Given, Secret, facts_of};
use ovn_store::cabinet::{Id, Source};

/// Sources of the library that a draft's screen offers; a search offers others.
const OFFERED: usize = 20;
/// The longest text of a copy that is shown, in bytes.
const SHOWN: usize = 200_000;

/// A source as lists show it.
struct Line {
    id: String,
    title: String,
    dir: &'static str,
    kind: String,
    speaks: String,
    at: String,
    confidential: bool,
    archived: bool,
    silent: String,
}

fn line(s: &Screen<'_>, one: &Source) -> Line {
    Line {
        id: hex::encode(&one.id),
        title: one.title.clone(),
        dir: direction::of_text(&one.title).map_or("auto", direction::Direction::word),
        kind: kind(s, &one.kind),
        speaks: one.speaks.clone().unwrap_or_default(),
        at: s.moment(one.at),
        confidential: one.commitment.is_some(),
        archived: one.file.is_some(),
        silent: one.silent.map(|at| s.with("source-silent", &s.moment(at))).unwrap_or_default(),
    }
}

fn kind(s: &Screen<'_>, word: &str) -> String {
    s.say(&format!("source-kind-{}", word.replace(' ', "-")))
}

#[derive(Template)]
#[template(path = "newsroom/sources.html", whitespace = "minimize")]
struct OfDraft<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    /// The ids by which the text can cite what it has.
    names: Vec<String>,
    offered: Vec<Line>,
    /// What is looked for in the library, and whether more of it is there.
    query: String,
    more: bool,
    /// Files of the draft about which somebody has to decide.
    held: Vec<Held>,
    kinds: Vec<(&'static str, String)>,
    outcomes: Vec<(&'static str, String)>,
    note: String,
    why: String,
    may: bool,
    /// Which form comes back with what was typed.
    sent: &'static str,
}

impl OfDraft<'_> {
    /// What was typed into this form before it was refused.
    fn typed(&self, form: &str, field: &str) -> &str {
        if form == self.sent { self.s.typed(field) } else { "" }
    }
}

/// The sources of a draft.
pub(in crate::newsroom) fn of_draft(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, "", None)
}

/// The kinds of source that somebody can choose, each with its name.
pub(super) fn kinds(s: &Screen<'_>) -> Vec<(&'static str, String)> {
    let kinds = Kind::ALL.iter().filter(|(kind, _)| *kind != Kind::Unnamed);
    kinds.map(|(_, word)| (*word, kind(s, word))).collect()
}

fn page(
    visit: &Visit<'_>,
    sent: &'static str,
    refused: Option<(StatusCode, String)>,
) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let draft = people.draft(caller, &visit.id(0)?)?;
    let s = Screen::new(visit, "room-sources", "/");
    let names = markdown::reference_ids(&draft.text);
    let query = query(visit);
    let (offered, more) = people.offered_sources(&query, OFFERED)?;
    let offered = offered.iter().map(|one| line(&s, one)).collect();
    let held = held(&s, people.waiting(&draft.text)?);
    let kinds = kinds(&s);
    let outcome = |(_, word): &(Outcome, &'static str)| (*word, s.say(&format!("outcome-{word}")));
    let outcomes = Outcome::ALL.iter().map(outcome).collect();
    let note = match visit.ask.query("did") {
        Some(name) if names.iter().any(|one| one == name) => s.with("source-added", name),
        Some("asked") => s.say("reply-noted"),
        Some("as-is") => s.say("file-decided"),
        _ => String::new(),
    };
    let (status, why) = refused.unwrap_or((StatusCode::OK, String::new()));
    let title = s.headline(&draft.title);
    let page = OfDraft {
        id: hex::encode(&draft.id),
        title,
        dir: dir(&draft.lang),
        may: people.may(caller, Act::Write, &draft).is_ok(),
        lang: draft.lang,
        names,
        offered,
        query,
        more,
        held,
        kinds,
        outcomes,
        note,
        why: s.told(&why),
        sent,
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// Where to go once a source was added or a request noted, or the form again with why it was not.
pub(super) fn done(
    visit: &Visit<'_>,
    sent: &'static str,
    done: Result<String, Error>,
) -> Result<Answer, Fail> {
    match done {
        Ok(name) => {
            let id = hex::encode(&visit.id(0)?);
            Ok(Answer::go(format!("/drafts/{id}/sources?did={name}")))
        }
        Err(error) => match Fail::from(error) {
            Fail::Refused(Refusal::Text(why)) => {
                page(visit, sent, Some((StatusCode::UNPROCESSABLE_ENTITY, why)))
            }
            Fail::Refused(refusal @ (Refusal::Busy | Refusal::Full)) => {
                // What was typed stays, and can be sent again.
                let (status, key) = match refusal {
                    Refusal::Full => (StatusCode::INSUFFICIENT_STORAGE, "why-full"),
                    _ if sent == "fetch" => (StatusCode::UNPROCESSABLE_ENTITY, "source-busy"),
                    _ => (StatusCode::SERVICE_UNAVAILABLE, "why-busy"),
                };
                let why = Screen::new(visit, "room-sources", "/").say(key);
                page(visit, sent, Some((status, why)))
            }
            other => Err(other),
        },
    }
}

fn given<'a>(visit: &'a Visit<'_>) -> Given<'a> {
    let of = |name| visit.form.get(name);
    Given {
        kind: of("kind"),
        title: of("title"),
        url: of("url"),
        speaks: of("speaks"),
        issued: of("issued"),
        secret: None,
    }
}

/// Fetches an address, archives it and puts it into the draft.
pub(in crate::newsroom) fn take(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let taken = visit.people().take(visit.caller()?, &visit.id(0)?, &given(visit));
    done(visit, "fetch", taken)
}

/// Puts a source that is described into the draft.
pub(in crate::newsroom) fn describe(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let put = visit.people().describe(visit.caller()?, &visit.id(0)?, &given(visit));
    done(visit, "describe", put)
}

/// Puts a confidential source into the draft: to readers what may be said, and a commitment.
pub(in crate::newsroom) fn confide(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (reason, details) = (visit.form.get("reason"), visit.form.get("details"));
    let given = Given { secret: Some(Secret { reason, details }), ..given(visit) };
    let put = visit.people().describe(visit.caller()?, &visit.id(0)?, &given);
    done(visit, "confide", put)
}

/// Puts a source of the library into the draft.
pub(in crate::newsroom) fn reuse(visit: &Visit<'_>) -> Result<Answer, Fail> {
    // What names no source is answered by the draft's own door first.
    let source = hex::decode(visit.form.get("source"));
    visit.people().draft(visit.caller()?, &visit.id(0)?)?;
    let put = visit.people().reuse(visit.caller()?, &visit.id(0)?, &source.ok_or(Fail::Form)?);
    done(visit, "reuse", put)
}

/// Notes whom the newsroom asked for a reply.
pub(in crate::newsroom) fn asked(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let of = |name| visit.form.get(name).to_owned();
    let outcome = Outcome::from_word(visit.form.get("outcome"));
    let id = visit.id(0)?;
    visit.people().draft(visit.caller()?, &id)?;
    let asked = Some(of("asked")).filter(|day| !day.is_empty());
    let reply = Reply { party: of("party"), asked, outcome: outcome.ok_or(Fail::Form)? };
    let asked = visit.people().asked(visit.caller()?, &id, &reply);
    done(visit, "asked", asked.map(|()| "asked".to_owned()))
}

#[derive(Template)]
#[template(path = "newsroom/library.html", whitespace = "minimize")]
struct Library<'a> {
    s: Screen<'a>,
    query: String,
    lines: Vec<Line>,
    /// The address of the next page, where there is one.
    more: String,
}

/// What is looked for.
fn query(visit: &Visit<'_>) -> String {
    let query = visit.ask.query("q").and_then(crate::newsroom::ask::decoded).unwrap_or_default();
    query.chars().take(200).collect()
}

/// Every source that the caller may know of, or those with the words that are looked for, page by page.
pub(in crate::newsroom) fn library(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let query = query(visit);
    let page = visit.ask.query("page").and_then(|page| page.parse::<u32>().ok()).unwrap_or(0);
    let (found, more) = visit.people().sources_from(visit.caller()?, &query, page.into())?;
    let s = Screen::new(visit, "room-sources", "/library");
    let lines = found.iter().map(|one| line(&s, one)).collect();
    let asked = visit.ask.query("q").unwrap_or_default();
    let next = format!("/library?q={asked}&page={}", page.saturating_add(1));
    let more = if more { next } else { String::new() };
    Ok(Answer::page(Library { s, query, lines, more }.render()?))
}

struct Used {
    draft: String,
    title: String,
    lang: String,
    dir: &'static str,
    name: String,
}

#[derive(Template)]
#[template(path = "newsroom/source.html", whitespace = "minimize")]
struct One<'a> {
    s: Screen<'a>,
    one: Line,
    url: String,
    issued: String,
    details: String,
    commitment: String,
    uses: Vec<Used>,
    checked: String,
    hash: String,
    media: String,
    /// What the copy says, without its form; nothing runs and nothing is fetched.
    text: Option<String>,
    why: String,
    file: Option<Shown>,
}

/// A file as it was found when it was taken in.
struct Shown {
    name: String,
    bytes: String,
    /// That its name says something else than its bytes are.
    named: String,
    facts: Vec<(String, String)>,
    decided: String,
}

fn shown(visit: &Visit<'_>, s: &Screen<'_>, id: &Id) -> Result<Option<Shown>, Fail> {
    let people = visit.people();
    let Some(file) = people.file(visit.caller()?, id)? else { return Ok(None) };
    let decided = match (file.decided, file.decider) {
        (Some(at), Some(decider)) => {
            let all = people.people(visit.caller()?)?;
            let who = all.into_iter().find(|person| person.id == decider);
            let who = who.map_or_else(String::new, |person| person.name);
            s.with("file-decided-by", &format!("{who}, {}", s.moment(at)))
        }
        _ => String::new(),
    };
    Ok(Some(Shown {
        facts: facts(s, &facts_of(&file)),
        named: file.named.map(|ending| s.with("file-named", &ending)).unwrap_or_default(),
        bytes: s.with("file-bytes", &s.number(file.bytes)),
        name: file.name,
        decided,
    }))
}

/// One source.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, people, id) = (visit.caller()?, visit.people(), visit.id(0)?);
    let source = people.source(caller, &id)?;
    let s = Screen::titled(visit, source.title.clone(), "/library");
    let (kept, why) = match people.kept(caller, &id) {
        Ok(kept) => (kept, String::new()),
        Err(Error::Refused(Refusal::Text(why))) => (None, why),
        Err(other) => return Err(other.into()),
    };
    let used = |one: ovn_store::cabinet::Use| Used {
        draft: hex::encode(&one.draft),
        title: s.headline(&one.title),
        dir: dir(&one.lang),
        lang: one.lang,
        name: one.name,
    };
    let uses = people.uses(caller, &id)?.into_iter().map(used).collect();
    let text = kept.as_ref().and_then(|kept| kept.text.as_ref()).map(|text| {
        let end = (0..=text.len().min(SHOWN)).rev().find(|at| text.is_char_boundary(*at));
        text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
    });
    let page = One {
        one: line(&s, &source),
        url: source.url.unwrap_or_default(),
        issued: source.issued.unwrap_or_default(),
        details: source.details.unwrap_or_default(),
        commitment: source.commitment.map(|hash| hex::encode(&hash)).unwrap_or_default(),
        uses,
        checked: source.checked.map(|at| s.moment(at)).unwrap_or_default(),
        hash: kept.as_ref().map(|kept| hex::encode(&kept.hash)).unwrap_or_default(),
        media: kept.map(|kept| kept.media).unwrap_or_default(),
        text,
        why,
        file: shown(visit, &s, &id)?,
        s,
    };
    Ok(Answer::page(page.render()?))
}

/// The archive itself, to be saved and never shown.
pub(in crate::newsroom) fn copy(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let kept = visit.people().kept(visit.caller()?, &visit.id(0)?)?.ok_or(Fail::Missing)?;
    Ok(Answer::file(kept.name, kept.bytes))
}

/// What opens a confidential source's commitment, to be saved.
pub(in crate::newsroom) fn opening(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    let json = visit.people().opening(visit.caller()?, &id)?.ok_or(Fail::Missing)?;
    Ok(Answer::file(format!("source-{}.json", hex::encode(&id)), json.into_bytes()))
}

/// Asks the address again.
pub(in crate::newsroom) fn ask(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    visit.people().ask_again(visit.caller()?, &id)?;
    Ok(Answer::go(format!("/library/{}", hex::encode(&id))))
}
