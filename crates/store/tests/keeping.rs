//! The store by itself: files that are never overwritten, the lock, staged rows that nobody sees.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use ovn_edition::leaf::{Kind, Leaf};
use ovn_store::rows::{Head, HeadKind, Query, Tally};
use ovn_store::{Batch, Error, Facts, Files, Lock, Reader, StagedEntry, StagedFile, Writer};

fn file(path: &str, bytes: &[u8]) -> StagedFile {
    StagedFile { path: path.into(), bytes: bytes.into() }
}

fn entry(seq: u64) -> StagedEntry {
    let log = "news.example".to_owned();
    let leaf = Leaf { log, kind: Kind::Snapshot, article: None, at: seq + 1, commit: [1; 32] };
    let document = b"{\"blocks\":[],\"v\":1}".to_vec();
    StagedEntry { seq, leaf: leaf.bytes().unwrap(), document, facts: Facts::default() }
}

/// Where the rows are: in a database, if this file is compiled into `on_postgres.rs`.
fn address() -> Option<String> {
    ovn_tests::postgres::database_for(module_path!()).map(|database| database.address())
}

#[test]
fn files_of_the_record_are_written_once() {
    let (home, database) = (tempfile::tempdir().unwrap(), address());
    let writer = Writer::open(home.path(), database.as_deref()).unwrap();
    let files = Files::of(home.path());
    let tile = file("tile/0/x001/234.p/7", &[1; 224]);
    writer.apply(std::slice::from_ref(&tile)).unwrap();
    writer.apply(std::slice::from_ref(&tile)).unwrap();
    let other = file(&tile.path, &[2; 224]);
    assert!(matches!(writer.apply(&[other]), Err(Error::Overwrite(_))));
    assert_eq!(files.read(&tile.path).unwrap(), Some(tile.bytes));
    for path in ["tile/0/1", "../a", "", "blob/a", "document/x.json", "checkpoint/a", "ovn.toml"] {
        assert!(matches!(writer.apply(&[file(path, b"")]), Err(Error::Path(_))), "{path}");
    }
    writer.files().put_checkpoint(b"one").unwrap();
    writer.files().put_checkpoint(b"two").unwrap();
    assert_eq!(files.read("checkpoint").unwrap().unwrap(), b"two");
    let name = writer.put_blob(b"bytes").unwrap();
    let path = format!("blob/{}", ovn_edition::hex::encode(&name));
    assert_eq!(files.read(&path).unwrap().unwrap(), b"bytes");
    assert_eq!(std::fs::read_dir(home.path().join("aside")).unwrap().count(), 0);
}

#[test]
fn staged_rows_are_seen_only_once_published() {
    let (home, database) = (tempfile::tempdir().unwrap(), address());
    let mut writer = Writer::open(home.path(), database.as_deref()).unwrap();
    let reader = Reader::open(home.path(), database.as_deref()).unwrap();
    let batch = Batch { entries: vec![entry(0), entry(1)], files: vec![file("vkey", b"k")] };
    writer.stage(&batch).unwrap();
    assert_eq!(writer.staged().unwrap(), Some(batch.clone()));
    assert!(matches!(writer.stage(&batch), Err(Error::Damaged(_))));
    assert_eq!((reader.size().unwrap(), reader.entries(0, 9).unwrap().len()), (0, 0));
    writer.discard_staged().unwrap();
    assert_eq!(writer.staged().unwrap(), None);
    let gap = Batch { entries: vec![entry(1)], files: Vec::new() };
    assert!(matches!(writer.stage(&gap), Err(Error::Damaged(_))));
    writer.stage(&batch).unwrap();
    writer.mark_published(b"signed").unwrap();
    assert_eq!(reader.size().unwrap(), 2);
    assert_eq!(reader.checkpoint().unwrap(), b"signed");
    assert_eq!(reader.entry(1).unwrap().unwrap().leaf, entry(1).leaf);
    assert_eq!((writer.state().unwrap().at, writer.staged().unwrap()), (2, None));
    assert!(matches!(writer.mark_published(b"again"), Err(Error::Damaged(_))));
}

/// An entry that makes the head of an article.
fn of_head(seq: u64, head: Head) -> StagedEntry {
    let facts = Facts { head: Some(head), ..Facts::default() };
    StagedEntry { facts, ..entry(seq) }
}

