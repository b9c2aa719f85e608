//! Several nodes on one PostgreSQL database: whatever ends the one that seals, nothing acknowledged is lost, no size has
//! two roots, reading goes on, and another node seals within ten seconds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod newsroom;

use newsroom::*;
use ovn_press::node::Node;
use ovn_press::seal::{Error, NoFaults, Receipt};
use ovn_store::Reader;
use ovn_tests::ends::Ends;
use ovn_tests::line::Line;
use ovn_tests::postgres::{self, Database};
use ovn_tlog::{Checkpoint, VerifierKey, leaf_hash};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The longest that nobody may seal.
const WITHIN: Duration = Duration::from_secs(10);

/// An edition with its rows in a database of its own, and nothing sealed.
fn edition() -> Option<(Newsroom, Database)> {
    Some(edition_in(postgres::server()?.database()))
}

fn edition_in(database: Database) -> (Newsroom, Database) {
    let mut room = Newsroom::new();
    room.database = Some(database.clone());
    drop(room.open().unwrap());
    (room, database)
}

fn node(dir: &Path, address: String) -> Node {
    let dir = dir.to_owned();
    let open = move || newsroom::open(&dir, Some(&address), Arc::new(|| NOW), Arc::new(NoFaults));
    Node::start(Box::new(open)).unwrap()
}

/// A node that never has a turn.
fn idle() -> Node {
    Node::start(Box::new(|| Err(Error::Held("it never asks".into())))).unwrap()
}

/// Waits until `what` holds, and says how long that took.
fn until(what: impl Fn() -> bool) -> Duration {
    let since = Instant::now();
    while !what() {
        assert!(since.elapsed() < Duration::from_secs(60), "it never happened");
        std::thread::sleep(Duration::from_millis(5));
    }
    since.elapsed()
}

