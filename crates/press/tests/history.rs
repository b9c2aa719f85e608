//! A draft's history on both engines: names, an older version as the newest, what is compared; and suggestions, decided
//! without the editor and never made in another's name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::editor::{self, Sheet};
use ovn_edition::hex;
use ovn_edition::model::Change;
use ovn_press::drafts::{Filter, Sent, Side, Steps, Which, Wording, mark};
use ovn_press::people::{Caller, Refusal, Role};
use ovn_store::cabinet::{Id, Saved};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use serde_json::{Value, json};

#[test]
fn versions_have_names_and_come_back() {
    names_and_back(&room(false));
}

#[test]
fn versions_have_names_and_come_back_in_a_database() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    names_and_back(&room_in(false, Some(database.address())));
}

fn names_and_back(room: &Room) {
    let first = room.first();
    let (bilal, carim) =
        (room.member(&first, Role::Editor, "Bilal"), room.member(&first, Role::Reporter, "Carim"));
    let people = &room.people;
    let draft = people.start(&first, TEXT).unwrap();
    let id = &draft.id;
    let friday = TEXT.replace("Monday", "Friday");
    assert_eq!(people.save(&bilal, id, 1, &friday).unwrap(), Saved::Kept(2));
    people.name_version(&bilal, id, 1, "  Before\nthe lawyer ").unwrap();
    let long = "x".repeat(81);
    assert_eq!(
        refused(people.name_version(&bilal, id, 1, &long)),
        Refusal::Text("version-name".into())
    );
    assert_eq!(refused(people.name_version(&bilal, id, 9, "None")), Refusal::Missing);
    assert_eq!(refused(people.name_version(&carim, id, 1, "Mine")), Refusal::Missing);
    let named = people.versions(&first, id).unwrap()[0].named.clone().unwrap();
    assert_eq!((named.name.as_str(), named.person), ("Before the lawyer", bilal.person.id));
    // What somebody else wrote since the page was shown is not passed over.
    assert_eq!(refused(people.bring_back(&bilal, id, 1, 1)), Refusal::Moved);
    people.bring_back(&bilal, id, 1, 2).unwrap();
    let kept = room.draft(&first, &draft);
    assert_eq!(
        (kept.text.as_str(), kept.version, kept.title.as_str()),
        (TEXT, 3, "The bridge opens")
    );
    assert_eq!(people.version(&first, id, 2).unwrap().text, friday, "nothing is overwritten");
    people.bring_back(&bilal, id, 1, 3).unwrap();
    assert_eq!(room.draft(&first, &draft).version, 3, "nothing new");
    // Open editors hear of it as of a form's text.
    let news = people.news(&first, id, 2).unwrap();
    assert_eq!((news.version, news.steps.len()), (3, 0));
    assert!(news.opened.unwrap().document.contains("Monday"));
    let said = |side| people.said(&first, id, side);
    let Wording::Article(article) = said(Side::Version(2)).unwrap() else { panic!("no article") };
    assert!(article.body.iter().any(|block| ovn_edition::text::block(block).contains("Friday")));
    assert_eq!(refused(said(Side::Public)), Refusal::Missing);
    let published = people.publish(&first, id, 3, Change::default()).unwrap();
    let Wording::Article(public) = said(Side::Public).unwrap() else { panic!("no article") };
    assert_eq!(public.headline, "The bridge opens");
    people.name_version(&bilal, id, 3, "As published").unwrap();
    assert_eq!(refused(people.bring_back(&bilal, id, 2, 3)), Refusal::Moved, "it is published");
    let next = people.correct(&first, &published.path).unwrap();
    assert!(people.public(&next).unwrap().is_some());
    people.save(&first, &next.id, 1, "---\nheadline: [\n---\n").unwrap();
    let unread = people.said(&first, &next.id, Side::Version(2)).unwrap();
    assert_eq!(unread.text(), "---\nheadline: [\n---\n");
    let deeds = people.trail(&first, 100).unwrap();
    let deed = |verb: &str| {
        let one = deeds.iter().find(|one| one.verb == verb).unwrap();
        (one.person.clone().unwrap_or_default(), one.words.clone())
    };
    assert_eq!(deed("name"), ("Bilal".into(), "3 · As published".into()));
    assert_eq!(deed("bring-back"), ("Bilal".into(), "1 → 3".into()));
    // It is listed where the text that it has is listed.
    let city = Filter { section: Some("city"), ..Filter::default() };
    let listed = || people.listed(&first, &city, 0, 9).unwrap().len();
    let filed = TEXT.replace("lang: en", "lang: en\nsections: [City]");
    let other = people.start(&first, &filed).unwrap();
    assert_eq!(people.save(&first, &other.id, 1, TEXT).unwrap(), Saved::Kept(2));
    assert_eq!(listed(), 0);
    people.bring_back(&first, &other.id, 1, 2).unwrap();
    assert_eq!(listed(), 1);
}

/// A document with one paragraph of these nodes.
fn sheet(line: &Value) -> Sheet {
    let text = |words: &str| json!([{"type": "text", "text": words}]);
    let doc = json!({"type": "doc", "attrs": {"lang": "en"}, "content": [
        {"type": "headline", "content": text("The bridge opens")}, {"type": "standfirst"},
        {"type": "paragraph", "content": line}, {"type": "paragraph", "content": text("The end.")}]});
    editor::from_value(&doc).unwrap()
}

