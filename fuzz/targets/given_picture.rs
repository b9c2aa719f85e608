//! A picture that somebody gives the newsroom: decoded within limits, and made anew.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_press::pictures::{HIGHEST, WIDEST, kept};
use ovn_press::publish::picture::fault;

fuzz_target!(|bytes: &[u8]| {
    // A picture whose header says millions of pixels is decoded rightly and slowly: small ones find as much.
    if bytes.len() > 1 << 16 {
        return;
    }
    if let Ok(one) = kept(bytes) {
        assert!(one.width <= WIDEST && one.height <= HIGHEST);
        // What is kept is a picture that may be published, and tells of nobody.
        assert_eq!(fault(&one.bytes), None);
    }
});
