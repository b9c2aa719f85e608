//! What administrators do for the edition as a whole, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::Change;
use ovn_press::managing::{Following, Given};
use ovn_press::people::{Caller, Refusal, Role};
use ovn_store::Settings;
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use std::sync::{Arc, Mutex};

/// What the form says when nobody changes anything.
fn same(settings: &Settings) -> (String, Given<'_>) {
    let own = &settings.publisher;
    let given = Given {
        name: &settings.name,
        url: &settings.url,
        motto: settings.motto.iter().map(|(lang, motto)| (lang.as_str(), motto.as_str())).collect(),
        languages: "",
        zone: &settings.zone,
        publisher: [&own.name, &own.address, &own.contact, &own.ownership],
        four_eyes: settings.four_eyes,
    };
    (settings.languages.join(", "), given)
}

fn hash(room: &Room, by: &Caller) -> String {
    room.people.edition(by).unwrap().hash
}

fn publish(room: &Room, by: &Caller, text: &str) {
    let begun = room.people.start(by, text).unwrap();
    room.people.publish(by, &begun.id, begun.version, Change::default()).unwrap();
}

fn the_settings_change_at_once(room: &Room) {
    let first = room.first();
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    room.people.on_settings(Box::new(move |one| heard.lock().unwrap().push(one.name.clone())));
    let before = room.people.settings();
    let (languages, given) = same(&before);
    let was = hash(room, &first);
    let given = Given { languages: &languages, ..given };
    room.people.set_edition(&first, &was, &given).unwrap();
    assert_eq!(hash(room, &first), was, "nothing is another, so nothing is written");
    let next = Given {
        name: "The Lamp",
        zone: "Asia/Karachi",
        motto: vec![("en", "Bright.")],
        ..given.clone()
    };
    room.people.set_edition(&first, &was, &next).unwrap();
    assert_eq!(room.people.settings().name, "The Lamp");
    assert_eq!(*told.lock().unwrap(), ["The Lamp"]);
    assert!(room.people.local(0).ends_with("+05:00"));
    let trail = room.people.trail(&first, 10).unwrap();
    let words: Vec<&str> =
        trail.iter().filter(|one| one.verb == "settings").map(|one| one.words.as_str()).collect();
    assert_eq!(
        words,
        ["motto.en:  → Bright.", "zone: UTC → Asia/Karachi", "name: The Lantern → The Lamp"]
    );
    assert_eq!(refused(room.people.set_edition(&first, &was, &next)), Refusal::Moved);
    let now = hash(room, &first);
    for (wrong, what) in [
        (Given { name: " ", ..next.clone() }, "name"),
        (Given { zone: "Mars/Base", ..next.clone() }, "zone"),
        (Given { url: "news.example", ..next.clone() }, "url"),
        (Given { languages: "en, EN!", ..next.clone() }, "language"),
        (Given { publisher: ["", "", "nobody", ""], ..next.clone() }, "contact"),
    ] {
        match refused(room.people.set_edition(&first, &now, &wrong)) {
            Refusal::Setting(found, _) => assert_eq!(found, what),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(hash(room, &first), now, "what is refused changes nothing");
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    assert_eq!(refused(room.people.edition(&bilal)), Refusal::Role);
    assert_eq!(refused(room.people.set_edition(&bilal, &now, &next)), Refusal::Role);
}

#[test]
fn settings_change_at_once() {
    the_settings_change_at_once(&room(false));
    let Some(database) = postgres::server().map(Server::database) else { return };
    the_settings_change_at_once(&room_in(false, Some(database.address())));
}

fn sections_and_languages_keep_addresses(room: &Room) {
    let first = room.first();
    let people = &room.people;
    let names = [("en", "Local government"), ("ur", "بلدیات")];
    people.add_section(&first, &hash(room, &first), "local", &names).unwrap();
    people.add_section(&first, &hash(room, &first), "farms", &[("en", "Farms")]).unwrap();
    let text = TEXT.replace("byline:", "sections: [Local government]\nbyline:");
    publish(room, &first, &text);
    let add = |slug: &str, name: &str| match refused(people.add_section(
        &first,
        &hash(room, &first),
        slug,
        &[("en", name)],
    )) {
        Refusal::Setting(what, _) => what,
        other => panic!("{other:?}"),
    };
    assert_eq!(add("local", "Again"), "slug-taken");
    assert_eq!(add("Local!", "Again"), "slug");
    assert_eq!(add("else", " "), "section-name");
    assert_eq!(add("else", "Farms"), "section-twice");
    assert_eq!(add("else", "local"), "section-twice");
    let was = hash(room, &first);
    people.name_section(&first, &was, "local", &[("en", "Councils"), ("ur", "")]).unwrap();
    people.move_section(&first, &hash(room, &first), "local", false).unwrap();
    let settings = people.settings();
    let listed: Vec<&str> = settings.sections.iter().map(|one| one.slug.as_str()).collect();
    assert_eq!(listed, ["farms", "local"]);
    assert_eq!(settings.sections[1].name["en"], "Councils");
    let was = hash(room, &first);
    let used = refused(people.drop_section(&first, &was, "local", false));
    assert_eq!(used, Refusal::Setting("section-used", "1".into()));
    people.drop_section(&first, &was, "local", true).unwrap();
    people.drop_section(&first, &hash(room, &first), "farms", false).unwrap();
    assert!(people.settings().sections.is_empty());
    let was = hash(room, &first);
    assert_eq!(refused(people.drop_section(&first, &was, "farms", true)), Refusal::Missing);

    let settings = people.settings();
    let (_, given) = same(&settings);
    let speak = |languages: &str| {
        let given = Given { languages, ..given.clone() };
        people.set_edition(&first, &hash(room, &first), &given)
    };
    assert_eq!(refused(speak("ur, en")), Refusal::Setting("first-language", "en".into()));
    speak("en").unwrap();
    speak("en, ps, ur").unwrap();
    publish(room, &first, &TEXT.replace("lang: en", "lang: ur").replace("the-bridge", "the-pul"));
    assert_eq!(refused(speak("en, ps")), Refusal::Setting("language-used", "ur".into()));
}

#[test]
fn published_addresses_outlive_sections_and_languages() {
    sections_and_languages_keep_addresses(&room(false));
    let Some(database) = postgres::server().map(Server::database) else { return };
    sections_and_languages_keep_addresses(&room_in(false, Some(database.address())));
}

#[test]
fn a_file_changed_by_hand_is_taken_up_unless_it_is_wrong() {
    let room = room(false);
    let first = room.first();
    let file = room.dir.join("ovn.toml");
    let mut following = Following::start(&room.dir, Arc::new(|_| None));
    assert_eq!(following.changed(), None);
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("The Lantern", "The Lamp").replace("url", "port = 1\nurl"))
        .unwrap();
    let changed = following.changed().unwrap();
    room.people.hold(&changed);
    assert_eq!(room.people.settings().name, "The Lamp");
    assert_eq!(room.people.settings().port, 8080, "what is bound stays as it was");
    assert_eq!(room.people.edition(&first).unwrap().waiting, ["port"]);
    assert_eq!(following.changed(), None);
    std::fs::write(&file, "name = [").unwrap();
    assert_eq!(following.changed(), None);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(following.changed(), None);
    std::fs::write(&file, text).unwrap();
    room.people.hold(&following.changed().unwrap());
    assert_eq!(room.people.settings().name, "The Lantern");
}

#[test]
fn what_the_environment_sets_is_not_written() {
    let room = room(false);
    let link = room.people.setup().unwrap().unwrap();
    let env = |name: &str| (name == "OVN_NAME").then(|| "From outside".to_owned());
    let people = ovn_press::people::People::open(&room.dir, Arc::new(env)).unwrap();
    let (first, _) = room.join(&link, "Amina Khan");
    let edition = people.edition(&first).unwrap();
    assert_eq!(edition.overridden, [("name", "OVN_NAME")]);
    let settings = people.settings();
    let (languages, given) = same(&settings);
    let given = Given { name: "Inside", zone: "Asia/Karachi", languages: &languages, ..given };
    people.set_edition(&first, &edition.hash, &given).unwrap();
    let text = std::fs::read_to_string(room.dir.join("ovn.toml")).unwrap();
    assert!(text.contains("The Lantern") && text.contains("Karachi"), "{text}");
    assert_eq!(people.settings().name, "From outside");
}

#[test]
fn all_other_sessions_end_together() {
    let room = room(false);
    let first = room.first();
    let other = room.caller(&room.sign_in("Amina Khan", room::PASSPHRASE, None).unwrap());
    let bilal = room.member(&first, Role::Reporter, "Bilal");
    room.people.revoke_all(&first, &first.person.id).unwrap();
    assert!(room.lives(&first) && !room.lives(&other) && room.lives(&bilal));
    assert_eq!(refused(room.people.revoke_all(&bilal, &first.person.id)), Refusal::Role);
    room.people.revoke_all(&first, &bilal.person.id).unwrap();
    assert!(!room.lives(&bilal) && room.lives(&first));
    let trail = room.people.trail(&first, 10).unwrap();
    assert_eq!(trail.iter().filter(|one| one.verb == "revoke-all").count(), 2);
}
