//! What is scheduled, on both engines: sealed at its moment and never before, once, whatever clocks and processes do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::{Change, Class};
use ovn_press::drafts::{State, Why};
use ovn_press::people::{Act, Caller, People, Refusal, Role};
use ovn_press::seal::Clock;
use ovn_press::steady::Beat;
use ovn_store::cabinet::{Cabinet, Draft, Note};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

const HOUR: u64 = 3_600_000;

/// A whole minute, `hours` from now.
fn later(room: &Room, hours: u64) -> u64 {
    (room.time.load(SeqCst) + hours * HOUR) / 60_000 * 60_000
}

/// A moment as a form has it.
fn local(room: &Room, moment: u64) -> String {
    room.people.local(moment)[..16].to_owned()
}

fn schedule(room: &Room, by: &Caller, draft: &Draft, moment: u64) -> Result<u64, Refusal> {
    let done =
        room.people.schedule(by, &draft.id, draft.version, &local(room, moment), Change::default());
    done.map_err(|error| refused::<()>(Err(error)))
}

fn beat(steady: u64) -> Beat {
    Beat { boot: "a machine".into(), steady }
}

/// Another process of the newsroom on the room's clock.
fn process(room: &Room, database: Option<&str>) -> People {
    let (time, database) = (Arc::clone(&room.time), database.map(str::to_owned));
    let env = move |name: &str| database.clone().filter(|_| name == "OVN_DATABASE");
    let clock: Clock = Arc::new(move || time.load(SeqCst));
    People::open_with(&room.dir, Arc::new(env), clock).unwrap()
}

fn note() -> Note {
    Note { at: 1, person: None, verb: "save", object: None, words: String::new() }
}

