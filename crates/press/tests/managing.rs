//! What administrators do for the edition as a whole, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::Change;
use ovn_press::managing::{Backup, Following, Given, POLICIES, Parcel, STALE, Set, Step, Wording};
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
    assert_eq!(listed, ["city", "farms", "local"]);
    assert_eq!(settings.sections[2].name["en"], "Councils");
    let was = hash(room, &first);
    let used = refused(people.drop_section(&first, &was, "local", false));
    assert_eq!(used, Refusal::Setting("section-used", "1".into()));
    people.drop_section(&first, &was, "local", true).unwrap();
    people.drop_section(&first, &hash(room, &first), "farms", false).unwrap();
    people.drop_section(&first, &hash(room, &first), "city", false).unwrap();
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

fn wording(headline: &str, text: &str) -> Wording {
    Wording { headline: headline.into(), standfirst: "In a sentence.".into(), text: text.into() }
}

fn policies_are_sealed_and_kept(room: &Room) {
    let first = room.first();
    let people = &room.people;
    let all = people.policies(&first).unwrap();
    assert_eq!(all.len(), 2 * POLICIES.len());
    assert!(all.iter().all(|one| one.head.is_none()));
    let opened = people.policy(&first, "en", "ethics").unwrap();
    assert!(opened.wording.text.contains("We report"), "a text to begin with");
    assert_eq!(opened.policy.path, "/policies/ethics");
    assert_eq!(people.policy(&first, "ur", "ethics").unwrap().policy.path, "/ur/policies/ethics");
    let before = people.reader().size().unwrap();
    let set = |rev: u32, wording: &Wording| people.set_policy(&first, "en", "ethics", rev, wording);
    let ours = wording("Ethics", "First.\n\n- one\n- two");
    assert_eq!(set(0, &ours).unwrap(), Set::Sealed(1));
    assert_eq!(set(1, &ours).unwrap(), Set::Same);
    assert_eq!(refused(set(0, &ours)), Refusal::Moved);
    let opened = people.policy(&first, "en", "ethics").unwrap();
    assert_eq!(opened.wording.headline, "Ethics");
    assert_eq!(opened.wording.text.trim_end(), ours.text, "what was sealed is what is written on");
    let other = Wording { standfirst: "Another sentence.".into(), ..ours.clone() };
    assert_eq!(set(1, &other).unwrap(), Set::Sealed(2));
    assert_eq!(people.policy(&first, "en", "ethics").unwrap().revisions.len(), 2);
    assert!(matches!(set(2, &wording("Ethics", "<script>")).unwrap(), Set::Wrong(_)));
    let marked = refused(set(2, &wording("Ethics", "Ours is TK.")));
    assert!(matches!(marked, Refusal::Setting("policy-marks", _)), "{marked:?}");
    assert_eq!(people.reader().size().unwrap(), before + 2);
    for (lang, name) in [("ps", "ethics"), ("en", "../x"), ("en", "")] {
        assert_eq!(refused(people.policy(&first, lang, name)), Refusal::Missing, "{lang} {name}");
    }
    let trail = people.trail(&first, 20).unwrap();
    let words: Vec<&str> =
        trail.iter().filter(|one| one.verb == "policy").map(|one| one.words.as_str()).collect();
    assert_eq!(words, ["/policies/ethics · 2", "/policies/ethics · 1"]);
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    let refusal = people.set_policy(&bilal, "en", "ethics", 2, &ours);
    assert_eq!(refused(refusal), Refusal::Role);
}

#[test]
fn a_policy_is_sealed_and_its_past_stays() {
    policies_are_sealed_and_kept(&room(false));
    let Some(database) = postgres::server().map(Server::database) else { return };
    policies_are_sealed_and_kept(&room_in(false, Some(database.address())));
}

fn first_steps_end(room: &Room) {
    let first = room.first();
    let open = || -> Vec<Step> {
        let all = room.people.beginning(&first).unwrap();
        all.into_iter().filter(|(_, done)| !done).map(|(step, _)| step).collect()
    };
    use Step::{Article, Backup as Copied, Invite, Policy, Publisher};
    assert_eq!(open(), [Article, Publisher, Policy, Invite, Copied]);
    publish(room, &first, TEXT);
    assert_eq!(open(), [Publisher, Policy, Invite, Copied]);
    let bilal = room.member(&first, Role::Editor, "Bilal");
    assert_eq!(open(), [Publisher, Policy, Copied]);
    assert!(room.people.beginning(&bilal).unwrap().is_empty(), "others are not asked");
    assert_eq!(refused(room.people.begun(&bilal)), Refusal::Role);
    room.people.begun(&first).unwrap();
    assert!(open().is_empty());
}

