//! Sources without a browser: fetched, archived, cited, published, kept from those who may not know them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::model::{Change, Outcome, Reply};
use ovn_edition::{commit, hex, markdown, warc};
use ovn_press::fetch::guarded::{Gate, Limits};
use ovn_press::fetch::names::Names;
use ovn_press::people::{People, Refusal, Role};
use ovn_press::seal::Clock;
use ovn_press::sources::{Given, Secret};
use ovn_store::{Folder, Reader, Settings};
use room::{Room, TEXT, refused, room};
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const PAGE: &str = "<!doctype html><title>Council</title><script>steal()</script><h1>The bridge opens</h1>\
    <p onclick=\"steal()\">It opens on Monday.</p><img src=\"http://10.0.0.1/x\">";

/// One server that stands for every name.
#[derive(Debug)]
struct One {
    server: SocketAddr,
    dead: Arc<AtomicBool>,
}

impl Names for One {
    fn resolve(&self, name: &str, _: Duration) -> Result<Vec<IpAddr>, String> {
        if self.dead.load(Ordering::SeqCst) {
            return Err("no such name".into());
        }
        let inside = name.starts_with("inside");
        Ok(vec![if inside { [10, 0, 0, 1].into() } else { [93, 184, 215, 14].into() }])
    }

    fn wire(&self, _: SocketAddr) -> SocketAddr {
        self.server
    }
}

/// A room whose addresses lead to [`PAGE`], until it is told that they are dead.
fn wired() -> (Room, Arc<AtomicBool>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (server, dead) = (listener.local_addr().unwrap(), Arc::new(AtomicBool::new(false)));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.read(&mut [0; 4096]);
            let head = format!("content-type: text/html\r\ncontent-length: {}", PAGE.len());
            let _ = stream.write_all(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{PAGE}").as_bytes());
        }
    });
    let mut room = room(false);
    let names = Arc::new(One { server, dead: dead.clone() });
    let gate = Gate::new(names, Limits::default());
    let time = room.time.clone();
    let clock: Clock = Arc::new(move || time.load(Ordering::SeqCst));
    room.people = People::open_through(&room.dir, Arc::new(|_| None), clock, gate).unwrap();
    (room, dead)
}

#[test]
fn a_page_is_archived_cited_and_published() {
    let (room, _) = wired();
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let given = Given { kind: "statement", url: "http://council.example/a#b", ..Given::default() };
    let name = room.people.take(&first, &draft.id, &given).unwrap();
    assert_eq!(name, "the-bridge-opens");
    let text = room.draft(&first, &draft).text;
    assert!(text.ends_with("the council said [@council].\n"), "{text}");
    assert!(text.starts_with(TEXT.split_once("\n---").unwrap().0), "the rest is as it was: {text}");
    let article = markdown::read(text.as_bytes()).unwrap();
    let source = article.references.last().unwrap();
    assert_eq!(source.url(), Some("http://council.example/a"));
    // What was kept is an archive, readable by its owner alone, and is shown as words.
    let one = room.people.sources(&first, "bridge").unwrap().pop().unwrap();
    let kept = room.people.kept(&first, &one.id).unwrap().unwrap();
    assert_eq!(source.custom("file"), Some(format!("{}.warc", hex::encode(&kept.hash)).as_str()));
    assert_eq!(kept.text.as_deref(), Some("The bridge opens\n\nIt opens on Monday."));
    let records = warc::read(&kept.bytes).unwrap();
    assert_eq!(warc::answer(records[1].block).unwrap().body, PAGE.as_bytes());
    use std::os::unix::fs::PermissionsExt;
    let folder = std::fs::metadata(room.dir.join("cabinet")).unwrap();
    assert_eq!(folder.permissions().mode() & 0o077, 0);
    let uses = room.people.uses(&first, &one.id).unwrap();
    assert_eq!(
        (uses.len(), uses[0].draft, uses[0].name.as_str()),
        (1, draft.id, "the-bridge-opens")
    );
    // No reader has it before it is sealed; then they have the very bytes.
    let blob = format!("blob/{}", hex::encode(&kept.hash));
    assert_eq!(room.people.reader().record_file(&blob).unwrap(), None);
    let cited = text.replace("[@council]", "[@council; @the-bridge-opens]");
    let version = room.draft(&first, &draft).version;
    room.people.save(&first, &draft.id, version, &cited).unwrap();
    room.people.publish(&first, &draft.id, version + 1, Change::default()).unwrap();
    assert_eq!(room.people.reader().record_file(&blob).unwrap().as_deref(), Some(&kept.bytes[..]));
}