fn never_before_and_once(database: Option<String>) {
    let room = room_in(false, database.clone());
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let (begin, moment) = (room.time.load(SeqCst), later(&room, 2));
    assert_eq!(room.people.release(&beat(0)).unwrap(), 0);
    assert_eq!(schedule(&room, &first, &draft, moment), Ok(moment));
    let size = || room.people.reader().state().unwrap().size;
    let before = size();
    let year = 8_766 * HOUR;
    // What the clock says and the machine's own time, from the beginning: set ahead and back, by hours and by years, with the
    // process started again in between.
    let told = [
        (HOUR, HOUR),
        (26 * HOUR, HOUR + 1),
        (26 * HOUR + 1, HOUR + 2),
        (HOUR + 3, HOUR + 3),
        (20 * year, HOUR + 4),
        (3 * HOUR, moment - begin - 1),
        (moment - begin - 1, moment - begin - 1),
        (0, 3 * HOUR),
        (moment - begin - 1, 3 * HOUR),
    ];
    for (wall, steady) in told {
        room.time.store(begin + wall, SeqCst);
        for people in [&room.people, &process(&room, database.as_deref())] {
            assert_eq!(people.release(&beat(steady)).unwrap(), 0, "{wall} {steady}");
        }
        assert_eq!((size(), State::of(&room.draft(&first, &draft))), (before, State::Scheduled));
    }
    room.time.store(moment, SeqCst);
    let sealed: usize = std::thread::scope(|scope| {
        let release = || process(&room, database.as_deref()).release(&beat(3 * HOUR)).unwrap();
        let all: Vec<_> = (0..3).map(|_| scope.spawn(release)).collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!((sealed, size()), (1, before + 1));
    let kept = room.draft(&first, &draft);
    assert_eq!(State::of(&kept), State::Published);
    let head = room.people.reader().head(kept.path.as_deref().unwrap()).unwrap().unwrap();
    assert!(head.at >= moment, "{} {moment}", head.at);
    assert_eq!(room.people.release(&beat(4 * HOUR)).unwrap(), 0);
    assert!(room.people.all_due(&first).unwrap().is_empty());
    let trail = room.people.trail(&first, 2).unwrap();
    assert_eq!((trail[0].verb.as_str(), trail[0].person.as_deref()), ("release", None));
    assert_eq!(trail[1].verb, "schedule");
}

#[test]
fn case_064_nothing_is_sealed_before_its_moment_nor_twice() {
    never_before_and_once(None);
}

#[test]
fn case_064_nothing_is_sealed_before_its_moment_nor_twice_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    never_before_and_once(Some(database.address()));
}

#[test]
fn a_clock_that_was_set_ahead_is_followed_on_a_publishers_word() {
    let room = room(false);
    let first = room.first();
    let editor = room.member(&first, Role::Editor, "Bilal");
    let draft = room.people.start(&first, TEXT).unwrap();
    let moment = later(&room, 2);
    schedule(&room, &first, &draft, moment).unwrap();
    assert_eq!(room.people.ahead(&beat(0)).unwrap(), 0);
    room.time.store(moment, SeqCst);
    assert!(room.people.ahead(&beat(5)).unwrap() > HOUR);
    assert_eq!(room.people.release(&beat(5)).unwrap(), 0);
    assert_eq!(refused(room.people.believe_clock(&editor, &beat(6))), Refusal::Role);
    room.people.believe_clock(&first, &beat(6)).unwrap();
    assert_eq!(room.people.ahead(&beat(7)).unwrap(), 0);
    assert_eq!(room.people.release(&beat(7)).unwrap(), 1);
}

#[test]
fn who_may_schedule_what_and_for_when() {
    let room = room(true);
    let first = room.first();
    let [reporter, editor, publisher] =
        [(Role::Reporter, "Bilal"), (Role::Editor, "Carim"), (Role::Publisher, "Dana")]
            .map(|(role, name)| room.member(&first, role, name));
    let draft = room.people.start(&reporter, TEXT).unwrap();
    let at = later(&room, 1);
    assert_eq!(schedule(&room, &reporter, &draft, at), Err(Refusal::Role));
    assert_eq!(schedule(&room, &publisher, &draft, at), Err(Refusal::FourEyes));
    room.people.pass(&reporter, &draft.id, 1, Act::Submit).unwrap();
    assert_eq!(schedule(&room, &publisher, &draft, at), Err(Refusal::FourEyes));
    room.people.pass(&editor, &draft.id, 1, Act::Approve).unwrap();
    assert_eq!(schedule(&room, &editor, &draft, at), Err(Refusal::Role));
    let other = Draft { version: 2, ..draft.clone() };
    assert_eq!(schedule(&room, &publisher, &other, at), Err(Refusal::Moved));
    let set = |local: &str| {
        refused(room.people.schedule(&publisher, &draft.id, 1, local, Change::default()))
    };
    for (time, word) in [
        ("", "moment"),
        ("tomorrow", "moment"),
        ("2026-11-24T10:00", "moment-past"),
        (&local(&room, room.time.load(SeqCst))[..], "moment-past"),
        (&local(&room, later(&room, 24 * 400))[..], "moment-far"),
    ] {
        assert_eq!(set(time), Refusal::Text(word.into()), "{time}");
    }
    assert_eq!(schedule(&room, &publisher, &draft, at), Ok(at));

    // It is put at another time, and nobody seals or changes it while it waits.
    assert_eq!(schedule(&room, &first, &draft, at + HOUR), Ok(at + HOUR));
    let due = room.people.due(&reporter, &draft.id).unwrap().unwrap();
    assert_eq!((due.moment, due.person, due.why), (at + HOUR, first.person.id, None));
    let publish = || room.people.publish(&publisher, &draft.id, 1, Change::default());
    assert_eq!(refused(publish()), Refusal::Moved);
    assert_eq!(refused(room.people.save(&reporter, &draft.id, 1, "other")), Refusal::Moved);
    let another = room.people.start(&editor, TEXT).unwrap();
    assert!(room.people.all_due(&reporter).unwrap().iter().all(|due| due.draft.id != another.id));

    // Off the schedule it stays approved; whoever wrote it can take it back to be worked on.
    let unschedule = |by: &Caller| room.people.pass(by, &draft.id, 1, Act::Unschedule);
    assert_eq!(refused(unschedule(&reporter)), Refusal::Role);
    assert_eq!(unschedule(&editor).unwrap(), State::Ready);
    assert_eq!(room.draft(&first, &draft).approver, Some(editor.person.id));
    assert_eq!(schedule(&room, &publisher, &draft, at), Ok(at));
    assert_eq!(room.people.pass(&reporter, &draft.id, 1, Act::Return).unwrap(), State::Draft);
    room.time.store(at + HOUR, SeqCst);
    assert_eq!(room.people.release(&beat(0)).unwrap(), 0);
    assert_eq!(room.people.due(&first, &draft.id).unwrap(), None);
}

#[test]
fn what_cannot_be_sealed_goes_back_with_the_reason() {
    let room = room(false);
    let first = room.first();
    let publisher = room.member(&first, Role::Publisher, "Bilal");
    let broken = room.people.start(&first, "---\nheadline: TK\n---\n\nWords [@nobody].\n").unwrap();
    let at = later(&room, 1);
    assert!(matches!(schedule(&room, &first, &broken, at), Err(Refusal::Text(_))), "at once");

    // Two of the same address: the second is told so when it comes to it.
    let twins = [(); 2].map(|()| room.people.start(&first, TEXT).unwrap());
    for twin in &twins {
        schedule(&room, &first, twin, at).unwrap();
    }
    let mine = room.people.start(&first, &TEXT.replace("the-bridge", "the-pier")).unwrap();
    schedule(&room, &publisher, &mine, at).unwrap();
    room.people.change_role(&first, &publisher.person.id, Role::Editor).unwrap();
    room.time.store(at, SeqCst);
    assert_eq!(room.people.release(&beat(0)).unwrap(), 1);
    let states = twins.map(|twin| State::of(&room.draft(&first, &twin)));
    assert!(states.contains(&State::Published) && states.contains(&State::Ready), "{states:?}");
    let due = room.people.all_due(&first).unwrap();
    let of = |pier: bool| {
        let one = due.iter().find(|one| (one.draft.id == mine.id) == pier).unwrap();
        one.why.clone().unwrap()
    };
    assert_eq!((due.len(), of(true)), (2, Why::Refused(Refusal::Role)));
    assert!(matches!(of(false), Why::Refused(Refusal::Text(_))), "{due:?}");
    assert_eq!(room.people.release(&beat(9)).unwrap(), 0, "it is not tried again");
    // Whoever may publish sets another moment, and the reason is gone.
    schedule(&room, &first, &mine, at + HOUR).unwrap();
    assert_eq!(room.people.due(&first, &mine.id).unwrap().unwrap().why, None);
}

#[test]
fn a_correction_is_sealed_as_it_was_declared_unless_somebody_was_first() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let path = room.people.publish(&first, &draft.id, 1, Change::default()).unwrap().path;
    let words = "The bridge opens on Tuesday, not on Monday.";
    let change = Change { class: Class::Correction, note: Some(words.into()), asked_by: None };
    let at = later(&room, 1);
    let correct = |day: &str| {
        let one = room.people.correct(&first, &path).unwrap();
        room.people.save(&first, &one.id, 1, &one.text.replace("Monday", day)).unwrap();
        let set =
            |change: Change| room.people.schedule(&first, &one.id, 2, &local(&room, at), change);
        assert!(matches!(refused(set(Change::default())), Refusal::Text(_)), "it says nothing");
        set(change.clone()).unwrap();
        one
    };
    let (one, other) = (correct("Tuesday"), correct("Friday"));
    room.time.store(at, SeqCst);
    assert_eq!(room.people.release(&beat(0)).unwrap(), 1);
    let states = [&one, &other].map(|draft| State::of(&room.draft(&first, draft)));
    assert!(states.contains(&State::Published) && states.contains(&State::Ready), "{states:?}");
    let head = room.people.reader().head(&path).unwrap().unwrap();
    assert_eq!(head.rev, 2);
    let due = room.people.all_due(&first).unwrap();
    assert_eq!(due[0].why, Some(Why::Refused(Refusal::Moved)));
}

