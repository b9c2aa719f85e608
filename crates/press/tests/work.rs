//! From a pitch to a draft that is somebody's work, on both engines: who may do what, by when, and what changed since one looked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::too_many_lines)]

mod room;

use ovn_press::calendar::{EventKind, View};
use ovn_press::doctor::{self, Level};
use ovn_press::drafts::{Filter, State};
use ovn_press::people::{Act, Caller, Refusal, Role};
use ovn_press::pitches::{self, Idea, Taking};
use ovn_store::cabinet::{Draft, News, Pitch};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use std::sync::atomic::Ordering::SeqCst;

const MINUTE: u64 = 60_000;

fn idea(title: &str) -> Idea<'_> {
    let (why, sources) = ("Nobody knows what it costs.\r\n\r\nReaders ask.", "The town council");
    Idea { title, lang: "en", why, sources, audience: "Whoever crosses it", due: "" }
}

fn taking(to: &Caller) -> Taking<'static> {
    let (person, part) = (to.person.id, "writes");
    Taking { person, part, due: "", words: "600", notes: "Ask the council." }
}

fn later(room: &Room, minutes: u64) {
    room.time.fetch_add(minutes * MINUTE, SeqCst);
}

fn local(room: &Room, minutes: i64) -> String {
    let at = room.time.load(SeqCst).saturating_add_signed(minutes * 60_000);
    room.people.local(at)[..16].to_owned()
}

fn from_a_pitch_to_a_draft(database: Option<String>) {
    let room = room_in(false, database);
    let first = room.first();
    let [reporter, other, editor] =
        [(Role::Reporter, "Bilal"), (Role::Reporter, "Carim"), (Role::Editor, "Dana")]
            .map(|(role, name)| room.member(&first, role, name));
    let people = &room.people;
    for bad in [
        Idea { title: " ", ..idea("") },
        Idea { why: "\n", ..idea("A bridge") },
        Idea { title: &"a".repeat(201), ..idea("") },
    ] {
        assert_eq!(refused(people.pitch(&reporter, &bad)), Refusal::Text("pitch".into()));
    }
    let lang = Idea { lang: "de", ..idea("A bridge") };
    assert_eq!(refused(people.pitch(&reporter, &lang)), Refusal::Text("lang".into()));
    let pitch = people.pitch(&reporter, &idea("  What the \"bridge\" costs ")).unwrap();
    assert_eq!(pitch.title, "What the \"bridge\" costs");

    // Its author and the editors see it, and nobody else.
    let titles = |by: &Caller| people.pitches(by).unwrap().len();
    assert_eq!((titles(&reporter), titles(&other), titles(&editor)), (1, 0, 1));
    assert_eq!(refused(people.one_pitch(&other, &pitch.id)), Refusal::Missing);
    assert_eq!(refused(people.decline_pitch(&reporter, &pitch.id, "No.")), Refusal::Role);
    assert_eq!(refused(people.withdraw_pitch(&editor, &pitch.id)), Refusal::Role);
    assert_eq!(refused(people.take_pitch(&reporter, &pitch.id, &taking(&reporter))), Refusal::Role);
    assert_eq!(
        refused(people.decline_pitch(&editor, &pitch.id, " ")),
        Refusal::Text("reason".into())
    );
    people.rewrite_pitch(&reporter, &pitch.id, &idea("What the bridge costs")).unwrap();
    people.decline_pitch(&editor, &pitch.id, "Not this week.").unwrap();
    let seen = people.one_pitch(&reporter, &pitch.id).unwrap();
    assert_eq!((seen.state.as_str(), seen.reason.as_deref()), ("declined", Some("Not this week.")));
    assert_eq!(refused(people.withdraw_pitch(&reporter, &pitch.id)), Refusal::Moved);

    // An editor may come back to it. Whoever is assigned has it as their own from then on.
    let draft = people.take_pitch(&editor, &pitch.id, &taking(&other)).unwrap();
    assert_eq!(refused(people.take_pitch(&editor, &pitch.id, &taking(&other))), Refusal::Moved);
    assert_eq!((draft.author, draft.title.as_str()), (reporter.person.id, "What the bridge costs"));
    let work = people.work(&other, &draft).unwrap();
    assert_eq!((work.asked.words, work.asked.notes.as_str()), (Some(600), "Ask the council."));
    assert_eq!(people.one_pitch(&other, &pitch.id).unwrap().draft, Some(draft.id));
    assert!(people.document(&other, &draft.id).is_ok(), "the editor can open it");
    people.save(&other, &draft.id, 1, TEXT).unwrap();
    let own = people.pitch(&other, &idea("Another")).unwrap();
    people.withdraw_pitch(&other, &own.id).unwrap();
    let verbs: Vec<String> =
        people.trail(&first, 20).unwrap().into_iter().map(|one| one.verb).collect();
    for verb in ["pitch", "pitch-change", "pitch-decline", "pitch-take", "assign", "pitch-withdraw"]
    {
        assert!(verbs.iter().any(|one| one == verb), "{verb}: {verbs:?}");
    }
}

