//! Requests to the outside leave the house through one file.

use super::House;
use crate::tree::{Violation, line_of};

/// The one file.
const DOOR: &str = "crates/press/src/fetch.rs";

/// Where our own tools measure a server on this machine.
const BENCH: &str = "xtask/src/bench/";

/// What opens a connection to somewhere else.
const OPENERS: [&str; 5] =
    ["ureq::", "use ureq", "reqwest", "TcpStream::connect", "UdpSocket::bind"];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for source in &house.rust {
        let path = &source.file.path;
        if path == DOOR || path.starts_with("crates/press/src/fetch/") || path.starts_with(BENCH) {
            continue;
        }
        for opener in OPENERS {
            for offset in source.find(opener) {
                let line = line_of(&source.file.text, offset);
                let sentence = format!("{opener} reaches outside; only {DOOR} may.");
                found.push(Violation::new(path, line, sentence));
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
    fn one_file_reaches_outside() {
        let text = "//! A.\nfn f() { ureq::get(url); }";
        assert_eq!(places(check, &[("crates/press/src/seal.rs", text)]).len(), 1);
        assert!(places(check, &[(DOOR, text)]).is_empty());
        assert!(places(check, &[("crates/press/tests/fetch.rs", text)]).is_empty());
        let connect = "//! A.\n\nfn f() { TcpStream::connect(a); }";
        assert_eq!(places(check, &[("crates/ovn/src/a.rs", connect)]), ["crates/ovn/src/a.rs:3"]);
        assert!(places(check, &[("xtask/src/bench/serve/http.rs", connect)]).is_empty());
    }
}
