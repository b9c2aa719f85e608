//! `ovn.toml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_store::Settings;

fuzz_target!(|text: &str| {
    let _ = toml::from_str::<Settings>(text);
});
