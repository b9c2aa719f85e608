//! SQL is written in `store` and nowhere else.

use super::House;
use crate::tree::{Violation, line_of};

/// Pairs of words that, in this order in one string, make a statement.
const STATEMENTS: [(&str, &str); 8] = [
    ("SELECT ", " FROM "),
    ("INSERT INTO ", "("),
    ("INSERT OR ", " INTO "),
    ("CREATE TABLE ", "("),
    ("CREATE INDEX ", " ON "),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("PRAGMA ", ""),
];

/// What an administrator does to the server that tests start.
const TEST_SERVER: &str = "tests/src/postgres.rs";

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for source in &house.rust {
        let path = &source.file.path;
        if ["crates/store/", "xtask/", TEST_SERVER].iter().any(|place| path.starts_with(place)) {
            continue;
        }
        for literal in source.masked.literals.iter().filter(|literal| is_sql(&literal.text)) {
            let line = line_of(&source.file.text, literal.offset);
            found.push(Violation::new(
                path,
                line,
                "SQL belongs in crates/store; give it a verb there.",
            ));
        }
    }
    let stray =
        house.tree.files.iter().filter(|f| f.is("sql") && !f.path.starts_with("crates/store/"));
    found.extend(stray.map(|f| Violation::new(&f.path, 1, "SQL files belong in crates/store.")));
    found
}

fn is_sql(text: &str) -> bool {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    STATEMENTS.iter().any(|(first, second)| {
        flat.find(first).is_some_and(|at| {
            let tail = flat.get(at + first.len()..).unwrap_or_default();
            format!(" {tail} ").contains(second)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn statements_are_caught_outside_store() {
        let select = "//! A.\nfn f() { q(\"SELECT id\n  FROM article\") }";
        assert_eq!(places(check, &[("crates/site/src/a.rs", select)]), ["crates/site/src/a.rs:2"]);
        assert!(places(check, &[("crates/store/src/a.rs", select)]).is_empty());
        for sql in
            ["INSERT INTO a (b)", "UPDATE a SET b = 1", "CREATE TABLE a (b)", "DELETE FROM a"]
        {
            let text = format!("fn f() {{ q(\"{sql}\") }}");
            assert_eq!(places(check, &[("crates/press/src/a.rs", &text)]).len(), 1, "{sql}");
        }
    }

    #[test]
    fn prose_and_comments_are_not_statements() {
        for text in ["// SELECT a FROM b", "let s = \"Select one from the list\";"] {
            assert!(places(check, &[("crates/site/src/a.rs", text)]).is_empty(), "{text}");
        }
    }

    #[test]
    fn sql_files_live_in_store() {
        assert_eq!(places(check, &[("crates/press/a.sql", "")]), ["crates/press/a.sql:1"]);
    }
}
