//! The house's numbers, each beside the bar it is held to.

mod numbers;

use std::fmt::Write;

use crate::cargo::Counts;
use crate::rust::{Source, functions, sources};
use crate::tidy::{FILE, FUNCTION, is_opened, panics_outside_tests};
use crate::tree::Tree;
use numbers::Spread;

/// The most packages that the whole workspace may take on Linux.
pub const LINUX: usize = 550;
/// The most packages that checking an article may take.
pub const VERIFY: usize = 40;

/// One measure: its name, its value, its bar, and whether the bar is met.
#[derive(Debug, Clone)]
pub struct Row {
    name: &'static str,
    value: String,
    bar: String,
    met: bool,
}

/// The measures in order.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Row>,
}

impl Table {
    fn at_most(&mut self, name: &'static str, value: usize, bar: usize) {
        self.add(name, value.to_string(), format!("at most {bar}"), value <= bar);
    }

    fn add(&mut self, name: &'static str, value: String, bar: String, met: bool) {
        self.rows.push(Row { name, value, bar, met });
    }

    /// Is every bar met?
    pub fn all_met(&self) -> bool {
        self.rows.iter().all(|row| row.met)
    }

    /// The table as text, one line a measure.
    pub fn text(&self) -> String {
        let width = self.rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
        let mut text = String::new();
        for Row { name, value, bar, met } in &self.rows {
            let verdict = if *met { "met" } else { "NOT MET" };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{name:<width$}  {value:>10}  {bar:<16}  {verdict}");
        }
        text
    }
}

/// Measures the tree.
pub fn table(tree: &Tree, packages: &Counts) -> Table {
    let sources: Vec<Source<'_>> = sources(tree, "")
        .into_iter()
        .filter(|source| !source.file.path.starts_with("fuzz/"))
        .collect();
    let production: Vec<&Source<'_>> = sources.iter().filter(|source| !source.is_test).collect();
    let files = Spread::of(production.iter().map(|source| code_lines(source)).collect());
    let function_lines = production.iter().flat_map(|source| {
        let outside = |f: &crate::rust::Function| !source.in_test(f.offset);
        functions(&source.masked.code).into_iter().filter(outside).map(|function| function.lines)
    });
    let functions = Spread::of(function_lines.collect());
    let code: usize = production.iter().map(|source| code_lines(source)).sum();
    let all: usize = sources.iter().map(|source| source.file.text.lines().count()).sum();
    let scripts = tree.under("tests/").filter(|file| file.is("mjs") || file.is("sh"));
    let tests = all.saturating_sub(code) + scripts.map(|f| f.text.lines().count()).sum::<usize>();
    let opened = sources.iter().filter(|source| is_opened(&source.file.text)).count();

    let mut table = Table::default();
    table.add("production files", production.len().to_string(), String::new(), true);
    table.at_most("file, median lines", files.median, 110);
    table.at_most("file, 90th percentile", files.ninetieth, 250);
    table.at_most("file, longest", files.longest, FILE);
    table.at_most("function, median lines", functions.median, 13);
    table.at_most("function, 90th percentile", functions.ninetieth, 25);
    table.at_most("function, longest", functions.longest, FUNCTION);
    let ratio = tests * 100 / code.max(1);
    let hundredths = format!("{}.{:02}", ratio / 100, ratio % 100);
    table.add("lines of tests a line of code", hundredths, "at least 1".into(), ratio >= 100);
    table.at_most("panics outside tests", panics_outside_tests(tree), 0);
    let opens = format!("{opened}/{}", sources.len());
    table.add("files that say what they are", opens, "all".into(), opened == sources.len());
    table.at_most("packages on Linux", packages.linux, LINUX);
    table.at_most("packages to trust to verify", packages.verify, VERIFY);
    table
}

/// Lines of a file that are not in a test.
fn code_lines(source: &Source<'_>) -> usize {
    let text = &source.file.text;
    let mut offset = 0;
    let mut lines = 0;
    for line in text.split_inclusive('\n') {
        lines += usize::from(!source.in_test(offset));
        offset += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_house_meets_its_bars() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", "//! A.\nfn f() {\n}\n#[cfg(test)]\nmod t {\n}\n"),
            ("crates/a/tests/a.rs", "//! T.\n\n\n\n"),
        ]);
        let table = table(&tree, &Counts { linux: 1, verify: 1 });
        assert!(table.all_met(), "{}", table.text());
        assert!(table.text().contains("lines of tests a line of code        2.33"));
    }

    #[test]
    fn a_bar_that_is_missed_is_named() {
        let table = table(&Tree::default(), &Counts { linux: 551, verify: 1 });
        assert!(!table.all_met());
        assert!(table.text().lines().any(|line| line.contains("551") && line.ends_with("NOT MET")));
    }
}