#[test]
fn a_pitch_becomes_a_draft_or_is_declined() {
    from_a_pitch_to_a_draft(None);
}

#[test]
fn a_pitch_becomes_a_draft_or_is_declined_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    from_a_pitch_to_a_draft(Some(database.address()));
}

#[test]
fn each_act_leads_a_pitch_where_the_table_says() {
    let room = room(false);
    let first = room.first();
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let people = &room.people;
    let to = |state: pitches::State| -> Pitch {
        let one = people.pitch(&reporter, &idea("A bridge")).unwrap();
        match state {
            pitches::State::Open => {}
            pitches::State::Taken => {
                drop(people.take_pitch(&first, &one.id, &taking(&reporter)).unwrap());
            }
            pitches::State::Declined => people.decline_pitch(&first, &one.id, "No.").unwrap(),
            pitches::State::Withdrawn => people.withdraw_pitch(&reporter, &one.id).unwrap(),
        }
        one
    };
    for (act, ..) in pitches::TRANSITIONS {
        for (state, _) in pitches::State::ALL {
            let one = to(state);
            let done = match act {
                Act::Pitch => people.rewrite_pitch(&reporter, &one.id, &idea("B")),
                Act::TakeUp => people.take_pitch(&first, &one.id, &taking(&reporter)).map(drop),
                Act::Decline => people.decline_pitch(&first, &one.id, "No."),
                _ => people.withdraw_pitch(&reporter, &one.id),
            };
            let expected = pitches::after(act, state);
            assert_eq!(done.is_ok(), expected.is_some(), "{act:?} {state:?}: {done:?}");
            let now = pitches::State::of(&people.one_pitch(&first, &one.id).unwrap());
            assert_eq!(now, expected.unwrap_or(state), "{act:?} {state:?}");
        }
    }
}

fn what_is_assigned_is_own(database: Option<String>) {
    let room = room_in(true, database);
    let first = room.first();
    let [reporter, editor, publisher] =
        [(Role::Reporter, "Bilal"), (Role::Editor, "Carim"), (Role::Publisher, "Dana")]
            .map(|(role, name)| room.member(&first, role, name));
    let people = &room.people;
    let text = TEXT.replace("lang: en", "lang: en\nsections: [City]");
    let draft = people.start(&first, &text).unwrap();
    let id = draft.id;
    assert_eq!(refused(people.draft(&reporter, &id)), Refusal::Missing);
    let assign = |by: &Caller, to: &Caller, part| people.assign(by, &id, &to.person.id, part);
    assert_eq!(refused(assign(&reporter, &reporter, "writes")), Refusal::Missing);
    assert_eq!(refused(assign(&editor, &reporter, "dances")), Refusal::Text("part".into()));
    assert_eq!(refused(people.assign(&editor, &id, &[9; 16], "writes")), Refusal::Missing);
    assign(&editor, &reporter, "edits").unwrap();
    assign(&editor, &reporter, "edits").unwrap();
    assign(&editor, &reporter, "pictures").unwrap();
    assert_eq!(people.work(&reporter, &draft).unwrap().assigned.len(), 2);

    // Own: read, write, hand on; not what an editor does.
    let one = people.draft(&reporter, &id).unwrap();
    let may = |act| people.may(&reporter, act, &one).is_ok();
    assert!(may(Act::Write) && may(Act::Submit) && may(Act::Drop));
    assert!(!may(Act::Publish) && refused(people.ask(&reporter, &id, "", "", "")) == Refusal::Role);
    assert_eq!(people.drafts(&reporter).unwrap().len(), 1);
    people.share(&reporter, &id, "a lawyer", 1).unwrap();
    assert!(people.may_name(&reporter, &one));
    people.name_version(&reporter, &id, 1, "As it came").unwrap();

    // By when; what is not a time, a number or is too long is said to be.
    let ask = |due: &str, words: &str, notes: &str| people.ask(&editor, &id, due, words, notes);
    for (due, words, notes, word) in [
        ("tomorrow", "", "", "moment"),
        ("", "-3", "", "length"),
        ("", "0", "", "length"),
        ("", "many", "", "length"),
        ("", "", &"a".repeat(4_001)[..], "notes"),
    ] {
        assert_eq!(refused(ask(due, words, notes)), Refusal::Text(word.into()));
    }
    ask(&local(&room, 90), "700", "").unwrap();
    let listed = |by: &Caller, filter: Filter<'_>| {
        let all = people.listed(by, &filter, 0, 10).unwrap();
        all.iter().map(|one| one.brief.id).collect::<Vec<_>>()
    };
    let every = Filter::default();
    let late = Filter { overdue: true, ..every };
    assert_eq!((listed(&editor, every), listed(&editor, late)), (vec![id], vec![]));
    later(&room, 91);
    assert_eq!(listed(&reporter, late), [id]);
    assert!(people.work(&reporter, &draft).unwrap().overdue);
    let section = Filter { section: Some("city"), ..every };
    assert_eq!(listed(&editor, section).len(), 1);
    for none in [
        Filter { section: Some("sport"), ..every },
        Filter { lang: Some("ur"), ..every },
        Filter { state: Some(State::Review), ..every },
        Filter { mine: true, ..every },
    ] {
        assert!(listed(&editor, none).is_empty(), "{none:?}");
    }
    let mine = people.for_me(&reporter, 10).unwrap();
    assert_eq!((mine.len(), mine[0].news), (1, News::Unseen));
    assert_eq!(people.counted(&reporter, &every).unwrap(), [(State::Draft, 1)]);
    assert_eq!(people.hands(&[id]).unwrap().len(), 2);

    // Whoever is assigned and has written nothing has four eyes; taken off, they see it no more.
    let edits = |by: &Caller| assign(&first, by, "edits").unwrap();
    edits(&editor);
    people.pass(&first, &id, 1, Act::Submit).unwrap();
    people.pass(&editor, &id, 1, Act::Approve).unwrap();
    people.unassign(&publisher, &id, &reporter.person.id, "edits").unwrap();
    people.draft(&reporter, &id).unwrap();
    people.unassign(&publisher, &id, &reporter.person.id, "pictures").unwrap();
    let again = people.unassign(&publisher, &id, &reporter.person.id, "pictures");
    assert_eq!(refused(again), Refusal::Missing);
    assert_eq!(refused(people.draft(&reporter, &id)), Refusal::Missing);
    assert!(people.all_due(&reporter).unwrap().is_empty());
}

