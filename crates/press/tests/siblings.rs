//! One text in two languages, on both engines: bound to each other, and a correction of one opens a task on the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::too_many_lines)]

mod room;

use ovn_edition::model::{Change, Class};
use ovn_press::newsroom::Newsroom;
use ovn_press::people::{Act, Caller, Refusal, Role};
use ovn_press::publish;
use ovn_press::seal::NoFaults;
use ovn_press::steady::Beat;
use ovn_press::tasks::Told;
use ovn_store::Folder;
use ovn_store::cabinet::{Cabinet, Draft, Id};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

const HOUR: u64 = 3_600_000;

/// Puts words into a translation that was begun.
fn words(room: &Room, by: &Caller, id: &Id) -> Draft {
    let draft = room.people.draft(by, id).unwrap();
    let text = draft
        .text
        .replacen("---\n", "---\nheadline: پل کھلتا ہے\nslug: pul\n", 1)
        .replace("headline: \"\"\n", "")
        + "\nپل پیر کو کھلتا ہے، کونسل نے کہا [@council]۔\n";
    room.people.save(by, id, draft.version, &text).unwrap();
    room.people.draft(by, id).unwrap()
}

fn publish(room: &Room, by: &Caller, draft: &Draft) -> String {
    room.people.publish(by, &draft.id, draft.version, Change::default()).unwrap().path
}

fn change(class: Class) -> Change {
    let note = "The bridge opens on Tuesday, not on Monday.".to_owned();
    Change { class, note: Some(note), asked_by: None }
}

/// Corrects an article in the newsroom; the draft.
fn correct(room: &Room, by: &Caller, path: &str, from: &str, to: &str, class: Class) -> Draft {
    let one = room.people.correct(by, path).unwrap();
    room.people.save(by, &one.id, 1, &one.text.replace(from, to)).unwrap();
    room.people.publish(by, &one.id, 2, change(class)).unwrap();
    one
}

/// The same on the command line.
fn by_command(room: &Room, database: Option<&str>, path: &str, from: &str, to: &str) {
    let env = |name: &str| database.filter(|_| name == "OVN_DATABASE").map(str::to_owned);
    let time = Arc::clone(&room.time);
    let clock: ovn_press::seal::Clock = Arc::new(move || time.load(SeqCst));
    let newsroom = Newsroom::open_with(&room.dir, &env, clock, Arc::new(NoFaults)).unwrap();
    let head = newsroom.reader().head(path).unwrap().unwrap();
    let newest = newsroom.reader().revisions(&head.id).unwrap().pop().unwrap();
    let document = ovn_edition::sealed::Document::read(&newest.document).unwrap();
    let (article, _) = ovn_edition::sealed::article(&document).unwrap();
    let text = ovn_edition::markdown::write(&article).replace(from, to);
    let change = Some(change(Class::Correction));
    let beside = Folder::at(&room.dir);
    let ready = publish::check(&newsroom, text.as_bytes(), &beside, change).unwrap();
    publish::publish(&newsroom, vec![ready]).unwrap();
}

fn open(room: &Room, by: &Caller) -> Vec<Told> {
    room.people.tasks(by).unwrap()
}

