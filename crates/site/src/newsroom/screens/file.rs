//! Files as sources: taken in from the form or the editor, and the decision to publish one with what it tells.

use super::source;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use ovn_edition::hex;
use ovn_press::drafts::opened;
use ovn_press::files::{Fact, name_shown};
use ovn_press::people::{Error, Refusal};
use ovn_press::sources::{Given, Secret, Upload, Waiting};
use serde_json::json;

/// A file of the draft about which somebody has to decide.
pub(super) struct Held {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) facts: Vec<(String, String)>,
}

/// What a file tells, in the words of the screen.
pub(super) fn facts(s: &Screen<'_>, all: &[Fact]) -> Vec<(String, String)> {
    all.iter().map(|one| (s.say(&format!("fact-{}", one.key)), one.value.clone())).collect()
}

pub(super) fn held(s: &Screen<'_>, all: Vec<Waiting>) -> Vec<Held> {
    let one = |one: Waiting| Held {
        id: hex::encode(&one.source),
        facts: facts(s, &one.facts),
        title: one.title,
    };
    all.into_iter().map(one).collect()
}

/// Takes the file of the form in; gives the id by which the draft cites it.
fn given(visit: &Visit<'_>) -> Result<Result<String, Error>, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    let file = visit.upload.as_ref().ok_or(Fail::Form)?;
    let of = |name| visit.form.get(name);
    let secret = match of("confidential") {
        "" => None,
        "yes" => Some(Secret { reason: of("reason"), details: of("details") }),
        _ => return Err(Fail::Form),
    };
    let (kind, title, speaks, issued) = (of("kind"), of("title"), of("speaks"), of("issued"));
    let given = Given { kind, title, url: "", speaks, issued, secret };
    let upload = Upload { name: &file.name, bytes: &file.bytes };
    Ok(visit.people().give(caller, &id, &given, upload))
}

/// Takes a file in from the form.
pub(in crate::newsroom) fn add(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let given = given(visit)?.map_err(|error| match error {
        Error::Refused(Refusal::Text(why)) => {
            let name = visit.upload.as_ref().map_or("", |file| file.name.as_str());
            Refusal::Text(format!("{}: {why}", name_shown(name))).into()
        }
        other => other,
    });
    source::done(visit, "file", given)
}

/// Takes a file in from the editor, which offers to cite it.
pub(in crate::newsroom) fn give(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let name = given(visit)??;
    let draft = visit.people().draft(visit.caller()?, &visit.id(0)?)?;
    let waits = visit.people().waiting(&draft.text)?.len();
    let references = super::document::references(&opened(&draft)?);
    let answer = json!({"id": name, "references": references, "waiting": waits});
    Ok(Answer::data(answer.to_string()))
}

/// Decides that a file is published with what it tells.
pub(in crate::newsroom) fn as_is(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    visit.people().draft(caller, &id)?;
    let source = hex::decode(visit.form.get("source")).ok_or(Fail::Form)?;
    visit.people().publish_as_is(caller, &id, &source)?;
    Ok(Answer::go(format!("/drafts/{}/sources?did=as-is", hex::encode(&id))))
}
