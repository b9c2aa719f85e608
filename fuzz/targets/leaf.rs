//! A leaf: what is read writes the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::leaf::Leaf;

fuzz_target!(|bytes: &[u8]| {
    let Ok(leaf) = Leaf::read(bytes) else { return };
    assert_eq!(leaf.bytes().ok().as_deref(), Some(bytes));
});
