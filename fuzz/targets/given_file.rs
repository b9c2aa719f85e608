//! A file that somebody gives as a source: what it is, what it tells, its words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_press::files::{look, name_shown};

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.pdf", "a.csv"] {
        if let Ok(found) = look(name, bytes) {
            assert!(found.facts.len() <= 80 && found.words.len() <= 200_000);
            // What is kept is found to be the same when it is read again.
            assert_eq!(look(name, bytes).as_ref(), Ok(&found));
        }
    }
    let name = name_shown(&String::from_utf8_lossy(bytes));
    assert!(!name.contains(['/', '\\']) && !name.chars().any(char::is_control));
});
