//! Pitches, assignments, looks, translations and tasks: each once, as they were judged, and copied with the rest.

use super::*;
use ovn_store::cabinet::{Asked, Assigned, Kin, Pitch, Task};

fn pitch(author: &Person) -> Pitch {
    Pitch {
        id: [4; 16],
        author: author.id,
        state: "open".into(),
        title: "A bridge".into(),
        lang: "en".into(),
        why: "Because.".into(),
        sources: String::new(),
        audience: String::new(),
        due: Some(NOW + 9),
        at: NOW,
        updated: NOW,
        person: None,
        reason: None,
        draft: None,
    }
}

fn task(entry: u64, id: u8) -> Task {
    Task {
        id: [id; 16],
        entry,
        article: [3; 16],
        original: [5; 16],
        rev: 2,
        class: "correction".into(),
        state: "open".into(),
        draft: None,
        person: None,
        reason: None,
        at: NOW,
        decided: None,
    }
}

/// A cabinet with one of each.
fn filled() -> (tempfile::TempDir, Cabinet, Person, Person) {
    let (home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let one = pitch(&bea);
    cabinet.add_pitch(&one, &note("pitch")).unwrap();
    let next = Pitch { state: "taken".into(), draft: Some([7; 16]), updated: NOW + 1, ..one };
    let part =
        Assigned { draft: [7; 16], person: bea.id, part: "writes".into(), giver: ada.id, at: NOW };
    let asked = Asked { due: Some(NOW + 9), words: Some(600), notes: "Ask.".into() };
    let take = |seen| {
        let judged = (&next, "open", seen);
        cabinet.take_pitch(judged, &draft(&bea), &part, &asked, &[note("pitch-take")]).unwrap()
    };
    assert!(
        !take(NOW + 5) && cabinet.draft(&[7; 16]).unwrap().is_none(),
        "it was changed meanwhile"
    );
    assert!(take(NOW));
    assert!(!take(NOW), "it is taken");
    assert!(!cabinet.change_pitch(&next, "open", NOW, &note("pitch-change")).unwrap());
    (home, cabinet, ada, bea)
}

#[test]
fn a_pitch_is_taken_once_and_whole() {
    let (_home, cabinet, ada, bea) = filled();
    assert!(cabinet.is_assigned(&[7; 16], &bea.id).unwrap());
    assert!(!cabinet.is_assigned(&[7; 16], &ada.id).unwrap());
    assert_eq!(cabinet.asked(&[7; 16]).unwrap().words, Some(600));
    assert_eq!(cabinet.pitch_of(&[7; 16]).unwrap().unwrap().id, [4; 16]);
    assert_eq!(cabinet.pitches(Some(&ada.id), 9).unwrap(), []);
    assert_eq!(cabinet.pitches(None, 9).unwrap()[0].1, "BEA");
    let trail = cabinet.trail(9).unwrap();
    assert_eq!(trail.iter().filter(|one| one.verb == "pitch-take").count(), 1);
}

#[test]
fn one_entry_opens_one_task() {
    let (_home, cabinet, ada, _) = filled();
    assert_eq!(cabinet.followed().unwrap(), Some(0));
    let open = |entry, id| (task(entry, id), note("task-open"));
    cabinet.follow(3, &[open(2, 21)]).unwrap();
    cabinet.follow(3, &[open(2, 22)]).unwrap();
    cabinet.follow(1, &[]).unwrap();
    assert_eq!(cabinet.followed().unwrap(), Some(3), "it never goes back");
    assert_eq!(cabinet.tasks(None, 9).unwrap(), [task(2, 21)]);
    assert_eq!(cabinet.tasks(Some(&ada.id), 9).unwrap(), []);
    cabinet.bind_tasks(&[3; 16], &[7; 16], &ada.id).unwrap();
    cabinet.settle_tasks().unwrap();
    assert_eq!(cabinet.tasks(None, 9).unwrap()[0].state, "correcting");
    assert_eq!(cabinet.tasks_of(&[7; 16]).unwrap().len(), 1);
    assert!(cabinet.waive_task(&[21; 16], "No.", &note("task-waive")).unwrap());
    assert!(!cabinet.waive_task(&[21; 16], "No.", &note("task-waive")).unwrap());
    assert_eq!(cabinet.tasks(None, 9).unwrap(), []);
}

#[test]
fn a_copy_has_what_is_planned() {
    let (_home, from, ada, _) = filled();
    assert_eq!(from.look(&[7; 16], &ada.id, NOW, 1).unwrap(), None);
    from.look(&[7; 16], &ada.id, NOW + 2, 1).unwrap().unwrap();
    from.follow(3, &[(task(2, 21), note("task-open"))]).unwrap();
    let kin = Kin { original: Some([7; 16]), article: None };
    let other = Draft { id: [8; 16], lang: "ur".into(), sections: "|a|".into(), ..draft(&ada) };
    assert_eq!(from.translate(&other, &kin, &note("translate")).unwrap(), None);
    let twin = Draft { id: [9; 16], ..other };
    assert_eq!(from.translate(&twin, &kin, &note("translate")).unwrap(), Some([8; 16]));
    let home = tempfile::tempdir().unwrap();
    let to = Cabinet::open(home.path(), None).unwrap();
    from.copy_to(&to).unwrap();
    assert_eq!(to.pitch(&[4; 16]).unwrap(), from.pitch(&[4; 16]).unwrap());
    assert_eq!(to.assignments(&[[7; 16]]).unwrap(), from.assignments(&[[7; 16]]).unwrap());
    assert_eq!(to.asked(&[7; 16]).unwrap(), from.asked(&[7; 16]).unwrap());
    assert_eq!(to.looked(&[7; 16], &ada.id).unwrap(), from.looked(&[7; 16], &ada.id).unwrap());
    assert_eq!(to.kin(&[8; 16]).unwrap(), Some(kin));
    assert_eq!(to.tasks(None, 9).unwrap(), [task(2, 21)]);
    assert_eq!(to.followed().unwrap(), Some(3));
    assert_eq!(to.draft(&[8; 16]).unwrap().unwrap().sections, "|a|");
}
