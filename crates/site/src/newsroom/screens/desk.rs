//! The first screen: what is for oneself, and every draft that one may read, by where it stands.

use super::comments::{ForMe, for_me};
use super::filter::Chosen;
use super::line::{Line, Lines};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir, may};
use crate::newsroom::visit::Visit;
use crate::words::Words;
use askama::Template;
use ovn_edition::hex;
use ovn_press::drafts::{PAGE, State};
use ovn_press::managing::{Backup, Step};
use ovn_press::people::Act;

/// Drafts that are shown of each state, and of what is for oneself.
const SHOWN: u64 = 15;
/// The states in which there is work to do, as an editor looks at them.
const WORKING: [State; 4] = [State::Review, State::Ready, State::Scheduled, State::Draft];

/// The drafts in one state.
struct Group {
    id: &'static str,
    title: String,
    count: String,
    lines: Vec<Line>,
    /// The address of all of them, where there are more.
    all: Option<String>,
}

/// A task, as the list shows it.
struct Chore {
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    what: String,
    at: String,
    local: String,
    begun: bool,
}

#[derive(Template)]
#[template(path = "newsroom/desk.html", whitespace = "minimize")]
struct Desk<'a> {
    s: Screen<'a>,
    /// Comments that are for whoever looks.
    comments: Vec<ForMe>,
    unread: String,
    languages: Vec<(String, String)>,
    chosen: Chosen,
    mine: Vec<Line>,
    chores: Vec<Chore>,
    /// How many they are.
    waiting: String,
    /// How many pitches wait for the caller's decision.
    pitches: String,
    groups: Vec<Group>,
    /// Where what is published and put away is listed, each with its name and number.
    ended: Vec<(String, String)>,
    before: Option<String>,
    after: Option<String>,
    /// What a new edition still wants: in words, where it is done, whether it is.
    begin: Vec<(String, &'static str, bool)>,
    /// What is to be said of the last backup to whoever can see to one.
    backup: String,
}

/// The list.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, people) = (visit.caller()?, visit.people());
    let s = Screen::new(visit, "room-desk", "/");
    let chosen = Chosen::of(visit, &s);
    let lines = Lines::of(visit, &s)?;
    let filter = chosen.filter();
    let counted = people.counted(caller, &filter)?;
    let count = |state: State| {
        counted.iter().find(|(one, _)| *one == state).map_or(0, |(_, number)| *number)
    };
    let mut groups = Vec::new();
    let states = chosen.state.map_or_else(|| WORKING.to_vec(), |state| vec![state]);
    for state in states.into_iter().filter(|state| count(*state) > 0) {
        let whole = chosen.state.is_some();
        let (from, limit) = if whole { (chosen.page * PAGE, PAGE) } else { (0, SHOWN) };
        let one = ovn_press::drafts::Filter { state: Some(state), ..filter };
        let lines = lines.shown(&people.listed(caller, &one, from, limit)?)?;
        let (id, number) = (state.word(), count(state));
        let all = (!whole && number > SHOWN).then(|| chosen.address(Some(state), 0));
        let title = s.say(&format!("state-{id}"));
        groups.push(Group { id, title, count: s.number(number), lines, all });
    }
    let ended = if chosen.state.is_none() { ended(&s, &chosen, count) } else { Vec::new() };
    let first = chosen.is_empty() && chosen.page == 0;
    let mine = if first { lines.shown(&people.for_me(caller, SHOWN)?)? } else { Vec::new() };
    let chores = if first { chores(visit, &s)? } else { Vec::new() };
    let pitches =
        if first && may(caller, Act::TakeUp) { pitches(visit, &s)? } else { String::new() };
    let comments = if first { for_me(visit, &s)? } else { Vec::new() };
    let unread = s.number(comments.len() as u64);
    let more = chosen.state.is_some_and(|state| count(state) > (chosen.page + 1) * PAGE);
    let before = chosen.page.checked_sub(1).map(|page| chosen.address(chosen.state, page));
    let after = more.then(|| chosen.address(chosen.state, chosen.page + 1));
    let (languages, waiting) = (languages(visit), s.number(chores.len() as u64));
    let begin = if first { begin(visit, &s)? } else { Vec::new() };
    let backup = if first && begin.is_empty() { backup(visit, &s)? } else { String::new() };
    let page = Desk {
        s,
        comments,
        unread,
        languages,
        chosen,
        mine,
        chores,
        waiting,
        pitches,
        groups,
        ended,
        before,
        after,
        begin,
        backup,
    };
    Ok(Answer::page(page.render()?))
}

