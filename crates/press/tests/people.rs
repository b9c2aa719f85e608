//! People without a browser: links, roles, sessions, guesses, codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_press::drafts;
use ovn_press::people::entry::Browser;
use ovn_press::people::joining::Newcomer;
use ovn_press::people::{Act, Caller, Error, Object, Refusal, Role, roles};
use ovn_press::pitches;
use ovn_store::cabinet::Draft;
use room::{AGENT, PASSPHRASE, TEXT, refused, room};
use std::sync::atomic::Ordering;

#[test]
fn the_documented_roles_are_those_that_hold() {
    let paper = std::fs::read_to_string("../../docs/roles.md").unwrap();
    let tables = [
        ("roles", roles::markdown()),
        ("states", drafts::markdown(false)),
        ("states with four eyes", drafts::markdown(true)),
        ("pitches", pitches::markdown()),
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
