//! Files have at most 400 lines and functions at most 60.

use super::House;
use crate::rust::functions;
use crate::tree::{Violation, line_of};

/// The longest file, in lines.
pub(crate) const FILE: usize = 400;
/// The longest function, in lines from `fn` to its closing brace.
pub(crate) const FUNCTION: usize = 60;

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for source in &house.rust {
        let file = source.file;
        let lines = file.text.lines().count();
        if lines > FILE {
            let sentence =
                format!("{lines} lines; a file has at most {FILE}. Give a part its own.");
            found.push(Violation::new(&file.path, 1, sentence));
        }
        for function in functions(&source.masked.code) {
            if function.lines > FUNCTION && !source.in_test(function.offset) {
                let sentence = format!(
                    "{} has {} lines; a function has at most {FUNCTION}.",
                    function.name, function.lines
                );
                let line = line_of(&file.text, function.offset);
                found.push(Violation::new(&file.path, line, sentence));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn long_files_and_functions_are_caught() {
        let body = "    f();\n".repeat(FUNCTION);
        let text = format!("//! A.\n\nfn long() {{\n{body}}}\n");
        assert_eq!(places(check, &[("crates/a/src/a.rs", &text)]), ["crates/a/src/a.rs:3"]);
        assert!(places(check, &[("crates/a/tests/a.rs", &text)]).is_empty());
        let long = "// a line\n".repeat(FILE + 1);
        assert_eq!(places(check, &[("crates/a/tests/a.rs", &long)]), ["crates/a/tests/a.rs:1"]);
    }
}
