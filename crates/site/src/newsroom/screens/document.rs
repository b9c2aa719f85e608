//! The draft's document for the browser's editor, and its script and style: `docs/editor.md` has the contract.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::bundle;
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::editor::{self, MAX_BYTES, Sheet};
use ovn_edition::hex;
use ovn_press::drafts::{About, AboutSaved, Opened, opened};
use ovn_press::people::{Error, People, Refusal};
use ovn_store::cabinet::Saved;
use serde_json::{Value, json};

/// A file of the editor.
pub(in crate::newsroom) fn file(visit: &Visit<'_>) -> Result<Answer, Fail> {
    bundle::find(visit.ask.uri.path()).map(Answer::built).ok_or(Fail::Missing)
}

/// The newest document.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    Ok(Answer::packed(newest(&visit.people().document(visit.caller()?, &visit.id(0)?)?)))
}

pub(super) fn newest(opened: &Opened) -> String {
    // The document has one spelling already.
    let (version, document, references) = (opened.version, &opened.document, references(opened));
    format!(
        "{{\"version\":{version},\"document\":{document},\"together\":true,\"references\":{references}}}"
    )
}

/// Each source that can be cited.
pub(super) fn references(opened: &Opened) -> Value {
    opened.references.iter().map(|(id, title)| json!({"id": id, "title": title})).collect()
}

/// The sheet in a value of JSON, or the answer that says why it is none.
pub(super) fn sheet(visit: &Visit<'_>, document: &Value) -> Result<Result<Sheet, Answer>, Fail> {
    if document.to_string().len() > MAX_BYTES {
        let message = visit.inner.words.say(&visit.lang, "why-document-long", &[]);
        let answer = Answer::data(json!({"message": message}).to_string());
        return Ok(Err(answer.status(StatusCode::PAYLOAD_TOO_LARGE)));
    }
    let sheet =
        editor::from_value(document).map_err(|problem| Refusal::Text(problem.to_string()))?;
    Ok(Ok(sheet))
}

/// Keeps a document.
pub(in crate::newsroom) fn save(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    let body: Value = serde_json::from_slice(&visit.ask.body).map_err(|_| Fail::Form)?;
    let fields = body.as_object().filter(|fields| fields.len() == 2).ok_or(Fail::Form)?;
    let version = fields.get("version").and_then(Value::as_u64).ok_or(Fail::Form)?;
    let document = fields.get("document").ok_or(Fail::Form)?;
    let sheet = match sheet(visit, document)? {
        Ok(sheet) => sheet,
        Err(answer) => return Ok(answer),
    };
    match visit.people().save_document(caller, &id, version, &sheet)? {
        Saved::Kept(version) => Ok(Answer::data(json!({"version": version}).to_string())),
        Saved::Conflict(kept) => {
            Ok(Answer::data(newest(&opened(&kept)?)).status(StatusCode::CONFLICT))
        }
        Saved::Missing => Err(Fail::Missing),
    }
}

#[derive(Template)]
#[template(path = "newsroom/about.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    id: String,
    lang: String,
    lines: &'a str,
    hash: String,
    /// What somebody else saved meanwhile.
    theirs: Option<String>,
    wrong: Vec<(String, String)>,
}

/// Keeps what stands beside the sheet: the article file's metadata.
pub(in crate::newsroom) fn about(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    let (hash, lines) = (visit.form.get("was"), visit.form.get("about").replace("\r\n", "\n"));
    let saved = visit.people().save_about(caller, &id, hash, &lines);
    let (status, hash, theirs, wrong) = match saved {
        Ok(AboutSaved::Kept(_)) => {
            return Ok(Answer::go(format!("/drafts/{}?did=saved", hex::encode(&id))));
        }
        Ok(AboutSaved::Conflict(About { lines, hash })) => {
            (StatusCode::CONFLICT, hash, Some(lines), Vec::new())
        }
        Ok(AboutSaved::Wrong(problems)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, hash.to_owned(), None, problems)
        }
        Err(Error::Refused(refusal)) => return Err(refusal.into()),
        Err(other) => return Err(other.into()),
    };
    let draft = visit.people().draft(caller, &id)?;
    let s = Screen::new(visit, "draft-about", "/");
    let wrong = wrong
        .iter()
        .map(|one| {
            let place = s.with("open-line", &s.number(one.line as u64));
            (place, format!("{}; {}", one.message, one.advice))
        })
        .collect();
    let (id, lang) = (hex::encode(&id), draft.lang);
    let page = Page { s, id, lang, lines: &lines, hash, theirs, wrong };
    Ok(Answer::page(page.render()?).status(status))
}

/// What the draft's page needs for the editor, where it can be opened: script, style and the metadata beside it.
pub(super) struct Scripted {
    pub(super) script: String,
    pub(super) style: String,
    pub(super) about: About,
    /// The opaque id of who writes, as suggestions have it.
    pub(super) writer: String,
    /// The names of the newsroom's people by that id, as JSON.
    pub(super) people: String,
    /// The kinds of source with their names, as JSON.
    pub(super) kinds: String,
}

pub(super) fn scripted(
    visit: &Visit<'_>,
    draft: &ovn_store::cabinet::Draft,
) -> Result<Option<Scripted>, Fail> {
    let (Some((script, style)), Ok(_), Some(about)) =
        (bundle::paths(), opened(draft), People::about(draft))
    else {
        return Ok(None);
    };
    let caller = visit.caller()?;
    let writer = hex::encode(&caller.person.id);
    let people = visit.people().people(caller)?;
    let people: Value = people
        .into_iter()
        .map(|person| (hex::encode(&person.id), Value::from(person.name)))
        .collect();
    let kinds = json!(super::source::kinds(&Screen::new(visit, "room-sources", "/"))).to_string();
    Ok(Some(Scripted { script, style, about, writer, people: people.to_string(), kinds }))
}
