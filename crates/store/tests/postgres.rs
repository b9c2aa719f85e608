//! PostgreSQL by itself: set up once, held by one, told by notification, and copied to SQLite and back without a loss.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use ovn_edition::fold::{self, Term};
use ovn_edition::leaf::{Id, Kind, Leaf, Step};
use ovn_edition::model::{Class, Source};
use ovn_store::rows::{Head, HeadKind, Query, TagKind};
use ovn_store::{
    Batch, Error, Facts, Place, Reader, Redaction, Search, StagedEntry, StagedFile, Writer, copy,
};
use ovn_tests::postgres::{self, Database};
use std::path::Path;
use std::time::Duration;

#[path = "postgres/searching.rs"]
mod searching;

fn id(number: u64) -> Id {
    let mut id = [0xa5; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    id
}

/// An entry about the article with this number, or about none.
fn entry(seq: u64, article: Option<u64>) -> StagedEntry {
    let log = "news.example".to_owned();
    let kind = if article.is_some() { Kind::Revision } else { Kind::Snapshot };
    let article = article.map(|number| Step { id: id(number), rev: 1, prev: None });
    let leaf = Leaf { log, kind, article, at: seq + 1, commit: [1; 32] };
    let document = format!("{{\"blocks\":[{seq}],\"v\":1}}").into_bytes();
    StagedEntry { seq, leaf: leaf.bytes().unwrap(), document, facts: Facts::default() }
}

/// An article with everything that a row can hold, in Urdu every third time.
fn article(seq: u64, number: u64, words: &Search) -> StagedEntry {
    let mut entry = entry(seq, Some(number));
    let source: Source = serde_json::from_str(&format!(
        r#"{{"id":"s","type":"speech","title":"Readout {}","URL":"https://example.org/{}"}}"#,
        number % 3,
        number % 3
    ))
    .unwrap();
    let head = Head {
        id: id(number),
        kind: if number % 7 == 6 { HeadKind::Policy } else { HeadKind::Article },
        rev: 1,
        path: format!("/2026/11/article-{number}"),
        lang: if number % 3 == 2 { "ur" } else { "en" }.into(),
        headline: format!("Headline 'of' \\{number}\\ \u{202b}بندرگاہ\u{202c}"),
        standfirst: number.is_multiple_of(2).then(|| "In short".into()),
        byline: vec!["One".into(), "Two, \"Three\"".into()],
        sections: vec!["world".into()],
        topics: vec!["Ports".into(), "ports".into(), format!("Topic {}", number % 2)],
        story: (number % 2 == 1).then(|| "The port".into()),
        first_at: 1_000 - number / 2,
        first_local: "2026-11-24T14:20+05:00".into(),
        at: 1_000 + number,
        local: "2026-11-24T14:20+05:00".into(),
        class: if number % 5 == 4 { Class::Correction } else { Class::Publication },
        note: (number % 5 == 4).then(|| "The day was wrong.".into()),
        sources: 1,
        parties: 2,
        heard: 1,
        corrected: (number % 5 == 4).then_some(7),
        translation_of: (number % 3 == 2).then(|| format!("/2026/11/article-{}", number - 1)),
        withdrawn: number % 11 == 10,
    };
    entry.facts = Facts {
        head: Some(head),
        asked_by: Some("A reader".into()),
        sources: vec![source.clone(), source],
        search: Some(words.clone()),
        redaction: None,
    };
    entry
}

fn words(number: u64) -> Search {
    Search {
        headline: format!("port {}", ["karachi", "gwadar", "بندرگاہ"][(number % 3) as usize]),
        standfirst: "the port in short".into(),
        body: format!("a port of 3.5 m\nport {number} {}", "word ".repeat(number as usize % 9)),
        text: format!("A port of 3.5 m.\nPort {number}."),
    }
}

fn file(path: &str, bytes: &[u8]) -> StagedFile {
    StagedFile { path: path.into(), bytes: bytes.into() }
}

/// Seals articles in two batches, a removal, and leaves a third batch staged.
fn fill(writer: &mut Writer) {
    let first: Vec<_> = (0..12).map(|number| article(number, number, &words(number))).collect();
    let blob = file(&format!("blob/{}", "0f".repeat(32)), b"a picture");
    writer.stage(&Batch { entries: first, files: vec![blob.clone(), blob] }).unwrap();
    writer.mark_published(b"checkpoint of 12").unwrap();
    // The second revision in one batch is the one that lists show, and one loses its words.
    let mut again = article(13, 3, &words(40));
    again.facts.search = None;
    let second =
        vec![article(12, 2, &words(41)), again, article(14, 2, &words(42)), entry(15, None)];
    writer.stage(&Batch { entries: second, files: Vec::new() }).unwrap();
    writer.mark_published(b"checkpoint of 16").unwrap();
    let mut removal = entry(16, Some(1));
    removal.facts.redaction = Some(Redaction {
        id: id(1),
        rev: 1,
        seq: 1,
        path: format!("document/{}.json", "01".repeat(32)),
        document: "{\"blocks\":[],\"v\":1}".into(),
        ground: "privacy".into(),
        note: None,
        blocks: Some(vec![0, 4]),
        blobs: vec!["0f".repeat(32)],
        latest: true,
        revision_note: None,
        revision_asked_by: None,
    });
    writer.stage(&Batch { entries: vec![removal], files: Vec::new() }).unwrap();
    writer.mark_published(b"checkpoint of 17").unwrap();
    writer
        .stage(&Batch { entries: vec![entry(17, None)], files: vec![file("vkey", b"k")] })
        .unwrap();
}

/// Everything that a reader can ask for, as text.
fn everything(reader: &Reader) -> Vec<String> {
    let mut all = Vec::new();
    let mut add = |what: &str, told: String| all.push(format!("{what}: {told}"));
    add("state", format!("{:?}", reader.state().unwrap()));
    add("entries", format!("{:?}", reader.entries(0, 100).unwrap()));
    for kind in [HeadKind::Article, HeadKind::Policy] {
        let paths = reader.paths(kind).unwrap();
        for path in &paths {
            let head = reader.head(path).unwrap().unwrap();
            let of =
                (reader.revisions(&head.id), reader.removals(&head.id), reader.siblings(&head.id));
            add(path, format!("{head:?} {of:?}"));
        }
        add("paths", format!("{paths:?} {:?}", reader.sealed_last(kind, 0, 9).unwrap()));
    }
    for lang in [None, Some("en"), Some("ur"), Some("xx")] {
        let query =
            |limit, before| Query { lang: lang.map(Into::into), limit, before, ..Query::default() };
        let list = reader.heads(&query(5, None)).unwrap();
        if let Some(last) = list.last() {
            let before = Some((last.first_at, last.id));
            add("next", format!("{:?}", reader.heads(&query(50, before)).unwrap()));
        }
        let narrow = Query {
            section: Some("world".into()),
            topic: Some("Topic 1".into()),
            story: Some("The port".into()),
            ..query(9, None)
        };
        add("list", format!("{list:?} {:?}", reader.heads(&narrow).unwrap()));
        for kind in [TagKind::Section, TagKind::Topic, TagKind::Story] {
            add("tags", format!("{:?}", reader.tags(kind, lang).unwrap()));
        }
        for (before, limit) in [(None, 2), (Some(9), 9)] {
            add("corrections", format!("{:?}", reader.corrections(lang, before, limit).unwrap()));
        }
        for (offset, limit) in [(0, 2), (1, 9)] {
            add("sources", format!("{:?}", reader.sources(lang, offset, limit).unwrap()));
        }
        for asked in ["karachi port", "3.5", "بندرگاہ", "none", "a\" OR", "\"the port\""] {
            let asked = fold::query(asked);
            for (offset, limit) in [(0, 20), (3, 4)] {
                let found = reader.search(&asked, lang, offset, limit).unwrap();
                add("search", format!("{asked:?} {found:?}"));
            }
        }
    }
    add("policies", format!("{:?}", reader.policies("en").unwrap()));
    all
}

fn dump(dir: &Path, database: Option<&Database>) -> (Vec<String>, Option<Batch>) {
    let address = database.map(Database::address);
    // Where the removal's document would have been.
    std::fs::create_dir_all(dir.join("record/document")).unwrap();
    let writer = Writer::open(dir, address.as_deref()).unwrap();
    (everything(&writer.reader().unwrap()), writer.staged().unwrap())
}

#[test]
fn both_engines_give_the_same_answers() {
    let Some(server) = postgres::server() else { return };
    let (home, other, database) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), server.database());
    let mut file = Writer::open(home.path(), None).unwrap();
    let mut rows = Writer::open(other.path(), Some(&database.address())).unwrap();
    fill(&mut file);
    fill(&mut rows);
    let (one, two) = (everything(&file.reader().unwrap()), everything(&rows.reader().unwrap()));
    for (one, two) in one.iter().zip(&two) {
        assert_eq!(one, two);
    }
    assert_eq!((one.len(), file.staged().unwrap()), (two.len(), rows.staged().unwrap()));
    let miscounted = "SELECT word FROM ts_stat('SELECT words FROM passage') FULL JOIN term USING (word) \
        WHERE ndoc IS DISTINCT FROM articles";
    assert_eq!(database.run(miscounted), "");
    // What a removal has still to do is done by both, and changes nothing else.
    let sealed = file.state().unwrap();
    for home in [&home, &other] {
        std::fs::create_dir_all(home.path().join("record/document")).unwrap();
    }
    file.erase(None).unwrap();
    rows.erase(None).unwrap();
    assert_eq!((file.state().unwrap(), rows.state().unwrap()), (sealed.clone(), sealed));
    assert_eq!(everything(&rows.reader().unwrap()), one);
}

