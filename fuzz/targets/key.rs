//! A verifier key and the path of a tile: what is read is written the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_tlog::{TilePath, VerifierKey};

fuzz_target!(|text: &str| {
    if let Ok(key) = text.parse::<VerifierKey>() {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(path) = text.parse::<TilePath>() {
        assert_eq!(path.to_string(), text);
    }
});
