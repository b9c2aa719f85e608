//! Nothing panics outside tests; indexing is left to clippy, which knows the types.

use super::House;
use crate::tree::{Violation, line_of};

const PANICS: [&str; 6] =
    [".unwrap()", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", ".unwrap_err()"];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for source in &house.rust {
        let mut add = |offset: usize, what: &str| {
            let line = line_of(&source.file.text, offset);
            let sentence = format!("{what} can panic; return an error that says what to do.");
            found.push(Violation::new(&source.file.path, line, sentence));
        };
        for panic in PANICS {
            let own = |offset: &usize| !continues_a_word(&source.masked.code, *offset, panic);
            source.find(panic).filter(own).for_each(|offset| add(offset, panic));
        }
        // A parser may have an `expect` of its own; the one that panics is given a message.
        for offset in source.find(".expect(") {
            let argument = source.file.text.get(offset + ".expect(".len()..).unwrap_or_default();
            if argument.trim_start().starts_with('"') {
                add(offset, ".expect(");
            }
        }
    }
    found
}

/// Does the match at `offset` merely end a longer name, as `my_panic!(` would?
fn continues_a_word(code: &str, offset: usize, needle: &str) -> bool {
    let before = code.as_bytes().get(offset.wrapping_sub(1)).copied().unwrap_or(b' ');
    !needle.starts_with('.') && (before.is_ascii_alphanumeric() || before == b'_')
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[track_caller]
    fn check_line(line: &str, expected: usize) {
        let text = format!("//! A.\nfn f() {{ {line} }}\n");
        assert_eq!(places(check, &[("crates/site/src/a.rs", &text)]).len(), expected, "{line}");
    }

    #[test]
    fn what_panics_is_caught() {
        check_line("a.unwrap()", 1);
        check_line("a.expect(\"why\")", 1);
        check_line("panic!(\"no\")", 1);
        check_line("unreachable!()", 1);
        check_line("todo!()", 1);
    }

    #[test]
    fn what_does_not_panic_passes() {
        check_line("a.unwrap_or_default()", 0);
        check_line("parser.expect(b'{')?", 0);
        check_line("\"a.unwrap()\"", 0);
        check_line("// panic!()", 0);
    }

    #[test]
    fn tests_may_panic() {
        let text = "//! A.\n#[cfg(test)]\nmod tests { fn t() { a.unwrap() } }";
        assert!(places(check, &[("crates/site/src/a.rs", text)]).is_empty());
        assert!(places(check, &[("crates/site/tests/a.rs", "fn t() { a.unwrap() }")]).is_empty());
    }
}
