//! The cabinet by itself: links of one use, sessions that end at once, drafts that lose nothing, and no secret at rest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use ovn_store::cabinet::{
    Cabinet, Draft, Entry, IDLE, Invitation, Joined, LIFE, Note, Person, Plan, STEPS, Saved,
    Session, Step, Way,
};
use ovn_store::{Error, Reader, Writer};

#[path = "cabinet/comments.rs"]
mod comments;
#[path = "cabinet/history.rs"]
mod history;
#[path = "cabinet/ways.rs"]
mod ways;
#[path = "cabinet/work.rs"]
mod work;
use ways::passkey;

/// Where the rows are: in a database, if this file is compiled into `on_postgres.rs`.
fn address() -> Option<String> {
    ovn_tests::postgres::database_for(module_path!()).map(|database| database.address())
}

const DAY: u64 = 24 * 60 * 60 * 1000;
const NOW: u64 = 1_764_000_000_000;

fn cabinet() -> (tempfile::TempDir, Cabinet) {
    let home = tempfile::tempdir().unwrap();
    let cabinet = Cabinet::open(home.path(), address().as_deref()).unwrap();
    (home, cabinet)
}

fn note(verb: &'static str) -> Note {
    Note { at: NOW, person: None, verb, object: None, words: String::new() }
}

fn person(number: u8, login: &str) -> Person {
    Person {
        id: [number; 16],
        name: login.to_uppercase(),
        login: login.into(),
        role: "reporter".into(),
        active: true,
        lang: "en".into(),
        at: NOW,
    }
}

fn link(number: u8) -> Invitation {
    let role = "reporter".to_owned();
    Invitation { hash: [number; 32], role, maker: None, at: NOW, until: NOW + DAY }
}

/// Lets somebody join by an invitation of their own.
fn join(cabinet: &Cabinet, number: u8, login: &str) -> Person {
    cabinet.invite(&link(number), &note("invite")).unwrap();
    let person = person(number, login);
    let codes = [[number; 32], [number + 100; 32]];
    let joined = cabinet.join(
        &[number; 32],
        &person,
        &Way::Passphrase("$argon2id$x"),
        &codes,
        &note("join"),
    );
    assert_eq!(joined.unwrap(), Joined::Yes);
    person
}

fn session(person: &Person, number: u8, at: u64) -> Session {
    Session {
        hash: [number; 32],
        handle: [number; 16],
        person: person.id,
        device: "Firefox on Linux".into(),
        at,
        seen: at,
        passkey: None,
    }
}

fn draft(author: &Person) -> Draft {
    Draft {
        id: [7; 16],
        article: None,
        base: None,
        author: author.id,
        state: "draft".into(),
        title: "A bridge".into(),
        lang: "en".into(),
        text: "one".into(),
        document: None,
        version: 1,
        writer: author.id,
        approver: None,
        path: None,
        at: NOW,
        updated: NOW,
        sections: String::new(),
    }
}

#[test]
fn a_session_ends_idle_or_old_or_when_anything_changes() {
    let (_home, cabinet) = cabinet();
    let ada = join(&cabinet, 1, "ada");
    let begin = |number| {
        cabinet.begin(&session(&ada, number, NOW), &note("sign in")).unwrap();
    };
    let lives = |number: u8, at: u64| cabinet.session(&[number; 32], at).unwrap().is_some();
    begin(1);
    assert!(lives(1, NOW + IDLE - 1));
    assert!(!lives(1, NOW + IDLE));
    for at in (NOW..NOW + LIFE).step_by(usize::try_from(IDLE / 2).unwrap()) {
        cabinet.seen(&[1; 32], at).unwrap();
    }
    assert!(lives(1, NOW + LIFE - 1));
    assert!(!lives(1, NOW + LIFE));

    let kept = [2; 32];
    let ends = |what: &str, change: &dyn Fn()| {
        begin(2);
        begin(3);
        cabinet.remember(&[9; 32], &ada.id, NOW).unwrap();
        change();
        assert!(!lives(3, NOW), "{what}");
        let _ = cabinet.end(&ada.id, &[2; 16], &note("sign out")).unwrap();
    };
    let set = |kept: Option<&[u8; 32]>| {
        cabinet.set_passphrase(&ada.id, "$y", &[], kept, &note("passphrase")).unwrap();
    };
    ends("another passphrase", &|| set(None));
    ends("another passphrase, from the session kept", &|| {
        set(Some(&kept));
        assert!(lives(2, NOW) && cabinet.knows(&[9; 32], &ada.id, NOW).unwrap());
    });
    ends("another role", &|| {
        cabinet.set_role(&ada.id, "editor", &note("role")).unwrap();
        assert!(!lives(2, NOW) && !cabinet.knows(&[9; 32], &ada.id, NOW).unwrap());
    });
    ends("revoked", &|| assert!(cabinet.end(&ada.id, &[3; 16], &note("revoke")).unwrap()));
    ends("suspended", &|| cabinet.set_active(&ada.id, false, &note("suspend")).unwrap());
    begin(4);
    assert!(!lives(4, NOW), "a session of somebody suspended is none");
    assert!(!cabinet.end(&[8; 16], &[4; 16], &note("revoke")).unwrap(), "it is another's");
}

