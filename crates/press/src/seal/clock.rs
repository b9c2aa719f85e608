//! Whether the clock may be believed: it is compared with the time of the record's last entry.
//!
//! Entries never go back in time, so one that was sealed years ahead would stand in the way of all that follow. A clock
//! that is far from the last entry, before or after it, is believed only if the operator names a day on which it was right.

use super::Error;
use crate::clock::local;

/// How far behind the last entry the clock may be before sealing is refused, ms: a day.
const BEHIND: u64 = DAY;
/// How far ahead of it, ms: a quarter of a year, in which a newsroom publishes something.
const AHEAD: u64 = 92 * DAY;
const DAY: u64 = 24 * 60 * 60 * 1000;

/// The time to seal at, when the clock says `now` and the last entry was sealed at `last` (0 when there is none), and the
/// clock was right at the beginning of the day `right`. All in ms.
pub(super) fn moment(now: u64, last: u64, right: Option<u64>) -> Result<u64, Error> {
    let behind = now.saturating_add(BEHIND) < last;
    let ahead = last > 0 && now > last.saturating_add(AHEAD);
    // A day's margin, for time zones.
    let known = right.is_some_and(|day| now.saturating_add(DAY) >= day && now <= day + AHEAD);
    if (behind || ahead) && !known {
        return Err(Error::Clock { now, last });
    }
    Ok(now.max(last))
}

/// Whether nothing is sealed at `now` after an entry of `last`, ms; `right` is the operator's word, as in the settings.
pub(crate) fn refused(now: u64, last: u64, right: Option<&str>) -> bool {
    right.map(day).transpose().and_then(|right| moment(now, last, right)).is_err()
}

/// The beginning of the day that an operator names, `2026-11-25`.
pub(super) fn day(text: &str) -> Result<u64, Error> {
    let start = format!("{text}T00:00:00Z").parse::<jiff::Timestamp>().ok();
    let at = start.and_then(|start| u64::try_from(start.as_millisecond()).ok());
    at.ok_or_else(|| {
        Error::Store(format!("OVN_CLOCK_RIGHT_ON is {text:?}; write a day as 2026-11-25"))
    })
}

/// What is wrong, and what to do.
pub(super) fn sentence(now: u64, last: u64) -> String {
    let (now, last, side) =
        (local(now, "UTC"), local(last, "UTC"), if now < last { "later" } else { "earlier" });
    let today = now.get(..10).unwrap_or(&now).to_owned();
    format!(
        "the machine's clock says {now}, and the record's last entry was sealed on {last}, long {side}; set the clock, or, \
         if it is right, say so with OVN_CLOCK_RIGHT_ON={today}"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_clock_far_from_the_record_is_believed_only_on_somebodys_word() {
        let last = day("2026-11-25").unwrap();
        let check = |days: i64, right: Option<&str>, expected: Option<i64>| {
            let at = |days: i64| last.saturating_add_signed(days * 24 * 60 * 60 * 1000);
            let found = moment(at(days), last, right.map(|text| day(text).unwrap()));
            assert_eq!(found.ok(), expected.map(at), "{days} days, {right:?}");
        };
        check(0, None, Some(0));
        check(-1, None, Some(0));
        check(-2, None, None);
        check(-7000, None, None);
        check(92, None, Some(92));
        check(93, None, None);
        check(7305, None, None);
        check(-30, Some("2026-10-26"), Some(0));
        check(-30, Some("2026-11-25"), None);
        check(200, Some("2027-06-13"), Some(200));
        check(200, Some("2026-11-25"), None);
    }

    #[test]
    fn the_first_entry_may_have_any_time() {
        assert_eq!(moment(5, 0, None), Ok(5));
        assert_eq!(moment(u64::MAX, 0, None), Ok(u64::MAX));
    }

    #[test]
    fn what_is_wrong_is_said_in_days() {
        let found = sentence(day("2006-11-25").unwrap(), day("2026-11-25").unwrap());
        let expected = "the machine's clock says 2006-11-25T00:00+00:00, and the record's last entry was sealed on \
            2026-11-25T00:00+00:00, long later; set the clock, or, if it is right, say so with \
            OVN_CLOCK_RIGHT_ON=2006-11-25";
        assert_eq!(found, expected);
        for text in ["", "yesterday", "2026-13-01", "25.11.2026"] {
            assert!(day(text).unwrap_err().to_string().contains("2026-11-25"), "{text}");
        }
    }
}
