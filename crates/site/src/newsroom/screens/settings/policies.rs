//! The edition's policies: which there are, a form for each, a preview, and the form's text sealed.

use super::super::share::frame;
use super::{PATH, refused};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use crate::pages::{corrections, own_name};
use askama::Template;
use hyper::StatusCode;
use ovn_edition::html::{self, View};
use ovn_edition::markdown::Problem;
use ovn_edition::sealed::Place;
use ovn_press::managing::{Policy, Set, Wording};
use ovn_press::people::{Error, People, Refusal};

struct Line {
    to: String,
    title: String,
    lang: String,
    dir: &'static str,
    property: &'static str,
    /// Which revision is published, and when; nothing while none is.
    published: String,
    public: String,
}

struct Group {
    id: String,
    name: String,
    dir: &'static str,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "newsroom/settings/policies.html", whitespace = "minimize")]
struct List<'a> {
    s: Screen<'a>,
    groups: Vec<Group>,
}

/// The list, language by language.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let all = visit.people().policies(visit.caller()?)?;
    let s = Screen::new(visit, "set-policies", PATH);
    let group = |lang: &String| Group {
        id: lang.clone(),
        name: own_name(lang).to_owned(),
        dir: dir(lang),
        lines: all.iter().filter(|one| one.lang == *lang).map(|one| line(&s, one)).collect(),
    };
    let groups = visit.settings.languages.iter().map(group).collect();
    Ok(Answer::page(List { s, groups }.render()?))
}

fn line(s: &Screen<'_>, one: &Policy) -> Line {
    let published = one.head.as_ref().map_or_else(String::new, |head| {
        let rev = s.with("article-revision", &s.number(u64::from(head.rev)));
        format!("{rev} {}", s.moment(head.at))
    });
    Line {
        to: format!("/settings/policies/{}/{}", one.lang, one.name),
        title: one
            .head
            .as_ref()
            .map_or_else(|| name_of(s, &one.name), |head| head.headline.clone()),
        lang: one.head.as_ref().map_or_else(|| s.lang().to_owned(), |head| head.lang.clone()),
        dir: one.head.as_ref().map_or_else(|| s.dir(), |head| dir(&head.lang)),
        property: crate::jsonld::property(&one.name),
        public: one.head.as_ref().map_or_else(String::new, |_| format!("{}{}", s.url(), one.path)),
        published,
    }
}

/// What a policy is called before it has a headline of its own.
fn name_of(s: &Screen<'_>, name: &str) -> String {
    let key = format!("policy-{name}");
    let said = s.say(&key);
    if said == key { name.to_owned() } else { said }
}

struct Step {
    number: String,
    at: String,
    see: String,
    compare: String,
}

#[derive(Template)]
#[template(path = "newsroom/settings/policy.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    action: String,
    lang: &'a str,
    dir: &'static str,
    rev: u32,
    wording: Wording,
    property: &'static str,
    public: String,
    /// Whether the text below is one to begin with and nobody has published it.
    starter: bool,
    history: Vec<Step>,
    note: String,
    why: String,
    wrong: Vec<(String, String)>,
}

/// One policy, to be written.
pub(in crate::newsroom) fn open(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None, Vec::new())
}

