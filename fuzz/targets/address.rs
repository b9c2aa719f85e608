//! An address that somebody pastes: refused, or read as one target whose host and port may be asked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_press::fetch::target::{Place, Target};

fuzz_target!(|both: (&str, &str)| {
    let Ok(target) = Target::read(both.0) else { return };
    assert!(target.url().is_ascii());
    assert!(matches!(target.port(), 80 | 443));
    assert_eq!(Target::read(target.url()).as_ref(), Ok(&target));
    if let Place::Name(name) = target.place() {
        assert!(name.parse::<std::net::IpAddr>().is_err(), "{name} is an address");
    }
    if let Ok(next) = target.follow(both.1) {
        assert!(next.url().starts_with("http"));
    }
});
