//! Days and times in words, English and Urdu, from the texts that the record keeps.

const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const UR: [&str; 12] = [
    "جنوری",
    "فروری",
    "مارچ",
    "اپریل",
    "مئی",
    "جون",
    "جولائی",
    "اگست",
    "ستمبر",
    "اکتوبر",
    "نومبر",
    "دسمبر",
];

/// `text` with the digits of `lang`: Extended Arabic-Indic in Urdu, unchanged elsewhere.
#[must_use]
pub fn digits(text: &str, lang: &str) -> String {
    if !is_urdu(lang) {
        return text.to_owned();
    }
    let turn = |letter: char| match letter.to_digit(10) {
        Some(digit) => char::from_u32(0x06F0 + digit).unwrap_or(letter),
        None => letter,
    };
    text.chars().map(turn).collect()
}

/// A whole number in the digits of `lang`, thousands parted by a comma: `1,204`, `۱٬۲۰۴`.
#[must_use]
pub fn number(value: u64, lang: &str) -> String {
    let plain = value.to_string();
    let mut out = String::new();
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push(if is_urdu(lang) { '٬' } else { ',' });
        }
        out.push(digit);
    }
    digits(&out, lang)
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD` in words: "5 August 2025", "۵ اگست ۲۰۲۵". Other text comes back as it is.
#[must_use]
pub fn day(date: &str, lang: &str) -> String {
    words(date, lang).unwrap_or_else(|| date.to_owned())
}

fn words(date: &str, lang: &str) -> Option<String> {
    let parts: Vec<&str> = date.split('-').collect();
    let months = if is_urdu(lang) { UR } else { EN };
    let text = match parts.as_slice() {
        [year] => digits_of(year, 4)?.to_string(),
        [year, month] => {
            let name = months.get(digits_of(month, 2)?.checked_sub(1)?)?;
            format!("{name} {:04}", digits_of(year, 4)?)
        }
        [year, month, day] => {
            let name = months.get(digits_of(month, 2)?.checked_sub(1)?)?;
            let day = digits_of(day, 2).filter(|day| (1..=31).contains(day))?;
            format!("{day} {name} {:04}", digits_of(year, 4)?)
        }
        _ => return None,
    };
    Some(digits(&text, lang))
}

fn digits_of(text: &str, length: usize) -> Option<usize> {
    let good = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

/// Day and minute of `YYYY-MM-DDTHH:MM…` in words: "24 November 2026, 14:20", "۲۴ نومبر ۲۰۲۶، ۱۴:۲۰". Other text comes
/// back as it is.
#[must_use]
pub fn moment(local: &str, lang: &str) -> String {
    let Some((date, clock)) = local.split_once('T') else { return day(local, lang) };
    let is_clock = |clock: &&str| {
        clock.split(':').count() == 2 && clock.split(':').all(|part| digits_of(part, 2).is_some())
    };
    let (Some(date), Some(clock)) = (words(date, lang), clock.get(..5).filter(is_clock)) else {
        return local.to_owned();
    };
    let comma = if is_urdu(lang) { "،" } else { "," };
    format!("{date}{comma} {}", digits(clock, lang))
}

/// The UTC day of a moment in milliseconds since 1970, `YYYY-MM-DD`.
///
/// The calendar arithmetic is that of a year that begins in March, so that the leap day comes last.
#[must_use]
pub fn utc_day(ms: u64) -> String {
    let days = ms / 86_400_000 + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + later)
}

fn is_urdu(lang: &str) -> bool {
    lang.split('-').next() == Some("ur")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let check = |date: &str, en: &str, ur: &str| {
            assert_eq!(day(date, "en"), en);
            assert_eq!(day(date, "ur"), ur);
        };
        check("2025-08-05", "5 August 2025", "۵ اگست ۲۰۲۵");
        check("2025-05", "May 2025", "مئی ۲۰۲۵");
        check("2025", "2025", "۲۰۲۵");
        check("2025-13-05", "2025-13-05", "2025-13-05");
        check("2025-00-05", "2025-00-05", "2025-00-05");
        check("last year", "last year", "last year");
        check("", "", "");
    }

    #[test]
    fn moments() {
        let check = |local: &str, en: &str, ur: &str| {
            assert_eq!(moment(local, "en"), en);
            assert_eq!(moment(local, "ur-PK"), ur);
        };
        check("2026-11-24T14:20+05:00", "24 November 2026, 14:20", "۲۴ نومبر ۲۰۲۶، ۱۴:۲۰");
        check("2026-11-24T1", "2026-11-24T1", "2026-11-24T1");
        check("2026-11-24", "24 November 2026", "۲۴ نومبر ۲۰۲۶");
    }

    #[test]
    fn numbers_and_clock_counts() {
        assert_eq!(number(1_204, "en"), "1,204");
        assert_eq!(number(1_234_567, "ur"), "۱٬۲۳۴٬۵۶۷");
        assert_eq!(number(999, "en"), "999");
        let check = |ms: u64, expected: &str| assert_eq!(utc_day(ms), expected);
        check(0, "1970-01-01");
        check(951_782_400_000, "2000-02-29");
        check(1_795_478_400_000, "2026-11-24");
        check(1_798_675_200_000, "2026-12-31");
    }
}
