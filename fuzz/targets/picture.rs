//! A picture's headers, frames and end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_press::publish::picture::fault;

fuzz_target!(|bytes: &[u8]| {
    if fault(bytes).is_none() {
        // What passes ends where it says: with a byte more or less it would not.
        assert!(fault(&[bytes, b"x"].concat()).is_some());
        assert!(fault(&bytes[..bytes.len() - 1]).is_some());
    }
});
