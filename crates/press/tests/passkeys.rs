//! Passkeys without a browser: what is right gets in, and everything that is forged, late, copied or used twice does not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_press::people::entry::Browser;
use ovn_press::people::joining::Newcomer;
use ovn_press::people::passkeys::{Given, Passkeys, Question, Visitor};
use ovn_press::people::secret::Token;
use ovn_press::people::{Caller, Entered, Error, Refusal, Role};
use room::authenticator::{Authenticator, PRESENT};
use room::{AGENT, PASSPHRASE, Room, refused, room};
use std::sync::atomic::Ordering;

const MINUTE: u64 = 60 * 1000;

/// A room, and a browser at its door.
struct Door {
    room: Room,
    keys: Passkeys,
    cookie: Token,
}

impl Door {
    fn new() -> Self {
        let room = room(false);
        let cookie = room.people.token().unwrap();
        let keys = Passkeys::at("http://localhost:8081", "The Lantern").unwrap();
        Self { room, keys, cookie }
    }

    fn visitor(&self) -> Visitor<'_> {
        let browser = Browser { device: None, agent: AGENT };
        Visitor { cookie: &self.cookie, address: [192, 0, 2, 1].into(), browser }
    }

    fn join(
        &self,
        link: &Token,
        name: &str,
        key: &mut Authenticator,
    ) -> Result<(Entered, Vec<String>), Error> {
        let asked = self.room.people.ask_to_join(&self.keys, link, &self.visitor())?;
        let answer = key.create(&asked.options);
        let browser = Browser { device: None, agent: AGENT };
        let newcomer = Newcomer { name, passphrase: "", lang: "en", browser };
        let given = Given { name: &asked.name, answer: &answer };
        self.room.people.join_with_passkey(&self.keys, link, &self.visitor(), given, &newcomer)
    }

    /// The first person, with a passkey and no passphrase.
    fn first(&self) -> (Caller, Authenticator, Vec<String>) {
        let link = self.room.people.setup().unwrap().unwrap();
        let mut key = Authenticator::new(1);
        let (entered, codes) = self.join(&link, "Amina Khan", &mut key).unwrap();
        key.counter += 1;
        (self.room.caller(&entered), key, codes)
    }

    fn ask(&self) -> Question {
        self.room.people.ask_to_sign_in(&self.keys, &self.visitor()).unwrap()
    }

    fn answer(&self, question: &Question, answer: &str) -> Result<Entered, Error> {
        let given = Given { name: &question.name, answer };
        self.room.people.sign_in_with_passkey(&self.keys, &self.visitor(), given)
    }

    fn sign_in(&self, key: &Authenticator) -> Result<Entered, Error> {
        let asked = self.ask();
        self.answer(&asked, &key.get(&asked.options))
    }

    fn add(&self, caller: &Caller, name: &str, key: &mut Authenticator) -> Result<(), Error> {
        // Lists are in the order of time, and this clock stands still.
        self.room.time.fetch_add(1, Ordering::SeqCst);
        let people = &self.room.people;
        let asked = people.ask_to_add(&self.keys, caller)?;
        let answer = key.create(&asked.options);
        let given = Given { name: &asked.name, answer: &answer };
        people.add_passkey(&self.keys, caller, name, given, &self.visitor().browser)
    }
}

