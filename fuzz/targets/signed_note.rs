//! A signed note, and the checkpoint that its text may be.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_tlog::{Checkpoint, Note};

fuzz_target!(|bytes: &[u8]| {
    let Ok(note) = Note::parse(bytes) else { return };
    assert_eq!(note.to_string().as_bytes(), bytes);
    let Ok(checkpoint) = Checkpoint::parse(note.text()) else { return };
    assert_eq!(checkpoint.format(), note.text());
});
