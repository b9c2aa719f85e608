//! Comments: each once, changes in one order, and for whom they are.

use super::*;
use ovn_store::cabinet::{Comment, Told};

pub(super) fn comment(person: &Person, id: &str, thread: Option<&str>) -> Comment {
    Comment {
        id: id.into(),
        thread: thread.map(str::to_owned),
        person: person.id,
        name: person.name.clone(),
        at: NOW,
        quote: "the bridge".into(),
        words: format!("about {id}"),
        resolved: None,
    }
}

#[test]
fn what_is_said_is_kept_once_and_told_since_a_number() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let draft = draft(&ada);
    cabinet.start(&draft, &note("draft")).unwrap();
    let said = |by: &Person, id: &str, thread| {
        cabinet.tell(&draft.id, &comment(by, id, thread), &[], 4, &note("comment")).unwrap()
    };
    let since = |after: u64| {
        let talk = cabinet.talk(&draft.id, after).unwrap();
        let ids: Vec<String> = talk.list.into_iter().map(|one| one.id).collect();
        (talk.number, talk.whole, ids.join(" "))
    };
    assert_eq!(since(0), (0, true, String::new()));
    assert_eq!(said(&ada, "a", None), Told::Kept);
    assert_eq!(said(&bea, "b", Some("a")), Told::Kept);
    assert_eq!(said(&bea, "b", Some("a")), Told::Known, "its answer was lost");
    assert_eq!(said(&ada, "b", None), Told::Refused, "another's id");
    assert_eq!(said(&ada, "c", Some("nowhere")), Told::Refused);
    assert_eq!(said(&ada, "c", Some("b")), Told::Refused, "answers have none");
    assert_eq!(since(0), (2, true, "a b".into()));
    assert_eq!(since(1), (2, false, "b".into()));
    assert_eq!(since(2), (2, false, String::new()));
    assert_eq!(since(9), (2, true, "a b".into()), "a number of before a backup");
    let by = Note { person: Some(bea.id), ..note("resolve") };
    let resolve = |id: &str, resolved| cabinet.resolve(&draft.id, id, resolved, &by).unwrap();
    assert!(resolve("a", true) && resolve("a", true), "it is so already");
    assert!(!resolve("b", true) && !resolve("nowhere", true));
    assert_eq!(since(2), (3, false, "a".into()));
    assert_eq!(cabinet.talk(&draft.id, 2).unwrap().list[0].resolved, Some(("BEA".into(), NOW)));
    assert_eq!(cabinet.open_comments(&draft.id).unwrap(), 0);
    assert!(resolve("a", false));
    assert_eq!(cabinet.open_comments(&draft.id).unwrap(), 1);
    let whole = cabinet.talk(&draft.id, 0).unwrap();
    assert_eq!(whole.list, [comment(&bea, "b", Some("a")), comment(&ada, "a", None)]);
    said(&ada, "c", None);
    said(&ada, "d", None);
    assert_eq!(said(&ada, "e", None), Told::Refused, "there are as many as may be");
    // Each draft counts by itself.
    let other = Draft { id: [9; 16], ..draft.clone() };
    cabinet.start(&other, &note("draft")).unwrap();
    cabinet.tell(&other.id, &comment(&ada, "a", None), &[], 4, &note("comment")).unwrap();
    assert_eq!(cabinet.talk(&other.id, 0).unwrap().number, 1);
}

#[test]
fn what_is_for_somebody_is_unread_until_they_say_so() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let draft = draft(&ada);
    cabinet.start(&draft, &note("draft")).unwrap();
    let said = |id: &str, thread| {
        let one = comment(&ada, id, thread);
        cabinet.tell(&draft.id, &one, &[bea.id], 9, &note("comment")).unwrap()
    };
    said("a", None);
    said("b", Some("a"));
    said("c", None);
    let unread = |person: &Person| {
        let all = cabinet.mentions(&person.id, 9).unwrap();
        all.into_iter().map(|one| one.comment.id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!((unread(&bea), unread(&ada)), ("a b c".into(), String::new()));
    let first = &cabinet.mentions(&bea.id, 1).unwrap()[0];
    assert_eq!((first.title.as_str(), first.comment.name.as_str()), ("A bridge", "ADA"));
    cabinet.heard(&bea.id, &draft.id, "b", NOW).unwrap();
    assert_eq!(unread(&bea), "c", "a thread is read as a whole");
    let away = Draft { state: "dropped".into(), ..draft.clone() };
    assert!(cabinet.shift(&away, "draft", &note("drop")).unwrap());
    assert_eq!(unread(&bea), "", "nobody is called to what was put away");
    assert_eq!(cabinet.talk(&draft.id, 0).unwrap().list.len(), 3, "and nothing of it is lost");
    let back = Draft { state: "draft".into(), ..draft };
    assert!(cabinet.shift(&back, "dropped", &note("return")).unwrap());
    assert_eq!(unread(&bea), "c");
}

#[test]
fn a_place_leaves_a_text_approved_and_its_writers_as_they_are() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let one = draft(&ada);
    cabinet.start(&one, &note("draft")).unwrap();
    let ready = Draft { state: "ready".into(), approver: Some(bea.id), ..one.clone() };
    assert!(cabinet.shift(&ready, "draft", &note("approve")).unwrap());
    let next = Draft { document: Some("{}".into()), ..ready.clone() };
    let step = Step { number: 2, writer: "beas tab".into(), step: "{}".into() };
    let steps = [step];
    assert_eq!(cabinet.save_places(&next, &steps).unwrap(), Saved::Kept(2));
    let kept = cabinet.draft(&one.id).unwrap().unwrap();
    assert_eq!(kept, Draft { version: 2, ..next.clone() });
    assert!(!cabinet.wrote(&one.id, &bea.id).unwrap());
    let versions = cabinet.versions(&one.id).unwrap();
    assert_eq!((versions.len(), versions[0].number, &versions[0].writers), (1, 2, &vec![ada.id]));
    assert_eq!(cabinet.since(&one.id, 1).unwrap().unwrap().steps, steps);
    assert!(matches!(cabinet.save_places(&next, &steps).unwrap(), Saved::Conflict(_)));
    assert_eq!(cabinet.version(&one.id, 2).unwrap().map(|kept| kept.text).as_deref(), Some("one"));
}
