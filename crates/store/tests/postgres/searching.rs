//! Both engines find the same articles in the same order, those too that an older program put into PostgreSQL.

use super::article;
use ovn_edition::fold::{self, Term};
use ovn_store::rows::Hit;
use ovn_store::{Batch, Reader, Search, Writer};
use ovn_tests::postgres;
use proptest::prelude::*;

/// Words of few letters, so that they meet, in both scripts and with numbers.
const WORD: &str = "(a|b|ab|port|بند|[1-3]|1\\.5)";

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(WORD, 0..12).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn search_gives_the_same_order(
        texts in prop::collection::vec((text(), text(), text()), 1..12),
        asked in prop::collection::vec((WORD, prop::option::of(WORD)), 1..4),
    ) {
        let Some(server) = postgres::server() else { return Ok(()) };
        let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let database = server.database();
        let mut file = Writer::open(home.path(), None).unwrap();
        let mut rows = Writer::open(other.path(), Some(&database.address())).unwrap();
        let entries: Vec<_> = texts.iter().zip(0..).map(|((headline, standfirst, body), number)| {
            let (headline, standfirst, body) = (headline.clone(), standfirst.clone(), body.clone());
            article(number, number, &Search { headline, standfirst, text: body.clone(), body })
        }).collect();
        for writer in [&mut file, &mut rows] {
            writer.stage(&Batch { entries: entries.clone(), files: Vec::new() }).unwrap();
            writer.mark_published(b"signed").unwrap();
        }
        let term = |(one, other): &(String, Option<String>)| match other {
            None => Term::Word(one.clone()),
            Some(other) => Term::Phrase(vec![one.clone(), other.clone()]),
        };
        let asked: Vec<Term> = asked.iter().map(term).collect();
        let search = |writer: &Writer| writer.reader().unwrap().search(&asked, None, 0, 20).unwrap();
        let expected = search(&file);
        // A page behind the last one has the same count.
        let behind = |writer: &Writer| writer.reader().unwrap().search(&asked, None, 40, 20).unwrap();
        prop_assert_eq!(behind(&file), (expected.0, Vec::new()));
        prop_assert_eq!(behind(&rows), (expected.0, Vec::new()));
        let urdu = |writer: &Writer| writer.reader().unwrap().search(&asked, Some("ur"), 0, 20).unwrap();
        prop_assert_eq!(urdu(&file), urdu(&rows));
        prop_assert_eq!(&expected, &search(&rows));
        // Rows from before the places of words were kept.
        database.run("UPDATE passage SET placed = false, words = strip(words)");
        prop_assert_eq!(expected, search(&rows));
    }
}

/// A database as the program left it that did not keep the places of words: brought forward, and searched as before.
#[test]
fn rows_from_before_are_brought_forward() {
    let Some(server) = postgres::server() else { return };
    let (home, database) = (tempfile::tempdir().unwrap(), server.database());
    let open = || Writer::open(home.path(), Some(&database.address())).unwrap();
    let publish = |writer: &mut Writer, seq: u64, body: &str| {
        let words = Search { body: body.into(), text: body.into(), ..Search::default() };
        let entries = vec![article(seq, seq, &words)];
        writer.stage(&Batch { entries, files: Vec::new() }).unwrap();
        writer.mark_published(b"signed").unwrap();
    };
    let mut writer = open();
    publish(&mut writer, 0, "the old port opens");
    publish(&mut writer, 1, "the port is old");
    drop(writer);
    database.run("UPDATE passage SET words = strip(words)");
    database.run("ALTER TABLE passage DROP placed");
    database.run("DELETE FROM migration WHERE number >= 5");
    assert!(Reader::open(home.path(), Some(&database.address())).is_err());
    let mut writer = open();
    publish(&mut writer, 2, "an old port closes");
    assert_eq!(
        database.run("SELECT string_agg(placed::text, ' ' ORDER BY number) FROM passage"),
        "false false true"
    );
    let reader = writer.reader().unwrap();
    let found = |query: &str| {
        let (total, hits): (u64, Vec<Hit>) =
            reader.search(&fold::query(query), None, 0, 20).unwrap();
        let mut paths: Vec<String> = hits.into_iter().map(|hit| hit.head.path).collect();
        paths.sort();
        (total, paths.join(" "))
    };
    let check = |query: &str, expected: &str| {
        let count = expected.split_whitespace().count() as u64;
        assert_eq!(found(query), (count, expected.to_owned()), "{query}");
    };
    check("\"old port\"", "/2026/11/article-0 /2026/11/article-2");
    check("\"port is old\"", "/2026/11/article-1");
    check("\"port old\"", "");
    check("\"the old\" port", "/2026/11/article-0");
}
