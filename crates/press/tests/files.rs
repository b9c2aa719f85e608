//! Files as sources without a browser: taken in, decided, published byte for byte, kept from those who may not know them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::Change;
use ovn_edition::{canon, commit, editor, hex, markdown};
use ovn_press::doctor::{leftovers, tidy};
use ovn_press::drafts::suggestions;
use ovn_press::people::{Caller, Refusal, Role};
use ovn_press::pictures::Words;
use ovn_press::sources::{Given, Secret, Upload, facts_of};
use ovn_store::cabinet::{Draft, Saved};
use ovn_store::{Folder, Settings};
use ovn_tests::postgres::{self, Server};
use room::{Room, TEXT, refused, room, room_in};
use std::path::Path;

const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj << /Author (R. Example) /Producer (Pressworks) >> endobj\n%%EOF\n";
const SHOWS: Words<'_> = Words { alt: "A bridge", caption: "", credit: "" };
const PLAIN: &[u8] = b"The minutes of the council.\n";

fn give(
    room: &Room,
    who: &Caller,
    draft: &Draft,
    title: &str,
    name: &str,
    bytes: &[u8],
) -> Result<String, Refusal> {
    let given = Given { kind: "document", title, speaks: "Town council", ..Given::default() };
    let given = room.people.give(who, &draft.id, &given, Upload { name, bytes });
    given.map_err(|error| refused(Err::<(), _>(error)))
}

fn publish(room: &Room, who: &Caller, draft: &Draft) -> Result<(), Refusal> {
    let version = room.draft(who, draft).version;
    let published = room.people.publish(who, &draft.id, version, Change::default());
    published.map(drop).map_err(|error| refused(Err::<(), _>(error)))
}

fn a_file_on_its_way(database: Option<String>) {
    let room = room_in(false, database);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let name = give(&room, &first, &draft, "Plan of the bridge", "../plan.jpg", PDF).unwrap();
    assert_eq!(name, "plan-of-the-bridge");
    let text = room.draft(&first, &draft).text;
    let article = markdown::read(text.as_bytes()).unwrap();
    let source = article.references.last().unwrap();
    let hash = hex::encode(&commit::sha256(PDF));
    assert_eq!(source.custom("file"), Some(format!("{hash}.pdf").as_str()));
    assert_eq!(source.custom("speaks-for"), Some("Town council"));
    assert!(!text.contains("plan.jpg"), "the sender's name stays here: {text}");
    assert_eq!(std::fs::read(room.dir.join(format!("cabinet/{hash}.pdf"))).unwrap(), PDF);
    let one = room.people.sources(&first, "plan bridge").unwrap().pop().unwrap();
    let file = room.people.file(&first, &one.id).unwrap().unwrap();
    assert_eq!((file.name.as_str(), file.named.as_deref()), ("plan.jpg", Some("jpg")));
    assert_eq!(facts_of(&file)[0].value, "R. Example");
    let kept = room.people.kept(&first, &one.id).unwrap().unwrap();
    assert_eq!((kept.bytes.as_slice(), kept.media.as_str()), (PDF, "application/pdf"));
    // Nothing is published before somebody decided about what it tells.
    let waiting = room.people.waiting(&text).unwrap();
    assert_eq!((waiting.len(), waiting[0].source), (1, one.id));
    let cited = text.replace("[@council]", "[@council; @plan-of-the-bridge]");
    let version = room.draft(&first, &draft).version;
    room.people.save(&first, &draft.id, version, &cited).unwrap();
    assert_eq!(publish(&room, &first, &draft), Err(Refusal::Text("files".into())));
    room.people.publish_as_is(&first, &draft.id, &one.id).unwrap();
    room.people.publish_as_is(&first, &draft.id, &one.id).unwrap();
    // Whoever is assigned writes it as their own.
    let bilal = room.member(&first, Role::Reporter, "Bilal");
    room.people.assign(&first, &draft.id, &bilal.person.id, "writes").unwrap();
    room.people.publish_as_is(&bilal, &draft.id, &one.id).unwrap();
    assert!(room.people.file(&first, &one.id).unwrap().unwrap().decided.is_some());
    publish(&room, &first, &draft).unwrap();
    let blob = room.people.reader().record_file(&format!("blob/{hash}")).unwrap();
    assert_eq!(blob.as_deref(), Some(PDF));
    // In another draft it is the same file, and the decision is about its bytes.
    let other = room.people.start(&first, &TEXT.replace("the-bridge", "the-other")).unwrap();
    room.people.reuse(&first, &other.id, &one.id).unwrap();
    let text = room.draft(&first, &other).text;
    assert!(text.contains(&format!("{hash}.pdf")), "{text}");
    assert_eq!(room.people.waiting(&text).unwrap(), []);
    let trail = room.people.trail(&first, 20).unwrap();
    assert_eq!(trail.iter().filter(|line| line.verb == "as-is").count(), 1);
}