#[test]
fn a_copy_there_and_back_loses_nothing() {
    let Some(server) = postgres::server() else { return };
    let (home, database) = (tempfile::tempdir().unwrap(), server.database());
    let (first, last) = (home.path().join("first"), home.path().join("last"));
    fill(&mut Writer::open(&first, None).unwrap());
    let (folder, address) = (Place::Folder(first.clone()), Place::read(&database.address()));
    let tables = |dir: &Path| {
        let db = rusqlite::Connection::open(dir.join("edition.sqlite")).unwrap();
        let names =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%'";
        let names: Vec<String> = db
            .prepare(names)
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        names.iter().map(|name| (name.clone(), rows(&db, name))).collect::<Vec<_>>()
    };
    let before = tables(&first);
    assert!(before.len() >= 10 && before.iter().all(|(_, rows)| !rows.is_empty()), "{before:?}");
    let mut told = 0;
    assert_eq!(copy(&folder, &address, &mut |rows| told = rows).unwrap(), 17);
    assert!(told > 100, "{told}");
    assert_eq!(copy(&address, &Place::Folder(last.clone()), &mut |_| {}).unwrap(), 17);
    assert_eq!(tables(&last), before);
    // The old one is as it was, and all three tell the same.
    assert_eq!(tables(&first), before);
    let expected = dump(&first, None);
    assert_eq!(dump(&last, None), expected);
    assert_eq!(dump(&first, Some(&database)), expected);
    // And it goes on: what was staged is published, and the next article gets a number of its own.
    let mut writer = Writer::open(&first, Some(&database.address())).unwrap();
    writer.mark_published(b"checkpoint of 18").unwrap();
    let next = article(18, 99, &words(99));
    writer.stage(&Batch { entries: vec![next], files: Vec::new() }).unwrap();
    writer.mark_published(b"checkpoint of 19").unwrap();
    let found = writer.reader().unwrap().search(&[Term::Word("99".into())], None, 0, 9).unwrap();
    assert_eq!((found.0, found.1[0].head.id), (1, id(99)));
}

