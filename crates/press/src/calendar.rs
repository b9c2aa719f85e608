//! The newsroom's calendar: what is due, what is scheduled and what was published, by days of the edition's clock.

use crate::clock;
use crate::people::{Act, Caller, Error, Object, People, allowed};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use ovn_store::cabinet::Id;
use ovn_store::rows::Query;

/// Events of each kind that are read for one view.
const MOST: u64 = 500;

/// Which days are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View<'a> {
    /// The weeks of a month, `2026-11`; of this one where the text is none.
    Month(&'a str),
    /// The week of a day, `2026-11-24`; of today where the text is none.
    Week(&'a str),
}

/// What happens on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is.
    pub kind: EventKind,
    /// On the edition's clock, `2026-11-24T14:20+05:00`.
    pub local: String,
    /// The headline.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// Whether it should have happened before now.
    pub late: bool,
}

/// What kind of event it is, and where one reads more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// A draft is due.
    Due(Id),
    /// A pitch says by when.
    Pitched(Id),
    /// A draft is sealed by itself.
    Scheduled(Id),
    /// An article was first published, at this address.
    Published(String),
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// `2026-11-24`.
    pub date: String,
    /// Whether it belongs to the month that is shown.
    pub inside: bool,
    /// Whether it is today.
    pub today: bool,
    /// What happens on it, in order.
    pub events: Vec<Event>,
}

/// Some weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Seven days each.
    pub weeks: Vec<Vec<Day>>,
    /// What is shown: the month, `2026-11`, or the week's first day.
    pub shown: String,
    /// The same before.
    pub before: String,
    /// The same after.
    pub after: String,
}

/// The first day of the first week, how many weeks, what is shown, and the same before and after.
fn frame(view: View<'_>, today: Date, first: Weekday) -> Option<(Date, usize, [Date; 3])> {
    let near = |date: &Date| (1971..=2999).contains(&date.year());
    let start = |date: Date| {
        let back = date.weekday().since(first);
        date.checked_sub(Span::new().try_days(back).ok()?).ok()
    };
    match view {
        View::Week(text) => {
            let day = text.parse().ok().filter(near).unwrap_or(today);
            let begin = start(day)?;
            let (before, after) =
                (begin.checked_sub(7.days()).ok()?, begin.checked_add(7.days()).ok()?);
            Some((begin, 1, [before, begin, after]))
        }
        View::Month(text) => {
            let parsed = format!("{text}-01").parse().ok().filter(near);
            let month = parsed.unwrap_or_else(|| today.first_of_month());
            let (begin, last) = (start(month)?, start(month.last_of_month())?);
            let days = begin.until(last).ok()?.get_days();
            let weeks = usize::try_from(days / 7).ok()? + 1;
            let (before, after) =
                (month.checked_sub(1.month()).ok()?, month.checked_add(1.month()).ok()?);
            Some((begin, weeks, [before, month, after]))
        }
    }
}

impl People {
    /// What is due, scheduled and published in some weeks, of what the caller may read. Weeks begin on Sunday or Monday.
    ///
    /// # Errors
    /// When edition or cabinet can't be read.
    pub fn calendar(
        &self,
        caller: &Caller,
        view: View<'_>,
        sunday: bool,
    ) -> Result<Calendar, Error> {
        let now = self.local(self.now());
        let today: Date = now.get(..10).and_then(|day| day.parse().ok()).unwrap_or_default();
        let first = if sunday { Weekday::Sunday } else { Weekday::Monday };
        let Some((begin, count, [before, shown, after])) = frame(view, today, first) else {
            let none = String::new();
            let (before, after) = (none.clone(), none.clone());
            return Ok(Calendar { weeks: Vec::new(), shown: none, before, after });
        };
        let days: Vec<Date> = begin.series(1.day()).take(count * 7).collect();
        let mut events = self.events(caller, &days)?;
        events.sort_by(|a, b| a.local.cmp(&b.local));
        let day = |date: &Date| {
            let text = date.to_string();
            let own = events.iter().filter(|event| event.local.starts_with(&text));
            Day {
                inside: matches!(view, View::Week(_)) || date.month() == shown.month(),
                today: *date == today,
                events: own.cloned().collect(),
                date: text,
            }
        };
        let weeks = days.chunks(7).map(|week| week.iter().map(day).collect()).collect();
        let name = |date: Date| {
            let length = if matches!(view, View::Week(_)) { 10 } else { 7 };
            date.to_string().get(..length).unwrap_or_default().to_owned()
        };
        Ok(Calendar { weeks, shown: name(shown), before: name(before), after: name(after) })
    }

