//! The calendar: a month or a week of deadlines, scheduled moments and published articles.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use crate::pages::when;
use askama::Template;
use ovn_edition::{dates, hex};
use ovn_press::calendar::{Event, EventKind, View};

struct Shown {
    to: String,
    what: String,
    title: String,
    lang: String,
    dir: &'static str,
    hour: String,
    local: String,
    late: bool,
}

struct Day {
    date: String,
    /// The day of the month alone.
    number: String,
    /// The day in words.
    words: String,
    weekday: String,
    inside: bool,
    today: bool,
    events: Vec<Shown>,
}

struct Week {
    days: Vec<Day>,
    /// Whether nothing stands in it.
    bare: bool,
}

#[derive(Template)]
#[template(path = "newsroom/calendar.html", whitespace = "minimize")]
struct Calendar<'a> {
    s: Screen<'a>,
    title: String,
    weekdays: Vec<String>,
    weeks: Vec<Week>,
    before: String,
    after: String,
    /// The other view of the same days.
    other: String,
    by_week: bool,
    empty: bool,
}

/// The page.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let s = Screen::new(visit, "room-calendar", "/calendar");
    // As the Unicode locale data have it for Pakistan, and for English where no country is said.
    let sunday = s.lang() == "ur";
    let week = visit.ask.query("week");
    let view = match week {
        Some(day) => View::Week(day),
        None => View::Month(visit.ask.query("month").unwrap_or_default()),
    };
    let found = visit.people().calendar(visit.caller()?, view, sunday)?;
    let weekdays = (0..7).map(|place| weekday(&s, place, sunday)).collect::<Vec<_>>();
    let empty = found.weeks.iter().flatten().all(|day| day.events.is_empty());
    let first = found.weeks.iter().flatten().find(|day| day.inside);
    let first = first.map_or_else(String::new, |day| day.date.clone());
    let by_week = week.is_some();
    let (name, other) = if by_week {
        let month = found.shown.get(..7).unwrap_or_default();
        ("week", format!("/calendar?month={month}"))
    } else {
        ("month", format!("/calendar?week={first}"))
    };
    let title = when::day(s.lang(), &found.shown);
    let title = if by_week { s.with("calendar-week-of", &title) } else { title };
    let (before, after) =
        (format!("/calendar?{name}={}", found.before), format!("/calendar?{name}={}", found.after));
    let day = |(place, day): (usize, ovn_press::calendar::Day)| Day {
        number: dates::digits(
            day.date.get(8..).unwrap_or_default().trim_start_matches('0'),
            s.lang(),
        ),
        words: when::day(s.lang(), &day.date),
        weekday: weekday(&s, place, sunday),
        inside: day.inside,
        today: day.today,
        events: day.events.into_iter().map(|event| shown(visit, &s, event)).collect(),
        date: day.date,
    };
    let week = |week: Vec<ovn_press::calendar::Day>| Week {
        bare: week.iter().all(|day| day.events.is_empty()),
        days: week.into_iter().enumerate().map(day).collect(),
    };
    let weeks = found.weeks.into_iter().map(week).collect();
    let page = Calendar { s, title, weekdays, weeks, before, after, other, by_week, empty };
    Ok(Answer::page(page.render()?))
}

/// The name of the day in the place of a week.
fn weekday(s: &Screen<'_>, place: usize, sunday: bool) -> String {
    let number = (place + usize::from(!sunday)) % 7;
    s.say(&format!("weekday-{number}"))
}

fn shown(visit: &Visit<'_>, s: &Screen<'_>, event: Event) -> Shown {
    let url = &visit.people().settings().url;
    let (to, what) = match &event.kind {
        EventKind::Due(id) => (format!("/drafts/{}", hex::encode(id)), "event-due"),
        EventKind::Pitched(id) => (format!("/pitches/{}", hex::encode(id)), "event-pitched"),
        EventKind::Scheduled(id) => (format!("/drafts/{}", hex::encode(id)), "event-scheduled"),
        EventKind::Published(path) => (format!("{url}{path}"), "event-published"),
    };
    let what = if event.late && what == "event-due" { "event-overdue" } else { what };
    Shown {
        to,
        what: s.say(what),
        title: s.headline(&event.title),
        dir: dir(&event.lang),
        hour: when::hour(s.lang(), &event.local),
        late: event.late,
        lang: event.lang,
        local: event.local,
    }
}
