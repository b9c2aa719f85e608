//! People and drafts without a browser: links, roles, sessions, four eyes, and a draft on its way to readers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use ovn_edition::model::{Change, Class};
use ovn_press::drafts::{self, State};
use ovn_press::people::entry::{Attempt, Browser};
use ovn_press::people::joining::Newcomer;
use ovn_press::people::secret::Token;
use ovn_press::people::{Act, Caller, Entered, Error, Object, People, Refusal, Role, roles};
use ovn_press::seal::Clock;
use ovn_press::{backup, init};
use ovn_store::cabinet::{Draft, Saved};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const PASSPHRASE: &str = "quiet river at noon";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const TEXT: &str = "---\nheadline: The bridge opens\nlang: en\nslug: the-bridge\nbyline: [Amina Khan]\nreferences:\n  - id: council\n    type: speech\n    title: Statement on the bridge\n    author: [{literal: \"Town council\"}]\n    issued: 2026-11-20\n    custom: {kind: statement, speaks-for: Town council}\n---\n\nThe bridge opens on Monday, the council said [@council].\n";

/// An edition with its people.
struct Room {
    _home: tempfile::TempDir,
    dir: PathBuf,
    time: Arc<AtomicU64>,
    people: People,
}

fn room(four_eyes: bool) -> Room {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("edition");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let time = Arc::new(AtomicU64::new(u64::try_from(now.as_millis()).unwrap()));
    let clock: Clock = {
        let time = Arc::clone(&time);
        Arc::new(move || time.load(Ordering::SeqCst))
    };
    let toml = format!(
        "name = \"The Lantern\"\norigin = \"news.example\"\nurl = \"https://news.example\"\nlanguages = [\"en\", \"ur\"]\nfour-eyes = {four_eyes}\n"
    );
    drop(init::edition(&dir, &toml, &|_| None).unwrap());
    let people = People::open_with(&dir, Arc::new(|_| None), clock).unwrap();
    Room { _home: home, dir, time, people }
}

impl Room {
    fn join(&self, link: &Token, name: &str) -> (Caller, Vec<String>) {
        let browser = Browser { device: None, agent: AGENT };
        let newcomer = Newcomer { name, passphrase: PASSPHRASE, lang: "en", browser };
        let (entered, codes) = self.people.join(link, &newcomer).unwrap();
        (self.caller(&entered), codes)
    }

    fn caller(&self, entered: &Entered) -> Caller {
        self.people.caller(&entered.session).unwrap().expect("the session lives")
    }

    /// The first person, an administrator.
    fn first(&self) -> Caller {
        let link = self.people.setup().unwrap().unwrap();
        self.join(&link, "Amina Khan").0
    }

    fn member(&self, by: &Caller, role: Role, name: &str) -> Caller {
        let link = self.people.invite(by, role).unwrap();
        self.join(&link, name).0
    }

    fn sign_in(
        &self,
        name: &str,
        passphrase: &str,
        device: Option<&Token>,
    ) -> Result<Entered, Error> {
        let browser = Browser { device, agent: AGENT };
        let address = [192, 0, 2, 1].into();
        self.people.sign_in(&Attempt { name, passphrase, address, browser })
    }

    fn lives(&self, caller: &Caller) -> bool {
        self.people.caller(&caller.token).unwrap().is_some()
    }

    fn draft(&self, caller: &Caller, draft: &Draft) -> Draft {
        self.people.draft(caller, &draft.id).unwrap()
    }
}