#[test]
fn case_026_a_file_is_published_when_somebody_decided_what_it_tells() {
    a_file_on_its_way(None);
}

#[test]
fn case_026_a_file_is_published_when_somebody_decided_what_it_tells_on_postgresql() {
    let Some(database) = postgres::server().map(Server::database) else { return };
    a_file_on_its_way(Some(database.address()));
}

#[test]
fn what_is_no_source_is_refused_and_nothing_is_kept() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    for (name, bytes, why) in [
        ("a.zip", &b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"[..], "is an archive"),
        ("a.exe", b"MZ\0\0", "is a program"),
        ("a.pdf", b"", "is empty"),
        ("a.bin", b"\0\x01", "none of what is kept"),
    ] {
        let refusal = give(&room, &first, &draft, "A", name, bytes).unwrap_err();
        assert!(
            matches!(&refusal, Refusal::Text(text) if text.contains(why)),
            "{name}: {refusal:?}"
        );
    }
    let bad = Given { kind: "rumour", title: "A", ..Given::default() };
    let upload = Upload { name: "a.txt", bytes: PLAIN };
    assert!(matches!(refused(room.people.give(&first, &draft.id, &bad, upload)), Refusal::Text(_)));
    let stranger = room.member(&first, Role::Reporter, "Bilal");
    assert_eq!(give(&room, &stranger, &draft, "A", "a.txt", PLAIN), Err(Refusal::Missing));
    assert_eq!(room.people.sources(&first, "").unwrap(), []);
    assert_eq!(room.draft(&first, &draft).version, 1);
    assert!(!room.dir.join("cabinet").exists());
    // A file without a title of its own is called as it is, and found by its words.
    assert_eq!(give(&room, &first, &draft, "", "Minutes 7.txt", PLAIN).unwrap(), "minutes-7");
    assert_eq!(room.people.sources(&first, "council minutes of").unwrap().len(), 1);
    assert_eq!(room.people.waiting(&room.draft(&first, &draft).text).unwrap(), []);
}

/// Every byte below a folder, but the cabinet's own database and what is kept apart beside it.
fn leaks(dir: &Path, words: &[&[u8]]) -> Vec<String> {
    let mut found = Vec::new();
    for path in Folder::at(dir).list("").unwrap() {
        if path.starts_with("cabinet.sqlite") || path.starts_with("cabinet/confidential/") {
            continue;
        }
        let bytes = std::fs::read(dir.join(&path)).unwrap();
        for word in words {
            if bytes.windows(word.len()).any(|part| part == *word) {
                found.push(format!("{} in {path}", String::from_utf8_lossy(word)));
            }
        }
    }
    found
}