    fn events(&self, caller: &Caller, days: &[Date]) -> Result<Vec<Event>, Error> {
        let settings = self.settings();
        let zone = &settings.zone;
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Vec::new()) };
        let end = last.tomorrow().ok().and_then(|day| clock::begins(day, zone));
        let (from, to) = (clock::begins(*first, zone).unwrap_or(0), end.unwrap_or(u64::MAX));
        let within = |at: u64| from <= at && at < to;
        let now = self.now();
        let all = allowed(&caller.person, Act::Read, Object::Others).is_ok();
        let own = (!all).then_some(&caller.person.id);
        let event = |kind, at: u64, title: String, lang: String, late: bool| Event {
            kind,
            local: self.local(at),
            title,
            lang,
            late,
        };
        let mut events = Vec::new();
        for (draft, at) in self.cabinet().due_between(own, from, to.min(i64::MAX as u64), MOST)? {
            events.push(event(EventKind::Due(draft.id), at, draft.title, draft.lang, at < now));
        }
        for (pitch, _) in self.pitches(caller)? {
            if let Some(at) = pitch.due.filter(|at| pitch.state == "open" && within(*at)) {
                let kind = EventKind::Pitched(pitch.id);
                events.push(event(kind, at, pitch.title, pitch.lang, at < now));
            }
        }
        for due in self.all_due(caller)?.into_iter().filter(|due| within(due.moment)) {
            let kind = EventKind::Scheduled(due.draft.id);
            let (title, lang) = (due.draft.title, due.draft.lang);
            events.push(event(kind, due.moment, title, lang, due.moment < now));
        }
        events.extend(self.published(days, within)?);
        Ok(events)
    }

    /// The articles that were first published on these days.
    fn published(&self, days: &[Date], within: impl Fn(u64) -> bool) -> Result<Vec<Event>, Error> {
        let mut months: Vec<String> =
            days.iter().filter_map(|day| Some(day.to_string().get(..7)?.to_owned())).collect();
        months.dedup();
        let mut events = Vec::new();
        for month in months {
            let limit = usize::try_from(MOST).unwrap_or(usize::MAX);
            let query = Query { month: Some(month), limit, ..Query::default() };
            for head in self.reader().heads(&query)?.into_iter().filter(|one| within(one.first_at))
            {
                let kind = EventKind::Published(head.path);
                let (local, title, lang) = (head.first_local, head.headline, head.lang);
                events.push(Event { kind, local, title, lang, late: false });
            }
        }
        Ok(events)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn weeks_begin_where_the_language_begins_them() {
        let today: Date = "2026-11-25".parse().unwrap();
        let check = |view: View<'_>, first: Weekday, expected: (&str, usize, [&str; 3])| {
            let (begin, weeks, names) = frame(view, today, first).unwrap();
            let names = names.map(|date| date.to_string());
            let names = [&names[0][..], &names[1][..], &names[2][..]];
            assert_eq!((begin.to_string().as_str(), weeks, names), expected, "{view:?}");
        };
        let (monday, sunday) = (Weekday::Monday, Weekday::Sunday);
        let november = ["2026-10-01", "2026-11-01", "2026-12-01"];
        check(View::Month("2026-11"), monday, ("2026-10-26", 6, november));
        check(View::Month("2026-11"), sunday, ("2026-11-01", 5, november));
        check(View::Month(""), sunday, ("2026-11-01", 5, november));
        check(View::Month("2026-13"), sunday, ("2026-11-01", 5, november));
        check(View::Month("0001-01"), sunday, ("2026-11-01", 5, november));
        let february = ["2027-01-01", "2027-02-01", "2027-03-01"];
        check(View::Month("2027-02"), monday, ("2027-02-01", 4, february));
        let week = ["2026-11-16", "2026-11-23", "2026-11-30"];
        check(View::Week("2026-11-25"), monday, ("2026-11-23", 1, week));
        check(View::Week("x"), monday, ("2026-11-23", 1, week));
        let week = ["2026-11-15", "2026-11-22", "2026-11-29"];
        check(View::Week("2026-11-22"), sunday, ("2026-11-22", 1, week));
    }
}
