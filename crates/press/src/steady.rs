//! A second clock, which nobody can set: the machine's time since it was started. With it, a clock that was set is told from
//! one that went on.

use ovn_store::cabinet::Mark;
use std::sync::OnceLock;
use std::time::Instant;

/// How far the two may be apart before the clock was set, ms: leap seconds and the roundings of both.
const SLACK: u64 = 2_000;
/// How old a mark becomes, ms.
const OLD: u64 = 60_000;

/// The machine's time since it was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    /// Which start of which machine.
    pub boot: String,
    /// Time since then, sleep included, ms.
    pub steady: u64,
}

/// The beat now. Where the system does not tell, it counts from the start of this process.
#[must_use]
pub fn beat() -> Beat {
    system().unwrap_or_else(own)
}

/// What Linux tells: the uptime goes on while the machine sleeps and is never set.
fn system() -> Option<Beat> {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let (boot, steady) = (boot.trim().to_owned(), hundredths(&uptime)?);
    (!boot.is_empty()).then_some(Beat { boot, steady })
}

/// The first number of `12345.67 890.12`, in ms.
fn hundredths(uptime: &str) -> Option<u64> {
    let (seconds, rest) = uptime.split_whitespace().next()?.split_once('.')?;
    let rest: u64 = rest.get(..2)?.parse().ok()?;
    seconds.parse::<u64>().ok()?.checked_mul(1_000)?.checked_add(rest * 10)
}

fn own() -> Beat {
    static START: OnceLock<(Instant, String)> = OnceLock::new();
    let (start, boot) = START.get_or_init(|| {
        use std::hash::{BuildHasher as _, RandomState};
        let chance = RandomState::new().hash_one(std::process::id());
        (Instant::now(), format!("process-{chance:016x}"))
    });
    let steady = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    Beat { boot: boot.clone(), steady }
}

/// What both clocks say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    /// The earliest that it may be, ms since 1970.
    pub(crate) now: u64,
    /// How far the clock was set ahead, ms; 0 where it was not.
    pub(crate) ahead: u64,
    /// The mark to keep, where the last one is old or there is none.
    pub(crate) mark: Option<Mark>,
}

/// What is told by the clock, `wall`, and by the time since the machine's start, `steady`, after `last` was marked on the same
/// start. A clock that was set is never followed by itself: the earlier of the two is what it may be.
pub(crate) fn told(wall: u64, steady: u64, last: Option<Mark>) -> Told {
    let fresh = Mark { steady, wall };
    // In a container the time begins anew with it, as with a machine.
    let Some(last) = last.filter(|last| last.steady <= steady) else {
        return Told { now: wall, ahead: 0, mark: Some(fresh) };
    };
    let gone = steady - last.steady;
    let expected = last.wall.saturating_add(gone);
    let now = wall.min(expected);
    if wall.abs_diff(expected) > SLACK {
        return Told { now, ahead: wall.saturating_sub(expected), mark: None };
    }
    Told { now, ahead: 0, mark: (gone >= OLD).then_some(fresh) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    const HOUR: u64 = 3_600_000;

    #[test]
    fn a_clock_that_was_set_is_not_followed() {
        let last = Mark { steady: 1_000, wall: 100 * HOUR };
        let check = |wall: u64, steady: u64, now: u64, ahead: u64, fresh: bool| {
            let found = told(wall, steady, Some(last));
            let mark = fresh.then_some(Mark { steady, wall });
            assert_eq!(found, Told { now, ahead, mark }, "{wall} {steady}");
        };
        check(100 * HOUR + 500, 1_500, 100 * HOUR + 500, 0, false);
        check(101 * HOUR, 1_000 + HOUR, 101 * HOUR, 0, true);
        // A leap second, either way.
        check(101 * HOUR + 1_000, 1_000 + HOUR, 101 * HOUR, 0, true);
        check(101 * HOUR - 1_000, 1_000 + HOUR, 101 * HOUR - 1_000, 0, true);
        // Set ahead by an hour, and by twenty years.
        check(102 * HOUR, 1_000 + HOUR, 101 * HOUR, HOUR, false);
        check(101 * HOUR + 175_320 * HOUR, 1_000 + HOUR, 101 * HOUR, 175_320 * HOUR, false);
        check(u64::MAX, 1_000 + HOUR, 101 * HOUR, u64::MAX - 101 * HOUR, false);
        // Set back: it is believed, since it is the later to say that a moment has come.
        check(100 * HOUR, 1_000 + HOUR, 100 * HOUR, 0, false);
        check(0, 1_000 + HOUR, 0, 0, false);
        // A container that was started again.
        check(200 * HOUR, 999, 200 * HOUR, 0, true);
    }

    #[test]
    fn case_064_a_thousand_settings_of_the_clock_make_nothing_early() {
        let (mut state, mut last, mut right) = (7_u64, None, 0_u64);
        let mut chance = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        let mut time = 1_000_000 * HOUR;
        for round in 0..1_000 {
            // Right again every third time; otherwise by seconds or by up to twenty years, either way.
            let most = [10_000, 2 * HOUR, 48 * HOUR, 175_320 * HOUR];
            let most = most[usize::try_from(chance(4)).unwrap_or(0)];
            let by = SLACK + 1 + chance(most);
            let wall = |time: u64| match round % 3 {
                0 => time,
                _ if by.is_multiple_of(2) => time + by,
                _ => time - by,
            };
            for _ in 0..=chance(5) {
                time += 1 + chance(3 * HOUR);
                let told = told(wall(time), time - 900_000 * HOUR, last);
                last = told.mark.or(last);
                assert!(told.now <= time, "{round}: {} after {time}", told.now);
                right += u64::from(told.now == time);
            }
        }
        assert!(right > 500, "what is right is followed: {right}");
    }

    #[test]
    fn the_first_mark_is_what_the_clock_says() {
        let mark = Some(Mark { steady: 7, wall: HOUR });
        assert_eq!(told(HOUR, 7, None), Told { now: HOUR, ahead: 0, mark });
    }

    #[test]
    fn the_uptime_is_read() {
        let check = |text: &str, expected: Option<u64>| assert_eq!(hundredths(text), expected);
        check("12345.67 890.12\n", Some(12_345_670));
        check("0.05 0.00", Some(50));
        for odd in ["", "12345", "x.00", "1.x0", "1.2", "99999999999999999999.00"] {
            check(odd, None);
        }
        let (one, other) = (beat(), beat());
        assert!(one.boot == other.boot && one.steady <= other.steady);
        let (one, other) = (own(), own());
        assert!(one.boot == other.boot && one.steady <= other.steady);
    }
}
