//! The words of a search.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::fold;

fuzz_target!(|text: &str| {
    let terms = fold::query(text);
    let _ = fold::matches(&fold::words(text), &terms);
});