#[test]
fn case_046_a_source_inside_is_refused_and_nothing_is_kept() {
    let (room, _) = wired();
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    for url in ["http://inside.example/", "http://127.0.0.1/", "file:///etc/passwd", "words"] {
        let given = Given { kind: "document", url, ..Given::default() };
        let why = refused(room.people.take(&first, &draft.id, &given));
        assert!(matches!(why, Refusal::Text(_)), "{url}: {why:?}");
    }
    assert_eq!(room.people.sources(&first, "").unwrap(), []);
    assert_eq!(room.draft(&first, &draft).version, 1);
    assert!(!room.dir.join("cabinet").exists());
}

#[test]
fn an_address_that_does_not_answer_is_told_since_when() {
    let (room, dead) = wired();
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let given = Given { kind: "statement", url: "http://council.example/a", ..Given::default() };
    room.people.take(&first, &draft.id, &given).unwrap();
    let id = room.people.sources(&first, "").unwrap()[0].id;
    let silent = || room.people.source(&first, &id).unwrap().silent;
    assert!(room.people.ask_again(&first, &id).unwrap());
    assert_eq!(silent(), None);
    dead.store(true, Ordering::SeqCst);
    assert!(!room.people.ask_again(&first, &id).unwrap());
    let since = silent().unwrap();
    assert!(!room.people.ask_again(&first, &id).unwrap());
    assert_eq!(silent(), Some(since), "it is silent since the first time");
    assert!(room.people.kept(&first, &id).unwrap().is_some(), "the copy stands in");
    dead.store(false, Ordering::SeqCst);
    assert!(room.people.ask_again(&first, &id).unwrap());
    assert_eq!(silent(), None);
}

#[test]
fn every_address_is_asked_once_a_day() {
    let (room, dead) = wired();
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    for url in ["http://council.example/a", "http://council.example/b"] {
        let given = Given { kind: "statement", url, ..Given::default() };
        room.people.take(&first, &draft.id, &given).unwrap();
    }
    let secret = Secret { reason: "They fear for their post", details: "the clerk" };
    let given = Given { title: "Somebody", secret: Some(secret), ..Given::default() };
    room.people.describe(&first, &draft.id, &given).unwrap();
    assert_eq!(room.people.ask_due(9).unwrap(), 0, "they were fetched a moment ago");
    dead.store(true, Ordering::SeqCst);
    room.time.fetch_add(24 * 60 * 60 * 1000, Ordering::SeqCst);
    assert_eq!(room.people.ask_due(1).unwrap(), 1);
    assert_eq!(room.people.ask_due(9).unwrap(), 1);
    assert_eq!(room.people.ask_due(9).unwrap(), 0);
    let sources = room.people.sources(&first, "").unwrap();
    assert_eq!(sources.iter().filter(|one| one.silent.is_some()).count(), 2);
}