#[test]
fn what_is_counted_follows_every_change() {
    let (home, database) = (tempfile::tempdir().unwrap(), address());
    let mut writer = Writer::open(home.path(), database.as_deref()).unwrap();
    let reader = Reader::open(home.path(), database.as_deref()).unwrap();
    let mut size = 0;
    let mut publish = |heads: Vec<Head>| {
        let numbered = heads.into_iter().zip(size..);
        let entries: Vec<_> = numbered.map(|(head, seq)| of_head(seq, head)).collect();
        size += entries.len() as u64;
        writer.stage(&Batch { entries, files: Vec::new() }).unwrap();
        writer.mark_published(b"checkpoint").unwrap();
    };
    let article = |number: u8, month: &str, sources| Head {
        id: [number; 16],
        path: format!("/2026/11/{number}"),
        lang: "en".into(),
        first_local: format!("{month}-02T10:00+05:00"),
        first_at: u64::from(number),
        sources,
        parties: 3,
        heard: 2,
        ..Head::default()
    };
    let seen = |lang: &str| -> Vec<(String, [u64; 7])> {
        let one = |t: Tally| {
            let sums =
                [t.articles, t.sources, t.single, t.unsourced, t.named, t.heard, t.corrected];
            (t.month, sums)
        };
        reader.tallies(lang).unwrap().into_iter().map(one).collect()
    };
    let months = |list: &[(&str, [u64; 7])]| -> Vec<(String, [u64; 7])> {
        list.iter().map(|(month, sums)| ((*month).to_owned(), *sums)).collect()
    };
    publish(vec![article(1, "2026-10", 1), article(2, "2026-11", 0), article(3, "2026-11", 4)]);
    let urdu = Head { lang: "ur".into(), ..article(4, "2026-11", 1) };
    publish(vec![urdu, Head { kind: HeadKind::Policy, ..article(5, "2026-11", 1) }]);
    assert_eq!(
        seen("en"),
        months(&[("2026-11", [2, 4, 0, 1, 6, 4, 0]), ("2026-10", [1, 1, 1, 0, 3, 2, 0])])
    );
    assert_eq!(seen("ur"), months(&[("2026-11", [1, 1, 1, 0, 3, 2, 0])]));
    let corrected = Head { corrected: Some(9), rev: 2, heard: 3, ..article(2, "2026-11", 1) };
    publish(vec![corrected, Head { withdrawn: true, ..article(1, "2026-10", 0) }]);
    assert_eq!(seen("en"), months(&[("2026-11", [2, 5, 1, 0, 6, 5, 1])]));
    publish(vec![Head { withdrawn: true, ..article(1, "2026-10", 0) }, article(3, "2026-11", 2)]);
    assert_eq!(seen("en"), months(&[("2026-11", [2, 3, 1, 0, 6, 5, 1])]));
    publish(vec![article(1, "2026-10", 1)]);
    assert_eq!(seen("en")[1], months(&[("2026-10", [1, 1, 1, 0, 3, 2, 0])])[0]);
    let of = |month: &str, offset| {
        let (lang, month) = (Some("en".into()), Some(month.into()));
        let query = Query { lang, month, offset, limit: 9, ..Query::default() };
        let heads = reader.heads(&query).unwrap();
        heads.iter().map(|head| head.id[0]).collect::<Vec<_>>()
    };
    assert_eq!(
        (of("2026-11", 0), of("2026-11", 1), of("2026-09", 0)),
        (vec![3, 2], vec![2], vec![])
    );
    assert_eq!(reader.leaves(1, 2).unwrap(), [entry(1).leaf, entry(2).leaf]);
}

#[test]
fn one_writer_and_a_database_that_is_known() {
    let home = tempfile::tempdir().unwrap();
    assert!(Reader::open(home.path(), None).is_err());
    let writer = Writer::open(home.path(), None).unwrap();
    assert!(matches!(Writer::open(home.path(), None), Err(Error::Held { .. })));
    drop(writer);
    drop(Writer::open(home.path(), None).unwrap());
    let db = rusqlite::Connection::open(home.path().join("edition.sqlite")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Writer::open(home.path(), None), Err(Error::Newer { found: 99, .. })));
    assert!(matches!(Reader::open(home.path(), None), Err(Error::Newer { found: 99, .. })));
}

#[test]
fn what_a_dead_process_left_of_a_swap_is_removed() {
    let home = tempfile::tempdir().unwrap();
    let put = |name: &str| std::fs::write(home.path().join(name), b"signed").unwrap();
    let names = || {
        let files = std::fs::read_dir(home.path()).unwrap().map(|file| file.unwrap().file_name());
        let mut names: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| !name.ends_with(".holder") && !name.ends_with(".gate"));
        names.sort();
        names
    };
    let left = ["lock.12-0.new", "lock.term.12-1.new", "lock", "log.key.new", "log.key"];
    left.iter().for_each(|name| put(name));
    drop(Lock::take(home.path()).unwrap());
    assert_eq!(names(), ["lock", "log.key", "log.key.new"]);
    left.iter().for_each(|name| put(name));
    drop(Lock::share(home.path()).unwrap());
    assert_eq!(names(), ["lock", "lock.term", "log.key", "log.key.new"]);
}

#[test]
fn a_lock_that_was_let_go_is_free_while_programs_start() {
    let home = tempfile::tempdir().unwrap();
    let starting = std::thread::spawn(|| {
        for _ in 0..200 {
            assert!(std::process::Command::new("true").status().unwrap().success());
        }
    });
    // A child has a copy of every open file until its program begins.
    while !starting.is_finished() {
        drop(Lock::take(home.path()).unwrap());
    }
    starting.join().unwrap();
}

#[test]
fn the_lock_is_swapped_and_not_set() {
    let home = tempfile::tempdir().unwrap();
    let mut lock = Lock::take(home.path()).unwrap();
    assert_eq!(lock.checkpoint(), None);
    assert!(matches!(Lock::take(home.path()), Err(Error::Held { .. })));
    lock.swap(b"one").unwrap();
    std::fs::write(home.path().join("lock"), "other").unwrap();
    assert!(matches!(lock.swap(b"two"), Err(Error::Swapped(_))));
    drop(lock);
    assert_eq!(Lock::take(home.path()).unwrap().checkpoint(), Some(&b"other"[..]));
}
