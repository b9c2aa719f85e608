//! Numbers, days and hours as each language writes them, from the edition's own clock.

use ovn_edition::dates;

/// A whole number with its thousands parted: `1,204`, `۱٬۲۰۴`.
#[must_use]
pub fn number(lang: &str, n: u64) -> String {
    dates::number(n, lang)
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with or without a time after it, as a day in words. Other text comes back as it is.
#[must_use]
pub fn day(lang: &str, date: &str) -> String {
    dates::day(date.split('T').next().unwrap_or(date), lang)
}

/// The hour of a local time `2026-11-24T14:20+05:00`: `14:20`, or nothing.
#[must_use]
pub fn hour(lang: &str, local: &str) -> String {
    let hour = local.split_once('T').and_then(|(_, time)| time.get(..5)).unwrap_or_default();
    dates::digits(hour, lang)
}

/// Day and hour: `24 November 2026, 14:20`.
#[must_use]
pub fn moment(lang: &str, local: &str) -> String {
    dates::moment(local, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_translated() {
        let check = |lang, n, expected: &str| assert_eq!(number(lang, n), expected);
        check("en", 0, "0");
        check("en", 999, "999");
        check("en", 1204, "1,204");
        check("en", 1_234_567, "1,234,567");
        check("ur", 1204, "۱٬۲۰۴");
    }

    #[test]
    fn days_are_as_exact_as_their_dates() {
        let check = |lang, date, expected: &str| assert_eq!(day(lang, date), expected);
        check("en", "2025-08-05", "5 August 2025");
        check("en", "2025-05", "May 2025");
        check("en", "2025", "2025");
        check("en", "2025-13-01", "2025-13-01");
        check("ur", "2025-08-05T14:20+05:00", "۵ اگست ۲۰۲۵");
        check("en", "", "");
    }

    #[test]
    fn moments_have_the_hour_when_there_is_one() {
        assert_eq!(moment("en", "2025-08-05T14:20+05:00"), "5 August 2025, 14:20");
        assert_eq!(moment("ur", "2025-08-05T14:20+05:00"), "۵ اگست ۲۰۲۵، ۱۴:۲۰");
        assert_eq!(moment("en", "2025-08-05"), "5 August 2025");
    }
}