#[test]
fn somebody_joins_and_comes_again_with_nothing_typed() {
    let door = Door::new();
    let (amina, mut key, codes) = door.first();
    assert_eq!((amina.person.name.as_str(), codes.len()), ("Amina Khan", 8));
    assert!(!door.room.people.has_passphrase(&amina.person).unwrap());
    let again = door.sign_in(&key).unwrap();
    assert_eq!(again.person.id, amina.person.id);
    key.counter += 1;
    // A second passkey, and a second person.
    let mut second = Authenticator::new(2);
    door.add(&amina, " Blue   key\u{7} ", &mut second).unwrap();
    let kept = door.room.people.passkeys(&amina, &amina.person.id).unwrap();
    let names: Vec<&str> = kept.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Firefox · Linux", "Blue key"]);
    assert!(kept[0].used.is_some() && kept[1].used.is_none());
    second.counter = 0;
    assert_eq!(refused(door.sign_in(&second)), Refusal::Passkey, "its counter was 1");
    second.counter = 2;
    assert_eq!(door.sign_in(&second).unwrap().person.id, amina.person.id);
    let link = door.room.people.invite(&amina, Role::Editor).unwrap();
    let mut third = Authenticator::new(3);
    let taken = door.join(&link, "amina khan", &mut third);
    assert_eq!(refused(taken), Refusal::Taken);
    let user = third.user.clone();
    let (bilal, _) = door.join(&link, "Bilal Ahmed", &mut third).unwrap();
    assert_eq!(
        user, third.user,
        "the second attempt takes the first one\u{2019}s place on the device"
    );
    assert_eq!((bilal.person.role.as_str(), bilal.person.id.to_vec()), ("editor", user));
    assert_eq!(refused(door.join(&link, "Cai Ode", &mut Authenticator::new(4))), Refusal::Link);
    let trail = door.room.people.trail(&amina, 99).unwrap();
    for verb in ["join", "sign-in-passkey", "passkey-add", "passkey-failed"] {
        assert!(trail.iter().any(|line| line.verb == verb), "{verb}");
    }
}

#[test]
fn case_055_forged_passkeys_are_refused() {
    let door = Door::new();
    let (_, mut key, _) = door.first();
    let mut check = |what: &str, change: &dyn Fn(&mut Authenticator)| {
        let kept = (key.origin.clone(), key.host.clone(), key.flags, key.counter, key.user.clone());
        change(&mut key);
        assert_eq!(refused(door.sign_in(&key)), Refusal::Passkey, "{what}");
        (key.origin, key.host, key.flags, key.counter, key.user) = kept;
    };
    check("another origin", &|key| key.origin = "https://localhost.evil.example".into());
    check("another port", &|key| key.origin = "http://localhost:8082".into());
    check("TLS that is not there", &|key| key.origin = "https://localhost:8081".into());
    check("the number of the host", &|key| key.origin = "http://127.0.0.1:8081".into());
    check("another host", &|key| key.host = "evil.example".into());
    check("its user was not verified", &|key| key.flags = PRESENT);
    check("nobody was present", &|key| key.flags = 0);
    check("the counter as it was", &|key| key.counter -= 1);
    check("the counter rolled back", &|key| key.counter = 0);
    check("another person", &|key| key.user = vec![7; 16]);
    check("nobody", &|key| key.user.clear());
    assert!(door.sign_in(&key).is_ok(), "and without any of that it is let in");
}

#[test]
fn case_055_what_was_not_kept_or_not_signed_is_refused() {
    let door = Door::new();
    let (_, key, _) = door.first();
    let mut stranger = Authenticator::new(1);
    stranger.user.clone_from(&key.user);
    stranger.counter = 9;
    assert_eq!(
        refused(door.sign_in(&stranger)),
        Refusal::Passkey,
        "another key\u{2019}s signature"
    );
    stranger.credential = vec![2; 20];
    assert_eq!(refused(door.sign_in(&stranger)), Refusal::Passkey, "a credential that nobody kept");
    for answer in ["", "{}", "null", "[]", &"[".repeat(30_000), &"x".repeat(100_000)] {
        assert_eq!(refused(door.answer(&door.ask(), answer)), Refusal::Passkey);
    }
    for wrong in ["", "AAAA"] {
        let asked = door.ask();
        let answer = key.get(&asked.options);
        let own = answer.split("\"signature\":\"").nth(1).unwrap().split('"').next().unwrap();
        let forged = answer.replace(own, wrong);
        assert_eq!(refused(door.answer(&asked, &forged)), Refusal::Passkey);
    }
    assert!(door.sign_in(&key).is_ok());
}

