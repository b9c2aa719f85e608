//! An article file: what is read is written and read again as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::markdown;

fuzz_target!(|bytes: &[u8]| {
    let Ok((article, places)) = markdown::read_placed(bytes) else { return };
    let written = markdown::write(&article);
    let again = markdown::read(written.as_bytes());
    assert_eq!(again.as_ref(), Ok(&article), "{written}");
    assert!(!places.text().contains('\r'));
});