/// What was refused, in a word.
fn refused<T: std::fmt::Debug>(answer: Result<T, Error>) -> Refusal {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn the_documented_roles_are_those_that_hold() {
    let paper = std::fs::read_to_string("../../docs/roles.md").unwrap();
    let tables = [
        ("roles", roles::markdown()),
        ("states", drafts::markdown(false)),
        ("states with four eyes", drafts::markdown(true)),
    ];
    for (name, table) in tables {
        assert!(
            paper.contains(&table),
            "docs/roles.md has another table of {name}; it should be\n{table}"
        );
    }
    for ((lower, _), (higher, _)) in Role::ALL.iter().zip(Role::ALL.iter().skip(1)) {
        for (act, ..) in roles::TABLE {
            for object in [Object::Own, Object::Others] {
                let (low, high) =
                    (roles::may(*lower, act, object), roles::may(*higher, act, object));
                assert!(high || !low, "{lower:?} may {act:?} and {higher:?} may not");
            }
        }
    }
}

#[test]
fn the_setup_link_makes_one_administrator() {
    let room = room(false);
    let old = room.people.setup().unwrap().unwrap();
    let link = room.people.setup().unwrap().unwrap();
    assert_eq!(refused(room.people.offered(&old)), Refusal::Link, "a new start has a new link");
    assert_eq!(room.people.offered(&link).unwrap(), Role::Administrator);
    let (first, codes) = room.join(&link, "  Amina   Khan ");
    assert_eq!(
        (first.person.name.as_str(), first.person.role.as_str()),
        ("Amina Khan", "administrator")
    );
    assert_eq!(codes.len(), 8);
    assert_eq!(room.people.setup().unwrap(), None);
    assert_eq!(refused(room.people.offered(&link)), Refusal::Link);
    assert!(room.lives(&first));
}

#[test]
fn case_056_a_link_is_used_once_and_in_time() {
    let room = room(false);
    let first = room.first();
    let browser = Browser { device: None, agent: AGENT };
    let newcomer = Newcomer { name: "Bilal", passphrase: PASSPHRASE, lang: "en", browser };
    let used = room.people.invite(&first, Role::Editor).unwrap();
    let late = room.people.invite(&first, Role::Editor).unwrap();
    let taken_back = room.people.invite(&first, Role::Editor).unwrap();
    let guessed = room.people.token().unwrap();
    room.people.withdraw(&first, &taken_back.hash()).unwrap();
    let taken = Newcomer { name: "AMINA khan", ..newcomer.clone() };
    assert_eq!(refused(room.people.join(&used, &taken)), Refusal::Taken);
    let weak = Newcomer { passphrase: "short", ..newcomer.clone() };
    assert_eq!(refused(room.people.join(&used, &weak)), Refusal::Short);
    room.join(&used, "Bilal");
    for link in [&used, &taken_back, &guessed] {
        assert_eq!(refused(room.people.join(link, &newcomer)), Refusal::Link);
    }
    let week = 7 * 24 * 60 * 60 * 1000;
    room.time.fetch_add(week - 1, Ordering::SeqCst);
    assert_eq!(room.people.offered(&late).unwrap(), Role::Editor);
    room.time.fetch_add(1, Ordering::SeqCst);
    assert_eq!(refused(room.people.offered(&late)), Refusal::Link);
    let cabinet = std::fs::read(room.dir.join("cabinet.sqlite-wal")).unwrap_or_default();
    for secret in [late.text(), PASSPHRASE.to_owned(), first.token.text()] {
        let bytes = secret.as_bytes();
        assert!(!cabinet.windows(bytes.len()).any(|part| part == bytes), "a secret is at rest");
    }
}

#[test]
fn case_050_strangers_guess_and_a_known_device_is_let_in() {
    let room = room(false);
    room.first();
    let device = room.sign_in("amina khan", PASSPHRASE, None).unwrap().device;
    for _ in 0..5 {
        assert_eq!(refused(room.sign_in("Amina Khan", "wrong passphrase", None)), Refusal::Unknown);
    }
    assert_eq!(refused(room.sign_in("AMINA  khan", PASSPHRASE, None)), Refusal::Wait(2));
    assert_eq!(refused(room.sign_in(" amina khan", "wrong", None)), Refusal::Wait(2));
    room.sign_in("Amina Khan", PASSPHRASE, Some(&device)).unwrap();
    room.time.fetch_add(2000, Ordering::SeqCst);
    room.sign_in("Amina Khan", PASSPHRASE, None).unwrap();
}

#[test]
fn case_051_a_name_that_nobody_has_is_answered_alike() {
    let room = room(false);
    room.first();
    let answers = |name: &str| -> Vec<Refusal> {
        (0..7).map(|_| refused(room.sign_in(name, "wrong passphrase", None))).collect()
    };
    let (known, unknown) = (answers("Amina Khan"), answers("Nobody Here"));
    assert_eq!(known, unknown);
    assert_eq!(known.iter().filter(|one| **one == Refusal::Unknown).count(), 5);
}

#[test]
fn case_052_each_entry_has_a_token_of_its_own() {
    let room = room(false);
    let first = room.first();
    let brought = room.people.token().unwrap();
    let entered = room.sign_in("Amina Khan", PASSPHRASE, Some(&brought)).unwrap();
    assert_ne!(entered.session, brought);
    assert_ne!(entered.session, first.token);
    assert_eq!(room.people.caller(&brought).unwrap().map(|_| ()), None);
}

#[test]
fn case_053_what_is_changed_ends_sessions_with_their_next_request() {
    let room = room(false);
    let first = room.first();
    let bilal = room.member(&first, Role::Reporter, "Bilal");
    let again = || room.caller(&room.sign_in("Bilal", PASSPHRASE, None).unwrap());
    let (one, other) = (again(), again());
    let handle = one.session.handle;
    room.people.revoke(&bilal, &bilal.person.id, &handle).unwrap();
    assert!(!room.lives(&one) && room.lives(&other));
    room.people.sign_out(&other).unwrap();
    assert!(!room.lives(&other));
    room.people.change_role(&first, &bilal.person.id, Role::Editor).unwrap();
    assert!(!room.lives(&bilal));
    let editor = again();
    assert_eq!(editor.person.role, "editor");
    let other = again();
    room.people.change_passphrase(&editor, PASSPHRASE, "another calm evening").unwrap();
    assert!(room.lives(&editor) && !room.lives(&other));
    assert_eq!(refused(room.sign_in("Bilal", PASSPHRASE, None)), Refusal::Unknown);
    room.people.suspend(&first, &bilal.person.id, false).unwrap();
    assert!(!room.lives(&editor));
    let suspended = room.sign_in("Bilal", "another calm evening", None);
    assert_eq!(refused(suspended), Refusal::Unknown, "and nobody is told why");
    room.people.suspend(&first, &bilal.person.id, true).unwrap();
    room.sign_in("Bilal", "another calm evening", None).unwrap();
}

#[test]
fn case_054_a_code_is_used_once_and_by_its_owner() {
    let room = room(false);
    let link = room.people.setup().unwrap().unwrap();
    let (first, codes) = room.join(&link, "Amina Khan");
    room.member(&first, Role::Reporter, "Bilal");
    assert_eq!(refused(room.sign_in("Bilal", &codes[0], None)), Refusal::Unknown);
    let entered = room.sign_in("Amina Khan", &codes[0].to_uppercase(), None).unwrap();
    assert_eq!(refused(room.sign_in("Amina Khan", &codes[0], None)), Refusal::Unknown);
    let caller = room.caller(&entered);
    let fresh = room.people.change_passphrase(&caller, &codes[1], "another calm evening").unwrap();
    assert_eq!(
        refused(room.sign_in("Amina Khan", &codes[2], None)),
        Refusal::Unknown,
        "old codes are void"
    );
    room.sign_in("Amina Khan", &fresh[2], None).unwrap();
}

#[test]
fn case_059_each_role_does_what_the_table_says() {
    let room = room(false);
    let first = room.first();
    let names = ["Reporter One", "Editor One", "Publisher One", "Admin One"];
    let callers: Vec<Caller> = Role::ALL
        .iter()
        .zip(names)
        .map(|((role, _), name)| room.member(&first, *role, name))
        .collect();
    for (caller, (role, _)) in callers.iter().zip(Role::ALL) {
        for own in [true, false] {
            let object = if own { Object::Own } else { Object::Others };
            let author = if own { caller } else { &first };
            let check = |act: Act, answer: Result<(), Error>| {
                let may = roles::may(role, act, object);
                assert_eq!(answer.is_ok(), may, "{role:?} {act:?} {object:?}: {answer:?}");
            };
            let fresh = || room.people.start(author, TEXT).unwrap();
            let in_review = || {
                let draft = fresh();
                room.people.pass(author, &draft.id, 1, Act::Submit).unwrap();
                draft
            };
            let pass = |draft: &Draft, act| room.people.pass(caller, &draft.id, 1, act).map(|_| ());
            check(Act::Read, room.people.draft(caller, &fresh().id).map(|_| ()));
            check(Act::Write, room.people.save(caller, &fresh().id, 1, "x").map(|_| ()));
            check(Act::Submit, pass(&fresh(), Act::Submit));
            check(Act::Drop, pass(&fresh(), Act::Drop));
            check(Act::Return, pass(&in_review(), Act::Return));
            check(Act::Approve, pass(&in_review(), Act::Approve));
            let of = author.person.id;
            check(Act::Revoke, room.people.sessions(caller, &of).map(|_| ()));
            check(Act::Invite, room.people.invite(caller, Role::Editor).map(|_| ()));
            check(Act::Trail, room.people.trail(caller, 9).map(|_| ()));
            if own {
                check(Act::ChangeRole, room.people.change_role(caller, &of, Role::Reporter));
                check(Act::Suspend, room.people.suspend(caller, &of, false));
            }
        }
        let missing = refused(room.people.draft(caller, &[0; 16]));
        if role == Role::Reporter {
            let hidden = room.people.start(&first, TEXT).unwrap();
            assert_eq!(refused(room.people.draft(caller, &hidden.id)), missing);
            assert_eq!(
                room.people
                    .drafts(caller)
                    .unwrap()
                    .iter()
                    .filter(|one| one.name != "Reporter One")
                    .count(),
                0
            );
        }
    }
}

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
    assert_eq!(room.people.version(&first, &draft.id, 1).unwrap(), TEXT);
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
    let mut left = vec![room.dir.clone()];
    while let Some(folder) = left.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else if !path.file_name().unwrap().to_string_lossy().starts_with("cabinet.sqlite") {
                let bytes = std::fs::read(&path).unwrap();
                assert!(
                    !bytes.windows(canary.len()).any(|part| part == canary.as_bytes()),
                    "{path:?}"
                );
            }
        }
    }
}