#[test]
#[allow(clippy::too_many_lines)]
fn case_069_a_confidential_file_is_public_as_a_commitment_alone() {
    let room = room(false);
    let first = room.first();
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let other = room.member(&first, Role::Reporter, "Carim");
    let draft = room.people.start(&reporter, TEXT).unwrap();
    let bytes = [PDF, b"canary-in-the-file"].concat();
    let (title, details) = ("A paper of the office", "canary-who: the clerk");
    let secret = Secret { reason: "It would tell who gave it", details };
    let given = Given { title, secret: Some(secret), ..Given::default() };
    let upload = Upload { name: "canary-name.pdf", bytes: &bytes };
    let name = room.people.give(&reporter, &draft.id, &given, upload).unwrap();
    let text = room.draft(&reporter, &draft).text;
    let hash = commit::sha256(&bytes);
    let hex = hex::encode(&hash);
    assert!(!text.contains(&hex) && !text.contains("canary"), "{text}");
    let one = room.people.sources(&reporter, "").unwrap().pop().unwrap();
    let value = serde_json::json!({"at": one.at, "details": details, "file": hex, "title": title});
    let value = canon::write(&value).unwrap();
    let commitment = commit::block(&one.salt.unwrap(), "source", &value).unwrap();
    let article = markdown::read(text.as_bytes()).unwrap();
    let cited = article.references.last().unwrap();
    assert_eq!(cited.custom("commitment"), Some(hex::encode(&commitment).as_str()));
    assert_eq!(cited.custom("file"), None);
    // Its reporter and whoever may read others' drafts have it; another reporter does not learn that it is there.
    let kept = room.people.kept(&reporter, &one.id).unwrap().unwrap();
    assert_eq!(kept.bytes, bytes);
    assert!(room.people.kept(&first, &one.id).unwrap().is_some());
    assert_eq!(refused(room.people.kept(&other, &one.id)), Refusal::Missing);
    assert_eq!(refused(room.people.file(&other, &one.id)), Refusal::Missing);
    assert_eq!(room.people.sources(&other, "paper").unwrap(), []);
    let theirs = room.people.start(&other, &TEXT.replace("the-bridge", "another")).unwrap();
    assert_eq!(refused(room.people.reuse(&other, &theirs.id, &one.id)), Refusal::Missing);
    // No text leads to it: by its hash it lies nowhere, and no text may name the folder in which it lies.
    for file in [format!("{hex}.pdf"), format!("confidential/{hex}.pdf")] {
        let named = TEXT.replace("{kind: statement,", &format!("{{file: {file}, kind: statement,"));
        let named = named.replace("the-bridge", "a-third");
        let third = room.people.start(&first, &named).unwrap();
        assert!(matches!(publish(&room, &first, &third), Err(Refusal::Text(_))), "{file}");
        assert_eq!(room.people.waiting(&named).unwrap(), [], "nobody learns that it is there");
    }
    let whole = text.replace("[@council]", &format!("[@council; @{name}]"));
    let version = room.draft(&reporter, &draft).version;
    room.people.save(&reporter, &draft.id, version, &whole).unwrap();
    publish(&room, &first, &draft).unwrap();
    let settings = Settings::read(&room.dir, &|_| None).unwrap();
    let copy = room.dir.join("backup");
    let order = ovn_press::backup::Order::default();
    drop(
        ovn_press::backup::backup(&room.dir, &settings, &copy, &order, 1, &mut |_, _| {}).unwrap(),
    );
    let found = leaks(
        &room.dir,
        &[
            b"canary-in-the-file",
            b"canary-who",
            b"canary-name",
            hex.as_bytes(),
            &hash,
            b"R. Example",
        ],
    );
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(ovn_edition::markdown::read(whole.as_bytes()).unwrap().references.len(), 2);
    let trail = room.people.trail(&first, 100).unwrap();
    assert!(trail.iter().all(|line| !line.words.contains("paper")), "{trail:?}");
}

