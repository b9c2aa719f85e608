//! Publishing: what is open, then sealed.

use super::draft::{stands, version_of};
use super::file::{Held, held};
use super::standing::Stand;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::hex;
use ovn_edition::model::{Change, Class};
use ovn_press::drafts::{State, suggestions};
use ovn_press::people::{Act, Error, Refusal};
use ovn_store::cabinet::Draft;

/// A problem of the text, with its place.
pub(super) struct Wrong {
    pub(super) place: String,
    pub(super) what: String,
    pub(super) advice: String,
}

/// A question of the desk.
pub(super) struct Asked {
    pub(super) level: String,
    pub(super) words: String,
    pub(super) why: String,
    pub(super) settle: String,
}

/// What is open in a draft.
pub(super) struct Open {
    /// The draft.
    pub(super) id: String,
    /// Its files about which somebody has to decide, which keep it from being published.
    pub(super) held: Vec<Held>,
    /// How many suggestions are open, which keep it from being published, and where they are decided.
    pub(super) suggestions: String,
    /// How many comments are open, which keep nothing from being published.
    pub(super) comments: String,
    /// The page of the draft's comments.
    pub(super) talk: String,
    pub(super) decided: String,
    pub(super) problems: Vec<Wrong>,
    pub(super) asked: Vec<Asked>,
    pub(super) answered: String,
    pub(super) marks: String,
    pub(super) claims: String,
    /// The language of the desk's sentences.
    pub(super) lang: String,
}

impl Open {
    /// Whether nothing of it keeps the draft from being published.
    pub(super) fn holds_nothing(&self) -> bool {
        self.problems.is_empty() && self.suggestions.is_empty() && self.held.is_empty()
    }
}

/// What is open, in the words of the screen.
pub(super) fn open(visit: &Visit<'_>, s: &Screen<'_>, draft: &Draft) -> Result<Open, Fail> {
    let list = visit.people().checklist(&draft.text)?;
    let problems = list.problems.iter().map(|one| Wrong {
        place: s.with("open-line", &s.number(one.line as u64)),
        what: one.message.clone(),
        advice: one.advice.clone(),
    });
    let asked = list.findings.iter().map(|one| Asked {
        level: s.say(&format!("desk-level-{}", one.level.word())),
        words: one.words(),
        why: one.why.clone(),
        settle: one.settle.clone(),
    });
    let some = |key: &str, n: usize| {
        if n == 0 { String::new() } else { s.count(key, n as u64) }
    };
    Ok(Open {
        id: hex::encode(&draft.id),
        held: held(s, visit.people().waiting(&draft.text)?),
        suggestions: some("open-suggestions", suggestions(draft)),
        comments: match visit.people().open_comments(&draft.id)? {
            0 => String::new(),
            n => s.count("open-comments", n),
        },
        talk: format!("/drafts/{}/comments", hex::encode(&draft.id)),
        decided: format!("/drafts/{}/suggestions", hex::encode(&draft.id)),
        problems: problems.collect(),
        asked: asked.collect(),
        answered: some("open-answered", list.answered),
        marks: some("open-marks", list.marks),
        claims: some("open-claims", list.claims),
        lang: draft.lang.clone(),
    })
}

#[derive(Template)]
#[template(path = "newsroom/publish.html", whitespace = "minimize")]
struct Publish<'a> {
    s: Screen<'a>,
    id: String,
    draft: &'a Draft,
    open: Open,
    /// Saved, sealed, witnessed.
    stands: Vec<Stand>,
    /// Why it was refused, or why it would be.
    why: String,
    detail: String,
    may: bool,
    classes: Vec<(&'static str, String)>,
    chosen: &'a str,
    note: &'a str,
    asked_by: &'a str,
}

/// The list of what is open, and the button.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<&Refusal>) -> Result<Answer, Fail> {
    let caller = visit.caller()?;
    let draft = visit.people().recorded(visit.people().draft(caller, &visit.id(0)?)?)?;
    if State::of(&draft) == State::Published {
        return Ok(Answer::go(format!("/drafts/{}", hex::encode(&draft.id))));
    }
    let s = Screen::new(visit, "room-publish", "/");
    let may = visit.people().may(caller, Act::Publish, &draft);
    let told = |refusal: &Refusal| {
        let (status, key, detail) = super::trouble::refused(refusal);
        (status, s.say(key), s.told(&detail))
    };
    let (status, why, detail) = match (refused, &may) {
        (Some(refusal), _) => told(refusal),
        (None, Err(Error::Refused(refusal))) => {
            let (_, why, detail) = told(refusal);
            (hyper::StatusCode::OK, why, detail)
        }
        _ => (hyper::StatusCode::OK, String::new(), String::new()),
    };
    let open = open(visit, &s, &draft)?;
    let classes = classes(&s, &draft);
    let stands = stands(visit, &s, &draft)?;
    let (id, may) = (hex::encode(&draft.id), may.is_ok() && open.holds_nothing());
    let (chosen, note, asked_by) =
        (visit.form.get("class"), visit.form.get("note"), visit.form.get("asked-by"));
    let page = Publish {
        s,
        id,
        draft: &draft,
        open,
        stands,
        why,
        detail,
        may,
        classes,
        chosen,
        note,
        asked_by,
    };
    Ok(Answer::page(page.render()?).status(status))
}

/// The kinds of change that a draft may be; none where it is a new article.
pub(super) fn classes(s: &Screen<'_>, draft: &Draft) -> Vec<(&'static str, String)> {
    let class = |(class, word): &(Class, &'static str)| {
        (*class != Class::Publication).then(|| (*word, s.say(&format!("class-{word}"))))
    };
    if draft.article.is_none() {
        return Vec::new();
    }
    Class::ALL.iter().filter_map(class).collect()
}

/// What the form declares the change to be.
pub(super) fn change(visit: &Visit<'_>) -> Result<Change, Fail> {
    let text = |name: &str| {
        let value = visit.form.get(name).trim();
        (!value.is_empty()).then(|| value.replace("\r\n", " "))
    };
    let class = match visit.form.get("class") {
        "" => Class::Publication,
        word => Class::from_word(word).ok_or(Fail::Form)?,
    };
    Ok(Change { class, note: text("note"), asked_by: text("asked-by") })
}

/// Seals it.
pub(in crate::newsroom) fn publish(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    match visit.people().publish(caller, &id, version_of(visit)?, change(visit)?) {
        Ok(_) => Ok(Answer::go(format!("/drafts/{}?did=sealed", hex::encode(&id)))),
        Err(Error::Refused(Refusal::Missing)) => Err(Fail::Missing),
        Err(Error::Refused(refusal)) => page(visit, Some(&refusal)),
        Err(other) => Err(other.into()),
    }
}
