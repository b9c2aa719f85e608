//! Drafts without a browser: four eyes, corrections, two texts at once, what is open, and where none of it is seen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::commit::sha256;
use ovn_edition::editor;
use ovn_edition::hex;
use ovn_edition::model::{Block, Change, Class, Inline};
use ovn_press::backup;
use ovn_press::drafts::{Sent, State, Steps, starting, suggestions};
use ovn_press::people::{Act, Caller, Refusal, Role};
use ovn_store::cabinet::{Cabinet, Draft, Note, Saved};
use room::{TEXT, refused, room};
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::time::Duration;

#[test]
fn four_eyes_see_what_is_published() {
    let room = room(true);
    let first = room.first();
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    let draft = room.people.start(&bilal, TEXT).unwrap();
    let id = draft.id;
    let publish = |caller: &Caller, version| {
        room.people.publish(caller, &id, version, Change::default()).map(|published| published.path)
    };
    assert_eq!(refused(publish(&bilal, 1)), Refusal::FourEyes);
    room.people.pass(&bilal, &id, 1, Act::Submit).unwrap();
    assert_eq!(refused(room.people.pass(&bilal, &id, 1, Act::Approve)), Refusal::FourEyes);
    assert_eq!(refused(publish(&bilal, 1)), Refusal::FourEyes);
    assert_eq!(room.people.pass(&first, &id, 1, Act::Approve).unwrap(), State::Ready);
    // A text that is changed is to be approved again, and not by whoever changed it.
    let changed = TEXT.replace("Monday", "Tuesday");
    assert_eq!(room.people.save(&first, &id, 1, &changed).unwrap(), Saved::Kept(2));
    assert_eq!(State::of(&room.draft(&first, &draft)), State::Review);
    assert_eq!(refused(room.people.pass(&first, &id, 2, Act::Approve)), Refusal::FourEyes);
    let carim = room.member(&first, Role::Editor, "Carim");
    room.people.pass(&carim, &id, 2, Act::Approve).unwrap();
    assert_eq!(refused(publish(&carim, 2)), Refusal::Role);
    assert_eq!(refused(publish(&bilal, 1)), Refusal::Moved);
    let path = publish(&bilal, 2).unwrap();
    assert!(path.ends_with("/the-bridge"), "{path}");
    let sealed = room.draft(&bilal, &draft);
    assert_eq!(
        (State::of(&sealed), sealed.path.as_deref()),
        (State::Published, Some(path.as_str()))
    );
    assert_eq!(room.people.reader().head(&path).unwrap().unwrap().headline, "The bridge opens");
    assert_eq!(refused(publish(&bilal, 2)), Refusal::Moved, "it is sealed once");
}

#[test]
fn who_publishes_without_a_rest_keeps_nobody_waiting() {
    let room = room(false);
    let first = room.first();
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    let people = &room.people;
    let ready =
        |by: &Caller, slug: &str| people.start(by, &TEXT.replace("the-bridge", slug)).unwrap().id;
    let many: Vec<_> = (0..40).map(|one| ready(&bilal, &format!("bridge-{one}"))).collect();
    let single: Vec<_> = (0..4).map(|one| ready(&first, &format!("tunnel-{one}"))).collect();
    let (sealed, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let publish = |by: &Caller, id| people.publish(by, id, 1, Change::default()).unwrap();
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for id in &many {
                publish(&bilal, id);
                sealed.fetch_add(1, SeqCst);
                if over.load(SeqCst) {
                    break;
                }
            }
        });
        let waited = single.iter().map(|id| {
            std::thread::sleep(Duration::from_millis(30));
            let before = sealed.load(SeqCst);
            publish(&first, id);
            sealed.load(SeqCst) - before
        });
        // One is under way when the other asks, and its thread may begin the next before this one has looked.
        let most = waited.max().unwrap();
        over.store(true, SeqCst);
        assert!(most <= 2, "{most} were sealed before one that waited");
    });
}

