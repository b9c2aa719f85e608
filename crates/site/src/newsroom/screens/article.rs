//! What is published, and beginning a correction of it.

use super::standing::{self, Stand};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir, may};
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::hex;
use ovn_press::people::Act;
use ovn_store::rows::Query;

/// Articles on the screen.
const MOST: usize = 100;

struct Line {
    path: String,
    url: String,
    title: String,
    lang: String,
    dir: &'static str,
    at: String,
    rev: String,
    /// Sealed, witnessed.
    stands: Vec<Stand>,
}

#[derive(Template)]
#[template(path = "newsroom/articles.html", whitespace = "minimize")]
struct Articles<'a> {
    s: Screen<'a>,
    removes: bool,
    /// The edition's languages, each with its own name.
    languages: Vec<(String, String)>,
    lines: Vec<Line>,
}

/// The newest articles.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let people = visit.people();
    let heads = people.reader().heads(&Query { limit: MOST, ..Query::default() })?;
    let s = Screen::new(visit, "room-articles", "/articles");
    let sealers = people.sealers()?;
    let line = |head: ovn_store::rows::Head| -> Result<Line, Fail> {
        let sealed = people.article_stands(&head, &sealers)?;
        Ok(Line {
            stands: standing::of_article(&s, sealed.as_ref()),
            url: format!("{}{}", visit.settings.url, head.path),
            dir: dir(&head.lang),
            at: s.moment(head.at),
            rev: s.with("article-revision", &s.number(u64::from(head.rev))),
            path: head.path,
            title: head.headline,
            lang: head.lang,
        })
    };
    let lines = heads.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let removes = may(visit.caller()?, Act::Remove);
    let languages = super::pitch::languages(visit);
    Ok(Answer::page(Articles { s, removes, languages, lines }.render()?))
}

/// Begins a draft that is to follow an article.
pub(in crate::newsroom) fn correct(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let draft = visit.people().correct(visit.caller()?, visit.form.get("path"))?;
    Ok(Answer::go(format!("/drafts/{}", hex::encode(&draft.id))))
}
