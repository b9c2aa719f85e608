//! Nodes whose record is in an object store: no file system in common, one record, one lock, no fork.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod newsroom;

use newsroom::*;
use ovn_edition::hex;
use ovn_press::keys::Keys;
use ovn_press::node::Node;
use ovn_press::seal::{Draft, Error, Receipt, Sealer, Take, system_chance};
use ovn_store::{Files, Lock, Reader, Settings, keys_folder};
use ovn_tests::line::Line;
use ovn_tests::objects::{self, Bucket};
use ovn_tests::postgres::{self, Database};
use ovn_tlog::{Checkpoint, VerifierKey, audit::audit, leaf_hash};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The longest that nobody may seal.
const WITHIN: Duration = Duration::from_secs(10);

/// An edition in a bucket and a database, and machines that have nothing else in common than its keys.
struct House {
    home: tempfile::TempDir,
    bucket: Bucket,
    database: Database,
}

impl House {
    fn new() -> Option<Self> {
        let bucket = objects::server()?.bucket();
        let database = postgres::server()?.database();
        let house = Self { home: tempfile::tempdir().unwrap(), bucket, database };
        Keys::generate(&house.home.path().join("keys"), ORIGIN, &system_chance()).unwrap();
        Some(house)
    }

    fn machine(&self, name: &str) -> Machine {
        let dir = self.home.path().join(name).join("edition");
        std::fs::create_dir_all(&dir).unwrap();
        copy(&self.home.path().join("keys"), &keys_folder(&dir));
        let settings = self.settings(&self.bucket, Some(self.database.address()));
        Machine { dir, settings }
    }

    fn settings(&self, bucket: &Bucket, database: Option<String>) -> Settings {
        let env = bucket.environment();
        let record = env("OVN_RECORD");
        Settings { database, record, access: ovn_store::Access::read(&env), ..settings() }
    }
}

struct Machine {
    dir: PathBuf,
    settings: Settings,
}

impl Machine {
    fn open(&self) -> Result<Sealer, Error> {
        Sealer::open(&self.dir, &self.settings, Arc::new(|| NOW), system_chance())
    }

    fn node(&self) -> Node {
        let (dir, settings) = (self.dir.clone(), self.settings.clone());
        let open = move || Sealer::open(&dir, &settings, Arc::new(|| NOW), system_chance());
        Node::start(Box::new(open)).unwrap()
    }

    fn reader(&self) -> Reader {
        Reader::of(&self.dir, &self.settings).unwrap()
    }

    /// The record in the store, audited from its first byte to its last; gives its size.
    fn audit(&self) -> u64 {
        let files = Files::at(&self.dir, &self.settings).unwrap();
        let key = String::from_utf8(files.read("vkey").unwrap().unwrap()).unwrap();
        let key: VerifierKey = key.trim().parse().unwrap();
        audit(&files, &key, |_, _| {}).unwrap().checkpoint.size()
    }
}

fn until(what: impl Fn() -> bool) -> Duration {
    let since = Instant::now();
    while !what() {
        assert!(since.elapsed() < Duration::from_secs(60), "it never happened");
        std::thread::sleep(Duration::from_millis(5));
    }
    since.elapsed()
}

#[test]
fn machines_without_a_common_file_system_seal_one_record() {
    let Some(house) = House::new() else { return };
    let (one, two) = (house.machine("one"), house.machine("two"));
    let sealer = one.open().unwrap();
    let first = sealer.seal(vec![new_article("first")]).unwrap()[0].clone();
    sealer.seal((0..300).map(|number| new_article(&format!("more-{number}"))).collect()).unwrap();
    let refused = two.open().err().unwrap();
    assert!(matches!(refused, Error::Held(_)), "{refused}");
    drop(sealer);
    until(|| house.database.sealing().is_empty());
    let sealer = two.open().unwrap();
    sealer.seal(vec![correction("first", first.id.unwrap())]).unwrap();
    assert_eq!(two.audit(), 302);
    // A third machine only reads: what is not in the database it has from the store.
    let dir = house.home.path().join("three");
    let reads = Machine { dir, settings: two.settings.clone() };
    let document = format!("document/{}.json", hex::encode(&first.commit));
    assert!(reads.reader().record_file(&document).unwrap().is_some());
    assert_eq!(reads.reader().revisions(&first.id.unwrap()).unwrap().len(), 2);
    for machine in [&one, &two] {
        assert!(
            !machine.dir.join("record").exists()
                && !keys_folder(&machine.dir).join("lock").exists()
        );
    }
    assert!(!house.bucket.folder().join("record/lock").exists(), "the lock is in the record");
}

