//! An entry bundle: what is read writes the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_tlog::tile::{decode_bundle, encode_bundle};

fuzz_target!(|bytes: &[u8]| {
    let Some((width, rest)) = bytes.split_first() else { return };
    let Ok(entries) = decode_bundle(rest, u16::from(*width) + 1) else { return };
    assert_eq!(encode_bundle(&entries).ok().as_deref(), Some(rest));
});
