//! `desk.toml`: an edition's own rules of the desk.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = ovn_press::house::parse(text);
});