/// Every signed checkpoint seen in the lock, in the checkpoint's object and in the database: one root for each size.
#[derive(Default)]
struct Roots(BTreeMap<u64, String>);

impl Roots {
    fn see(&mut self, machine: &Machine, reader: &Reader) {
        let files = Files::at(&machine.dir, &machine.settings).unwrap();
        let key = String::from_utf8(files.read("vkey").unwrap().unwrap()).unwrap();
        let key: VerifierKey = key.trim().parse().unwrap();
        let lock = Lock::seen(Path::new("nowhere"), &machine.settings).unwrap();
        let notes = [lock, files.read("checkpoint").unwrap(), reader.checkpoint().ok()];
        for note in notes.iter().flatten().filter(|note| !note.is_empty()) {
            let seen = Checkpoint::open(note, &key).unwrap();
            let root = seen.root().to_base64();
            let before = self.0.insert(seen.size(), root.clone());
            assert!(before.is_none_or(|before| before == root), "two roots of {}", seen.size());
        }
    }
}

#[test]
fn a_cut_session_costs_nothing_that_was_acknowledged() {
    let Some(house) = House::new() else { return };
    let machines = [house.machine("one"), house.machine("two")];
    let nodes = [machines[0].node(), machines[1].node()];
    until(|| nodes.iter().any(Node::seals));
    let (mut acknowledged, mut roots) = (Vec::<Receipt>::new(), Roots::default());
    let (mut cuts, mut longest) = (0, Duration::ZERO);
    let reader = machines[0].reader();
    for round in 0..6 {
        let wanted = acknowledged.len() + 4;
        std::thread::scope(|scope| {
            let cut = scope.spawn(|| {
                // Not always at the same step of sealing.
                std::thread::sleep(Duration::from_millis(37 * round));
                house.database.cut_sealing()
            });
            let mut since = Instant::now();
            for number in 0.. {
                let draft = || vec![new_article(&format!("a{round}-{number}"))];
                match nodes.iter().find_map(|node| node.seal(draft()).ok()) {
                    Some(receipts) => {
                        acknowledged.extend(receipts);
                        longest = longest.max(since.elapsed());
                        since = Instant::now();
                    }
                    None => std::thread::sleep(Duration::from_millis(10)),
                }
                roots.see(&machines[0], &reader);
                if acknowledged.len() >= wanted && cut.is_finished() {
                    break;
                }
            }
            cuts += u32::from(cut.join().unwrap());
        });
    }
    assert!(cuts >= 4 && longest < WITHIN, "{cuts} cuts, longest pause {longest:?}");
    for receipt in &acknowledged {
        let entry = reader.entry(receipt.seq).unwrap().unwrap();
        assert_eq!(leaf_hash(&entry.leaf).0, receipt.leaf, "entry {}", receipt.seq);
    }
    assert_eq!(machines[1].audit(), reader.size().unwrap());
    println!("{} acknowledged, {cuts} cuts, longest pause {longest:?}", acknowledged.len());
}

#[test]
fn a_late_turn_can_neither_swap_nor_overwrite() {
    let Some(house) = House::new() else { return };
    let machine = house.machine("one");
    let keys = keys_folder(&machine.dir);
    let take = || Lock::open(&keys, &machine.settings).unwrap();
    let mut late = take();
    late.swap(b"one").unwrap();
    let mut next = take();
    assert_eq!(next.checkpoint(), Some(&b"one"[..]));
    for refused in [late.swap(b"two").unwrap_err(), late.turn().unwrap_err()] {
        assert!(matches!(refused, ovn_store::Error::Superseded(_)), "{refused}");
        assert!(refused.is_doubt());
    }
    next.swap(b"two").unwrap();
    next.swap(b"three").unwrap();
    drop(next.turn().unwrap());
    assert_eq!(take().checkpoint(), Some(&b"three"[..]));
}

#[test]
fn what_is_removed_leaves_the_store_too() {
    let Some(house) = House::new() else { return };
    let machine = house.machine("one");
    let sealer = machine.open().unwrap();
    let receipt = sealer.seal(vec![new_article("one")]).unwrap()[0].clone();
    let words = b"Zarqa Malik lives at number nine.";
    let holds = |kept: &[(PathBuf, Vec<u8>)]| {
        kept.iter().any(|(_, bytes)| bytes.windows(words.len()).any(|part| part == words))
    };
    assert!(holds(&files(&house.bucket.folder())));
    let take = Take { rev: 1, ground: "privacy".into(), ..Take::default() };
    sealer.seal(vec![Draft::removal(receipt.id.unwrap(), take)]).unwrap();
    assert!(!holds(&files(&house.bucket.folder())));
    assert_eq!(machine.audit(), 2);
}

