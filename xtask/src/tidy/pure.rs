//! The two lowest floors touch no file, network, clock, chance, task or log.

use super::{House, floors};
use crate::tree::{Violation, line_of};

const IMPURE: [(&str, &str); 14] = [
    ("std::fs", "the files"),
    ("std::net", "the network"),
    ("std::process", "other programs"),
    ("std::env", "the environment"),
    ("std::thread", "threads"),
    ("SystemTime", "the clock"),
    ("Instant::now", "the clock"),
    ("getrandom", "chance"),
    ("rand::", "chance"),
    ("tokio", "tasks"),
    ("tracing", "the log"),
    ("println!", "the screen"),
    ("eprintln!", "the screen"),
    ("async fn", "tasks"),
];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for source in &house.rust {
        let path = &source.file.path;
        let room = path.strip_prefix("crates/").and_then(|rest| rest.split('/').next());
        if !path.contains("/src/") || room.and_then(floors::floor).is_none_or(|floor| floor > 1) {
            continue;
        }
        for (needle, what) in IMPURE {
            for offset in source.find(needle).filter(|at| is_word(&source.masked.code, *at)) {
                let line = line_of(&source.file.text, offset);
                let sentence = format!("Floors 0 and 1 do not touch {what} ({needle}).");
                found.push(Violation::new(path, line, sentence));
            }
        }
    }
    found
}

/// Does a word begin at `offset`?
fn is_word(code: &str, offset: usize) -> bool {
    let before = code.as_bytes().get(offset.wrapping_sub(1)).copied().unwrap_or(b' ');
    !(before.is_ascii_alphanumeric() || before == b'_')
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn the_lowest_floors_are_pure() {
        let text = "//! A.\nuse std::fs;\n";
        assert_eq!(places(check, &[("crates/tlog/src/a.rs", text)]), ["crates/tlog/src/a.rs:2"]);
        assert!(places(check, &[("crates/store/src/a.rs", text)]).is_empty());
        assert!(places(check, &[("crates/tlog/tests/a.rs", text)]).is_empty());
        let clock = "//! A.\nfn f() { SystemTime::now(); operand::x(); }\n";
        assert_eq!(places(check, &[("crates/verify/src/a.rs", clock)]).len(), 1);
    }
}