#[test]
fn a_correction_follows_what_is_published() {
    let room = room(false);
    let first = room.first();
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let draft = room.people.start(&first, TEXT).unwrap();
    let path = room.people.publish(&first, &draft.id, 1, Change::default()).unwrap().path;
    assert_eq!(refused(room.people.correct(&reporter, &path)), Refusal::Role);
    assert_eq!(refused(room.people.correct(&first, "/2026/11/nothing")), Refusal::Missing);
    let (one, other) =
        (room.people.correct(&first, &path).unwrap(), room.people.correct(&first, &path).unwrap());
    let read = |text: &str| ovn_edition::markdown::read(text.as_bytes()).unwrap();
    assert_eq!(read(&one.text), read(TEXT), "the text comes back as it was written");
    let text = one.text.replace("Monday", "Tuesday");
    room.people.save(&first, &one.id, 1, &text).unwrap();
    let change =
        |class, note: Option<&str>| Change { class, note: note.map(Into::into), asked_by: None };
    let publish = |draft: &Draft, version, change| {
        room.people.publish(&first, &draft.id, version, change).map(|published| published.rev)
    };
    assert!(matches!(refused(publish(&one, 2, Change::default())), Refusal::Text(_)));
    assert!(matches!(refused(publish(&one, 2, change(Class::Correction, None))), Refusal::Text(_)));
    let note = Some("The bridge opens on Tuesday, not on Monday.");
    assert_eq!(publish(&one, 2, change(Class::Correction, note)).unwrap(), 2);
    // Whoever began from the first revision is told that there is a second.
    room.people.save(&first, &other.id, 1, &text.replace("Tuesday", "Friday")).unwrap();
    assert_eq!(refused(publish(&other, 2, change(Class::Correction, note))), Refusal::Moved);
    let twin = room.people.start(&first, &text).unwrap();
    assert!(
        matches!(refused(publish(&twin, 1, Change::default())), Refusal::Text(_)),
        "the address is taken"
    );
}

#[test]
fn two_texts_at_once_are_both_kept() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    assert_eq!(room.people.save(&first, &draft.id, 1, "one\r\n").unwrap(), Saved::Kept(2));
    assert_eq!(
        room.people.save(&first, &draft.id, 2, "one\n").unwrap(),
        Saved::Kept(2),
        "nothing new"
    );
    let Saved::Conflict(kept) = room.people.save(&first, &draft.id, 1, "other").unwrap() else {
        panic!("a text was overwritten")
    };
    assert_eq!((kept.text.as_str(), kept.version), ("one\n", 2));
    assert_eq!(room.people.version(&first, &draft.id, 1).unwrap().text, TEXT);
}

#[test]
fn who_wrote_with_the_editor_wrote() {
    let room = room(true);
    let first = room.first();
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    let draft = room.people.start(&first, &starting("en", "Amina Khan", "")).unwrap();
    let opened = room.people.document(&first, &draft.id).unwrap();
    let sheet = |headline: &str, words: &str| {
        let mut sheet = editor::read(opened.document.as_bytes()).unwrap();
        headline.clone_into(&mut sheet.headline);
        let text = Inline::Text { text: words.into(), marks: vec![] };
        sheet.body =
            vec![Block::Paragraph { content: vec![text] }, Block::Paragraph { content: vec![] }];
        sheet
    };
    let save = |caller: &Caller, version, sheet: &editor::Sheet| {
        room.people.save_document(caller, &draft.id, version, sheet).unwrap()
    };
    let empty = editor::read(opened.document.as_bytes()).unwrap();
    assert_eq!(save(&first, 1, &empty), Saved::Kept(1), "opening changes nothing");
    // What is unfinished is kept: no headline, a source that is not there, an empty paragraph.
    assert_eq!(save(&first, 1, &sheet("", "Words.")), Saved::Kept(2));
    assert!(room.people.checklist(&room.draft(&first, &draft).text).unwrap().article.is_none());
    assert_eq!(save(&bilal, 2, &sheet("A pier", "More words ")), Saved::Kept(3));
    assert_eq!(save(&first, 3, &sheet("A pier", "Still more words ")), Saved::Kept(4));
    assert_eq!(save(&first, 4, &sheet("A pier", "The last words ")), Saved::Kept(5));
    let numbers = room.people.versions(&first, &draft.id).unwrap();
    assert_eq!(numbers.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3, 5]);
    let again = room.people.document(&bilal, &draft.id).unwrap();
    assert_eq!(again.document, sheet("A pier", "The last words ").write(), "to the byte");
    let text = room.draft(&first, &draft).text;
    let article = room.people.checklist(&text).unwrap().article.unwrap();
    assert_eq!((article.body.len(), article.byline.len()), (1, 1));
    room.people.pass(&first, &draft.id, 5, Act::Submit).unwrap();
    assert_eq!(refused(room.people.pass(&bilal, &draft.id, 5, Act::Approve)), Refusal::FourEyes);
    let carim = room.member(&first, Role::Editor, "Carim");
    room.people.pass(&carim, &draft.id, 5, Act::Approve).unwrap();
    let path = room.people.publish(&bilal, &draft.id, 5, Change::default()).unwrap().path;
    assert_eq!(room.people.reader().head(&path).unwrap().unwrap().headline, "A pier");
}

