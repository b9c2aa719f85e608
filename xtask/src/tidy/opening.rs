//! Every Rust file opens with one sentence that says what it is for.

use super::House;
use crate::tree::Violation;

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    house
        .rust
        .iter()
        .filter(|source| !opens(&source.file.text))
        .map(|source| {
            let sentence = "Open the file with a `//!` sentence that says what it is for.";
            Violation::new(&source.file.path, 1, sentence)
        })
        .collect()
}

/// Is the first line a `//!` sentence, and does the paragraph end as a sentence does?
pub(crate) fn opens(text: &str) -> bool {
    let paragraph: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph.last().is_some_and(|line| line.ends_with(['.', '?', '!', ':', '`', ')']))
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn a_file_opens_with_a_sentence() {
        assert!(places(check, &[("a.rs", "//! Seals an article.\nfn f() {}")]).is_empty());
        assert!(places(check, &[("a.rs", "//! Seals an\n//! article.\n//!\n//! More")]).is_empty());
        for bad in ["fn f() {}", "", "//!\n//! Late.", "// Not a doc.", "//! No end"] {
            assert_eq!(places(check, &[("a.rs", bad)]), ["a.rs:1"], "{bad:?}");
        }
    }
}