/// A draft whose document has a suggestion.
fn suggested(room: &Room, who: &Caller) -> Draft {
    let draft = room.people.start(who, TEXT).unwrap();
    let opened = room.people.document(who, &draft.id).unwrap();
    let by = hex::encode(&who.person.id);
    let mark = format!(r#"[{{"attrs":{{"at":1764066000,"by":"{by}"}},"type":"added"}}]"#);
    let new = format!(r#"{{"marks":{mark},"text":"perhaps ","type":"text"}},{{"text":"The bridge"#);
    let document =
        opened.document.replacen(r#"{"text":"The bridge opens on"#, &format!("{new} opens on"), 1);
    let sheet = editor::read(document.as_bytes()).unwrap();
    let saved = room.people.save_document(who, &draft.id, opened.version, &sheet).unwrap();
    assert!(matches!(saved, Saved::Kept(_)));
    room.draft(who, &draft)
}

#[test]
fn what_is_added_beside_a_text_leaves_its_suggestions_open() {
    let room = room(false);
    let first = room.first();
    let draft = suggested(&room, &first);
    assert_eq!(suggestions(&draft), 1);
    let document = draft.document.clone().unwrap();
    give(&room, &first, &draft, "Minutes", "m.txt", PLAIN).unwrap();
    let given = Given { kind: "interview", title: "Talk", ..Given::default() };
    room.people.describe(&first, &draft.id, &given).unwrap();
    let now = room.draft(&first, &draft);
    assert_eq!(now.document.as_deref(), Some(document.as_str()), "the text is as it was");
    assert!(now.text.contains("id: minutes") && now.text.contains("id: talk"), "{}", now.text);
    assert!(!now.text.contains("perhaps"), "nothing is accepted: {}", now.text);
    let opened = room.people.document(&first, &draft.id).unwrap();
    let ids: Vec<&str> = opened.references.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["council", "minutes", "talk"]);
    // A picture comes to the end of the document, and the suggestion stays where it was.
    let png = picture();
    room.people.add_picture(&first, &draft.id, &png, &SHOWS).unwrap();
    let now = room.draft(&first, &draft);
    assert_eq!(suggestions(&now), 1);
    let shown = now.document.unwrap();
    let start = document.strip_suffix(r#"],"type":"doc"}"#).unwrap();
    assert!(shown.starts_with(start) && shown.contains(r#""type":"image""#), "{shown}");
    assert_eq!(room.people.pictures(&now.text).len(), 1);
}

/// A small picture.
fn picture() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(20, 10, |x, y| image::Rgb([x as u8, y as u8, 9]));
    pixels.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

#[test]
fn what_nothing_names_is_found_and_taken_away_when_it_is_old() {
    let room = room(false);
    let first = room.first();
    let settings = Settings::read(&room.dir, &|_| None).unwrap();
    let draft = room.people.start(&first, TEXT).unwrap();
    give(&room, &first, &draft, "Minutes", "m.txt", PLAIN).unwrap();
    // One is shown by the text, one by an earlier version of it alone, and one by nothing.
    let shown = room.people.add_picture(&first, &draft.id, &picture(), &SHOWS).unwrap();
    let before = room.draft(&first, &draft);
    let without: String = before
        .text
        .lines()
        .filter(|line| !line.starts_with("!["))
        .map(|line| format!("{line}\n"))
        .collect();
    room.people.save(&first, &draft.id, before.version, &without).unwrap();
    assert!(!room.draft(&first, &draft).text.contains(&shown.name));
    let other = [picture(), Vec::new()].concat();
    let mut pixels = image::load_from_memory(&other).unwrap().into_rgb8();
    pixels.put_pixel(0, 0, image::Rgb([200, 1, 1]));
    let mut out = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut out, image::ImageFormat::Png).unwrap();
    let lost = room.people.keep_picture(&first, &draft.id, &out.into_inner()).unwrap();
    std::fs::write(room.dir.join("cabinet/notes.txt"), "somebody's own").unwrap();
    let now = room.time.load(std::sync::atomic::Ordering::SeqCst);
    // Nothing else than what was made of the lost picture.
    let digest = lost.name.split('.').next().unwrap();
    let found = leftovers(&room.dir, &settings, now).unwrap();
    assert!(!found.is_empty() && found.iter().all(|one| one.path.starts_with(digest)), "{found:?}");
    assert!(found.iter().all(|one| !one.old && one.bytes > 0));
    let waits = tidy(&room.dir, &settings, now).unwrap();
    assert_eq!(waits.files, 0, "an open editor may come back to it");
    let later = now + 31 * 24 * 60 * 60 * 1000;
    assert_eq!(tidy(&room.dir, &settings, later).unwrap().files, found.len());
    assert_eq!(leftovers(&room.dir, &settings, later).unwrap(), []);
    let minutes = format!("{}.txt", hex::encode(&commit::sha256(PLAIN)));
    for name in [shown.name.as_str(), "notes.txt", &minutes] {
        assert!(room.dir.join("cabinet").join(name).exists(), "{name}");
    }
    assert!(!room.dir.join("cabinet").join(&lost.name).exists());
}

#[test]
fn the_library_is_searched_page_by_page() {
    let room = room(false);
    let first = room.first();
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let draft = room.people.start(&first, TEXT).unwrap();
    for number in 0..105 {
        let title = format!("Report 100% no. {number}");
        let given = Given { kind: "document", title: &title, ..Given::default() };
        room.people.describe(&first, &draft.id, &given).unwrap();
        room.time.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }
    let secret = Secret { reason: "They fear", details: "the clerk" };
    let given = Given { title: "Report of somebody", secret: Some(secret), ..Given::default() };
    room.people.describe(&first, &draft.id, &given).unwrap();
    let (page, more) = room.people.sources_from(&first, "report", 0).unwrap();
    assert_eq!((page.len(), more), (100, true));
    let (page, more) = room.people.sources_from(&first, "report", 1).unwrap();
    assert_eq!((page.len(), more), (6, false));
    assert_eq!(room.people.sources_from(&reporter, "report", 1).unwrap().0.len(), 5);
    let (offered, more) = room.people.offered_sources("report", 20).unwrap();
    assert!(more && offered.len() == 20 && offered.iter().all(|one| one.commitment.is_none()));
    // Signs that searches of databases know are letters here.
    assert_eq!(room.people.sources(&first, "100%").unwrap().len(), 100);
    assert_eq!(room.people.sources(&first, "no. 77").unwrap()[0].title, "Report 100% no. 77");
}