/// Where what is published and put away is listed, each with its name and number.
fn ended(s: &Screen<'_>, chosen: &Chosen, count: impl Fn(State) -> u64) -> Vec<(String, String)> {
    let ended = [State::Published, State::Dropped].into_iter().filter(|state| count(*state) > 0);
    let line = |state: State| {
        let name = s.say(&format!("state-{}", state.word()));
        (chosen.address(Some(state), 0), format!("{name} ({})", s.number(count(state))))
    };
    ended.map(line).collect()
}

/// The edition's languages that the screens speak, each with its own name.
fn languages(visit: &Visit<'_>) -> Vec<(String, String)> {
    let all = visit.settings.languages.iter().filter(|lang| Words::speaks(lang));
    all.map(|lang| (lang.clone(), crate::pages::own_name(lang).to_owned())).collect()
}

fn chores(visit: &Visit<'_>, s: &Screen<'_>) -> Result<Vec<Chore>, Fail> {
    let chore = |told: ovn_press::tasks::Told| Chore {
        id: hex::encode(&told.task.id),
        title: s.headline(&told.article.headline),
        dir: dir(&told.article.lang),
        lang: told.article.lang,
        what: s.say(&format!("class-{}", told.task.class)),
        at: s.moment(told.task.at),
        local: s.local(told.task.at),
        begun: told.task.draft.is_some(),
    };
    Ok(visit.people().tasks(visit.caller()?)?.into_iter().map(chore).collect())
}

fn pitches(visit: &Visit<'_>, s: &Screen<'_>) -> Result<String, Fail> {
    let all = visit.people().pitches(visit.caller()?)?;
    let open = all.iter().filter(|(pitch, _)| pitch.state == "open").count();
    Ok(if open == 0 { String::new() } else { s.count("desk-pitches", open as u64) })
}

fn begin(visit: &Visit<'_>, s: &Screen<'_>) -> Result<Vec<(String, &'static str, bool)>, Fail> {
    let line = |(step, done): (Step, bool)| {
        let (key, path) = match step {
            Step::Name => ("begin-name", "/settings/edition"),
            Step::Article => ("begin-article", "/"),
            Step::Publisher => ("begin-publisher", "/settings/edition"),
            Step::Policy => ("begin-policy", "/settings/policies"),
            Step::Invite => ("begin-invite", "/people"),
            Step::Backup => ("begin-backup", "/settings/record"),
        };
        (s.say(key), path, done)
    };
    Ok(visit.people().beginning(visit.caller()?)?.into_iter().map(line).collect())
}

/// A reminder for administrators, once something is published that a backup could bring back.
fn backup(visit: &Visit<'_>, s: &Screen<'_>) -> Result<String, Fail> {
    let caller = visit.caller()?;
    if !may(caller, Act::Manage) || visit.people().reader().size()? < 2 {
        return Ok(String::new());
    }
    Ok(match visit.people().backup() {
        Backup::Fresh(_) => String::new(),
        other => super::settings::record::backup(s, &other),
    })
}

/// Puts the first steps away.
pub(in crate::newsroom) fn begun(visit: &Visit<'_>) -> Result<Answer, Fail> {
    visit.people().begun(visit.caller()?)?;
    Ok(Answer::go("/"))
}