/// How long it took until `what` held; `None` when it did not within `limit`.
fn within(limit: Duration, what: impl Fn() -> bool) -> Option<Duration> {
    let since = Instant::now();
    while !what() {
        if since.elapsed() > limit {
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Some(since.elapsed())
}

/// Every signed checkpoint that was ever seen in the lock, in the checkpoint's file or in the database.
#[derive(Default)]
struct Roots(Mutex<BTreeMap<u64, String>>);

impl Roots {
    fn see(&self, room: &Newsroom, reader: &Reader) {
        let dir = room.dir();
        let vkey = std::fs::read_to_string(dir.join("record/vkey")).unwrap();
        let key: VerifierKey = vkey.trim().parse().unwrap();
        let files = [ovn_store::keys_folder(&dir).join("lock"), dir.join("record/checkpoint")];
        let mut notes: Vec<Vec<u8>> = files.iter().flat_map(std::fs::read).collect();
        notes.push(reader.checkpoint().unwrap());
        for note in notes.iter().filter(|note| !note.is_empty()) {
            let seen = Checkpoint::open(note, &key).unwrap();
            let root = seen.root().to_base64();
            let before = self.0.lock().unwrap().insert(seen.size(), root.clone());
            assert!(before.is_none_or(|before| before == root), "two roots of {}", seen.size());
        }
    }
}

fn all_are_there(room: &Newsroom, reader: &Reader, acknowledged: &[Receipt]) {
    for receipt in acknowledged {
        let entry = reader.entry(receipt.seq).unwrap().unwrap();
        assert_eq!(leaf_hash(&entry.leaf).0, receipt.leaf, "entry {}", receipt.seq);
    }
    assert_eq!(check_record(&room.dir()).checkpoint.size(), reader.size().unwrap());
}

#[test]
fn a_cut_session_costs_nothing_that_was_acknowledged() {
    let Some((room, database)) = edition() else { return };
    let nodes = [node(&room.dir(), database.address()), node(&room.dir(), database.address())];
    until(|| nodes.iter().any(Node::seals));
    let reader = Reader::open(&room.dir(), Some(&database.address())).unwrap();
    let (acknowledged, done) = (Mutex::new(Vec::<Receipt>::new()), AtomicBool::new(false));
    let (roots, longest) = (Roots::default(), Mutex::new(Duration::ZERO));
    std::thread::scope(|scope| {
        let ends = Ends(&done);
        for thread in 0..4 {
            let (nodes, acknowledged, longest, done) = (&nodes, &acknowledged, &longest, &done);
            scope.spawn(move || {
                let mut since = Instant::now();
                for number in (0..).take_while(|_| !done.load(Ordering::SeqCst)) {
                    // As a person would: what failed may have been published, so the next one is another article.
                    let draft = || vec![new_article(&format!("a{thread}-{number}"))];
                    let sealed = nodes.iter().find_map(|node| node.seal(draft()).ok());
                    match sealed {
                        Some(receipts) => {
                            acknowledged.lock().unwrap().extend(receipts);
                            let mut longest = longest.lock().unwrap();
                            *longest = longest.max(since.elapsed());
                            since = Instant::now();
                        }
                        None => std::thread::sleep(Duration::from_millis(10)),
                    }
                }
            });
        }
        let watched = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::SeqCst) {
                // Reading goes on, whoever seals or nobody.
                let size = reader.size().unwrap();
                assert!(reader.entries(0, 10_000).unwrap().len() as u64 >= size.min(10_000));
                roots.see(&room, &reader);
                reads += 1;
            }
            reads
        });
        let mut cuts = 0;
        for round in 0..8 {
            let before = acknowledged.lock().unwrap().len();
            until(|| acknowledged.lock().unwrap().len() > before + 4);
            // Not always at the same step of sealing.
            std::thread::sleep(Duration::from_millis(17 * round));
            cuts += u32::from(database.cut_sealing());
        }
        until(|| nodes.iter().any(Node::seals));
        drop(ends);
        assert!(cuts >= 5, "only {cuts} sessions were cut");
        assert!(watched.join().unwrap() > 10);
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    drop(nodes);
    until(|| database.sealing().is_empty());
    let after = room.open().unwrap();
    after.seal(vec![new_article("after")]).unwrap();
    all_are_there(&room, &reader, &acknowledged);
    let longest = longest.into_inner().unwrap();
    assert!(longest < WITHIN, "{longest:?}");
    println!("{} acknowledged, longest pause {longest:?}", acknowledged.len());
}

#[test]
fn a_server_that_falls_and_comes_back_costs_nothing_that_was_acknowledged() {
    let Some(server) = postgres::another(false) else { return };
    let (room, database) = edition_in(server.database());
    let nodes = [node(&room.dir(), database.address()), node(&room.dir(), database.address())];
    let (done, acknowledged) = (AtomicBool::new(false), Mutex::new(Vec::<Receipt>::new()));
    let mut longest = Duration::ZERO;
    std::thread::scope(|scope| {
        let _ends = Ends(&done);
        for thread in 0..4 {
            let (nodes, acknowledged, done) = (&nodes, &acknowledged, &done);
            scope.spawn(move || {
                for number in 0.. {
                    if done.load(Ordering::SeqCst) {
                        return;
                    }
                    let draft = || vec![new_article(&format!("a{thread}-{number}"))];
                    match nodes.iter().find_map(|node| node.seal(draft()).ok()) {
                        Some(receipts) => acknowledged.lock().unwrap().extend(receipts),
                        None => std::thread::sleep(Duration::from_millis(10)),
                    }
                }
            });
        }
        let more = |wanted: usize| {
            let before = acknowledged.lock().unwrap().len();
            until(|| acknowledged.lock().unwrap().len() >= before + wanted)
        };
        for round in 0..4 {
            more(5);
            // Not always at the same step of sealing.
            std::thread::sleep(Duration::from_millis(13 * round));
            server.stop();
            std::thread::sleep(Duration::from_millis(300));
            server.begin();
            longest = longest.max(more(1));
        }
    });
    drop(nodes);
    until(|| database.sealing().is_empty());
    drop(room.open().unwrap());
    let reader = Reader::open(&room.dir(), Some(&database.address())).unwrap();
    let acknowledged = acknowledged.into_inner().unwrap();
    all_are_there(&room, &reader, &acknowledged);
    assert!(longest < WITHIN, "{longest:?}");
    println!("{} acknowledged, sealing again {longest:?} after the server", acknowledged.len());
}

/// A node in a process of its own, which publishes as long as it may and says what was acknowledged.
#[test]
fn child_that_seals() {
    let Some(dir) = std::env::var_os("OVN_TEST_NODE") else { return };
    let node = node(Path::new(&dir), std::env::var("OVN_TEST_DATABASE").unwrap());
    for number in 0.. {
        if let Ok(receipts) = node.seal(vec![new_article(&format!("child-{number}"))]) {
            let leaf = ovn_edition::hex::encode(&receipts[0].leaf);
            println!("\nsealed {} {leaf}", receipts[0].seq);
            std::io::stdout().flush().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

struct Process {
    child: Child,
    told: Arc<Mutex<HashMap<u64, String>>>,
}

impl Process {
    fn start(dir: &Path, address: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_seals", "--nocapture"])
            .env("OVN_TEST_NODE", dir)
            .env("OVN_TEST_DATABASE", address)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told: Arc<Mutex<HashMap<u64, String>>> = Arc::default();
        let (lines, kept) = (BufReader::new(child.stdout.take().unwrap()).lines(), told.clone());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut words = line.strip_prefix("sealed ").unwrap_or_default().split(' ');
                if let (Some(Ok(seq)), Some(leaf)) =
                    (words.next().map(str::parse::<u64>), words.next())
                {
                    kept.lock().unwrap().insert(seq, leaf.to_owned());
                }
            }
        });
        Self { child, told }
    }

    fn acknowledged(&self) -> usize {
        self.told.lock().unwrap().len()
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    fn end(mut self, reader: &Reader) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
        std::thread::sleep(Duration::from_millis(50));
        for (seq, leaf) in self.told.lock().unwrap().iter() {
            let entry = reader.entry(*seq).unwrap().unwrap();
            assert_eq!(ovn_edition::hex::encode(&leaf_hash(&entry.leaf).0), *leaf, "entry {seq}");
        }
    }
}

/// A process that seals, another node that waits, and what happens when the first is sent `signal`.
fn taken_over_after(signal: &str) {
    let Some((room, database)) = edition() else { return };
    let reader = Reader::open(&room.dir(), Some(&database.address())).unwrap();
    let first = Process::start(&room.dir(), &database.address());
    until(|| first.acknowledged() > 5);
    let mut second = node(&room.dir(), database.address());
    // It says who has the turn, as soon as it has asked.
    let named = format!("process {}", first.child.id());
    until(|| second.why_not().unwrap_or_default().contains(&named));
    let roots = Roots::default();
    first.signal(signal);
    match within(WITHIN, || second.seals()) {
        Some(took) => println!("{signal}: taken over after {took:?}"),
        None => {
            // Hung in the few milliseconds in which it holds the file lock, it can only be followed once it ends or
            // wakes (decision 006): nobody may sign beside a compare-and-swap that is under way.
            assert_eq!(signal, "-STOP", "not taken over within {WITHIN:?}");
            first.signal("-CONT");
            let took = within(WITHIN, || second.seals());
            println!("{signal}: inside the lock; taken over {took:?} after it woke");
            assert!(took.is_some(), "not taken over within {WITHIN:?} of waking");
        }
    }
    roots.see(&room, &reader);
    let mut acknowledged = Vec::new();
    for number in 0..5 {
        let draft = new_article(&format!("second-{number}"));
        acknowledged.extend(second.seal(vec![draft]).unwrap());
        roots.see(&room, &reader);
    }
    if signal == "-STOP" {
        // It wakes, and finds that others have gone on. Its turn comes again when the second node leaves.
        let before = first.acknowledged();
        first.signal("-CONT");
        std::thread::sleep(Duration::from_millis(800));
        roots.see(&room, &reader);
        assert_eq!(first.acknowledged(), before, "it sealed after its turn");
        drop(std::mem::replace(&mut second, idle()));
        until(|| first.acknowledged() > before + 5);
        roots.see(&room, &reader);
    }
    drop(second);
    first.end(&reader);
    until(|| database.sealing().is_empty());
    room.open().unwrap();
    all_are_there(&room, &reader, &acknowledged);
}

#[test]
fn a_killed_process_is_followed() {
    taken_over_after("-KILL");
}

#[test]
fn case_085_a_process_that_hangs_is_followed_and_wakes_without_a_fork() {
    taken_over_after("-STOP");
}

/// A line to the database, and the database's address through it.
fn line(database: &Database, folder: &Path) -> (Line, String) {
    std::fs::create_dir_all(folder).unwrap();
    let line = Line::to_socket(&database.socket(), &folder.join(".s.PGSQL.5432"));
    let folder = folder.to_string_lossy().replace('/', "%2F");
    (line, format!("postgres://desk@{folder}/{}", database.name()))
}

#[test]
fn a_cut_line_is_noticed_and_healed_without_a_fork() {
    let Some((room, database)) = edition() else { return };
    let (line, address) = line(&database, &room.home.path().join("line"));
    let reader = Reader::open(&room.dir(), Some(&database.address())).unwrap();
    let first = node(&room.dir(), address);
    until(|| first.seals());
    let mut acknowledged = first.seal(vec![new_article("before")]).unwrap();
    let second = node(&room.dir(), database.address());
    let roots = Roots::default();
    std::thread::scope(|scope| {
        line.cut(true);
        let waits = scope.spawn(|| first.seal(vec![new_article("meanwhile")]));
        let took = until(|| second.seals());
        assert!(took < WITHIN, "{took:?}");
        println!("cut line: taken over after {took:?}");
        acknowledged.extend(second.seal(vec![new_article("second")]).unwrap());
        roots.see(&room, &reader);
        line.cut(false);
        // Its session is gone: what it was about to seal was refused, and the record has gone on without it.
        let refused = waits.join().unwrap().unwrap_err();
        assert!(matches!(refused, Error::Stopped(_) | Error::Held(_)), "{refused}");
    });
    acknowledged.extend(second.seal(vec![new_article("third")]).unwrap());
    roots.see(&room, &reader);
    assert!(reader.head("/2026/11/meanwhile").unwrap().is_none());
    drop(second);
    until(|| first.seals());
    acknowledged.extend(first.seal(vec![new_article("fourth")]).unwrap());
    roots.see(&room, &reader);
    assert_eq!(reader.size().unwrap(), 4);
    drop(first);
    all_are_there(&room, &reader, &acknowledged);
}

#[test]
fn a_late_turn_can_neither_swap_nor_overwrite() {
    let home = tempfile::tempdir().unwrap();
    let mut late = ovn_store::Lock::share(home.path()).unwrap();
    late.swap(b"one").unwrap();
    let mut next = ovn_store::Lock::share(home.path()).unwrap();
    assert_eq!(next.checkpoint(), Some(&b"one"[..]));
    for refused in [late.swap(b"two").unwrap_err(), late.turn().unwrap_err()] {
        assert!(matches!(refused, ovn_store::Error::Superseded(_)), "{refused}");
        assert!(refused.is_doubt());
    }
    next.swap(b"two").unwrap();
    // A process that wants the lock for itself is kept out, and keeps others out.
    assert!(matches!(ovn_store::Lock::take(home.path()), Err(ovn_store::Error::Held { .. })));
    drop((late, next));
    let alone = ovn_store::Lock::take(home.path()).unwrap();
    assert_eq!(alone.checkpoint(), Some(&b"two"[..]));
    assert!(matches!(ovn_store::Lock::share(home.path()), Err(ovn_store::Error::Held { .. })));
}
