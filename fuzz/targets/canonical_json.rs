//! Canonical JSON: what is read writes the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::canon;

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = canon::read(bytes) else { return };
    assert_eq!(canon::write(&value).ok().as_deref(), Some(bytes));
});
