//! A page against the article element that a document gives: first half the page, second half the element.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|halves: (&[u8], &str)| {
    let _ = ovn_verify::page(halves.0, halves.1);
});