#[test]
fn what_somebody_is_assigned_to_is_their_own() {
    what_is_assigned_is_own(None);
}

#[test]
fn what_somebody_is_assigned_to_is_their_own_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    what_is_assigned_is_own(Some(database.address()));
}

fn what_changed(database: Option<String>) {
    let room = room_in(false, database);
    let first = room.first();
    let editor = room.member(&first, Role::Editor, "Bilal");
    let people = &room.people;
    let draft = people.start(&first, TEXT).unwrap();
    let look = |by: &Caller| people.look(by, &room.draft(&first, &draft)).unwrap();
    let news = |by: &Caller| people.listed(by, &Filter::default(), 0, 9).unwrap()[0].news;
    let returned = |by: &Caller| people.for_me(by, 9).unwrap()[0].returned;
    assert_eq!((news(&editor), news(&first)), (News::Unseen, News::None));
    assert_eq!((look(&editor), look(&first)), (None, None));
    assert_eq!(news(&editor), News::None);
    assert!(people.changes(&editor, &draft.id).unwrap().1.unwrap().0.is_empty());

    // Others write and hand on.
    later(&room, 60);
    people.save(&first, &draft.id, 1, &TEXT.replace("Monday", "Tuesday")).unwrap();
    people.pass(&first, &draft.id, 2, Act::Submit).unwrap();
    assert_eq!((news(&editor), news(&first)), (News::Changed, News::None));
    let since = look(&editor).unwrap();
    assert_eq!((since.from, since.writers), (1, vec!["Amina Khan".to_owned()]));
    assert_eq!(since.deeds.iter().map(|one| one.verb.as_str()).collect::<Vec<_>>(), ["submit"]);
    assert_eq!(news(&editor), News::None, "the list knows that it was looked at");
    let (_, changes) = people.changes(&editor, &draft.id).unwrap().1.unwrap();
    let words: Vec<&str> = changes[0].ops.iter().map(|op| op.text.as_str()).collect();
    assert!(words.contains(&"Tuesday") && words.contains(&"Monday"), "{words:?}");

    // In the same sitting it is still told; in the next it is not.
    later(&room, 10);
    assert_eq!(look(&editor).map(|since| since.from), Some(1));
    later(&room, 31);
    assert!(look(&editor).unwrap().is_empty());

    // Given back, it is told to whom it was given back, until it is handed on again.
    assert!(!returned(&first));
    people.pass(&editor, &draft.id, 2, Act::Return).unwrap();
    assert!(returned(&first));
    people.pass(&first, &draft.id, 2, Act::Submit).unwrap();
    people.pass(&first, &draft.id, 2, Act::Return).unwrap();
    assert!(!returned(&first), "one's own is no news");

    // What one has written oneself is what one has seen.
    later(&room, 60);
    people.save(&editor, &draft.id, 2, &TEXT.replace("Monday", "Friday")).unwrap();
    later(&room, 60);
    let since = look(&editor).unwrap();
    assert!(since.writers.is_empty(), "{since:?}");
}