fn suggestion(kind: &str, by: &Caller, at: u64, words: &str) -> Value {
    let attrs = json!({"at": at, "by": hex::encode(&by.person.id)});
    json!({"type": "text", "text": words, "marks": [{"type": kind, "attrs": attrs}]})
}

fn plain(words: &str) -> Value {
    json!({"type": "text", "text": words})
}

/// Sends a list of one step that makes this document.
fn send(
    room: &Room,
    who: &Caller,
    id: &Id,
    version: u64,
    sheet: &Sheet,
) -> Result<Sent, ovn_press::people::Error> {
    let steps = [json!({"stepType": "replace", "from": 1, "to": 1})];
    let into = room.people.writing(who, id)?;
    room.people.send(who, into, Steps { version, writer: "somebodystab", steps: &steps, sheet })
}

#[test]
fn nobody_suggests_in_anothers_name() {
    own_names(&room(false));
}

#[test]
fn nobody_suggests_in_anothers_name_in_a_database() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    own_names(&room_in(false, Some(database.address())));
}

fn own_names(room: &Room) {
    let first = room.first();
    let bilal = room.member(&first, Role::Editor, "Bilal");
    let id = &room.people.start(&first, TEXT).unwrap().id;
    let bare = sheet(&json!([plain("It opens.")]));
    let by = |who: &Caller, at: u64| {
        sheet(&json!([plain("It opens"), suggestion("added", who, at, " on Monday"), plain(".")]))
    };
    let check = |who: &Caller, version: u64, sheet: &Sheet, good: bool| {
        let sent = send(room, who, id, version, sheet);
        if good {
            assert_eq!(sent.unwrap(), Sent::Kept(version + 1));
        } else {
            assert_eq!(refused(sent), Refusal::Text("suggested".into()));
        }
    };
    check(&first, 1, &bare, true);
    check(&bilal, 2, &by(&first, 100), false);
    check(&bilal, 2, &by(&bilal, 100), true);
    // What is there stays there, whoever writes beside it.
    check(&first, 3, &by(&bilal, 100), true);
    // It goes, and undo brings it back in anybody's hands; but not at another second.
    check(&first, 4, &bare, true);
    check(&first, 5, &by(&bilal, 101), false);
    check(&first, 5, &by(&bilal, 100), true);
    let struck = sheet(&json!([suggestion("struck", &bilal, 9, "It opens"), plain(".")]));
    check(&first, 6, &struck, false);
    check(&bilal, 6, &struck, true);
    // The same holds for a document that is saved whole.
    let saved = room.people.save_document(&first, id, 7, &by(&bilal, 55));
    assert_eq!(refused(saved), Refusal::Text("suggested".into()));
    assert_eq!(room.people.save_document(&first, id, 7, &by(&bilal, 100)).unwrap(), Saved::Kept(8));
    // A list that comes late is told what came first, and refused nothing.
    assert!(matches!(send(room, &first, id, 3, &by(&bilal, 77)).unwrap(), Sent::Behind(_)));
}

#[test]
fn suggestions_are_decided_without_the_editor() {
    let room = room(true);
    let first = room.first();
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    let draft = room.people.start(&first, TEXT).unwrap();
    let (id, people) = (&draft.id, &room.people);
    let line = json!([
        plain("It opens"),
        suggestion("struck", &bilal, 5, " on Monday"),
        suggestion("added", &bilal, 5, " on Tuesday"),
        plain(", "),
        suggestion("added", &bilal, 9, "at last, "),
        plain("they said.")
    ]);
    people.save_document(&bilal, id, 1, &sheet(&line)).unwrap();
    let listed = || people.suggestions(&first, id).unwrap().1;
    let all = listed();
    let said: Vec<_> = all.iter().map(|one| (one.struck.as_str(), one.added.as_str())).collect();
    assert_eq!(said, [(" on Monday", " on Tuesday"), ("", "at last, ")]);
    let one = |number: usize| Which::One(number, mark(&all[number]));
    people.decide(&first, id, &one(0), true).unwrap();
    assert_eq!(listed().len(), 1);
    // The list that somebody looks at may be older: the second is the first by now, and what is decided is decided.
    assert_eq!(refused(people.decide(&first, id, &one(0), true)), Refusal::Moved);
    assert_eq!(refused(people.decide(&first, id, &Which::All(2), false)), Refusal::Moved);
    let before = room.draft(&first, &draft).version;
    people.decide(&first, id, &one(1), false).unwrap();
    let kept = room.draft(&first, &draft);
    assert_eq!(kept.version, before + 1);
    assert!(kept.text.contains("It opens on Tuesday, they said."), "{}", kept.text);
    assert_eq!(listed(), []);
    let news = people.news(&bilal, id, before).unwrap();
    assert!(news.opened.unwrap().document.contains("on Tuesday, they said."), "editors hear of it");
    // Whoever decided has written in the text.
    people.pass(&first, id, kept.version, ovn_press::people::Act::Submit).unwrap();
    let now = room.draft(&first, &draft);
    assert_eq!(
        refused(people.may(&first, ovn_press::people::Act::Approve, &now)),
        Refusal::FourEyes
    );
}
