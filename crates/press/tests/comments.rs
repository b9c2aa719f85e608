//! Comments on drafts: by whom, on which words, through saving in either form, and without a word of them in what is published.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::editor;
use ovn_edition::model::Change;
use ovn_press::drafts::{LONGEST_COMMENT, Said, Sent, State, Steps};
use ovn_press::people::{Act, Caller, Refusal, Role};
use ovn_press::{copy::Copy, export};
use ovn_store::cabinet::{Comment, Id, Saved};
use ovn_store::{Folder, Settings};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use serde_json::{Value, json};

fn said<'a>(id: &'a str, words: &'a str) -> Said<'a> {
    Said { id, thread: None, quote: "opens on Monday", words }
}

fn talk(room: &Room, by: &Caller, draft: &Id) -> Vec<Comment> {
    room.people.talk(by, draft, 0).unwrap().list
}

/// Where a comment stands in the draft's document, as words.
fn place(room: &Room, by: &Caller, draft: &Id, id: &str) -> Option<String> {
    let opened = room.people.document(by, draft).unwrap();
    let sheet = editor::read(opened.document.as_bytes()).unwrap();
    sheet.places().into_iter().find(|one| one.id == id).map(|one| one.words)
}

fn a_talk(database: Option<String>) {
    let room = room_in(false, database);
    let first = room.first();
    let bilal = room.member(&first, Role::Reporter, "Bilal");
    let carim = room.member(&first, Role::Reporter, "Carim");
    let draft = room.people.start(&bilal, TEXT).unwrap().id;
    let say = |by: &Caller, one: Said<'_>| room.people.comment(by, &draft, one);
    let one = said("c1", " Is this\r\nso?\u{7} @Bilal @Carim ");
    say(&first, one).unwrap();
    say(&first, one).unwrap();
    let list = talk(&room, &bilal, &draft);
    assert_eq!(list.len(), 1, "sent twice, kept once");
    assert_eq!(
        (list[0].name.as_str(), list[0].words.as_str(), list[0].quote.as_str()),
        ("Amina Khan", "Is this\nso? @Bilal @Carim", "opens on Monday")
    );
    let wrong = |one: Said<'_>| refused(say(&first, one));
    let text = Refusal::Text("comment".into());
    let long = "a".repeat(LONGEST_COMMENT + 1);
    for odd in [
        said("c2", " \n"),
        said("c2", &long),
        said("c 2", "a"),
        said("", "a"),
        Said { thread: Some("c9"), ..said("c2", "a") },
        Said { thread: Some("a/b"), ..said("c2", "a") },
    ] {
        assert_eq!(wrong(odd), text, "{odd:?}");
    }
    assert_eq!(refused(say(&bilal, one)), text, "another's id");
    // Whoever may not read it hears of none.
    assert_eq!(refused(say(&carim, said("c3", "a"))), Refusal::Missing);
    assert_eq!(refused(room.people.talk(&carim, &draft, 0)), Refusal::Missing);
    let unread = |by: &Caller| room.people.mentions(by).unwrap().len();
    assert_eq!((unread(&bilal), unread(&carim), unread(&first)), (1, 0, 0));
    say(&bilal, Said { thread: Some("c1"), quote: "x", ..said("c4", "The council says so.") })
        .unwrap();
    assert_eq!((unread(&bilal), unread(&first)), (0, 1), "whoever answers has read it");
    assert_eq!(talk(&room, &bilal, &draft)[1].quote, "");
    room.people.seen(&first, &draft, "c4").unwrap();
    assert_eq!(unread(&first), 0);
    let resolve = |by: &Caller, id: &str, yes| room.people.resolve(by, &draft, id, yes);
    resolve(&bilal, "c1", true).unwrap();
    let list = room.people.talk(&first, &draft, 2).unwrap().list;
    assert_eq!(list[0].resolved.as_ref().map(|(by, _)| by.as_str()), Some("Bilal"));
    assert_eq!(room.people.open_comments(&draft).unwrap(), 0);
    resolve(&first, "c1", false).unwrap();
    assert_eq!(room.people.open_comments(&draft).unwrap(), 1);
    assert_eq!(refused(resolve(&first, "c4", true)), Refusal::Missing);
    assert_eq!(refused(resolve(&carim, "c1", true)), Refusal::Missing);
    let verbs: Vec<String> =
        room.people.trail(&first, 4).unwrap().into_iter().map(|one| one.verb).collect();
    assert_eq!(verbs, ["reopen", "resolve", "comment", "comment"]);
    // Put away, it is as it was, and nobody says more.
    room.people.pass(&first, &draft, 1, Act::Drop).unwrap();
    assert_eq!(refused(say(&first, said("c5", "a"))), Refusal::Moved);
    assert_eq!(refused(resolve(&first, "c1", true)), Refusal::Moved);
    assert_eq!(talk(&room, &first, &draft).len(), 2);
}

#[test]
fn what_is_said_is_kept_in_whose_name_it_is() {
    a_talk(None);
}

#[test]
fn what_is_said_is_kept_in_whose_name_it_is_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    a_talk(Some(database.address()));
}

fn mark(id: &str, from: u64, to: u64) -> Value {
    json!({"stepType": "addMark", "mark": {"type": "comment", "attrs": {"id": id}}, "from": from, "to": to})
}