#[test]
fn what_is_sealed_is_published_whatever_the_cabinet_says() {
    let room = room(false);
    let first = room.first();
    let cabinet = Cabinet::open(&room.dir, None).unwrap();
    let note = || Note { at: 1, person: None, verb: "save", object: None, words: String::new() };
    // As it stands when the process ends between the seal and the note of it.
    let interrupted = |sealed: Draft, before: &Draft| {
        let back = Draft { state: "draft".into(), article: before.article, ..sealed };
        assert!(cabinet.shift(&back, "published", &note()).unwrap());
        back
    };
    let draft = room.people.start(&first, TEXT).unwrap();
    let path = room.people.publish(&first, &draft.id, 1, Change::default()).unwrap().path;
    let back = interrupted(room.draft(&first, &draft), &draft);
    assert_eq!(back.article, None);
    let found = room.people.recorded(back.clone()).unwrap();
    assert_eq!((State::of(&found), found.path.as_deref()), (State::Published, Some(path.as_str())));
    assert_eq!(room.draft(&first, &draft), found);
    let other = Draft { text: TEXT.replace("Monday", "Friday"), ..back };
    assert_eq!(room.people.recorded(other.clone()).unwrap(), other, "another text is not sealed");

    let again = room.people.correct(&first, &path).unwrap();
    assert_eq!(room.people.recorded(again.clone()).unwrap(), again, "it is the text before it");
    let text = again.text.replace("Monday", "Tuesday");
    room.people.save(&first, &again.id, 1, &text).unwrap();
    let note = Some("The bridge opens on Tuesday, not on Monday.".to_owned());
    let change = Change { class: Class::Correction, note, asked_by: None };
    room.people.publish(&first, &again.id, 2, change).unwrap();
    let back = interrupted(room.draft(&first, &again), &again);
    assert_eq!(State::of(&room.people.recorded(back).unwrap()), State::Published);
}