#[test]
fn first_steps_end_when_they_are_done_or_put_away() {
    first_steps_end(&room(false));
    let Some(database) = postgres::server().map(Server::database) else { return };
    first_steps_end(&room_in(false, Some(database.address())));
}

#[test]
fn how_keys_and_copies_stand_is_told_without_a_secret() {
    let room = room(false);
    let first = room.first();
    let standing = room.people.standing(&first).unwrap();
    assert!(standing.signs.is_ok() && standing.recovery_here, "{standing:?}");
    assert!(standing.vkey.starts_with("news.example+") && standing.fingerprint.len() == 8);
    assert_eq!(standing.next.as_ref().map(String::len), Some(64));
    assert_eq!(standing.backup, Backup::None);
    let keys = standing.keys.clone();
    for name in ["log.key", "next.key", "recovery.key"] {
        let secret = std::fs::read_to_string(keys.join(name)).unwrap();
        assert!(!format!("{standing:?}").contains(secret.trim()), "{name}");
    }
    let stamp = ovn_press::stamp::Stamp { at: room.people.now(), size: 1, to: "/media/a".into() };
    stamp.write(&keys).unwrap();
    assert_eq!(room.people.backup(), Backup::Fresh(stamp.clone()));
    room.time.fetch_add(STALE + 1, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(room.people.backup(), Backup::Stale(stamp));
    std::fs::rename(&keys, keys.with_extension("away")).unwrap();
    let away = room.people.standing(&first).unwrap();
    assert!(away.signs.is_err() && away.next.is_none());
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    assert_eq!(refused(room.people.standing(&bilal)), Refusal::Role);
}

#[test]
fn a_file_becomes_a_draft_of_ones_own_and_nothing_more() {
    let room = room(false);
    let first = room.first();
    let bilal = room.member(&first, Role::Reporter, "Bilal");
    let text = TEXT.replace("byline:", "sections: [Weather]\nbyline:");
    let size = room.people.reader().size().unwrap();
    let whole = room.people.bring(&bilal, "bridge.MD", text.as_bytes()).unwrap();
    assert!(whole.whole && whole.proposals.is_empty());
    assert_eq!(
        (whole.draft.text.as_str(), whole.sections.as_slice()),
        (text.as_str(), ["Weather".to_owned()].as_slice())
    );
    assert_eq!(whole.draft.author, bilal.person.id);
    assert_eq!(room.people.reader().size().unwrap(), size, "nothing is sealed");
    let page = "The bridge opens\n\nNovember 24, 2026 — Category: News\n\nThe council said on Monday that the bridge opens. It took two years.\n\nTraffic begins at noon.\n";
    let page = room.people.bring(&bilal, "page.txt", page.as_bytes()).unwrap();
    assert!(!page.whole && page.draft.title == "The bridge opens", "{page:?}");
    let check = |name: &str, bytes: &[u8], expected: &str| match refused(
        room.people.bring(&bilal, name, bytes),
    ) {
        Refusal::Setting(what, _) => assert_eq!(what, expected, "{name}"),
        other => panic!("{other:?}"),
    };
    check("a.md", b"---\n\xff", "import-utf8");
    check("a.md", b"---\n\0", "import-utf8");
    check("a.txt", b"\xff\xfe", "import-utf8");
    check("a.html", b"", "import-headline");
    check("a.txt", &vec![b'a'; 3 << 20], "import-size");
}

#[test]
fn what_is_published_goes_out_as_one_file() {
    let room = room(false);
    let first = room.first();
    publish(&room, &first, TEXT);
    let of = |parcel| {
        let mut bytes = Vec::new();
        room.people.parcel(&first, parcel).unwrap().into(&mut bytes).unwrap();
        bytes
    };
    let text = String::from_utf8_lossy(&of(Parcel::Markdown)).into_owned();
    assert!(
        text.contains("the-bridge.md") && text.contains("The bridge opens on Monday"),
        "{text}"
    );
    let record = of(Parcel::Record);
    let text = String::from_utf8_lossy(&record).into_owned();
    let (tile, last) =
        (text.find("record/tile/").unwrap(), text.find("record/checkpoint").unwrap());
    assert!(tile < last, "the checkpoint comes last");
    assert_eq!(record.len() % 512, 0);
    let bilal = room.member(&first, Role::Publisher, "Bilal");
    assert_eq!(refused(room.people.parcel(&bilal, Parcel::Record)), Refusal::Role);
}
