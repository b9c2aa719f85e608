//! An address as a reader sends it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_site::Request;

fuzz_target!(|address: &str| {
    let Some(request) = Request::get(address) else { return };
    let _ = (request.path(), request.query(), request.parameter("q", 200));
});
