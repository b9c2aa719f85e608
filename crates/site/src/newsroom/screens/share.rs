//! A draft as readers would see it: at two widths for colleagues, and by a link that ends for somebody without an account.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use crate::words::Words;
use askama::Template;
use hyper::StatusCode;
use ovn_edition::hex;
use ovn_edition::html::{self, View};
use ovn_edition::model::Article;
use ovn_edition::sealed::Place;
use ovn_press::drafts::{DAYS, State};
use ovn_press::people::secret::Token;
use ovn_press::people::{Error, Refusal};
use ovn_store::cabinet::Draft;

struct Link {
    hash: String,
    words: String,
    by: String,
    until: String,
}

#[derive(Template)]
#[template(path = "newsroom/preview.html", whitespace = "minimize")]
struct Preview<'a> {
    s: Screen<'a>,
    id: String,
    lang: String,
    dir: &'static str,
    title: String,
    shares: bool,
    days: Vec<(u64, String)>,
    links: Vec<Link>,
    /// A link that was made a moment ago, shown this once.
    fresh: Option<String>,
    why: String,
    words: &'a str,
}

/// The draft at the width of a phone and of a desk, and the links to it.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None, None)
}

fn page(
    visit: &Visit<'_>,
    fresh: Option<String>,
    refused: Option<&Refusal>,
) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let draft = people.draft(caller, &visit.id(0)?)?;
    let id = hex::encode(&draft.id);
    if people.checklist(&draft.text)?.article.is_none() && refused.is_none() {
        return Ok(Answer::go(format!("/drafts/{id}/publish")));
    }
    let s = Screen::new(visit, "room-preview", "/");
    let shares = people.may_share(caller, &draft).is_ok();
    let links = if shares { people.shared(caller, &draft.id)? } else { Vec::new() };
    let names = people.people(caller)?;
    let link = |one: ovn_store::cabinet::Preview| {
        let by = names.iter().find(|person| person.id == one.person);
        Link {
            hash: hex::encode(&one.hash),
            by: by.map_or_else(String::new, |person| person.name.clone()),
            until: s.moment(one.until),
            words: one.words,
        }
    };
    let links = links.into_iter().map(link).collect();
    let (status, why) = match refused {
        None => (StatusCode::OK, String::new()),
        Some(refusal) => {
            let (status, key, _) = super::trouble::refused(refusal);
            (status, s.say(key))
        }
    };
    let page = Preview {
        id,
        dir: dir(&draft.lang),
        title: s.headline(&draft.title),
        lang: draft.lang,
        shares,
        days: DAYS.iter().map(|days| (*days, s.count("share-days", *days))).collect(),
        links,
        fresh,
        why,
        words: visit.form.get("words"),
        s,
    };
    Ok(Answer::page(page.render()?).status(status).framing())
}