fn two_languages(database: Option<String>) {
    let room = room_in(false, database.clone());
    let first = room.first();
    let [reporter, other] = [(Role::Reporter, "Bilal"), (Role::Reporter, "Carim")]
        .map(|(r, n)| room.member(&first, r, n));
    let people = &room.people;
    let original = people.start(&first, TEXT).unwrap();
    assert_eq!(refused(people.translate(&reporter, &original.id, "ur")), Refusal::Missing);
    for lang in ["en", "de", ""] {
        let begun = people.translate(&first, &original.id, lang);
        assert_eq!(refused(begun), Refusal::Text("lang".into()));
    }
    let id = people.translate(&first, &original.id, "ur").unwrap();
    assert_eq!(people.translate(&first, &original.id, "ur").unwrap(), id, "one for each language");
    people.assign(&first, &id, &reporter.person.id, "translates").unwrap();

    // Who translates it reads the original, which is no draft of theirs, as it is now.
    let draft = words(&room, &reporter, &id);
    let beside = people.original(&draft).unwrap().unwrap();
    assert_eq!((beside.lang.as_str(), beside.draft), ("en", Some(original.id)));
    assert_eq!(beside.blocks[0], ("h1", "The bridge opens".into()));
    assert!(beside.blocks[1].1.contains("opens on Monday"));
    assert_eq!(refused(people.draft(&reporter, &original.id)), Refusal::Missing);
    assert_eq!(people.siblings(&first, &original).unwrap()[0].draft, Some(id));
    assert!(people.siblings(&reporter, &draft).unwrap().is_empty(), "the original stands beside");

    // It is sealed once its original is, and names that one's address.
    let early = people.publish(&first, &id, draft.version, Change::default());
    assert_eq!(refused(early), Refusal::Text("original".into()));
    let path = publish(&room, &first, &original);
    let ours = publish(&room, &first, &draft);
    let head = people.reader().head(&ours).unwrap().unwrap();
    assert_eq!(head.translation_of.as_deref(), Some(path.as_str()));
    let paths = |path: &str| {
        let head = people.reader().head(path).unwrap().unwrap();
        let all = people.reader().siblings(&head.id).unwrap();
        all.into_iter().map(|one| one.path).collect::<Vec<_>>()
    };
    assert_eq!((paths(&path), paths(&ours)), (vec![ours.clone()], vec![path.clone()]));
    let again = people.translate_article(&first, &path, "ur");
    assert_eq!(refused(again), Refusal::Text("sibling".into()));
    assert!(open(&room, &first).is_empty(), "a publication asks nothing");

    // A correction opens one task, however often and by whomever the record is looked at.
    correct(&room, &first, &path, "on Monday", "on Tuesday", Class::Correction);
    let tasks = open(&room, &first);
    assert_eq!((tasks.len(), tasks[0].article.path.as_str()), (1, ours.as_str()));
    assert_eq!(open(&room, &first), tasks);
    assert_eq!((open(&room, &reporter), open(&room, &other).len()), (tasks.clone(), 0));
    assert_eq!(refused(people.task(&other, &tasks[0].task.id)), Refusal::Missing);
    let cause = people.cause(&tasks[0]).unwrap();
    assert!(cause.note.unwrap().contains("not on Monday") && cause.changes.len() == 1);

    // Correcting the translation settles it, and asks nothing of the original.
    let answer = people.correct_task(&reporter, &tasks[0].task.id).unwrap();
    assert_eq!(refused(people.correct_task(&reporter, &tasks[0].task.id)), Refusal::Moved);
    assert_eq!(people.tasks_of(&answer).unwrap().len(), 1);
    people.pass(&reporter, &answer.id, 1, Act::Drop).unwrap();
    assert_eq!(open(&room, &reporter)[0].task.state, "open", "it is open again");
    correct(&room, &first, &ours, "پیر", "منگل", Class::Correction);
    assert!(open(&room, &first).is_empty());
    let done = people.task(&first, &tasks[0].task.id).unwrap().task;
    assert_eq!(done.state, "done");

    // From the command line too; a typing error asks nothing; what needs nothing has a reason.
    correct(
        &room,
        &first,
        &path,
        "the council said",
        "the town council said",
        Class::Clarification,
    );
    by_command(&room, database.as_deref(), &path, "on Tuesday", "on Friday");
    let tasks = open(&room, &first);
    assert_eq!(tasks.len(), 2);
    let waive = |by: &Caller, place: usize, reason: &str| {
        people.waive_task(by, &tasks[place].task.id, reason)
    };
    assert_eq!(refused(waive(&reporter, 0, " ")), Refusal::Text("reason".into()));
    waive(&reporter, 0, "It says Friday already.").unwrap();
    assert_eq!(refused(waive(&first, 0, "Twice.")), Refusal::Moved);
    waive(&first, 1, "So does this.").unwrap();
    assert!(open(&room, &first).is_empty());
    let verbs: Vec<String> =
        people.trail(&first, 30).unwrap().into_iter().map(|one| one.verb).collect();
    for verb in ["translate", "task-open", "task-waive"] {
        assert!(verbs.iter().any(|one| one == verb), "{verb}: {verbs:?}");
    }

    // A process that stopped before it had looked, and one that looks again from the beginning.
    let cabinet = Cabinet::open(&room.dir, database.as_deref()).unwrap();
    assert_eq!(cabinet.followed().unwrap(), Some(people.reader().size().unwrap()));
    correct(&room, &first, &path, "on Friday", "on Sunday", Class::Update);
    let one = open(&room, &first);
    assert_eq!((one.len(), one[0].task.class.as_str()), (1, "update"));
    let twin = ovn_store::cabinet::Task { id: [7; 16], ..one[0].task.clone() };
    let note = ovn_store::cabinet::Note {
        at: 1,
        person: None,
        verb: "task-open",
        object: None,
        words: String::new(),
    };
    cabinet.follow(twin.entry + 1, &[(twin, note)]).unwrap();
    assert_eq!(open(&room, &first), one, "one entry opens one task");

    // The original is taken out of reach: its translation is to be looked at.
    people.remove(&first, &path, "privacy", "", "the-bridge").unwrap();
    let classes: Vec<String> =
        open(&room, &first).into_iter().map(|told| told.task.class).collect();
    assert_eq!(classes, ["update", "removal"]);
    people.remove(&first, &ours, "privacy", "", "pul").unwrap();
    assert!(open(&room, &first).is_empty(), "nothing is to be done about what is gone");
}