#[test]
fn case_055_a_question_is_answered_once_and_by_whom_it_was_put_to() {
    let door = Door::new();
    let (amina, mut key, _) = door.first();
    let asked = door.ask();
    let answer = key.get(&asked.options);
    assert!(door.answer(&asked, &answer).is_ok());
    key.counter += 1;
    assert_eq!(refused(door.answer(&asked, &answer)), Refusal::Passkey, "replayed");
    let other = door.ask();
    assert_eq!(refused(door.answer(&other, &answer)), Refusal::Passkey, "of another question");
    // A question that was put to another browser, as in a page that is sent to somebody.
    let asked = door.ask();
    let answer = key.get(&asked.options);
    let thief = Door { cookie: door.room.people.token().unwrap(), ..door };
    assert_eq!(refused(thief.answer(&asked, &answer)), Refusal::Passkey, "another browser");
    let asked = thief.ask();
    let answer = key.get(&asked.options);
    thief.room.time.fetch_add(5 * MINUTE, Ordering::SeqCst);
    assert_eq!(refused(thief.answer(&asked, &answer)), Refusal::Passkey, "too late");
    // A question for another purpose.
    let people = &thief.room.people;
    let asked = people.ask_to_add(&thief.keys, &amina).unwrap();
    let answer = key.get(&asked.options);
    assert_eq!(refused(thief.answer(&asked, &answer)), Refusal::Passkey, "another purpose");
    let link = people.invite(&amina, Role::Reporter).unwrap();
    let asked = people.ask_to_join(&thief.keys, &link, &thief.visitor()).unwrap();
    let other = people.invite(&amina, Role::Administrator).unwrap();
    let answer = Authenticator::new(5).create(&asked.options);
    let browser = Browser { device: None, agent: AGENT };
    let newcomer = Newcomer { name: "Mallory Ott", passphrase: "", lang: "en", browser };
    let given = Given { name: &asked.name, answer: &answer };
    let joined = people.join_with_passkey(&thief.keys, &other, &thief.visitor(), given, &newcomer);
    assert_eq!(refused(joined), Refusal::Passkey, "another link");
}

#[test]
fn case_055_new_passkeys_are_made_here_and_by_a_verified_user() {
    let door = Door::new();
    let (amina, key, _) = door.first();
    let add = |change: &dyn Fn(&mut Authenticator)| {
        let mut other = Authenticator::new(8);
        change(&mut other);
        door.add(&amina, "", &mut other)
    };
    let check = |what: &str, change: &dyn Fn(&mut Authenticator)| {
        assert_eq!(refused(add(change)), Refusal::Passkey, "{what}");
    };
    check("another origin", &|key| key.origin = "https://evil.example".into());
    check("another host", &|key| key.host = "evil.example".into());
    check("its user was not verified", &|key| key.flags = PRESENT);
    check("a credential that is kept", &|other| other.credential.clone_from(&key.credential));
    let room = &door.room;
    let since = room.time.load(Ordering::SeqCst) - amina.session.at;
    room.time.fetch_add(15 * MINUTE - since - 1, Ordering::SeqCst);
    assert!(add(&|_| ()).is_ok());
    assert_eq!(refused(add(&|key| key.credential = vec![9; 20])), Refusal::Stale);
}

#[test]
fn case_050_guesses_never_keep_a_passkey_out() {
    let door = Door::new();
    let (amina, mut key, codes) = door.first();
    let people = &door.room.people;
    people.change_passphrase(&amina, "", PASSPHRASE).unwrap();
    drop(codes);
    for _ in 0..200 {
        let guess = door.room.sign_in("Amina Khan", "wrong horse battery", None);
        assert!(matches!(refused(guess), Refusal::Unknown | Refusal::Wait(_)));
        drop(door.answer(&door.ask(), "{}"));
    }
    assert!(matches!(refused(door.room.sign_in("Amina Khan", PASSPHRASE, None)), Refusal::Wait(_)));
    assert!(door.sign_in(&key).is_ok(), "from the very network of the guesses");
    key.counter += 1;
    // The trail does not grow with each failure.
    let trail = people.trail(&amina, 1000).unwrap();
    let failed = trail.iter().filter(|line| line.verb == "passkey-failed").count();
    assert!((1..=5).contains(&failed), "{failed}");
}