#[test]
fn a_code_is_used_once() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    assert_eq!(cabinet.codes_left(&ada.id).unwrap(), 2);
    assert!(!cabinet.use_code(&bea.id, &[1; 32], &note("code")).unwrap(), "it is another's");
    assert!(cabinet.use_code(&ada.id, &[1; 32], &note("code")).unwrap());
    assert!(!cabinet.use_code(&ada.id, &[1; 32], &note("code")).unwrap());
    assert_eq!(cabinet.codes_left(&ada.id).unwrap(), 1);
}

#[test]
fn two_who_save_at_once_lose_nothing() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let first = draft(&ada);
    cabinet.start(&first, &note("draft")).unwrap();
    let save = |version: u64, text: &str, writer: &Person| {
        let next = Draft {
            version,
            text: text.into(),
            writer: writer.id,
            state: "review".into(),
            ..first.clone()
        };
        cabinet.save(&next, &note("save")).unwrap()
    };
    assert_eq!(save(1, "two", &ada), Saved::Kept(2));
    let Saved::Conflict(kept) = save(1, "mine", &bea) else { panic!("it was overwritten") };
    assert_eq!((kept.text.as_str(), kept.version, kept.writer), ("two", 2, ada.id));
    assert_eq!(save(2, "both", &bea), Saved::Kept(3));
    let missing = Draft { id: [6; 16], ..first.clone() };
    assert_eq!(cabinet.save(&missing, &note("save")).unwrap(), Saved::Missing);
    let versions = cabinet.versions(&first.id).unwrap();
    let texts: Vec<String> = versions
        .iter()
        .map(|one| cabinet.version(&first.id, one.number).unwrap().unwrap().text)
        .collect();
    assert_eq!(texts, ["one", "two", "both"]);
    assert_eq!(versions[2].writer, bea.id);
}

#[test]
fn one_stretch_of_writing_is_one_version() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let first = draft(&ada);
    cabinet.start(&first, &note("draft")).unwrap();
    let save = |version: u64, minute: u64, entry: Entry, writer: &Person| {
        let updated = NOW + minute * 60_000;
        let document = Some(format!("d{version}"));
        let next = Draft { version, writer: writer.id, updated, document, ..first.clone() };
        cabinet.save_as(&next, entry, &[], &note("save")).unwrap()
    };
    let alone = |minute: u64| Entry::Alone { since: NOW + minute * 60_000 };
    let together = |minute: u64| Entry::Together { since: NOW + minute * 60_000 };
    let shown = || {
        let all = cabinet.versions(&first.id).unwrap();
        all.iter().map(|one| (one.number, one.writers.len())).collect::<Vec<_>>()
    };
    assert_eq!(save(1, 0, alone(0), &ada), Saved::Kept(2), "what a form saved stays");
    assert_eq!(save(2, 1, alone(0), &ada), Saved::Kept(3));
    assert_eq!(shown(), [(1, 1), (3, 1)]);
    assert!(matches!(save(2, 1, alone(0), &ada), Saved::Conflict(_)), "numbers are exact");
    save(3, 2, alone(0), &bea);
    save(4, 3, alone(1), &bea);
    save(5, 9, alone(4), &bea);
    assert_eq!(shown(), [(1, 1), (3, 1), (5, 1), (6, 1)], "another writer, and five minutes");
    save(6, 10, together(4), &ada);
    assert_eq!(shown().last(), Some(&(7, 2)));
    let now = Draft { version: 7, state: "review".into(), ..first.clone() };
    assert!(cabinet.shift(&now, "draft", &note("submit")).unwrap());
    save(7, 11, together(4), &ada);
    assert_eq!(shown().last(), Some(&(8, 1)), "what was handed on stays");
    assert!(cabinet.wrote(&first.id, &bea.id).unwrap());
    assert_eq!(cabinet.draft(&first.id).unwrap().unwrap().document.as_deref(), Some("d7"));
}

