//! A tlog-proof: what is read writes the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_tlog::Proof;

fuzz_target!(|bytes: &[u8]| {
    let Ok(proof) = Proof::parse(bytes) else { return };
    assert_eq!(proof.to_string().as_bytes(), bytes);
});