#[test]
fn case_053_a_removed_passkey_opens_nothing_and_its_sessions_are_over() {
    let door = Door::new();
    let (amina, mut key, _) = door.first();
    let people = &door.room.people;
    let there = door.room.caller(&door.sign_in(&key).unwrap());
    key.counter += 1;
    let mut second = Authenticator::new(2);
    door.add(&amina, "second", &mut second).unwrap();
    second.counter += 1;
    let other = door.room.caller(&door.sign_in(&second).unwrap());
    let kept = people.passkeys(&other, &other.person.id).unwrap();
    people.remove_passkey(&other, &other.person.id, &kept[0].id).unwrap();
    assert_eq!(refused(door.sign_in(&key)), Refusal::Passkey);
    assert_eq!([&amina, &there, &other].map(|one| door.room.lives(one)), [false, false, true]);
    // A reporter takes away nobody else's; an administrator does.
    let link = people.invite(&other, Role::Reporter).unwrap();
    let mut third = Authenticator::new(3);
    let (entered, _) = door.join(&link, "Bilal Ahmed", &mut third).unwrap();
    let bilal = door.room.caller(&entered);
    let of = other.person.id;
    assert_eq!(refused(people.remove_passkey(&bilal, &of, &kept[1].id)), Refusal::Role);
    let his = people.passkeys(&other, &bilal.person.id).unwrap();
    assert_eq!(refused(people.remove_passkey(&other, &of, &his[0].id)), Refusal::Missing);
    people.remove_passkey(&other, &bilal.person.id, &his[0].id).unwrap();
    assert!(!door.room.lives(&bilal));
    people.suspend(&other, &bilal.person.id, false).unwrap();
    third.counter += 1;
    assert_eq!(refused(door.sign_in(&third)), Refusal::Passkey);
}

#[test]
fn a_passphrase_is_chosen_with_a_code_or_a_fresh_passkey_and_the_last_way_in_stays() {
    let door = Door::new();
    let (amina, mut key, codes) = door.first();
    let (people, room) = (&door.room.people, &door.room);
    let id = amina.person.id;
    for empty in ["", PASSPHRASE] {
        assert_eq!(refused(room.sign_in("Amina Khan", empty, None)), Refusal::Unknown);
    }
    for code in &codes {
        room.sign_in("Amina Khan", code, None).unwrap();
    }
    let kept = people.passkeys(&amina, &id).unwrap();
    assert_eq!(refused(people.remove_passkey(&amina, &id, &kept[0].id)), Refusal::LastWay);
    room.time.fetch_add(15 * MINUTE + 1, Ordering::SeqCst);
    assert_eq!(refused(people.change_passphrase(&amina, "", PASSPHRASE)), Refusal::Unknown);
    let fresh = room.caller(&door.sign_in(&key).unwrap());
    key.counter += 1;
    assert_eq!(people.change_passphrase(&fresh, "", PASSPHRASE).unwrap().len(), 8);
    let typed = room.caller(&room.sign_in("Amina Khan", PASSPHRASE, None).unwrap());
    let other = "another quiet river at noon";
    assert_eq!(refused(people.change_passphrase(&typed, "", other)), Refusal::Unknown);
    people.remove_passkey(&typed, &id, &kept[0].id).unwrap();
}

#[test]
fn nothing_that_is_kept_opens_anything() {
    let door = Door::new();
    let (amina, key, _) = door.first();
    let kept = &door.room.people.passkeys(&amina, &amina.person.id).unwrap()[0];
    assert_ne!(kept.credential.to_vec(), key.credential);
    for secret in ["private", "\"d\":", "\"secret"] {
        assert!(!kept.data.contains(secret), "{}", kept.data);
    }
    let check = |url: &str, expected: bool| {
        assert_eq!(Passkeys::at(url, "The Lantern").is_some(), expected, "{url}");
    };
    check("http://localhost:8081", true);
    check("https://desk.news.example", true);
    check("https://desk.news.example:8443", true);
    check("http://127.0.0.1:8081", false);
    check("https://[2001:db8::1]", false);
    check("", false);
}