#[test]
fn steps_are_in_one_order() {
    let (_home, cabinet) = cabinet();
    let ada = join(&cabinet, 1, "ada");
    let first = draft(&ada);
    cabinet.start(&first, &note("draft")).unwrap();
    let send = |version: u64, count: u64| {
        let next = Draft { version, ..first.clone() };
        let step = |number| Step { number, writer: "tab".into(), step: format!("{number}") };
        let steps: Vec<Step> = (version + 1..=version + count).map(step).collect();
        cabinet.save_as(&next, Entry::Together { since: NOW }, &steps, &note("save")).unwrap()
    };
    assert_eq!(send(1, 3), Saved::Kept(4));
    assert!(matches!(send(1, 1), Saved::Conflict(_)));
    let numbers = |after: u64| {
        let since = cabinet.since(&first.id, after).unwrap().unwrap();
        let numbers = since.steps.iter().map(|step| step.number).collect::<Vec<_>>();
        if since.whole { Ok(numbers) } else { Err(numbers) }
    };
    assert_eq!(numbers(2), Ok(vec![3, 4]));
    assert_eq!(numbers(4), Ok(vec![]));
    assert_eq!(numbers(5), Err(vec![]), "nobody is ahead of the order");
    cabinet.save(&Draft { version: 4, ..first.clone() }, &note("save")).unwrap();
    assert_eq!(numbers(4), Err(vec![]), "a form's text is no step");
    assert_eq!(send(5, 2), Saved::Kept(7));
    assert_eq!(numbers(5), Ok(vec![6, 7]));
    assert_eq!(
        numbers(3),
        Err(vec![4]),
        "a writer's own steps are found although a form's text follows"
    );
    assert_eq!(send(7, STEPS), Saved::Kept(7 + STEPS));
    assert_eq!(numbers(6), Err(vec![]), "what is too long ago is forgotten");
    assert_eq!(numbers(7).map(|all| all.len() as u64), Ok(STEPS));
    cabinet.forget_steps(&first.id).unwrap();
    assert_eq!(numbers(7 + STEPS), Ok(vec![]));
    assert!(cabinet.since(&[6; 16], 0).unwrap().is_none());
}

#[test]
fn an_approval_is_of_one_text() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let first = Draft { state: "review".into(), ..draft(&ada) };
    cabinet.start(&first, &note("draft")).unwrap();
    let ready = Draft { state: "ready".into(), approver: Some(bea.id), ..first.clone() };
    let stale = Draft { version: 2, ..ready.clone() };
    assert!(!cabinet.shift(&stale, "review", &note("approve")).unwrap());
    assert!(!cabinet.shift(&ready, "draft", &note("approve")).unwrap());
    assert!(cabinet.shift(&ready, "review", &note("approve")).unwrap());
    assert!(!cabinet.shift(&ready, "review", &note("approve")).unwrap());
    assert_eq!(cabinet.draft(&first.id).unwrap().unwrap().approver, Some(bea.id));
    cabinet.save(&first, &note("save")).unwrap();
    assert_eq!(cabinet.draft(&first.id).unwrap().unwrap().approver, None);
    let briefs = cabinet.drafts(None).unwrap();
    assert_eq!((briefs.len(), briefs[0].name.as_str()), (1, "ADA"));
    assert_eq!(cabinet.drafts(Some(&bea.id)).unwrap(), []);
}

#[test]
fn the_trail_names_who_did_what() {
    let (_home, cabinet) = cabinet();
    let ada = join(&cabinet, 1, "ada");
    cabinet.start(&draft(&ada), &note("draft")).unwrap();
    let deed = Note { person: Some(ada.id), object: Some([7; 16]), ..note("submit") };
    cabinet.note(&Note { words: "ready to be read".into(), ..deed }).unwrap();
    let trail = cabinet.trail(2).unwrap();
    assert_eq!(trail.len(), 2);
    assert_eq!(trail[0].person.as_deref(), Some("ADA"));
    assert_eq!(trail[0].object.as_deref(), Some("A bridge"));
    assert_eq!((trail[0].verb.as_str(), trail[0].words.as_str()), ("submit", "ready to be read"));
    assert_eq!(trail[1].verb, "draft");
}

