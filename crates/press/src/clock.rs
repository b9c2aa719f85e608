//! A moment on the edition's own clock.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};

/// The moment `at` (ms) on the clock of the time zone `zone`, `2026-11-24T14:20+05:00`; in UTC when the zone is unknown.
#[must_use]
pub(crate) fn local(at: u64, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let moment = i64::try_from(at).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    let moment = moment.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone);
    moment.strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

/// The moment (ms) at which the day `date`, `2026-11-24`, begins on the clock of the time zone `zone`; where the clock skips
/// midnight, when it shows the day first.
pub(crate) fn begins(date: Date, zone: &str) -> Option<u64> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let first = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0)).compatible().ok()?;
    u64::try_from(first.as_millisecond()).ok()
}

/// Why a time of day on the edition's clock is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is not `2026-11-24T14:20`.
    Form,
    /// The clock skips it, as in spring.
    Skipped,
}

/// The moment (ms) that the clock of the time zone `zone` shows as `local`, `2026-11-24T14:20`. A time that it shows twice, as
/// in autumn, is the later one.
pub(crate) fn moment(local: &str, zone: &str) -> Result<u64, Wrong> {
    if local.len() != "2026-11-24T14:20".len() {
        return Err(Wrong::Form);
    }
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let civil: DateTime = local.parse().map_err(|_| Wrong::Form)?;
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    if matches!(ambiguous.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
        return Err(Wrong::Skipped);
    }
    let at = ambiguous.later().map_err(|_| Wrong::Form)?;
    u64::try_from(at.as_millisecond()).map_err(|_| Wrong::Form)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_time_of_day_is_one_moment_or_none() {
        let check = |text: &str, zone: &str, expected: Result<u64, Wrong>| {
            assert_eq!(moment(text, zone), expected, "{text} {zone}");
        };
        check("2025-08-05T14:20", "Asia/Karachi", Ok(1_754_385_600_000));
        check("2025-08-05T09:20", "UTC", Ok(1_754_385_600_000));
        check("2025-08-05T09:20", "Nowhere/Land", Ok(1_754_385_600_000));
        // Clocks are put forward at two, and back at three.
        check("2026-03-29T02:30", "Europe/Berlin", Err(Wrong::Skipped));
        check("2026-03-29T03:00", "Europe/Berlin", Ok(1_774_746_000_000));
        check("2026-10-25T02:30", "Europe/Berlin", Ok(1_792_891_800_000));
        for odd in [
            "",
            "2026-11-24",
            "2026-11-24 14:20Z",
            "2026-11-24T24:20",
            "2026-11-24T14:20Z",
            "1969-11-24T14:20",
        ] {
            check(odd, "UTC", Err(Wrong::Form));
        }
    }

    #[test]
    fn a_day_begins_when_the_clock_shows_it_first() {
        let check = |day: &str, zone: &str, expected: u64| {
            assert_eq!(begins(day.parse().unwrap(), zone), Some(expected), "{day} {zone}");
        };
        check("2025-08-05", "Asia/Karachi", 1_754_334_000_000);
        check("2026-03-29", "Europe/Berlin", 1_774_738_800_000);
        // Midnight is skipped: the day begins at one.
        check("2026-04-24", "Africa/Cairo", 1_776_981_600_000);
    }

    #[test]
    fn a_moment_on_the_editions_clock() {
        let check = |at: u64, zone: &str, expected: &str| assert_eq!(local(at, zone), expected);
        check(1_754_385_600_000, "Asia/Karachi", "2025-08-05T14:20+05:00");
        check(1_754_385_600_000, "UTC", "2025-08-05T09:20+00:00");
        check(1_754_385_600_000, "Nowhere/Land", "2025-08-05T09:20+00:00");
        check(0, "America/New_York", "1969-12-31T19:00-05:00");
    }
}