#[test]
fn an_older_copy_of_the_database_does_not_sign() {
    let Some(house) = House::new() else { return };
    let machine = house.machine("one");
    let sealer = machine.open().unwrap();
    sealer.seal(vec![new_article("one")]).unwrap();
    drop(sealer);
    until(|| house.database.sealing().is_empty());
    let older = house.database.copy();
    let sealer = machine.open().unwrap();
    sealer.seal(vec![new_article("two")]).unwrap();
    drop(sealer);
    let restored = Machine {
        dir: machine.dir.clone(),
        settings: house.settings(&house.bucket, Some(older.address())),
    };
    let refused = restored.open().err().unwrap();
    assert!(
        matches!(&refused, Error::Refused(why) if why.contains("restored backup")),
        "{refused}"
    );
}

#[test]
fn an_edition_moves_into_the_store_with_its_lock() {
    let Some(house) = House::new() else { return };
    let dir = house.home.path().join("alone/edition");
    std::fs::create_dir_all(&dir).unwrap();
    copy(&house.home.path().join("keys"), &keys_folder(&dir));
    let before = open(&dir, None, Arc::new(|| NOW), Arc::new(ovn_press::seal::NoFaults)).unwrap();
    before.seal(vec![new_article("before")]).unwrap();
    drop(before);
    // The server keeps objects as files: this is what a copying tool does.
    copy(&dir.join("record"), &house.bucket.folder().join("record"));
    let machine = Machine { dir: dir.clone(), settings: house.settings(&house.bucket, None) };
    let sealer = machine.open().unwrap();
    sealer.seal(vec![new_article("after")]).unwrap();
    assert_eq!(machine.audit(), 2);
    drop(sealer);
    // The lock stays where it went: the folder's is older now, and nobody signs with it.
    let back =
        open(&dir, None, Arc::new(|| NOW), Arc::new(ovn_press::seal::NoFaults)).err().unwrap();
    assert!(matches!(back, Error::Refused(_)), "{back}");
}

#[test]
fn a_store_that_is_away_costs_nothing_that_was_acknowledged() {
    let Some(house) = House::new() else { return };
    let (line, port) = Line::to_port(house.bucket.port());
    let mut machine = house.machine("one");
    machine.settings =
        house.settings(&house.bucket.through(port), machine.settings.database.clone());
    let node = machine.node();
    until(|| node.seals());
    node.seal(vec![new_article("before")]).unwrap();
    line.cut(true);
    let refused = node.seal(vec![new_article("meanwhile")]).unwrap_err();
    // Readers have what is in the database all the while.
    assert!(machine.reader().head("/2026/11/before").unwrap().is_some());
    line.cut(false);
    let took = until(|| node.seal(vec![new_article("after")]).is_ok());
    println!("refused with: {refused}; sealing again after {took:?}");
    assert!(took < WITHIN, "{took:?}");
    let size = machine.reader().size().unwrap();
    assert_eq!(machine.audit(), size);
    assert!((2..=3).contains(&size), "{size}");
}

/// A server that puts whatever the condition says.
fn heedless() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(client.try_clone().unwrap());
            let (mut first, mut length) = (String::new(), 0);
            for number in 0.. {
                let mut line = String::new();
                if lines.read_line(&mut line).unwrap_or(0) <= 2 {
                    break;
                }
                let lower = line.to_lowercase();
                if let Some(bytes) = lower.strip_prefix("content-length:") {
                    length = bytes.trim().parse().unwrap();
                }
                if number == 0 {
                    first = line;
                }
            }
            let _ = std::io::Read::read_exact(&mut lines, &mut vec![0; length]);
            let status = if first.starts_with("PUT") { "200 OK" } else { "404 Not Found" };
            let head = format!(
                "HTTP/1.1 {status}\r\nETag: \"1\"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            );
            let _ = client.write_all(head.as_bytes());
        }
    });
    port
}

#[test]
fn a_store_that_heeds_no_condition_is_not_signed_with() {
    let port = heedless();
    let env = move |name: &str| match name {
        "AWS_ENDPOINT_URL" => Some(format!("http://127.0.0.1:{port}")),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("any".to_owned()),
        _ => None,
    };
    let (record, access) = (Some("s3://news/record".into()), ovn_store::Access::read(&env));
    let settings = Settings { record, access, ..settings() };
    let home = tempfile::tempdir().unwrap();
    let refused = Lock::open(Path::new(home.path()), &settings).unwrap_err();
    assert!(refused.to_string().contains("does not honour conditions"), "{refused}");
}
