//! `docs/hostile-input.md` has a row for each of its cases, and the tests that it names are there under their numbers.

use super::House;
use crate::tree::Violation;

const PAPER: &str = "docs/hostile-input.md";
/// Cases in the list.
const CASES: usize = 108;
/// What a row says that has no test.
const NOT_YET: &str = "not met yet: ";

/// A row of the table.
struct Row<'a> {
    line: usize,
    number: usize,
    tests: &'a str,
}

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let named = tests(house);
    let Some(paper) = house.tree.get(PAPER) else {
        let lost = named.first().map(|(path, line, name)| {
            Violation::new(path, *line, format!("There is no {PAPER} to name {name}."))
        });
        return lost.into_iter().collect();
    };
    let rows: Vec<Row<'_>> = paper.text.lines().enumerate().filter_map(row).collect();
    let mut found = Vec::new();
    for number in 1..=CASES {
        let count = rows.iter().filter(|row| row.number == number).count();
        if count != 1 {
            found.push(Violation::new(
                PAPER,
                1,
                format!("Case {number} has {count} rows, not one."),
            ));
        }
    }
    for row in &rows {
        found.extend(in_row(house, row).map(|why| Violation::new(PAPER, row.line, why)));
    }
    for (path, line, name) in named {
        let number = name.split('_').nth(1).and_then(|digits| digits.parse::<usize>().ok());
        let own = rows.iter().find(|row| Some(row.number) == number);
        if own.is_none_or(|row| !row.tests.contains(&format!("::{name}`"))) {
            let sentence = format!("The row of its number in {PAPER} does not name {name}.");
            found.push(Violation::new(&path, line, sentence));
        }
    }
    found
}

/// `| 70 | the case | its tests | what happens |`
fn row((index, line): (usize, &str)) -> Option<Row<'_>> {
    let mut cells = line.strip_prefix("| ")?.split(" | ");
    let number = cells.next()?.trim().parse().ok()?;
    Some(Row { line: index + 1, number, tests: cells.nth(1)? })
}

/// What is wrong with the tests that a row names.
fn in_row<'a>(house: &'a House<'_>, row: &'a Row<'_>) -> impl Iterator<Item = String> + 'a {
    let names: Vec<&str> = row.tests.split('`').skip(1).step_by(2).collect();
    let none = names.is_empty() && !row.tests.contains(NOT_YET);
    let none = none.then(|| format!("Name a test, or say \"{NOT_YET}…\"."));
    let missing = names.into_iter().filter_map(|name| {
        let there = name.split_once("::").is_some_and(|(path, function)| {
            let file = house.tree.get(path);
            let begins = [format!("fn {function}("), format!("test('{function}',")];
            file.is_some_and(|file| begins.iter().any(|begin| file.text.contains(begin)))
        });
        (!there).then(|| format!("There is no test {name}."))
    });
    none.into_iter().chain(missing)
}

/// Every test whose name begins with a case's number: path, line, name.
fn tests(house: &House<'_>) -> Vec<(String, usize, String)> {
    let mut all = Vec::new();
    for source in &house.rust {
        for (index, line) in source.file.text.lines().enumerate() {
            let line = line.trim_start().trim_start_matches("async ");
            let Some(rest) = line.strip_prefix("fn case_") else { continue };
            let Some((name, _)) = rest.split_once('(') else { continue };
            all.push((source.file.path.clone(), index + 1, format!("case_{name}")));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    fn table(third: &str) -> String {
        let rows = (1..=CASES).map(|number| {
            let tests = if number == 3 { third } else { "not met yet: comes" };
            format!("| {number} | a case | {tests} | refused |\n")
        });
        rows.collect()
    }

    #[test]
    fn every_case_has_its_row_and_its_test() {
        let test = ("crates/a/tests/b.rs", "//! B.\n#[test]\nfn case_003_c() {}\n");
        let check_with = |paper: &str, test| places(check, &[(PAPER, paper), test]);
        let good = table("`crates/a/tests/b.rs::case_003_c`");
        assert!(check_with(&good, test).is_empty());
        assert_eq!(
            check_with(&good.replace("| 7 |", "| 8 |"), test),
            [PAPER, PAPER].map(|p| format!("{p}:1"))
        );
        assert_eq!(
            check_with(&table("nothing"), test),
            ["docs/hostile-input.md:3", "crates/a/tests/b.rs:3"]
        );
        let lost = table("`crates/a/tests/b.rs::case_003_d`");
        assert_eq!(check_with(&lost, test), ["docs/hostile-input.md:3", "crates/a/tests/b.rs:3"]);
        let other =
            ("crates/a/tests/b.rs", "//! B.\nasync fn case_004_c() {}\nfn case_003_c() {}\n");
        assert_eq!(check_with(&good, other), ["crates/a/tests/b.rs:2"]);
        assert_eq!(places(check, &[test]), ["crates/a/tests/b.rs:3"]);
        let page = ("tests/pages/a.test.mjs", "test('case_003_c', async () => {\n");
        assert!(check_with(&table("`tests/pages/a.test.mjs::case_003_c`"), page).is_empty());
        assert_eq!(
            check_with(&table("`tests/pages/a.test.mjs::case_003_d`"), page),
            ["docs/hostile-input.md:3"]
        );
    }
}
