//! A news page on its way to a draft: a draft is an article file that reads.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(draft) = ovn_press::import::page(bytes, "page.html") else { return };
    assert!(!draft.markdown.is_empty());
});