/// A table's rows as text, in the order of their columns.
fn rows(db: &rusqlite::Connection, name: &str) -> Vec<String> {
    let number = if name == "search" { "rowid, " } else { "" };
    let mut statement = db.prepare(&format!("SELECT {number}* FROM {name} ORDER BY 1, 2")).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut found = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let values = (0..columns).map(|place| format!("{:?}", row.get_ref(place).unwrap()));
        found.push(values.collect::<Vec<_>>().join(" | "));
    }
    found
}

#[test]
fn a_copy_is_refused_where_it_would_mix_or_lose() {
    let Some(server) = postgres::server() else { return };
    let (home, database) = (tempfile::tempdir().unwrap(), server.database());
    let (folder, address) =
        (Place::read(&home.path().to_string_lossy()), Place::read(&database.address()));
    let refused = |from: &Place, to: &Place| copy(from, to, &mut |_| {}).unwrap_err().to_string();
    assert!(refused(&folder, &address).contains("has no database"));
    assert!(refused(&address, &address).contains("the same"));
    let mut writer = Writer::open(home.path(), None).unwrap();
    assert!(refused(&folder, &address).contains("is held by process"));
    fill(&mut writer);
    drop(writer);
    copy(&folder, &address, &mut |_| {}).unwrap();
    assert!(refused(&folder, &address).contains("nothing is ever merged"));
    assert!(refused(&address, &folder).contains("nothing is ever merged"));
    // One that fails on its way leaves nothing.
    let other = server.database();
    drop(Writer::open(home.path(), Some(&other.address())).unwrap());
    other.run("ALTER TABLE state ADD CHECK (size < 3)");
    refused(&folder, &Place::read(&other.address()));
    assert_eq!(other.run("SELECT count(*) FROM entry"), "0");
    other.run("ALTER TABLE state DROP CONSTRAINT state_size_check");
    assert_eq!(copy(&folder, &Place::read(&other.address()), &mut |_| {}).unwrap(), 17);
}

