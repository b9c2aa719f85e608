//! A moment on the edition's own clock.

use jiff::{Timestamp, tz::TimeZone};

/// The moment `at` (ms) on the clock of the time zone `zone`, `2026-11-24T14:20+05:00`; in UTC when the zone is unknown.
#[must_use]
pub(crate) fn local(at: u64, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let moment = i64::try_from(at).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    let moment = moment.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone);
    moment.strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_on_the_editions_clock() {
        let check = |at: u64, zone: &str, expected: &str| assert_eq!(local(at, zone), expected);
        check(1_754_385_600_000, "Asia/Karachi", "2025-08-05T14:20+05:00");
        check(1_754_385_600_000, "UTC", "2025-08-05T09:20+00:00");
        check(1_754_385_600_000, "Nowhere/Land", "2025-08-05T09:20+00:00");
        check(0, "America/New_York", "1969-12-31T19:00-05:00");
    }
}
