//! Migrations are numbered without a gap, and where PostgreSQL has any, both engines have the same.

use super::House;
use crate::tree::Violation;

/// The edition's database, the cabinet's and the letterbox's.
const PAIRS: [(&str, &str); 3] = [
    ("crates/store/src/sqlite/migrations/", "crates/store/src/postgres/migrations/"),
    ("crates/store/src/cabinet/sqlite/", "crates/store/src/cabinet/postgres/"),
    ("crates/store/src/letterbox/sqlite/", "crates/store/src/letterbox/postgres/"),
];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let pair = |(left, right): (&'static str, &'static str)| {
        let (sqlite, postgres) = (names(house, left), names(house, right));
        let mut found = numbered(left, &sqlite);
        if !postgres.is_empty() {
            found.extend(numbered(right, &postgres));
            found.extend(missing(&sqlite, &postgres, right));
            found.extend(missing(&postgres, &sqlite, left));
        }
        found
    };
    PAIRS.into_iter().flat_map(pair).collect()
}

fn names<'a>(house: &House<'a>, folder: &'a str) -> Vec<&'a str> {
    let files = house.tree.under(folder).filter(|file| file.is("sql"));
    files.map(|file| file.name()).collect()
}

/// Each name starts with its place in the list: `0001_articles.sql`, `0002_…`.
fn numbered(folder: &str, names: &[&str]) -> Vec<Violation> {
    let wrong = |(index, name): (usize, &&str)| {
        let number = name.split('_').next().and_then(|digits| digits.parse::<usize>().ok());
        (number != Some(index + 1)).then(|| {
            let sentence = format!("The migration in place {} must begin with it.", index + 1);
            Violation::new(&format!("{folder}{name}"), 1, sentence)
        })
    };
    names.iter().enumerate().filter_map(wrong).collect()
}

fn missing(has: &[&str], lacks: &[&str], folder: &str) -> Vec<Violation> {
    has.iter()
        .filter(|name| !lacks.contains(name))
        .map(|name| {
            let sentence = "The other engine has this migration and this one does not.";
            Violation::new(&format!("{folder}{name}"), 1, sentence)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    fn files(names: &[&str]) -> Vec<String> {
        let pairs: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).collect();
        places(check, &pairs)
    }

    #[test]
    fn numbers_have_no_gap() {
        let first = "crates/store/src/sqlite/migrations/0001_a.sql";
        let third = "crates/store/src/sqlite/migrations/0003_b.sql";
        assert!(files(&[first]).is_empty());
        assert_eq!(files(&[first, third]), [format!("{third}:1")]);
    }

    #[test]
    fn both_engines_have_the_same() {
        let sqlite = "crates/store/src/sqlite/migrations/0001_a.sql";
        let postgres = "crates/store/src/postgres/migrations/0001_a.sql";
        let other = "crates/store/src/postgres/migrations/0001_b.sql";
        assert!(files(&[sqlite, postgres]).is_empty());
        assert_eq!(files(&[sqlite, other]).len(), 2);
    }
}
