//! How often a passphrase may be guessed: five tries, then a delay that doubles.
//!
//! Counted by the network that the connection comes from and the account that the name matched, and by the network alone
//! for whoever goes through many names. No header is looked at. A browser that somebody has signed in with before has a
//! count of its own, so that strangers' guesses keep nobody out. What is counted ends with the process.

use ovn_edition::commit::sha256;
use ovn_store::cabinet::{Hash, Id};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Tries before the first delay.
const FREE: u32 = 5;
/// The first delay, ms; the next is twice as long.
const DELAY: u64 = 2_000;
/// The longest delay, ms: 15 minutes.
const LONGEST: u64 = 15 * 60 * 1000;
/// When a count without another try is forgotten, ms: a day.
const MEMORY: u64 = 24 * 60 * 60 * 1000;
/// Tries from one network in an hour, whatever the names.
const SPRAY: u32 = 100;
const HOUR: u64 = 60 * 60 * 1000;
/// Counts that are held; the oldest go first.
const MOST: usize = 100_000;

/// The counts of one process.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    counts: Mutex<HashMap<Hash, Count>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    tries: u32,
    last: u64,
    until: u64,
}

/// Who tries.
#[derive(Debug, Clone)]
pub(super) struct Key {
    own: Hash,
    network: Option<Hash>,
}

impl Key {
    /// A stranger at `address` who tries the account `person`, or a name that nobody has.
    pub(super) fn stranger(address: IpAddr, person: Option<&Id>, name: &str) -> Self {
        let network = network(address);
        let mut own = network.clone();
        match person {
            Some(id) => own.extend_from_slice(id),
            None => own.extend_from_slice(name.as_bytes()),
        }
        Self { own: sha256(&own), network: Some(sha256(&network)) }
    }

    /// A browser that the account knows.
    pub(super) fn known(device: &Hash, person: &Id) -> Self {
        let mut own = device.to_vec();
        own.extend_from_slice(person);
        Self { own: sha256(&own), network: None }
    }
}

/// What stands for the network of an address.
pub(super) fn network_of(address: IpAddr) -> Hash {
    sha256(&network(address))
}

/// The network that is counted as one: /24 of IPv4, /48 of IPv6.
pub(crate) fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(four) => four.octets().into_iter().take(3).collect(),
        IpAddr::V6(six) => six.octets().into_iter().take(6).collect(),
    }
}

impl Throttle {
    /// How many ms somebody has to wait before the next try is looked at, 0 when it may be now. Then it is counted: before
    /// it is known whether it is right, so that many at once are counted too.
    pub(super) fn begin(&self, key: &Key, now: u64) -> u64 {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let spray = key.network.and_then(|network| counts.get(&network));
        let sprayed = spray.is_some_and(|count| count.tries >= SPRAY && now < count.until);
        let wait = counts.get(&key.own).map_or(0, |count| count.until.saturating_sub(now));
        let wait = match spray {
            Some(count) if sprayed => wait.max(count.until.saturating_sub(now)),
            _ => wait,
        };
        if wait > 0 {
            return wait;
        }
        if counts.len() >= MOST {
            forget(&mut counts, now);
        }
        let own = counts.entry(key.own).or_default();
        if now.saturating_sub(own.last) > MEMORY {
            *own = Count::default();
        }
        own.tries = own.tries.saturating_add(1);
        own.last = now;
        if own.tries >= FREE {
            let times = (own.tries - FREE).min(20);
            own.until = now + (DELAY << times).min(LONGEST);
        }
        if let Some(network) = key.network {
            let all = counts.entry(network).or_default();
            if now >= all.until {
                *all = Count { until: now + HOUR, ..Count::default() };
            }
            all.tries = all.tries.saturating_add(1);
            all.last = now;
        }
        0
    }

    /// Forgets the tries of somebody who was right.
    pub(super) fn right(&self, key: &Key) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.remove(&key.own);
    }
}

/// Makes room: what is old goes, and half of the rest if that was not enough.
fn forget(counts: &mut HashMap<Hash, Count>, now: u64) {
    counts.retain(|_, count| now < count.until || now.saturating_sub(count.last) < HOUR);
    if counts.len() >= MOST {
        let mut times: Vec<u64> = counts.values().map(|count| count.last).collect();
        times.sort_unstable();
        let middle = times.get(times.len() / 2).copied().unwrap_or(now);
        counts.retain(|_, count| count.last > middle);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: u64 = 1_764_000_000_000;

    fn stranger(address: &str, person: u8) -> Key {
        Key::stranger(address.parse().unwrap(), Some(&[person; 16]), "")
    }

    #[test]
    fn five_tries_then_delays_that_double() {
        let throttle = Throttle::default();
        let key = stranger("192.0.2.1", 1);
        for _ in 0..FREE {
            assert_eq!(throttle.begin(&key, NOW), 0);
        }
        let mut at = NOW;
        for expected in [2_000, 4_000, 8_000, 16_000] {
            assert_eq!(throttle.begin(&key, at), expected);
            assert_eq!(throttle.begin(&key, at + expected - 1), 1, "asking does not prolong it");
            at += expected;
            assert_eq!(throttle.begin(&key, at), 0);
        }
        for _ in 0..40 {
            at += LONGEST;
            assert_eq!(throttle.begin(&key, at), 0, "never longer than a quarter of an hour");
        }
        throttle.right(&key);
        assert_eq!(throttle.begin(&key, at), 0);
    }

    #[test]
    fn case_050_whoever_is_known_is_never_locked_out() {
        let throttle = Throttle::default();
        let device = Key::known(&[9; 32], &[1; 16]);
        let mut looked_at = 0;
        for place in 0..10_000_u32 {
            let address = IpAddr::from(place.to_be_bytes());
            looked_at +=
                u32::from(throttle.begin(&Key::stranger(address, Some(&[1; 16]), ""), NOW) == 0);
        }
        // 10,000 addresses are 40 networks.
        assert_eq!(looked_at, 40 * FREE);
        assert_eq!(throttle.begin(&device, NOW), 0);
        let neighbour = stranger("192.0.2.77", 1);
        assert_eq!(throttle.begin(&neighbour, NOW), 0, "another network is another count");
    }

    #[test]
    fn case_050_many_names_from_one_network() {
        let throttle = Throttle::default();
        let tried = |at: u64, from: &str| {
            (0..10_000_u32)
                .filter(|name| {
                    let key = Key::stranger(from.parse().unwrap(), None, &name.to_string());
                    throttle.begin(&key, at) == 0
                })
                .count()
        };
        assert_eq!(tried(NOW, "2001:db8:1::1"), SPRAY as usize);
        assert_eq!(tried(NOW, "2001:db8:1:ffff::1"), 0, "the same /48");
        assert_eq!(tried(NOW, "2001:db8:2::1"), SPRAY as usize);
        assert_eq!(tried(NOW + HOUR, "::ffff:192.0.2.1"), SPRAY as usize);
        assert_eq!(tried(NOW + HOUR, "192.0.2.200"), 0, "one address in two spellings");
    }

    #[test]
    fn counts_do_not_grow_without_end() {
        let throttle = Throttle::default();
        for number in 0..u32::try_from(MOST).unwrap() + 10_000 {
            let address = IpAddr::from((number * 256).to_be_bytes());
            throttle.begin(&Key::stranger(address, None, "x"), NOW + u64::from(number));
        }
        assert!(throttle.counts.lock().unwrap().len() <= MOST + 2);
    }
}
