//! An archive of fetched pages, and the answers in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::warc;

fuzz_target!(|bytes: &[u8]| {
    for record in warc::read(bytes).unwrap_or_default() {
        let _ = warc::answer(record.block);
    }
    if let Some(answer) = warc::answer(bytes) {
        assert!(answer.body.len() <= bytes.len());
    }
});