#[test]
fn steps_are_taken_whole_and_in_one_order() {
    let room = room(true);
    let first = room.first();
    let bilal = room.member(&first, Role::Editor, "Bilal");
    let draft = room.people.start(&first, TEXT).unwrap();
    let opened = room.people.document(&first, &draft.id).unwrap();
    let mut sheet = editor::read(opened.document.as_bytes()).unwrap();
    let step = |at: u64| serde_json::json!({"stepType": "replace", "from": at, "to": at});
    let send = |caller: &Caller, version, steps: &[serde_json::Value], sheet: &editor::Sheet| {
        let writer = if caller.person.id == first.person.id { "tabone01" } else { "tabtwo02" };
        let into = room.people.writing(caller, &draft.id)?;
        room.people.send(caller, into, Steps { version, writer, steps, sheet })
    };
    sheet.headline.push_str(" today");
    assert_eq!(send(&first, 1, &[step(1), step(2)], &sheet).unwrap(), Sent::Kept(3));
    let mut other = sheet.clone();
    other.headline.push_str(" at noon");
    let Sent::Behind(news) = send(&bilal, 1, &[step(3)], &other).unwrap() else {
        panic!("steps were overtaken")
    };
    let steps = news.steps;
    assert_eq!(steps.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((steps[0].writer.as_str(), &steps[0].step), ("tabone01", &step(1).to_string()));
    assert_eq!((news.version, news.opened), (3, None), "the steps are all that happened");
    assert_eq!(news.hash, hex::encode(&sha256(sheet.write().as_bytes())));
    assert_eq!(send(&bilal, 3, &[step(3)], &other).unwrap(), Sent::Kept(4));
    let news = room.people.news(&first, &draft.id, 3).unwrap();
    assert_eq!(news.steps.len(), 1);
    let numbers = room.people.versions(&first, &draft.id).unwrap();
    assert_eq!(numbers.len(), 2, "what both wrote is one version");
    assert_eq!(numbers[1].writers.len(), 2);
    assert_eq!(room.draft(&first, &draft).title, "The bridge opens today at noon");
    room.people.pass(&first, &draft.id, 4, Act::Submit).unwrap();
    assert_eq!(refused(room.people.pass(&bilal, &draft.id, 4, Act::Approve)), Refusal::FourEyes);
    let odd = [
        vec![],
        vec![serde_json::json!({})],
        vec![step(1), serde_json::json!({"stepType": "replace", "from": -1, "to": 2})],
        vec![serde_json::json!({"stepType": "run", "from": 1, "to": 2})],
        vec![step(1); 2001],
        vec![step(u64::MAX)],
    ];
    for steps in odd {
        assert!(matches!(refused(send(&first, 4, &steps, &other)), Refusal::Text(_)));
    }
    let text = room.draft(&first, &draft).text;
    room.people.save(&first, &draft.id, 4, &text.replace("Monday", "Friday")).unwrap();
    let news = room.people.news(&first, &draft.id, 4).unwrap();
    let opened = news.opened.unwrap();
    assert_eq!((opened.version, news.steps), (5, vec![]), "a form's text is no step");
    assert!(opened.document.contains("Friday"));
}

#[test]
fn what_is_open_is_named() {
    let room = room(false);
    let good = room.people.checklist(TEXT).unwrap();
    assert!(good.article.is_some() && good.problems.is_empty());
    assert_eq!(good.claims, 1);
    let bad =
        room.people.checklist("---\nheadline: TK\nlang: en\n---\n\nWords [@nobody].\n").unwrap();
    assert_eq!(bad.marks, 1);
    assert!(!bad.problems.is_empty());
}

#[test]
fn what_is_suggested_is_in_no_article_and_holds_it_back() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let opened = room.people.document(&first, &draft.id).unwrap();
    let canary = "canary-5d20";
    let me = ovn_edition::hex::encode(&first.person.id);
    let mark = format!(r#"[{{"attrs":{{"at":1764066000,"by":"{me}"}},"type":"added"}}]"#);
    let added = format!(r#"{{"marks":{mark},"text":"{canary}","type":"text"}},"#);
    let head = r#"{"content":["#;
    let at = opened.document.rfind(head).unwrap() + head.len();
    let (before, after) = opened.document.split_at(at);
    let sheet = editor::read(format!("{before}{added}{after}").as_bytes()).unwrap();
    assert_eq!(sheet.suggestions, 1);
    let save = |version, sheet: &editor::Sheet| {
        room.people.save_document(&first, &draft.id, version, sheet).unwrap()
    };
    assert_eq!(save(1, &sheet), Saved::Kept(2));
    let kept = room.draft(&first, &draft);
    assert_eq!((suggestions(&kept), kept.text.contains(canary)), (1, false));
    let publish = |version| room.people.publish(&first, &draft.id, version, Change::default());
    let Refusal::Text(why) = refused(publish(2).map(|published| published.path)) else { panic!() };
    assert!(why.contains("suggestions are open"), "{why}");
    assert_eq!(save(2, &editor::read(opened.document.as_bytes()).unwrap()), Saved::Kept(3));
    assert_eq!(publish(3).unwrap().rev, 1, "nothing was sealed before");
    assert!(!holds(&room.dir, canary));
}

#[test]
fn case_063_067_a_draft_is_in_no_file_that_is_public() {
    let room = room(false);
    let first = room.first();
    let canary = "canary-91c4";
    room.people.start(&first, &TEXT.replace("The bridge opens", canary)).unwrap();
    let settings = ovn_store::Settings::read(&room.dir, &|_| None).unwrap();
    let copy = room.dir.join("backup");
    let order = backup::Order::default();
    backup::backup(&room.dir, &settings, &copy, &order, 1, &mut |_, _| {}).unwrap();
    assert!(!copy.join("cabinet.sqlite").exists());
    assert!(!holds(&room.dir, canary));
}

/// Whether any file but the cabinet's has these words.
fn holds(dir: &std::path::Path, words: &str) -> bool {
    ovn_tests::kept::holds(dir, "cabinet.sqlite", words).is_some()
}
