//! Files that become drafts, and the whole edition as one file.

use super::record::quoted;
use super::{PATH, refused};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_press::managing::{Brought, Parcel};

struct Report {
    path: String,
    title: String,
    lang: String,
    dir: &'static str,
    whole: bool,
    proposals: Vec<(String, String)>,
    sections: Vec<String>,
    pictures: String,
}

#[derive(Template)]
#[template(path = "newsroom/settings/import.html", whitespace = "minimize")]
struct Import<'a> {
    s: Screen<'a>,
    why: String,
    report: Option<Report>,
}

/// The form.
pub(in crate::newsroom) fn import(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None, None)
}

fn page(
    visit: &Visit<'_>,
    brought: Option<Brought>,
    refusal: Option<(StatusCode, String)>,
) -> Result<Answer, Fail> {
    let s = Screen::new(visit, "set-import", PATH);
    let (status, why) = refusal.unwrap_or((StatusCode::OK, String::new()));
    let report = brought.map(|one| Report {
        path: format!("/drafts/{}", hex::encode(&one.draft.id)),
        title: s.headline(&one.draft.title),
        dir: dir(&one.draft.lang),
        lang: one.draft.lang,
        whole: one.whole,
        proposals: one.proposals.into_iter().map(|one| (one.what, one.words)).collect(),
        sections: one.sections,
        pictures: match one.pictures {
            0 => String::new(),
            count => s.count("import-pictures", count as u64),
        },
    });
    Ok(Answer::page(Import { s, why, report }.render()?).status(status))
}

/// Makes a draft of the file that was sent.
pub(in crate::newsroom) fn bring(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let upload = visit.upload.as_ref().ok_or(Fail::Form)?;
    match visit.people().bring(visit.caller()?, &upload.name, &upload.bytes) {
        Ok(brought) => page(visit, Some(brought), None),
        Err(error) => {
            let s = Screen::new(visit, "set-import", PATH);
            let refusal = refused(&s, error)?;
            page(visit, None, Some(refusal))
        }
    }
}

#[derive(Template)]
#[template(path = "newsroom/settings/export.html", whitespace = "minimize")]
struct Export<'a> {
    s: Screen<'a>,
    dir: String,
}

/// What can be taken out, and what can't from here.
pub(in crate::newsroom) fn export(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let dir = quoted(&visit.people().folder(visit.caller()?)?.to_string_lossy());
    let s = Screen::new(visit, "set-export", PATH);
    Ok(Answer::page(Export { s, dir }.render()?))
}

/// Every article as Markdown.
pub(in crate::newsroom) fn markdown(visit: &Visit<'_>) -> Result<Answer, Fail> {
    pour(visit, Parcel::Markdown, "articles")
}

/// The record.
pub(in crate::newsroom) fn record(visit: &Visit<'_>) -> Result<Answer, Fail> {
    pour(visit, Parcel::Record, "record")
}

fn pour(visit: &Visit<'_>, parcel: Parcel, what: &str) -> Result<Answer, Fail> {
    let pour = visit.people().parcel(visit.caller()?, parcel)?;
    let day = visit.people().local(visit.people().now());
    let day: String = day.chars().take(10).collect();
    let host: String =
        visit.settings.origin.chars().map(|c| if c == '/' { '-' } else { c }).collect();
    Ok(Answer::pour(format!("{host}-{what}-{day}.tar"), pour))
}