/// Makes a link and shows it this once.
pub(in crate::newsroom) fn share(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let days = visit.form.get("days").parse().unwrap_or_default();
    let words = visit.form.get("words");
    match visit.people().share(visit.caller()?, &visit.id(0)?, words, days) {
        Ok(token) => {
            let link = format!("{}/preview/{}", visit.inner.origin.url(), token.text());
            page(visit, Some(link), None)
        }
        Err(Error::Refused(refusal @ Refusal::Text(_))) => page(visit, None, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}

/// Ends a link.
pub(in crate::newsroom) fn end(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    let link = hex::decode(visit.form.get("link")).ok_or(Fail::Form)?;
    visit.people().unshare(visit.caller()?, &id, &link)?;
    Ok(Answer::go(format!("/drafts/{}/preview", hex::encode(&id))))
}

#[derive(Template)]
#[template(path = "newsroom/framed.html", whitespace = "minimize")]
struct Framed<'a> {
    lang: &'a str,
    dir: &'static str,
    title: &'a str,
    css: &'static str,
    article: String,
    /// What stands above it, and its language; nothing within the newsroom's own frame.
    banner: Option<(String, String)>,
}

/// The article alone, for the newsroom's own frames.
pub(in crate::newsroom) fn framed(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let draft = visit.people().draft(visit.caller()?, &visit.id(0)?)?;
    let pictures = format!("/drafts/{}/pictures/", hex::encode(&draft.id));
    Ok(Answer::page(alone(visit, &draft, &pictures, None)?.ok_or(Fail::Missing)?).framed())
}

/// The page of the article alone; none while the text can't be read as one.
fn alone(
    visit: &Visit<'_>,
    draft: &Draft,
    pictures: &str,
    banner: Option<(String, String)>,
) -> Result<Option<String>, Fail> {
    let Some(article) = visit.people().checklist(&draft.text)?.article else { return Ok(None) };
    frame(&article, body(visit, draft, &article, pictures), banner).map(Some)
}

/// The page of a text alone, whose article element is `body`, as readers would see it.
pub(super) fn frame(
    article: &Article,
    body: String,
    banner: Option<(String, String)>,
) -> Result<String, Fail> {
    let page = Framed {
        lang: &article.lang,
        dir: dir(&article.lang),
        title: &article.headline,
        css: crate::pages::style::ARTICLE.as_str(),
        article: body,
        banner,
    };
    Ok(page.render()?)
}

fn body(visit: &Visit<'_>, draft: &Draft, article: &Article, pictures: &str) -> String {
    let people = visit.people();
    let at = people.now();
    let path = draft.path.clone().unwrap_or_default();
    let place = Place { path, at, local: people.local(at) };
    html::article(article, &place, &View { base: &visit.settings.url, pictures })
}

#[derive(Template)]
#[template(path = "newsroom/cover.html", whitespace = "minimize")]
struct Cover<'a> {
    s: Screen<'a>,
    until: String,
    /// Where the text is, or where it was published meanwhile.
    to: String,
    published: bool,
    /// Whether there is something to be read now.
    ready: bool,
}

/// What a link leads to first. It has no word of the draft: programs that open every link in a message learn nothing.
pub(in crate::newsroom) fn cover(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (token, draft, until) = linked(visit)?;
    let people = visit.people();
    let published = State::of(&draft) == State::Published;
    let path = draft.path.as_deref().filter(|_| published);
    let to = match path {
        Some(path) => format!("{}{path}", visit.settings.url),
        None => format!("/preview/{}/text", token.text()),
    };
    let ready = published || people.checklist(&draft.text)?.article.is_some();
    let s = Screen::new(visit, "share-cover", "");
    let until = s.moment(until);
    Ok(Answer::page(Cover { s, until, to, published, ready }.render()?))
}

/// The text itself.
pub(in crate::newsroom) fn text(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (token, draft, _) = linked(visit)?;
    let cover = format!("/preview/{}", token.text());
    if State::of(&draft) == State::Published {
        return Ok(Answer::go(cover));
    }
    let lang = if Words::speaks(&draft.lang) { draft.lang.clone() } else { visit.lang.clone() };
    let with = [("it", visit.settings.name.clone().into())];
    let banner = visit.inner.words.say(&lang, "share-banner", &with);
    let pictures = format!("/preview/{}/pictures/", token.text());
    let page = alone(visit, &draft, &pictures, Some((banner, lang)))?;
    Ok(page.map_or_else(|| Answer::go(cover), Answer::page))
}

fn linked(visit: &Visit<'_>) -> Result<(Token, Draft, u64), Fail> {
    let part = visit.parts.first().copied().unwrap_or_default();
    let token = Token::read(part).ok_or(Refusal::Link)?;
    let (draft, until) = visit.people().by_link(&token)?;
    Ok((token, draft, until))
}

/// A picture that the text shows.
pub(in crate::newsroom) fn picture(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (token, ..) = linked(visit)?;
    let name = visit.parts.get(1).copied().unwrap_or_default();
    Ok(Answer::picture(visit.people().picture_by_link(&token, name)?))
}