#[test]
fn readers_have_neither_people_nor_drafts() {
    let (home, database) = (tempfile::tempdir().unwrap(), address());
    let writer = Writer::open(home.path(), database.as_deref()).unwrap();
    let cabinet = Cabinet::open(home.path(), database.as_deref()).unwrap();
    let ada = join(&cabinet, 1, "ada");
    let canary = "canary-7f3a";
    let secret = Draft { text: canary.into(), title: canary.into(), ..draft(&ada) };
    cabinet.start(&secret, &note("draft")).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let reader = Reader::open(home.path(), database.as_deref()).unwrap();
    reader.snapshot(copy.path()).unwrap();
    drop(writer);
    for folder in [copy.path(), home.path()] {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_file() && !name.starts_with("cabinet.sqlite") {
                let bytes = std::fs::read(&path).unwrap();
                let found = bytes.windows(canary.len()).any(|part| part == canary.as_bytes());
                assert!(!found, "{name}");
            }
        }
    }
    if database.is_none() {
        use std::os::unix::fs::PermissionsExt;
        for name in ["cabinet.sqlite", "cabinet.sqlite-wal"] {
            let mode = home.path().join(name).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{name} can be read by others");
        }
    }
}

#[test]
fn it_is_there_when_opened_again() {
    let (home, database) = (tempfile::tempdir().unwrap(), address());
    let cabinet = Cabinet::open(home.path(), database.as_deref()).unwrap();
    let ada = join(&cabinet, 1, "ada");
    drop(cabinet);
    let again = Cabinet::open(home.path(), database.as_deref()).unwrap();
    assert_eq!(again.person(&ada.id).unwrap(), Some(ada.clone()));
    let (found, hash) = again.login("ada").unwrap().unwrap();
    assert_eq!((found, hash.as_str()), (ada, "$argon2id$x"));
}

#[test]
fn a_copy_has_everything_and_merges_nothing() {
    let (_home, from) = cabinet();
    let (ada, bea) = (join(&from, 1, "ada"), join(&from, 2, "bea"));
    from.begin(&session(&ada, 1, NOW), &note("sign-in")).unwrap();
    assert!(from.add_passkey(&passkey(&ada, 1), &note("passkey-add")).unwrap());
    from.remember(&[9; 32], &ada.id, NOW).unwrap();
    from.start(&Draft { article: Some([3; 16]), base: Some(2), ..draft(&bea) }, &note("draft"))
        .unwrap();
    let plan = Plan {
        draft: [7; 16],
        moment: NOW + 5,
        version: 1,
        person: ada.id,
        class: "correction".into(),
        note: Some("Why.".into()),
        asked_by: None,
        why: None,
    };
    let next = Draft { state: "scheduled".into(), ..from.draft(&[7; 16]).unwrap().unwrap() };
    assert!(from.schedule(&next, "draft", &plan, &note("schedule")).unwrap());
    let said = comments::comment(&bea, "c1", None);
    from.tell(&[7; 16], &said, &[ada.id], 9, &note("comment")).unwrap();
    let home = tempfile::tempdir().unwrap();
    let to = Cabinet::open(home.path(), None).unwrap();
    to.offer_setup(&link(8), &note("setup")).unwrap();
    assert!(from.copy_to(&to).unwrap() > 10);
    assert_eq!(to.people().unwrap(), from.people().unwrap());
    assert_eq!(to.draft(&[7; 16]).unwrap(), from.draft(&[7; 16]).unwrap());
    assert_eq!(to.plan(&[7; 16]).unwrap(), Some(plan));
    assert_eq!(to.talk(&[7; 16], 0).unwrap().list, [said]);
    assert_eq!(to.mentions(&ada.id, 9).unwrap(), from.mentions(&ada.id, 9).unwrap());
    assert_eq!(to.passkeys(&ada.id).unwrap(), [passkey(&ada, 1)]);
    assert_eq!(to.trail(99).unwrap(), from.trail(99).unwrap());
    assert!(
        to.session(&[1; 32], NOW).unwrap().is_some() && to.knows(&[9; 32], &ada.id, NOW).unwrap()
    );
    assert!(to.use_code(&bea.id, &[2; 32], &note("code")).unwrap());
    assert_eq!(to.trail(1).unwrap()[0].number, from.trail(1).unwrap()[0].number + 1);
    assert!(matches!(from.copy_to(&to), Err(Error::Copy(_))));
    // And back to the engine from which it came.
    let (_other_home, other) = cabinet();
    to.copy_to(&other).unwrap();
    other.note(&note("code")).unwrap();
    assert_eq!(other.trail(99).unwrap().len(), to.trail(99).unwrap().len() + 1);
}