#[test]
fn what_changed_since_somebody_looked() {
    what_changed(None);
}

#[test]
fn what_changed_since_somebody_looked_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    what_changed(Some(database.address()));
}

#[test]
fn the_calendar_has_what_is_due_scheduled_and_published() {
    let room = room(false);
    let first = room.first();
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let people = &room.people;
    let published = people.start(&first, TEXT).unwrap();
    people.publish(&first, &published.id, 1, ovn_edition::model::Change::default()).unwrap();
    let text = |slug: &str| TEXT.replace("the-bridge", slug).replace("The bridge opens", slug);
    let scheduled = people.start(&first, &text("the-pier")).unwrap();
    let change = ovn_edition::model::Change::default();
    people.schedule(&first, &scheduled.id, 1, &local(&room, 60), change).unwrap();
    let late = people.start(&reporter, &text("the-mill")).unwrap();
    people.ask(&first, &late.id, &local(&room, -60), "", "").unwrap();
    let due = local(&room, 120);
    let pitch = people.pitch(&reporter, &Idea { due: &due, ..idea("The dam") }).unwrap();
    let today = local(&room, 0);
    let kinds = |by: &Caller| {
        let found = people.calendar(by, View::Week(&today[..10]), false).unwrap();
        assert_eq!((found.weeks.len(), found.weeks[0].len()), (1, 7));
        let next = people.calendar(by, View::Week(&found.after), false).unwrap();
        let days = [found.weeks, next.weeks].concat().concat();
        assert_eq!(days.iter().filter(|day| day.today).count(), 1);
        let events = days.into_iter().flat_map(|day| day.events);
        events.map(|one| (one.kind, one.late)).collect::<Vec<_>>()
    };
    let all = kinds(&first);
    for expected in [
        (EventKind::Due(late.id), true),
        (EventKind::Scheduled(scheduled.id), false),
        (EventKind::Pitched(pitch.id), false),
    ] {
        assert!(all.contains(&expected), "{expected:?}: {all:?}");
    }
    assert!(all.iter().any(|(kind, _)| matches!(kind, EventKind::Published(_))), "{all:?}");
    let own = kinds(&reporter);
    assert!(!own.contains(&(EventKind::Scheduled(scheduled.id), false)), "{own:?}");
    assert!(own.contains(&(EventKind::Due(late.id), true)), "{own:?}");
    let month = people.calendar(&first, View::Month(&today[..7]), true).unwrap();
    assert!(month.weeks.len() >= 4 && month.shown == today[..7]);
}

/// The front page of hundreds of drafts is read in pages.
#[test]
fn hundreds_of_drafts_are_read_in_pages() {
    let room = room(false);
    let first = room.first();
    for number in 0..120 {
        let text = TEXT.replace("The bridge", &format!("Bridge {number}"));
        drop::<Draft>(room.people.start(&first, &text).unwrap());
        later(&room, 1);
    }
    let page = |offset| {
        let all = room.people.listed(&first, &Filter::default(), offset, 50).unwrap();
        (all.len(), all[0].brief.title.clone())
    };
    assert_eq!(page(0), (50, "Bridge 119 opens".into()));
    assert_eq!(page(50), (50, "Bridge 69 opens".into()));
    assert_eq!(page(100), (20, "Bridge 19 opens".into()));
    assert_eq!(room.people.counted(&first, &Filter::default()).unwrap(), [(State::Draft, 120)]);
}

#[test]
fn the_doctor_says_what_is_overdue() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let change = ovn_edition::model::Change::default();
    room.people.schedule(&first, &draft.id, 1, &local(&room, 60), change).unwrap();
    let newsroom = || {
        let time = room.time.clone();
        let clock: ovn_press::seal::Clock = std::sync::Arc::new(move || time.load(SeqCst));
        let port = |name: &str| (name == "OVN_PORT").then(|| "0".to_owned());
        let lines = doctor::examine(&room.dir, &port, &clock).unwrap();
        lines.into_iter().find(|line| line.part == "newsroom").unwrap()
    };
    assert_eq!(newsroom().level, Level::Good);
    later(&room, 70);
    let line = newsroom();
    assert!(line.level == Level::Bad && line.sentence.contains("10 minutes overdue"), "{line:?}");
}