fn page(
    visit: &Visit<'_>,
    refusal: Option<(StatusCode, String)>,
    problems: Vec<Problem>,
) -> Result<Answer, Fail> {
    let (lang, name) = place(visit);
    let opened = visit.people().policy(visit.caller()?, lang, name)?;
    let s = Screen::titled(visit, String::new(), PATH);
    let title = name_of(&s, name);
    let s = Screen::titled(visit, title, PATH);
    let sent = refusal.is_some();
    let (status, why) = refusal.unwrap_or((StatusCode::OK, String::new()));
    let note = match visit.ask.query("did") {
        Some("sealed") => s.say("policy-sealed"),
        Some("same") => s.say("policy-same"),
        _ => String::new(),
    };
    let (url, path) = (s.url().to_owned(), &opened.policy.path);
    let last = opened.revisions.last().map_or(0, |one| one.rev);
    let step = |one: &ovn_store::rows::Revision| Step {
        number: s.with("article-revision", &s.number(u64::from(one.rev))),
        at: s.moment(one.at),
        see: if one.rev == last {
            format!("{url}{path}")
        } else {
            format!("{url}{path}/r{}", one.rev)
        },
        compare: if one.rev > 1 {
            format!("{url}{}", corrections::compare_path(path, one.rev - 1, one.rev))
        } else {
            String::new()
        },
    };
    let history = opened.revisions.iter().rev().map(step).collect();
    let wrong = problems.iter().map(|one| told(&s, one)).collect();
    let page = Page {
        action: format!("/settings/policies/{lang}/{name}"),
        lang,
        dir: dir(lang),
        rev: last,
        wording: if sent { wording(visit) } else { opened.wording },
        property: crate::jsonld::property(name),
        public: if last > 0 { format!("{url}{path}") } else { String::new() },
        starter: last == 0 && !sent,
        history,
        note,
        why,
        wrong,
        s,
    };
    Ok(Answer::page(page.render()?).status(status))
}

fn told(s: &Screen<'_>, problem: &Problem) -> (String, String) {
    let place = match problem.line {
        0 => String::new(),
        line => s.with("open-line", &s.number(line as u64)),
    };
    (place, format!("{}; {}", problem.message, problem.advice))
}

fn place<'a>(visit: &'a Visit<'_>) -> (&'a str, &'a str) {
    let part = |at: usize| visit.parts.get(at).copied().unwrap_or_default();
    (part(0), part(1))
}

fn wording(visit: &Visit<'_>) -> Wording {
    let form = &visit.form;
    Wording {
        headline: form.get("headline").to_owned(),
        standfirst: form.get("standfirst").to_owned(),
        text: form.get("text").to_owned(),
    }
}

/// Shows what the form says as readers would see it, or seals it.
pub(in crate::newsroom) fn save(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let ((lang, name), wording) = (place(visit), wording(visit));
    let wrong = |problems| {
        let why = visit.inner.words.say(&visit.lang, "policy-wrong", &[]);
        page(visit, Some((StatusCode::UNPROCESSABLE_ENTITY, why)), problems)
    };
    // Who may not write it is told so before anything is said of the form.
    visit.people().policy(visit.caller()?, lang, name)?;
    if visit.form.get("deed") == "preview" {
        let article = match People::read_policy(lang, &wording) {
            Ok(article) => article,
            Err(problems) => return wrong(problems),
        };
        let at = visit.people().now();
        let place = Place { path: String::new(), at, local: visit.people().local(at) };
        let view = View { base: &visit.settings.url, ..View::default() };
        let banner = visit.inner.words.say(&visit.lang, "policy-preview-note", &[]);
        let body = html::article(&article, &place, &view);
        return Ok(Answer::page(frame(&article, body, Some((banner, visit.lang.clone())))?));
    }
    let rev = visit.form.get("rev").parse().map_err(|_| Fail::Form)?;
    match visit.people().set_policy(visit.caller()?, lang, name, rev, &wording) {
        Ok(Set::Sealed(_)) => {
            Ok(Answer::go(format!("/settings/policies/{lang}/{name}?did=sealed")))
        }
        Ok(Set::Same) => Ok(Answer::go(format!("/settings/policies/{lang}/{name}?did=same"))),
        Ok(Set::Wrong(problems)) => wrong(problems),
        Err(Error::Refused(Refusal::Moved)) => {
            let why = visit.inner.words.say(&visit.lang, "why-policy-moved", &[]);
            page(visit, Some((StatusCode::CONFLICT, why)), Vec::new())
        }
        Err(error) => {
            let s = Screen::new(visit, "set-policies", PATH);
            let refusal = refused(&s, error)?;
            page(visit, Some(refusal), Vec::new())
        }
    }
}
