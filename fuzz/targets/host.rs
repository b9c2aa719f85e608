//! The host of a source's address: in ASCII, or not hidden at all.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|rest: &str| {
    let shown = ovn_edition::host::hidden(&format!("https://{rest}"));
    assert!(shown.is_none_or(|host| host.is_ascii()));
});
