//! A light reading of Rust source: which bytes are code, which are strings, which are tests.

mod functions;
mod mask;

pub use functions::{Function, functions};
pub use mask::{Literal, Masked, mask};

use crate::tree::{File, Tree};

/// A Rust file with its reading.
#[derive(Debug)]
pub struct Source<'a> {
    /// The file itself.
    pub file: &'a File,
    /// Its text with comments and literals blanked out, byte for byte as long.
    pub masked: Masked,
    /// Is the whole file test code?
    pub is_test: bool,
}

impl Source<'_> {
    /// Does the byte at `offset` belong to a test?
    pub fn in_test(&self, offset: usize) -> bool {
        self.is_test || self.masked.tests.iter().any(|range| range.contains(&offset))
    }

    /// Every place outside tests where `needle` stands in the code.
    pub fn find<'b>(&'b self, needle: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.masked
            .code
            .match_indices(needle)
            .map(|(offset, _)| offset)
            .filter(|offset| !self.in_test(*offset))
    }
}

/// Reads every Rust file under a prefix.
pub fn sources<'a>(tree: &'a Tree, prefix: &'a str) -> Vec<Source<'a>> {
    let rust: Vec<&File> = tree.under(prefix).filter(|file| file.is("rs")).collect();
    let masks: Vec<Masked> = rust.iter().map(|file| mask(&file.text)).collect();
    let tests: Vec<String> =
        rust.iter().zip(&masks).flat_map(|(file, masked)| test_files(file, masked)).collect();
    rust.into_iter()
        .zip(masks)
        .map(|(file, masked)| Source { file, masked, is_test: is_test_path(&file.path, &tests) })
        .collect()
}

/// Files beside `file` that it declares under `#[cfg(test)]`.
fn test_files(file: &File, masked: &Masked) -> Vec<String> {
    let base = match file.name() {
        "lib.rs" | "main.rs" | "mod.rs" => file.folder().to_owned(),
        _ => file.path.trim_end_matches(".rs").to_owned(),
    };
    masked.test_modules.iter().map(|name| format!("{base}/{name}")).collect()
}

/// Integration tests, benches, and whatever a file declares under `#[cfg(test)]`.
fn is_test_path(path: &str, declared: &[String]) -> bool {
    let in_folder = ["tests", "benches", "examples", "fuzz"]
        .iter()
        .any(|folder| path.starts_with(&format!("{folder}/")) || outside_src(path, folder));
    let own = path.trim_end_matches(".rs").trim_end_matches("/mod");
    in_folder
        || declared.iter().any(|module| own == module || path.starts_with(&format!("{module}/")))
}

/// Is this a file of `crates/x/tests/…`, not of a module that happens to have that name?
fn outside_src(path: &str, folder: &str) -> bool {
    path.contains(&format!("/{folder}/")) && !path.contains("/src/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_declared_under_cfg_test_is_a_test_file() {
        let tree = Tree::of(&[
            ("crates/a/src/leaf.rs", "//! Leaf.\n#[cfg(test)]\nmod tests;\nfn f() {}\n"),
            ("crates/a/src/leaf/tests.rs", "//! Tests.\nfn t() {}\n"),
            ("crates/a/src/lib.rs", "//! Lib.\nmod leaf;\n"),
            ("crates/a/tests/story.rs", "//! Story.\n"),
        ]);
        let test: Vec<bool> = sources(&tree, "crates/").iter().map(|s| s.is_test).collect();
        assert_eq!(test, [false, true, false, true]);
    }

    #[test]
    fn finding_leaves_tests_alone() {
        let tree = Tree::of(&[(
            "crates/a/src/lib.rs",
            "//! A.\nfn f() { g.unwrap() }\n#[cfg(test)]\nmod tests { fn t() { g.unwrap() } }\n",
        )]);
        let sources = sources(&tree, "crates/");
        assert_eq!(sources.iter().flat_map(|s| s.find(".unwrap()")).count(), 1);
    }
}
