//! Removing a published article: on what ground, then once more with its name typed.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use hyper::StatusCode;
use ovn_press::drafts::name;
use ovn_press::people::{Error, Refusal};
use ovn_press::remove::GROUNDS;
use ovn_store::rows::Head;

#[derive(Template)]
#[template(path = "newsroom/removal.html", whitespace = "minimize")]
struct Removal<'a> {
    s: Screen<'a>,
    head: &'a Head,
    dir: &'static str,
    url: String,
    grounds: Vec<(&'static str, String)>,
    ground: &'a str,
    note: &'a str,
    /// What has to be typed, once a ground was chosen.
    name: Option<&'a str>,
    /// The ground in words, once it was chosen.
    said: String,
    why: String,
}

/// The first step without a ground, the second until the name is typed, and then it is done.
pub(in crate::newsroom) fn remove(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let field = |name: &str| visit.form.get(name);
    let (path, ground, note, typed) =
        (field("path"), field("ground"), field("note"), field("confirm"));
    let head = people.removable(caller, path)?;
    let chosen = GROUNDS.contains(&ground);
    let mut why = "";
    if chosen && !typed.is_empty() {
        match people.remove(caller, path, ground, note, typed) {
            Ok(_) => return Ok(Answer::go("/articles")),
            Err(Error::Refused(Refusal::Text(_))) => why = "why-confirm",
            Err(other) => return Err(other.into()),
        }
    }
    let s = Screen::new(visit, "room-removal", "/articles");
    let ground_key = |word: &str| format!("ground-{}", word.replace(' ', "-"));
    let page = Removal {
        head: &head,
        dir: dir(&head.lang),
        url: format!("{}{}", visit.settings.url, head.path),
        grounds: GROUNDS.iter().map(|word| (*word, s.say(&ground_key(word)))).collect(),
        ground,
        note,
        name: chosen.then(|| name(&head)),
        said: if chosen { s.say(&ground_key(ground)) } else { String::new() },
        why: if why.is_empty() { String::new() } else { s.say(why) },
        s,
    };
    let status = if why.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Answer::page(page.render()?).status(status))
}
