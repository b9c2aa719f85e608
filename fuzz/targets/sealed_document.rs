//! A sealed document: only its own spelling is read, and whatever is read can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::{html, sealed::Document};

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = Document::read(bytes) else { return };
    assert_eq!(document.bytes().ok().as_deref(), Some(bytes));
    let _ = document.commit();
    let _ = html::document(&document, &html::View::default());
});