#[test]
fn a_database_is_set_up_once_and_known() {
    let Some(server) = postgres::server() else { return };
    let (home, database) = (tempfile::tempdir().unwrap(), server.database());
    let address = database.address();
    let read = || Reader::open(home.path(), Some(&address));
    assert!(read().unwrap_err().to_string().contains("has not been set up yet"));
    let writer = Writer::open(home.path(), Some(&address)).unwrap();
    let held = Writer::open(home.path(), Some(&address)).unwrap_err();
    let Error::Held { holder, .. } = &held else { unreachable!("{held}") };
    assert_eq!(holder, &format!("ovn process {}", std::process::id()));
    drop(writer);
    let once = database.run("SELECT count(*), max(number) FROM migration");
    drop(Writer::open(home.path(), Some(&address)).unwrap());
    assert_eq!(database.run("SELECT count(*), max(number) FROM migration"), once);
    database.run("INSERT INTO migration VALUES (99)");
    assert!(matches!(
        Writer::open(home.path(), Some(&address)),
        Err(Error::Newer { found: 99, .. })
    ));
    assert!(matches!(read(), Err(Error::Newer { found: 99, .. })));
    let nowhere = address.replace("edition_", "nowhere_");
    let told = Writer::open(home.path(), Some(&nowhere)).unwrap_err().to_string();
    assert!(told.contains("does not exist") && told.contains("ovn.toml"), "{told}");
    let told = Reader::open(home.path(), Some("postgres://ovn:secret@127.0.0.1:1/x")).unwrap_err();
    assert!(told.to_string().contains("refused") && !told.to_string().contains("secret"), "{told}");
}

#[test]
fn a_publication_is_told_and_readers_outlive_their_connections() {
    let Some(server) = postgres::server() else { return };
    let (home, database) = (tempfile::tempdir().unwrap(), server.database());
    let mut writer = Writer::open(home.path(), Some(&database.address())).unwrap();
    let reader = writer.reader().unwrap();
    let long = Duration::from_secs(30);
    let publish = |writer: &mut Writer, seq| {
        writer.stage(&Batch { entries: vec![entry(seq, None)], files: Vec::new() }).unwrap();
        writer.mark_published(b"signed").unwrap();
    };
    let next = |known: u64| {
        std::iter::repeat_with(|| reader.generation_after(known, long).unwrap())
            .find(|found| *found != known)
            .unwrap()
    };
    publish(&mut writer, 0);
    assert_eq!(next(0), 1);
    // Until it listens it asks, so this ends when it listens.
    let listens = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE '%FROM state%'";
    while database.run(listens) == "0"
        || reader.generation_after(1, Duration::from_millis(100)).unwrap() != 1
    {}
    std::thread::sleep(Duration::from_millis(500));
    // With nothing to be asked, what is heard is all there is.
    database.run("ALTER TABLE state RENAME TO hidden");
    database.run("NOTIFY ovn_generation, '77'");
    assert_eq!(next(1), 77);
    database.run("ALTER TABLE hidden RENAME TO state");
    // Every connection is ended, the writer's too: readers connect again, the writer must not.
    assert!(writer.check().is_ok());
    database.leave();
    assert_eq!(reader.size().unwrap(), 1);
    let lost = writer.check().unwrap_err();
    assert!(lost.is_lost() && lost.is_doubt(), "{lost}");
    assert!(writer.discard_staged().unwrap_err().is_lost());
    drop(writer);
    let mut writer = Writer::open(home.path(), Some(&database.address())).unwrap();
    publish(&mut writer, 1);
    assert_eq!(next(77), 2);
}