#[test]
fn case_069_a_confidential_source_is_public_as_a_commitment_alone() {
    let room = room(false);
    let first = room.first();
    let canary = "canary-5d1e";
    let reporter = room.member(&first, Role::Reporter, "Bilal");
    let other = room.member(&first, Role::Reporter, "Carim");
    let draft = room.people.start(&reporter, TEXT).unwrap();
    let details = format!("{canary}: the clerk who keeps the keys");
    let secret = Secret { reason: "They fear for their post", details: &details };
    let title = "Somebody who works on the bridge";
    let given = Given { title, secret: Some(secret), ..Given::default() };
    let name = room.people.describe(&reporter, &draft.id, &given).unwrap();
    assert_eq!(name, "source");
    let text = room.draft(&reporter, &draft).text;
    let cited = text.replace("[@council]", "[@council; @source]");
    room.people.save(&reporter, &draft.id, 2, &cited).unwrap();
    // Whoever has draft and cabinet can show that the article commits to these very words.
    let one = room.people.sources(&reporter, "").unwrap().pop().unwrap();
    let value = serde_json::json!({"at": one.at, "details": details, "title": title});
    let value = ovn_edition::canon::write(&value).unwrap();
    let commitment = commit::block(&one.salt.unwrap(), "source", &value).unwrap();
    let article = markdown::read(cited.as_bytes()).unwrap();
    let source = article.references.last().unwrap();
    assert_eq!(source.custom("commitment"), Some(hex::encode(&commitment).as_str()));
    assert_eq!(source.custom("kind"), Some("unnamed person"));
    // What the newsroom gives out opens it, for whoever may know of it.
    let json = room.people.opening(&reporter, &one.id).unwrap().unwrap();
    let opening = ovn_verify::Opening::read(json.as_bytes()).unwrap();
    assert_eq!(
        (opening.details.as_str(), opening.commitment().unwrap()),
        (details.as_str(), commitment)
    );
    assert_eq!(refused(room.people.opening(&other, &one.id)), Refusal::Missing);
    // Another reporter does not learn that it is there.
    assert_eq!(room.people.sources(&other, "").unwrap(), []);
    assert_eq!(refused(room.people.source(&other, &one.id)), Refusal::Missing);
    assert_eq!(room.people.sources(&first, "").unwrap().len(), 1);
    room.people.publish(&first, &draft.id, 3, Change::default()).unwrap();
    // In no file but the cabinet's own, not in the trail, not in a backup.
    let settings = Settings::read(&room.dir, &|_| None).unwrap();
    let copy = room.dir.join("backup");
    let order = ovn_press::backup::Order::default();
    drop(
        ovn_press::backup::backup(&room.dir, &settings, &copy, &order, 1, &mut |_, _| {}).unwrap(),
    );
    let salt = hex::encode(&one.salt.unwrap());
    for path in Folder::at(&room.dir).list("").unwrap() {
        if !path.starts_with("cabinet.sqlite") {
            let bytes = std::fs::read(room.dir.join(&path)).unwrap();
            for word in [canary, &salt] {
                assert!(
                    !bytes.windows(word.len()).any(|part| part == word.as_bytes()),
                    "{word} in {path}"
                );
            }
        }
    }
    let trail = room.people.trail(&first, 100).unwrap();
    assert!(trail.iter().all(|line| !line.words.contains("works on the bridge")));
    assert!(Reader::of(&room.dir, &settings).is_ok());
}

#[test]
fn who_was_asked_for_a_reply_stands_in_the_article() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let reply = |party: &str, asked: &str| Reply {
        party: party.into(),
        asked: Some(asked.into()),
        outcome: Outcome::Declined,
    };
    let asked = |reply: &Reply| room.people.asked(&first, &draft.id, reply);
    asked(&reply("Town council", "2026-11-21")).unwrap();
    let article = markdown::read(room.draft(&first, &draft).text.as_bytes()).unwrap();
    assert_eq!(article.replies, [reply("Town council", "2026-11-21")]);
    for bad in
        [reply("Town council", "2026-11-22"), reply(" ", "2026-11-22"), reply("Mayor", "soon")]
    {
        assert!(matches!(refused(asked(&bad)), Refusal::Text(_)), "{bad:?}");
    }
}

#[test]
fn what_is_described_is_checked() {
    let room = room(false);
    let first = room.first();
    let draft = room.people.start(&first, TEXT).unwrap();
    let good = Given {
        kind: "interview",
        title: "Talk with the engineer",
        speaks: "Town council",
        issued: "2026-11-24",
        ..Given::default()
    };
    let describe = |given: &Given<'_>| room.people.describe(&first, &draft.id, given);
    assert_eq!(describe(&good).unwrap(), "talk-with-the-engineer");
    assert_eq!(describe(&good).unwrap(), "talk-with-the-engineer-2", "each has an id of its own");
    let blank = Secret { reason: "", details: "" };
    for bad in [
        Given { kind: "rumour", ..good },
        Given { kind: "unnamed person", ..good },
        Given { title: " ", ..good },
        Given { issued: "yesterday", ..good },
        Given { url: "javascript:x", ..good },
        Given { secret: Some(blank), ..good },
    ] {
        assert!(matches!(refused(describe(&bad)), Refusal::Text(_)), "{bad:?}");
    }
    let other = room.people.start(&first, TEXT).unwrap();
    let one = room.people.sources(&first, "engineer council").unwrap();
    assert_eq!(one.len(), 2);
    assert_eq!(room.people.reuse(&first, &other.id, &one[0].id).unwrap(), "talk-with-the-engineer");
    assert_eq!(room.people.sources(&first, "engineer mayor").unwrap(), []);
    let stranger = room.member(&first, Role::Reporter, "Bilal");
    assert_eq!(refused(room.people.describe(&stranger, &draft.id, &good)), Refusal::Missing);
}
