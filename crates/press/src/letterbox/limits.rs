//! How many letters an hour a network may send: counted in memory, under a hash whose salt goes with the hour.
//!
//! Neither address nor network is kept: what is kept can be compared within the hour, and afterwards with nothing.

use crate::people::throttle::network;
use ovn_edition::commit::sha256;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Letters an hour from one network.
const OF_ONE: u32 = 5;
/// Letters an hour from everybody whose network is not known: behind a proxy on this machine or in its own network.
const UNKNOWN: u32 = 100;
/// Networks that are counted in an hour; the others share the count of those that are not known.
const NETWORKS: usize = 20_000;
const HOUR: u64 = 60 * 60 * 1000;

/// The counts of this hour.
#[derive(Debug, Default)]
pub(super) struct Limits {
    hour: Mutex<Hour>,
}

#[derive(Debug, Default)]
struct Hour {
    began: u64,
    salt: [u8; 32],
    counts: HashMap<[u8; 32], u32>,
    unknown: u32,
}

impl Limits {
    /// Whether one more letter may come from `address` at the time `now`; then it is counted. `salt` is taken when another
    /// hour begins.
    pub(super) fn allow(&self, address: IpAddr, now: u64, salt: &[u8; 32]) -> bool {
        let mut hour = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back begins another hour too.
        if now < hour.began || now >= hour.began.saturating_add(HOUR) {
            *hour = Hour { began: now, salt: *salt, ..Hour::default() };
        }
        let key = [hour.salt.as_slice(), &network(address)].concat();
        let key = sha256(&key);
        let full = hour.counts.len() >= NETWORKS && !hour.counts.contains_key(&key);
        let (count, most) = if is_near(address) || full {
            (&mut hour.unknown, UNKNOWN)
        } else {
            (hour.counts.entry(key).or_default(), OF_ONE)
        };
        let allowed = *count < most;
        if allowed {
            *count += 1;
        }
        allowed
    }
}

/// Whether a connection comes from this machine or its own network, as those of a proxy do.
fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(four) => four.is_loopback() || four.is_private() || four.is_link_local(),
        IpAddr::V6(six) => {
            six.is_loopback() || six.is_unique_local() || six.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: u64 = 1_764_000_000_000;

    #[test]
    fn case_105_a_network_has_a_few_letters_an_hour() {
        let limits = Limits::default();
        let sent = |from: &str, at: u64, times: u32| {
            let address = from.parse().unwrap();
            (0..times).filter(|_| limits.allow(address, at, &[7; 32])).count()
        };
        assert_eq!(sent("192.0.2.1", NOW, 9), 5);
        assert_eq!(sent("192.0.2.200", NOW + 1, 9), 0, "the same /24");
        assert_eq!(sent("::ffff:192.0.2.9", NOW + 1, 9), 0, "in another spelling");
        assert_eq!(sent("198.51.100.1", NOW + 2, 9), 5);
        assert_eq!(sent("2001:db8:1::1", NOW + 2, 9), 5);
        assert_eq!(sent("2001:db8:1:ffff::1", NOW + 2, 9), 0, "the same /48");
        assert_eq!(sent("127.0.0.1", NOW + 2, 150), 100, "a proxy speaks for many");
        assert_eq!(sent("192.0.2.1", NOW + HOUR, 9), 5, "the next hour");
        assert_eq!(sent("192.0.2.1", NOW - 1, 9), 5, "a clock that was set back");
    }

    #[test]
    fn case_105_counts_do_not_grow_without_end() {
        let limits = Limits::default();
        for number in 0..u32::try_from(NETWORKS).unwrap() + 5_000 {
            limits.allow(IpAddr::from((0x0b00_0000 + number * 256).to_be_bytes()), NOW, &[1; 32]);
        }
        let hour = limits.hour.lock().unwrap();
        assert_eq!((hour.counts.len(), hour.unknown), (NETWORKS, UNKNOWN));
        assert!(!format!("{hour:?}").contains("11, 0, 0"), "no address is kept");
    }
}