#[test]
fn a_text_in_two_languages_is_bound_and_corrected_in_both() {
    two_languages(None);
}

#[test]
fn a_text_in_two_languages_is_bound_and_corrected_in_both_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    two_languages(Some(database.address()));
}

#[test]
fn original_and_translation_are_released_together() {
    let room = room(false);
    let first = room.first();
    let people = &room.people;
    let original = people.start(&first, TEXT).unwrap();
    let id = people.translate(&first, &original.id, "ur").unwrap();
    let draft = words(&room, &first, &id);
    let at = (room.time.load(SeqCst) + HOUR) / 60_000 * 60_000;
    let local = |at: u64| room.people.local(at)[..16].to_owned();
    let set = |draft: &Draft, at: u64| {
        people.schedule(&first, &draft.id, draft.version, &local(at), Change::default())
    };
    assert_eq!(refused(set(&draft, at)), Refusal::Text("original".into()));
    set(&original, at).unwrap();
    assert_eq!(refused(set(&draft, at - 60_000)), Refusal::Text("original".into()), "before it");
    set(&draft, at).unwrap();
    room.time.store(at, SeqCst);
    let beat = Beat { boot: "a machine".into(), steady: 0 };
    assert_eq!(people.release(&beat).unwrap(), 2);
    let sealed = people.draft(&first, &id).unwrap();
    let head = people.reader().head(sealed.path.as_deref().unwrap()).unwrap().unwrap();
    let path = people.draft(&first, &original.id).unwrap().path;
    assert_eq!(head.translation_of, path);
}

#[test]
fn a_translation_can_become_a_text_of_its_own() {
    let room = room(false);
    let first = room.first();
    let people = &room.people;
    let original = people.start(&first, TEXT).unwrap();
    let path = publish(&room, &first, &original);
    let id = people.translate_article(&first, &path, "ur").unwrap();
    assert!(people.draft(&first, &id).unwrap().text.contains(&path));
    let draft = words(&room, &first, &id);
    assert_eq!(people.original(&draft).unwrap().unwrap().path, Some(path.clone()));
    people.untie(&first, &id).unwrap();
    assert_eq!(refused(people.untie(&first, &id)), Refusal::Missing);
    assert_eq!(people.original(&draft).unwrap(), None);
    let alone = people.draft(&first, &id).unwrap();
    let ours = publish(&room, &first, &alone);
    assert_eq!(people.reader().head(&ours).unwrap().unwrap().translation_of, None);
}
