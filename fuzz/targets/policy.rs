//! A tlog-policy.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_tlog::Policy;

fuzz_target!(|bytes: &[u8]| {
    let _ = Policy::parse(bytes);
});