#[test]
fn what_a_process_began_the_next_one_ends() {
    let room = room(false);
    let first = room.first();
    let cabinet = Cabinet::open(&room.dir, None).unwrap();
    let draft = room.people.start(&first, TEXT).unwrap();
    let at = later(&room, 1);
    schedule(&room, &first, &draft, at).unwrap();
    let plan = cabinet.plan(&draft.id).unwrap().unwrap();
    room.time.store(at, SeqCst);
    // It ended after it had taken the draft, and before the seal.
    assert!(cabinet.claim(&plan, at).unwrap());
    let pass = |act| refused(room.people.pass(&first, &draft.id, 1, act));
    assert_eq!((pass(Act::Unschedule), pass(Act::Return)), (Refusal::Moved, Refusal::Moved));
    assert_eq!(room.people.release(&beat(0)).unwrap(), 1);
    let size = room.people.reader().state().unwrap().size;
    // It ended between the seal and the note of it.
    let back = Draft { state: "scheduled".into(), article: None, ..room.draft(&first, &draft) };
    assert!(cabinet.schedule(&back, "published", &plan, &note()).unwrap());
    assert!(cabinet.claim(&plan, at).unwrap());
    assert_eq!(room.people.release(&beat(9)).unwrap(), 0);
    assert_eq!(State::of(&room.draft(&first, &draft)), State::Published);
    assert_eq!(room.people.reader().state().unwrap().size, size);
    assert_eq!(cabinet.plan(&draft.id).unwrap(), None);
}

#[test]
fn what_the_machine_cannot_seal_now_waits() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let at = later(&room, 1);
    schedule(&room, &first, &draft, at).unwrap();
    room.time.store(at, SeqCst);
    let (keys, away) = (room.dir.with_extension("keys"), room.dir.with_extension("away"));
    std::fs::rename(&keys, &away).unwrap();
    assert!(room.people.release(&beat(0)).is_err());
    let due = room.people.due(&first, &draft.id).unwrap().unwrap();
    assert!(matches!(due.why, Some(Why::Trouble(_))), "{due:?}");
    assert_eq!(State::of(&room.draft(&first, &draft)), State::Scheduled);
    std::fs::remove_dir_all(&keys).ok();
    std::fs::rename(&away, &keys).unwrap();
    assert_eq!(room.people.release(&beat(9)).unwrap(), 1);
}