#[test]
fn who_reads_with_comments_has_not_written() {
    let room = room(true);
    let first = room.first();
    let bilal = room.member(&first, Role::Reporter, "Bilal");
    let carim = room.member(&first, Role::Editor, "Carim");
    let draft = room.people.start(&bilal, TEXT).unwrap().id;
    room.people.pass(&bilal, &draft, 1, Act::Submit).unwrap();
    let send = |by: &Caller, version: u64, id: &str, other: bool| {
        let opened = room.people.document(by, &draft).unwrap();
        let sheet = editor::read(opened.document.as_bytes()).unwrap();
        let (mut sheet, range) = sheet.commented("opens on", 0, id).unwrap();
        if other {
            let text = sheet.write().replace("Monday", "Friday");
            sheet = editor::read(text.as_bytes()).unwrap();
        }
        let steps = [mark(id, range.start, range.end)];
        let steps = Steps { version, writer: "carimstab", steps: &steps, sheet: &sheet };
        let into = room.people.writing(by, &draft).unwrap();
        room.people.send(by, into, steps).unwrap()
    };
    assert_eq!(send(&carim, 1, "c1", false), Sent::Kept(2));
    assert_eq!(place(&room, &bilal, &draft, "c1").as_deref(), Some("opens on"));
    assert_eq!(room.people.pass(&carim, &draft, 2, Act::Approve).unwrap(), State::Ready);
    assert_eq!(send(&first, 2, "c2", false), Sent::Kept(3));
    let kept = room.people.draft(&first, &draft).unwrap();
    assert_eq!((State::of(&kept), kept.approver), (State::Ready, Some(carim.person.id)));
    assert_eq!(room.people.versions(&first, &draft).unwrap().len(), 1, "it is the same text");
    // A step that says to set a place and comes with another text has written.
    assert_eq!(send(&first, 3, "c3", true), Sent::Kept(4));
    let kept = room.people.draft(&first, &draft).unwrap();
    assert_eq!((State::of(&kept), kept.approver), (State::Review, None));
    assert_eq!(refused(room.people.pass(&first, &draft, 4, Act::Approve)), Refusal::FourEyes);
}

#[test]
fn without_an_editor_the_words_are_found_in_the_text() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap().id;
    let on = |quote: &str| room.people.comment_on(&first, &draft, quote, "Is this so?");
    assert_eq!(refused(on("nowhere at all")), Refusal::Text("quote".into()));
    assert_eq!(
        refused(room.people.comment_on(&first, &draft, "the council", " ")),
        Refusal::Text("comment".into())
    );
    assert_eq!(room.people.open_comments(&draft).unwrap(), 0, "nothing is half done");
    assert_eq!(room.people.draft(&first, &draft).unwrap().version, 1);
    let one = on(" opens  on monday").unwrap();
    assert_eq!(place(&room, &first, &draft, &one).as_deref(), Some("opens on Monday"));
    let news = room.people.news(&first, &draft, 1).unwrap();
    let step: Value = serde_json::from_str(&news.steps[0].step).unwrap();
    assert_eq!(step["mark"]["attrs"]["id"], one.as_str());
    assert!(news.opened.is_none(), "others hear of it as of any step");
    let all = on("").unwrap();
    assert_eq!(place(&room, &first, &draft, &all), None);
    room.people.answer(&first, &draft, &all, "Yes.").unwrap();
    // The plain form keeps the places of the words that it keeps.
    let version = room.people.draft(&first, &draft).unwrap().version;
    let text = TEXT.replace("The bridge opens on", "Now, the bridge opens on");
    assert_eq!(room.people.save(&first, &draft, version, &text).unwrap(), Saved::Kept(version + 1));
    assert_eq!(place(&room, &first, &draft, &one).as_deref(), Some("opens on Monday"));
    let text = text.replace("Monday", "Friday");
    room.people.save(&first, &draft, version + 1, &text).unwrap();
    assert_eq!(place(&room, &first, &draft, &one), None, "these words are gone");
    assert!(talk(&room, &first, &draft).iter().any(|kept| kept.quote == "opens on monday"));
    let published = room.people.publish(&first, &draft, version + 2, Change::default()).unwrap();
    assert!(published.path.ends_with("the-bridge"));
}

#[test]
fn case_109_nothing_of_a_comment_leaves_the_newsroom() {
    const CANARY: &str = "canaryzarqa";
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap().id;
    let one = room.people.comment_on(&first, &draft, "opens on Monday", CANARY).unwrap();
    room.people.answer(&first, &draft, &one, &format!("{CANARY} again")).unwrap();
    let kept = room.people.draft(&first, &draft).unwrap();
    assert!(kept.document.as_ref().unwrap().contains(&one) && !kept.text.contains(&one));
    assert!(!kept.document.unwrap().contains(CANARY), "the text has the place alone");
    room.people.publish(&first, &draft, kept.version, Change::default()).unwrap();
    let settings = Settings::read(&room.dir, &|_| None).unwrap();
    let reader = ovn_store::Reader::of(&room.dir, &settings).unwrap();
    let home = tempfile::tempdir().unwrap();
    let to = |name: &str| Folder::at(home.path().join(name));
    let source = Copy::at(&room.dir.to_string_lossy());
    export::record(&source, &to("record")).unwrap();
    export::markdown(&reader, &source, &to("markdown")).unwrap();
    for folder in [Folder::at(home.path()), Folder::at(room.dir.clone())] {
        for path in folder.list("").unwrap().iter().filter(|path| !path.starts_with("cabinet")) {
            let bytes = folder.read(path).unwrap().unwrap_or_default();
            for secret in [CANARY, one.as_str()] {
                let has = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                assert!(!has, "{secret} in {path}");
            }
        }
    }
}
